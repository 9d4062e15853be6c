package notice

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A sentence is a stretch of one block, without the space around it.
type sentence struct {
	block, start, end int
	text              string
	quoted            bool   // some of it stands in a long quotation
	stops             bool   // it ends as sentences do
	hot               bool   // its block may have something of a notice
	counted           bool   // words is known
	weighed           bool   // all that follows is known
	marks             *marks // nil until it is weighed
	words             int
	score             int       // how much it sounds like a notice, in tenths
	lang              languages // the language in which it does
	bits              uint32    // the slots it fills in that language
}

// sentences adds those of a block to a list. A full stop ends a sentence before a space and
// anything but a small letter, and before a capital that is glued to it.
func sentences(list []sentence, block int, s string) []sentence {
	first := len(list)
	add := func(start, end int, stops bool) {
		part := s[start:end]
		text := strings.TrimSpace(part)
		if text == "" {
			return
		}
		start += strings.Index(part, text)
		list = append(list, sentence{block: block, start: start, end: start + len(text), text: text, stops: stops})
	}
	start := 0
	var before rune
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		end := i + n
		switch r {
		case '\n':
			add(start, end, false)
			start = end
		case '。', '！', '？', '।', '؟', '۔', '։', '።', '။', '។', '།':
			end = closers(s, end)
			add(start, end, true)
			start = end
		case '.', '!', '?', '…':
			end = closers(s, end)
			if breaks(s[end:], before) {
				add(start, end, true)
				start = end
			}
		}
		if r == ' ' && thai(before) { // ends sentences, or parts of them
			if next, _ := utf8.DecodeRuneInString(s[end:]); thai(next) {
				add(start, end, true)
				start = end
			}
		}
		before = r
		i = end
	}
	add(start, len(s), false)
	markQuotes(s, list[first:])
	return list
}

func thai(r rune) bool { return r >= 0x0e00 && r < 0x0e80 }

// closers goes over what belongs to the sentence that just ended.
func closers(s string, i int) int {
	for i < len(s) {
		r, n := utf8.DecodeRuneInString(s[i:])
		if !strings.ContainsRune(".!?…)]”»’\"", r) {
			break
		}
		i += n
	}
	return i
}

func breaks(rest string, before rune) bool {
	if rest == "" {
		return true
	}
	r, n := utf8.DecodeRuneInString(rest)
	if !unicode.IsSpace(r) {
		return unicode.IsUpper(r) && unicode.IsLower(before) || unscripted(r) || caseless(r) && (caseless(before) || unicode.IsMark(before))
	}
	for unicode.IsSpace(r) {
		if rest = rest[n:]; rest == "" {
			return true
		}
		r, n = utf8.DecodeRuneInString(rest)
	}
	return !unicode.IsLower(r) || caseless(r)
}

// caseless tells the letters of scripts without capitals. Those of Georgian
// have them in Unicode, but sentences don't begin with one.
func caseless(r rune) bool {
	return unicode.Is(unicode.Lo, r) || r >= 0x10d0 && r <= 0x10ff
}

const quoteMarks = "\"“”„«»「」『』‟❝❞"

// quotes tells whether there is any of them in a text.
func quotes(s string) bool {
	for i := range len(s) {
		switch s[i] {
		case '"':
			return true
		case 0xc2, 0xe2, 0xe3: // the others begin so
			if r, _ := utf8.DecodeRuneInString(s[i:]); quoteMark(r) {
				return true
			}
		}
	}
	return false
}

func quoteMark(r rune) bool {
	switch r {
	case '"', '“', '”', '„', '«', '»', '「', '」', '『', '』', '‟', '❝', '❞':
		return true
	}
	return false
}

// markQuotes notes which sentences have a part in a quotation of more than four
// words. Marks are taken in turn as opening and closing, as no two languages
// agree which is which; an ASCII mark without a partner is an inch.
func markQuotes(s string, list []sentence) {
	if !quotes(s) {
		return
	}
	odd := strings.Count(s, `"`)%2 == 1
	open := -1
	for i, r := range s {
		if r < utf8.RuneSelf && r != '"' || !quoteMark(r) || r == '"' && odd {
			continue
		}
		if open < 0 {
			open = i
			continue
		}
		list = quote(s, list, open, i)
		open = -1
	}
	if open >= 0 {
		quote(s, list, open, len(s))
	}
}

// quote marks the sentences with a part in one quotation, and gives those that later ones may touch.
func quote(s string, list []sentence, from, to int) []sentence {
	for len(list) > 0 && list[0].end <= from+1 {
		list = list[1:]
	}
	if to <= from || wordCount(s[from:to]) <= 4 || utf8.RuneCountInString(s[from:to]) <= 16 { // the name of a button
		return list
	}
	for i := range list {
		if list[i].start >= to {
			break
		}
		list[i].quoted = true
	}
	return list
}

// wordCount counts words; two letters of a script without spaces count as one.
func wordCount(s string) int {
	n, dense := 0, 0
	in := false
	for _, r := range s {
		switch {
		case r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9':
			if !in {
				in = true
				n++
			}
		case r < 0x80:
			if r <= ' ' {
				in = false
			}
		case unscripted(r):
			dense++
			in = false
		case unicode.IsSpace(r):
			in = false
		case !in && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			in = true
			n++
		}
	}
	return n + (dense+1)/2
}
