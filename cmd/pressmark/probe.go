package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"pressmark/crawler"
	"pressmark/crawler/discover"
	"pressmark/crawler/fetch"
	"pressmark/crawler/robots"
	"pressmark/extract"
	filters "pressmark/extract/filter"
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
	Added   string     `json:"added,omitempty"` // the name it has in the configuration now

	article extract.Article
	home    string // the home page's name for the site
	title   string // and its title
}

// listed is a feed or a sitemap.
type listed struct {
	Kind   string    `json:"kind"`
	URL    string    `json:"url"`
	Items  int       `json:"items"`
	Newest time.Time `json:"newest,omitzero"`

	title string
	links []discover.Link
}

type probePage struct {
	URL string `json:"url"`
	extract.Form
}

func (c *cli) configurationOrDefault() (*config, error) {
	conf, err := c.configuration()
	if errors.Is(err, errNoConfig) && c.config == "" {
		conf, err = defaultConfig(), nil
		conf.of, conf.zone = c, c.local()
	}
	return conf, err
}

// probe looks at a site as a crawl would: robots.txt, home page, feeds,
// sitemaps, and one article.
func (c *cli) probe(ctx context.Context, conf *config, raw string) (*probe, error) {
	raw, err := address(raw)
	if err != nil {
		return nil, err
	}
	if conf.Contact == "" && !loopback(raw) {
		return nil, hint(fmt.Errorf("%w: the people behind %s must be able to reach you", errNoContact, raw),
			"write contact: you@example.org into "+configName+", or pressmark add --contact you@example.org")
	}
	f, err := newFetcher(conf, c.log)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	hidden, err := c.filters(conf)
	if err != nil {
		return nil, err
	}
	look := &looking{f: f, rules: newRules(f, time.Now), pause: time.Duration(conf.Crawl.Delay), hidden: hidden}
	if loopback(raw) {
		look.pause = 0
	}
	return look.site(ctx, raw)
}

// address is the address that a person typed, https when no scheme is said.
func address(raw string) (string, error) {
	full := raw
	if !strings.Contains(raw, "://") {
		full = "https://" + raw
	}
	u, err := url.Parse(full)
	if err != nil || u.Hostname() == "" || u.Scheme != "http" && u.Scheme != "https" {
		return "", usage(fmt.Errorf("%q is no address: write one such as https://www.example.org/", raw))
	}
	if full, err = urlkey.Clean(full); err != nil {
		return "", usage(err)
	}
	return full, nil
}

// A looking is a probe at work; it keeps to the site's rules and pace.
type looking struct {
	f      *fetch.Fetcher
	rules  *robots.Rules
	pause  time.Duration
	asked  int
	hidden *filters.Set
}

var errForbidden = errors.New("robots.txt forbids it")

func (l *looking) get(ctx context.Context, u string) (*fetch.Response, string, error) {
	res, final, err := follow(ctx, l.f, u, l.turn)
	if err == nil && res.Status >= 400 {
		err = fmt.Errorf("%s answered %d", u, res.Status)
	}
	return res, final, err
}

// turn asks robots.txt and keeps the pace, before each request and each hop of
// a redirect.
func (l *looking) turn(ctx context.Context, u string) error {
	d, err := l.rules.Allowed(ctx, u)
	if err != nil {
		return err
	}
	if !d.Allowed && !d.RetryAt.IsZero() {
		return l.unreadable(ctx, u, d)
	}
	if !d.Allowed {
		return fmt.Errorf("%s: %w: %s", u, errForbidden, d.Why)
	}
	if l.asked++; l.asked > 1 {
		return crawler.Sleep(ctx, max(l.pause, d.CrawlDelay))
	}
	return nil
}

// unreadable says why robots.txt could not be read: that is why nothing of the
// site may be asked for, and mostly that the site is not there at all.
func (l *looking) unreadable(ctx context.Context, u string, d robots.Decision) error {
	if at, err := urlkey.Resolve(u, "/robots.txt"); err == nil {
		if _, _, err := follow(ctx, l.f, at, nil); err != nil {
			return err
		}
	}
	return fmt.Errorf("%s: %s", u, d.Why)
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
		home, _ := urlkey.Resolve(final, "/")
		return nil, hint(fmt.Errorf("%s is a feed or sitemap (%s), not a site", final, found.Format),
			"name the site's home page, probably "+home+"; feeds that it doesn't name go into the configuration, under feeds")
	}
	p.home = extract.Extract(extract.Page{URL: final, Body: res.Body, ContentType: res.Header.Get("Content-Type")}).SiteName
	p.title = found.Title
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
	if err := l.sample(ctx, p, pages); err != nil {
		return nil, err
	}
	p.Name = p.name()
	return p, nil
}

// name is what a site calls itself: on its home page, on an article, in its
// feed, in its title if that has one part only; else its host.
func (p *probe) name() string {
	names := []string{p.home, p.article.SiteName}
	for _, x := range p.Lists {
		names = append(names, x.title)
	}
	if !strings.ContainsAny(p.title, "|:,·–—") && !strings.Contains(p.title, " - ") {
		names = append(names, p.title)
	}
	for _, n := range names {
		if n = line(n); n != "" && len(n) <= 60 {
			return n
		}
	}
	return siteConfig{URL: p.URL}.name()
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
		list := listed{Kind: string(x.Kind), URL: x.URL, title: found.Title}
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
		a := extract.Extract(extract.Page{URL: x.URL, Final: final, Status: res.Status, ContentType: res.Header.Get("Content-Type"), Body: res.Body, Filters: l.hidden})
		if a.Kind == extract.News || a.Kind == extract.Partial {
			p.article, p.Trouble = a, ""
			p.Sample = &probePage{x.URL, a.Form()}
			return nil
		}
		p.Trouble = fmt.Sprintf("%s is no article: %s", x.URL, a.Why)
	}
	if len(pages) == 0 {
		p.Trouble = "no articles found: name a feed or a section page in the configuration (feeds, sections)"
	}
	return nil
}

func sameGroup(a, b string) bool {
	x, err := urlkey.Group(a)
	if err != nil {
		return false
	}
	y, err := urlkey.Group(b)
	return err == nil && x == y
}
