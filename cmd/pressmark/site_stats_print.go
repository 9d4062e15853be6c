package main

import (
	"fmt"
	"strings"
	"time"

	"pressmark/archive"
)

func (c *cli) printFigures(s *siteFigures, zone *time.Location) error {
	if c.json {
		return object(c.out, s)
	}
	since := ""
	if !s.Since.IsZero() {
		since = " since " + clock(s.Since, zone)
	}
	fmt.Fprintf(c.out, "%s  %s%s\n", c.out.style(bold, line(s.Site)), count(s.Crawls, "crawl"), since)
	row := func(name, text string) {
		if text != "" {
			fmt.Fprintf(c.out, " %s %s\n", pad(name, 10), text)
		}
	}
	took := []string{count(s.Requests, "request")}
	if s.Pages > 0 {
		took = append(took, fmt.Sprintf("%s, %d %% of them not modified (304)", count(s.Pages, "page"), 100*s.NotModified/s.Pages))
	}
	if s.Bytes > 0 {
		took = append(took, bytesOf(s.Bytes)+" received")
	}
	if s.Pace > 0 {
		took = append(took, "a pause of "+apart(s.Pace)+" between two")
	}
	row("asked", strings.Join(took, " · "))
	found := []string{count(s.Outcomes[archive.New], "new article"), count(s.Changes, "change")}
	if s.Changes > 0 {
		found[1] += fmt.Sprintf(" (%d grave, %d middling, %d slight; %d by stealth)", s.Grades[3], s.Grades[2], s.Grades[1]+s.Grades[0], s.Stealth)
	}
	if s.Notices > 0 {
		found = append(found, count(s.Notices, "cookie notice")+" removed")
	}
	row("brought", strings.Join(found, " · "))
	if s.Edited > 0 {
		row("first edit", fmt.Sprintf("median %s after an article was first seen (%s)", span(time.Duration(s.FirstEdit*float64(time.Second))), count(s.Edited, "article")))
	}
	var walls []string
	for _, x := range []struct {
		o    archive.Outcome
		word string
	}{{archive.Walls, "walled"}, {archive.Teaser, "cut by a paywall"}, {archive.Doubtful, "doubtful"}, {archive.Error, "refused"}, {archive.Nothing, "without an article"}, {archive.Gone, "withdrawn"}} {
		if n := s.Outcomes[x.o]; n > 0 {
			walls = append(walls, thousands(n)+" "+x.word)
		}
	}
	row("pages", strings.Join(walls, " · "))
	c.failures("failed", s.Failed, red, zone)
	c.failures("left out", s.Skipped, faint, zone)
	last := []string{}
	for _, x := range []struct {
		what string
		at   time.Time
	}{{"crawled", s.LastRun}, {"without trouble", s.LastSuccess}, {"a new page", s.LastNew}} {
		when := "not in 28 days"
		if !x.at.IsZero() {
			when = clock(x.at, zone)
		}
		last = append(last, x.what+" "+when)
	}
	row("last", strings.Join(last, " · "))
	if s.Trouble != "" {
		row("trouble", c.out.style(red, line(s.Trouble)))
	}
	if s.Quiet != "" {
		row("quiet", c.out.style(yellow, line(s.Quiet)))
	}
	return c.out.err
}

// failures lists what went wrong, with an example of each.
func (c *cli) failures(name string, list []mishap, sgr string, zone *time.Location) {
	for _, f := range list {
		fmt.Fprintf(c.out, " %s %s × %s\n", pad(name, 10), thousands(f.Count), c.out.style(sgr, line(f.Reason)))
		if f.URL != "" {
			fmt.Fprintf(c.out, " %s %s\n", pad("", 10), c.out.style(faint, line(clock(f.At, zone)+"  "+f.URL+"  "+f.Detail)))
		}
		if f.Hint != "" {
			fmt.Fprintf(c.out, " %s → %s\n", pad("", 10), line(f.Hint))
		}
		name = ""
	}
}
