package extract

import (
	"strings"

	"pressmark/extract/meta"
)

// dates weighs what the visible text says of the article's dates together with
// all that the page states elsewhere.
func (o *outline) dates(a *Article, facts *meta.Facts) {
	o.datedLines(facts)
	published, modified := meta.Settle(facts.Dates)
	if published.Role == meta.ForModified || published.Date.IsZero() {
		o.labelledLines(facts)
		published, modified = meta.Settle(facts.Dates)
	}
	a.Published, a.PublishedFrom, a.Modified = published.Date, published.From, modified.Date
}

// datedLines adds the dates of the lines around the headline and around the
// text.
func (o *outline) datedLines(facts *meta.Facts) {
	const above, below = 8, 14 // pieces
	const opening = 120        // bytes of prose that may begin with a date
	first, last := o.prose()
	see := func(i, points int) {
		if i < 0 || i >= len(o.pieces) || i == o.titleAt || o.pieces[i].runes < 6 {
			return
		}
		p := &o.pieces[i]
		text, prose := p.text, p.weight > 80 || p.runes > 240
		if len(text) > opening && prose {
			text = text[:opening]
		}
		if p.linked*2 > p.runes {
			points -= 10
		}
		if p.in >= 0 && o.elements[p.in].cut&(relatedMark|commentsMark|navigationMark|advertMark|newsletterMark|captionMark) != 0 {
			points -= 30
		}
		for _, s := range facts.InLine(text) {
			switch s.Points = points; {
			case prose && !(s.Opens && s.Line): // a date within a sentence
				continue
			case !s.Line:
				s.Points -= 24
			}
			if s.Role == meta.ForPublished {
				s.Points += 14
			}
			s.Points = max(s.Points, 1)
			facts.Dates = append(facts.Dates, s)
		}
	}
	if o.titleAt >= 0 {
		for i := o.titleAt + 1; i <= o.titleAt+below; i++ {
			see(i, 68-2*(i-o.titleAt))
		}
		for i := o.titleAt - 1; i >= o.titleAt-above; i-- {
			see(i, 62-3*(o.titleAt-i))
		}
	}
	if first >= 0 {
		for i := first - below; i <= first; i++ {
			if o.titleAt < 0 || i > o.titleAt+below || i < o.titleAt-above {
				see(i, 48-2*(first-i))
			}
		}
		for i := last + 1; i <= last+below; i++ {
			see(i, 36-2*(i-last))
		}
	}
}

// labelledLines adds the dates of short lines anywhere that say what they are the date of.
func (o *outline) labelledLines(facts *meta.Facts) {
	for i := range o.pieces {
		p := &o.pieces[i]
		if p.runes < 8 || p.runes > 200 || p.linked*2 > p.runes || !strings.Contains(p.text, "20") && !strings.Contains(p.text, "19") {
			continue
		}
		for _, s := range facts.InLine(p.text) {
			if s.Role != meta.Unsaid {
				s.Points = 26
				facts.Dates = append(facts.Dates, s)
			}
		}
	}
}

// prose gives the first and the last piece that is a paragraph of no furniture; -1 when none is.
func (o *outline) prose() (first, last int) {
	first, last = -1, -1
	for i := range o.pieces {
		if p := &o.pieces[i]; p.weight > 80 && p.in >= 0 && o.elements[p.in].cut == 0 {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	return first, last
}
