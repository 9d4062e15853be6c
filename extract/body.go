package extract

// A body is the chosen pieces, and what was left out between them.
type body struct {
	pieces  []int // indexes of the outline's pieces, in reading order
	removed []Removal
	from    candidate
}

// collect takes the pieces of a candidate, without its furniture.
func (o *outline) collect(c candidate) body {
	b := body{from: c}
	var lost []int // pieces in a row that went for one reason
	var why mark
	var holder int32
	drop := func() {
		if len(lost) == 0 {
			return
		}
		b.removed = append(b.removed, o.removal(lost, why, "name/"+o.elements[holder].word))
		lost = lost[:0]
	}
	for n, r := range c.roots {
		root := &o.elements[r]
		from := root.first
		if n == 0 && c.from >= 0 {
			from = c.from
		}
		for i := from; i < root.last; i++ {
			p := &o.pieces[i]
			cut := o.elements[p.in].cut
			if cut == 0 {
				drop()
				b.pieces = append(b.pieces, int(i))
				continue
			}
			if top := o.cutTop(p.in); cut != why || top != holder {
				drop()
				why, holder = cut, top
			}
			lost = append(lost, int(i))
		}
		drop()
	}
	return b
}

// cutTop is the outermost element that the cut of e comes from.
func (o *outline) cutTop(e int32) int32 {
	for o.elements[e].parent >= 0 && o.elements[o.elements[e].parent].cut != 0 {
		e = o.elements[e].parent
	}
	return e
}

// removal makes the evidence of pieces that were left out.
func (o *outline) removal(pieces []int, why mark, rule string) Removal {
	const most = 2000 // bytes of evidence are enough
	text := ""
	for _, i := range pieces {
		if len(text) > most {
			break
		}
		if text != "" {
			text += "\n"
		}
		text += o.pieces[i].text
	}
	kind := why.kind()
	return Removal{Kind: kind, Rule: rule, Text: text}
}
