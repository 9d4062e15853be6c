package extract

import (
	"strings"
	"testing"
)

// spoken are invented sentences, each in the language that it is under.
var spoken = map[string]string{
	"en": "The harbour board has said that the northern quay will be closed for the winter, and that it is not yet known when it can be used again.",
	"de": "Die Hafenbehörde hat am Dienstag mitgeteilt, dass der nördliche Kai für den Winter geschlossen wird, weil Taucher in den Pfeilern Risse gefunden haben.",
	"fr": "La direction du port a annoncé mardi que le quai nord sera fermé pour l'hiver, après la découverte de fissures dans les piliers par des plongeurs.",
	"es": "La autoridad del puerto anunció el martes que el muelle norte estará cerrado durante el invierno, porque los buzos han encontrado grietas en los pilares.",
	"pt": "A administração do porto anunciou na terça-feira que o cais norte não será usado durante o inverno, porque os mergulhadores encontraram fissuras nos pilares.",
	"it": "La direzione del porto ha annunciato martedì che il molo nord sarà chiuso per l'inverno, dopo che i sommozzatori hanno trovato delle crepe nei piloni.",
	"nl": "De havendienst heeft dinsdag gezegd dat de noordelijke kade in de winter dicht zal zijn, omdat duikers scheuren in de pijlers hebben gevonden.",
	"da": "Havnevæsenet oplyste tirsdag, at den nordlige kaj bliver lukket i vinter, fordi dykkere har fundet revner i pillerne, og at det ikke vil vare længe.",
	"sv": "Hamnstyrelsen meddelade på tisdagen att den norra kajen ska stängas under vintern, eftersom dykare har hittat sprickor i pelarna som inte syntes förut.",
	"fi": "Satamalaitos kertoi tiistaina, että pohjoinen laituri on suljettu talven ajan, koska sukeltajat ovat löytäneet pilareista halkeamia, joita ei ole ennen ollut.",
	"pl": "Zarząd portu poinformował we wtorek, że nabrzeże północne będzie zamknięte przez zimę, ponieważ nurkowie znaleźli pęknięcia w filarach, które nie są jeszcze groźne.",
	"cs": "Správa přístavu v úterý oznámila, že severní molo bude přes zimu zavřené, protože potápěči našli v pilířích trhliny, které tam před rokem ještě nebyly, a že se to opraví.",
	"hu": "A kikötő vezetősége kedden közölte, hogy az északi rakpart télen zárva lesz, mert a búvárok repedéseket találtak a pilléreken, és ez már nem az első eset.",
	"ro": "Administrația portului a anunțat marți că cheiul de nord va fi închis pe timpul iernii, pentru că scafandrii au găsit fisuri în piloni care nu sunt încă periculoase.",
	"hr": "Lučka uprava je u utorak objavila da će sjeverni gat biti zatvoren preko zime, jer su ronioci našli pukotine u stupovima koje nisu bile tu prije godine dana.",
	"tr": "Liman idaresi salı günü kuzey rıhtımının kış için kapalı olacağını, çünkü dalgıçların ayaklarda çatlaklar bulduğunu ve bunun daha önce görülmediğini açıkladı. Bu çok yeni bir durum değil.",
	"id": "Pengelola pelabuhan mengatakan pada hari Selasa bahwa dermaga utara akan ditutup untuk musim dingin karena penyelam telah menemukan retakan di tiang yang tidak ada dalam laporan itu.",
	"vi": "Ban quản lý cảng cho biết hôm thứ ba rằng bến phía bắc sẽ đóng cửa trong mùa đông vì các thợ lặn đã tìm thấy vết nứt ở những trụ cột của cầu.",
	"ca": "L'autoritat del port va dir dimarts que el moll nord estarà tancat durant l'hivern, perquè els bussos han trobat esquerdes als pilars que no eren en aquest informe, i amb això n'hi ha prou.",
	"ru": "Управление порта сообщило во вторник, что северный причал будет закрыт на зиму, потому что водолазы нашли в опорах трещины, которых не было в прошлом году.",
	"uk": "Управління порту повідомило у вівторок, що північний причал буде закрито на зиму, бо водолази знайшли в опорах тріщини, яких не було торік, і це ще не все.",
	"bg": "Управлението на пристанището съобщи във вторник, че северният кей ще бъде затворен през зимата, защото водолази са открили пукнатини в стълбовете, които не са били там.",
	"el": "Η διοίκηση του λιμανιού ανακοίνωσε την Τρίτη ότι η βόρεια προβλήτα θα μείνει κλειστή τον χειμώνα.",
	"ar": "قالت إدارة الميناء يوم الثلاثاء إن الرصيف الشمالي سيغلق في الشتاء بعد أن وجد الغواصون شقوقا في الأعمدة التي لم تكن هناك من قبل.",
	"fa": "مدیریت بندر روز دوشنبه گفت که اسکله شمالی در زمستان بسته خواهد شد، چون غواصان در پایههای آن شکافی را پیدا کرده اند که این سال با آن است.",
	"he": "הנהלת הנמל הודיעה ביום שלישי כי הרציף הצפוני יהיה סגור בחורף, לאחר שצוללנים מצאו סדקים בעמודים של הרציף, וזה לא כל מה שהיה שם.",
	"hi": "बंदरगाह प्रशासन ने मंगलवार को कहा कि उत्तरी घाट सर्दियों के लिए बंद रहेगा क्योंकि गोताखोरों को खंभों में दरारें मिली हैं और यह पहली बार नहीं है।",
	"th": "การท่าเรือแจ้งเมื่อวันอังคารว่าท่าเรือด้านเหนือจะปิดตลอดฤดูหนาว",
	"ko": "항만청은 북쪽 부두가 겨울 동안 폐쇄될 것이라고 화요일에 밝혔다. 잠수부들이 기둥에서 균열을 발견했다.",
	"ja": "港湾局は火曜日、北側の岸壁を冬の間閉鎖すると発表した。潜水士が柱に亀裂を見つけたためである。",
	"zh": "港务局星期二宣布，北码头将在冬季关闭，因为潜水员在桥墩上发现了裂缝。",
}

func TestLanguage(t *testing.T) {
	for code, text := range spoken {
		said := []Block{{Kind: Paragraph, Text: text}}
		if got := spokenIn("", said); got != code {
			t.Errorf("a text in %s is taken for %q", code, got)
		}
		long := []Block{{Kind: Paragraph, Text: text}, {Kind: Paragraph, Text: text}}
		if got := spokenIn(code+"-XX", long); got != code+"-XX" {
			t.Errorf("the page says %s-XX, as the text does, and %q is taken", code, got)
		}
		if got := spokenIn("en-US", long); code != "en" && got != code {
			t.Errorf("the page says en-US, the text is in %s, and %q is taken", code, got)
		}
	}
	for _, c := range []struct{ stated, code, want string }{
		{"nb", "da", "nb"}, // too near to tell
		{"sr", "hr", "sr"}, // the same
		{"eo", "fr", "eo"}, // nothing is known of what the page claims
		{"zh-Hant-TW", "zh", "zh-Hant-TW"},
		{"de", "ja", "ja"},
	} {
		if got := spokenIn(c.stated, []Block{{Kind: Paragraph, Text: strings.Repeat(spoken[c.code]+" ", 2)}}); got != c.want {
			t.Errorf("the page says %q over a text in %s: %q, want %q", c.stated, c.code, got, c.want)
		}
	}
	for _, short := range []string{"", "Holm 3, Lind 2.", "12:30", "OK!"} {
		if got := spokenIn("", []Block{{Kind: Paragraph, Text: short}}); got != "" {
			t.Errorf("%q is taken for %q", short, got)
		}
	}
}

func BenchmarkLanguage(b *testing.B) {
	text := []Block{{Kind: Paragraph, Text: strings.Repeat(spoken["de"]+" ", 20)}}
	for b.Loop() {
		spokenIn("en", text)
	}
}
