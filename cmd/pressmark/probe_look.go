package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"pressmark/crawler"
	"pressmark/crawler/discover"
	"pressmark/crawler/fetch"
	"pressmark/crawler/render"
	"pressmark/crawler/robots"
	"pressmark/crawler/websub"
	"pressmark/extract"
	filters "pressmark/extract/filter"
	"pressmark/extract/urlkey"
)

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
	return hint(fmt.Errorf("%s: %s", u, d.Why), "while a site can't say what it allows nothing of it is asked for (RFC 9309); crawls ask for its robots.txt again, ever more rarely")
}

func (l *looking) site(ctx context.Context, raw string) (*probe, error) {
	p := &probe{Robots: "allowed"}
	d, err := l.rules.Allowed(ctx, raw)
	if err != nil {
		return nil, usage(err)
	}
	p.Delay, p.Rule = d.CrawlDelay.Seconds(), strings.TrimPrefix(d.Why, "robots.txt: ")
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
	named := discover.Autodiscover(res.Body, res.Header.Get("Content-Type"), final)
	for _, x := range named {
		if x.Kind == discover.Section && sameGroup(x.URL, final) {
			p.Sections = append(p.Sections, x.URL)
		}
	}
	if err := l.lists(ctx, p, named); err != nil {
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
	for len(links) > 0 {
		x := links[0]
		links = links[1:]
		if x.Kind != discover.Feed && x.Kind != discover.Sitemap || seen[x.URL] || !sameGroup(x.URL, p.URL) || len(seen) == 6 {
			continue
		}
		seen[x.URL] = true
		list, children, err := l.list(ctx, p, x)
		links = append(links, children...)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			list.Trouble = err.Error()
			p.Empty = append(p.Empty, list)
		case list.Items == 0 && list.Sitemaps == 0:
			list.Trouble = "it names no article"
			p.Empty = append(p.Empty, list)
		default:
			p.Lists = append(p.Lists, list)
		}
	}
	return nil
}

// list reads one feed or sitemap; of an index, those sitemaps that are worth a look.
func (l *looking) list(ctx context.Context, p *probe, x discover.Link) (listed, []discover.Link, error) {
	list := listed{Kind: string(x.Kind), URL: x.URL}
	res, final, err := l.get(ctx, x.URL)
	if err != nil {
		return list, nil, err
	}
	found, err := discover.Parse(res.Body, res.Header.Get("Content-Type"), final)
	if err != nil {
		return list, nil, err
	}
	if list.Format, list.title = found.Format, found.Title; found.Format == "html" {
		return list, nil, errors.New("it is a page")
	}
	if hubs, _ := websub.Named(websub.Listing{Final: final, Header: res.Header, Found: found}); len(hubs) > 0 && x.Kind == discover.Feed {
		list.Hub = hubs[0]
	}
	var oldest time.Time
	dated := 0
	var children []discover.Link
	for _, y := range found.Links {
		if y.Kind == discover.Sitemap {
			if list.Sitemaps++; len(children) < 2 {
				children = append(children, y)
			}
		}
		if y.Kind != discover.Page {
			continue
		}
		list.Items++
		if !y.Published.IsZero() {
			if dated++; oldest.IsZero() || y.Published.Before(oldest) {
				oldest = y.Published
			}
		}
		if y.Published.After(list.Newest) {
			list.Newest = y.Published
		}
		if sameGroup(y.URL, p.URL) {
			list.links = append(list.links, y)
		}
	}
	if days := list.Newest.Sub(oldest).Hours() / 24; dated > 2 && days > 0.02 {
		list.PerDay = float64(dated-1) / days
	}
	if list.Items > 0 && len(p.Lists) == 0 { // one stands for all
		list.Answers, err = l.again(ctx, res, final)
	}
	return list, children, err
}

// again asks for what was just answered whether it has changed.
func (l *looking) again(ctx context.Context, res *fetch.Response, at string) (string, error) {
	tag, date := res.Header.Get("ETag"), res.Header.Get("Last-Modified")
	if tag == "" && date == "" {
		return "sends neither ETag nor Last-Modified: it is fetched whole each time", nil
	}
	if err := l.turn(ctx, at); err != nil {
		return "", err
	}
	second, err := l.f.Get(ctx, fetch.Request{URL: at, ETag: tag, LastModified: date})
	switch {
	case ctx.Err() != nil:
		return "", ctx.Err()
	case err != nil:
		return "no answer to a conditional request: " + err.Error(), nil
	case second.Status == http.StatusNotModified:
		return "304 when it has not changed", nil
	}
	return fmt.Sprintf("%d with the whole page, though it has not changed", second.Status), nil
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
			p.Sample = &probePage{URL: x.URL, Address: addressed(a.Canonical, x.URL), Form: a.Form()}
			p.Sample.Answers, err = l.again(ctx, res, final)
			return err
		}
		if a.Kind == extract.Wall {
			p.Walls++
			p.Wall = a.Why
		}
		p.shell = p.shell || render.Shell(res.Body)
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

// addressed says what a page says of its own address.
func addressed(canonical, url string) string {
	if canonical == "" {
		return "names none of its own"
	}
	a, err := urlkey.Of(canonical)
	b, berr := urlkey.Of(url)
	if err == nil && berr == nil && a == b {
		return "as it says itself"
	}
	return "says that it is " + canonical
}
