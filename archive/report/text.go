package report

import (
	"fmt"
	"io"
	"strings"
	"time"

	"pressmark/extract/change"
)

// Style colours a piece of terminal text; names are bold, faint, delete, insert, grade.
type Style func(name, text string) string

// Plain is the Style of a file or a pipe.
func Plain(_, text string) string { return text }

// Text writes the report for a terminal.
func Text(w io.Writer, r *Report, zone *time.Location, style Style) error {
	p := &printer{w: w}
	p.line("%s", style("bold", strings.ToUpper(r.Title)))
	p.line("%s", r.interval(zone))
	p.line("%s", r.summary())
	section := func(name string, cards []Card) {
		if len(cards) == 0 {
			return
		}
		p.line("\n%s", style("bold", name))
		for _, c := range cards {
			TextCard(p, c, zone, style)
		}
	}
	section("Worth reading", r.Cards)
	section("Withdrawn", r.Withdrawn)
	section("Small edits", r.Small)
	section("Doubtful: a sudden loss of text, to be seen again before it counts", r.Doubtful)
	if len(r.Stories) > 0 {
		p.line("\n%s", style("bold", "Told by more than one"))
		for _, s := range r.Stories {
			p.line("  %s", s.Title)
			for _, c := range s.Copies {
				p.line("    %s  %s  %s", short(c.Page), pad(c.Site, 22), copyWords(c))
			}
		}
	}
	if len(r.Unseen) > 0 {
		p.line("\n%s", style("bold", "Not seen"))
		for _, u := range r.Unseen {
			p.line("  %s  %s: %s", pad(u.Site, 22), u.Reason, plural(u.Pages, "page"))
		}
	}
	p.line("\n%s", style("faint", strings.Join(howToRead, "\n")))
	if r.Program != "" {
		p.line("%s", style("faint", r.Program))
	}
	return p.err
}

// TextCard writes one change for a terminal.
func TextCard(w io.Writer, c Card, zone *time.Location, style Style) error {
	p := &printer{w: w}
	dots := c.Dots()
	if c.Has(change.Unpublished) {
		dots = " ✕ "
	} else if c.Has(change.Restored) {
		dots = " ↺ "
	}
	head := []string{style("grade", dots), style("bold", c.Site), c.KindWords()}
	if h := c.Honesty(); h != "" {
		head = append(head, h)
	}
	p.line("  %s", strings.Join(head, "  "))
	p.line("      %s", c.Title)
	m := func(op change.Op, text string) string {
		text = strings.Join(strings.Fields(" "+text+" "), " ")
		switch op {
		case change.Delete:
			return style("delete", "[-"+text+"-]")
		case change.Insert:
			return style("insert", "{+"+text+"+}")
		}
		return text
	}
	for _, e := range c.Edits {
		if e.Where == "title" && len(c.Edits) == 1 && len(e.Spans) == 0 && e.Before == "" {
			continue
		}
		p.line("      %s  %s", style("faint", pad(where(e), 8)), words(e, spaced(m)))
	}
	p.line("      %s", style("faint", fmt.Sprintf("%s · %s · %s", short(c.Page), c.fromTo(), c.Interval(zone))))
	return p.err
}

// spaced keeps the space around a span outside its marks.
func spaced(m mark) mark {
	return func(op change.Op, text string) string {
		inner := strings.TrimSpace(text)
		if inner == "" {
			return text
		}
		i := strings.Index(text, inner)
		return text[:i] + m(op, inner) + text[i+len(inner):]
	}
}

// Has reports whether the change is of a kind.
func (c Card) Has(k change.Kind) bool {
	for _, x := range c.Kinds {
		if x == string(k) {
			return true
		}
	}
	return false
}

func copyWords(c Copy) string {
	if c.Relation == "original" || c.Score == 0 {
		return "first seen " + c.Seen.UTC().Format("Mon 2 Jan 15:04")
	}
	s := c.Relation + " " + percent(c.Score)
	if c.Why != "" {
		s += "  " + c.Why
	}
	return s
}

func pad(s string, n int) string { return s + strings.Repeat(" ", max(0, n-len([]rune(s)))) }

// A printer remembers the first error of many lines.
type printer struct {
	w   io.Writer
	err error
}

func (p *printer) Write(b []byte) (int, error) {
	if p.err != nil {
		return 0, p.err
	}
	n, err := p.w.Write(b)
	p.err = err
	return n, err
}

func (p *printer) line(format string, args ...any) { fmt.Fprintf(p, format+"\n", args...) }
