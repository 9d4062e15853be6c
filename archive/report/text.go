package report

import (
	"fmt"
	"io"
	"strings"
	"time"

	"golang.org/x/text/width"

	"pressmark/extract/change"
)

// Style colours a piece of terminal text; names are bold, faint, delete, insert, grade.
type Style func(name, text string) string

// Plain is the Style of a file or a pipe.
func Plain(_, text string) string { return text }

// Text writes the report for a terminal.
func Text(w io.Writer, r *Report, zone *time.Location, style Style) error {
	r = r.shown()
	p := &printer{w: w}
	p.line("%s", style("bold", strings.ToUpper(r.Title)))
	p.line("%s", r.span(zone))
	p.line("%s", r.summary())
	if s := r.empty(); s != "" {
		p.line("\n%s", s)
	}
	if len(r.Papers) > 0 {
		p.line("")
		for _, x := range r.Papers {
			p.line("  %s  %s", pad(x.Site, 22), x.words())
		}
	}
	cards := func(name string, list []Card) {
		if len(list) == 0 {
			return
		}
		p.line("\n%s", style("bold", name))
		for i, c := range list {
			if i < full {
				TextCard(p, c, zone, style)
			} else {
				p.line("  %s", style("faint", c.oneLine(textMark(Plain))))
			}
		}
	}
	cards("Worth reading", r.Cards)
	if len(r.Alike) > 0 {
		p.line("\n%s", style("bold", "The same on many pages"))
		for _, a := range r.Alike {
			textAlike(p, a, zone, style)
		}
	}
	cards("Withdrawn, and brought back", r.Withdrawn)
	if len(r.Corrections) > 0 {
		p.line("\n%s", style("bold", "What the papers told their readers"))
		for _, a := range r.Corrections {
			p.line("  %s  %s\n      %s", style("bold", a.Site), a.Title, clip(a.Note))
		}
	}
	if len(r.Small) > 0 {
		p.line("\n%s", style("bold", "Small edits"))
		for _, c := range r.Small {
			p.line("  %s", c.oneLine(textMark(style)))
		}
	}
	if len(r.Doubtful) > 0 {
		p.line("\n%s", style("bold", "Doubtful: a sudden loss of text, to be seen again before it counts"))
		for _, c := range r.Doubtful {
			p.line("  %s  %s  %s", short(c.Page), c.Site, c.Title)
			p.line("      %s", style("faint", "whole at "+moment(c.After, zone)+", most of it missing at "+moment(c.Before, zone)))
		}
	}
	if len(r.Stories) > 0 {
		p.line("\n%s", style("bold", "Told by more than one"))
		for _, s := range r.Stories {
			p.line("  %s", s.Title)
			for _, c := range s.Copies {
				p.line("    %s  %s  %s", short(c.Page), pad(c.Site, 22), copyWords(c, zone))
			}
		}
	}
	if len(r.Unseen) > 0 {
		p.line("\n%s", style("bold", unseenHead))
		for _, u := range r.Unseen {
			p.line("  %s  %s, %s", pad(u.Site, 22), u.Reason, times(u.Times))
		}
	}
	p.line("\n%s", style("bold", "How to read this"))
	for _, s := range append(howToRead[:len(howToRead):len(howToRead)], r.colophon()) {
		p.line("%s", style("faint", s))
	}
	if s := r.Checkpoint.words(zone); s != "" {
		p.line("%s", style("faint", s))
	}
	return p.err
}

// TextCard writes one change for a terminal: a head, the title, a line for
// each place, and a foot.
func TextCard(w io.Writer, c Card, zone *time.Location, style Style) error {
	c = c.shown()
	p := &printer{w: w}
	parts := []string{style("grade", pad(c.Sign(), 3)), style("bold", c.Site), c.KindWords()}
	if h := c.Honesty(); h != "" {
		parts = append(parts, h)
	}
	p.line("  %s", strings.Join(parts, "  "))
	p.line("      %s", c.Title)
	list, dates, more := c.sorted()
	for _, e := range list {
		p.line("      %s  %s", style("faint", pad(where(e), 10)), strings.TrimSpace(words(e, textMark(style))))
	}
	if more > 0 {
		p.line("      %s", style("faint", c.moreWords(more)))
	}
	if s := c.foot(dates, zone); s != "" {
		p.line("      %s", style("faint", s))
	}
	if len(c.Alike) > 0 {
		p.pages(Alike{Pages: c.Alike}, style)
	}
	if s := c.watchWords(); s != "" {
		p.line("      %s  %s", style("faint", pad("watch", 10)), s)
	}
	if len(c.Also) > 0 {
		names := make([]string, len(c.Also))
		for i, x := range c.Also {
			names[i] = alsoWords(x)
		}
		p.line("      %s", style("faint", "also told by "+strings.Join(names, ", ")))
	}
	last := []string{short(c.Page), c.fromTo(), c.Interval(zone)}
	if age := c.Age(); age != "" {
		last = append(last, age)
	}
	p.line("      %s", style("faint", strings.Join(last, " · ")))
	return p.err
}

// textMark marks as wdiff does, so that it can be read without colours too.
func textMark(style Style) mark {
	return spaced(func(op change.Op, text string) string {
		switch op {
		case change.Delete:
			return style("delete", "[-"+text+"-]")
		case change.Insert:
			return style("insert", "{+"+text+"+}")
		}
		return text
	})
}

// oneLine says a small edit in a line.
func (c Card) oneLine(m mark) string {
	s := strings.Join([]string{c.Sign(), short(c.Page), c.Site + ":", c.Title}, " ") + " (" + c.KindWords()
	if h := c.Honesty(); h != "" {
		s += "; " + h
	}
	if w := c.watchWords(); w != "" {
		s += "; watch " + w
	}
	return s + ")" + c.gist(m)
}

// gist are the words that a small edit changed, as many as go into a line.
func (c Card) gist(m mark) string {
	list, _, _ := c.sorted()
	room := oneLine
	var b strings.Builder
	for _, e := range list {
		for _, s := range runs(e) {
			if s.Op == "" && e.Op != change.Move && e.Where != "status" {
				continue
			}
			text := strings.TrimSpace(s.Text)
			r := []rune(text)
			if room < 20 && len(r) > room {
				return b.String() + " …"
			}
			if len(r) > room {
				text = head(r, room) + " …"
			}
			room -= len(r)
			b.WriteString(" " + m(s.Op, text))
		}
	}
	return b.String()
}

// words are a paper's counts.
func (p Paper) words() string {
	list := []string{plural(p.Changed, "change")}
	for _, x := range []struct {
		n    int
		word string
	}{{p.Worth, "worth reading"}, {p.Stealth, "stealth"}, {p.Admitted, "admitted"}, {p.Withdrawn, "withdrawn"}} {
		if x.n > 0 {
			s := thousands(x.n) + " " + x.word
			if x.word == "stealth" {
				s += fmt.Sprintf(" (%d %%)", p.StealthShare())
			}
			list = append(list, s)
		}
	}
	if p.Corrections > 0 {
		list = append(list, plural(p.Corrections, "correction"))
	}
	if s := p.firstEdit(); s != "" {
		list = append(list, "first edit within "+s+" (median)")
	}
	return strings.Join(list, " · ")
}

// pad fills up to n columns.
func pad(s string, n int) string {
	cells := 0
	for _, r := range s {
		cells++
		if k := width.LookupRune(r).Kind(); k == width.EastAsianWide || k == width.EastAsianFullwidth {
			cells++
		}
	}
	return s + strings.Repeat(" ", max(0, n-cells))
}

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
	if err == nil && n < len(b) {
		err = io.ErrShortWrite
	}
	p.err = err
	return n, err
}

func (p *printer) line(format string, args ...any) { fmt.Fprintf(p, format+"\n", args...) }
