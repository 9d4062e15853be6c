package extract

import (
	"fmt"
	"strings"
	"testing"
)

// A speech is one page's words in one language: nothing else differs between the pages.
type speech struct {
	lang, title, dek string
	text             []string
	caption          string
	related          string // over the teasers
	teasers          []string
	letter           string // over a form
	reply            string
}

var speeches = []speech{
	{"ka", "ბორანი ხუთშაბათამდე არ გავა", "ყინულმა ბორნის ხრახნი დააზიანა და კუნძულებზე ფქვილი იწურება.", []string{
		"ბორანი კუნძულებისკენ ხუთშაბათამდე არ გავა, განაცხადა ნავსადგურის უფროსმა ორშაბათს, მას შემდეგ რაც ყინულმა ხრახნი მოღუნა.",
		"მჭედელი უკვე გზაშია, საბჭომ კი სამუშაოსთვის ორმოცი კრონა გამოყო, რომელიც ძველ დოკში უნდა შესრულდეს.",
		"მანამდე ფოსტა მარხილით მიდის, როგორც დიდი ყინვის ზამთარში, და არავინ იცის, როდის მოვა ფქვილი."},
		"მოღუნული ხრახნი ძველ დოკში", "ასევე ნახეთ", []string{"ორი გედი წისქვილის ტბაზე დაბრუნდა", "სკოლამ ახალი ღუმელი მიიღო მშობლებისგან", "საათი კოშკზე ისევ ცამეტს რეკავს"}, "მიიღეთ ამბები ყოველ პარასკევს", "პასუხი"},
	{"am", "ጀልባው እስከ ሐሙስ አይጓዝም", "በረዶ የጀልባውን መቅዘፊያ አጣሞታል፤ በደሴቶቹም ዱቄት እያለቀ ነው።", []string{
		"ወደ ደሴቶቹ የሚሄደው ጀልባ እስከ ሐሙስ ድረስ እንደማይጓዝ የወደቡ ኃላፊ ሰኞ ዕለት ተናገሩ፤ በረዶ ከመቅዘፊያዎቹ አንዱን አጣሞታል።",
		"ከዋናው ምድር አንጥረኛ ተጠርቷል፤ ምክር ቤቱም በአሮጌው የመርከብ ማደሻ ለሚሠራው ሥራ አርባ ዘውድ መድቧል።",
		"እስከዚያ ድረስ ደብዳቤዎች በበረዶ ላይ ይጓጓዛሉ፤ ዱቄቱ መቼ እንደሚመጣም ማንም ሊናገር አልቻለም።"},
		"የታጠፈው መቅዘፊያ በአሮጌው ማደሻ", "ተጨማሪ ያንብቡ", []string{"ሁለት ዝይዎች በወፍጮው ኩሬ ላይ ታዩ", "በኮረብታው ላይ ያለው ትምህርት ቤት አዲስ ምድጃ አገኘ", "የማማው ሰዓት አሁንም አሥራ ሦስት ይደውላል"}, "ዜናዎችን በየሳምንቱ ያግኙ", "መልስ"},
	{"sw", "Feri haitasafiri kabla ya Alhamisi", "Barafu imeharibu propela ya feri na unga unaisha visiwani.", []string{
		"Feri ya kwenda visiwani haitasafiri kabla ya Alhamisi, mkuu wa bandari alisema Jumatatu, baada ya barafu kupinda mojawapo ya propela zake.",
		"Mhunzi kutoka bara ameitwa, na baraza limepiga kura kutoa taji arobaini kwa kazi hiyo, itakayofanywa katika gati la zamani.",
		"Hadi wakati huo barua zinasafirishwa kwa mkokoteni wa theluji, na hakuna mtu aliyeweza kusema unga utafika lini."},
		"Propela iliyopinda katika gati la zamani", "Habari nyingine", []string{"Bata wawili waonekana tena kwenye bwawa", "Shule ya mlimani yapata jiko jipya leo", "Saa ya mnara bado yapiga mara kumi na tatu"}, "Pata habari kila Ijumaa asubuhi", "Jibu"},
	{"is", "Ferjan siglir ekki fyrir fimmtudag", "Ís hefur beygt skrúfu ferjunnar og mjölið er á þrotum í eyjunum.", []string{
		"Ferjan til eyjanna siglir ekki fyrir fimmtudag, sagði hafnarstjórinn á mánudag, eftir að ísinn beygði aðra skrúfu hennar.",
		"Járnsmiður af meginlandinu hefur verið kallaður til og ráðið samþykkti fjörutíu krónur fyrir verkið í gömlu kvínni.",
		"Þangað til fer pósturinn með sleða, eins og frostaveturinn mikla, og enginn á bryggjunni gat sagt hvenær mjölið kæmi."},
		"Beygða skrúfan í gömlu kvínni", "Meira um þetta", []string{"Tveir svanir sáust aftur á tjörninni", "Skólinn á hæðinni fær nýjan ofn", "Klukkan í turninum slær enn þrettán"}, "Fáðu fréttirnar á hverjum föstudegi", "Svara"},
	{"eu", "Ferrya ez da osteguna baino lehen aterako", "Izotzak ferryaren helizea okertu du eta uharteetan irina agortzen ari da.", []string{
		"Uharteetarako ferrya ez da osteguna baino lehen aterako, esan zuen portuko buruak astelehenean, izotzak helizeetako bat okertu ondoren.",
		"Kontinenteko errementari bati deitu diote, eta kontseiluak berrogei koroa onartu ditu dike zaharrean egingo den lanerako.",
		"Ordura arte posta lerez doa, izozte handiko neguan bezala, eta kaian inork ezin izan zuen esan noiz iritsiko zen irina."},
		"Helize okertua dike zaharrean", "Honekin lotuta", []string{"Bi beltxarga ikusi dituzte berriro urmaelean", "Muinoko eskolak labe berria jaso du", "Dorreko erlojuak hamahiru jotzen ditu oraindik"}, "Jaso albisteak ostiralero gosaldu aurretik", "Erantzun"},
	{"zh", "渡轮周四之前不会开航", "冰块撞弯了渡轮的螺旋桨，岛上的面粉快要用完了。", []string{
		"港务长星期一表示，开往群岛的渡轮在星期四之前不会启航，因为冰块撞弯了两个螺旋桨中的一个。",
		"人们已经从大陆请来一位铁匠，议会投票拨款四十克朗用于这项工程，修理将在旧船坞里进行。",
		"在那之前邮件只能用雪橇运送，就像大霜冻的那个冬天一样，码头上没有人说得出面粉什么时候会到。"},
		"旧船坞里弯曲的螺旋桨", "看看别的", []string{"两只天鹅又出现在磨坊池塘里", "山上的学校得到了一只新火炉", "塔楼上的大钟仍然敲十三下"}, "每周五早餐前送到您的信箱", "答复"},
	{"th", "เรือข้ามฟากจะไม่ออกก่อนวันพฤหัสบดี", "น้ำแข็งทำให้ใบจักรของเรือข้ามฟากงอ และแป้งบนเกาะกำลังจะหมด", []string{
		"เรือข้ามฟากไปยังหมู่เกาะจะไม่ออกก่อนวันพฤหัสบดี นายท่าเรือกล่าวเมื่อวันจันทร์ หลังจากน้ำแข็งทำให้ใบจักรข้างหนึ่งงอ",
		"มีการเรียกช่างตีเหล็กจากแผ่นดินใหญ่มาแล้ว และสภาได้ลงมติอนุมัติเงินสี่สิบคราวน์สำหรับงานที่จะทำในอู่เก่า",
		"จนกว่าจะถึงเวลานั้นไปรษณีย์จะถูกส่งด้วยเลื่อน เหมือนในฤดูหนาวครั้งใหญ่ และไม่มีใครบนท่าเรือบอกได้ว่าแป้งจะมาเมื่อใด"},
		"ใบจักรที่งอในอู่เก่า", "เรื่องอื่น", []string{"พบหงส์สองตัวอีกครั้งในบึงโรงสี", "โรงเรียนบนเนินเขาได้เตาใหม่แล้ววันนี้", "นาฬิกาบนหอคอยยังตีสิบสามครั้งอยู่"}, "รับข่าวทุกวันศุกร์ก่อนอาหารเช้า", "ตอบ"},
	{"ar", "العبّارة لن تبحر قبل يوم الخميس", "ثنى الجليد مروحة العبّارة، والدقيق ينفد في الجزر.", []string{
		"لن تبحر العبّارة إلى الجزر قبل يوم الخميس، كما قال مدير الميناء يوم الاثنين، بعد أن ثنى الجليد إحدى مروحتيها.",
		"وقد استُدعي حدّاد من البر الرئيسي، وصوّت المجلس على أربعين كرونة للعمل الذي سيُنجز في الحوض القديم.",
		"وحتى ذلك الحين يُنقل البريد بالزلاجات كما في شتاء الصقيع الكبير، ولم يستطع أحد على الرصيف أن يقول متى سيصل الدقيق."},
		"المروحة المثنية في الحوض القديم", "من بابٍ آخر", []string{"شوهدت بجعتان مرة أخرى على بركة الطاحونة", "حصلت المدرسة على التل على موقد جديد", "لا تزال ساعة البرج تدق ثلاث عشرة مرة"}, "الأسبوع على الرصيف كل يوم جمعة", "ردّ"},
	{"he", "המעבורת לא תפליג לפני יום חמישי", "הקרח עיקם את מדחף המעבורת, והקמח באיים אוזל.", []string{
		"המעבורת אל האיים לא תפליג לפני יום חמישי, אמר מנהל הנמל ביום שני, אחרי שהקרח עיקם את אחד משני המדחפים שלה.",
		"נפח הוזמן מן היבשה, והמועצה הצביעה בעד ארבעים כתרים לעבודה, שתיעשה במבדוק הישן.",
		"עד אז הדואר נוסע במזחלת, כמו בחורף הכפור הגדול, ואיש על הרציף לא ידע לומר מתי יגיע הקמח."},
		"המדחף העקום במבדוק הישן", "מן העיתון", []string{"שני ברבורים נראו שוב באגם הטחנה", "בית הספר על הגבעה קיבל תנור חדש", "השעון במגדל עדיין מצלצל שלוש עשרה"}, "השבוע על הרציף, בכל יום שישי", "תגובה"},
}

// page sets the words where pages have them, with names that tell nothing.
func (w *speech) page(described bool) string {
	var b strings.Builder
	description := ""
	if described {
		description = `<meta name="description" content="` + w.dek + `">`
	}
	b.WriteString(`<!doctype html><html lang="` + w.lang + `"><head><title>` + w.title + `</title>` + description + `</head><body>
<div class="k1"><ul><li><a href="/a">A1</a></li><li><a href="/b">B2</a></li><li><a href="/c">C3</a></li></ul></div>
<div class="k2"><div class="k3"><h1>` + w.title + `</h1><div class="k4">` + w.dek + `</div><div class="k5">2026-03-04 10:15</div></div>
<div class="k6"><div class="k7"><img src="p.jpg"></div><div class="k8">` + w.caption + `</div></div><div class="k9">`)
	for i, p := range append(w.text, w.text...) {
		if i >= len(w.text) {
			p = strings.Replace(p, " ", " 2026 ", 1) + " 2026."
		}
		b.WriteString(`<p>` + p + `</p>`)
		if i == 1 {
			b.WriteString(`<div class="k10"><p>` + w.letter + `</p><form action="/s"><input type="email"><button>` + w.reply + `</button></form></div>`)
		}
	}
	b.WriteString(`</div></div><div class="k11"><div class="k12">` + w.related + `</div>`)
	for _, t := range w.teasers {
		b.WriteString(`<div class="k13"><a href="/t"><img src="t.jpg"></a><h3><a href="/t">` + t + `</a></h3><p>` + w.text[2] + ` 7</p></div>`)
	}
	b.WriteString(`</div><div class="k14">`)
	for i, t := range w.teasers {
		b.WriteString(`<div class="k15"><div class="k16"><b>` + strings.Fields(t + " x")[0] + `</b></div><div class="k17">0` + string(rune('1'+i)) + `.03.2026 11:0` + string(rune('1'+i)) + `</div><p>` + w.text[0] + ` 5</p><a href="/r">` + w.reply + `</a></div>`)
	}
	b.WriteString(`</div><div class="k18"><p>© 2026</p></div></body></html>`)
	return b.String()
}

// TestTongues takes the same page in languages and scripts that the lists of
// words hardly know, if at all: what stands where must tell.
func TestTongues(t *testing.T) {
	for i, w := range append(speeches, speeches...) {
		described := i < len(speeches)
		t.Run(fmt.Sprintf("%s/%t", w.lang, described), func(t *testing.T) {
			a := Extract(Page{URL: "https://harbour.example/2026/ferry", Body: []byte(w.page(described))})
			text := a.Text()
			if a.Kind != News {
				t.Errorf("kind is %s: %s", a.Kind, a.Why)
			}
			if a.Title != w.title {
				t.Errorf("title is %q", a.Title)
			}
			for _, s := range append([]string{w.dek}, w.text...) {
				if !strings.Contains(text, s) {
					t.Errorf("lost: %q", s)
				}
			}
			for _, s := range append([]string{w.caption, w.related, w.letter, "2026-03-04", w.text[2] + " 7", w.text[0] + " 5"}, w.teasers...) {
				if strings.Contains(text, s) {
					t.Errorf("kept: %q", s)
				}
			}
			if t.Failed() {
				t.Log(text)
			}
		})
	}
}
