package dedup

import (
	"slices"
	"strings"
	"testing"
)

// Where there are spaces the words of a text can be named: these, in this order, and no others.
func TestWordsOfSpacedScripts(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       string // the content words as they are hashed
		landmarks  string // those among them that are names or figures, where the script tells
		blind      bool
	}{
		{
			"german", "Die Reederei Mareline ersetzt bis 2031 alle Fähren, sagte Ingrid Vasholt.",
			"reederei mareline ersetzt 2031 fähren ingrid vasholt", "mareline 2031 ingrid vasholt", false,
		},
		{
			"german nouns with their article", "Am Montag hat der Vorstand die Entscheidung nicht begründet, und das Unternehmen ist mit der Prüfung von Brandt einverstanden, wie Brandt gestand.",
			"montag vorstand entscheidung begründet unternehmen prüfung brandt einverstanden brandt gestand", "brandt brandt", false,
		},
		{
			"russian", "Паромная компания объявила, что Ингрид Вашольт приедет в Мурманск 14 ноября. Ёлки поставят раньше.",
			"паромная компания объявила ингрид вашольт приедет мурманск 14 ноября елки поставят раньше", "ингрид вашольт мурманск 14", false,
		},
		{
			"ukrainian letters", "Міністр Їжакевич відвідав Київ.", "міністр їжакевич відвідав київ", "міністр їжакевич київ", false,
		},
		{
			"arabic: the article and what is written onto it goes, vowel signs and stretching too", "أعلنت الشركة والحكومة في المدينة عن الســـفينة القَدِيمَة",
			"اعلنت شركه حكومه في مدينه عن سفينه قديمه", "", true,
		},
		{
			"hebrew", "החברה הודיעה שלשום על ספינה חדשה", "החברה הודיעה שלשום על ספינה חדשה", "", true,
		},
		{
			"korean: the particle goes, where two syllables stay", "대통령은 서울에서 국회를 방문했다. 나는 집에 갔다.",
			"대통령 서울 국회 방문했다 나는 집에 갔다", "", true,
		},
		{
			"hindi: signs stay with their letter", "नई दिल्ली में सरकार ने २०२६ की योजना बताई", "", "", true,
		},
	} {
		got, blind := words(c.text)
		if blind != c.blind {
			t.Errorf("%s: blind is %v", c.name, blind)
		}
		if c.want == "" {
			continue
		}
		want := strings.Fields(c.want)
		if len(got) != len(want) {
			t.Errorf("%s: %d words, want %d: %s", c.name, len(got), len(want), c.want)
			continue
		}
		for i, w := range want {
			if got[i].hash != hashOf([]byte(w)) {
				t.Errorf("%s: word %d is not %q", c.name, i+1, w)
			}
			if !c.blind && got[i].anchor != slices.Contains(strings.Fields(c.landmarks), w) {
				t.Errorf("%s: %q is a landmark: %v", c.name, w, got[i].anchor)
			}
		}
	}
}

func hashesOf(text string) (list []uint64) {
	got, _ := words(text)
	for _, w := range got {
		list = append(list, w.hash)
	}
	return list
}

// Where there are no spaces, a passage must come to the same words wherever it stands, or no copy would be found; and to enough of
// them to tell it from another.
func TestWordsOfDenseScripts(t *testing.T) {
	for _, c := range []struct {
		name, passage        string
		before, after, other string
		least                int // words of the passage
	}{
		{
			"chinese", "渡轮公司玛瑞莱恩星期二宣布将于二零三一年之前更换六艘旧船首批两艘由布兰维克船厂建造每艘造价九千六百万克朗",
			"据本报驻港口记者昨日报道", "交通部长杜罗随后表示欢迎", "山区小镇图书馆星期六重新开放居民捐款修缮工程", 15,
		},
		{
			"japanese", "フェリー会社マレラインは火曜日、旧型船六隻をすべて更新すると発表した。新造船二隻の建造費用は一隻あたり九千六百万クローネになる。",
			"本紙の取材によると昨夜遅く", "運輸相は歓迎する考えを示した", "築百年の町立図書館が三年ぶりに開館した", 10,
		},
		{
			"thai", "บริษัทเรือเฟอร์รี่มาเรไลน์ประกาศเมื่อวันอังคารว่าจะเปลี่ยนเรือเก่าทั้งหมดหลังจากเรือออโรราสกายซึ่งมีผู้โดยสารเกยตื้นใกล้เกาะสการ์โฮล์ม",
			"ผู้สื่อข่าวของเรารายงาน", "รัฐมนตรีกล่าวต้อนรับ", "หอสมุดของเมืองบนภูเขาเปิดให้ประชาชนเข้าใช้อีกครั้ง", 12,
		},
		{
			"khmer", "ក្រុមហ៊ុនសាឡាងបានប្រកាសនៅថ្ងៃអង្គារថានឹងផ្លាស់ប្តូរកប៉ាល់ចាស់ទាំងអស់មុនឆ្នាំក្រោយ", "អ្នកយកព័ត៌មានរបស់យើង", "រដ្ឋមន្ត្រីបានស្វាគមន៍", "បណ្ណាល័យនៅលើភ្នំបានបើកឡើងវិញ", 5,
		},
	} {
		alone, within, other := hashesOf(c.passage), hashesOf(c.before+c.passage+c.after), hashesOf(c.other)
		if len(alone) < c.least {
			t.Errorf("%s: %d words are too few", c.name, len(alone))
		}
		// All of its words stand in the longer text, in a row.
		found := false
		for i := 0; i+len(alone) <= len(within); i++ {
			found = found || slices.Equal(within[i:i+len(alone)], alone)
		}
		if !found {
			t.Errorf("%s: the passage has other words among others: %x in %x", c.name, alone, within)
		}
		for _, h := range other {
			if slices.Contains(alone, h) {
				t.Errorf("%s: another text has a word in common", c.name)
			}
		}
		if _, blind := words(c.passage); !blind {
			t.Errorf("%s is not blind", c.name)
		}
	}
}

// Grammar between two Chinese words makes no word of its own, and hiragana none at all.
func TestGrammarIsNoMatter(t *testing.T) {
	for _, c := range []struct{ name, a, b string }{
		{"chinese particles", "渡轮公司的旧船和新船在港口", "渡轮公司了旧船与新船将港口"},
		{"hiragana", "旧型船をすべて更新すると発表した", "旧型船は更新が発表され"},
		{"thai signs and digits of its own", "เรือ ๒๐๓๑ ลำ", "เรือ 2031 ลำ"},
		{"full-width", "２０３１年Ａｕｒｏｒａ号", "2031年Aurora号"},
	} {
		if a, b := hashesOf(c.a), hashesOf(c.b); !slices.Equal(a, b) || len(a) == 0 {
			t.Errorf("%s: %x and %x", c.name, a, b)
		}
	}
	// A word of katakana is one word, with the sign that makes its vowel long; a point divides two names.
	if a := hashesOf("イングリッド・バショルト、スーパーマーケット"); !slices.Equal(a, []uint64{hashOf([]byte("イングリッド")), hashOf([]byte("バショルト")), hashOf([]byte("スーパーマーケット"))}) {
		t.Errorf("katakana: %d words", len(a))
	}
}

// What tells a name in one script tells none in another, and a text all in capitals tells none at all.
func TestBlind(t *testing.T) {
	for text, want := range map[string]bool{
		"The ferry left Skarholm on Tuesday with 214 passengers": false,
		"THE FERRY LEFT SKARHOLM ON TUESDAY WITH PASSENGERS":     true,
		"Паром вышел из порта во вторник":                        false,
		"渡轮公司星期二宣布更换全部旧船 NORDPRESS":                              true,
		"フェリー会社は火曜日に旧型船の更新計画を発表":                                 true,
		"여객선 회사가 낡은 배 여섯 척을 교체한다":                                true,
		"أعلنت شركة العبارات استبدال سفنها 214":                  true,
		"": false,
	} {
		if _, got := words(text); got != want {
			t.Errorf("%q: blind is %v", text, got)
		}
	}
}

// A Thai syllable is not taken apart: a vowel goes with its consonant, whether it is written before or after it.
func TestThaiSyllables(t *testing.T) {
	found := 0
	for _, c := range "กขคงจชดตทนบปพมยรลวสห" {
		whole := string(c) + "า" + "เ" + string(c) + "กู" // three syllables, of which one word can be made
		switch got := hashesOf(whole); {
		case len(got) == 0: // not one of those chosen
		case len(got) == 1 && got[0] == hashOf([]byte(whole)):
			found++
		default:
			t.Errorf("%s: words %x of parts of it", whole, got)
		}
	}
	if found == 0 {
		t.Error("no word of three syllables is found")
	}
}
