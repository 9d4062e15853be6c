package crawler

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"pressmark/archive"
	"pressmark/crawler/discover"
	"pressmark/crawler/frontier"
	"pressmark/extract/urlkey"
)

// read takes the links of a feed, a sitemap or a section page. Its error means
// that the crawl can't go on.
func (v *visit) read(ctx context.Context, a *answer) error {
	o := &v.outcome
	switch {
	case a.Status == http.StatusNotModified:
		o.Result, o.Fresh = frontier.Unchanged, fresh(a.Header)
		v.judge(nil, a.Header)
		v.mu.Lock()
		v.site.quiet = true
		if v.item.Kind != frontier.Section && o.Error == "" {
			v.site.lists++
		}
		v.mu.Unlock()
		return nil
	case a.Status == http.StatusNotFound || a.Status == http.StatusGone:
		v.broken(frontier.Missing, http.StatusText(a.Status))
		return nil
	case a.Status >= 400:
		v.broken(frontier.Failed, http.StatusText(a.Status))
		return nil
	}
	ctype := a.Header.Get("Content-Type")
	var known *discover.Shapes
	if v.item.Kind == frontier.Section {
		known = v.lesson(ctx, v.site.Name)
	}
	found, err := known.Parse(a.Body, ctype, a.final)
	if err != nil {
		v.broken(frontier.Failed, err.Error())
		return nil
	}
	html := found.Format == "html"
	if html && v.item.Kind != frontier.Section { // a feed's address that answers with a page
		if v.broken(frontier.Missing, "a page, not a "+v.item.Kind); v.guess() {
			return nil
		}
	}
	if !html && len(found.Links) == 0 { // it is dead, or was never used; there may be more one day
		if o.Result, o.Error = frontier.Missing, "it lists nothing"; found.Why != "" {
			o.Error += ": " + found.Why
		}
		v.mu.Lock()
		v.site.empty = append(v.site.empty, archive.Miss{URL: v.item.URL, Detail: o.Error})
		v.mu.Unlock()
		return nil
	}
	if !html && found.Why != "" { // it lists something, and not all
		v.remark(v.item.URL + ": " + found.Why)
	}
	o.Result, o.Error = frontier.Changed, ""
	o.ETag, o.LastModified = a.Header.Get("ETag"), dated(a.Header, v.o.Now())
	o.Fresh = max(found.TTL, fresh(a.Header))
	o.Skips = frontier.Skips(found.Skips)
	v.heard(a, found)
	older, err := v.older(ctx, found)
	if err != nil {
		return err
	}
	found.Links = append(found.Links, older...)
	var dates []time.Time
	for _, l := range found.Links {
		dates = append(dates, l.Published)
	}
	o.Every, o.Entries = frontier.Interval(dates, v.o.Now()), dates
	if found.Links, err = v.withinIndexes(ctx, found.Links); err != nil {
		return err
	}
	pages := v.add(found.Links, html)
	news, err := v.newHere(ctx, found.Links)
	if err != nil {
		return err
	}
	if !news {
		o.Result = frontier.Unchanged
	}
	if v.judge(found.Links, a.Header); pages > 0 && !html && o.Error == "" {
		v.mu.Lock()
		v.site.lists++
		v.mu.Unlock()
	}
	if v.home() {
		v.around(discover.Autodiscover(a.Body, ctype, a.final))
	}
	return nil
}

// broken settles a list that gave nothing, and says so unless nobody named it.
func (v *visit) broken(result frontier.Result, why string) {
	v.outcome.Result, v.outcome.Error = result, why
	if v.home() {
		v.around(nil)
	}
	if v.guess() {
		return
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.site.failed(v.item.Kind, v.item.URL, v.item.Kind, why)
}

// home reports whether the item is the site's home page, from which everything
// else is found.
func (v *visit) home() bool {
	if len(v.site.Feeds)+len(v.site.Sitemaps)+len(v.site.Sections) > 0 || v.item.Kind != frontier.Section {
		return false
	}
	key, err := urlkey.Of(v.site.URL)
	return err == nil && key == v.item.Page
}

// add takes the links to pages, and those of a sitemap index to sitemaps. It
// counts the pages.
func (v *visit) add(links []discover.Link, html bool) (pages int) {
	var sitemaps []discover.Link
	for _, l := range links {
		switch l.Kind {
		case discover.Page:
			if v.addPage(l, html) {
				pages++
			}
		case discover.Sitemap:
			sitemaps = append(sitemaps, l)
		}
	}
	for _, l := range v.shareOfIndex(sitemaps) {
		link := v.link(l.URL, frontier.Sitemap, v.item.URL)
		link.Modified, link.Due = l.Modified, v.turnOfSitemap(l)
		v.links = append(v.links, link)
	}
	return pages
}

func (v *visit) addPage(l discover.Link, html bool) bool {
	if ok, why := v.site.scope.page(l.URL); !ok {
		if !html { // pages link to everywhere; a feed that does is worth a word
			v.mu.Lock()
			v.site.skipped(l.URL, "scope", why)
			v.mu.Unlock()
		}
		return false
	}
	key, err := urlkey.Of(l.URL)
	if err != nil {
		return false
	}
	if v.leadsIntoTrap(l, html) {
		return false
	}
	v.mu.Lock()
	v.site.list(key)
	v.mu.Unlock()
	link := v.link(l.URL, frontier.Page, v.item.URL)
	link.Published, link.Modified = l.Published, l.Modified
	link.Due = v.turnOf(l)
	v.links = append(v.links, link)
	return true
}

// How old a page is still news, and how far before everything else news is
// asked for: a backlog from a site's whole past must not keep it waiting.
const (
	newsAge  = 7 * 24 * time.Hour
	newsHead = 30 * 24 * time.Hour
)

// turnOf is the due time of a page that is listed: the newest come first. What
// has no date is news when a feed or a page lists it, and not in a sitemap.
func (v *visit) turnOf(l discover.Link) time.Time {
	date := l.Published
	if l.Modified.After(date) {
		date = l.Modified
	}
	age := max(0, v.run.Started.Sub(date))
	if date.IsZero() {
		if age = 0; v.item.Kind == frontier.Sitemap {
			age = newsAge
		}
	}
	if age >= newsAge {
		return v.run.Started
	}
	return v.run.Started.Add(age - newsHead)
}

// link makes a link of the site that is due before everything that is looked at again.
func (v *visit) link(u, kind, via string) frontier.Link {
	return frontier.Link{URL: u, Site: v.site.Name, Via: via, Kind: kind, Due: v.run.Started.Add(-newsHead)}
}

// usualPlace is the Via of a feed that nobody named.
const usualPlace = "a usual place"

// usualPlaces are where sites keep a feed that they don't name.
var usualPlaces = []string{"/feed", "/rss.xml", "/feed.xml", "/atom.xml", "/feed.json"}

// guess reports whether the item is a feed that nobody named: when it is not
// there, that is no news.
func (v *visit) guess() bool { return v.item.Via == usualPlace }

// ownSitemaps takes the sitemaps that the site's robots.txt names. They may
// stand on another host, as the site itself says so.
func (v *visit) ownSitemaps(ctx context.Context) {
	for _, u := range v.o.Rules.Sitemaps(ctx, v.site.URL) {
		v.named = true
		v.links = append(v.links, v.link(u, frontier.Sitemap, "robots.txt"))
	}
}

// around takes what the home page names: feeds and sitemaps at once, section
// pages when there are none of these or when they turn out to list nothing.
func (v *visit) around(links []discover.Link) {
	var sections []frontier.Link
	for _, l := range links {
		switch l.Kind {
		case discover.Feed, discover.Sitemap: // may stand on another host, when the site itself names it
			v.named = true
			v.links = append(v.links, v.link(l.URL, string(l.Kind), v.item.URL))
		case discover.Section:
			if ok, _ := v.site.scope.host(l.URL); !ok {
				continue
			}
			sections = append(sections, v.link(l.URL, frontier.Section, v.item.URL))
		}
	}
	if home, err := url.Parse(v.site.URL); err == nil && !v.named && v.item.LastChanged.IsZero() {
		for _, p := range usualPlaces {
			v.links = append(v.links, v.link(home.ResolveReference(&url.URL{Path: p}).String(), frontier.Feed, usualPlace))
		}
	}
	v.mu.Lock()
	v.site.sections = sections
	v.mu.Unlock()
}
