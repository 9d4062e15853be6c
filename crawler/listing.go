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

// list reads a feed, a sitemap or a section page and hands its links to the frontier.
func (v *visit) list(ctx context.Context, a *answer) error {
	o := &v.outcome
	switch {
	case a.Status == http.StatusNotModified:
		o.Result = frontier.Unchanged
		if v.item.Kind != frontier.Section {
			v.lists()
		}
		return nil
	case a.Status == http.StatusNotFound || a.Status == http.StatusGone:
		o.Result, o.Error = frontier.Missing, http.StatusText(a.Status)
		if v.item.Via != usualPlace {
			v.note(http.StatusText(a.Status))
		}
		return nil
	case a.Status >= 300:
		o.Result, o.Error = frontier.Failed, http.StatusText(a.Status)
		v.note(http.StatusText(a.Status))
		return nil
	}
	o.Result, o.ETag, o.LastModified = frontier.Changed, a.Header.Get("ETag"), a.Header.Get("Last-Modified")
	ctype := a.Header.Get("Content-Type")
	found, err := discover.Parse(a.Body, ctype, a.final)
	if err != nil {
		if v.item.Via == usualPlace {
			o.Result, o.Error = frontier.Missing, err.Error()
			return nil
		}
		o.Result, o.Error = frontier.Failed, err.Error()
		v.note(err.Error())
		return nil
	}
	if found.TTL > 0 {
		o.NotBefore = v.o.Now().Add(found.TTL)
	}
	html := found.Format == "html"
	if html && v.item.Kind != frontier.Section { // a feed's address that answers with a page
		if v.item.Via == usualPlace {
			o.Result, o.Error = frontier.Missing, "a page, not a feed"
			return nil
		}
		v.note("a page, not a " + v.item.Kind)
	}
	o.Every = entryInterval(found.Links, v.o.Now())
	v.add(found.Links, html)
	if v.home() {
		v.around(discover.Autodiscover(a.Body, ctype, a.final))
	}
	return ctx.Err()
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

// lists notes that a feed or sitemap of the site does list articles.
func (v *visit) lists() {
	v.mu.Lock()
	v.site.lists++
	v.mu.Unlock()
}

// add takes the links to pages, and those of a sitemap index to sitemaps.
func (v *visit) add(links []discover.Link, html bool) {
	if !html && len(links) > 0 {
		v.lists()
	}
	for _, l := range links {
		switch l.Kind {
		case discover.Page:
			v.addPage(l, html)
		case discover.Sitemap:
			if ok, _ := v.site.scope.host(l.URL); ok && v.recent(l) {
				v.links = append(v.links, v.link(l.URL, frontier.Sitemap, v.item.URL, time.Time{}))
			}
		}
	}
}

// recent says whether a sitemap of an index may list news.
func (v *visit) recent(l discover.Link) bool {
	return l.Modified.IsZero() || v.o.Now().Sub(l.Modified) < 30*24*time.Hour
}

func (v *visit) addPage(l discover.Link, html bool) {
	ok, why := v.site.scope.page(l.URL)
	if !ok {
		if !html { // pages link to everywhere; a feed that does is worth a word
			v.mu.Lock()
			v.site.count.Skipped = with(v.site.count.Skipped, "scope", 1)
			v.site.count.Misses = append(v.site.count.Misses, archive.Miss{URL: l.URL, Reason: "scope", Detail: why})
			v.mu.Unlock()
		}
		return
	}
	key, err := urlkey.Of(l.URL)
	if err != nil {
		return
	}
	v.mu.Lock()
	v.site.listed[key] = true
	v.mu.Unlock()
	link := v.link(l.URL, frontier.Page, v.item.URL, l.Published)
	link.Modified = l.Modified
	v.links = append(v.links, link)
}

// usualPlace is the Via of a feed that nobody named.
const usualPlace = "a usual place"

// usualPlaces are where sites keep a feed that they don't name.
var usualPlaces = []string{"/feed", "/rss.xml", "/feed.xml", "/atom.xml", "/feed.json"}

// around takes what the home page names: feeds and sitemaps at once, section
// pages when there are none of these or when they turn out to list nothing.
func (v *visit) around(links []discover.Link) {
	named := false
	var sections []frontier.Link
	for _, l := range links {
		switch l.Kind {
		case discover.Feed, discover.Sitemap: // may stand on another host, when the site itself names it
			named = true
			v.links = append(v.links, v.link(l.URL, string(l.Kind), v.item.URL, time.Time{}))
		case discover.Section:
			if ok, _ := v.site.scope.host(l.URL); !ok {
				continue
			}
			sections = append(sections, v.link(l.URL, frontier.Section, v.item.URL, time.Time{}))
		}
	}
	if !named && v.item.Checks == 0 {
		if home, err := url.Parse(v.site.URL); err == nil {
			for _, p := range usualPlaces {
				v.links = append(v.links, v.link(home.ResolveReference(&url.URL{Path: p}).String(), frontier.Feed, usualPlace, time.Time{}))
			}
		}
	}
	v.mu.Lock()
	v.site.sections = sections
	v.mu.Unlock()
}

// note counts a source that gave nothing.
func (v *visit) note(why string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.site.count.Failed = with(v.site.count.Failed, v.item.Kind, 1)
	v.site.count.Misses = append(v.site.count.Misses, archive.Miss{URL: v.item.URL, Reason: v.item.Kind, Detail: why})
}

// entryInterval is the mean time between a feed's entries of the last week; 0 when it can't be told.
func entryInterval(links []discover.Link, now time.Time) time.Duration {
	n := 0
	oldest := now
	for _, l := range links {
		if l.Published.IsZero() || l.Published.After(now) || now.Sub(l.Published) > 7*24*time.Hour {
			continue
		}
		n++
		if l.Published.Before(oldest) {
			oldest = l.Published
		}
	}
	if n < 2 {
		return 0
	}
	return now.Sub(oldest) / time.Duration(n)
}
