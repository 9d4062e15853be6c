package filter

import "strings"

// keyOf finds what an element must have to match a compound: an id before a
// class, a class before all else.
func keyOf(s string) key {
	var k key
	for i := 0; i < len(s); {
		switch s[i] {
		case '#', '.':
			n, meaning := name(s[i+1:])
			if s[i] == '#' && k.id == "" {
				k.id = meaning
			} else if s[i] == '.' && k.class == "" {
				k.class = meaning
			}
			i += 1 + max(n, 1)
		case '[':
			end := 0
			for from := 0; end == 0; { // past brackets in quotes
				q := strings.IndexAny(s[i+from:], `"']`)
				if q < 0 {
					return k
				}
				if s[i+from+q] == ']' {
					end = from + q
					continue
				}
				n := quoted(s[i+from+q:])
				if n < 0 {
					return k
				}
				from += q + n
			}
			k.attribute(s[i+1 : i+end])
			i += end + 1
		case ':':
			i++
			for i < len(s) && s[i] != '(' && strings.IndexByte("#.[:", s[i]) < 0 {
				i++
			}
			if i < len(s) && s[i] == '(' {
				inside, ok := closing(s[i+1:])
				if !ok {
					return k
				}
				i += len(inside) + 2
			}
		case '*':
			i++
		default:
			n, meaning := name(s[i:])
			if n == 0 {
				return key{}
			}
			k.tag = strings.ToLower(meaning)
			i += n
		}
	}
	return k
}

// attribute reads what stands between brackets. Of several attributes the one
// with the longest literal counts.
func (k *key) attribute(s string) {
	s = strings.TrimSpace(s)
	n, name := name(s)
	rest := strings.TrimSpace(s[n:])
	if name == "" || strings.HasPrefix(rest, "!") || strings.HasPrefix(rest, "|") && !strings.HasPrefix(rest, "|=") {
		return
	}
	literal := ""
	if op := strings.IndexByte(rest, '='); op >= 0 {
		value := strings.TrimSpace(rest[op+1:])
		if value != "" && (value[0] == '"' || value[0] == '\'') {
			if n := quoted(value); n > 0 {
				literal = value[1 : n-1]
			}
		} else {
			literal, _, _ = strings.Cut(value, " ")
		}
		if strings.IndexByte(literal, '\\') >= 0 {
			literal = ""
		}
	}
	if k.attr == "" || len(literal) > len(k.literal) {
		k.attr, k.literal = strings.ToLower(name), literal
	}
}

// A sieve remembers which runs of three letters were seen in the values of
// attributes, whatever their case: what it has not seen is in none of them.
type sieve [1 << 16 / 64]uint64

func run3(a, b, c byte) uint32 {
	h := (uint32(lower[a])<<16 | uint32(lower[b])<<8 | uint32(lower[c])) * 0x9e3779b1
	return h >> 16
}

var lower = func() (t [256]byte) {
	for i := range t {
		t[i] = byte(i)
		if i >= 'A' && i <= 'Z' {
			t[i] += 'a' - 'A'
		}
	}
	return t
}()

func (v *sieve) add(s string) {
	for i := 2; i < len(s); i++ {
		h := run3(s[i-2], s[i-1], s[i])
		v[h/64] |= 1 << (h % 64)
	}
}

// may tells whether a value with the literal in it may have been seen.
func (v *sieve) may(literal string) bool {
	for i := 2; i < len(literal); i++ {
		if h := run3(literal[i-2], literal[i-1], literal[i]); v[h/64]&(1<<(h%64)) == 0 {
			return false
		}
	}
	return true
}
