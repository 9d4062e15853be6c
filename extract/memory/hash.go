package memory

import "unicode/utf8"

const (
	offset = 14695981039346656037 // of FNV-1a
	prime  = 1099511628211
)

// Text gives the hash of a text's letters and digits, small and capital alike,
// and how many they are.
func Text(s string) (hash uint64, size int) {
	h := uint64(offset)
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			i++
			switch {
			case 'a' <= c && c <= 'z' || '0' <= c && c <= '9':
			case 'A' <= c && c <= 'Z':
				c |= 0x20
			default:
				continue
			}
			h = (h ^ uint64(c)) * prime
			size++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		i += n
		if mark(r) {
			continue
		}
		h = (h ^ uint64(r)) * prime
		size++
	}
	return finish(h), size
}

// mark tells the blocks of Unicode in which punctuation and spaces stand. It
// need not tell all: the same text repeats with the same marks mostly.
func mark(r rune) bool {
	return r < 0xc0 && r != 0xaa && r != 0xb5 && r != 0xba || r >= 0x2000 && r < 0x2070 || r >= 0x3000 && r < 0x3003 ||
		r >= 0x3008 && r < 0x3020 || r >= 0xff00 && r < 0xff10 || r == 0xfeff || r == utf8.RuneError
}

// Element gives the hash of an element by its tag and the words of its class
// that have no digits: those that have number the page, or the build.
func Element(tag, class string) uint64 {
	h := uint64(offset)
	for i := range len(tag) {
		h = (h ^ uint64(tag[i])) * prime
	}
	for i := 0; i < len(class); {
		for i < len(class) && space(class[i]) {
			i++
		}
		start, digits := i, false
		for i < len(class) && !space(class[i]) {
			digits = digits || '0' <= class[i] && class[i] <= '9'
			i++
		}
		if digits || start == i {
			continue
		}
		h = (h ^ ' ') * prime
		for _, c := range []byte(class[start:i]) {
			h = (h ^ uint64(c)) * prime
		}
	}
	return finish(h)
}

// Inside gives the hash of a place within another.
func Inside(outer, inner uint64) uint64 { return finish(outer*prime ^ inner) }

func space(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' }

// finish spreads what differs over all bits: tables go by some of them.
func finish(h uint64) uint64 {
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	h ^= h >> 33
	h *= 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}
