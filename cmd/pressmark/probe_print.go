package main

import (
	"fmt"
	"net/url"
	"strings"
	"time"

	"pressmark/extract"
)

// printProbe shows what was found on a site, part by part, and the verdict.
func (c *cli) printProbe(p *probe, zone *time.Location) error {
	if c.json {
		return object(c.out, p)
	}
	fmt.Fprintf(c.out, "%s  %s\n", c.out.style(bold, line(p.Name)), line(p.URL))
	row := func(name, text string) { fmt.Fprintf(c.out, " %s %s\n", pad(name, 8), text) }
	more := func(text string) { row("", c.out.style(faint, text)) }

	mark := c.out.style(green, "allowed")
	if p.Robots != "allowed" {
		mark = c.out.style(red, line(p.Robots))
	}
	row("robots", mark+"  "+c.out.style(faint, line(p.Rule)))
	pause := fmt.Sprintf("%g s between two requests", p.Pause)
	switch {
	case p.Delay > 0 && p.Delay >= p.Pause:
		pause += ", as its Crawl-delay asks"
	case p.Delay > 0:
		pause += fmt.Sprintf(" (its Crawl-delay asks for %g s)", p.Delay)
	}
	row("pace", pause)

	for _, x := range p.Lists {
		row("found", fmt.Sprintf("%s %s  %s", pad(kindOf(x), 13), pad(fit(line(pathOf(x.URL)), 32), 24), itemsOf(x)))
	}
	for _, x := range p.Empty {
		row("found", fmt.Sprintf("%s %s  %s", pad(kindOf(x), 13), pad(fit(line(pathOf(x.URL)), 32), 24), c.out.style(yellow, line(x.Trouble))))
	}
	if len(p.Lists) == 0 {
		row("found", "no feed and no sitemap; the home page links to "+count(p.Linked, "article"))
	}
	if len(p.Sections) > 0 {
		names := make([]string, 0, 6)
		for _, s := range p.Sections[:min(6, len(p.Sections))] {
			names = append(names, line(pathOf(s)))
		}
		text := strings.Join(names, "  ")
		if len(p.Sections) > len(names) {
			text += fmt.Sprintf("  and %d more", len(p.Sections)-len(names))
		}
		row("sections", text)
	}
	if a := p.listAnswers(); a != "" {
		row("feed", conditional(c, a))
	}
	c.printSample(p, row, more)
	if p.Wall != "" {
		row("wall", c.out.style(red, line(p.Wall)))
	}
	if p.Trouble != "" {
		row("trouble", c.out.style(red, line(p.Trouble)))
	}
	if s := p.Plan; s != nil {
		row("schedule", fmt.Sprintf("%s: %s a day, at most %s for lists", s.When, count(s.Crawls, "crawl"), count(s.Lists, "request"))+newPages(s.Pages))
		next := make([]string, len(s.Next))
		for i, at := range s.Next {
			next[i] = clock(at, zone)
		}
		more("next " + strings.Join(next, ", "))
		if s.Quiet != "" {
			more("quiet " + s.Quiet + ": a crawl in these hours asks for nothing")
		}
	}
	sgr, sign := green, "✓"
	switch p.Verdict {
	case poor:
		sgr, sign = yellow, "!"
	case bad:
		sgr, sign = red, "✗"
	}
	row("verdict", c.out.style(sgr, sign+" "+p.Verdict+": "+line(p.Why)))
	for _, h := range p.Hints {
		row("", "→ "+line(h))
	}
	return c.out.err
}

// printSample shows the article that was read.
func (c *cli) printSample(p *probe, row func(name, text string), more func(string)) {
	if p.Sample == nil {
		return
	}
	a := p.article
	about := []string{count(len(strings.Fields(a.Text())), "word")}
	if len(a.Byline) > 0 {
		about = append(about, "by "+strings.Join(a.Byline, ", "))
	}
	for _, s := range []string{a.Agency, a.Published.String(), a.Language, string(a.Access)} {
		if s != "" {
			about = append(about, s)
		}
	}
	row("sample", fmt.Sprintf("%q  %s", line(a.Title), line(strings.Join(about, " · "))))
	more(line(p.Sample.URL))
	if a.Kind == extract.Partial {
		row("paywall", c.out.style(yellow, line("the page shows a part of the article only: "+a.Why)))
	}
	row("address", line(p.Sample.Address))
	row("again", conditional(c, p.Sample.Answers))
	if left := removedWords(a.Removed); left != "" {
		row("removed", left)
		shown := 0
		for _, r := range a.Removed {
			if r.Kind == "notice" || r.Kind == "wall" || r.Kind == "placeholder" {
				if shown++; shown <= 3 {
					more(fit(line(r.Rule+"  "+r.Text), 90))
				}
			}
		}
	}
}

// conditional shows what is answered when nothing has changed.
func conditional(c *cli, answer string) string {
	if strings.HasPrefix(answer, "304") {
		return "answers " + answer
	}
	if answer != "" && answer[0] >= '0' && answer[0] <= '9' {
		answer = "answers " + answer
	}
	return c.out.style(yellow, line(answer))
}

func kindOf(x listed) string {
	switch {
	case x.Format == "":
		return x.Kind
	case strings.HasPrefix(x.Format, x.Kind):
		return x.Format
	}
	return x.Kind + " " + x.Format
}

func itemsOf(x listed) string {
	text := count(x.Items, "article")
	if x.Sitemaps > 0 {
		text = count(x.Sitemaps, "sitemap")
		if x.Items > 0 {
			text += ", " + count(x.Items, "article")
		}
	}
	if !x.Newest.IsZero() {
		text += ", newest " + span(time.Since(x.Newest)) + " old"
	}
	if hub, err := url.Parse(x.Hub); err == nil && hub.Host != "" {
		text += ", tells of changes by its hub " + line(hub.Host)
	}
	return text
}

func newPages(n float64) string {
	switch {
	case n <= 0:
		return ""
	case n < 1:
		return "; less than a new page a day"
	}
	return fmt.Sprintf("; some %s a day", count(int(n+0.5), "new page"))
}

func pathOf(raw string) string {
	if u, err := url.Parse(raw); err == nil {
		return u.RequestURI()
	}
	return raw
}

// removedWords counts what was left out of an article, in words.
func removedWords(list []extract.Removal) string {
	counts := map[string]int{}
	var order []string
	for _, r := range list {
		if counts[r.Kind] == 0 {
			order = append(order, r.Kind)
		}
		counts[r.Kind]++
	}
	var s []string
	for _, k := range order {
		word := k
		if k == "notice" {
			word = "cookie notice"
		}
		s = append(s, fmt.Sprintf("%d %s", counts[k], word))
	}
	return strings.Join(s, ", ")
}
