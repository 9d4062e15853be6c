package filter

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A Hidden is text that a rule took off a page, or would have taken.
type Hidden struct {
	Rule *Rule
	Text string // its blocks, one a line
	Why  string // it was not taken; empty when it was
}

// How much the rules may take, in percent.
const (
	mostProse    = 40 // of the page's prose: one element, one rule, and all together
	mostArticle  = 10 // of the article: rules that take it in several places, one and all together
	largestPlace = 25 // of the article: a rule that takes it in one place, such as a box, and all together
)

// The reasons for which a rule is not followed.
const (
	frame     = "it is a frame of the page: html, body, main, article"
	headline  = "it holds the headline"
	large     = "it holds more than 40 % of the page's prose"
	greedy    = "the rule would take more than 40 % of the page's prose"
	journal   = "the rule would take too much of the article: more than a quarter in one place, or a tenth in several"
	exhausted = "with what other rules take it would be too much of the article, or of the page's prose"
	within    = "it stands within a line of the article, which would have a hole"
	swayed    = "with what the rules take, much of the article would be lost, or another text be taken for it"
	nameless  = "it is text, and the rule names neither it nor this site"
)

// Greedy tells that a rule was not followed because of how much it would have taken.
func (h Hidden) Greedy() bool {
	switch h.Why {
	case large, greedy, journal, exhausted, swayed:
		return true
	}
	return false
}

// An Article is the text of a page that is not to be lost.
type Article struct {
	Size int                  // of its letters, in bytes
	In   func(*html.Node) int // how much of that a block holds
}

// A View is what the rules of a Set match on one page.
type View struct {
	rules   []*Rule
	page    *page
	hits    []found
	refused []Hidden
	cuts    []cut // in the order they were made
}

// A cut is an element that was taken off the page, and where it stood.
type cut struct{ node, parent, next *html.Node }

// Look finds what the rules match on a page. address is the page's; without it
// only the rules that name no site hold.
func (s *Set) Look(doc *html.Node, address string) *View {
	if s.Len() == 0 {
		return &View{page: &page{}}
	}
	c := s.scope(address)
	p := s.read(doc, &c)
	s.search(p, &c)
	v := &View{rules: s.rules, page: p}
	v.hits, v.refused = s.matches(p, &c)
	return v
}

// Weighs tells whether there is so much text in what the rules match that it
// could be of the article, or stands within a line of text.
func (v *View) Weighs() bool {
	for _, h := range v.hits {
		e := &v.page.elements[h.at]
		if e.prose >= 40 || inline(e.node.DataAtom) && v.page.elements[v.page.block(h.at)].prose >= 40 {
			return true
		}
	}
	return false
}

// Hide takes out of the page what the rules hide, and tells what that was.
//
// What has no text for readers stays where it is. A rule is not followed, and
// that is told too, where it would take html, body, main, article or what
// holds the headline, more than two fifths of the page's prose, or much of the
// article: more than a quarter in one place, or a tenth in several; nor where it names no site and, in what it matches,
// neither an id nor a class and that is text; nor where words within a line of the
// article would go.
func (v *View) Hide(article Article) (hidden, refused []Hidden) {
	var hits []found
	for _, h := range v.hits {
		if v.page.mends(article, h.at) {
			v.refused = refuse(v.refused, v.rules[h.rule], v.page.elements[h.at].node, within)
			continue
		}
		hits = append(hits, h)
	}
	refused = v.refused
	kept := v.page.admit(hits, v.rules, article)
	end := int32(0)
	for _, h := range hits {
		if h.at < end { // inside of what is gone
			continue
		}
		n := v.page.elements[h.at].node
		if why := kept[h.rule]; why != "" {
			refused = refuse(refused, v.rules[h.rule], n, why)
			continue
		}
		hidden = append(hidden, Hidden{Rule: v.rules[h.rule], Text: textOf(n, -1)})
		v.cuts = append(v.cuts, cut{n, n.Parent, n.NextSibling})
		n.Parent.RemoveChild(n)
		end = v.page.elements[h.at].end
	}
	return hidden, refused
}

// Undo puts everything back that Hide took, and gives it as refused.
func (v *View) Undo(hidden []Hidden) (refused []Hidden) {
	for i := len(v.cuts) - 1; i >= 0; i-- {
		v.cuts[i].parent.InsertBefore(v.cuts[i].node, v.cuts[i].next)
	}
	v.cuts = nil
	for _, h := range hidden {
		h.Why = swayed
		refused = append(refused, h)
	}
	return refused
}

// matches gives the elements that rules match, in reading order, and those
// that are not theirs to hide.
func (s *Set) matches(p *page, c *scope) (hits []found, refused []Hidden) {
	slices.SortFunc(p.found, func(a, b found) int {
		if a.at != b.at {
			return int(a.at) - int(b.at)
		}
		return cmp.Or(int(a.rule)-int(b.rule), int(a.alternative)-int(b.alternative))
	})
	for i, f := range p.found {
		r := s.rules[f.rule]
		if i > 0 && len(hits) > 0 && hits[len(hits)-1].at == f.at && hits[len(hits)-1].rule == f.rule ||
			p.elements[f.at].text == 0 || c.spared[r.Selector] || len(r.Not) > 0 && !r.holds(c.at) ||
			!p.match(&s.selectors[f.rule][f.alternative], f.at) {
			continue
		}
		if why := p.keeps(f.at, r, &s.selectors[f.rule][f.alternative]); why != "" {
			refused = refuse(refused, r, p.elements[f.at].node, why)
			continue
		}
		hits = append(hits, f)
	}
	return hits, refused
}

// refuse adds to what was refused. Lists that would hide everything are not
// listened to for long.
func refuse(list []Hidden, r *Rule, n *html.Node, why string) []Hidden {
	const most, begins = 200, 200
	if len(list) >= most {
		return list
	}
	return append(list, Hidden{Rule: r, Text: textOf(n, begins), Why: why})
}

// keeps says why an element is not to be hidden by a rule; "" when it is.
func (p *page) keeps(at int32, r *Rule, x *selector) string {
	e := &p.elements[at]
	switch e.node.DataAtom {
	case atom.Html, atom.Body, atom.Main, atom.Article:
		return frame
	}
	named := false
	for _, a := range e.node.Attr {
		switch a.Key {
		case "id", "class":
			named = named || strings.TrimSpace(a.Val) != ""
		case "role":
			if a.Val == "main" || a.Val == "article" {
				return frame
			}
		case "itemprop":
			if strings.Contains(a.Val, "articleBody") {
				return frame
			}
		}
	}
	switch {
	case p.heading >= at && p.heading < e.end:
		return headline
	case int(e.prose)*100 > int(p.prose)*mostProse:
		return large
	case len(r.Domains) == 0 && (!named && x.literal == "" && textual(e.node.DataAtom) || x.bare && common(e.node.DataAtom)):
		return nameless
	}
	return ""
}

// textual elements are what articles are written in.
func textual(a atom.Atom) bool {
	switch a {
	case atom.P, atom.Blockquote, atom.Ul, atom.Ol, atom.Li, atom.Dl, atom.Dt, atom.Dd, atom.Pre, atom.Table, atom.Tr, atom.Td,
		atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return inline(a)
}

// common elements are what pages are built of, so that their tag says nothing.
func common(a atom.Atom) bool {
	switch a {
	case atom.Div, atom.Section, atom.Header, atom.Figure, atom.Center:
		return true
	}
	return textual(a)
}

// admit chooses the rules that are followed on this page, those that take least
// first, and says of the others why they are not.
func (p *page) admit(hits []found, rules []*Rule, article Article) map[int32]string {
	type taking struct {
		rule           int32
		prose, article int
		places         int   // of the article where it takes something
		end            int32 // of the last element it takes
	}
	takes := map[int32]*taking{}
	var order []*taking
	for _, h := range hits {
		t := takes[h.rule]
		if t == nil {
			t = &taking{rule: h.rule}
			takes[h.rule], order = t, append(order, t)
		}
		if h.at < t.end {
			continue
		}
		t.prose += int(p.elements[h.at].prose)
		if n := p.of(article, h.at); n > 0 {
			t.article += n
			t.places++
		}
		t.end = p.elements[h.at].end
	}
	slices.SortFunc(order, func(a, b *taking) int {
		return cmp.Or(cmp.Compare(a.article, b.article), cmp.Compare(a.prose, b.prose), strings.Compare(rules[a.rule].String(), rules[b.rule].String()))
	})
	why := map[int32]string{}
	prose, text, strewn := 0, 0, 0
	for _, t := range order {
		most, before := largestPlace, text
		if t.places > 1 {
			most, before = mostArticle, strewn
		}
		switch {
		case t.article*100 > article.Size*most:
			why[t.rule] = journal
		case t.prose*100 > int(p.prose)*mostProse:
			why[t.rule] = greedy
		case t.prose > 0 && (prose+t.prose)*100 > int(p.prose)*mostProse, t.article > 0 && ((before+t.article)*100 > article.Size*most || (text+t.article)*100 > article.Size*largestPlace):
			why[t.rule] = exhausted
		default:
			prose, text = prose+t.prose, text+t.article
			if t.places > 1 {
				strewn += t.article
			}
		}
	}
	return why
}

// mends tells a part of a line of the article: without it the line would have a hole.
func (p *page) mends(article Article, at int32) bool {
	if article.Size == 0 || !inline(p.elements[at].node.DataAtom) {
		return false
	}
	block := p.block(at)
	return p.elements[block].text > p.elements[at].text && article.In(p.elements[block].node) > 0
}

// block is the block that an element is a part of.
func (p *page) block(at int32) int32 {
	for inline(p.elements[at].node.DataAtom) && p.elements[at].over >= 0 {
		at = p.elements[at].over
	}
	return at
}

// of is how much of the article an element holds: of a part of a line, all of
// its text if the block around it holds so much.
func (p *page) of(article Article, at int32) int {
	if article.Size == 0 {
		return 0
	}
	e := &p.elements[at]
	if !inline(e.node.DataAtom) {
		return article.In(e.node)
	}
	return min(int(e.text), article.In(p.elements[p.block(at)].node))
}
