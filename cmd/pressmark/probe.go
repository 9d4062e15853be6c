package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"pressmark/crawler/discover"
	"pressmark/crawler/fetch"
	"pressmark/crawler/robots"
	"pressmark/extract"
	"pressmark/extract/urlkey"
)

// A probe is what a look at a site found, without keeping anything.
type probe struct {
	URL     string     `json:"url"` // of the home page, after redirects
	Name    string     `json:"name"`
	Lists   []listed   `json:"lists"`  // feeds and sitemaps that list something
	Linked  int        `json:"linked"` // pages that the home page links to
	Robots  string     `json:"robots"`
	Delay   float64    `json:"crawl_delay_seconds"`
	Trouble string     `json:"trouble,omitempty"`
	Sample  *probePage `json:"sample,omitempty"`

	article extract.Article
}

// listed is a feed or a sitemap.
type listed struct {
	Kind   string    `json:"kind"`
	URL    string    `json:"url"`
	Items  int       `json:"items"`
	Newest time.Time `json:"newest,omitzero"`
	links  []discover.Link
}

type probePage struct {
	URL string `json:"url"`
	extract.Form
}

func (c *cli) configurationOrDefault() (*config, error) {
	conf, err := c.configuration()
	if errors.Is(err, errNoConfig) && c.config == "" {
		return defaultConfig(), nil
	}
	return conf, err
}

// probe looks at a site as a crawl would: robots.txt, home page, feeds,
// sitemaps, and one article.
func (c *cli) probe(ctx context.Context, conf *config, raw string) (*probe, error) {
	if !strings.Contains(raw, "://") {
		raw = "https://" + raw
	}
	if conf.Contact == "" && !loopback(raw) {
		return nil, hint(errors.New("contact is missing: the people behind "+raw+" must be able to reach you"),
			"write contact: you@example.org into "+configName)
	}
	f, err := newFetcher(conf, c.log)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	look := &looking{f: f, rules: newRules(f, time.Now), pause: time.Duration(conf.Crawl.Delay)}
	if loopback(raw) {
		look.pause = 0
	}
	return look.site(ctx, raw)
}

// A looking is a probe at work; it keeps to the site's rules and pace.
type looking struct {
	f     *fetch.Fetcher
	rules *robots.Rules
	pause time.Duration
	asked int
}

var errForbidden = errors.New("robots.txt forbids it")

func (l *looking) get(ctx context.Context, u string) (*fetch.Response, string, error) {
	d, err := l.rules.Allowed(ctx, u)
	if err != nil {
		return nil, "", err
	}
	if !d.Allowed {
		return nil, "", fmt.Errorf("%w: %s", errForbidden, d.Why)
	}
	if l.asked++; l.asked > 1 {
		if err := sleepReal(ctx, max(l.pause, d.CrawlDelay)); err != nil {
			return nil, "", err
		}
	}
	res, final, err := follow(ctx, l.f, u)
	if err == nil && res.Status >= 400 {
		err = fmt.Errorf("%s answered %d", u, res.Status)
	}
	return res, final, err
}

func (l *looking) site(ctx context.Context, raw string) (*probe, error) {
	p := &probe{Robots: "allowed"}
	d, err := l.rules.Allowed(ctx, raw)
	if err != nil {
		return nil, usage(err)
	}
	p.Delay = d.CrawlDelay.Seconds()
	if !d.Allowed {
		p.Robots = "forbidden: " + d.Why
	}
	res, final, err := l.get(ctx, raw)
	if err != nil {
		return nil, err
	}
	p.URL = final
	found, err := discover.Parse(res.Body, res.Header.Get("Content-Type"), final)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", final, err)
	}
	if found.Format != "html" {
		return nil, hint(fmt.Errorf("%s is a feed (%s), not a site", final, found.Format), "name the site's home page")
	}
	p.Name = nameOf(extract.Extract(extract.Page{URL: final, Body: res.Body, ContentType: res.Header.Get("Content-Type")}).SiteName, final)
	var pages []discover.Link
	for _, x := range found.Links {
		if x.Kind == discover.Page && sameGroup(x.URL, final) {
			pages = append(pages, x)
		}
	}
	p.Linked = len(pages)
	if err := l.lists(ctx, p, discover.Autodiscover(res.Body, res.Header.Get("Content-Type"), final)); err != nil {
		return nil, err
	}
	for _, x := range p.Lists {
		pages = append(x.links, pages...)
	}
	return p, l.sample(ctx, p, pages)
}

// lists looks into the feeds and sitemaps that the home page and robots.txt name.
func (l *looking) lists(ctx context.Context, p *probe, links []discover.Link) error {
	for _, u := range l.rules.Sitemaps(ctx, p.URL) {
		links = append(links, discover.Link{URL: u, Kind: discover.Sitemap})
	}
	seen := map[string]bool{}
	for _, x := range links {
		if x.Kind != discover.Feed && x.Kind != discover.Sitemap || seen[x.URL] || !sameGroup(x.URL, p.URL) || len(seen) == 6 {
			continue
		}
		seen[x.URL] = true
		res, final, err := l.get(ctx, x.URL)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			continue
		}
		found, err := discover.Parse(res.Body, res.Header.Get("Content-Type"), final)
		if err != nil || found.Format == "html" {
			continue
		}
		list := listed{Kind: string(x.Kind), URL: x.URL}
		for _, y := range found.Links {
			if y.Kind != discover.Page {
				continue
			}
			list.Items++
			if y.Published.After(list.Newest) {
				list.Newest = y.Published
			}
			if sameGroup(y.URL, p.URL) {
				list.links = append(list.links, y)
			}
		}
		if list.Items > 0 {
			p.Lists = append(p.Lists, list)
		}
	}
	return nil
}

// sample reads the first page that holds an article, of a few.
func (l *looking) sample(ctx context.Context, p *probe, pages []discover.Link) error {
	for i, x := range pages {
		if i == 3 {
			break
		}
		res, final, err := l.get(ctx, x.URL)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			p.Trouble = err.Error()
			continue
		}
		a := extract.Extract(extract.Page{URL: x.URL, Final: final, Status: res.Status, ContentType: res.Header.Get("Content-Type"), Body: res.Body})
		if a.Kind == extract.News || a.Kind == extract.Partial {
			p.article, p.Trouble = a, ""
			p.Sample = &probePage{x.URL, a.Form()}
			return nil
		}
		p.Trouble = fmt.Sprintf("%s is no article: %s", x.URL, a.Why)
	}
	if len(pages) == 0 {
		p.Trouble = "no articles found: name a feed or a section page in the configuration"
	}
	return nil
}

// nameOf is what a site calls itself, or its host.
func nameOf(name, home string) string {
	if name = line(name); name != "" && len(name) <= 60 {
		return name
	}
	return siteConfig{URL: home}.name()
}

func sameGroup(a, b string) bool {
	x, err := urlkey.Group(a)
	if err != nil {
		return false
	}
	y, err := urlkey.Group(b)
	return err == nil && x == y
}

func (c *cli) printProbe(p *probe) error {
	if c.json {
		return object(c.out, p)
	}
	fmt.Fprintf(c.out, "%s  %s\n", c.out.style(bold, p.Name), p.URL)
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
		fmt.Fprintf(c.out, " found    %s %s  %s%s\n", pad(x.Kind, 8), pad(path(x.URL), 24), count(x.Items, "article"), newest)
	}
	if len(p.Lists) == 0 {
		fmt.Fprintf(c.out, " found    no feed and no sitemap; the home page links to %s\n", count(p.Linked, "article"))
	}
	robots := p.Robots
	if p.Delay > 0 {
		robots += fmt.Sprintf(", %g s between requests", p.Delay)
	}
	fmt.Fprintf(c.out, " robots   %s\n", robots)
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
