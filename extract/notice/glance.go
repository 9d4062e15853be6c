package notice

import (
	"sync"
	"unicode"
	"unicode/utf8"
)

// A glance knows, of most texts of languages with spaces and letters of two
// bytes at most, that no hot word stands in them. It looks at how words begin,
// without folding the text.
type glance struct {
	begins [1 << 15 / 64]uint64 // the first three letters, if they are ASCII, or a space among them, five bits each
	blind  bool                 // there is a word too short to be found
}

// learn takes up a hot word.
func (g *glance) learn(text string) {
	if g.blind = g.blind || len(text) < warmth-1; g.blind {
		return
	}
	for i := range 3 {
		if text[i] >= utf8.RuneSelf {
			return // found by its five bytes alone
		}
	}
	k := glanceKey(text)
	g.begins[k/64] |= 1 << (k % 64)
}

// glanceKey is how a text of three bytes of ASCII or more begins, folded.
func glanceKey(s string) uint32 {
	return uint32(asciiFolds[s[0]]&31)<<10 | uint32(asciiFolds[s[1]]&31)<<5 | uint32(asciiFolds[s[2]]&31)
}

// What a byte is to a glance.
const (
	glanceGap    = iota // a space when folded
	glanceLetter        // of ASCII
	glanceWide          // the first of two bytes
	glanceOdd           // anything else: the whole text is to be folded
)

var glances = func() (t [256]uint8) {
	for c := range t {
		switch {
		case c < utf8.RuneSelf && asciiFolds[c] == ' ':
			t[c] = glanceGap
		case c < utf8.RuneSelf:
			t[c] = glanceLetter
		case c >= 0xc3 && c <= 0xcb || c >= 0xcd && c <= 0xd4:
			t[c] = glanceWide
		default:
			t[c] = glanceOdd
		}
	}
	return t
}()

// wideFolds is what fold makes of the letters below U+0540: 0 where it takes more than a look.
var wideFolds = sync.OnceValue(func() *[0x540]rune {
	t := new([0x540]rune)
	base := bases()
	for i := range t {
		switch r := base[i]; {
		case r == 0 || unscripted(r) || proclitic(r) || i == 0xad:
		case unicode.IsLetter(r) || unicode.IsMark(r):
			t[i] = r
		default:
			t[i] = ' '
		}
	}
	return t
})

// maybeHot tells whether it takes a fold to know that no hot word stands in the text.
func (x *lexicon) maybeHot(s string) bool {
	if x.glance.blind {
		return true
	}
	kinds, wide := &glances, wideFolds()
	start := true
	for i := 0; i < len(s); {
		c := s[i]
		switch kinds[c] {
		case glanceGap:
			start = true
			i++
			continue
		case glanceLetter:
			if start {
				if x.mayBegin(s[i:]) {
					return true
				}
				start = false
				i++
			}
			for ; i < len(s) && kinds[s[i]] == glanceLetter; i++ { // the rest of the word
				if s[i]|0x20 == 'k' && compound(s, i) {
					return true
				}
			}
		case glanceWide:
			if i+1 == len(s) || s[i+1]&0xc0 != 0x80 {
				return true
			}
			switch r := wide[rune(c&0x1f)<<6|rune(s[i+1]&0x3f)]; {
			case r == 0 || r == 'k':
				return true
			case r == ' ':
				start = true
			case start:
				if x.mayBegin(s[i:]) {
					return true
				}
				start = false
			}
			i += 2
		default:
			n := punctuated(s[i:])
			if n == 0 {
				return true
			}
			start = true
			i += n
		}
	}
	return false
}

// punctuated measures a sign beyond ASCII that is as good as a space.
func punctuated(s string) int {
	switch {
	case len(s) >= 2 && s[0] == 0xc2:
		switch s[1] {
		case 0xa0, 0xab, 0xbb, 0xb7, 0xa7, 0xa9, 0xae, 0xb0:
			return 2
		}
	case len(s) >= 3 && s[0] == 0xe2 && s[1] == 0x80 && s[2] >= 0x90: // dashes, quotation marks, the ellipsis
		return 3
	}
	return 0
}

// compound tells whether the k at i may be that of "cookie" within a word.
func compound(s string, i int) bool {
	if i == 0 || i+2 >= len(s) {
		return false
	}
	before, behind, last := s[i-1], s[i+1], s[i+2]
	return (before|0x20 == 'o' || before >= utf8.RuneSelf) && (behind >= utf8.RuneSelf || behind|0x20 == 'i' && (last >= utf8.RuneSelf || last|0x20 == 'e'))
}

// mayBegin tells whether a hot word may begin the text, which begins with a letter.
func (x *lexicon) mayBegin(s string) bool {
	kinds := &glances
	if len(s) >= warmth && s[0]|s[1]|s[2] < utf8.RuneSelf && (kinds[s[1]] == glanceLetter || kinds[s[2]] == glanceLetter) {
		if k := glanceKey(s); x.glance.begins[k/64]&(1<<(k%64)) == 0 {
			return false
		}
		if s[3]|s[4] < utf8.RuneSelf && kinds[s[1]]&kinds[s[2]]&kinds[s[3]]&kinds[s[4]] == glanceLetter { // the commonest case
			low := [warmth]byte{s[0] | 0x20, s[1] | 0x20, s[2] | 0x20, s[3] | 0x20, s[4] | 0x20}
			return x.warm.has(warmHash(low[:])) && x.opens(s)
		}
	}
	whole := s
	var folded [warmth + 3]byte
	b, wide := folded[:0], wideFolds()
	for i := 0; len(b) < warmth; {
		if i >= len(s) {
			if len(b) == 0 || b[len(b)-1] == ' ' {
				return false // too short for any
			}
			b = append(b, ' ')
			s, i = "", 0
			continue
		}
		c, n := ' ', 1
		switch at := s[i]; kinds[at] {
		case glanceLetter:
			c = rune(at | 0x20)
		case glanceGap:
		case glanceWide:
			if i+1 == len(s) || s[i+1]&0xc0 != 0x80 {
				return true
			}
			if c, n = wide[rune(at&0x1f)<<6|rune(s[i+1]&0x3f)], 2; c == 0 {
				return true
			}
		default:
			if n = punctuated(s[i:]); n == 0 {
				return true
			}
		}
		i += n
		if c != ' ' || len(b) > 0 && b[len(b)-1] != ' ' {
			b = utf8.AppendRune(b, c)
		}
	}
	return x.warm.has(warmHash(b)) && x.opens(whole)
}

// beginsWith tells whether a text begins with folded words, without folding it;
// it is not sure where it meets a letter beyond ASCII.
func beginsWith(s, words string) (is, sure bool) {
	i, gap := 0, false
	for k := range len(words) {
		c := byte(' ') // what is folded ends with one
		for i < len(s) {
			if s[i] >= utf8.RuneSelf {
				return false, false
			}
			c = asciiFolds[s[i]]
			i++
			if c != ' ' || !gap {
				break
			}
			if i == len(s) {
				return false, false
			}
		}
		if c != words[k] {
			return false, true
		}
		gap = c == ' '
	}
	return true, true
}

// glanceReach is how much of a text is folded to see whether it begins with a hot word.
const glanceReach = 32

// opens tells whether the text begins with a hot word, as far as its beginning tells.
func (x *lexicon) opens(s string) bool {
	if len(s) >= 3 && s[0]|s[1]|s[2] < utf8.RuneSelf && asciiFolds[s[1]] != ' ' && asciiFolds[s[2]] != ' ' {
		t, unsure := [3]byte{asciiFolds[s[0]], asciiFolds[s[1]], asciiFolds[s[2]]}, false
		for _, e := range x.heat.at(t[:]) {
			is, sure := beginsWith(s, e.text)
			if is {
				return true
			}
			unsure = unsure || !sure
		}
		if !unsure {
			return false
		}
	}
	n := len(s)
	if n > glanceReach {
		for n = glanceReach; n > 0 && !utf8.RuneStart(s[n]); n-- {
		}
	}
	var room [2 * glanceReach]byte
	t := fold(room[:0], s[:n])[1:]
	if n < len(s) {
		t = t[:len(t)-1] // what comes next is not known
	}
	if len(t) < warmth {
		return n < len(s)
	}
	for _, e := range x.heat.at(t) {
		if m := min(len(e.text), len(t)); e.text[:m] == string(t[:m]) && (m == len(e.text) || n < len(s)) {
			return true
		}
	}
	return false
}
