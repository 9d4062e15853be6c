package extract

import (
	"strings"
	"testing"

	"golang.org/x/net/html/charset"
)

// charsetSamples are a few sentences in each charset that newspapers have used.
var charsetSamples = []struct{ name, text string }{
	{"windows-1251", "Водолазы нашли трещины в трёх опорах моста, поэтому ремонт займёт десять месяцев. Порт обещает, что паромы будут ходить каждые двадцать минут, а проезд на них останется бесплатным до конца зимы."},
	{"koi8-r", "Городской совет отложил решение о новой школе. Жители посёлка просят построить её рядом с парком, но земля там принадлежит железной дороге, и переговоры идут уже второй год."},
	{"windows-1252", "Die Brücke über den Hafen wird für zehn Monate gesperrt, teilte die Behörde mit. „Wir können das Risiko nicht länger tragen“, sagte die Leiterin – für Fußgänger öffnet sie früher. Le café du port reste fermé à Noël."},
	{"iso-8859-2", "Most przez rzekę będzie zamknięty od niedzieli, a remont potrwa dziesięć miesięcy. Mieszkańcy żądają, żeby łodzie kursowały częściej, bo dzieci nie zdążą do szkoły przed ósmą."},
	{"windows-1250", "Starosta oznámil, že se lávka přes řeku zavře už v pondělí. Dělníci zjistili, že tři pilíře jsou prasklé, a opravy potrvají šest měsíců. „Nečekali jsme to,“ řekl příští den."},
	{"iso-8859-9", "Liman köprüsü pazar gecesinden itibaren trafiğe kapatılacak. Belediye başkanı, çatlakların geçen ay dalgıçlar tarafından bulunduğunu söyledi; onarım işi önümüzdeki yılın ocağına kadar sürecek."},
	{"windows-1253", "Η γέφυρα του λιμανιού θα κλείσει από την Κυριακή το βράδυ, ανακοίνωσε η λιμενική αρχή. Οι εργασίες θα διαρκέσουν δέκα μήνες και θα κοστίσουν τριάντα εκατομμύρια ευρώ."},
	{"windows-1255", "הגשר בנמל ייסגר לתנועה החל מיום ראשון בלילה, הודיעה רשות הנמלים. העבודות יימשכו עשרה חודשים, והנוסעים יוכלו לעבור במעבורת בלי תשלום עד סוף החורף."},
	{"windows-1256", "قالت هيئة الميناء إن الجسر سيغلق أمام حركة المرور ابتداء من ليلة الأحد. وتستمر أعمال الإصلاح عشرة أشهر، وستنقل العبارات الركاب مجانا حتى نهاية الشتاء."},
	{"windows-874", "การท่าเรือแถลงว่าสะพานจะปิดการจราจรตั้งแต่คืนวันอาทิตย์ และงานซ่อมจะใช้เวลาสิบเดือน ระหว่างนี้ผู้โดยสารใช้เรือข้ามฟากได้โดยไม่เสียค่าใช้จ่าย"},
	{"shift_jis", "港湾局は水曜日、港の橋を日曜の夜から通行止めにすると発表した。潜水調査で三本の橋脚にひびが見つかり、工事は来年一月まで続く見通しだ。渡し船は無料で運航される。"},
	{"euc-jp", "市議会は新しい学校の建設を来年度に延期することを決めた。住民は公園の隣に建てるよう求めているが、土地は鉄道会社のもので、話し合いは二年目に入った。"},
	{"euc-kr", "항만청은 수요일에 항구의 다리를 일요일 밤부터 통제한다고 밝혔다. 잠수부들이 교각 세 곳에서 균열을 발견했으며 공사는 내년 일월까지 이어진다. 나룻배는 무료로 다닌다."},
	{"gb18030", "港务局周三表示，海港大桥将于周日晚间关闭，维修工程将持续到明年一月。潜水员在例行检查中发现三个桥墩有裂缝，渡轮在此期间免费运送乘客，每二十分钟一班。"},
	{"big5", "港務局週三表示，海港大橋將於週日晚間關閉，維修工程將持續到明年一月。潛水員在例行檢查中發現三個橋墩有裂縫，渡輪在此期間免費運送乘客，每二十分鐘一班。"},
}

// TestCharsets tells every charset by its header, by the page's own word, and by
// the bytes alone, also where header and page lie.
func TestCharsets(t *testing.T) {
	page := func(meta, text string) string {
		if meta != "" {
			meta = `<meta http-equiv="Content-Type" content="text/html; charset=` + meta + `">`
		}
		return "<html><head>" + meta + "<title>" + text[:strings.IndexAny(text, " 。，、")] + "</title></head><body><p>" + text + "</p><p>" + text + "</p></body></html>"
	}
	for _, s := range charsetSamples {
		for _, c := range []struct{ how, contentType, meta string }{
			{"header", "text/html; charset=" + s.name, ""},
			{"meta", "text/html", s.name},
			{"both", "text/html; charset=" + s.name, s.name},
			{"nothing said", "text/html", ""},
			{"header lies utf-8", "text/html; charset=utf-8", s.name},
			{"header is a server's default", "text/html; charset=ISO-8859-1", s.name},
			{"both lie utf-8", "text/html; charset=utf-8", "utf-8"},
			{"meta lies, header knows", "text/html; charset=" + s.name, "utf-8"},
		} {
			t.Run(s.name+" "+c.how, func(t *testing.T) {
				e, _ := charset.Lookup(s.name)
				body, err := e.NewEncoder().Bytes([]byte(page(c.meta, s.text)))
				if err != nil {
					t.Fatal(err)
				}
				if got := string(decode(body, c.contentType)); !strings.Contains(got, s.text) {
					name, from, _ := charsetOf(body, c.contentType)
					t.Errorf("read as %s by %s: %q", name, from, got[strings.Index(got, "<body>"):][:min(120, len(got)-strings.Index(got, "<body>"))])
				}
			})
		}
	}
}
