package crawler

import (
	"context"
	"net/http"
	"strings"
	"time"

	"pressmark/crawler/discover"
	"pressmark/crawler/fetch"
	"pressmark/crawler/frontier"
	"pressmark/extract/urlkey"
)

// newHere stores the links of a list that was looked at before, and reports
// whether there is news among them: a page that nobody named yet, or one that is
// said to have been modified. A list that only changed its advertisements, or
// whose server knows no 304, is told from one that lists something new.
func (v *visit) newHere(ctx context.Context, found []discover.Link) (bool, error) {
	home := v.home()
	if v.item.LastChanged.IsZero() && !home {
		return true, nil
	}
	var pages, others []frontier.Link
	for _, l := range v.links {
		if l.Kind == frontier.Page || v.item.Kind == frontier.Sitemap {
			pages = append(pages, l)
		} else {
			others = append(others, l)
		}
	}
	added, err := v.o.Frontier.Discover(ctx, pages)
	if err != nil {
		return false, err
	}
	if v.links = others; len(pages) > 0 {
		v.links = append(v.links, pages[0]) // the lease ends with it: what is new comes first
	}
	if home {
		v.mu.Lock()
		v.site.onHome += added
		v.mu.Unlock()
	}
	if added > 0 || v.item.LastChanged.IsZero() {
		return true, nil
	}
	now := v.o.Now()
	for _, l := range found {
		if l.Modified.After(v.item.LastChecked) && !l.Modified.After(now) {
			return true, nil
		}
	}
	return false, nil
}

// maxOlder is how many pages of a feed that goes back in time are read at one
// look, beside the first.
const maxOlder = 10

// older reads on in a feed that has pages (RFC 5005, JSON Feed's next_url) as
// long as all that it lists was published since the last look, so that what came
// and went between two looks is not missed. At the first look nothing is missed.
func (v *visit) older(ctx context.Context, found discover.Found) ([]discover.Link, error) {
	settled, block, why := v.outcome, v.block, v.blockWhy
	defer func() { v.outcome = settled }() // an older page that fails is told, and is no failure of the feed
	var links []discover.Link
	seen := map[string]bool{v.item.URL: true}
	for n := 0; !v.item.LastChanged.IsZero() && found.Older != "" && !seen[found.Older] && v.block.Equal(block); n++ {
		missed, err := v.missed(found.Links)
		if err != nil || !missed {
			return links, err
		}
		if n == maxOlder {
			v.remark(v.item.URL + ": more was listed since the last look than its first pages hold, and what is older was left out")
			break
		}
		at := found.Older
		seen[at] = true
		if g, err := urlkey.Group(at); err != nil || g != v.item.Group {
			break
		}
		if ok, err := v.allowed(ctx, at); err != nil || !ok {
			return links, err
		}
		res, err := v.get(ctx, fetch.Request{URL: at})
		if err != nil || res == nil || res.Status != http.StatusOK {
			return links, err
		}
		if found, err = discover.Parse(res.Body, res.Header.Get("Content-Type"), at); err != nil || found.Format == "html" {
			break
		}
		links = append(links, found.Links...)
	}
	if !v.block.Equal(block) && why != "" {
		v.blockWhy = why
	}
	return links, nil
}

// missed reports whether there may be more that is new behind these links: all
// were published since the last look, as far as they say, and none was captured.
func (v *visit) missed(links []discover.Link) (bool, error) {
	if len(links) == 0 {
		return false, nil
	}
	for _, l := range links {
		if !l.Published.IsZero() && l.Published.Before(v.item.LastChecked) {
			return false, nil
		}
	}
	for _, l := range links {
		key, err := urlkey.Of(l.URL)
		if err != nil {
			continue
		}
		if _, known, err := v.o.Archive.LastCapture(key); err != nil || known {
			return false, err
		}
	}
	return true, nil
}

// fallBack follows the section pages of sites whose feeds and sitemaps list
// nothing, or nothing new while the home page does, and says so.
func (r *round) fallBack(ctx context.Context, sites []string) (bool, error) {
	var links []frontier.Link
	for _, name := range sites {
		s := r.sites[name]
		r.mu.Lock()
		wanted := s.lists == 0 && !s.fell && len(s.blocked) == 0 && (s.stale == "" || s.onHome >= enoughNew)
		to, where := s.sections, "section pages were followed"
		if len(to) == 0 && len(s.empty) > 0 && len(s.Sections) == 0 && len(s.Feeds)+len(s.Sitemaps) > 0 && s.stale == "" {
			to = []frontier.Link{{URL: s.URL, Site: s.Name, Via: "configuration", Kind: frontier.Section, Due: r.run.Started.Add(-newsHead)}}
			where = "the home page was followed"
		}
		r.mu.Unlock()
		if !wanted || len(to) == 0 {
			continue
		}
		listed, err := r.listed(ctx, name)
		if err != nil {
			return false, err
		}
		r.mu.Lock()
		if s.fell = true; !listed {
			note := "no feed or sitemap lists articles: " + where
			if s.stale != "" {
				note = s.stale + ", and the home page links to new pages: " + where
			}
			addNote(&s.count.Note, note)
			for _, m := range s.empty {
				s.skipped(m.URL, ListsNothing, m.Detail+": "+where)
			}
			if u, why, _ := strings.Cut(s.stale, " "); u != "" {
				s.skipped(u, ListsNothing, why+": "+where)
			}
			links = append(links, to...)
		}
		r.mu.Unlock()
	}
	if len(links) == 0 {
		return false, nil
	}
	added, err := r.o.Frontier.Discover(ctx, links)
	return added > 0, err
}

// enoughNew are the new links of a home page that show that a feed does not
// list what is new.
const enoughNew = 3

// listed reports whether a feed or sitemap of the site is known to list
// something, though it did not in this round: it was not due, or did not answer.
func (r *round) listed(ctx context.Context, site string) (bool, error) {
	good, indexes := map[string]bool{}, map[string]bool{}
	for _, kind := range []string{frontier.Feed, frontier.Sitemap} {
		for item, err := range r.o.Frontier.List(ctx, frontier.Query{Sites: []string{site}, Kind: kind}) {
			if err != nil {
				return false, err
			}
			if kind == frontier.Sitemap {
				indexes[item.Via] = true
			}
			useless := resting(item) || item.LastError == "" && !item.LastChecked.Before(r.run.Started) // it answered in this round
			if item.State == frontier.Live && !item.LastChanged.IsZero() && !useless {
				good[item.URL] = true
			}
		}
	}
	for u := range good {
		if !indexes[u] { // an index may name sitemaps that are all empty
			return true, nil
		}
	}
	return false, nil
}

// remark adds a word on how the site was crawled.
func (v *visit) remark(note string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	addNote(&v.site.count.Note, note)
}

func addNote(at *string, note string) {
	if *at == "" {
		*at = note
	} else if len(*at) < 400 && !strings.Contains(*at, note) { // a site may have many broken lists
		*at += "; " + note
	}
}

// turnOfSitemap is the due time of a sitemap that an index names: with the pages
// of its day, so that news that is known already comes first.
func (v *visit) turnOfSitemap(l discover.Link) time.Time {
	return v.turnOf(discover.Link{Published: l.Modified})
}
