package extract

import "pressmark/extract/meta"

// shownDate reads the date of publication from the visible text when the page
// states it nowhere: the short lines around the headline first, then those
// around the text.
func (o *outline) shownDate(language string) meta.Date {
	const near = 12 // pieces
	try := func(from, to int) meta.Date {
		for i := max(from, 0); i < min(to, len(o.pieces)); i++ {
			p := &o.pieces[i]
			if p.runes > 160 || p.runes < 6 || p.weight > 80 || p.linked*2 > p.runes && p.runes > 40 {
				continue
			}
			if d := meta.Written(p.text, language); !d.IsZero() {
				return d
			}
		}
		return meta.Date{}
	}
	if o.titleAt >= 0 {
		if d := try(o.titleAt, o.titleAt+near); !d.IsZero() {
			return d
		}
		if d := try(o.titleAt-near/2, o.titleAt); !d.IsZero() {
			return d
		}
	}
	first, last := -1, -1
	for i := range o.pieces {
		if p := &o.pieces[i]; p.weight > 80 && p.in >= 0 && o.elements[p.in].cut == 0 {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	if first < 0 {
		return meta.Date{}
	}
	if d := try(first-near, first+2); !d.IsZero() {
		return d
	}
	return try(last, last+near)
}
