package extract

import "golang.org/x/net/html/atom"

// flow is the element right inside which most of the prose of the pieces stands;
// -1 when there is too little of it to tell.
func (o *outline) flow(pieces []int) int32 {
	sums := map[int32]int{}
	best, most := int32(-1), 100
	for _, i := range pieces {
		p := &o.pieces[i]
		if p.weight == 0 {
			continue
		}
		parent := o.elements[p.in].parent
		if sums[parent] += p.weight; sums[parent] >= most {
			best, most = parent, sums[parent]
		}
	}
	return best
}

// flows tells whether a piece stands where most of the prose does, set as it is.
func (t *trimmer) flows(i int) bool {
	p := t.at(i)
	return t.flow >= 0 && t.o.elements[p.in].parent == t.flow && (p.tag == atom.P || p.kind == Heading)
}

// heads tells whether a heading stands in the flow above a paragraph of the text:
// whatever it says, it is the article's.
func (t *trimmer) heads(i int) bool {
	if t.at(i).kind != Heading || !t.flows(i) || i+1 >= len(t.in) {
		return false
	}
	next := t.at(i + 1)
	return next.kind == Paragraph && next.linked == 0 && next.runes >= 40 && sentence(next.text) && t.flows(i+1)
}

// verse is where lines end that stand in the flow without links, three or more
// from i on: a poem, names, results. Furniture comes in twos there.
func (t *trimmer) verse(i int) int {
	j := i
	for j < len(t.in) && t.flows(j) && t.at(j).kind == Paragraph && t.at(j).linked == 0 && t.gone[j] == 0 {
		j++
	}
	if j-i < 3 {
		return i
	}
	return j
}

// patterned tells whether a short line without links is one of several that are
// set alike among the text: the address below each inn, the name below each quotation.
func (t *trimmer) patterned(i int) bool {
	p := t.at(i)
	if p.linked > 0 || t.flow < 0 {
		return false
	}
	prose := 0 // of what stands between
	for j := i - 1; j > max(0, i-30); j-- {
		q := t.at(j)
		if t.gone[j] != 0 {
			continue
		}
		if prose += q.weight; q.weight == 0 && q.kind == p.kind && q.linked == 0 && q.runes < 60 && !sentence(q.text) && prose > 0 {
			return q.tag == p.tag && t.o.alikeBuilt(q.in, p.in)
		}
	}
	return false
}

// alikeBuilt tells whether two elements bear the same tag and class, and so do those around them.
func (o *outline) alikeBuilt(a, b int32) bool {
	for range 2 {
		if a < 0 || b < 0 {
			return a == b
		}
		x, y := &o.elements[a], &o.elements[b]
		if x.tag != y.tag || attribute(x.node, "class") != attribute(y.node, "class") {
			return false
		}
		a, b = x.parent, y.parent
	}
	return true
}
