package urlkey

import (
	"errors"
	"fmt"
	"net/netip"
	"strconv"
	"strings"

	whatwg "github.com/nlnwa/whatwg-url/url"
)

// ErrURL is wrapped by every error of this package: the text names no page
// that could be fetched.
var ErrURL = errors.New("not the URL of a page")

// maxLength bounds a URL, before and after normalisation. Longer ones are
// traps or data, hardly ever pages.
const maxLength = 4000

// maxHost is the longest name that DNS knows.
const maxHost = 253

// An address is a parsed and normalised URL.
type address struct {
	scheme string
	host   string // lower case, punycode, no trailing dot; IPv6 in brackets
	named  bool   // host is a name of several labels, not an IP address
	port   string // empty for the scheme's own
	path   string // begins with a slash
	query  string // without the question mark
	bang   string // what follows "#!" where that is a path: some sites name their pages there
}

// parse reads ref, against base when that is not empty, as a browser would.
func parse(base, ref string) (address, error) {
	ref = escapeForeign(ref)
	if len(ref) > maxLength || len(base) > maxLength {
		return address{}, fmt.Errorf("%w: longer than %d bytes", ErrURL, maxLength)
	}
	a, ok := split(base, ref)
	if !ok {
		var err error
		if a, err = parseSlowly(base, ref); err != nil {
			return address{}, err
		}
	}
	if len(a.host) > maxHost {
		return address{}, fmt.Errorf("%w: host name longer than %d bytes", ErrURL, maxHost)
	}
	a.path = normalisePath(a.path)
	a.query = cleanQuery(a.query)
	a.bang = normaliseEscapes(a.bang, unreserved)
	if len(a.scheme)+len(a.host)+len(a.path)+len(a.query)+len(a.bang) > maxLength {
		return address{}, fmt.Errorf("%w: longer than %d bytes", ErrURL, maxLength)
	}
	return a, nil
}

func parseSlowly(base, ref string) (address, error) {
	var u *whatwg.Url
	var err error
	if base == "" {
		u, err = whatwg.Parse(ref)
	} else {
		u, err = whatwg.ParseRef(base, ref)
	}
	if err != nil {
		return address{}, fmt.Errorf("%w: %q: %v", ErrURL, ref, err)
	}
	a := address{scheme: u.Scheme(), host: u.Hostname(), port: u.Port(), path: u.Pathname(), query: u.Query()}
	if bang, ok := strings.CutPrefix(u.Fragment(), "!/"); ok && bang != "" {
		a.bang = "/" + bang
	}
	if a.scheme != "http" && a.scheme != "https" {
		return address{}, fmt.Errorf("%w: %q: scheme %q is not http or https", ErrURL, ref, a.scheme)
	}
	if u.Username() != "" || u.Password() != "" {
		return address{}, fmt.Errorf("%w: it holds a user name or password", ErrURL)
	}
	if _, err := netip.ParseAddr(strings.Trim(a.host, "[]")); err == nil {
		return a, nil // u itself forgets that it is numeric when the host came from base
	}
	a.host = strings.TrimSuffix(a.host, ".")
	if a.host == "" || strings.Contains(a.host, "..") || a.host[0] == '.' || endsInNumber(a.host) {
		return address{}, fmt.Errorf("%w: %q has no proper host", ErrURL, ref)
	}
	a.named = strings.Contains(a.host, ".")
	return a, nil
}

// split takes apart the common URL that is absolute, or relative to the root
// of base, and already normal, at a small part of the cost of a browser's
// parser; ok is false for any other.
func split(base, ref string) (a address, ok bool) {
	if base != "" && len(ref) > 1 && ref[0] == '/' && ref[1] != '/' {
		if a, _, ok = splitHost(base); !ok {
			return a, false
		}
	} else if a, ref, ok = splitHost(ref); !ok {
		return a, false
	}
	ref, fragment, _ := strings.Cut(ref, "#")
	if strings.HasPrefix(fragment, "!") {
		return a, false
	}
	for i := 0; i < len(ref); i++ {
		if c := ref[i]; c == '%' || c == '\'' || mustEscape(c) {
			return a, false
		}
	}
	a.path, a.query, _ = strings.Cut(ref, "?")
	if a.path == "" {
		a.path = "/"
	}
	return a, !strings.Contains(a.path, "/.")
}

// splitHost reads the scheme and host of a URL and leaves the rest of it.
func splitHost(raw string) (a address, rest string, ok bool) {
	if rest, ok = strings.CutPrefix(raw, "https://"); ok {
		a.scheme = "https"
	} else if rest, ok = strings.CutPrefix(raw, "http://"); ok {
		a.scheme = "http"
	} else {
		return a, "", false
	}
	end := strings.IndexByte(rest, '/')
	if end < 0 {
		end = len(rest)
	}
	a.host, rest = rest[:end], rest[end:]
	var ported bool
	if a.host, a.port, ported = strings.Cut(a.host, ":"); ported {
		n, err := strconv.ParseUint(a.port, 10, 16)
		if err != nil || a.port[0] < '1' || a.port[0] > '9' || n == 80 || n == 443 {
			return a, "", false
		}
	}
	for i := 0; i < len(a.host); i++ {
		if c := a.host[i]; c != '.' && c != '-' && (!isAlphanumeric(c) || 'A' <= c && c <= 'Z') {
			return a, "", false
		}
	}
	if strings.HasPrefix(a.host, "-") || strings.Contains(a.host, ".-") { // a browser takes "-0" for a number
		return a, "", false
	}
	if a.host == "" || a.host[0] == '.' || a.host[len(a.host)-1] == '.' || strings.Contains(a.host, "..") ||
		strings.Contains(a.host, "xn--") {
		return a, "", false
	}
	if endsInNumber(a.host) {
		_, err := netip.ParseAddr(a.host) // four decimal numbers, nothing more fanciful
		return a, rest, err == nil
	}
	a.named = strings.Contains(a.host, ".")
	return a, rest, true
}

// endsInNumber tells what might be taken for an IPv4 address.
func endsInNumber(host string) bool {
	label := host[strings.LastIndexByte(host, '.')+1:]
	if strings.HasPrefix(label, "0x") {
		return true
	}
	return strings.Trim(label, "0123456789") == ""
}

func (a address) String() string {
	var b strings.Builder
	b.Grow(len(a.scheme) + len(a.host) + len(a.path) + len(a.query) + 12)
	b.WriteString(a.scheme)
	b.WriteString("://")
	b.WriteString(a.host)
	if a.port != "" {
		b.WriteByte(':')
		b.WriteString(a.port)
	}
	b.WriteString(a.path)
	if a.query != "" {
		b.WriteByte('?')
		b.WriteString(a.query)
	}
	if a.bang != "" {
		b.WriteString("#!")
		b.WriteString(a.bang)
	}
	return b.String()
}

// Clean is the URL under which raw's page is fetched: absolute and normalised,
// without tracking parameters, session ids and fragment, unless that is a path
// ("#!/news/1"), which names a page. The error wraps
// ErrURL when raw is not http or https, has no host, holds a user name, or is
// longer than 4000 bytes.
func Clean(raw string) (string, error) {
	a, err := parse("", raw)
	if err != nil {
		return "", err
	}
	return a.String(), nil
}

// Resolve is Clean of the link ref as found on the page base.
func Resolve(base, ref string) (string, error) {
	a, err := parse(base, ref)
	if err != nil {
		return "", err
	}
	return a.String(), nil
}

// normalisePath undoes needless escapes and drops session ids. Dot segments
// are already gone.
func normalisePath(path string) string {
	path = normaliseEscapes(path, unreserved)
	if strings.IndexByte(path, ';') >= 0 {
		path = dropPathSession(path)
	}
	if strings.IndexByte(path, ')') >= 0 || strings.Contains(path, "%29") {
		path = dropCookieless(path)
	}
	if path == "" || path[0] != '/' {
		path = "/" + path
	}
	return path
}

// dropCookieless takes the segments out of a path in which ASP.NET keeps a
// session when it sets no cookie: /(S(lit3py55t21z5v55vlm25s55))/news/1.aspx
func dropCookieless(path string) string {
	segments := strings.Split(path, "/")
	kept := segments[:0]
	for i, s := range segments {
		if i == 0 || !isCookieless(s) {
			kept = append(kept, s)
		}
	}
	return strings.Join(kept, "/")
}

// isCookieless reports whether a path segment is a session: (S(…)), also with
// the tickets A and F, and X for what the browser can, in the same brackets.
func isCookieless(segment string) bool {
	s := strings.NewReplacer("%28", "(", "%29", ")").Replace(segment)
	if len(s) < 4+20 || s[0] != '(' || s[len(s)-1] != ')' {
		return false
	}
	session := false
	for s = s[1 : len(s)-1]; s != ""; {
		if len(s) < 4 || strings.IndexByte("AFSX", s[0]) < 0 || s[1] != '(' {
			return false
		}
		end := strings.IndexByte(s, ')')
		if end < 0 || strings.Trim(s[2:end], alphanumerics+"-_") != "" {
			return false
		}
		session = session || s[0] == 'S' && end-2 >= 20
		s = s[end+1:]
	}
	return session
}

// dropPathSession takes ";jsessionid=…" and its like out of path segments.
func dropPathSession(path string) string {
	segments := strings.Split(path, "/")
	for i, s := range segments {
		parts := strings.Split(s, ";")
		kept := parts[:1]
		for _, p := range parts[1:] {
			name, value, _ := strings.Cut(p, "=")
			if !isSession(name, value) {
				kept = append(kept, p)
			}
		}
		segments[i] = strings.Join(kept, ";")
	}
	return strings.Join(segments, "/")
}
