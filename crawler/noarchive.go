package crawler

import (
	"bytes"
	"net/http"
	"strings"

	"golang.org/x/net/html"
)

// noArchive is why a page that asks for no copy to be kept is not.
const noArchive = "noarchive"

// asksForNoCopy tells whether an answer says noarchive to all robots or to the
// one of that product token, and where: in X-Robots-Tag, with or without an
// agent before it, or in a meta element. noindex and nofollow are not looked
// at: they are about search results and about vouching for links, and what is
// asked for here is named by the site's own feeds and sections.
func asksForNoCopy(agent string, h http.Header, body []byte) (where string, asks bool) {
	for _, line := range h.Values("X-Robots-Tag") {
		to := ""
		for part := range strings.SplitSeq(line, ",") {
			if name, rule, ok := strings.Cut(part, ":"); ok && !strings.EqualFold(strings.TrimSpace(name), "unavailable_after") {
				to, part = strings.TrimSpace(name), rule // holds for what follows too
			}
			if strings.EqualFold(strings.TrimSpace(part), noArchive) && isTo(to, agent) {
				return "X-Robots-Tag: " + line, true
			}
		}
	}
	if !strings.Contains(h.Get("Content-Type"), "html") {
		return "", false
	}
	const head = 256 << 10
	if body = body[:min(len(body), head)]; !names(body, noArchive, 'v') {
		return "", false
	}
	z := html.NewTokenizer(bytes.NewReader(body))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return "", false
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			if t.Data == "body" {
				return "", false
			}
			if t.Data != "meta" {
				continue
			}
			var name, content string
			for _, a := range t.Attr {
				switch a.Key {
				case "name":
					name = strings.TrimSpace(a.Val)
				case "content":
					content = a.Val
				}
			}
			if !isTo(name, agent) || name == "" {
				continue
			}
			for rule := range strings.SplitSeq(content, ",") {
				if strings.EqualFold(strings.TrimSpace(rule), noArchive) {
					return "meta " + name + ": " + content, true
				}
			}
		}
	}
}

// names reports whether a word stands in a page, in letters of either size. It
// looks for the word's rarest letter, so that the pages without it, nearly all,
// are passed at a glance.
func names(page []byte, word string, rarest byte) bool {
	at := strings.IndexByte(word, rarest)
	for _, letter := range []byte{rarest, rarest &^ 0x20} {
		for from := 0; ; from++ {
			n := bytes.IndexByte(page[from:], letter)
			if n < 0 {
				break
			}
			from += n
			if begin := from - at; begin >= 0 && begin+len(word) <= len(page) && strings.EqualFold(string(page[begin:begin+len(word)]), word) {
				return true
			}
		}
	}
	return false
}

// isTo reports whether a rule for a name is for all robots, or for ours.
func isTo(name, agent string) bool {
	return name == "" || strings.EqualFold(name, "robots") || agent != "" && strings.EqualFold(name, agent)
}

// withheld settles a page that asks for no copy, where that is heeded. Where
// it is not, the run tells how many such pages were kept.
func (v *visit) withheld(a *answer) bool {
	if a.Status == http.StatusNotModified {
		return false
	}
	where, asks := asksForNoCopy(v.o.Agent, a.Header, a.Body)
	if !asks {
		return false
	}
	if v.o.HeedNoArchive {
		v.skip(noArchive, where, v.o.Now().Add(rarely))
		return true
	}
	v.mu.Lock()
	v.site.noCopies++
	v.mu.Unlock()
	return false
}
