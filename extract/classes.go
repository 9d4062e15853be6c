package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// states are words that make of the word beside them a state of the page or its design, not a name of the element.
var states = map[string]bool{
	"has": true, "with": true, "no": true, "without": true, "is": true, "not": true, "open": true, "closed": true,
	"enabled": true, "disabled": true, "on": true, "off": true, "active": true, "count": true, "js": true,
	"show": true, "include": true, "supports": true, "layout": true, "template": true,
}

// A named is what names say, and the first word that says it.
type named struct {
	marks mark
	word  string
}

// names reads a class or id attribute.
func names(attr string) named {
	var all named
	shown := false
	for _, token := range strings.Fields(attr) {
		if i := strings.IndexByte(token, ':'); i > 0 {
			shown = shown || display[token[i+1:]]
			continue // "md:hidden" is a rule of design under a condition, and no name
		}
		if len(token) > 80 || taxonomy(token) || strings.HasPrefix(token, "elementor") {
			continue
		}
		all.add(tokenNamed(token))
	}
	if shown && all.marks&furniture == hiddenMark { // "hidden md:block": hidden on narrow screens only
		all.marks &^= hiddenMark
	}
	return all
}

// display are the ways of design systems to show what another class hides.
var display = map[string]bool{
	"block": true, "flex": true, "grid": true, "inline": true, "inline-block": true, "inline-flex": true, "table": true,
	"contents": true, "table-cell": true, "table-row": true, "visible": true, "not-sr-only": true,
}

// add joins what two names say.
func (n *named) add(m named) {
	if n.marks&furniture == 0 && m.marks&furniture != 0 {
		n.word = m.word
	}
	n.marks |= m.marks
}

// taxonomy tells the classes that WordPress makes of what an article is filed under.
func taxonomy(token string) bool {
	for _, p := range []string{"category-", "tag-", "type-", "status-", "format-", "term-", "postid-", "parent-", "cat-"} {
		if strings.HasPrefix(token, p) {
			return true
		}
	}
	return false
}

func tokenNamed(token string) named {
	t := parts{}
	t.split(token)
	var all named
	for i := 0; i < t.n; i++ {
		if part := t.joined(i, i+1); maybeNamed(part) && states[string(part)] { // "has-sidebar", "comments-open"
			if t.n > 1 && i == 0 || i == 1 && t.n == 2 {
				return named{}
			}
			continue
		}
		for j := i + 1; j <= t.n && j <= i+3; j++ {
			joined := t.joined(i, j)
			if !maybeNamed(joined) {
				continue
			}
			m := vocabulary[string(joined)]
			if j == i+1 && t.n > 1 {
				m &^= hiddenMark // "panel-hidden" is closed until a reader opens it, "label-hidden" hides another
			}
			if m != 0 {
				all.add(named{m, string(joined)})
			}
		}
	}
	return all
}

// parts are the words of a name, in lower case, one after the other.
type parts struct {
	letters [256]byte
	ends    [13]int // where each word ends; the first is where the first begins
	n       int
}

// joined is the words from i up to j as one.
func (t *parts) joined(i, j int) []byte { return t.letters[t.ends[i]:t.ends[j]] }

// split cuts a name into words.
func (t *parts) split(token string) {
	at, start := 0, 0
	flush := func() {
		if at > start && t.n+1 < len(t.ends) {
			t.n++
			t.ends[t.n] = at
			start = at
		}
	}
	var before rune
	for _, r := range token {
		if r >= 'a' && r <= 'z' && t.n+1 < len(t.ends) && at < len(t.letters) { // as nearly all are
			t.letters[at] = byte(r)
			at++
			before = r
			continue
		}
		switch {
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			flush()
			before = r
			continue
		case unicode.IsUpper(r) && unicode.IsLower(before):
			flush()
		}
		before = r
		if t.n+1 == len(t.ends) || at+utf8.UTFMax > len(t.letters) {
			return
		}
		at += utf8.EncodeRune(t.letters[at:], unicode.ToLower(r))
	}
	flush()
}

// inVocabulary knows of most words at once that they are neither in the vocabulary nor states.
var inVocabulary = func() (bits [1 << 15 / 64]uint64) {
	for word := range vocabulary {
		h := nameHash([]byte(word))
		bits[h/64] |= 1 << (h % 64)
	}
	for word := range states {
		h := nameHash([]byte(word))
		bits[h/64] |= 1 << (h % 64)
	}
	return bits
}()

func maybeNamed(word []byte) bool {
	if len(word) == 0 {
		return false
	}
	h := nameHash(word)
	return inVocabulary[h/64]&(1<<(h%64)) != 0
}

func nameHash(word []byte) uint32 {
	n := len(word)
	k := uint32(word[0]) | uint32(word[n/2])<<8 | uint32(word[n-1])<<16 | uint32(n)<<24
	return (k ^ uint32(word[min(1, n-1)])<<4) * 2654435761 >> (32 - 15)
}
