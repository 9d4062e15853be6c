package robots

import "strings"

// A rule is one Allow or Disallow line.
type rule struct {
	allow   bool
	pattern string // normalised, without the end mark
	atEnd   bool   // it ended in $
}

func newRule(allow bool, value string) (rule, bool) {
	if value == "" { // "Disallow:" forbids nothing
		return rule{}, false
	}
	r := rule{allow: allow}
	value, r.atEnd = strings.CutSuffix(value, "$")
	if !strings.HasPrefix(value, "/") && !strings.HasPrefix(value, "*") {
		value = "/" + value // what "Disallow: private" must mean
	}
	r.pattern = normalise(value, true)
	if !r.atEnd {
		r.pattern = strings.TrimRight(r.pattern, "*") // an open end says the same
	}
	return r, true
}

// String is the line as it may have stood in the file.
func (r *rule) String() string {
	s := "robots.txt: Disallow: "
	if r.allow {
		s = "robots.txt: Allow: "
	}
	s += r.pattern
	if r.atEnd {
		s += "$"
	}
	return s
}

// decide is the most specific rule for a path with its query: the longest, and
// of two as long the one that allows. It is nil when none matches.
func (f *file) decide(path string) *rule {
	path = normalise(path, false)
	var best *rule
	for i := range f.rules {
		r := &f.rules[i]
		if best != nil && (r.octets() < best.octets() || r.octets() == best.octets() && (best.allow || !r.allow)) {
			continue
		}
		if r.matches(path) {
			best = r
		}
	}
	return best
}

func (r *rule) octets() int {
	if r.atEnd {
		return len(r.pattern) + 1
	}
	return len(r.pattern)
}

// matches compares piece by piece between the asterisks, each at the first
// place where it fits; so it takes no more than linear time per piece.
func (r *rule) matches(path string) bool {
	piece, rest, more := strings.Cut(r.pattern, "*")
	if !strings.HasPrefix(path, piece) {
		return false
	}
	path = path[len(piece):]
	for more {
		piece, rest, more = strings.Cut(rest, "*")
		if !more && r.atEnd {
			return strings.HasSuffix(path, piece)
		}
		at := strings.Index(path, piece)
		if at < 0 {
			return false
		}
		path = path[at+len(piece):]
	}
	return !r.atEnd || path == ""
}

const upperHex = "0123456789ABCDEF"

// normalise writes a path or a pattern in one way, so that "é", "%c3%a9" and
// "%C3%A9" are the same and "%7E" is "~". In a path an asterisk or dollar sign
// is escaped, since in a pattern they mean something else.
func normalise(s string, pattern bool) string {
	plain := true
	for i := 0; i < len(s) && plain; i++ {
		plain = s[i] > ' ' && s[i] < 0x7f && s[i] != '%' && s[i] != '$' && (pattern || s[i] != '*')
	}
	if plain {
		return strings.Clone(s)
	}
	var b strings.Builder
	escape := func(c byte) {
		b.WriteByte('%')
		b.WriteByte(upperHex[c>>4])
		b.WriteByte(upperHex[c&15])
	}
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]):
			d := unhex(s[i+1])<<4 | unhex(s[i+2])
			if isUnreserved(d) {
				b.WriteByte(d)
			} else {
				escape(d)
			}
			i += 2
		case c <= ' ' || c >= 0x7f || c == '$' || c == '*' && !pattern:
			escape(c)
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

func isUnreserved(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("-._~", c) >= 0
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
	}
	return c - 'A' + 10
}
