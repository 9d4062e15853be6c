package extract

import "golang.org/x/net/html/atom"

// A shelf is a row of teasers.
type shelf struct{ cards, prose int }

// cutCards finds teasers: boxes that begin with a headline that is a link and
// say little more. Three or more of one build are a row, wherever it stands;
// one or two are believed only where they are a small thing on the page.
// Articles have few such boxes, and names often do not give them away.
func (o *outline) cutCards(total int) {
	type look struct {
		parent int32
		name   string
	}
	shelves := map[look][]int32{}
	var order []look
	for i := range o.elements {
		e := &o.elements[i]
		if e.cut != 0 || e.parent < 0 || e.first == e.last || !o.card(e) {
			continue
		}
		k := look{e.parent, e.tag.String() + " " + attribute(e.node, "class")}
		if shelves[k] == nil {
			order = append(order, k)
		}
		shelves[k] = append(shelves[k], int32(i))
	}
	for _, k := range order { // rows may hold rows: the order of a map would give another article each time
		row := shelves[k]
		prose := 0
		for _, i := range row {
			prose += o.elements[i].prose
		}
		alike := o.alike(&o.elements[row[0]])
		if len(row) < 3 {
			for _, i := range row {
				if e := &o.elements[i]; alike < 4 && e.cut == 0 && e.prose*100 <= total*lonely && e.prose <= 300 && o.boxed(e) {
					o.shelve(i)
				}
			}
			continue
		}
		if len(row) > o.shelf.cards || len(row) == o.shelf.cards && prose > o.shelf.prose {
			o.shelf = shelf{cards: len(row), prose: prose}
		}
		if prose*100 > total*35 || prose > len(row)*roomy || len(row)*2 < alike { // a list of places, tools or books is the article
			continue
		}
		for _, i := range row {
			o.shelve(i)
		}
	}
}

const (
	lonely = 8   // percent of a page's prose that a teaser on its own may have
	roomy  = 600 // weight of prose a card of a row, from which on it is no teaser
)

// shelve cuts a teaser and all that it holds.
func (o *outline) shelve(i int32) {
	e := &o.elements[i]
	e.cut, e.word = relatedMark, "card"
	for j := i + 1; int(j) < len(o.elements) && o.elements[j].first < e.last && o.elements[j].first >= e.first; j++ {
		o.elements[j].cut |= relatedMark
	}
}

// card tells whether an element is built as a teaser: nothing but short labels
// before a headline that is a link.
func (o *outline) card(e *element) bool {
	if leafTag(e.tag) && e.tag != atom.Li && e.tag != atom.A || e.last-e.first > 10 || e.prose > 1200 {
		return false
	}
	for i := e.first; i < e.last; i++ {
		p := &o.pieces[i]
		if teasing(p) {
			return e.last-e.first > 1 || e.tag == atom.Article
		}
		if p.weight > 0 || p.runes > 60 || p.kind == Heading && p.runes > 24 {
			return false
		}
	}
	return false
}

// teasing tells a line that is a link and long enough for a headline.
func teasing(p *piece) bool {
	return p.linked*10 >= p.runes*9 && p.runes < 250 && (p.runes >= 15 || p.runes >= 8 && p.runes+wideRunes(p.text) >= 15)
}

// boxed tells whether a teaser on its own is a box: no list item, and not around the headline.
func (o *outline) boxed(e *element) bool {
	if e.tag == atom.Li || o.titleAt >= int(e.first) && o.titleAt < int(e.last) {
		return false
	}
	for i := e.first; i < e.last; i++ {
		if p := &o.pieces[i]; teasing(p) {
			return p.kind != Item
		}
	}
	return false
}

// alike counts the elements beside e that look as it does, e among them.
func (o *outline) alike(e *element) int {
	n, class, look := 0, attribute(e.node, "class"), 400
	for c := e.node.Parent.FirstChild; c != nil && look > 0; c = c.NextSibling {
		look--
		if c.DataAtom == e.tag && c.FirstChild != nil && attribute(c, "class") == class {
			n++
		}
	}
	return n
}
