package change

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A class says what a token is to a reader.
type class uint8

const (
	mark   class = iota // punctuation: shown, but no difference by itself
	word                // a word; one character of Chinese, one cluster of Thai
	number              // digits with what belongs to them
	sign                // a character that means something: % € ? °
)

// A token is the smallest piece that a diff marks: never less than a word.
type token struct {
	class  class
	spaced bool   // white space stands before it
	quoted bool   // stands inside quotation marks
	upper  bool   // begins with a capital letter
	script script // of its first letter
	id     uint32 // equal for tokens that read the same
	start  int32  // its bytes in the text
	end    int32
}

// A script is a way of writing that decides where words end.
type script uint8

const (
	spacedScript script = iota // words stand between spaces
	hanScript                  // every character may be a word
	kanaScript
	clusterScript // Thai, Lao, Khmer, Burmese: words run together, marks cling to letters
)

// A lexicon numbers the words of the texts that are compared with each other.
type lexicon struct {
	ids    map[string]uint32
	words  []string
	low    []string // the same in small letters, made when asked for
	room   []token  // for the tokens of texts to come
	folded []string // see fold
}

func newLexicon() *lexicon {
	return &lexicon{ids: make(map[string]uint32, 1024), words: make([]string, 0, 1024)}
}

// lower gives a word in small letters.
func (l *lexicon) lower(id uint32) string {
	if len(l.low) < len(l.words) {
		l.low = append(l.low, make([]string, len(l.words)-len(l.low))...)
	}
	if l.low[id] == "" {
		l.low[id] = strings.ToLower(l.words[id])
	}
	return l.low[id]
}

// expect makes room for the tokens of texts of so many bytes.
func (l *lexicon) expect(bytes int) {
	if n := bytes/5 + 1; len(l.room) < n {
		l.room = make([]token, n)
	}
}

func (l *lexicon) id(s string) uint32 {
	if id, ok := l.ids[s]; ok {
		return id
	}
	id := uint32(len(l.words))
	l.ids[s] = id
	l.words = append(l.words, s)
	return id
}

// tokens cuts text into tokens. White space is no token.
func (l *lexicon) tokens(text string) []token {
	l.expect(len(text))
	out := l.room[:0]
	spaced := false
	for i := 0; i < len(text); {
		if end := plainWordEnd(text, i); end > 0 {
			out = append(out, token{class: word, spaced: spaced, upper: text[i] <= 'Z', id: l.id(text[i:end]), start: int32(i), end: int32(end)})
			i, spaced = end, false
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		if isBlank(r) {
			spaced = spaced || !isInvisible(r)
			i += n
			continue
		}
		end := i + n
		t := token{start: int32(i), spaced: spaced}
		spaced = false
		switch {
		case unicode.IsDigit(r):
			t.class, end = number, numberEnd(text, i)
		case (r == '-' || r == '−' || r == '–') && opensNumber(text, i, n):
			t.class, end = number, numberEnd(text, i+n)
		case isLetter(r):
			t.class, t.script = word, scriptOf(r)
			t.upper = unicode.IsUpper(r)
			end = wordEnd(text, i, t.script)
		case unicode.IsSymbol(r) && r != '`' && r != '´' && r != '|' && r != '¨' && r != '^', r == '%', r == '?', r == '؟', r == '？', r == '&', r == '@', r == '#', r == '‰':
			t.class = sign
		default:
			t.class = mark
		}
		t.end, t.id = int32(end), l.id(reading(text[i:end], t.class))
		out = append(out, t)
		i = end
	}
	quotes(text, out)
	if len(out) <= len(l.room) { // else they have a place of their own
		l.room = l.room[len(out):]
	}
	return slices.Clip(out)
}

// plainWordEnd finds the end of a word of nothing but the letters of ASCII,
// as most are; 0 is for what wants a closer look.
func plainWordEnd(text string, i int) int {
	start := i
	for i < len(text) && ('a' <= text[i] && text[i] <= 'z' || 'A' <= text[i] && text[i] <= 'Z') {
		i++
	}
	switch {
	case i == start:
		return 0
	case i == len(text) || text[i] == ' ' || text[i] == ',' || text[i] == '\n':
		return i
	case text[i] == '.' && (i+1 == len(text) || text[i+1] == ' '):
		return i
	}
	return 0
}

// reading is a token as it is compared: two that read the same have one reading.
func reading(s string, c class) string {
	ascii := true
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			ascii = false
			break
		}
	}
	switch c {
	case mark:
		return plainMark(s)
	case number:
		return plainNumber(s)
	}
	if ascii {
		return s
	}
	return norm.NFKC.String(strings.Map(func(r rune) rune {
		switch {
		case r == '’' || r == '‘' || r == 'ʼ' || r == '´' || r == '`':
			return '\''
		case isInvisible(r), r == 'ـ', r >= 0x64B && r <= 0x652: // tatweel and Arabic vowel signs
			return -1
		}
		return r
	}, s))
}

func plainMark(s string) string {
	switch s {
	case "“", "”", "„", "‟", "«", "»", "″", "「", "」", "『", "』", "＂":
		return `"`
	case "‘", "’", "‚", "‛", "‹", "›", "´", "`", "′":
		return "'"
	case "–", "—", "―", "‐", "‑", "‒", "−", "－":
		return "-"
	case "…":
		return "."
	case "•", "·", "●", "▪", "‣":
		return "•"
	}
	return s
}

// plainNumber drops the separators of thousands and gives digits of all
// scripts as ASCII, so that 1,000, 1 000 and 1000 read the same.
func plainNumber(s string) string {
	plain := true
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			plain = false
			break
		}
	}
	if plain {
		return s
	}
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '−' || r == '–':
			return '-'
		case r == '’' || r == '‘':
			return '\''
		case r == '٬' || isBlank(r):
			return -1
		case r > unicode.MaxASCII && unicode.IsDigit(r):
			return '0' + digitValue(r)
		}
		return r
	}, s)
	for _, sep := range []string{",", "'"} {
		if parts := strings.Split(s, sep); len(parts) > 1 && grouped(parts) {
			s = strings.Join(parts, "")
		}
	}
	return s
}

// grouped reports whether the parts of a number are groups of thousands.
func grouped(parts []string) bool {
	for i, p := range parts {
		if i == 0 && (p == "" || len(p) > 4) || i > 0 && i < len(parts)-1 && len(p) != 3 {
			return false
		}
	}
	last := parts[len(parts)-1]
	digits := 0
	for digits < len(last) && last[digits] >= '0' && last[digits] <= '9' {
		digits++
	}
	return digits == 3
}

// digitValue is the value of a decimal digit; Unicode puts them in runs of ten from a zero.
func digitValue(r rune) rune {
	zero := r
	for d := rune(0); d < 9 && unicode.IsDigit(zero-1); d++ {
		zero--
	}
	return r - zero
}

// opensNumber tells a minus sign from a dash: it stands after a blank and before a digit.
func opensNumber(text string, i, n int) bool {
	next, _ := utf8.DecodeRuneInString(text[i+n:])
	if !unicode.IsDigit(next) {
		return false
	}
	before, size := utf8.DecodeLastRuneInString(text[:i])
	return size == 0 || isBlank(before) || before == '('
}

// numberEnd finds the end of a number: digits with separators inside, and
// letters that cling to it, as in 5th, 20km or 1990s.
func numberEnd(text string, i int) int {
	start := i
	for i < len(text) {
		r, n := utf8.DecodeRuneInString(text[i:])
		if unicode.IsDigit(r) || unicode.IsMark(r) || unicode.IsLetter(r) && scriptOf(r) == spacedScript {
			i += n
			continue
		}
		next, m := utf8.DecodeRuneInString(text[i+n:])
		switch r {
		case ',', '.', ':', '/', '\'', '’', '‘', '٫', '٬':
			if unicode.IsDigit(next) {
				i += n + m
				continue
			}
		case ' ', '\u202f', '\u2009', '\u00a0': // a space may set thousands apart
			if shortGroup(text[start:i]) && threeDigits(text[i+n:]) {
				i += n + 3
				continue
			}
		}
		break
	}
	return i
}

// threeDigits reports that s begins with a group of thousands.
func threeDigits(s string) bool {
	if len(s) < 3 {
		return false
	}
	for i := range 3 {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	r := firstRune(s[3:])
	return len(s) == 3 || !unicode.IsDigit(r) && !(unicode.IsLetter(r) && scriptOf(r) == spacedScript)
}

// shortGroup reports that a number so far may be followed by a group of
// thousands: it is one to three digits, or groups already.
func shortGroup(s string) bool {
	for i, g := range strings.FieldsFunc(s, isBlank) {
		if i == 0 && len(g) > 3 || i > 0 && len(g) != 3 || strings.Trim(g, "0123456789") != "" {
			return false
		}
	}
	return true
}

// wordEnd finds the end of the word that begins at i.
func wordEnd(text string, i int, s script) int {
	start := i
	for i < len(text) {
		r, n := utf8.DecodeRuneInString(text[i:])
		switch {
		case i == start, unicode.IsMark(r), isInvisible(r):
			i += n
			// A Thai vowel that is written first belongs to the letter after it.
			if s == clusterScript && isLeadingVowel(r) {
				start = i
			}
			continue
		case s == clusterScript:
			if !isTrailingVowel(r) {
				return i
			}
			i += n
			continue
		case s == hanScript:
			return i
		case s == kanaScript:
			if !isKatakana(r) || !isKatakana(firstRune(text[start:])) {
				return i
			}
			i += n
			continue
		case unicode.IsDigit(r), isLetter(r) && scriptOf(r) == spacedScript:
			i += n
			continue
		}
		next, _ := utf8.DecodeRuneInString(text[i+n:])
		joins := r == '\'' || r == '’' || r == '‘' || r == 'ʼ' || r == '´' || r == '`' || r == '.' && singleLetters(text[start:i])
		if !joins || !isLetter(next) || scriptOf(next) != spacedScript {
			return i
		}
		i += n
	}
	return i
}

// singleLetters reports whether s ends in a lone letter, as U and U.S do:
// the full stop of an abbreviation is part of it.
func singleLetters(s string) bool {
	if i := strings.LastIndexByte(s, '.'); i >= 0 {
		s = s[i+1:]
	}
	return utf8.RuneCountInString(s) == 1
}
