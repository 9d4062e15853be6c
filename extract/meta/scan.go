package meta

import (
	"unicode"
	"unicode/utf8"
)

// A token of a text that may hold a date: a number, a word, or a sign that
// says what the number before it counts.
type token struct {
	word       string // as written; "" for a number
	number     int
	digits     int
	start, end int
}

// most tokens of a text that are read: a line with a date is short.
const mostTokens = 400

// tokens cuts a text into words and numbers.
func tokens(text string, out []token) []token {
	const (
		gap = iota
		digit
		letter
		sign
	)
	class := func(r rune) int {
		switch {
		case r < utf8.RuneSelf:
			switch {
			case r >= '0' && r <= '9':
				return digit
			case r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z':
				return letter
			}
			return gap
		case r == '年' || r == '月' || r == '日' || r == '년' || r == '월' || r == '일':
			return sign
		case digitOf(r) >= 0:
			return digit
		case unicode.IsLetter(r) || unicode.IsMark(r) || r == 0x200c || r == 0x200d:
			return letter
		}
		return gap
	}
	for i := 0; i < len(text) && len(out) < mostTokens; {
		r, size := utf8.DecodeRuneInString(text[i:])
		c := class(r)
		if c == gap {
			i += size
			continue
		}
		t := token{start: i}
		for {
			if c == digit {
				if t.digits++; t.digits < 9 {
					t.number = t.number*10 + digitOf(r)
				}
			}
			i += size
			if c == sign || i >= len(text) {
				break
			}
			var next int
			if r, size = utf8.DecodeRuneInString(text[i:]); true {
				next = class(r)
			}
			if next != c && !(c == letter && abbreviated(text, i)) {
				break
			}
		}
		t.end = i
		if c != digit {
			t.word = text[t.start:t.end]
		}
		out = append(out, t)
	}
	return out
}

// abbreviated tells a full stop inside a Thai abbreviation, such as "พ.ย.".
func abbreviated(text string, i int) bool {
	return text[i] == '.' && i+2 < len(text) && i > 1 && text[i+1] == 0xe0 && (text[i+2] == 0xb8 || text[i+2] == 0xb9)
}

// digitOf gives the value of a digit of the scripts that newspapers write numbers in; -1 for what is none.
func digitOf(r rune) int {
	if r >= '0' && r <= '9' {
		return int(r - '0')
	}
	if r < 0x660 {
		return -1
	}
	for _, zero := range [...]rune{
		0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0x1040, 0x17e0, 0xff10,
	} {
		if r >= zero && r < zero+10 {
			return int(r - zero)
		}
	}
	return -1
}

// anyDigit is the cheap question that comes before all reading.
func anyDigit(s string) bool {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			return true
		case c == 0xd9 || c == 0xdb || c >= 0xe0 && c <= 0xe1 || c == 0xef: // scripts with digits of their own
			if r, _ := utf8.DecodeRuneInString(s[i:]); digitOf(r) >= 0 {
				return true
			}
		}
	}
	return false
}
