package extract

import (
	"unicode"
	"unicode/utf8"
)

// bareASCII gives what bare makes of a byte; 0 for what it drops.
var bareASCII = func() (t [utf8.RuneSelf]byte) {
	for c := range t {
		switch {
		case '0' <= c && c <= '9' || 'a' <= c && c <= 'z':
			t[c] = byte(c)
		case 'A' <= c && c <= 'Z':
			t[c] = byte(c) + 'a' - 'A'
		}
	}
	return t
}()

// isBare tells whether bare(s) == key, and mostly knows it from the first letters.
func isBare(s, key string) bool {
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if c = bareASCII[c]; c != 0 {
				if key == "" || key[0] != c {
					return false
				}
				key = key[1:]
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		i += n
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
			continue
		}
		k, n := utf8.DecodeRuneInString(key)
		if n == 0 || k != unicode.ToLower(r) {
			return false
		}
		key = key[n:]
	}
	return key == ""
}
