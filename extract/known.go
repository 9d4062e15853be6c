package extract

import (
	"slices"
	"strings"

	"golang.org/x/net/html/atom"

	"pressmark/extract/memory"
)

// What a page's site is known for speaks last: after the page's own evidence
// has chosen a place and taken furniture out of it, memory is asked whether
// other pages agree, and told what is there.

// siteRule is how the rules begin that go by other pages of the site.
const siteRule = "site/"

// held gives the place that holds the article: the page's own choice, unless
// most pages of the site have theirs elsewhere and this page has text there:
// as good a text, or any, when what the page would choose is something that
// stands beside the articles of others, such as their readers' comments.
func (o *outline) held(own candidate) candidate {
	r := o.memory
	if r == nil {
		return own
	}
	root := &o.elements[own.roots[0]]
	if root.tag == atom.Body || root.tag == atom.Html {
		return own // where pages differ most
	}
	here := o.placeOf(own.roots[0])
	want, doubted := r.Where(here)
	enough := own.clean * 60 / 100
	if doubted {
		enough = 60
	}
	best := int32(-1)
	for i := range o.elements {
		e := &o.elements[i]
		if want == 0 || want == here || e.cut != 0 || leafTag(e.tag) || e.clean < max(enough, 1) || best >= 0 && e.clean <= o.elements[best].clean {
			continue
		}
		if o.placeOf(int32(i)) == want {
			best = int32(i)
		}
	}
	if best >= 0 {
		c := candidate{name: "site", roots: []int32{best}, clean: o.elements[best].clean, from: -1}
		if o.anchor == nil || o.stated(c) >= o.stated(own) {
			r.Move()
			return c
		}
	}
	r.Beside(o.besides(own))
	return own
}

// besides gives the places of other prose than a candidate's.
func (o *outline) besides(own candidate) []uint64 {
	const prose = 150
	from, to := o.elements[own.roots[0]].first, o.elements[own.roots[len(own.roots)-1]].last
	var list []uint64
	for i := range o.elements {
		if e := &o.elements[i]; e.clean >= prose && e.cut == 0 && !leafTag(e.tag) && (e.last <= from || e.first >= to) {
			list = append(list, o.placeOf(int32(i)))
		}
	}
	return list
}

// remembered drops what memory knows for furniture of the site.
func (t *trimmer) remembered() {
	r := t.o.memory
	if r == nil {
		return
	}
	var own []uint64 // what the page itself says it is about
	for _, d := range t.facts.Descriptions {
		text, _ := memory.Text(d)
		own = append(own, text)
	}
	blocks, at := make([]memory.Block, 0, len(t.in)), make([]int, 0, len(t.in))
	for i := range t.in {
		p := t.at(i)
		text, size := memory.Text(p.text)
		if size == 0 {
			continue
		}
		blocks = append(blocks, memory.Block{
			Text: text, Size: size, Place: t.o.placeOf(p.in), Out: t.gone[i] != 0,
			Label: p.kind == Heading || p.kind == Row || p.kind == Preformatted || slices.Contains(own, text),
		})
		at = append(at, i)
	}
	for n, v := range r.Judge(blocks) {
		switch v {
		case memory.Repeated:
			t.drop(at[n], boilerplateMark, siteRule+"repeated")
		case memory.Misplaced:
			if t.o.anchor == nil || !t.o.anchor.states(t.in[at[n]]) {
				t.drop(at[n], boilerplateMark, siteRule+"place")
			}
		}
	}
}

// ruleName is the whole name of a trimmer's rule.
func ruleName(rule string) string {
	if strings.HasPrefix(rule, siteRule) {
		return rule
	}
	return "text/" + rule
}

// placeOf names an element by what it, the one around it and the one around
// that are called: other pages of the site have it under the same name.
func (o *outline) placeOf(e int32) uint64 {
	if o.places == nil {
		o.places = make([]uint64, len(o.elements))
	}
	var h uint64
	for range 3 {
		if e < 0 {
			break
		}
		if o.places[e] == 0 {
			o.places[e] = memory.Element(o.elements[e].tag.String(), attribute(o.elements[e].node, "class"))
		}
		h = memory.Inside(h, o.places[e])
		e = o.elements[e].parent
	}
	return h
}

// Remembered reports whether memory of the site has made a difference to the article's text.
func (a *Article) Remembered() bool {
	for _, r := range a.Removed {
		if strings.HasPrefix(r.Rule, siteRule) {
			return true
		}
	}
	return false
}
