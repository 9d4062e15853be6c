package extract

import "golang.org/x/net/html/atom"

// A shelf is a row of teasers.
type shelf struct{ cards, prose int }

// cutCards finds rows of teasers: three or more children of one element, built
// alike, each short and with a headline that is a link. Articles have no such
// rows, and names often do not give them away.
func (o *outline) cutCards(total int) {
	type look struct {
		parent int32
		name   string
	}
	shelves := map[look][]int32{}
	for i := range o.elements {
		e := &o.elements[i]
		if e.cut != 0 || e.parent < 0 || e.first == e.last || !o.card(e) {
			continue
		}
		k := look{e.parent, e.tag.String() + " " + attribute(e.node, "class")}
		shelves[k] = append(shelves[k], int32(i))
	}
	for _, row := range shelves { // the order does not matter: rows are apart, and the largest counts
		if len(row) < 3 {
			continue
		}
		prose := 0
		for _, i := range row {
			prose += o.elements[i].prose
		}
		if len(row) > o.shelf.cards || len(row) == o.shelf.cards && prose > o.shelf.prose {
			o.shelf = shelf{cards: len(row), prose: prose}
		}
		if prose*100 > total*35 { // a list of places, tools or books is the article
			continue
		}
		for _, i := range row {
			e := &o.elements[i]
			e.cut, e.word = relatedMark, "card"
			for j := i + 1; int(j) < len(o.elements) && o.elements[j].first < e.last && o.elements[j].first >= e.first; j++ {
				o.elements[j].cut |= relatedMark
			}
		}
	}
}

// card tells whether an element is built as a teaser.
func (o *outline) card(e *element) bool {
	if leafTag(e.tag) && e.tag != atom.Li && e.tag != atom.A || e.last-e.first > 10 || e.prose > 1200 {
		return false
	}
	head, pieces := false, 0
	for i := e.first; i < e.last; i++ {
		p := &o.pieces[i]
		pieces++
		if p.linked*10 >= p.runes*9 && p.runes >= 15 && p.runes < 250 {
			head = true
		}
	}
	return head && (pieces > 1 || e.tag == atom.Article)
}
