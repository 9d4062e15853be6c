package urlkey

import (
	"errors"
	"fmt"
	"strings"

	whatwg "github.com/nlnwa/whatwg-url/url"
)

// ErrURL is wrapped by every error of this package: the text names no page
// that could be fetched.
var ErrURL = errors.New("not the URL of a page")

// maxLength bounds a URL, before and after normalisation. Longer ones are
// traps or data, hardly ever pages.
const maxLength = 4000

// An address is a parsed and normalised URL.
type address struct {
	scheme string
	host   string // lower case, punycode, no trailing dot; IPv6 in brackets
	named  bool   // host is a name of several labels, not an IP address
	port   string // empty for the scheme's own
	path   string // begins with a slash
	query  string // without the question mark
}

// parse reads ref, against base when that is not empty, as a browser would.
func parse(base, ref string) (address, error) {
	if len(ref) > maxLength || len(base) > maxLength {
		return address{}, fmt.Errorf("%w: longer than %d bytes", ErrURL, maxLength)
	}
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
	a := address{scheme: u.Scheme(), host: u.Hostname(), port: u.Port()}
	if a.scheme != "http" && a.scheme != "https" {
		return address{}, fmt.Errorf("%w: %q: scheme %q is not http or https", ErrURL, ref, a.scheme)
	}
	if u.Username() != "" || u.Password() != "" {
		return address{}, fmt.Errorf("%w: it holds a user name or password", ErrURL)
	}
	numeric := u.IsIPv4() || u.IsIPv6()
	if !numeric {
		a.host = strings.TrimSuffix(a.host, ".")
		a.named = strings.Contains(a.host, ".")
	}
	if a.host == "" || strings.Contains(a.host, "..") || a.host[0] == '.' {
		return address{}, fmt.Errorf("%w: %q has no host", ErrURL, ref)
	}
	a.path = normalisePath(u.Pathname())
	a.query = cleanQuery(u.Query())
	if len(a.scheme)+len(a.host)+len(a.path)+len(a.query) > maxLength {
		return address{}, fmt.Errorf("%w: longer than %d bytes", ErrURL, maxLength)
	}
	return a, nil
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
	return b.String()
}

// Clean is the URL under which raw's page is fetched: absolute and normalised,
// without fragment, tracking parameters and session ids. The error wraps
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
	if path == "" || path[0] != '/' {
		path = "/" + path
	}
	return path
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
