package main

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"pressmark/crawler/fetch"
	"pressmark/extract"
	"pressmark/schedules"
)

// A probePlan is what a site's schedule would do.
type probePlan struct {
	When   string      `json:"when"`
	Next   []time.Time `json:"next"`
	Crawls int         `json:"crawls_a_day"`
	Lists  int         `json:"list_requests_a_day"` // at most
	Pages  float64     `json:"new_pages_a_day,omitempty"`
	Quiet  string      `json:"quiet,omitempty"` // the hours in which it asks for nothing
}

// plan says what the schedule of a site would do.
func (c *config) plan(s siteConfig, found *probe, now time.Time) (*probePlan, error) {
	p, err := schedules.Parse(c.schedule(s))
	if err != nil {
		return nil, err
	}
	site := c.site(s)
	o := &probePlan{When: when(p), Quiet: site.Quiet.String()}
	const most = 24 * 60 // no schedule is finer
	for i, x := range p.Upcoming(p.From(time.Time{}, now), most) {
		if i < 3 {
			o.Next = append(o.Next, x.Due.UTC())
		}
		if x.Due.Sub(now) > 24*time.Hour {
			break
		}
		if _, quiet := site.Quiet.Until(x.Due.In(site.Zone)); !quiet {
			o.Crawls++
		}
	}
	lists := len(found.Lists)
	if lists == 0 {
		lists = 1 + min(len(found.Sections), 5)
	}
	o.Lists = o.Crawls * (lists + 1) // and the home page
	for _, x := range found.Lists {
		o.Pages = max(o.Pages, x.PerDay)
	}
	return o, nil
}

// The verdicts on a site.
const (
	good = "good"
	poor = "poor" // it works, and something costs
	bad  = "bad"  // it would give nothing
)

// judge says how well a site can be crawled, and what would help.
func (p *probe) judge() {
	advise := func(text string) { p.Hints = append(p.Hints, text) }
	p.Verdict, p.Why = good, ""
	worse := func(why string) {
		if p.Verdict == good {
			p.Verdict, p.Why = poor, why
		}
	}
	switch {
	case p.Sample == nil && p.shell:
		p.Verdict, p.Why = bad, "its pages show no article without their scripts"
		advise("render: true for the site has a browser of this machine run them (pressmark doctor looks for one)")
	case p.Sample == nil && p.Walls > 0:
		p.Verdict, p.Why = bad, "a wall stands before its pages"
		advise("a longer delay for the site, crawl.proxy in a country that is let in, or the paper's leave to crawl may help; a wall is never archived as an article")
	case p.Sample == nil:
		p.Verdict, p.Why = bad, "no article was found"
		advise("name a feed or a section page that links to articles in the configuration, under feeds or sections of the site")
	case p.article.Kind == extract.Partial:
		worse("its articles are cut by a paywall: what everybody may read of them is kept")
	case len(p.Lists) == 0:
		worse("it names no feed and no sitemap that lists articles: its home page and sections are read instead, which finds less and costs more")
		advise("look for a feed by hand (a link called RSS, /feed, /rss.xml) and name it under feeds of the site")
	}
	if len(p.Lists) > 0 {
		newest := time.Time{}
		for _, x := range p.Lists {
			if x.Newest.After(newest) {
				newest = x.Newest
			}
		}
		if age := time.Since(newest); !newest.IsZero() && age > 14*24*time.Hour {
			worse("its newest listed article is " + span(age) + " old: the feed may be dead")
			advise("a feed that nobody writes to any more: name another one, or sections, in the configuration")
		}
	}
	for _, answers := range []string{p.listAnswers(), p.sampleAnswers()} {
		if answers != "" && !strings.HasPrefix(answers, "304") {
			worse("its server does not say when nothing has changed: each look costs the whole page")
			advise("a longer every for the site costs its server less")
			break
		}
	}
	if p.Delay > 10 {
		worse(fmt.Sprintf("robots.txt wants %g s between two requests: a crawl takes long, and is cut at its turn", p.Delay))
	}
	if p.Verdict == good {
		p.Why = "its articles are found and read"
	}
}

func (p *probe) listAnswers() string {
	if len(p.Lists) == 0 {
		return ""
	}
	return p.Lists[0].Answers
}

func (p *probe) sampleAnswers() string {
	if p.Sample == nil {
		return ""
	}
	return p.Sample.Answers
}

// named adds to an error of a request what its name means, and what helps.
func named(err error) error {
	var h hinted
	if errors.As(err, &h) {
		return err
	}
	if errors.Is(err, errForbidden) {
		return hint(err, "the site does not want to be crawled by programs such as this one; its people may make an exception in robots.txt for \"User-agent: "+productToken+"\"")
	}
	if way := fetch.Hint(fetch.Reason(err)); way != "" {
		return hint(err, way)
	}
	return err
}
