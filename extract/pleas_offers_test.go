package extract

import (
	"strings"
	"testing"
)

// offerLines offer something without a verb, or say that the rest is not free, by language.
var offerLines = []struct{ lang, lines string }{
	{"en", "4 weeks for £1|Digital access from €2.99 a month|Try 3 months of full digital access for $1|This article is for subscribers|Continue reading with a subscription|To read the rest of this story, log in or subscribe.|You have reached your limit of free articles.|Get our best stories in your WhatsApp every evening|Follow the Gazette on Google News|Our app has it first: download it here|Subscribers can read the full story.|Already a subscriber? Log in"},
	{"de", "4 Wochen für 1 Euro|Digitalabo ab 2,99 Euro im Monat|Jetzt 30 Tage kostenlos testen|Dieser Artikel ist nur für Abonnenten|Weiterlesen mit unserem Abo|Um den ganzen Artikel zu lesen, melden Sie sich an.|Sie haben Ihr Limit an kostenlosen Artikeln erreicht.|Diesen Artikel weiterlesen mit Plus"},
	{"fr", "1 mois pour 1 €|Accès numérique à partir de 2,99 € par mois|Cet article est réservé aux abonnés|La suite de cet article est réservée à nos abonnés.|Pour lire la suite, abonnez-vous|Il vous reste 80 % de cet article à lire.|Déjà abonné ? Connectez-vous"},
	{"es", "3 meses por 1 €|Acceso digital desde 2,99 € al mes|Este artículo es exclusivo para suscriptores|Contenido solo para suscriptores|Para seguir leyendo, suscríbete|Ya eres suscriptor? Inicia sesión"},
	{"it", "3 mesi a 1 €|Abbonamento digitale da 2,99 € al mese|Questo articolo è riservato agli abbonati|Per continuare a leggere abbonati|Contenuto riservato agli abbonati"},
	{"pt", "3 meses por 1 €|Acesso digital a partir de 2,99 € por mês|Este artigo é exclusivo para assinantes|Conteúdo exclusivo para assinantes|Para continuar a ler, assine"},
	{"nl", "4 weken voor € 1|Digitaal abonnement vanaf € 2,99 per maand|Dit artikel is alleen voor abonnees|Verder lezen? Neem een abonnement"},
	{"pl", "4 tygodnie za 1 zł|Dostęp cyfrowy od 9,90 zł miesięcznie|Ten artykuł jest dostępny tylko dla prenumeratorów|Dalsza część artykułu tylko dla prenumeratorów"},
	{"sv", "4 veckor för 1 kr|Digital prenumeration från 29 kr i månaden|Den här artikeln är bara för prenumeranter|Läs vidare med en prenumeration"},
	{"da", "4 uger for 1 kr.|Digitalt abonnement fra 29 kr. om måneden|Denne artikel er kun for abonnenter|Læs videre med et abonnement"},
	{"no", "4 uker for 1 kr|Digitalt abonnement fra 29 kr i måneden|Denne artikkelen er kun for abonnenter|Les videre med et abonnement"},
	{"fi", "4 viikkoa 1 eurolla|Digitilaus alkaen 2,99 €/kk|Tämä artikkeli on vain tilaajille|Jatka lukemista tilaajana"},
	{"cs", "Měsíc za 1 Kč|Digitální předplatné od 79 Kč měsíčně|Tento článek je jen pro předplatitele|Celý článek je dostupný jen předplatitelům"},
	{"hu", "1 hónap 100 Ft|Digitális előfizetés 990 Ft-tól havonta|Ez a cikk csak előfizetőknek szól"},
	{"ro", "O lună la 1 leu|Abonament digital de la 9 lei pe lună|Acest articol este doar pentru abonați"},
	{"ru", "Месяц за 1 ₽|Цифровая подписка от 99 руб. в месяц|Эта статья доступна только подписчикам|Продолжение доступно только по подписке"},
	{"uk", "Місяць за 1 грн|Ця стаття доступна лише передплатникам"},
	{"tr", "1 ay 1 TL|Dijital abonelik aylık 29 TL'den başlayan fiyatlarla|Bu haber sadece abonelere özeldir"},
	{"el", "4 εβδομάδες με 1 €|Ψηφιακή συνδρομή από 2,99 € τον μήνα|Αυτό το άρθρο είναι μόνο για συνδρομητές"},
	{"ja", "月額300円から|この記事は有料会員限定です|残り1200文字|続きを読むには会員登録が必要です"},
	{"zh", "首月仅需1元|本文为会员专享|继续阅读请订阅"},
	{"ko", "월 2,900원부터|이 기사는 유료회원 전용입니다"},
	{"ar", "هذا المقال للمشتركين فقط|اشتراك رقمي ابتداء من 9 دراهم شهريا"},
	{"th", "บทความนี้สำหรับสมาชิกเท่านั้น|สมัครสมาชิกเพื่ออ่านต่อ|เข้าสู่ระบบเพื่ออ่านฉบับเต็ม"},
	{"hi", "यह लेख केवल सदस्यों के लिए है|आगे पढ़ने के लिए लॉग इन करें"},
	{"fa", "این مطلب ویژه مشترکان است|برای ادامه مطالعه وارد شوید"},
	{"he", "הכתבה למנויים בלבד|מנוי דיגיטלי החל מ-9 ₪ לחודש"},
}

func TestOffers(t *testing.T) {
	stay, all := 0, 0
	for _, c := range offerLines {
		for line := range strings.SplitSeq(c.lines, "|") {
			for _, last := range []bool{false, true} {
				all++
				a := Extract(ferryPage(c.lang, line, last))
				if have := flat(a.Text()); strings.Contains(have, line) {
					stay++
					t.Errorf("%s: stays (last: %v): %s", c.lang, last, line)
				} else if !strings.Contains(have, "harbour master.") {
					t.Errorf("%s: more than the offer is gone: %s", c.lang, line)
				}
			}
		}
	}
	t.Logf("%d of %d stay", stay, all)
}

// TestNoOffers has sentences of articles with prices, periods and subscribers in them.
func TestNoOffers(t *testing.T) {
	for _, line := range []string{
		"Rent for the cabin: £40 a month.",
		"The smith asked for £9 a week and got it.",
		"Four weeks for £1: that is what the ferry once cost the islanders.",
		"Subscribers to the ferry may read the log of the keeper.",
		"The paper has 400 subscribers, and this article of the law is for them.",
		"A year of bread for $300: that is what the baker offers the town.",
		"Members only, says the sign at the lighthouse.",
		"Digital access to the archive of the harbour will cost £2 a month, the mayor said.",
		"The publisher sells 4 weeks for £1, half of what its rival asks.",
		"Continue reading the meter until the needle stops at nine.",
		"To read the rest of the inscription one has to lie on the ice.",
		"Der Verlag verkauft vier Wochen für 1 Euro, halb so teuer wie die Konkurrenz.",
		"Artikel 9 der Satzung gilt nur für Abonnenten der Fähre.",
		"Die Kabine kostet 40 Euro im Monat.",
		"La cabane coûte 40 € par mois.",
		"L'article 9 est réservé aux marins, a rappelé la maire.",
		"El alquiler cuesta 40 € al mes.",
		"Il pane costa 3 € al mese.",
		"Аренда стоит 900 руб. в месяц.",
		"入場料は月300円である。",
	} {
		for _, last := range []bool{false, true} {
			a := Extract(ferryPage("en", line, last))
			if have := flat(a.Text()); !strings.Contains(have, line) {
				t.Errorf("lost (last: %v): %s", last, line)
			}
		}
	}
}
