package report

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"pressmark/archive"
	"pressmark/extract/change"
)

// groups gather the changes that pages share, by what they share.
type groups struct {
	list []*group
	by   map[*Pattern]*group
}

// A group is the pages of one Pattern.
type group struct {
	pattern *Pattern
	first   archive.Change // with the shared edit alone
	pages   []AlikePage
}

// Add takes a change's share.
func (g *groups) add(c archive.Change, s Share) {
	if g.by == nil {
		g.by = map[*Pattern]*group{}
	}
	x := g.by[s.Pattern]
	c.Diff = s.Diff
	if x == nil {
		x = &group{pattern: s.Pattern, first: c}
		g.by[s.Pattern] = x
		g.list = append(g.list, x)
	}
	x.pages = append(x.pages, AlikePage{Page: c.To.Page.ID(), From: c.From.N, To: c.To.N, URL: c.URL, Title: c.Title, Before: c.Before.UTC()})
	if c.Before.Before(x.first.Before) {
		x.first = c
	}
}

// alike is the group as a report has it.
func (g *group) alike() Alike {
	pages := slices.Clone(g.pages)
	slices.SortStableFunc(pages, func(a, b AlikePage) int { return a.Before.Compare(b.Before) })
	card := CardOf(g.first)
	card.Furniture, card.run = g.pattern.Furniture, g.first.Run
	return Alike{Site: g.pattern.Site, Furniture: g.pattern.Furniture, Pages: pages, InAll: max(g.pattern.Pages, len(pages)), Card: card}
}

// GroupOf gathers the pages of a pattern from the changes that a filter takes.
func GroupOf(ctx context.Context, store *archive.Store, f archive.Filter, patterns *Patterns, p *Pattern) (Alike, error) {
	var g groups
	f.Site, f.Page, f.Limit = p.Site, "", 0
	for c, err := range store.Changes(ctx, f) {
		if damaged(err) {
			continue
		}
		if err != nil {
			return Alike{}, err
		}
		shares, _ := patterns.Split(c)
		for _, s := range shares {
			if s.Pattern == p {
				g.add(c, s)
			}
		}
	}
	if len(g.list) == 0 {
		return Alike{}, fmt.Errorf("%w: the pages of a change that many share", archive.ErrNoSuch)
	}
	return g.list[0].alike(), nil
}

// AsCard is the group as one change, for what lists only such.
func (a Alike) AsCard() Card {
	c := a.Card
	c.Alike = a.Pages
	c.Title = a.words()
	return c
}

// words say in a line what was done to how many pages.
func (a Alike) words() string {
	did := "was changed"
	for _, e := range a.Card.Edits {
		if e.Where == "date" {
			continue
		}
		switch e.Op {
		case change.Insert:
			did = "was added"
		case change.Delete:
			did = "was removed"
		case change.Move:
			did = "was moved"
		}
		break
	}
	s := fmt.Sprintf("%s of %s: the same %s", plural(len(a.Pages), "page"), a.Site, did)
	if more := a.InAll - len(a.Pages); more > 0 {
		s += fmt.Sprintf(" (and on %s told of before)", thousands(more))
	}
	return s
}

// sort says what the line is about.
func (a Alike) sort() string {
	if a.Furniture {
		return "the site’s template, no change of its articles"
	}
	s := a.Card.KindWords()
	if h := a.Card.Honesty(); h != "" {
		s += " · " + h
	}
	return s
}

// listed is how many pages are named where a report is read on paper.
const listed = 8

// shownPages are the pages to name, and how many more there are.
func (a Alike) shownPages() (list []AlikePage, more int) {
	n := min(len(a.Pages), listed)
	if len(a.Pages) == listed+1 {
		n++
	}
	return a.Pages[:n], len(a.Pages) - n
}

// textAlike writes the line and its pages for a terminal.
func textAlike(p *printer, a Alike, zone *time.Location, style Style) {
	p.line("  %s  %s", style("grade", pad(a.Card.Sign(), 3)), style("bold", a.words()))
	p.line("      %s", strings.TrimSpace(a.Card.gist(textMark(style))))
	p.line("      %s", style("faint", a.sort()+" · first seen "+moment(a.Card.Before, zone)))
	p.pages(a, style)
}

// pages names the pages of a group.
func (p *printer) pages(a Alike, style Style) {
	pages, more := a.shownPages()
	for _, x := range pages {
		p.line("      %s  %s", style("faint", short(x.Page)), x.Title)
	}
	if more > 0 {
		p.line("      %s", style("faint", "and "+plural(more, "page")+" more"))
	}
}
