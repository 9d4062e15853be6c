package crawler

import (
	"context"
	"net/http"
	"time"

	"pressmark/crawler/discover"
	"pressmark/crawler/frontier"
	"pressmark/extract/urlkey"
)

// A Push is told by others when a feed has changed, and need not look as often.
type Push interface {
	// Read hears what a feed says of itself, each time that it is read.
	Read(List)
	// Rest is how long a feed that was just found in its place need not be looked
	// at; 0 means as long as ever. every is the mean time between its entries, 0
	// when that is not known.
	Rest(site, feed string, every time.Duration) time.Duration
}

// A List is a feed as it was read.
type List struct {
	Site, URL string
	Final     string      // the address that answered
	Header    http.Header // of the answer
	Found     discover.Found
}

// heard passes on what a feed says of itself.
func (v *visit) heard(a *answer, found discover.Found) {
	if v.o.Push != nil && v.item.Kind == frontier.Feed {
		v.o.Push.Read(List{v.site.Name, v.item.URL, a.final, a.Header, found})
	}
}

// rested leaves a feed alone whose changes are told.
func (v *visit) rested() {
	o := &v.outcome
	if v.o.Push == nil || v.item.Kind != frontier.Feed || o.Result != frontier.Changed && o.Result != frontier.Unchanged {
		return
	}
	if d := v.o.Push.Rest(v.site.Name, v.item.URL, o.Every); d > 0 {
		if until := v.o.Now().Add(d); until.After(o.NotBefore) {
			o.NotBefore = until
		}
	}
}

// Pinged makes due what somebody tells of: a site's feed that has changed, and
// pages that the change is about. They are asked for like everything that is
// due, by the next round of the site; feeds that are not known and pages that
// are not the site's are passed over.
func (c *Crawler) Pinged(ctx context.Context, site Site, feed string, pages []string) error {
	sc, err := newScope(site)
	if err != nil {
		return err
	}
	now := c.o.Now()
	links := []frontier.Link{{URL: feed, Site: site.Name, Via: "a hub", Kind: frontier.Feed, Modified: now}}
	for _, u := range pages {
		if ok, _ := sc.page(u); !ok {
			continue
		}
		if _, err := urlkey.Of(u); err == nil {
			links = append(links, frontier.Link{URL: u, Site: site.Name, Via: feed, Kind: frontier.Page, Modified: now, Due: now.Add(-newsHead)})
		}
	}
	_, err = c.o.Frontier.Discover(ctx, links)
	return err
}
