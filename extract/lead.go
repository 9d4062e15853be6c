package extract

import (
	"strings"

	"golang.org/x/net/html/atom"

	"pressmark/extract/meta"
)

// lead finds the standfirst: the text between headline and article that other
// extractors lose. Either the page's description says which it is, or its
// names do. It gives the index of the piece, or -1.
func (o *outline) lead(keep []int, title string, facts *meta.Facts) int {
	if len(keep) == 0 {
		return -1
	}
	first := keep[0]
	from := max(o.titleAt, 0)
	if from > first {
		from = 0
	}
	// The description, word for word, anywhere above the text or at its head.
	for _, d := range facts.Descriptions {
		k := bare(d)
		if len(k) < 30 {
			continue
		}
		for i := max(0, from-6); i < first; i++ {
			p := &o.pieces[i]
			if p.runes+wideRunes(p.text) >= 30 && p.runes < 900 && sameStart(bare(p.text), k) && p.linked*2 < p.runes && p.kind != Row && !o.titled(i, facts) {
				return o.once(i, keep)
			}
		}
		for _, i := range keep[:min(len(keep), 3)] {
			if p := &o.pieces[i]; bare(p.text) == k && !o.titled(i, facts) && (p.kind == Heading || o.bears(p.in, leadMark)) {
				return i
			}
		}
	}
	titleKey := bare(title)
	for i := from; i <= first && i < len(o.pieces); i++ {
		p := &o.pieces[i]
		if p.runes < 40 || p.runes > 800 || p.linked*3 > p.runes || p.kind == Row || p.kind == Preformatted || !o.bears(p.in, leadMark) {
			continue
		}
		if o.bears(p.in, captionMark|relatedMark|advertMark|commentsMark|newsletterMark|hiddenMark|authorMark) || i > first {
			continue
		}
		if bare(p.text) == titleKey || o.titled(i, facts) || i < first && o.titleAt < 0 {
			continue
		}
		if p.weight == 0 && p.runes < 60 {
			continue
		}
		return o.once(i, keep)
	}
	if i := o.titleAt + 1; o.shown && i > 0 && i < first && o.standsBelow(i, facts) {
		return o.once(i, keep)
	}
	return -1
}

// standsBelow tells whether a whole sentence stands right below the headline, in one
// box with it or in the next, and says nothing of pictures, people and dates.
func (o *outline) standsBelow(i int, facts *meta.Facts) bool {
	p := &o.pieces[i]
	if p.kind == Item || p.kind == Row || p.kind == Preformatted || p.linked > 0 || p.weight == 0 || p.runes+wideRunes(p.text) < 40 || p.runes > 500 || !sentence(p.text) || o.titled(i, facts) {
		return false
	}
	if o.bears(p.in, furniture&^(bylineMark|navigationMark)) || o.pictured(i) {
		return false
	}
	t := trimmer{o: o, facts: facts}
	if t.bylineLike(p) || credit(p.text) {
		return false
	}
	// The two share a box that holds little else.
	for e, up := p.in, 0; e >= 0 && up < 3; e, up = o.elements[e].parent, up+1 {
		if x := &o.elements[e]; o.titleAt >= int(x.first) {
			return x.tag != atom.Body
		}
	}
	return false
}

// once is the piece that says at the head of the kept text what i says above it,
// else i: some pages show their standfirst in both places.
func (o *outline) once(i int, keep []int) int {
	k := bare(o.pieces[i].text)
	for _, j := range keep[:min(len(keep), 4)] {
		if bare(o.pieces[j].text) == k {
			return j
		}
	}
	return i
}

// titled tells whether the piece is a name of the page.
func (o *outline) titled(i int, facts *meta.Facts) bool {
	p := &o.pieces[i]
	if i == o.titleAt || p.kind == Heading && p.level == 1 {
		return true
	}
	for _, t := range facts.Titles {
		if bare(t.Text) == bare(p.text) {
			return true
		}
	}
	return false
}

// bears tells whether the element or one of the two around it has one of the marks.
func (o *outline) bears(e int32, m mark) bool {
	for range 3 {
		if e < 0 {
			return false
		}
		if o.elements[e].marks&m != 0 {
			return true
		}
		e = o.elements[e].parent
	}
	return false
}

// sameStart tells whether one text begins as the other: descriptions are cut short.
func sameStart(a, b string) bool {
	n := min(len(a), len(b))
	return n >= 30 && a[:n] == b[:n] && n*10 >= max(len(a), len(b))*6 || n >= 60 && strings.HasPrefix(a, b)
}
