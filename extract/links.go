package extract

import (
	"net/url"
	"strings"

	"golang.org/x/net/html/atom"
)

// links drops paragraphs and headings that are nothing but a link, and lists of links.
func (t *trimmer) links() {
	for i := range t.in {
		p := t.at(i)
		if t.gone[i] != 0 || p.runes == 0 {
			continue
		}
		all := p.linked*10 >= p.runes*8
		switch p.kind {
		case Paragraph, Quote:
			if all && p.runes < 300 && !(p.runes >= 40 && strings.HasSuffix(p.text, ".")) {
				t.drop(i, relatedMark, "link")
			}
		case Heading:
			if all && p.level != 1 && !numbered(p.text) && (i+1 >= len(t.in) || t.at(i+1).weight < 60) {
				t.drop(i, relatedMark, "link")
			}
		}
	}
	for i := 0; i < len(t.in); {
		j, linked, runes := i, 0, 0
		for j < len(t.in) && t.at(j).kind == Item {
			linked += t.at(j).linked
			runes += t.at(j).runes
			j++
		}
		if j > i && linked*10 >= runes*7 && !t.introduced(i) {
			for k := i; k < j; k++ {
				t.drop(k, relatedMark, "links")
			}
		}
		i = max(j, i+1)
	}
}

// numbered tells a heading that counts: "3. ", "12) ", "#4 ".
func numbered(s string) bool {
	s = strings.TrimPrefix(s, "#")
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n > 0 && n < 4 && n < len(s) && strings.IndexByte(".): ", s[n]) >= 0
}

// introduced tells whether a sentence of the text leads to the list at i.
func (t *trimmer) introduced(i int) bool {
	if i == 0 || t.gone[i-1] != 0 {
		return false
	}
	p := t.at(i - 1)
	return p.kind == Paragraph && p.runes >= 30 && p.linked*2 < p.runes && (strings.HasSuffix(p.text, ":") || strings.HasSuffix(p.text, "："))
}

// outward tells whether the first link of a piece leads to another house: to a
// museum or a help line, and not to the site's own forms or its channels.
func (t *trimmer) outward(p *piece) bool {
	own, err := url.Parse(t.facts.Canonical)
	if err != nil || own.Host == "" {
		return false
	}
	for n := range t.o.elements[p.in].node.Descendants() {
		if n.DataAtom != atom.A {
			continue
		}
		to, err := url.Parse(strings.TrimSpace(attribute(n, "href")))
		if err != nil || to.Host == "" || to.Scheme != "http" && to.Scheme != "https" {
			return false
		}
		a, b := house(to.Host), house(own.Host)
		return !channels[a] && a != b
	}
	return false
}

// house is the longest part of a host's name before its last: that which a house chose.
func house(host string) string {
	best := ""
	for l := range strings.SplitSeq(strings.ToLower(host[:max(0, strings.LastIndexByte(host, '.'))]), ".") {
		if len(l) > len(best) {
			best = l
		}
	}
	return best
}

// channels are houses where others have channels, shops and lists.
var channels = map[string]bool{
	"facebook": true, "twitter": true, "x": true, "instagram": true, "youtube": true, "youtu": true, "t": true, "telegram": true, "whatsapp": true, "wa": true,
	"tiktok": true, "linkedin": true, "apple": true, "google": true, "spotify": true, "patreon": true, "paypal": true, "ko-fi": true, "steadyhq": true,
	"substack": true, "mailchi": true, "list-manage": true, "bsky": true, "threads": true, "pinterest": true, "reddit": true, "vk": true, "ok": true,
	"weibo": true, "line": true, "viber": true, "discord": true, "mastodon": true, "feedly": true, "flipboard": true, "dzen": true, "bit": true,
}
