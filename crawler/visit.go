package crawler

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"pressmark/archive"
	"pressmark/crawler/fetch"
	"pressmark/crawler/frontier"
	"pressmark/extract/urlkey"
)

// A visit is one item of the frontier being asked for.
type visit struct {
	*round
	site *siteRound
	item frontier.Item

	outcome  frontier.Outcome
	links    []frontier.Link
	delay    time.Duration // to keep before the next request to this group
	block    time.Time     // the group is to be left alone until then
	blockWhy string
}

// do asks for the item. Its error means that the crawl can't go on; what went
// wrong with the item alone is in the outcome.
func (v *visit) do(ctx context.Context) error {
	if !v.item.LastChecked.Before(v.run.Started) && v.item.Checks > 0 {
		v.skip("", "seen already in this run", v.o.Now().Add(15*time.Minute))
		return nil
	}
	page := v.item.Kind == frontier.Page
	if page {
		if done, err := v.captured(); done || err != nil {
			return err
		}
	}
	ok, err := v.allowed(ctx, v.item.URL)
	if err != nil || !ok {
		return err
	}
	if page {
		v.mu.Lock()
		v.site.pages++
		v.site.count.Pages++
		v.mu.Unlock()
	}
	answer, err := v.ask(ctx)
	if err != nil || answer == nil {
		return err
	}
	if page {
		return v.keep(ctx, answer)
	}
	return v.list(ctx, answer)
}

// captured reports whether this run has the page already: it was killed
// between the capture and the frontier's note of it.
func (v *visit) captured() (bool, error) {
	last, ok, err := v.o.Archive.LastCapture(v.item.Page)
	if err != nil {
		return false, err
	}
	if !ok { // whatever the frontier remembers, there is nothing that a 304 could stand for
		v.item.ETag, v.item.LastModified = "", ""
		return false, nil
	}
	if v.run.ID == 0 || last.Run != v.run.ID {
		return false, nil
	}
	v.mu.Lock()
	v.site.pages++
	v.site.count.Pages++
	if last.Status == http.StatusNotModified {
		v.site.count.NotModified++
	}
	v.mu.Unlock()
	v.conclude(last)
	return true, nil
}

// allowed asks robots.txt.
func (v *visit) allowed(ctx context.Context, raw string) (bool, error) {
	d, err := v.o.Rules.Allowed(ctx, raw)
	if err != nil {
		if ctx.Err() != nil {
			return false, ctx.Err()
		}
		v.skip("url", err.Error(), time.Time{})
		return false, nil
	}
	v.delay = max(v.site.Delay, d.CrawlDelay)
	if !d.Allowed {
		reason := "robots"
		if !d.RetryAt.IsZero() {
			reason = "robots unreadable"
		}
		due := d.RetryAt
		if due.IsZero() {
			due = v.o.Now().Add(24 * time.Hour) // as long as a robots.txt is remembered
		}
		v.skip(reason, d.Why, due)
	}
	return d.Allowed, nil
}

// An answer is a response with the way to it.
type answer struct {
	*fetch.Response
	final string // the URL that answered
}

// maxHops is how many redirects are followed (RFC 9110 §15.4 leaves the number to the client).
const maxHops = 5

// sitemapBytes is how large a sitemap may be (sitemaps.org: 50 MB uncompressed).
const sitemapBytes = 50 << 20

// ask fetches the item's URL. A nil answer means that the outcome is settled.
func (v *visit) ask(ctx context.Context) (*answer, error) {
	at := v.item.URL
	for hop := 0; ; hop++ {
		req := fetch.Request{URL: at}
		if v.item.Kind == frontier.Sitemap {
			req.MaxBytes = sitemapBytes
		}
		if hop == 0 {
			req.ETag, req.LastModified = v.item.ETag, v.item.LastModified
		}
		res, err := v.get(ctx, req)
		if err != nil || res == nil {
			return nil, err
		}
		if res.Location == "" || res.Status < 300 || res.Status > 399 || res.Status == http.StatusNotModified {
			return &answer{res, at}, nil
		}
		to, err := urlkey.Resolve(at, res.Location)
		if err != nil {
			v.miss("redirect", "leads to "+res.Location+": "+err.Error())
			return nil, nil
		}
		if ok, why := v.site.scope.host(to); !ok {
			v.miss("outside", "leads to "+to+": "+why)
			return nil, nil
		}
		if hop == maxHops {
			v.miss("redirect", fmt.Sprintf("more than %d redirects", maxHops))
			return nil, nil
		}
		if v.item.Kind == frontier.Page && !gate(v.item.URL, to) {
			if key, err := urlkey.Of(to); err == nil && key != v.item.Page {
				v.moved(to)
				return nil, nil
			}
		}
		ok, err := v.allowed(ctx, to)
		if err != nil || !ok {
			return nil, err
		}
		if v.delay > 0 {
			if err := v.o.Sleep(ctx, v.delay); err != nil {
				return nil, err
			}
		}
		at = to
	}
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

// moved hands a page's new address to the frontier, where it passes scope,
// robots and delay like any other.
func (v *visit) moved(to string) {
	if ok, why := v.site.scope.page(to); !ok {
		v.miss("outside", "leads to "+to+": "+why)
		return
	}
	v.links = append(v.links, v.link(to, frontier.Page, v.item.Via, v.item.Published))
	v.outcome.Result = frontier.Unchanged
	v.outcome.Due = v.o.Now().Add(14 * 24 * time.Hour) // a new address may change again
}

// link makes a link of the site that is due before everything that is looked at again.
func (v *visit) link(u, kind, via string, published time.Time) frontier.Link {
	return frontier.Link{URL: u, Site: v.site.Name, Via: via, Kind: kind, Published: published, Due: v.run.Started.Add(-time.Second)}
}

// get makes one request and settles what is wrong with it. A nil response
// means that the outcome is settled.
func (v *visit) get(ctx context.Context, req fetch.Request) (*fetch.Response, error) {
	res, err := v.o.Fetch.Get(ctx, req)
	event := Event{Site: v.site.Name, URL: req.URL, Kind: v.item.Kind}
	v.mu.Lock()
	v.site.count.Requests++
	v.mu.Unlock()
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		event.Reason = fetch.Reason(err)
		v.o.Progress(event)
		v.fail(event.Reason, err.Error(), time.Time{})
		return nil, nil
	}
	event.Status, event.Took = res.Status, res.Took
	v.o.Progress(event)
	if res.Status == http.StatusTooManyRequests || res.Status >= 500 {
		v.fail(strconv.Itoa(res.Status), http.StatusText(res.Status), fetch.RetryAfter(res.Header, v.o.Now()))
		return nil, nil
	}
	v.mu.Lock()
	v.site.failed = 0
	v.mu.Unlock()
	return res, nil
}

// fail settles an item that gave no usable answer. A server that asks for time
// gets it, and one that fails again and again is left alone.
func (v *visit) fail(reason, detail string, until time.Time) {
	v.outcome.Result, v.outcome.Error, v.outcome.NotBefore = frontier.Failed, detail, until
	v.mu.Lock()
	defer v.mu.Unlock()
	v.site.failed++
	v.site.count.Failed = with(v.site.count.Failed, reason, 1)
	v.site.count.Misses = append(v.site.count.Misses, archive.Miss{URL: v.item.URL, Reason: reason, Detail: detail})
	switch {
	case !until.IsZero():
		v.block, v.blockWhy = until, "the server answered "+reason+" and asks to come back later"
	case v.site.failed >= failures:
		v.block, v.blockWhy = v.o.Now().Add(pause), fmt.Sprintf("%d requests in a row failed (%s)", v.site.failed, reason)
		v.site.failed = 0
	default:
		return
	}
	v.site.count.Blocked = v.blockWhy + ", at " + v.block.UTC().Format(time.RFC3339)
}

// skip settles an item that was not asked for.
func (v *visit) skip(reason, detail string, due time.Time) {
	v.outcome.Result, v.outcome.Error, v.outcome.Due = frontier.Skipped, detail, due
	if reason == "" {
		return
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.site.count.Skipped = with(v.site.count.Skipped, reason, 1)
	v.site.count.Misses = append(v.site.count.Misses, archive.Miss{URL: v.item.URL, Reason: reason, Detail: detail})
}

// miss settles an item that was asked for and leads nowhere that may be followed.
func (v *visit) miss(reason, detail string) {
	v.skip(reason, detail, v.o.Now().Add(14*24*time.Hour))
}

// keep hands a page's answer to the archive.
func (v *visit) keep(ctx context.Context, a *answer) error {
	c := archive.Capture{
		URL: v.item.URL, Page: v.item.Page, Final: a.final, FetchedAt: a.FetchedAt,
		Status: a.Status, Header: a.Header, Body: a.Body,
		Site: v.site.Name, Via: v.item.Via, Run: v.run.ID,
	}
	c, err := v.o.Archive.Append(context.WithoutCancel(ctx), c)
	if err != nil {
		return fmt.Errorf("keep %s: %w", v.item.URL, err)
	}
	if a.Status == http.StatusNotModified {
		v.mu.Lock()
		v.site.count.NotModified++
		v.mu.Unlock()
	}
	v.conclude(c)
	return nil
}

// conclude settles a page that was captured.
func (v *visit) conclude(c archive.Capture) {
	o := &v.outcome
	switch {
	case c.Status == http.StatusNotFound || c.Status == http.StatusGone:
		o.Result, o.Error = frontier.Missing, http.StatusText(c.Status)
		return
	case c.Status >= 400:
		o.Result, o.Error = frontier.Failed, http.StatusText(c.Status)
		return
	case c.RevisitOf != 0:
		o.Result = frontier.Unchanged
	default:
		o.Result = frontier.Changed
	}
	if c.Status != http.StatusNotModified {
		o.ETag, o.LastModified = c.Header.Get("ETag"), c.Header.Get("Last-Modified")
	}
}
