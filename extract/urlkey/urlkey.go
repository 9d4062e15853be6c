// Package urlkey says when two URLs name one page: every page has one Key.
//
// Three forms of a URL are kept apart. What a link says is raw. Clean makes of
// it the URL to fetch: absolute, normalised, without what only tracks the
// reader. Of makes of it the page's Key, which forgets also what does not
// change the text: scheme, www, mobile, AMP and print variants, index pages, the
// order of parameters.
// Of(Clean(u)) is Of(u).
package urlkey

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// A Key names a page. It is sortable: the pages of one site stand together.
//
//	https://www.example.com/news/1?id=2  →  com,example)/news/1?id=2
//	http://127.0.0.1:8080/news           →  127.0.0.1:8080)/news
type Key string

// ID is the page's short name, 16 hexadecimal digits of the key's SHA-256;
// people type the first few.
func (k Key) ID() string {
	h := sha256.Sum256([]byte(k))
	return hex.EncodeToString(h[:8])
}

// Of is the key of the page that raw names.
// The errors are those of Clean.
func Of(raw string) (Key, error) {
	a, err := parse("", raw)
	if err != nil {
		return "", err
	}
	a = origin(a)
	path, query := a.path, a.query
	path, query = plainVariant(path, query)
	host := plainHost(a)

	var b strings.Builder
	b.Grow(len(host) + len(path) + len(query) + 8)
	if a.named {
		reverseLabels(&b, host)
	} else {
		b.WriteString(host)
	}
	if a.port != "" {
		b.WriteByte(':')
		b.WriteString(a.port)
	}
	b.WriteByte(')')
	b.WriteString(path)
	if query != "" {
		b.WriteByte('?')
		b.WriteString(query)
	}
	if a.bang != "" {
		b.WriteString("#!")
		b.WriteString(normaliseEscapes(a.bang, keyPath))
	}
	return Key(b.String()), nil
}

// reverseLabels writes a.b.com as com,b,a.
func reverseLabels(b *strings.Builder, host string) {
	for end := len(host); end > 0; {
		start := strings.LastIndexByte(host[:end], '.') + 1
		b.WriteString(host[start:end])
		if start == 0 {
			return
		}
		b.WriteByte(',')
		end = start - 1
	}
}
