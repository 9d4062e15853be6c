package notice

import (
	"iter"
	"math/bits"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

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
	spoken     bool      // something else is said
	late       bool      // the first of them comes after it
	head       wallSort  // what the title or a heading says of a wall
	machinery            // beside the text
	pool       wallMarks // what all blocks say of walls
	pooled     marks
	hint       wallSort // what a heading says of one, taken at its faintest word
	told       int      // words of blocks in the voice of an article
	addressed  int      // words of blocks that speak to the reader, or of the site
	doubts     int      // paragraphs with two words that walls have, and how many words those are
	doubtful   int
	purposes   int    // lines of a list of what is stored, and what for
	policy     bool   // the heading is that of a policy
	buf        []byte // for folding
}

// enough words of paragraphs, or enough paragraphs, are no wall.
const (
	enoughWords      = 60
	enoughParagraphs = 2
	enoughText       = 20000 // bytes
	smallText        = 4000  // bytes of a page whose markup is looked into
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
	if f.Page != nil && size < smallText {
		v.machinery = f.Page.machinery()
		v.guard, v.puzzle = guarded(f.Source)
	}
	t := newText(x, texts, hot, "")
	taken := make([]int, len(texts)) // words of notices, by block
	for _, r := range t.runs() {
		if !t.decide(r, evidence{named: true, page: true}) {
			continue
		}
		for i := r.first; i <= r.last; i++ {
			n := t.at(i).words
			if b := t.list[i].block; b < len(places) && f.Page.where(places[b])&framed != 0 {
				continue
			}
			v.consent += n
			taken[t.list[i].block] += n
		}
	}
	if !whole && v.obvious(x, texts, taken) {
		return v
	}
	v.home = x.tongues(texts, x.language(spoken(f.Page))|x.language(f.Language))
	if f.Title != "" {
		v.head = v.titled(x, f.Title, f.Status)
	}
	for _, s := range pruned {
		v.look(x, s, f.Status)
	}
	for b, s := range texts {
		at := beside
		switch n := wordCount(s); {
		case b < len(places):
			at = f.Page.where(places[b])
		case f.Page == nil && b == 0 && n <= 8 && !ended(s) && len(texts) > 1:
			at = headed
		case f.Page == nil:
			at = 0
			if n <= 4 && n > 0 && !ended(s) {
				v.pressed, v.choices = v.pressed+1, v.choices+1
			}
		}
		if taken[b] > 0 {
			v.block(x, s, taken[b], at, f.Status)
			continue
		}
		for line := range strings.Lines(s) {
			if line = strings.TrimSpace(line); line != "" {
				v.block(x, line, 0, at, f.Status)
			}
		}
	}
	return v
}

// tongues are the languages that a page's words are looked up in: the one that
// it says it is in, if its small words bear that out, else all that they may be
// of. A dozen words have too few of the small ones; whom they speak to helps.
func (x *lexicon) tongues(blocks []string, stated languages) languages {
	size := 0
	for _, s := range blocks {
		size += len(s)
	}
	var n [64]int
	x.count(blocks, &n)
	most := slices.Max(n[:])
	set := stated
	for i, c := range n {
		switch {
		case stated>>i&1 != 0 && c > 0 && c*3 >= most:
			return stated
		case c > 0 && (c*4 >= most*3 || size <= 300 && c*2 >= most || size <= 160):
			set |= 1 << i
		}
	}
	if size <= 160 && stated == 0 {
		var m marks
		for _, s := range blocks {
			x.read(fold(nil, s), &m)
		}
		set |= m.in[you] | m.in[voice] | m.in[site]
	}
	if set == 0 {
		return every
	}
	return set
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
	topics, _ := w.topics()
	asked := m.consents()
	v.total += n
	v.gather(&m, w, s, n, at)
	defer func() {
	}()
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
	speaks := m.in[voice]|m.in[site]|m.in[you] != 0 && (m.in[report] == 0 || m.in[you] != 0 && (n <= 25 || m.in[voice] != 0)) && n <= 60
	if about := m.in[storage] | m.in[device] | m.in[purpose] | m.in[act]; speaks && about|m.in[pay] != 0 || n <= 30 && m.in[pay]&about != 0 {
		v.soft++
		return
	}
	if asked >= 4 && n <= 60 && !cites(s) {
		v.soft++
		return
	}
	switch {
	case n >= 8 && ended(s) && m.in[act]|m.in[policy] != 0 && m.in[voice]|m.in[site]|m.in[you] != 0 && n <= 25:
		v.rest += n
	case speaks && n >= 4 && ended(s), (w.mentions() && n <= 20 || topics >= 3 || w[shutWord] != 0 && n <= 12) && m.in[report] == 0:
		v.asides += n
		v.spoken = v.spoken || n >= 8 && at&headed == 0
	case n >= 8 && ended(s):
		v.paragraphs++
		v.prose += n
		if topics == 2 && n <= 30 && m.in[report] == 0 {
			v.doubts++
			v.doubtful += n
		}
	default:
		v.rest += n
		if m.in[storage]|m.in[device]|m.in[purpose] != 0 && n >= 3 && at&linked == 0 {
			v.purposes++
		}
	}
}

// consents counts what a text has of a request for consent, in the language in which it has most.
func (m *marks) consents() (most int) {
	var n [64]int8
	for _, in := range [...]languages{m.in[storage], m.in[device], m.in[act], m.in[purpose], m.in[policy], m.in[voice] | m.in[site], m.in[you]} {
		for ; in != 0; in &= in - 1 {
			c := &n[bits.TrailingZeros64(uint64(in))]
			*c++
			most = max(most, int(*c))
		}
	}
	return most
}

// gather adds a block to what the page says as a whole.
func (v *seen) gather(m *marks, w wallMarks, s string, n int, at where) {
	addressed := m.in[voice] | m.in[site] | m.in[you] | m.in[act]
	topics, _ := w.topics()
	w.spoken(every)
	if at&headed != 0 && v.hint == "" {
		v.hint = sortOf(m, &w, s, n, 0, addressed)
	}
	for i := range wallSlots {
		v.pool[i] |= w[i]
	}
	for i := range m.in {
		v.pooled.in[i] |= m.in[i]
	}
	switch {
	case n >= 8 && m.in[report] != 0 && !(m.in[you] != 0 && (topics >= 3 || m.in[voice] != 0)) && m.consents() < 4, n >= 12 && cites(s):
		v.told += n
	case addressed != 0, topics >= 3, topics == 2 && n <= 30:
		v.addressed += n
	}
	v.policy = v.policy || at&headed != 0 && n <= 5 && m.in[policy] != 0
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
	en := x.language("en")
	for i := range m.in {
		switch slot(i) {
		case you, voice, site:
			m.in[i] &= v.home | en
		default:
			m.in[i] &= v.home
		}
	}
	w.within(v.home | en)
	return m, w
}

// look reads a block that is no longer there.
func (v *seen) look(x *lexicon, s string, status int) {
	if len(s) > 2000 {
		return
	}
	m, w := v.read(x, s)
	v.gather(&m, w, s, 0, 0)
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
