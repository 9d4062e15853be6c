package crawler

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"pressmark/crawler/fetch"
	"pressmark/crawler/frontier"
	"pressmark/extract/urlkey"
)

const (
	maxHops      = 5                   // of one redirect (RFC 9110 §15.4 leaves the number to the client)
	sitemapBytes = 50 << 20            // sitemaps.org: 50 MB uncompressed
	rarely       = 14 * 24 * time.Hour // until an address that leads elsewhere for good is looked at again
	daily        = 24 * time.Hour      // and one that does so for the time being
)

// ledFrom begins the Via of a page that a redirect led to.
const ledFrom = "redirect from "

// An answer is a response with the way to it.
type answer struct {
	*fetch.Response
	final string // the URL that answered
}

// ask fetches the item's URL, over redirects. A nil answer means that the
// outcome is settled.
func (v *visit) ask(ctx context.Context) (*answer, error) {
	at := v.item.URL
	for hop := 0; ; hop++ {
		req := fetch.Request{URL: at, ETag: v.item.ETag}
		if v.item.Kind == frontier.Sitemap {
			req.MaxBytes = sitemapBytes
		}
		if hop == 0 { // a date says little about another address, a tag is its own
			req.LastModified = v.item.LastModified
		}
		res, err := v.get(ctx, req)
		if err != nil || res == nil {
			return nil, err
		}
		if res.Status < 300 || res.Status > 399 || res.Status == http.StatusNotModified {
			return &answer{res, at}, nil
		}
		to, ok := v.hop(at, res, hop)
		if !ok {
			return nil, nil
		}
		if ok, err := v.allowed(ctx, to); err != nil || !ok {
			return nil, err
		}
		at = to
	}
}

// hop decides whether a redirect is followed as part of this visit. If not,
// the outcome is settled.
func (v *visit) hop(at string, res *fetch.Response, hop int) (to string, follow bool) {
	if res.Location == "" {
		v.miss("redirect", fmt.Sprintf("status %d, and no address", res.Status))
		return "", false
	}
	to, err := urlkey.Resolve(at, res.Location)
	if err != nil {
		v.miss("redirect", "leads to "+res.Location+": "+err.Error())
		return "", false
	}
	page := v.item.Kind == frontier.Page
	through := page && gate(v.item.URL, to)
	if ok, why := v.site.scope.host(to); !ok && through {
		v.miss("gate", "a gate stands before it, "+to+", "+why)
		return "", false
	} else if !ok && !v.elsewhere() {
		v.miss("outside", "leads to "+to+": "+why)
		return "", false
	}
	if hop == maxHops {
		v.miss("redirect", fmt.Sprintf("more than %d redirects", maxHops))
		return "", false
	}
	key, err := urlkey.Of(to)
	if err != nil {
		v.miss("redirect", "leads to "+to+": "+err.Error())
		return "", false
	}
	group, err := v.group(to)
	other := page && !through && key != v.item.Page
	if err != nil || group != v.item.Group || other && !v.goesOn(to) {
		v.moved(to, key, res.Status)
		return "", false
	}
	return to, true
}

// elsewhere reports whether a redirect may lead to another site: feeds and
// sitemaps often stand with somebody else, articles and sections do not.
func (v *visit) elsewhere() bool {
	return v.item.Kind == frontier.Feed || v.item.Kind == frontier.Sitemap
}

// gate reports whether a redirect leads to a gate, such as a consent or login
// page, that carries the way back in its query: the page keeps its address.
func gate(from, to string) bool {
	u, err := url.Parse(to)
	if err != nil {
		return false
	}
	f, err := url.Parse(from)
	if err != nil {
		return false
	}
	for _, values := range u.Query() {
		for _, x := range values {
			if x == from || len(f.Path) > 1 && strings.Contains(x, f.Path) {
				return true
			}
		}
	}
	return false
}

// moved hands an item's new address to the frontier, where it passes scope,
// robots and delay like any other, in a turn of its own server's.
func (v *visit) moved(to string, key urlkey.Key, status int) {
	if v.item.Kind == frontier.Page {
		if ok, why := v.site.scope.page(to); !ok {
			v.miss("outside", "leads to "+to+": "+why)
			return
		}
		if home, err := urlkey.Of(v.site.URL); err == nil && key == home {
			v.miss("redirect", "leads to the home page")
			return
		}
	}
	via := v.item.Via
	if v.item.Kind == frontier.Page {
		via = ledFrom + v.item.URL
	}
	v.mu.Lock()
	hops := v.moves[v.item.Page] + 1
	v.departed[v.item.Page] = true
	circle := v.departed[key]
	v.moves[key] = hops
	v.mu.Unlock()
	switch {
	case circle:
		v.miss("redirect", "leads in a circle, over "+to)
		return
	case hops > maxHops:
		v.miss("redirect", fmt.Sprintf("more than %d redirects", maxHops))
		return
	case hops == 1 && strings.HasPrefix(v.item.Via, ledFrom) && v.item.LastChanged.IsZero(): // it may lead to another each time, and that one too
		v.miss("redirect", "an address that only a redirect led to leads on")
		return
	}
	link := v.link(to, v.item.Kind, via)
	link.Published = v.item.Published
	v.links = append(v.links, link)
	v.outcome.Result = frontier.Unchanged
	v.outcome.Due = v.o.Now().Add(daily)
	if status == http.StatusMovedPermanently || status == http.StatusPermanentRedirect {
		v.outcome.Due = v.o.Now().Add(rarely)
	}
}

// miss settles an item that was asked for and leads nowhere that may be followed.
func (v *visit) miss(reason, detail string) {
	if v.guess() {
		v.outcome.Result, v.outcome.Error = frontier.Missing, detail
		return
	}
	again := rarely
	if v.item.Kind != frontier.Page {
		again = daily
	}
	v.skip(reason, detail, v.o.Now().Add(again))
}
