package dedup

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A word is one content word as the sketch needs it: what it hashes to and whether it is a landmark.
type word struct {
	hash   uint64
	anchor bool // a name or a figure, or what stands for one in scripts without capitals
	figure bool
	quoted bool // inside quotation marks
	title  bool // begins with a capital letter
	first  bool // begins a sentence, where a capital says nothing
	follow bool // stands right after the word before it, with only a space between
	noun   bool // German: has an article, or an ending that names never have
}

// maxText bounds the work on one text: no article is longer, and a longer text is known by its beginning.
const maxText = 256 << 10

// words segments a text into content words: function words are left out, since they carry nothing and a paraphraser
// changes them first. blind reports that its names can't be told from other words: it is in a script without capitals, or
// all in capitals.
func words(text string) (list []word, blind bool) {
	if len(text) > maxText {
		cut := maxText
		for cut > 0 && !utf8.RuneStart(text[cut]) {
			cut--
		}
		text = text[:cut]
	}
	if !norm.NFKC.IsNormalString(text) {
		text = norm.NFKC.String(text)
	}
	s := segmenter{text: text, out: make([]word, 0, len(text)/10+4), first: true}
	s.run()
	s.marks()
	return s.out, s.shouts() || s.cased*2 < len(s.out)-s.figures
}

// shouts reports whether the text is written in capitals.
func (s *segmenter) shouts() bool { return s.upper*2 > s.all }

type segmenter struct {
	text string
	out  []word
	buf  []byte // the word at hand, lower case
	clus []int  // where its clusters end, in scripts without spaces

	first    bool   // the next word begins a sentence
	glued    bool   // nothing but spaces since the last content word
	quote    rune   // the closing mark that is awaited, 0 outside
	quoteEnd int    // a quotation that is not closed by here was a stray mark
	last     []byte // the last word, content or not: a German article tells a noun
	spare    []byte // room for the next

	all, upper, german int // counts of running words, of those in capitals, of German function words
	cased, figures     int // content words of an alphabet with capitals, and figures
}

// maxQuote is how far a quotation may run, in bytes, before its opening mark is held to be a stray.
const maxQuote = 2000

func (s *segmenter) run() {
	t := s.text
	for i := 0; i < len(t); {
		r, n := utf8.DecodeRuneInString(t[i:])
		switch k := kindOf(r); k {
		case gap:
			s.punctuation(r, i, n)
			i += n
		case digit:
			i = s.number(i)
		case alphabet, abjad, hangul:
			i = s.spaced(i, k)
		case katakana:
			i = s.katakana(i)
		case han, cluster:
			i = s.unspaced(i, k)
		default: // hiragana writes the grammar, not the matter
			s.glued = false
			i += n
		}
	}
}

// punctuation keeps track of sentences and quotations.
func (s *segmenter) punctuation(r rune, at, n int) {
	if s.quote != 0 && at > s.quoteEnd {
		s.quote = 0
	}
	switch r {
	case ' ', '\t', '\u00a0':
		return
	case '.', '!', '?', '\n', '。', '।', '؟', '\u2029':
		// An initial ("J. Smith") or an abbreviation ("Mr. Smith") ends no sentence.
		s.first = s.first || r != '.' || len(s.last) > 3 || len(s.last) == 0
		if r == '\n' {
			s.quote = 0
		}
	case ':', '•', '|', '–', '—':
		s.first = s.first || r == ':' || r == '•' || r == '|'
	default:
		if s.quote != 0 && r == s.quote {
			s.quote = 0
		} else if c := closing(r); c != 0 && s.quote == 0 && strings.ContainsRune(s.text[at+n:min(at+n+maxQuote, len(s.text))], c) {
			s.quote, s.quoteEnd = c, at+maxQuote
			s.first = true
		}
	}
	s.glued = false
}

// closing gives the mark that ends a quotation which r begins.
func closing(r rune) rune {
	switch r {
	case '"':
		return '"'
	case '“':
		return '”'
	case '„':
		return '“'
	case '«':
		return '»'
	case '「':
		return '」'
	case '『':
		return '』'
	case '《':
		return '》'
	}
	return 0
}

func (s *segmenter) add(w word) {
	w.quoted, w.first, w.follow = s.quote != 0, s.first, s.glued && !s.first
	s.out = append(s.out, w)
	s.first, s.glued = false, true
}

// number reads figures; what groups or divides the digits differs from paper to paper and is left out.
func (s *segmenter) number(i int) int {
	b := s.buf[:0]
	for i < len(s.text) {
		r, n := utf8.DecodeRuneInString(s.text[i:])
		if r == '.' || r == ',' || r == ':' || r == '’' || r == '\'' {
			next, _ := utf8.DecodeRuneInString(s.text[i+n:])
			if kindOf(next) != digit {
				break
			}
			i += n
			continue
		}
		if kindOf(r) != digit {
			break
		}
		b = append(b, '0'+digitValue(r))
		i += n
	}
	s.buf, s.last = b, append(s.last[:0], '0')
	s.all++
	s.figures++
	s.add(word{hash: hashOf(b), anchor: true, figure: true})
	return i
}

// spaced reads a word of a script that puts spaces between words.
func (s *segmenter) spaced(i int, k kind) int {
	b := s.buf[:0]
	capital, capitals, letters := false, 0, 0
	for i < len(s.text) {
		r, n := utf8.DecodeRuneInString(s.text[i:])
		if c := r; c < utf8.RuneSelf {
			if c >= 'A' && c <= 'Z' {
				capital = capital || letters == 0
				capitals++
				c += 'a' - 'A'
			} else if c < 'a' || c > 'z' {
				break
			}
			if k != alphabet { // a Latin word begins
				break
			}
			b = append(b, byte(c))
			letters++
		} else {
			if kr := kindOf(r); kr != k && kr != mark {
				break
			} else if kr == mark && k != hangul { // vowel signs and accents that did not compose
				i += n
				continue
			}
			if unicode.IsUpper(r) {
				capital = capital || letters == 0
				capitals++
			}
			b = utf8.AppendRune(b, fold(unicode.ToLower(r)))
			letters++
		}
		i += n
	}
	s.buf = b
	s.all++
	if capitals > 1 && capitals == letters {
		s.upper++
	}
	before := s.last
	s.last, s.spare = append(s.spare[:0], b...), before
	if germanWord[string(s.last)] {
		s.german++
	}
	switch k {
	case hangul:
		b = b[:len(b)-particle(b)]
	case abjad:
		b = b[articleLength(b):]
	}
	// A short lower-case word is grammar in every alphabet; a short capitalised one may be a name (EU, Li).
	if short := letters < 4 && k == alphabet; function[string(b)] || short && (!capital || letters < 2 || shortFunction[string(b)]) || len(b) == 0 {
		s.first, s.glued = false, false
		return i
	}
	w := word{hash: hashOf(b), title: capital}
	if capital {
		w.noun = determiner[string(before)] || nounEnding(b)
	}
	if k == alphabet {
		s.cased++
	} else {
		w.anchor = landmark(w.hash)
	}
	s.add(w)
	return i
}

// katakana reads a word of katakana, the script of foreign names.
func (s *segmenter) katakana(i int) int {
	start, runes := i, 0
	for i < len(s.text) {
		r, n := utf8.DecodeRuneInString(s.text[i:])
		if kindOf(r) != katakana {
			break
		}
		i += n
		runes++
	}
	if runes > 1 {
		s.all++
		s.add(word{hash: hashOf([]byte(s.text[start:i])), anchor: runes > 2})
	}
	return i
}

// unspaced reads a run of a script without spaces and gives every second pair of neighbouring characters (Han) or every third
// triple of neighbouring syllables (Thai, Lao, Khmer, Burmese), chosen by their hash: the same ones wherever the run stands.
func (s *segmenter) unspaced(i int, k kind) int {
	start, ends := i, s.clus[:0]
	for i < len(s.text) {
		r, n := utf8.DecodeRuneInString(s.text[i:])
		kr := kindOf(r)
		if kr != k && !(k == cluster && kr == mark) || k == han && hanFunction(r) {
			break
		}
		i += n
		if k == cluster && len(ends) > 0 && (kr == mark || trailing(r) || leading(s.text[ends[len(ends)-1]-runeBefore(s.text, ends[len(ends)-1]):])) {
			ends[len(ends)-1] = i
			continue
		}
		ends = append(ends, i)
	}
	s.clus = ends
	if i == start { // a function character alone
		_, n := utf8.DecodeRuneInString(s.text[i:])
		s.glued = false
		return i + n
	}
	size, every := 2, uint64(2)
	if k == cluster {
		size, every = 3, 3
	}
	begin := start
	for c := 0; c+size <= len(ends); c++ {
		h := hashOf([]byte(s.text[begin:ends[c+size-1]]))
		if h>>32%every == 0 {
			s.all++
			s.add(word{hash: h, anchor: landmark(h)})
		}
		begin = ends[c]
	}
	return i
}

func runeBefore(text string, end int) int {
	_, n := utf8.DecodeLastRuneInString(text[:end])
	return n
}

// hashOf is FNV-1a with a finishing mix, so that any bits of it may be used alone.
func hashOf(b []byte) uint64 {
	h := uint64(14695981039346656037)
	for _, c := range b {
		h = (h ^ uint64(c)) * 1099511628211
	}
	return mix(h)
}

// mix spreads every bit of x over the whole word (the finaliser of splitmix64).
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
