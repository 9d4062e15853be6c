package notice

import (
	"iter"
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
	Dated      bool     // the page says when it was published
}

// Wall tells whether the page is nothing but a wall, and why, in words for
// people: a consent wall, a challenge, a "please enable JavaScript" page, a
// region block, a login, a site that is down. An article beside the wall
// vetoes; so does a single paragraph, unless the wall says that there is more
// behind it and nothing else speaks for an article: then it is a teaser.
func Wall(f Facts) (why string, is bool) {
	if f.Status == 451 {
		return "the site shuts out this region (status 451)", true
	}
	asking := consentAddress(f.Final) || f.Final == "" && consentAddress(f.URL)
	if loginAddress(f.Final) && !loginAddress(f.URL) && !f.HasArticle {
		return "the site led to its login page", true
	}
	v := view(f, asking)
	if !f.HasArticle && v.prose < 120 && asking {
		return "the address is that of a consent wall", true
	}
	if v.paragraphs >= enoughParagraphs || v.prose >= enoughWords {
		return "", false
	}
	if why, is := v.shuts(f); is {
		return string(why), true
	}
	if v.consent == 0 && v.soft == 0 || v.buttons == 0 && f.Page != nil && !f.Page.pressable() || policyAddress(f.URL) {
		return "", false
	}
	if v.paragraphs == 0 && v.consent > 0 && v.rest+v.asides <= max(15, v.consent) && !(f.HasArticle && v.rest > 40) {
		return "the page holds a consent notice and no article", true
	}
	if v.paragraphs == 0 && !f.HasArticle && !f.Dated && v.rest <= 80 && (v.buttons >= 2 || v.entrance) && (v.soft >= 2 || v.entrance || v.offers || v.buttons >= 3) {
		return "the page asks for consent and holds no article", true
	}
	if v.paragraphs == 1 && v.prose <= 60 && v.entrance && v.rest+v.asides <= 80 && !v.spoken && !f.Dated {
		return "the page holds a teaser above a consent wall", true
	}
	return "", false
}

// A seen is what a page shows, counted in words.
type seen struct {
	consent    int // of notices
	prose      int // of paragraphs that are no notice and no wall
	paragraphs int // how many those are
	rest       int // of everything else: lists, labels, headings
	total      int // all
	home       languages
	asides     int  // words of paragraphs that only speak to the reader
	soft       int  // blocks that sound like consent, and are no notice for certain
	buttons    int  // labels of a choice
	entrance   bool // "before you continue", "accept to read"
	offers     bool // consent, or money
	walls      []wallSort
	spoken     bool     // something else is said
	late       bool     // the first of them comes after it
	head       wallSort // what the title or a heading says of a wall
	buf        []byte   // for folding
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
	var places []int    // of the texts in the page
	var pruned []string // blocks that are no longer there
	if f.Page != nil {
		texts, hot, places = f.Page.rest()
		for _, said := range f.Page.pruned {
			v.consent += wordCount(said)
		}
	}
	for i := range f.Page.went() {
		pruned = append(pruned, f.Page.texts[i])
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
	if v.home = x.home(texts) | x.language(spoken(f.Page)); v.home == 0 {
		v.home = every
	}
	if f.Title != "" {
		v.head = v.titled(x, f.Title, f.Status)
	}
	for _, s := range pruned {
		v.look(x, s, f.Status)
	}
	for b, s := range texts {
		at := beside
		if b < len(places) {
			at = f.Page.where(places[b])
		} else if f.Page == nil {
			at = 0
		}
		v.block(x, s, taken[b], at, f.Status)
	}
	return v
}

// Where a block stands.
type where int8

const (
	framed  where = 1 << iota // in the page's header, footer or menu
	headed                    // it is a heading
	linked                    // it is a link to somewhere else
	pressed                   // it is a button
	beside                    // it is for browsers without scripts
)

// pressable tells a page with something to press, whatever is written on it.
func (p *Page) pressable() bool {
	for i := range p.all {
		if n := p.all[i].node; n.DataAtom == atom.Button || attr(n, "role") == "button" {
			return true
		}
	}
	return false
}

// rest gives the texts that Prune left, or all when it was not asked, and which they are.
func (p *Page) rest() (texts []string, hot []bool, places []int) {
	for i, s := range p.texts {
		if p.taken != nil && p.taken[i] {
			continue
		}
		texts, hot, places = append(texts, s), append(hot, p.hot != nil && p.hot[i]), append(places, i)
	}
	if p.hot == nil {
		hot = nil
	}
	return texts, hot, places
}

// went yields the blocks that Prune took.
func (p *Page) went() iter.Seq[int] {
	return func(yield func(int) bool) {
		if p == nil {
			return
		}
		for i, taken := range p.taken {
			if taken && !yield(i) {
				return
			}
		}
	}
}

// where tells where a block stands.
func (p *Page) where(i int) (at where) {
	own := p.all[p.owners[i]].node
	switch own.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		at |= headed
	}
	if own.DataAtom == atom.Button || own.DataAtom == atom.Input || attr(own, "role") == "button" {
		at |= pressed
	} else {
		for c := own.FirstChild; c != nil; c = c.NextSibling {
			if c.DataAtom == atom.A && c.Type == html.ElementNode && len(attr(c, "href")) > 1 && !strings.HasPrefix(attr(c, "href"), "javascript:") {
				at |= linked
			}
		}
	}
	for n := own; n != nil; n = n.Parent {
		switch n.DataAtom {
		case atom.Header, atom.Footer, atom.Nav:
			return at | framed
		}
	}
	return at
}

// obvious looks only for paragraphs that are too long for anything else.
func (v *seen) obvious(x *lexicon, texts []string, taken []int) bool {
	w := *v
	w.home = every
	for b, s := range texts {
		if len(s) > 240 && taken[b] == 0 && ended(s) {
			w.block(x, s, 0, 0, 0)
			if w.paragraphs >= enoughParagraphs || w.prose >= enoughWords {
				*v = w
				return true
			}
		}
	}
	return false
}

// block counts what one block of the page is.
func (v *seen) block(x *lexicon, s string, taken int, at where, status int) {
	n := wordCount(s)
	if at&framed != 0 && taken == 0 {
		return
	}
	m, w := v.read(x, s)
	v.total += n
	if !v.entrance && len(s) <= 2000 {
		v.entrance = m.in[enter]|m.in[pay] != 0
	}
	v.offers = v.offers || m.in[pay]&(m.in[storage]|m.in[device]|m.in[purpose]|m.in[act]) != 0
	if taken > 0 && n-taken >= 40 { // a notice glued to much other text
		v.paragraphs++
		v.prose += n - taken
		return
	}
	if at&pressed != 0 || n < 5 && x.buttons(s) {
		v.buttons++
		return
	}
	if at&linked == 0 || n >= 8 && ended(s) {
		if wall := v.said(&m, &w, s, n, status); wall != "" {
			v.walls = append(v.walls, wall)
			v.late = v.late || len(v.walls) == 1 && v.spoken
			if at&headed != 0 {
				v.head = wall
			}
			return
		}
	}
	if x.buttons(s) {
		v.buttons++
		return
	}
	if taken > 0 || at&beside != 0 || x.heading(s) {
		return
	}
	speaks := m.in[voice]|m.in[site]|m.in[you] != 0 && (m.in[report] == 0 || n <= 25 && m.in[you] != 0) && n <= 60
	if about := m.in[storage] | m.in[device] | m.in[purpose] | m.in[act]; speaks && about|m.in[pay] != 0 || n <= 30 && m.in[pay]&about != 0 {
		v.soft++
		return
	}
	switch {
	case n >= 8 && ended(s) && m.in[act]|m.in[policy] != 0 && m.in[voice]|m.in[site]|m.in[you] != 0 && n <= 25:
		v.rest += n
	case speaks && n >= 4 && ended(s), w.mentions() && n <= 20 && m.in[report] == 0:
		v.asides += n
		v.spoken = v.spoken || n >= 8 && at&headed == 0
	case n >= 8 && ended(s):
		v.paragraphs++
		v.prose += n
	default:
		v.rest += n
	}
}

// titled is what a title says of a wall.
func (v *seen) titled(x *lexicon, s string, status int) wallSort {
	m, w := v.read(x, s)
	return v.said(&m, &w, s, wordCount(s), status)
}

// read marks a text, in the languages of the page only: a word of one is
// another word in the next. Challenges are in English everywhere.
func (v *seen) read(x *lexicon, s string) (m marks, w wallMarks) {
	v.buf = fold(v.buf[:0], s)
	x.read(v.buf, &m)
	w = wallMarksOf(v.buf)
	if m.in[gate] == every { // a bare word such as captcha
		m.in[gate] = 0
	}
	for i := range m.in {
		m.in[i] &= v.home
	}
	w.within(v.home | x.language("en"))
	return m, w
}

// look reads a block that is no longer there.
func (v *seen) look(x *lexicon, s string, status int) {
	if len(s) > 2000 {
		return
	}
	m, w := v.read(x, s)
	v.entrance = v.entrance || m.in[enter]|m.in[pay] != 0
	v.offers = v.offers || m.in[pay]&(m.in[storage]|m.in[device]|m.in[purpose]|m.in[act]) != 0
	if wall := v.said(&m, &w, s, wordCount(s), status); wall != "" {
		v.walls = append(v.walls, wall)
	} else if x.buttons(s) {
		v.buttons++
	}
}

// spoken is the language that the page says it is in.
func spoken(p *Page) string {
	if p == nil {
		return ""
	}
	for n := range p.doc.ChildNodes() {
		if n.DataAtom == atom.Html {
			return attr(n, "lang")
		}
	}
	return ""
}

// shuts tells a page that wants proof, a script, an age, an account before it shows anything.
func (v *seen) shuts(f Facts) (wallSort, bool) {
	why := v.head
	if len(v.walls) > 0 {
		why = v.walls[0]
	}
	refused := f.Status == 403 || f.Status == 429 || f.Status == 503
	most := 120 // words
	if refused {
		most = 250
	}
	switch {
	case why == "", v.total > most, v.rest > 80, v.asides > 60:
		return "", false
	case why == forbidden && v.total < 8: // a bare refusal is an error of the server's
		return "", false
	case f.Status >= 400 && !refused, why == storing && policyAddress(f.URL):
		return "", false
	case v.paragraphs > 0 && (f.HasArticle || f.Dated):
		return "", false
	case v.paragraphs > 0: // two walls and a heading that says so may have a few words beside them
		return why, v.head != "" && len(v.walls) >= 2 && v.prose <= 12
	case len(v.walls) > 0:
		return why, v.head != "" || len(v.walls) > 1 || !v.late && !f.HasArticle && !f.Dated
	case v.head != "":
		return why, refused || v.asides > 0 && !f.Dated || v.total <= 40 && !f.HasArticle && !f.Dated
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

// policyAddress tells an address that exists to explain what is stored: whoever
// asks for it gets what he asked for.
func policyAddress(raw string) bool {
	u, err := url.Parse(raw)
	if err != nil {
		return false
	}
	path := strings.ToLower(u.Path)
	for _, word := range []string{"privacy", "cookie-policy", "cookiepolicy", "cookie-notice", "datenschutz", "confidentialit", "privacidad", "privacidade", "politica-de-cookies", "/cookies", "prywatnosc", "integritet", "terms", "legal"} {
		if strings.Contains(path, word) && !consentAddress(raw) {
			return true
		}
	}
	return false
}

// loginAddress tells the address of a page where readers log in.
func loginAddress(raw string) bool {
	u, err := url.Parse(raw)
	if err != nil {
		return false
	}
	for _, part := range strings.Split(strings.ToLower(u.Path), "/") {
		switch part {
		case "login", "signin", "sign-in", "log-in", "anmelden", "connexion", "iniciar-sesion", "accedi", "inloggen", "logowanie", "logga-in":
			return true
		}
	}
	return false
}
