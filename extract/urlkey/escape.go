package urlkey

import (
	"strings"
	"unicode/utf8"
)

// Which escaped bytes may stand plain. Clean undoes only what RFC 3986 calls
// unreserved; a key also undoes the punctuation that servers treat the same
// either way ("article,1.html" and "article%2C1.html").
const (
	unreserved = "-._~"
	keyPath    = unreserved + "!$'()*,:@"
	keyQuery   = keyPath + "/?"
)

const (
	upperHex      = "0123456789ABCDEF"
	alphanumerics = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
)

// escapeForeign escapes the bytes of a URL that are not UTF-8, of which a
// parser would make the same character whatever they are: pages in Windows-1251
// or Shift JIS would lose their names.
func escapeForeign(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	for len(s) > 0 {
		r, n := utf8.DecodeRuneInString(s)
		if r == utf8.RuneError && n == 1 {
			writeEscaped(&b, s[0])
		} else {
			b.WriteString(s[:n])
		}
		s = s[n:]
	}
	return b.String()
}

// normaliseEscapes writes every byte of a path or query in one way: letters,
// digits and the bytes of plain stand for themselves, what no URL may hold is
// escaped, escapes are in upper case, a per cent sign that escapes nothing is
// itself escaped.
func normaliseEscapes(s, plain string) string {
	dirty := false
	for i := 0; i < len(s) && !dirty; i++ {
		dirty = s[i] == '%' || mustEscape(s[i])
	}
	if !dirty {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + 8)
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c != '%':
			if mustEscape(c) {
				writeEscaped(&b, c)
			} else {
				b.WriteByte(c)
			}
		case i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]):
			d := unhex(s[i+1])<<4 | unhex(s[i+2])
			if isAlphanumeric(d) || strings.IndexByte(plain, d) >= 0 {
				b.WriteByte(d)
			} else {
				writeEscaped(&b, d)
			}
			i += 2
		default:
			b.WriteString("%25")
		}
	}
	return b.String()
}

func writeEscaped(b *strings.Builder, c byte) {
	b.WriteByte('%')
	b.WriteByte(upperHex[c>>4])
	b.WriteByte(upperHex[c&15])
}

// mustEscape tells the bytes that RFC 3986 allows nowhere in a path or query,
// though browsers let some of them through.
func mustEscape(c byte) bool { return forbidden[c] }

var forbidden = func() (table [256]bool) {
	for c := range table {
		table[c] = c <= ' ' || c >= 0x7f || strings.IndexByte("\"<>\\^`{|}[]#", byte(c)) >= 0
	}
	return table
}()

func isAlphanumeric(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

func unhex(c byte) byte {
	switch {
	case c <= '9':
		return c - '0'
	case c >= 'a':
		return c - 'a' + 10
	default:
		return c - 'A' + 10
	}
}
