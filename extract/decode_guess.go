package extract

import (
	"sort"
	"strings"
	"unicode"

	"github.com/saintfish/chardet"
	"golang.org/x/net/html/charset"

	"pressmark/extract/notice"
)

// guess takes the likeliest charset of bytes that nothing true was said of. The
// detector looks at pairs of bytes; among charsets of one kind, which it takes
// for one another in short texts, what they make of the page decides.
func guess(body []byte) string {
	part := body[:min(len(body), trialReach)]
	found, err := chardet.NewHtmlDetector().DetectAll(part)
	if err != nil {
		return "windows-1252"
	}
	sort.SliceStable(found, func(i, j int) bool { // equals come in any order
		if found[i].Confidence != found[j].Confidence {
			return found[i].Confidence > found[j].Confidence
		}
		return found[i].Charset < found[j].Charset
	})
	for _, f := range found {
		if _, name := charset.Lookup(f.Charset); name != "" && name != "utf-8" && fits(body, name) {
			return likeliest(part, name)
		}
	}
	return likeliest(part, "windows-1252")
}

// alikes are charsets that are taken for one another.
var alikes = [][]string{
	{"windows-1252", "windows-1250", "iso-8859-2", "windows-1254"},
	{"gb18030", "big5", "euc-kr", "shift_jis", "euc-jp", "gbk"},
	{"koi8-r", "windows-874", "windows-1251", "windows-1253", "windows-1255", "windows-1256"},
}

// likeliest is the charset of those like it that makes most sense of the text.
func likeliest(part []byte, name string) string {
	for _, list := range alikes {
		for _, of := range list {
			if of != name {
				continue
			}
			best, most := name, sense(part, name)+1 // it has the detector's word
			for _, other := range list {
				if other != name && fits(part, other) {
					if s := sense(part, other); s > most {
						best, most = other, s
					}
				}
			}
			return best
		}
	}
	return name
}

// sense tells how much of a page, read in a charset, looks like writing, in
// hundredths of its letters beyond ASCII: letters of one script in a word, small
// ones behind capital ones, for Chinese the characters that half of any text
// consists of. For Latin letters it is how many of the words are known, and how
// many of the letters with accents are of the language that those words are of.
func sense(part []byte, name string) int {
	text := notice.Untagged(string(as(part, name)))
	all, good := 0, 0
	latin := true
	var before rune
	for _, r := range text {
		if r >= 0x80 && !unicode.IsSpace(r) {
			all++
			switch {
			case unicode.Is(unicode.Han, r):
				latin = false
				if strings.ContainsRune(commonHan, r) {
					good += 2
				}
			case unicode.In(r, unicode.Hiragana, unicode.Katakana, unicode.Hangul) && (r < 0xff00 || r > 0xffef):
				latin = false
				good++
			case !unicode.IsLetter(r) && !unicode.IsMark(r):
				if !unicode.IsPunct(r) {
					good -= 2
				}
			case unicode.IsUpper(r) && unicode.IsLower(before):
				good -= 2
			case !unicode.Is(unicode.Latin, r):
				latin = false
				if before < 0x80 && unicode.IsLetter(before) {
					good -= 2
				} else {
					good++
				}
			}
		}
		before = r
	}
	if all == 0 {
		return 0
	}
	if latin {
		t := listen(text)
		own := 0
		for _, r := range text {
			if r >= 0x80 && strings.ContainsRune(alphabets[t.best], unicode.ToLower(r)) {
				own++
			}
		}
		return 100*t.hits/max(t.words, 1) + 50*own/all
	}
	return 100 * good / all
}

// alphabets are the letters beyond ASCII of languages whose charsets are taken for one another.
var alphabets = map[string]string{
	"cs": "áčďéěíňóřšťúůýž", "sk": "áäčďéíĺľňóôŕšťúýž", "pl": "ąćęłńóśźż", "hu": "áéíóöőúüű", "ro": "ăâîșşțţ", "hr": "čćđšž", "sl": "čšž",
	"tr": "çğıöşüâî", "de": "äöüß", "fr": "àâæçéèêëîïôœùûüÿ", "es": "áéíñóúü", "pt": "áâãàçéêíóôõú", "it": "àèéìòù", "nl": "éèëïóöü",
	"sv": "åäöé", "da": "æøåé", "no": "æøåéò", "fi": "äöå",
}

// commonHan are the characters that are most used, in both ways of writing.
const commonHan = "的一是不了在人有我他这這個个们們来來上大为為和国國地到以说說时時要就出会會可也你对對生能而子那得于於着著下自之年过過发發后後作里裡用道行所然" +
	"家种種事成方多经經么去法学學如都同现現当當没沒动動面起看定天分还還进進好小部其些主样樣理心本前开開但因只从從想实實日者意无無力它与與长長把机機十民第公" +
	"此已工使情明性知全三又关關点點正业業外将將两兩高间間由问問很最重并並物手应應向头頭文体體政美相见見被利什二等产產或新己制身果加西月话話合回特代内內信表" +
	"化老给給世位次度门門任常先海通教儿兒原东東声聲提立及比员員解水名真论論处處走义義各入几幾口认認条條平系气氣题題活更别別打女变變四总總何电電数數安少报報" +
	"才结結反受目太量再感建务務做接必场場件计計管期市直资資命山金指许許统統区區保至形社便空决決治展科司五基书書非则則听聽白却界达達光放强強即像难難且权權思" +
	"完设設式色路记記南品住告类類求据據程北边邊该該交规規万萬取望觉覺术術领領共确確传傳师師观觀清今切院让讓识識候带帶导導争爭运運"
