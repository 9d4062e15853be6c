package extract

import "golang.org/x/net/html/atom"

// A body is the chosen pieces, and what was left out between them.
type body struct {
	pieces  []int // indexes of the outline's pieces, in reading order
	removed []Removal
}

// collect takes the pieces of a candidate, without its furniture.
func (o *outline) collect(c candidate) body {
	var b body
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
		switch {
		case n > 0:
			from = o.elements[c.roots[n-1]].last
		case c.from >= 0:
			from = c.from
		}
		for i := max(from, c.top); i < root.last; i++ {
			p := &o.pieces[i]
			if i < root.first && p.weight == 0 && (p.kind == Item || n > 0 && (p.kind != Heading || p.linked*2 > p.runes)) {
				continue // outside of the chosen parts only what reads as text is taken
			}
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

// beside is the evidence of what stands in the article's own element but not in
// the chosen part of it: its header, captions, the boxes below it.
// The standfirst, which went into the text, is none of it.
func (o *outline) beside(c candidate, lead int) []Removal {
	outer := c.roots[0]
	for outer >= 0 && o.elements[outer].tag != atom.Article {
		outer = o.elements[outer].parent
	}
	if outer < 0 {
		return nil
	}
	chosen := map[int32]bool{}
	for _, r := range c.roots {
		for i := o.elements[r].first; i < o.elements[r].last; i++ {
			chosen[i] = true
		}
	}
	var out []Removal
	var run []int
	var holder int32 = -1
	end := func() {
		if len(run) > 0 {
			e := &o.elements[holder]
			out = append(out, o.removal(run, e.cut, "name/"+e.word))
		}
		run = run[:0]
	}
	for i := o.elements[outer].first; i < o.elements[outer].last; i++ {
		in := o.pieces[i].in
		if chosen[i] || int(i) == lead || o.elements[in].cut == 0 || c.from >= 0 && i >= c.from && i < o.elements[c.roots[0]].first {
			continue
		}
		if top := o.cutTop(in); top != holder {
			end()
			holder = top
		}
		run = append(run, int(i))
	}
	end()
	return out
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
