package crawler

import (
	"bytes"
	"net/http"
	"strings"

	"golang.org/x/net/html"

	"pressmark/crawler/frontier"
	"pressmark/extract/urlkey"
)

const (
	canonicalOf   = "canonical of " // Via of such an address, before that of the page
	canonicalHead = 256 << 10       // of a page, in which its canonical address is looked for
	canonicalMost = 8               // mentions of the word that are looked at
)

// namesCanonical has the address asked for that a page names as the canonical
// one. That it names it proves nothing: templates name the home page, a
// section, or one page on all others. Both are kept, and whether they are one
// is decided by who can compare what they say.
func (v *visit) namesCanonical(a *answer) {
	if strings.HasPrefix(v.item.Via, canonicalOf) { // one that names a third may go on so for ever
		return
	}
	if a.Status != http.StatusOK || !strings.Contains(a.Header.Get("Content-Type"), "html") {
		return
	}
	to, err := urlkey.Resolve(a.final, canonical(a.Body))
	if err != nil {
		return
	}
	key, err := urlkey.Of(to)
	if err != nil || key == v.item.Page || v.leadsHome(to) {
		return
	}
	if own, err := urlkey.Of(a.final); err == nil && own == key { // it was led there just now
		return
	}
	if ok, _ := v.site.scope.page(to); !ok {
		return
	}
	v.links = append(v.links, v.link(to, frontier.Page, canonicalOf+v.item.URL))
}

// canonical is what a page's link rel=canonical refers to; "#", which names no
// other page, when there is none.
func canonical(body []byte) string {
	body = body[:min(len(body), canonicalHead)]
	for range canonicalMost {
		i := bytes.Index(body, []byte("anonical")) // whatever the case of its first letter
		if i < 0 {
			break
		}
		if tag := bytes.LastIndexByte(body[:i], '<'); tag >= 0 {
			if ref, ok := canonicalTag(body[tag:]); ok {
				return ref
			}
		}
		body = body[i+len("anonical"):]
	}
	return "#"
}

func canonicalTag(tag []byte) (ref string, ok bool) {
	z := html.NewTokenizer(bytes.NewReader(tag[:min(len(tag), 8<<10)]))
	if t := z.Next(); t != html.StartTagToken && t != html.SelfClosingTagToken {
		return "", false
	}
	token := z.Token()
	if token.Data != "link" {
		return "", false
	}
	named := false
	for _, attr := range token.Attr {
		switch attr.Key {
		case "rel":
			for word := range strings.FieldsSeq(attr.Val) {
				named = named || strings.EqualFold(word, "canonical")
			}
		case "href":
			ref = strings.TrimSpace(attr.Val)
		}
	}
	return ref, named && ref != ""
}
