package report

import (
	"slices"
	"strings"

	"pressmark/extract/change"
)

// many is how many pages of a site must change alike to be told of at once.
const many = 5

// alike takes out of a list the changes that many pages of a site went through
// word by word alike.
func alike(list []Card) (groups []Alike, rest []Card) {
	by := map[string][]int{}
	var order []string
	for i, c := range list {
		key := signature(c)
		if key == "" {
			continue
		}
		if len(by[key]) == 0 {
			order = append(order, key)
		}
		by[key] = append(by[key], i)
	}
	groups = []Alike{}
	taken := map[int]bool{}
	for _, key := range order {
		var pages []string
		for _, i := range by[key] {
			pages = append(pages, list[i].Page)
		}
		slices.Sort(pages)
		if pages = slices.Compact(pages); len(pages) < many {
			continue
		}
		for _, i := range by[key] {
			taken[i] = true
		}
		last := list[by[key][len(by[key])-1]]
		groups = append(groups, Alike{Site: last.Site, Pages: pages, Changes: len(by[key]), Card: last})
	}
	for i, c := range list {
		if !taken[i] {
			rest = append(rest, c)
		}
	}
	return groups, rest
}

// signature are the words that went and came, without those around them; ""
// for a change that is of its page alone. A withdrawal is never furniture.
func signature(c Card) string {
	if c.Has(change.Unpublished) || c.Has(change.Restored) {
		return ""
	}
	var b strings.Builder
	for _, e := range c.Edits {
		if e.Where == "date" {
			continue
		}
		b.WriteString("\x00" + e.Where + string(e.Op))
		switch {
		case e.Op == change.Move:
			b.WriteString(e.Before + "\x00" + e.After)
		case len(e.Spans) == 0:
			b.WriteString("-" + e.Before + "+" + e.After)
		}
		for _, s := range e.Spans {
			if s.Op != "" {
				b.WriteString("\x00" + string(s.Op) + s.Text)
			}
		}
	}
	if b.Len() == 0 {
		return ""
	}
	return c.Site + b.String()
}

// words say a change that many pages share.
func (a Alike) words() string { return "the same change on " + plural(len(a.Pages), "page") }
