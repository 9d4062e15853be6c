package extract

import (
	"math/bits"
	"strings"
	"unicode"
	"unicode/utf8"
)

// languageReach is how much of an article's text is read to know its language.
const languageReach = 1500

// spokenIn gives the article's language: what the page says, checked against the
// text. Templates say "en" on pages in any language, so where the text is
// clearly in another one, the text is believed. Where the page says nothing,
// the text decides, if it can.
func spokenIn(stated string, blocks []Block) string {
	var b strings.Builder
	for _, x := range blocks {
		if x.Kind != Row && x.Kind != Preformatted && b.Len() < languageReach {
			b.WriteString(x.Text[:cutAt(x.Text, languageReach-b.Len())])
			b.WriteByte(' ')
		}
	}
	t := listen(b.String())
	primary, _, _ := strings.Cut(strings.ToLower(stated), "-")
	if t.best == "" || primary != "" && (kin(primary) == kin(t.best) || !t.against(primary)) {
		return stated
	}
	return t.best
}

// cutAt is the largest index up to n at which s may be cut.
func cutAt(s string, n int) int {
	if len(s) <= n {
		return len(s)
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return n
}

// A tongue is what a text sounds like.
type tongue struct {
	best   string // language; "" when the text does not say
	script bool   // its script alone says so
	words  int
	hits   int // words that best has among its commonest
	scores [64]int
}

// listen reads a sample of text.
func listen(sample string) tongue {
	var n [scripts]int
	total := 0
	for _, r := range sample {
		if s := scriptOf(r); s >= 0 {
			n[s]++
			total++
		}
	}
	var t tongue
	most := 0
	for s := range n {
		if n[s] > n[most] {
			most = s
		}
	}
	asian := n[han] + n[kana] + n[hangul]
	switch {
	case total < 20:
		return t
	case asian*5 > total*2 && asian > n[latin]/2: // names in Latin letters stand in such texts
		t.script = true
		switch {
		case n[hangul]*2 > asian:
			t.best = "ko"
		case n[kana]*20 > asian:
			t.best = "ja"
		default:
			t.best = "zh"
		}
		return t
	case n[most]*10 < total*6:
		return t
	case own[most] != "":
		t.best, t.script = own[most], true
		return t
	}
	t.hear(strings.ToLower(sample))
	return t
}

// hear counts the commonest words of each language.
func (t *tongue) hear(sample string) {
	lexicon := spokenLexicon()
	var hits [64]int
	for sample != "" {
		var word string
		if word, sample = nextWord(sample); word == "" {
			break
		}
		t.words++
		set := lexicon[word]
		if set == 0 {
			continue
		}
		weight := 12 / bits.OnesCount64(set)
		for ; set != 0; set &= set - 1 {
			i := bits.TrailingZeros64(set)
			t.scores[i] += max(weight, 1)
			hits[i]++
		}
	}
	best, second := 0, -1
	for i := range spokenWords {
		switch {
		case t.scores[i] > t.scores[best]:
			best, second = i, best
		case i != best && (second < 0 || t.scores[i] > t.scores[second]):
			second = i
		}
	}
	code := spokenWords[best].code
	near := kin(code) == kin(spokenWords[second].code)
	if t.words >= 8 && hits[best] >= 3 && hits[best]*12 >= t.words && (near || t.scores[best]*5 > t.scores[second]*6) {
		t.best, t.hits = code, hits[best]
	}
}

// against tells whether the text is clearly not in a language that the page
// claims. Of a language whose words are not known here only the script can speak.
func (t *tongue) against(stated string) bool {
	if t.script {
		return true
	}
	if t.words < 25 || t.hits*7 < t.words {
		return false
	}
	mine, claimed := 0, -1
	for i, l := range spokenWords {
		if l.code == t.best {
			mine = t.scores[i]
		}
		if kin(l.code) == kin(stated) {
			claimed = max(claimed, t.scores[i])
		}
	}
	if claimed < 0 {
		return t.best == "en" && t.hits*3 > t.words && len(stated) > 1
	}
	return claimed*2 < mine
}

// kin joins languages that common words cannot keep apart: of these the page's word is taken.
func kin(code string) string {
	switch code {
	case "nb", "nn", "da":
		return "no"
	case "sr", "bs", "sh", "cnr":
		return "hr"
	case "ms", "jv", "su":
		return "id"
	case "yue", "cmn", "wuu", "nan", "lzh":
		return "zh"
	case "fil":
		return "tl"
	case "mo":
		return "ro"
	case "ku":
		return "ckb"
	case "gsw", "nds", "bar", "ksh", "lb":
		return "de"
	case "an", "ast":
		return "es"
	}
	return code
}

// nextWord cuts the first word off a text.
func nextWord(s string) (word, rest string) {
	from := -1
	for i := 0; i < len(s); {
		n, gap := 1, false
		if c := s[i]; c < utf8.RuneSelf {
			gap = bareASCII[c] == 0 && c != '\'' && c != '-' || '0' <= c && c <= '9'
		} else {
			var r rune
			r, n = utf8.DecodeRuneInString(s[i:])
			gap = between(r)
		}
		switch {
		case !gap && from < 0:
			from = i
		case gap && from >= 0:
			return s[from:i], s[i+n:]
		}
		i += n
	}
	if from < 0 {
		return "", ""
	}
	return s[from:], ""
}

func between(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsMark(r) && r != '\'' && r != '’' && r != '-'
}

// The scripts that are told apart.
const (
	latin = iota
	cyrillic
	arabic
	hebrew
	devanagari
	han
	kana
	hangul
	greek
	thai
	bengali
	gurmukhi
	gujarati
	tamil
	telugu
	kannada
	malayalam
	sinhala
	lao
	myanmar
	khmer
	georgian
	armenian
	ethiopic
	scripts
)

// own are the languages of scripts that hardly any other language has.
var own = [scripts]string{greek: "el", thai: "th", bengali: "bn", gurmukhi: "pa", gujarati: "gu", tamil: "ta", telugu: "te", kannada: "kn",
	malayalam: "ml", sinhala: "si", lao: "lo", myanmar: "my", khmer: "km", georgian: "ka", armenian: "hy", ethiopic: "am"}

// ranges are where the scripts' letters lie, in order.
var ranges = []struct {
	last   rune
	script int
}{
	{0x40, -1}, {0x5a, latin}, {0x60, -1}, {0x7a, latin}, {0xbf, -1}, {0x24f, latin}, {0x36f, -1}, {0x3ff, greek}, {0x52f, cyrillic}, {0x58f, armenian},
	{0x5ff, hebrew}, {0x6ff, arabic}, {0x74f, -1}, {0x77f, arabic}, {0x8ff, -1}, {0x97f, devanagari}, {0x9ff, bengali}, {0xa7f, gurmukhi}, {0xaff, gujarati},
	{0xb7f, -1}, {0xbff, tamil}, {0xc7f, telugu}, {0xcff, kannada}, {0xd7f, malayalam}, {0xdff, sinhala}, {0xe7f, thai}, {0xeff, lao}, {0xfff, -1},
	{0x109f, myanmar}, {0x10ff, georgian}, {0x11ff, hangul}, {0x139f, ethiopic}, {0x177f, -1}, {0x17ff, khmer}, {0x1dff, -1}, {0x1eff, latin},
	{0x1fff, greek}, {0x3040, -1}, {0x30ff, kana}, {0x31ff, -1}, {0x33ff, -1}, {0x9fff, han}, {0xabff, -1}, {0xd7a3, hangul}, {0xf8ff, -1}, {0xfaff, han},
	{0xfb1c, -1}, {0xfb4f, hebrew}, {0xfdff, arabic}, {0xfe6f, -1}, {0xfeff, arabic}, {0xff64, -1}, {0xff9f, kana}, {0x1ffff, -1}, {0x3ffff, han},
}

// scriptOf tells a letter's script; -1 for what is no letter of a known one.
func scriptOf(r rune) int {
	if r < 0x80 {
		if r|0x20 >= 'a' && r|0x20 <= 'z' {
			return latin
		}
		return -1
	}
	low, high := 0, len(ranges)
	for low < high {
		if mid := (low + high) / 2; ranges[mid].last < r {
			low = mid + 1
		} else {
			high = mid
		}
	}
	if low == len(ranges) {
		return -1
	}
	return ranges[low].script
}
