package main

import (
	"fmt"
	"net/url"
	"strings"
	"time"

	"pressmark/extract"
)

func (c *cli) printProbe(p *probe) error {
	if c.json {
		return object(c.out, p)
	}
	fmt.Fprintf(c.out, "%s  %s\n", c.out.style(bold, p.Name), line(p.URL))
	path := func(raw string) string {
		if u, err := url.Parse(raw); err == nil {
			return u.RequestURI()
		}
		return raw
	}
	for _, x := range p.Lists {
		newest := ""
		if !x.Newest.IsZero() {
			newest = ", newest " + span(time.Since(x.Newest)) + " old"
		}
		fmt.Fprintf(c.out, " found    %s %s  %s%s\n", pad(x.Kind, 8), pad(line(path(x.URL)), 24), count(x.Items, "article"), newest)
	}
	if len(p.Lists) == 0 {
		fmt.Fprintf(c.out, " found    no feed and no sitemap; the home page links to %s\n", count(p.Linked, "article"))
	}
	robots := p.Robots
	if p.Delay > 0 {
		robots += fmt.Sprintf(", %g s between requests", p.Delay)
	}
	fmt.Fprintf(c.out, " robots   %s\n", line(robots))
	if p.Sample != nil {
		a := p.article
		about := []string{count(len(strings.Fields(a.Text())), "word")}
		if len(a.Byline) > 0 {
			about = append(about, "by "+strings.Join(a.Byline, ", "))
		}
		for _, s := range []string{a.Agency, a.Published.String(), a.Language} {
			if s != "" {
				about = append(about, s)
			}
		}
		fmt.Fprintf(c.out, " sample   %q  %s\n", line(a.Title), line(strings.Join(about, " · ")))
		if left := removedWords(a.Removed); left != "" {
			fmt.Fprintf(c.out, " removed  %s\n", left)
		}
	}
	if p.Trouble != "" {
		fmt.Fprintf(c.out, " trouble  %s\n", c.out.style(red, line(p.Trouble)))
	}
	return nil
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
