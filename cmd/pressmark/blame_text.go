package main

import (
	"fmt"
	"strings"

	"pressmark/archive/report"
	"pressmark/extract/change"
)

// blameText shows the versions first, with the times between which they came,
// and then the text with the version of each sentence before it.
func (c *cli) blameText(x blamed, list []numbered) {
	zone := c.zone()
	fmt.Fprintf(c.out, "%s · %s\n", c.out.style(bold, line(x.page.Site)), line(x.version.Article.Title))
	fmt.Fprintln(c.out, c.out.style(faint, line(x.version.URL)))
	fmt.Fprintf(c.out, "%s  version %d of %d, seen %s to %s\n\n", c.out.style(yellow, x.version.ID.String()), x.version.ID.N, x.page.Head, clock(x.version.FirstSeen, zone), clock(x.version.LastSeen, zone))
	wide := len(fmt.Sprintf("v%d", x.version.ID.N))
	for n := 1; n <= x.version.ID.N; n++ {
		e := x.editions[n]
		if e == nil || e.lines == 0 {
			continue
		}
		when := "first seen " + clock(e.before, zone)
		if !e.after.IsZero() {
			when = report.Card{After: e.after, Before: e.before}.Interval(zone)
		}
		proof := fmt.Sprintf("capture %d", e.seq)
		if e.digest != "" {
			proof += ", SHA-256 " + e.digest[:min(12, len(e.digest))]
		}
		fmt.Fprintf(c.out, "%s  %s, %s  %s\n", c.release(n, x.version.ID.N, fmt.Sprintf("%-*s", wide, fmt.Sprintf("v%d", n))), when, count(e.lines, "line"), c.out.style(faint, proof))
	}
	digits := 1
	if len(list) > 0 {
		digits = len(fmt.Sprint(list[len(list)-1].number))
	}
	gutter := wide + 2 + digits + 2
	width := max(narrowest, min(c.out.columns(), widest+gutter+10)-gutter)
	block, where := -2, ""
	for _, l := range list {
		if l.Block != block || l.Where != where {
			fmt.Fprintln(c.out)
		}
		block, where = l.Block, l.Where
		sgr := ""
		switch {
		case l.Furniture:
			sgr = faint
		case l.Where == "title":
			sgr = bold
		}
		head := c.release(l.Since, x.version.ID.N, fmt.Sprintf("%-*s", wide, fmt.Sprintf("v%d", l.Since))) + fmt.Sprintf("  %*d  ", digits, l.number)
		for _, row := range c.out.flow([]piece{{sgr, l.Text}}, width, true) {
			fmt.Fprintln(c.out, head+row)
			head = strings.Repeat(" ", gutter)
		}
		for _, note := range blameNotes(l.Standing) {
			for _, row := range c.out.flow([]piece{{faint, note}}, width, true) {
				fmt.Fprintln(c.out, head+row)
			}
		}
	}
}

// release colours a version: the newest stands out, and the first recedes.
func (c *cli) release(n, newest int, s string) string {
	switch {
	case n == newest && n > 1:
		return c.out.style(yellow, s)
	case n == 1:
		return c.out.style(faint, s)
	}
	return c.out.style([]string{"36", "35", "34", green}[n%4], s)
}

// blameNotes say what else is known of a sentence.
func blameNotes(s change.Standing) (notes []string) {
	if s.Furniture {
		return []string{"(no part of the article)"}
	}
	if s.Was != "" {
		notes = append(notes, fmt.Sprintf("(in other words since v%d, before this: %s)", s.First, line(s.Was)))
	}
	if len(s.Earlier) > 0 {
		list := make([]string, len(s.Earlier))
		for i, r := range s.Earlier {
			list[i] = fmt.Sprintf("v%d", r.From)
			if r.To > r.From {
				list[i] += fmt.Sprintf(" to v%d", r.To)
			}
		}
		notes = append(notes, fmt.Sprintf("(stood in %s, went, and came back)", strings.Join(list, " and in ")))
	}
	if s.Moved > 0 {
		notes = append(notes, fmt.Sprintf("(moved in v%d)", s.Moved))
	}
	if s.Unseen {
		notes = append(notes, "(it may have stood before: only the beginning of the text was shown)")
	}
	return notes
}
