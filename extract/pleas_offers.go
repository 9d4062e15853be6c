package extract

import (
	"strings"
	"unicode"
)

// A lock is how one language says that the rest of a text is not free, in small letters.
type lock struct {
	text   string // what it is about: this article
	only   string // whom it is for: only for subscribers
	onward string // what a reader wants: to read the rest
	key    string // what it takes: a subscription, to log in
	meter  string // that there is no more for nothing, whole
}

// locks are those of each language. A line has a lock when it names this text
// and whom it is for, or the wish and what it takes.
var locks = []lock{
	{text: "this article|this story|this content|this post|the full story|the full article|full story|our journalism|this page|read more", only: "is for subscribers|for subscribers only|only for subscribers|only available to subscribers|available to subscribers|exclusive to subscribers|exclusively for subscribers|reserved for subscribers|subscribers can read|subscribers only|subscriber-only|subscriber exclusive|is for members|for members only|members-only|only for members|exclusive to members|premium content|for paying subscribers|for paid subscribers",
		onward: "continue reading with|continue reading this|to continue reading|to keep reading|to read the rest of this|to read the full|to read this article|to read this story|to read more of this|read the rest of this|keep reading with|read on with|to read on|unlock this", key: "subscri|log in|sign in|log-in|register|membership|a member|account|trial|premium", meter: "your limit of free|limit of free articles|free articles left|free articles remaining|free articles this month|last free article|out of free articles"},
	{text: "dieser artikel|diesen artikel|dieser beitrag|dieser text|dieser inhalt|den ganzen artikel|der ganze artikel|der vollständige artikel", only: "nur für abonnent|nur für unsere abonnent|exklusiv für abonnent|unseren abonnent|abonnenten vorbehalten|nur mit abo|nur im abo|nur mit einem abo|für abonnenten lesbar|nur für mitglieder|kostenpflichtig",
		onward: "weiterlesen mit|weiterlesen?|artikel weiterlesen|um weiterzulesen|zum weiterlesen|um den ganzen artikel|um diesen artikel|um den artikel|um den vollständigen artikel|lesen sie diesen artikel", key: "abo|plus|anmelden|melden sie|registrier|einloggen|premium|digital|probemonat|login|+", meter: "limit an kostenlosen|keine freien artikel|kostenlosen artikel aufgebraucht|ihr freies kontingent"},
	{text: "cet article|la suite de cet|la suite de l'article|la suite de l’article|la suite est|ce contenu|contenu|article", only: "réservé aux abonné|réservée aux abonné|réservés aux abonné|réservé à nos abonné|réservée à nos abonné|exclusivement aux abonné|pour les abonnés uniquement|réservé aux membres",
		onward: "pour lire la suite|pour continuer la lecture|pour lire cet article|poursuivez votre lecture|déjà abonné|continuez votre lecture|pour continuer à lire", key: "abonn|connect|inscri|s'identifier|compte", meter: "de cet article à lire|articles gratuits ce mois|limite d'articles gratuits|limite d’articles gratuits"},
	{text: "este artículo|esta noticia|este contenido|contenido|artículo", only: "exclusivo para suscriptor|exclusiva para suscriptor|solo para suscriptor|sólo para suscriptor|reservado a suscriptor|para suscriptores|solo para socios|exclusivo para socios|exclusivo suscriptor",
		onward: "para seguir leyendo|para continuar leyendo|para leer el artículo completo|para leer más|ya eres suscriptor|eres suscriptor|seguir leyendo", key: "suscr|inicia sesión|inicie sesión|regístr|accede|hazte", meter: "límite de artículos gratuitos|artículos gratis este mes"},
	{text: "questo articolo|contenuto|articolo|questo contenuto|il resto", only: "riservato agli abbonati|riservata agli abbonati|riservati agli abbonati|solo per gli abbonati|solo per abbonati|esclusiva per gli abbonati|per i soli abbonati",
		onward: "per continuare a leggere|per leggere tutto|per leggere l'articolo|per leggere l’articolo|continua a leggere con|sei già abbonato|sei già un abbonato", key: "abbona|accedi|registra", meter: "limite di articoli gratuiti"},
	{text: "este artigo|esta notícia|este conteúdo|conteúdo|esta matéria|esta reportagem|artigo", only: "exclusivo para assinante|exclusiva para assinante|só para assinante|apenas para assinante|somente para assinante|exclusivo para subscritor|reservado a assinante|exclusivo a assinante|exclusivo de assinante",
		onward: "para continuar a ler|para continuar lendo|para ler o artigo|para ler a matéria|já é assinante|continue lendo com|continue a ler com", key: "assin|subscrev|entre|faça login|inicie sessão|cadastre|login", meter: "limite de artigos gratuitos|limite de matérias"},
	{text: "dit artikel|deze inhoud|het hele artikel|dit verhaal", only: "alleen voor abonnees|exclusief voor abonnees|enkel voor abonnees|voorbehouden aan abonnees|voor abonnees",
		onward: "verder lezen|om verder te lezen|lees verder met|om dit artikel te lezen|al abonnee", key: "abonne|inloggen|log in|registre|account|proefabonnement", meter: "limiet van gratis artikelen|gratis artikelen gelezen"},
	{text: "ten artykuł|dalsza część|artykuł|ta treść|pełna treść|cały artykuł|treść", only: "tylko dla prenumerator|tylko dla subskrybent|wyłącznie dla prenumerator|wyłącznie dla subskrybent|dla zalogowanych|tylko dla czytelników z|tylko dla abonent",
		onward: "czytaj dalej z|aby czytać dalej|aby przeczytać cał|chcesz czytać dalej", key: "prenumerat|subskryp|zaloguj|wykup|dostęp", meter: "limit darmowych artykuł|limit bezpłatnych"},
	{text: "den här artikeln|artikeln|innehållet|detta innehåll", only: "bara för prenumerant|endast för prenumerant|för prenumeranter|exklusiv för prenumerant|låst för",
		onward: "läs vidare med|för att läsa vidare|vill du läsa vidare|för att läsa hela|fortsätt läsa med", key: "prenumer|logga in|abonn|plus", meter: "gratis artiklar kvar|fria artiklar"},
	{text: "denne artikel|artiklen|dette indhold|artikel", only: "kun for abonnent|forbeholdt abonnent|forbeholdt vores abonnent|kræver abonnement",
		onward: "læs videre med|for at læse videre|vil du læse videre|for at læse hele", key: "abonne|log ind|køb|plus|login", meter: "gratis artikler tilbage"},
	{text: "denne artikkelen|artikkelen|denne saken|saken|dette innholdet", only: "kun for abonnent|bare for abonnent|forbeholdt abonnent|er for abonnent|krever abonnement",
		onward: "les videre med|for å lese videre|vil du lese videre|for å lese hele|fortsett å lese med", key: "abonne|logg inn|kjøp|pluss|plus", meter: "gratis artikler igjen"},
	{text: "tämä artikkeli|tämä juttu|artikkeli|sisältö|juttu", only: "vain tilaajille|vain tilaajien|on tilaajille|tilaajille tarkoitettu|on tilaajien",
		onward: "jatka lukemista|lukeaksesi|haluatko lukea", key: "tilaa|kirjaudu|tunnus", meter: "ilmaista artikkelia jäljellä"},
	{text: "tento článek|celý článek|článek|obsah|zbytek článku|pokračování", only: "jen pro předplatitel|pouze pro předplatitel|dostupný jen předplatitel|dostupný pouze předplatitel|pro předplatitele|jen předplatitel|jen pro přihlášené",
		onward: "pokračovat ve čtení|chcete číst dál|pro čtení celého|čtěte dál s", key: "předplat|přihlas|registr", meter: "limit článků zdarma"},
	{text: "tento článok|celý článok|článok|obsah|pokračovanie", only: "len pre predplatiteľ|iba pre predplatiteľ|pre predplatiteľov|len predplatiteľ|iba predplatiteľ",
		onward: "pokračovať v čítaní|chcete čítať ďalej|pre čítanie celého", key: "predplat|prihlás|registr"},
	{text: "ez a cikk|a cikk|a teljes cikk|ez a tartalom|cikkünk", only: "csak előfizető|kizárólag előfizető|előfizetőknek szól|előfizetőink számára|csak regisztrált",
		onward: "olvasson tovább|a folytatáshoz|a teljes cikk elolvasásához|olvass tovább", key: "előfizet|jelentkez|regisztr", meter: "ingyenes cikkek száma|ingyenesen olvasható cikk"},
	{text: "acest articol|articolul|conținutul|acest conținut", only: "doar pentru abonați|numai pentru abonați|exclusiv pentru abonați|rezervat abonaților|destinat abonaților",
		onward: "pentru a citi mai departe|pentru a continua lectura|citește mai departe cu|pentru a citi articolul", key: "abon|autentific|conect|cont", meter: "limita de articole gratuite"},
	{text: "тази статия|статията|съдържанието|цялата статия", only: "само за абонати|достъпна само за|достъпно само за|само абонати", onward: "за да продължите да четете|за да прочетете цялата|продължете да четете", key: "абон|влезте|вход|регистр"},
	{text: "эта статья|этот материал|продолжение|полный текст|статья|материал", only: "только подписчик|только для подписчик|доступна по подписке|доступен по подписке|доступно по подписке|только по подписке|для подписчиков", onward: "чтобы читать дальше|чтобы прочитать полностью|чтобы продолжить чтение|продолжить чтение|читать дальше", key: "подпис|войдите|авториз|регистр", meter: "лимит бесплатных"},
	{text: "ця стаття|цей матеріал|продовження|повний текст|стаття|матеріал", only: "лише передплатник|тільки передплатник|лише для передплатник|тільки для передплатник|лише для підписник|за передплатою|для передплатників", onward: "щоб читати далі|щоб прочитати повністю|продовжити читання", key: "передплат|підпис|увійд|зареєстр"},
	{text: "bu haber|bu yazı|bu içerik|yazının devamı|haberin devamı|bu makale", only: "sadece abone|yalnızca abone|abonelere özel|abonelerimize özel|üyelere özel|sadece üye", onward: "okumaya devam etmek için|devamını okumak için|tamamını okumak için", key: "abone|üye|giriş"},
	{text: "αυτό το άρθρο|το άρθρο|το περιεχόμενο|η συνέχεια", only: "μόνο για συνδρομητ|αποκλειστικά για συνδρομητ|για συνδρομητές", onward: "για να συνεχίσετε|για να διαβάσετε", key: "συνδρομ|συνδεθ|εγγραφ"},
	{text: "この記事|本記事|この先|続き|残り", only: "会員限定|有料会員|会員専用|会員のみ|購読者限定|有料記事", onward: "続きを読む|続きをお読み|全文を読む|全文をお読み|この記事の続き", key: "登録|会員|ログイン|購読", meter: "残り文字|無料記事の上限|無料で読める記事"},
	{text: "本文|此文|全文|本篇|此内容|此內容", only: "会员专享|會員專享|会员可读|付费|付費|订阅用户|訂閱用戶|仅限会员|僅限會員|会员独享|限訂戶|訂戶限定", onward: "继续阅读|繼續閱讀|阅读全文|閱讀全文", key: "订阅|訂閱|登录|登入|会员|會員|付费|付費"},
	{text: "이 기사|본 기사|이 콘텐츠|전문", only: "유료회원|유료 회원|회원 전용|구독자 전용|구독자만|회원만", onward: "계속 읽으려면|계속 읽기|전체 기사를 보려면|이어서 읽", key: "구독|로그인|회원|가입"},
	{text: "هذا المقال|هذه المقالة|هذا المحتوى|المقال", only: "للمشتركين فقط|حصري للمشتركين|خاص بالمشتركين|للأعضاء فقط", onward: "لمتابعة القراءة|لقراءة المقال|لقراءة بقية|لإكمال القراءة", key: "اشترك|تسجيل الدخول|سجل|اشتراك"},
	{text: "הכתבה|כתבה זו|תוכן זה|המשך הכתבה", only: "למנויים בלבד|למנויים|לרשומים בלבד", onward: "להמשך קריאה|כדי להמשיך לקרוא|לקריאת הכתבה", key: "מנוי|התחבר|הירשם|הרשמ"},
	{text: "artikel ini|konten ini|berita ini", only: "khusus pelanggan|hanya untuk pelanggan|khusus untuk pelanggan|khusus member", onward: "untuk melanjutkan membaca|untuk membaca selengkapnya|lanjutkan membaca dengan", key: "berlangganan|masuk|daftar|login"},
	{text: "bài viết này|nội dung này", only: "dành cho hội viên|chỉ dành cho|dành riêng cho", onward: "để đọc tiếp|để đọc toàn bộ", key: "đăng ký|đăng nhập|hội viên|mua gói"},
	{text: "บทความนี้|เนื้อหานี้|ข่าวนี้|เนื้อหาส่วนที่เหลือ", only: "สำหรับสมาชิกเท่านั้น|เฉพาะสมาชิก|สำหรับผู้สมัครสมาชิก", onward: "เพื่ออ่านต่อ|เพื่ออ่านฉบับเต็ม|เพื่ออ่านบทความ|อ่านต่อฉบับเต็ม", key: "สมัครสมาชิก|เข้าสู่ระบบ|ลงทะเบียน|ล็อกอิน"},
	{text: "यह लेख|यह खबर|यह सामग्री|पूरा लेख|पूरी खबर", only: "केवल सदस्य|केवल सब्सक्राइबर|सिर्फ सब्सक्राइबर|सदस्यों के लिए", onward: "आगे पढ़ने के लिए|पूरा पढ़ने के लिए|पूरी खबर पढ़ने के लिए|पूरा लेख पढ़ने के लिए", key: "सब्सक्राइब|लॉग इन|लॉगिन|सदस्यता|साइन इन"},
	{text: "این مقاله|این مطلب|این خبر|متن کامل", only: "ویژه مشترکان|فقط برای مشترکان|مخصوص مشترکان|ویژه اعضا", onward: "برای ادامه مطالعه|برای خواندن ادامه|برای مطالعه متن کامل|برای ادامه خواندن", key: "اشتراک|وارد شوید|ثبت نام|ثبت\u200cنام"},
	{text: "ovaj članak|članak|ovaj sadržaj|nastavak", only: "samo za pretplatnike|samo pretplatnicima|dostupan samo pretplat|ekskluzivno za pretplat", onward: "za nastavak čitanja|nastavite čitati|želite li čitati dalje", key: "pretplat|prijavi|registr"},
}

// Parts of a line about a lock.
const (
	lockText = 1 << iota
	lockOnly
	lockOnward
	lockKey
	lockMeter
)

// lockWords are what locks say, by phrase: part and language; lockSpotter finds them.
var lockWords, lockSpotter = func() (map[string][][2]uint8, *spotter) {
	m, all := map[string][][2]uint8{}, []string(nil)
	for i, l := range locks {
		for k, list := range []string{l.text, l.only, l.onward, l.key, l.meter} {
			for phrase := range strings.SplitSeq(list, "|") {
				if len(phrase) < 4 { // too short to be spotted: never alone
					continue
				}
				if m[phrase] == nil {
					all = append(all, phrase)
				}
				m[phrase] = append(m[phrase], [2]uint8{1 << k, uint8(i)})
			}
		}
	}
	return m, newSpotter(all)
}()

const longestLock = 110 // letters

// locked tells whether a line in small letters says that the rest of the text is not free.
func locked(lower string) bool {
	lower = undigited(lower)
	if strings.ContainsAny(lower, "“”„«»「」『』\"") {
		return false
	}
	var said [64]uint8
	found := false
	lockSpotter.each(lower, func(at int, phrase string) {
		for _, w := range lockWords[phrase] {
			if w[0] == lockText && at > 24 { // it is what the line begins with
				continue
			}
			said[w[1]] |= w[0]
			found = true
		}
	})
	if !found {
		return false
	}
	for i := range locks {
		s := said[i]
		if s&lockMeter != 0 || s&(lockText|lockOnly) == lockText|lockOnly || s&(lockOnward|lockKey) == lockOnward|lockKey {
			return !told.in(lower)
		}
	}
	return false
}

// undigited leaves numbers out, which differ from page to page: "1,200 letters left".
func undigited(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return -1
		}
		return r
	}, s)
}

// periods are names of spans of time for which one subscribes, and what may
// stand between them and a price.
var periods, periodWords = wordSet(`week weeks month months day days year years woche wochen monat monate monaten tage tagen jahr semaine semaines mois jours an semana semanas mes meses días año
	settimana settimane mese mesi giorni anno mês dias ano week weken maand maanden dagen jaar tydzień tygodnie tygodni miesiąc miesiące miesięcy dni vecka veckor månad månader dagar uge uger måned måneder dage
	uke uker dager viikko viikkoa kuukausi kuukautta kk päivää týden týdny týdnů měsíc měsíce měsíců dní mesiac mesiace mesiacov týždeň týždne hét hónap hónapig nap lună luni săptămâni zile седмици месец месеца дни
	месяц месяца месяцев недели недель дней місяць місяці тижні днів o ay hafta gün μήνας μήνες μήνα εβδομάδες εβδομάδα ημέρες bulan minggu hari tháng tuần ngày mjesec mjeseca tjedna dana`),
	wordSet(`for only just now from first for at your free try get für nur jetzt ab erste ersten die den gratis kostenlos testen im im pro pour seulement dès à essai premier le gratuit par por solo desde primer gratis el al a soli
	primo il al per da apenas primeiro o por voor slechts vanaf eerste de nu per za tylko już pierwszy od för bara nu första från kun første fra for vain alkaen ensimmäinen eurolla za jen první první od len prvý csak első doar prima la o de
	само първи за първият только первый за всего от лише перший за від sadece ilk yalnızca μόνο με πρώτος untuk hanya pertama chỉ đầu prvi samo`)

// termed tells a line of nothing but a span of time and what it costs: "4 weeks for £1".
func termed(lower string) bool {
	if !price(lower) {
		return false
	}
	spans, first := 0, true
	for w := range strings.FieldsFuncSeq(lower, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }) {
		switch {
		case periods[w]:
			spans++
		case first && w != "o": // what the line is about is the time, not the sum
			return false
		case !periodWords[w] && !money(w):
			return false
		}
		first = false
	}
	return spans > 0
}

// money tells the name of money.
func money(word string) bool {
	for _, m := range moneys {
		if word == strings.TrimSpace(m) {
			return true
		}
	}
	switch word {
	case "euros", "r", "leu", "דולר", "دراهم", "zl", "zł", "kč", "dollars", "us", "eurolla":
		return true
	}
	return false
}

// plans are how a line begins that offers a subscription without a verb.
var plans = newSpotter([]string{
	"digital access", "full digital access", "digital subscription", "all-digital access", "premium subscription", "online access", "try 1 ", "try 3 ", "try 4 ", "try 6 ", "subscription from", "annual subscription", "monthly subscription",
	"digitalabo", "digital-abo", "probeabo", "probe-abo", "plus-abo", "jahresabo", "monatsabo", "digitaler zugang", "online-abo", "jetzt 30 tage", "jetzt 1 monat", "jetzt 4 wochen", "jetzt einen monat", "30 tage kostenlos", "4 wochen gratis", "1 monat gratis", "einen monat gratis",
	"accès numérique", "abonnement numérique", "offre numérique", "abonnement 100", "accès illimité", "1 mois offert", "premier mois",
	"acceso digital", "suscripción digital", "suscripción anual", "suscripción mensual", "abbonamento digitale", "abbonamento annuale", "abbonamento mensile", "accesso digitale",
	"acesso digital", "assinatura digital", "assinatura anual", "assinatura mensal", "digitaal abonnement", "digitale toegang", "proefabonnement", "jaarabonnement",
	"dostęp cyfrowy", "prenumerata cyfrowa", "subskrypcja cyfrowa", "dostęp premium", "digital prenumeration", "digitalt abonnement", "digital tilgang", "digital adgang", "digitilaus", "diginäköislehti",
	"digitální předplatné", "roční předplatné", "měsíční předplatné", "digitálne predplatné", "digitális előfizetés", "éves előfizetés", "abonament digital", "abonament lunar", "дигитален абонамент",
	"цифровая подписка", "онлайн-подписка", "годовая подписка", "подписка от", "цифрова передплата", "онлайн-передплата", "dijital abonelik", "yıllık abonelik", "ψηφιακή συνδρομή", "digitalna pretplata",
	"月額", "初月", "首月", "数字订阅", "數位訂閱", "월 ", "디지털 구독", "첫 달", "اشتراك رقمي", "الاشتراك الرقمي", "מנוי דיגיטלי", "langganan digital", "gói đọc",
})

// offered tells whether a line in small letters offers a subscription without
// asking for anything, or says that the rest of the text takes one.
func offered(lower string) asking {
	switch {
	case len(lower) <= 4*longestLock && locked(lower):
		return subscribing
	case strings.HasSuffix(lower, "。") || strings.HasSuffix(lower, ".") && !strings.HasSuffix(lower, "kr.") && !strings.HasSuffix(lower, "md."): // a sentence
		return 0
	case len(lower) <= 60 && termed(lower), len(lower) <= 140 && plans.starts(lower) && (price(lower) || strings.Contains(lower, "kostenlos") || strings.Contains(lower, "gratis") || strings.Contains(lower, "원")) && !told.in(lower):
		return subscribing
	}
	return 0
}
