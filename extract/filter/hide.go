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
	mostProse = 40 // of the page's prose: one element, one rule, and all together
	mostHome  = 25 // of the paragraphs that stand where most of them do
)

// The reasons for which a rule is not followed.
const (
	frame     = "it is a frame of the page: html, body, main, article"
	headline  = "it holds the headline"
	large     = "it holds more than 40 % of the page's prose"
	greedy    = "the rule would take more than 40 % of the page's prose"
	text      = "the rule would take more than a quarter of the article's paragraphs"
	exhausted = "with what other rules take it would be more than 40 % of the page's prose, or a quarter of the article's paragraphs"
	nameless  = "it is a paragraph without a name of its own, and the rule is not of this site"
)

// Hide takes out of a page what the rules hide, and tells what that was.
// address is the page's; without it only the rules that name no site hold.
//
// What has no text for readers stays where it is. A rule is not followed, and
// that is told too, where it would take html, body, main, article or what
// holds the headline, more than two fifths of the page's prose, or more than
// a quarter of the paragraphs that stand where most paragraphs stand; nor
// where a rule that names no site matches a paragraph without an id and a class.
func (s *Set) Hide(doc *html.Node, address string) (hidden, refused []Hidden) {
	if s.Len() == 0 {
		return nil, nil
	}
	c := s.scope(address)
	p := s.read(doc, &c)
	s.search(p, &c)
	hits, refused := s.matches(p, &c)
	greedy := p.admit(hits, s.rules)
	end := int32(0)
	for _, h := range hits {
		if h.at < end { // inside of what is gone
			continue
		}
		n := p.elements[h.at].node
		if why := greedy[h.rule]; why != "" {
			refused = refuse(refused, s.rules[h.rule], n, why)
			continue
		}
		hidden = append(hidden, Hidden{Rule: s.rules[h.rule], Text: textOf(n, -1)})
		n.Parent.RemoveChild(n)
		end = p.elements[h.at].end
	}
	return hidden, refused
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
		if why := p.keeps(f.at, r); why != "" {
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
func (p *page) keeps(at int32, r *Rule) string {
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
	case !named && len(r.Domains) == 0 && e.prose > 0 && textual(e.node.DataAtom):
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

// admit chooses the rules that are followed on this page, those that take least
// first, and says of the others why they are not.
func (p *page) admit(hits []found, rules []*Rule) map[int32]string {
	type taking struct {
		rule        int32
		prose, home int
		end         int32 // of the last element it takes
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
		t.home += p.ofHome(h.at)
		t.end = p.elements[h.at].end
	}
	slices.SortFunc(order, func(a, b *taking) int {
		return cmp.Or(cmp.Compare(a.home, b.home), cmp.Compare(a.prose, b.prose), strings.Compare(rules[a.rule].String(), rules[b.rule].String()))
	})
	home := 0
	if p.home >= 0 {
		home = int(p.elements[p.home].paragraphs)
	}
	why := map[int32]string{}
	prose, paragraphs := 0, 0
	for _, t := range order {
		switch {
		case t.home*100 > home*mostHome:
			why[t.rule] = text
		case t.prose*100 > int(p.prose)*mostProse:
			why[t.rule] = greedy
		case (prose+t.prose)*100 > int(p.prose)*mostProse && t.prose > 0, (paragraphs+t.home)*100 > home*mostHome && t.home > 0:
			why[t.rule] = exhausted
		default:
			prose, paragraphs = prose+t.prose, paragraphs+t.home
		}
	}
	return why
}

// ofHome is how much of the paragraphs that stand in the page's home an element holds.
func (p *page) ofHome(at int32) int {
	e := &p.elements[at]
	if p.home < 0 {
		return 0
	}
	if at <= p.home && p.home < e.end {
		return int(p.elements[p.home].paragraphs)
	}
	if !inline(e.node.DataAtom) {
		if e.over == p.home {
			return int(e.own)
		}
		return 0
	}
	for inline(p.elements[at].node.DataAtom) && p.elements[at].over >= 0 {
		at = p.elements[at].over
	}
	if p.elements[at].over == p.home {
		return int(e.prose)
	}
	return 0
}
