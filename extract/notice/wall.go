package notice

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Facts are what Wall judges a page by.
type Facts struct {
	URL        string   // asked for
	Final      string   // answered, after redirects
	Status     int      // HTTP status; 0 means 200
	Title      string   // of the page
	Page       *Page    // the page as ReadPage gave it, before Prune or after it; may be nil
	Prose      []string // the texts of the blocks that extraction chose; notices among them don't matter
	HasArticle bool     // structured evidence of an article: a JSON-LD body, a headline with a matching h1 …
}

// Wall tells whether the page is nothing but a consent wall, a challenge, a
// "please enable JavaScript" page or a region block, and why, in words for
// people. An article beside the wall vetoes; a single paragraph above a wall
// that says so does not.
func Wall(f Facts) (why string, is bool) {
	if f.Status == 451 {
		return "the site shuts out this region (status 451)", true
	}
	asking := consentAddress(f.Final) || f.Final == "" && consentAddress(f.URL)
	v := view(f, asking)
	if !f.HasArticle && v.prose < 120 && asking {
		return "the address is that of a consent wall", true
	}
	if v.paragraphs >= enoughParagraphs || v.prose >= enoughWords {
		return "", false
	}
	if why, is := v.challenge(f); is {
		return why, true
	}
	if v.consent == 0 {
		return "", false
	}
	if v.paragraphs == 0 && v.rest <= max(15, v.consent) && !(f.HasArticle && v.rest > 40) {
		return "the page holds a consent notice and no article", true
	}
	if v.paragraphs == 1 && v.prose <= 60 && v.entrance && v.rest <= 80 {
		return "the page holds a teaser above a consent wall", true
	}
	return "", false
}

// A seen is what a page shows, counted in words.
type seen struct {
	consent    int  // of notices
	prose      int  // of paragraphs that are no notice
	paragraphs int  // how many those are
	rest       int  // of everything else: lists, labels, headings
	total      int  // all
	gates      int  // blocks that speak of a challenge
	clear      bool // one of them says so in more than a word
	entrance   bool // "before you continue", "accept to read"
}

// enough words of paragraphs, or enough paragraphs, are no wall.
const (
	enoughWords      = 60
	enoughParagraphs = 2
	enoughText       = 20000 // bytes
)

// view looks at the page until it has seen enough to know that it is no wall;
// whole makes it look to the end.
func view(f Facts, whole bool) seen {
	x := words()
	var v seen
	texts := f.Prose
	var hot []bool
	if f.Page != nil {
		texts, hot = f.Page.rest()
		for _, said := range f.Page.pruned {
			v.consent += wordCount(said)
			for _, line := range strings.Split(said, "\n") {
				v.look(x, line)
			}
		}
	}
	size := max(len(texts)-1, 0)
	for _, s := range texts {
		size += len(s)
	}
	if f.Page != nil && size < 1500 {
		for _, s := range noscripts(f.Page.doc) {
			texts, size, hot = append(texts, s), size+1+len(s), nil
		}
	}
	if size > enoughText {
		v.paragraphs, v.prose = 99, size
		return v
	}
	t := newText(x, texts, hot, "")
	taken := make([]int, len(texts)) // words of notices, by block
	for _, r := range t.runs() {
		if !t.decide(r, evidence{named: true, page: true}) {
			continue
		}
		for i := r.first; i <= r.last; i++ {
			n := t.at(i).words
			v.consent += n
			taken[t.list[i].block] += n
		}
	}
	if !whole && v.obvious(x, texts, taken) {
		return v
	}
	for b, s := range texts {
		v.block(x, s, taken[b])
	}
	return v
}

// rest gives the texts that Prune left, or all when it was not asked.
func (p *Page) rest() (texts []string, hot []bool) {
	if p.taken == nil {
		return p.texts[:len(p.texts):len(p.texts)], nil
	}
	texts, hot, _ = p.left()
	return texts, hot
}

// obvious looks only for paragraphs that are too long for anything else.
func (v *seen) obvious(x *lexicon, texts []string, taken []int) bool {
	w := *v
	for b, s := range texts {
		if len(s) > 240 && taken[b] == 0 && ended(s) {
			w.block(x, s, 0)
			if w.paragraphs >= enoughParagraphs || w.prose >= enoughWords {
				*v = w
				return true
			}
		}
	}
	return false
}

// block counts what one block of the page is.
func (v *seen) block(x *lexicon, s string, taken int) {
	n := wordCount(s)
	v.total += n
	var m marks
	x.read(fold(nil, s), &m)
	if !v.entrance && len(s) <= 2000 {
		v.entrance = m.in[enter]|m.in[pay] != 0
	}
	gate := gateIn(&m, s)
	if gate {
		v.gates++
		v.clear = v.clear || n >= 3
	}
	if taken > 0 && n-taken >= 40 { // a notice glued to much other text
		v.paragraphs++
		v.prose += n - taken
		return
	}
	if taken > 0 || gate || x.buttons(s) || x.heading(s) {
		return
	}
	if n >= 8 && ended(s) && !(m.in[act]|m.in[policy] != 0 && m.in[voice]|m.in[site]|m.in[you] != 0 && n <= 25) {
		v.paragraphs++
		v.prose += n
		return
	}
	v.rest += n
}

// look notes whether a line invites the reader to come in.
func (v *seen) look(x *lexicon, line string) {
	if v.entrance || len(line) > 2000 {
		return
	}
	var m marks
	x.read(fold(nil, line), &m)
	v.entrance = m.in[enter]|m.in[pay] != 0
}

// gateIn tells whether a block speaks of a challenge: a phrase, or a single
// word such as captcha that makes up much of a short line.
func gateIn(m *marks, s string) bool {
	return m.in[gate] != 0 && (m.in[gate] != every || wordCount(s) <= 12)
}

// challenge tells a page that wants proof, a script or cookies before it shows anything.
func (v *seen) challenge(f Facts) (string, bool) {
	var m marks
	words().read(fold(nil, f.Title), &m)
	title := f.Title != "" && gateIn(&m, f.Title)
	if v.paragraphs > 0 && !title && v.gates < 2 || f.HasArticle && v.paragraphs > 0 {
		return "", false
	}
	switch {
	case v.total > 250:
		return "", false
	case v.gates >= 1 && v.clear && v.rest <= 60, title && v.gates >= 1, v.gates >= 2 && v.rest <= 100:
		return "the page asks for a browser check, a script or cookies, or shuts the reader out", true
	case title && (f.Status == 403 || f.Status == 429 || f.Status == 503):
		return "the server answered with a browser check", true
	}
	return "", false
}

func ended(s string) bool {
	s = strings.TrimRight(s, " \n\t\"'”’»)")
	for _, end := range []string{".", "!", "?", "…", "。", "！", "？", "।", "؟", "۔", ":"} {
		if strings.HasSuffix(s, end) {
			return true
		}
	}
	return false
}

// noscripts gives what the page says to a browser without scripts.
func noscripts(doc *html.Node) []string {
	var list []string
	for n := range doc.Descendants() {
		if n.Type == html.TextNode && n.Parent != nil && n.Parent.DataAtom == atom.Noscript && !strings.Contains(n.Data, "<img") &&
			!strings.Contains(n.Data, "<iframe") && !strings.Contains(n.Data, "<link") && !strings.Contains(n.Data, "<style") && len(n.Data) < 2000 {
			if s := strings.TrimSpace(untagged(n.Data)); s != "" {
				list = append(list, s)
			}
		}
	}
	return list
}

// untagged drops tags from markup that was not parsed.
func untagged(s string) string {
	var b strings.Builder
	for {
		text, rest, ok := strings.Cut(s, "<")
		b.WriteString(text)
		if !ok {
			return b.String()
		}
		if _, s, ok = strings.Cut(rest, ">"); !ok {
			return b.String()
		}
		b.WriteByte(' ')
	}
}

// consentAddress tells an address that exists to ask for consent.
func consentAddress(raw string) bool {
	u, err := url.Parse(raw)
	if err != nil {
		return false
	}
	host := strings.ToLower(u.Hostname())
	label, _, _ := strings.Cut(host, ".")
	switch label {
	case "consent", "consents", "cmp", "guce", "myprivacy", "privacywall", "cookiewall", "privacy-mgmt", "zustimmung", "cookies", "gdpr":
		return true
	}
	if strings.HasSuffix(host, ".privacy-mgmt.com") || strings.HasSuffix(host, ".consensu.org") {
		return true
	}
	for _, part := range strings.Split(strings.ToLower(u.Path), "/") {
		switch part {
		case "collectconsent", "consent", "cookiewall", "cookie-wall", "privacy-wall", "privacywall", "gdpr-consent", "cookie-consent", "zustimmung", "privacygate", "privacy-gate", "cookiesplus":
			return true
		}
	}
	return false
}
