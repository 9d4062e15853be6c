package notice

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// fold appends s to b in the one form that the lexicons are kept in: lower
// case, without accents, every run of digits and other characters one space
// ("our 210 partners"), a space on both ends and between a script without spaces and any other.
func fold(b []byte, s string) []byte {
	base := bases()
	b = append(b, ' ')
	last := byte(' ')
	dense := false // the last letter was of a script without spaces
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			i++
			switch c = asciiFolds[c]; {
			case c == ' ':
				dense = false
				if last == ' ' {
					continue
				}
			case dense:
				b = append(b, ' ')
				dense = false
			}
			b = append(b, c)
			last = c
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		i += n
		if r == 0x200c || r == 0x200d || r == 0xad || r == 0x640 || r == 0xfe0f { // joiners, soft hyphen, tatweel
			continue
		}
		if r < rune(len(base)) {
			r = base[r]
			if r == 0 {
				continue // a mark above or below a letter
			}
		} else if r >= 0xff01 && r <= 0xff5e {
			r = unicode.ToLower(r - 0xff01 + '!')
		} else if r >= 0x1e00 && r <= 0x1fff {
			r = plain(r)
		}
		switch {
		case unscripted(r):
			if !dense && last != ' ' {
				b = append(b, ' ')
			}
			dense = true
			b = utf8.AppendRune(b, r)
			last = b[len(b)-1]
		case unicode.IsLetter(r) || unicode.IsMark(r):
			if dense {
				b = append(b, ' ')
				dense = false
			}
			b = utf8.AppendRune(b, r)
			last = b[len(b)-1]
		default:
			if last != ' ' {
				b = append(b, ' ')
				last = ' '
			}
			dense = false
		}
	}
	if last != ' ' {
		b = append(b, ' ')
	}
	return b
}

// asciiFolds is what fold makes of the letters of ASCII, and a space of the rest.
var asciiFolds = func() (t [utf8.RuneSelf]byte) {
	for c := range t {
		switch {
		case c >= 'a' && c <= 'z':
			t[c] = byte(c)
		case c >= 'A' && c <= 'Z':
			t[c] = byte(c) + 'a' - 'A'
		default:
			t[c] = ' '
		}
	}
	return t
}()

func folded(s string) string { return strings.TrimSpace(string(fold(nil, s))) }

// unscripted tells letters of scripts that are written without spaces.
func unscripted(r rune) bool {
	return r >= 0x3040 && r < 0x3100 || r >= 0x3400 && r < 0xa000 || r == 0x3005 || r == 0x30fc ||
		r >= 0x0e00 && r < 0x0e80 || r >= 0x1000 && r < 0x10a0 || r >= 0x1780 && r < 0x1800 || r >= 0xf900 && r < 0xfb00
}

// bases maps the letters below U+0980 to their lower-case base letters, marks to 0.
var bases = sync.OnceValue(func() []rune {
	t := make([]rune, 0x0980)
	for i := range t {
		r := rune(i)
		switch {
		case unicode.Is(unicode.Mn, r):
			t[i] = 0
		case r == 'й' || r == 'Й': // not и
			t[i] = 'й'
		case r == 'ї' || r == 'Ї':
			t[i] = 'ї'
		case r == 'ς':
			t[i] = 'σ'
		case r == 'ى' || r == 'ی' || r == 'ئ':
			t[i] = 'ي'
		case r == 'ک':
			t[i] = 'ك'
		case r == 'ة':
			t[i] = 'ه'
		case r == 'ı' || r == 'İ':
			t[i] = 'i'
		case r == 0:
			t[i] = ' '
		default:
			t[i] = plain(r)
		}
	}
	return t
})

// plain takes a letter's accents off and makes it small.
func plain(r rune) rune {
	var buf [16]byte
	d := norm.NFD.AppendString(buf[:0], string(r))
	first, _ := utf8.DecodeRune(d)
	if first == utf8.RuneError {
		first = r
	}
	return unicode.ToLower(first)
}
