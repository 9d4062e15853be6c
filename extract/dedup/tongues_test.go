package dedup

import (
	"math"
	"math/rand/v2"
	"strings"
	"unicode/utf8"
)

// A tongue is how a language looks to a machine that cannot read: real function words, titles, figures and marks around words that
// are invented from its letters. Texts of known truth are written in it.
type tongue struct {
	name                 string
	small                string // function words
	heads, hearts, tails string // pieces of invented words
	ends                 string // what inflection hangs on a word: another one in another sentence
	nameEnds             string // the same for names
	fronts               string // what is written onto the front of a word
	office               string // what a person is called instead of by name
	title                string // before a last name
	count                string // two to twelve in words
	thousand, million    string
	group, point         string // of figures
	open, close          string // quotation marks
	stop, comma          string
	notices              [3]string

	dense    bool // no spaces between words
	capitals bool
	nouns    bool // capitals on every noun
	katakana bool // names in katakana
}

var tongues = []tongue{
	{
		name: "english", small: "the of and in to a for on with by at from that was had it his were which after",
		heads: "b br c ch d dr f fl g gr h j k l m n p pl qu r s sh st t tr v w", hearts: "a e i o u ai ea ee oo ou", tails: "b d g k ll m n nd nt p r rd rk s sh st t ver ning ly",
		ends: "s ed ing", office: "prime minister;chief executive;mayor;police chief;judge;union leader", title: "Mr", count: "two three four five six seven eight nine ten eleven twelve",
		thousand: "thousand", million: "million", group: ",", point: ".", open: "“", close: "”", stop: ".", comma: ",", capitals: true,
		notices: [3]string{"We and our partners store and access information on a device, such as cookies, and process personal data. Accept all", "This website uses cookies to give you the best experience. By going on you agree to our policy. OK", "Your choices: we value your privacy and ask for your consent to store cookies on your device. Manage options"},
	},
	{
		name: "german", small: "der die das und in zu den mit von für auf ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei",
		heads: "b br d f fl g gr h k kl l m n p pf r s sch schl st str t tr v w z", hearts: "a e i o u ei au ie ö ü ä", tails: "b ch ck f g ger l lich m n nd ng r rt s st t tz ung zeit",
		ends: "e en er es", office: "die Ministerin;der Vorstandschef;der Bürgermeister;die Richterin;der Gewerkschafter", title: "Herr", count: "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
		thousand: "tausend", million: "Millionen", group: ".", point: ",", open: "„", close: "“", stop: ".", comma: ",", capitals: true, nouns: true,
		notices: [3]string{"Wir und unsere Partner speichern Informationen auf einem Gerät und verarbeiten personenbezogene Daten wie Cookies. Alle akzeptieren", "Diese Website verwendet Cookies. Wenn Sie die Website weiter nutzen, gehen wir von Ihrem Einverständnis aus.", "Mit Ihrer Zustimmung verwenden wir Cookies und ähnliche Techniken, um Inhalte zu messen. Einstellungen"},
	},
	{
		name: "french", small: "le la les de des et en à un une du que qui dans pour sur par au avec est a ne pas plus son ses il",
		heads: "b br c ch d f fr g gr j l m n p pl pr r s t tr v", hearts: "a e é i o u ai au eu oi ou è", tails: "b c d ge l lle m n ne nt que r re s sse t te tion ment",
		ends: "e s es ent", office: "la ministre;le directeur général;le maire;la juge;le syndicaliste", title: "M.", count: "deux trois quatre cinq six sept huit neuf dix onze douze",
		thousand: "mille", million: "millions", group: "\u00a0", point: ",", open: "« ", close: " »", stop: ".", comma: ",", capitals: true,
		notices: [3]string{"Nos partenaires et nous stockons des informations sur un terminal, telles que les cookies, et traitons des données personnelles. Tout accepter", "Ce site utilise des cookies. En poursuivant votre navigation, vous acceptez leur dépôt.", "Vos choix : nous respectons votre vie privée et demandons votre consentement pour déposer des cookies. Paramétrer"},
	},
	{
		name: "spanish", small: "el la los las de del y en a un una que por con para se su al no lo es como más desde",
		heads: "b br c ch d f fl g gr h j l ll m n p pl r s t tr v", hearts: "a e i o u ie ue ia", tails: "ción da dad do l le m n no nte r ra ro s sta ta to z",
		ends: "s es an ó", office: "la ministra;el presidente;el alcalde;la jueza;el sindicalista", title: "señor", count: "dos tres cuatro cinco seis siete ocho nueve diez once doce",
		thousand: "mil", million: "millones", group: ".", point: ",", open: "«", close: "»", stop: ".", comma: ",", capitals: true,
		notices: [3]string{"Nosotros y nuestros socios almacenamos información en un dispositivo, como las cookies, y tratamos datos personales. Aceptar todo", "Este sitio utiliza cookies. Si sigue navegando, entendemos que acepta su uso.", "Sus opciones: pedimos su consentimiento para guardar cookies en su dispositivo. Configurar"},
	},
	{
		name: "russian", small: "и в на не что с по к из у от за о для при до как это его она они был была были но а также",
		heads: "б бр в вс г гр д ж з к кр л м н п пр р с ст т тр ф х ч ш", hearts: "а е и о у ы я ю", tails: "в г д к л м н нт р ск ст т ть ц ч ш ник ние",
		ends: "а у ы ом е ов ам ами ах", nameEnds: "а у ом е", office: "министр;глава компании;мэр города;судья;лидер профсоюза", title: "господин", count: "два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать",
		thousand: "тысяч", million: "миллионов", group: "\u00a0", point: ",", open: "«", close: "»", stop: ".", comma: ",", capitals: true,
		notices: [3]string{"Мы и наши партнёры храним информацию на устройстве, например файлы cookie, и обрабатываем персональные данные. Принять все", "Этот сайт использует файлы cookie. Продолжая пользоваться сайтом, вы соглашаетесь с этим.", "Ваш выбор: мы просим согласия на хранение файлов cookie на вашем устройстве. Настроить"},
	},
	{
		name: "arabic", small: "في من على إلى عن أن مع هذا هذه التي الذي كان كانت قد لا ما بعد قبل حيث كما",
		heads: "ب ت ج ح خ د ر ز س ش ص ط ع ف ق ك ل م ن ه", hearts: "ا و ي ر ل م ن س ت", tails: "ب د ر ة ل م ن ف ق ات ين ون ية",
		ends: "ها هم ه", fronts: "ال وال بال لل و", office: "رئيس الوزراء;المدير العام;رئيس البلدية;القاضي;زعيم النقابة", title: "السيد", count: "اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة أحد-عشر اثنا-عشر",
		thousand: "ألف", million: "مليون", group: ",", point: ".", open: "«", close: "»", stop: ".", comma: "،",
		notices: [3]string{"نقوم نحن وشركاؤنا بتخزين المعلومات على الجهاز مثل ملفات تعريف الارتباط ومعالجة البيانات الشخصية. قبول الكل", "يستخدم هذا الموقع ملفات تعريف الارتباط. باستمرارك في التصفح فإنك توافق على ذلك.", "خياراتك: نطلب موافقتك على حفظ ملفات تعريف الارتباط على جهازك. إدارة الخيارات"},
	},
	{
		name: "chinese", small: "的 了 在 是 和 与 也 就 都 而 及 或 被 把 将 对 这 那", office: "总理;总裁;市长;法官;工会主席", title: "先生", count: "两 三 四 五 六 七 八 九 十 十一 十二",
		thousand: "千", million: "百万", group: "", point: ".", open: "“", close: "”", stop: "。", comma: ",", dense: true,
		notices: [3]string{"我们和合作伙伴会在设备上存储信息,例如Cookie,并处理个人数据。全部接受", "本网站使用Cookie。继续浏览即表示您同意我们的政策。", "您的选择:我们请求您同意在设备上保存Cookie。管理选项"},
	},
	{
		name: "japanese", small: "の に は を た が で て と し れ さ から まで など では として", office: "首相;社長;市長;裁判官;組合長", title: "氏", count: "二 三 四 五 六 七 八 九 十 十一 十二",
		thousand: "千", million: "百万", group: ",", point: ".", open: "「", close: "」", stop: "。", comma: "、", dense: true, katakana: true,
		notices: [3]string{"当サイトと提携企業は、クッキーなどの情報を端末に保存し、個人データを処理します。すべて同意する", "このサイトはクッキーを使用しています。閲覧を続けると同意したものとみなします。", "お客様の選択:端末へのクッキーの保存に同意をお願いします。設定を管理する"},
	},
	{
		name: "korean", small: "그 이 저 및 또 더 수 것 등 한 두 세 그리고 그러나 때문에 대한 위해", ends: "은 는 이 가 을 를 의 에 로 와 과 도 에서 으로", nameEnds: "은 는 이 가 을 를 의 에 와 도", office: "총리;최고경영자;시장;판사;노조위원장", title: "씨", count: "둘 셋 넷 다섯 여섯 일곱 여덟 아홉 열 열하나 열둘",
		thousand: "천", million: "백만", group: ",", point: ".", open: "“", close: "”", stop: ".", comma: ",",
		notices: [3]string{"당사와 협력사는 쿠키와 같은 정보를 기기에 저장하고 개인 정보를 처리합니다. 모두 동의", "이 웹사이트는 쿠키를 사용합니다. 계속 이용하면 동의하는 것으로 봅니다.", "선택: 기기에 쿠키를 저장하는 데 동의해 주시기 바랍니다. 설정 관리"},
	},
	{
		name: "thai", small: "ที่ และ ใน ของ เป็น ได้ ให้ จะ มี ไม่ กับ จาก แต่ โดย เมื่อ ซึ่ง ว่า", office: "นายกรัฐมนตรี;ประธานบริษัท;นายกเทศมนตรี;ผู้พิพากษา;ผู้นำสหภาพ", title: "นาย", count: "สอง สาม สี่ ห้า หก เจ็ด แปด เก้า สิบ สิบเอ็ด สิบสอง",
		thousand: "พัน", million: "ล้าน", group: ",", point: ".", open: "“", close: "”", stop: " ", comma: " ", dense: true,
		notices: [3]string{"เราและพันธมิตรจัดเก็บข้อมูลบนอุปกรณ์ เช่น คุกกี้ และประมวลผลข้อมูลส่วนบุคคล ยอมรับทั้งหมด", "เว็บไซต์นี้ใช้คุกกี้ เมื่อท่านใช้งานต่อถือว่าท่านยอมรับ", "ตัวเลือกของท่าน เราขอความยินยอมในการจัดเก็บคุกกี้บนอุปกรณ์ของท่าน จัดการตัวเลือก"},
	},
}

// A dictionary holds the invented words of a tongue, the frequent ones first, its names, and what it likes to say.
type dictionary struct {
	tongue
	little         []string
	words, names   []string
	synonyms       [][3]int
	phrases        [][]int
	offices, tally []string
}

const vocabulary = 5000

func newDictionary(t tongue, r *rand.Rand) *dictionary {
	d := &dictionary{tongue: t, little: strings.Fields(t.small), offices: strings.Split(t.office, ";"), tally: strings.Fields(t.count)}
	for range vocabulary {
		d.words = append(d.words, d.invent(r, false))
		d.synonyms = append(d.synonyms, [3]int{zipf(r), zipf(r), zipf(r)})
	}
	for range 3000 {
		d.names = append(d.names, d.invent(r, true))
	}
	for range 300 {
		p := make([]int, 3+r.IntN(3))
		for i := range p {
			p[i] = zipf(r)
		}
		d.phrases = append(d.phrases, p)
	}
	return d
}

// zipf draws a content word: few are frequent, but none as frequent as function words are.
func zipf(r *rand.Rand) int {
	const shift = 30
	u := r.Float64()
	return min(vocabulary-1, int(shift*math.Pow((vocabulary+shift)/float64(shift), u))-shift)
}

func (d *dictionary) invent(r *rand.Rand, name bool) string {
	pick := func(list string) string { f := strings.Fields(list); return f[r.IntN(len(f))] }
	var w strings.Builder
	switch d.name {
	case "chinese", "japanese":
		if name && d.katakana {
			for range 3 + r.IntN(3) {
				w.WriteRune('ア' + rune(r.IntN(80)))
			}
			break
		}
		for range 2 + r.IntN(2) {
			c := '一' + rune(r.IntN(700)*29%20000) // seven hundred characters, as a paper uses most
			if hanFunction(c) {
				c++
			}
			w.WriteRune(c)
		}
	case "korean":
		for range 2 + r.IntN(2) {
			w.WriteRune(0xac00 + rune(r.IntN(399)*28+[]int{0, 0, 4, 8, 21}[r.IntN(5)]))
		}
	case "thai":
		for range 2 + r.IntN(2) {
			switch x := r.IntN(4); x {
			case 0:
				w.WriteString(pick("เ แ โ") + pick("ก ข ค ง จ ช ด ต ท น บ ป พ ม ย ร ล ว ส ห") + pick("ก ง น ม ย"))
			case 1:
				w.WriteString(pick("ก ข ค ง จ ช ด ต ท น บ ป พ ม ย ร ล ว ส ห") + "า" + pick("ก ง น ม ย"))
			default:
				w.WriteString(pick("ก ข ค ง จ ช ด ต ท น บ ป พ ม ย ร ล ว ส ห") + pick("ี ิ ู ุ ั") + pick("ก ง น ม ด บ"))
			}
		}
	default:
		for range 1 + r.IntN(3) {
			w.WriteString(pick(d.heads) + pick(d.hearts))
		}
		w.WriteString(pick(d.tails))
	}
	s := w.String()
	if name && d.capitals || d.nouns && r.IntN(2) == 0 {
		s = upper(s)
	}
	return s
}

func upper(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	return strings.ToUpper(s[:n]) + s[n:]
}
