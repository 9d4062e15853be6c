package extract

import (
	"fmt"
	"strings"
	"testing"
)

// pleaLines ask readers for something: a letter, money, an app or a channel, by language.
var pleaLines = []struct{ lang, lines string }{
	{"en", "Sign up for our morning newsletter|To read on, become a subscriber: unlimited access from $4 a month.|Follow us on WhatsApp for the latest from the coast|Download our app for breaking news."},
	{"de", "Melden Sie sich hier für unseren kostenlosen Newsletter an.|Abonnieren Sie jetzt und lesen Sie alle Beiträge ohne Werbung.|Folgen Sie uns auch auf Instagram.|Laden Sie jetzt unsere App herunter."},
	{"fr", "Pour recevoir chaque soir l'actualité, abonnez-vous à notre infolettre.|S'abonner pour 1 €|Suivez-nous sur Facebook et Instagram.|Téléchargez gratuitement notre application."},
	{"es", "Regístrate gratis en nuestro boletín de noticias.|Suscríbete por 1 € el primer mes y accede sin límites.|Síguenos en Instagram y TikTok.|Descarga nuestra aplicación."},
	{"it", "Ricevi la nostra newsletter del mattino|Abbonati a 1 € al mese per continuare a leggere.|Seguici su Telegram.|Scarica la nostra app"},
	{"pt", "Inscreva-se na nossa newsletter semanal.|Assine por R$ 5 por mês.|Siga o nosso canal no WhatsApp.|Baixe o nosso aplicativo."},
	{"nl", "Meld je aan voor onze dagelijkse nieuwsbrief.|Word abonnee en lees onbeperkt verder.|Volg ons op Instagram.|Download nu onze app."},
	{"pl", "Zapisz się do naszego newslettera.|Kup dostęp i czytaj bez ograniczeń.|Obserwuj nas na Facebooku.|Pobierz naszą aplikację."},
	{"sv", "Skriv upp dig på vårt nyhetsbrev.|Prenumerera nu – första månaden gratis.|Följ oss på Instagram.|Ladda ner vår app."},
	{"da", "Skriv dig op til vores nyhedsbrev.|Tegn abonnement og læs videre.|Følg os på Facebook.|Hent vores app."},
	{"no", "Meld deg på vårt daglige nyhetsbrev.|Kjøp abonnement og les videre.|Følg oss på Instagram.|Last ned vår app."},
	{"fi", "Liity uutiskirjeen tilaajaksi.|Tilaa nyt ja jatka lukemista rajattomasti.|Seuraa meitä Instagramissa.|Lataa sovelluksemme."},
	{"cs", "Odebírejte náš týdenní newsletter.|Staňte se předplatitelem a čtěte bez omezení.|Sledujte nás na Instagramu.|Stáhněte si naši aplikaci."},
	{"sk", "Odoberajte náš newsletter.|Staňte sa predplatiteľom a čítajte bez obmedzenia.|Sledujte nás na Facebooku.|Stiahnite si našu aplikáciu."},
	{"hu", "Iratkozz fel heti hírlevelünkre!|Fizess elő és olvass korlátlanul.|Kövess minket a Facebookon.|Töltse le az alkalmazásunkat."},
	{"ro", "Înscrie-te la newsletterul nostru.|Abonează-te acum: prima lună gratuită.|Urmărește-ne pe Facebook.|Descarcă aplicația noastră."},
	{"bg", "Запишете се за нашия бюлетин.|Станете абонат и четете без ограничения.|Последвайте ни във Фейсбук.|Изтеглете нашето приложение."},
	{"el", "Γραφτείτε στο εβδομαδιαίο newsletter μας.|Γίνετε συνδρομητής με 3 € τον μήνα.|Ακολουθήστε μας στο Instagram.|Κατεβάστε την εφαρμογή μας."},
	{"ru", "Подпишитесь на нашу вечернюю рассылку.|Оформите подписку: первый месяц бесплатно.|Подписывайтесь на наш канал в Telegram.|Скачайте наше приложение."},
	{"uk", "Підписуйтесь на нашу щотижневу розсилку.|Оформіть передплату та читайте без обмежень.|Стежте за нами у Facebook.|Завантажте наш застосунок."},
	{"tr", "Haftalık bültenimize abone olun.|Üye olun, sınırsız okuyun.|Bizi Instagram'da takip edin.|Uygulamamızı indirin."},
	{"ar", "للاشتراك في نشرتنا الأسبوعية اضغط هنا|اشتركوا لمتابعة القراءة بلا حدود.|تابعونا على تلغرام.|حمّل تطبيقنا الآن."},
	{"he", "הירשמו לניוזלטר השבועי שלנו.|רכשו מינוי וקראו ללא הגבלה.|עקבו אחרינו באינסטגרם.|הורידו את האפליקציה שלנו."},
	{"fa", "برای دریافت اخبار در خبرنامه ما ثبت\u200cنام کنید.|مشترک شوید و نامحدود بخوانید.|ما را در اینستاگرام دنبال کنید.|اپلیکیشن ما را دانلود کنید."},
	{"hi", "हमारे न्यूज़लेटर के लिए साइन अप करें।|सदस्यता लें और असीमित पढ़ें।|हमें फेसबुक पर फॉलो करें।|हमारा ऐप डाउनलोड करें।"},
	{"zh", "点击订阅每日新闻简报|加入会员，继续阅读全文。|欢迎关注我们的微信公众号。|下载我们的APP"},
	{"ja", "メールマガジンのご登録はこちら|有料会員になると続きを読むことができます|公式LINEをフォローしてください。|公式アプリのダウンロードはこちら"},
	{"ko", "매일 아침 뉴스레터를 받아 보세요.|유료 회원으로 가입하고 계속 읽어 보세요.|카카오톡 채널을 추가하세요.|모바일 앱을 설치하세요."},
	{"id", "Dapatkan buletin mingguan kami.|Berlangganan sekarang dan baca tanpa batas.|Ikuti kami di Instagram.|Unduh aplikasi kami."},
	{"vi", "Đăng ký bản tin hằng tuần của chúng tôi.|Đăng ký hội viên để đọc không giới hạn.|Theo dõi chúng tôi trên Facebook.|Tải ứng dụng của chúng tôi."},
	{"hr", "Pretplatite se na naš newsletter.|Postanite pretplatnik i čitajte bez ograničenja.|Pratite nas na Facebooku.|Preuzmite našu aplikaciju."},
	{"ca", "Apunta't al nostre butlletí.|Fes-te subscriptor i llegeix sense límits.|Segueix-nos a Instagram.|Descarrega la nostra app."},
	{"lt", "Užsisakykite mūsų naujienlaiškį.|Prenumeruokite ir skaitykite be apribojimų.|Sekite mus Facebook.|Atsisiųskite mūsų programėlę."},
	{"et", "Liitu meie uudiskirjaga.|Telli ja loe piiramatult.|Jälgi meid Facebookis.|Laadi alla meie äpp."},
	{"sr", "Пријавите се на наш билтен.|Претплатите се и читајте све текстове.|Пратите нас на Фејсбуку.|Преузмите нашу апликацију."},
}

// ferryPage is an article of five paragraphs with a line between the third and the fourth, or below the last.
func ferryPage(lang, line string, last bool) Page {
	text := []string{
		"The ferry will not sail before Thursday, since a propeller has broken and the smith is on the other shore.",
		"The mayor told the council on Monday that forty crowns would be spent on the repair, and nine on the journey.",
		"Flour is getting short in the three villages. The baker has enough for two days, or for three if nobody makes cake.",
		"Twelve men went out at dawn to see whether the ice would bear a sledge, and came back at noon without an answer.",
		"The last time that the strait froze over, the mail was carried by a boy of fourteen who later became the harbour master.",
	}
	at := 3
	if last {
		at = 5
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<!doctype html><html lang="%s"><head><title>Ice on the strait</title></head><body><article><h1>Ice on the strait</h1>`, lang)
	for i := 0; i <= len(text); i++ {
		if i == at {
			b.WriteString("<p>" + line + "</p>")
		}
		if i < len(text) {
			b.WriteString("<p>" + text[i] + "</p>")
		}
	}
	b.WriteString("</article></body></html>")
	return Page{URL: "https://harbour.example/2026/ice", Body: []byte(b.String())}
}

func TestPleas(t *testing.T) {
	for _, c := range pleaLines {
		for line := range strings.SplitSeq(c.lines, "|") {
			for _, shown := range []string{line, `<a href="/x">` + line + `</a>`} {
				for _, last := range []bool{false, true} {
					a := Extract(ferryPage(c.lang, shown, last))
					if have := flat(a.Text()); strings.Contains(have, line) {
						t.Errorf("%s: stays (last: %v): %s", c.lang, last, shown)
					} else if !strings.Contains(have, "harbour master.") {
						t.Errorf("%s: more than the plea is gone: %s", c.lang, shown)
					}
				}
			}
		}
	}
}

// TestNoPleas has sentences of articles with the words of pleas in them.
func TestNoPleas(t *testing.T) {
	for _, line := range []string{
		"Nine in ten islanders subscribe to the newsletter of the harbour board.",
		"The paper asked its readers to sign up for a newsletter, and three did.",
		"Sign up for our newsletter, the spam said, and half of the village did.",
		"“Subscribe to our newsletter,” the banner on the quay has read since May.",
		"Sign up at the post office for a place on the sledge before Friday noon.",
		"Download the form at the town hall and bring it along on Monday.",
		"Follow the path along the shore until the lighthouse comes in sight.",
		"Share a cabin with a stranger, and one learns to sleep with one's boots on.",
		"Get a hat. The wind on the quay takes no prisoners at this time of the year.",
		"The harbour board wants to reach more people through Facebook and WhatsApp.",
		"A subscription to the ferry costs £40 a month, and one has to pay in advance.",
		"Join the queue early: the bakery on the quay opens at four in the morning.",
		"Get your apparel washed before Sunday, since the wells will be shut for a week.",
		"One may walk over the ice for free, or subscribe to the ferry for £3 a month.",
		"Partager sur Facebook ne suffit pas, a répondu la maire à ses opposants.",
		"Get the full breakfast for £9 at the bakery under the bridge.",
		"Probeer de soep voor 4 euro in de haven.",
		"Prueba el caldo por 4 € en el puerto viejo.",
		"To unlock the old lighthouse, one pays £3 at the post office.",
		"Der Verlag verschickt seinen Newsletter künftig nur noch an Abonnenten.",
		"Abonnieren will die Zeitung auf der Insel kaum noch jemand, seit die Fähre steht.",
		"Wer den Newsletter der Gemeinde abonniert, erfährt es einen Tag früher.",
		"Le journal a perdu la moitié de ses abonnés depuis que sa newsletter est gratuite.",
		"« Abonnez-vous à notre newsletter », répète l'affiche du port depuis mai.",
		"El ayuntamiento envía su boletín a todos los vecinos desde el mes de marzo.",
		"Comparte casa con dos pescadores en Facebook conocidos como los hermanos.",
		"Gli abbonati alla newsletter del porto sono raddoppiati in due anni.",
		"A prefeitura lançou um boletim e um aplicativo para os moradores da ilha.",
		"De gemeente stuurt haar nieuwsbrief voortaan ook naar de eilanden.",
		"Gmina wysyła newsletter do wszystkich mieszkańców wyspy od marca.",
		"Kommunen skickar sitt nyhetsbrev till alla hushåll på öarna.",
		"Kaupunki lähettää uutiskirjeen kaikille saaren asukkaille maanantaisin.",
		"Obec rozesílá zpravodaj všem obyvatelům ostrova od března.",
		"Az önkormányzat hírlevelet küld a sziget minden lakójának.",
		"Число подписчиков рассылки порта за год выросло вдвое, заявили в мэрии.",
		"Кількість передплатників розсилки порту за рік зросла вдвічі.",
		"Сподели във Фейсбук снимка от леда и събра хиляди реакции кметът.",
		"Belediye bültenini adadaki bütün evlere her pazartesi gönderiyor.",
		"شارك رئيس البلدية صورة من الميناء على فيسبوك مساء الاثنين.",
		"העירייה שולחת ניוזלטר לכל תושבי האי מאז חודש מרץ.",
		"नगर परिषद हर सोमवार को द्वीप के सभी घरों में न्यूज़लेटर भेजती है।",
		"市政府从三月起向岛上所有居民发送电子报。",
		"町は三月から島のすべての住民にニュースレターを送っている。",
		"군은 3월부터 섬의 모든 주민에게 뉴스레터를 보내고 있다.",
		"Chia sẻ trên Facebook, thị trưởng cho biết băng đã đủ dày.",
		"Bagikan momen di Instagram, wali kota menunjukkan es di selat.",
	} {
		for _, last := range []bool{false, true} {
			a := Extract(ferryPage("en", line, last))
			if have := flat(a.Text()); !strings.Contains(have, line) {
				t.Errorf("lost (last: %v): %s", last, line)
			}
		}
	}
}

// TestPleasOfTheSubject has lines of pleas that an article is about.
func TestPleasOfTheSubject(t *testing.T) {
	for name, body := range map[string]string{
		"a list of clubs": `<p>Four clubs on the islands read a book a month, and each of them takes in whoever can swim to it.</p>
<p>The first meets in the lighthouse and reads nothing but the log of the old keeper, aloud.</p><p>Follow our lighthouse readers on Instagram</p>
<p>The second meets in the mill, where the wheel makes it hard to hear the end of a sentence.</p><p>Follow our mill readers on Facebook</p>
<p>The third meets on the ferry, and stops reading when the engine does, as the rule has it.</p><p>Follow our ferry readers on TikTok</p>
<p>The fourth meets in the gaol, by invitation of the judge, and has the best attendance.</p><p>Follow our gaol readers on YouTube</p>`,
		"a piece on newsletters": `<p>The newsletter has come back to the coast, and with it a sentence that nobody can escape this winter.</p>
<p>It stands below every newsletter, on every banner and on the back of the ferry tickets, in red.</p>
<p>Sign up for the newsletter!</p>
<p>Those who have done so get a letter a day, which is more than the postman ever brought them.</p>`,
		"a section": `<p>The library has nine hundred books, a stove and a clerk, and since May it has a letter as well.</p>
<h2>Sign up for the newsletter</h2><p>It is written by the clerk, by hand, and is copied by the pupils of the upper class in their lessons.</p>
<h2>Bring the books back</h2><p>There is a barrel at the door in which they lie dry, as long as someone puts the lid on again.</p>`,
	} {
		a := Extract(Page{URL: "https://harbour.example/2026/ice", Body: []byte(`<!doctype html><html lang="en"><head><title>Ice on the strait</title></head><body><article><h1>Ice on the strait</h1>` + body + `</article></body></html>`)})
		have := flat(a.Text())
		for _, s := range textsOf(t, body) {
			if !strings.Contains(have, s) {
				t.Errorf("%s: lost: %s", name, s)
			}
		}
	}
}
