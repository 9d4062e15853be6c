package report

import (
	"slices"
	"strings"
	"unicode"
)

// Text from the web can hold control characters that move a terminal's cursor,
// and direction overrides that turn what stands around it. What is shown is
// without them; the JSON form, which is no display, has the text as it was.

// clean is text without such characters, on one line.
func clean(s string) string {
	if !strings.ContainsFunc(s, unfit) {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case !unfit(r):
			return r
		case r == '\t' || r == '\n' || r == '\v' || r == '\f' || r == '\r' || r == '\u0085' || r == '\u2028' || r == '\u2029':
			return ' '
		}
		return -1
	}, s)
}

// unfit tells controls, line separators, embeddings, overrides and isolates of
// direction, noncharacters and invisible tags. Marks of direction stay: texts
// of right-to-left scripts need them.
func unfit(r rune) bool {
	switch {
	case unicode.IsControl(r),
		r >= 0x2028 && r <= 0x202E, r >= 0x2066 && r <= 0x2069, r == 0xFEFF,
		r >= 0xFDD0 && r <= 0xFDEF, r&0xFFFE == 0xFFFE, r >= 0xE0000 && r <= 0xE007F:
		return true
	}
	return false
}

// shown is the card with all text fit to be shown.
func (c Card) shown() Card {
	c.Site, c.URL, c.Title, c.Reason, c.Language = clean(c.Site), clean(c.URL), clean(c.Title), clean(c.Reason), clean(c.Language)
	c.Kinds = slices.Clone(c.Kinds)
	for i := range c.Kinds {
		c.Kinds[i] = clean(c.Kinds[i])
	}
	c.Edits = slices.Clone(c.Edits)
	for i, e := range c.Edits {
		e.Before, e.After = clean(e.Before), clean(e.After)
		e.Spans = slices.Clone(e.Spans)
		for j := range e.Spans {
			e.Spans[j].Text = clean(e.Spans[j].Text)
		}
		c.Edits[i] = e
	}
	c.Watched = slices.Clone(c.Watched)
	for i, w := range c.Watched {
		c.Watched[i] = Watched{Watch: clean(w.Watch), Words: slices.Clone(w.Words)}
		for j := range w.Words {
			c.Watched[i].Words[j] = clean(w.Words[j])
		}
	}
	c.Also, c.Alike = shownCopies(c.Also), cleanPages(c.Alike)
	return c
}

func shownCopies(list []Copy) []Copy {
	list = slices.Clone(list)
	for i := range list {
		list[i].Site, list[i].Why = clean(list[i].Site), clean(list[i].Why)
	}
	return list
}

func cleanPages(list []AlikePage) []AlikePage {
	list = slices.Clone(list)
	for i := range list {
		list[i].URL, list[i].Title = clean(list[i].URL), clean(list[i].Title)
	}
	return list
}

func shownCards(list []Card) []Card {
	out := make([]Card, len(list))
	for i, c := range list {
		out[i] = c.shown()
	}
	return out
}

// shown is the report with all text fit to be shown.
func (r Report) shown() *Report {
	r.Title, r.Site, r.Program = clean(r.Title), clean(r.Site), clean(r.Program)
	if w := r.Checkpoint; w != nil {
		c := *w
		c.Origin, c.Root = clean(c.Origin), clean(c.Root)
		r.Checkpoint = &c
	}
	r.Filter, r.Cursor = clean(r.Filter), clean(r.Cursor)
	r.Cards, r.Withdrawn, r.Small, r.Doubtful = shownCards(r.Cards), shownCards(r.Withdrawn), shownCards(r.Small), shownCards(r.Doubtful)
	r.Alike = slices.Clone(r.Alike)
	for i := range r.Alike {
		a := &r.Alike[i]
		a.Site, a.Pages, a.Card = clean(a.Site), cleanPages(a.Pages), a.Card.shown()
	}
	r.Papers = slices.Clone(r.Papers)
	for i := range r.Papers {
		r.Papers[i].Site = clean(r.Papers[i].Site)
	}
	r.Corrections = slices.Clone(r.Corrections)
	for i, a := range r.Corrections {
		a.Site, a.URL, a.Title, a.Note = clean(a.Site), clean(a.URL), clean(a.Title), clean(a.Note)
		r.Corrections[i] = a
	}
	r.Stories = slices.Clone(r.Stories)
	for i, s := range r.Stories {
		s.Title, s.Agency, s.Copies = clean(s.Title), clean(s.Agency), shownCopies(s.Copies)
		r.Stories[i] = s
	}
	r.Unseen = slices.Clone(r.Unseen)
	for i := range r.Unseen {
		r.Unseen[i].Site, r.Unseen[i].Reason = clean(r.Unseen[i].Site), clean(r.Unseen[i].Reason)
	}
	return &r
}
