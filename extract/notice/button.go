package notice

import (
	"math/bits"
	"strings"
	"unicode"
	"unicode/utf8"
)

// buttons tells whether a line is nothing but the labels of a notice's buttons,
// one or several in a row. It is asked only about lines beside a notice.
func (x *lexicon) buttons(line string) bool {
	if len(line) > 240 {
		return false
	}
	t := folded(line)
	if t == "" {
		return len(line) <= 12 && strings.ContainsAny(line, "×✕✖✓✔→»>|•·") // a cross, a tick
	}
	if len(t) > 160 {
		return false
	}
	if x.labelled(t) || x.buttonWords(t) {
		return true
	}
	apart := unglued(line)
	return apart != line && x.labelled(folded(apart))
}

// unglued sets a space before a capital that follows a small letter or a mark:
// labels that lost what stood between them, "Read moreAccept".
func unglued(line string) string {
	var b strings.Builder
	var before rune
	for _, r := range line {
		if unicode.IsUpper(r) && (unicode.IsLower(before) || before == '!' || before == '?' || before == '.') {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
		before = r
	}
	return b.String()
}

// labelled tells whether the text is a row of whole labels of one language.
func (x *lexicon) labelled(t string) bool {
	reach := make([]languages, len(t)+1)
	reach[0] = every
	for i := 0; i < len(t); i++ {
		if reach[i] == 0 {
			continue
		}
		from := i
		if t[from] == ' ' {
			from++
		}
		for end := from + 1; end <= len(t) && end <= from+64; end++ {
			if end < len(t) && t[end] != ' ' {
				if !utf8.RuneStart(t[end]) {
					continue
				}
				if last, _ := utf8.DecodeLastRuneInString(t[from:end]); !unscripted(last) {
					continue
				}
			}
			if in := x.labels[t[from:end]] & reach[i]; in != 0 {
				reach[end] |= in
			}
		}
	}
	return reach[len(t)] != 0
}

// like tells whether a short line resembles the labels of buttons: half of its
// words are known from them. It is asked only about lines right after a notice.
func (x *lexicon) like(line string) bool {
	if len(line) > 80 || ended(line) && !strings.HasSuffix(line, "?") {
		return false
	}
	t := folded(line)
	if t == "" {
		return false
	}
	first, _ := utf8.DecodeRuneInString(t)
	if unscripted(first) {
		if utf8.RuneCountInString(t) > 12 {
			return false
		}
		for i := range t {
			for j := i + 1; j <= len(t); j++ {
				if j-i >= 6 && x.labels[t[i:j]] != 0 {
					return true
				}
			}
		}
		return false
	}
	list := strings.Fields(t)
	var hits [64]int
	for _, w := range list {
		for c := x.words[w] | x.named(w); c != 0; c &= c - 1 {
			hits[bits.TrailingZeros64(uint64(c))]++
		}
	}
	for _, n := range hits {
		if len(list) <= 8 && n*2 >= len(list) {
			return true
		}
	}
	return false
}

// buttonWords tells whether every word of a short line is used in labels of one language.
func (x *lexicon) buttonWords(t string) bool {
	in := every
	list := strings.Fields(t)
	if len(list) > 7 {
		return false
	}
	for _, w := range list {
		if in &= x.words[w] | x.named(w); in == 0 {
			return false
		}
	}
	return true
}

// named gives every language for a provider's name and for cookies: "Load tweet", "Accept YouTube".
func (x *lexicon) named(word string) languages {
	var m marks
	x.match([]byte(word+" "), &m)
	return m.in[provider] | m.in[storage]
}

// heading tells whether a line is the heading of a notice.
func (x *lexicon) heading(line string) bool {
	if len(line) > 160 || !x.headed.may(line) {
		return false
	}
	t := folded(line)
	return t != "" && x.titles[t] != 0
}
