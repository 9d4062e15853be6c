package crawler

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"pressmark/archive"
	"pressmark/crawler/fetch"
	"pressmark/crawler/frontier"
)

// A visit is one item of the frontier being asked for.
type visit struct {
	*round
	site *siteRound
	turn *turn
	item frontier.Item

	outcome  frontier.Outcome
	links    []frontier.Link
	block    time.Time // the group is to be left alone until then
	blockWhy string
	named    bool            // a home page: something names feeds or sitemaps
	before   *archive.Digest // of what the page showed the last time, zero when there was none; nil when nobody knows

	foreign []string // hosts of which a page's scripts wanted something, and that are not the site's
}

// do asks for the item. Its error means that the crawl can't go on; what went
// wrong with the item alone is in the outcome.
func (v *visit) do(ctx context.Context) error {
	if v.needless() {
		return nil
	}
	asked := v.turn.count
	defer func() {
		v.mu.Lock()
		v.site.count.Requests += v.turn.count - asked
		v.mu.Unlock()
	}()
	page := v.item.Kind == frontier.Page
	if page {
		if v.refused() {
			return nil
		}
		if v.trapped() {
			return nil
		}
		if gone, err := v.goneOn(); gone || err != nil {
			return err
		}
		if done, err := v.captured(); done || err != nil {
			return err
		}
	}
	ok, err := v.allowed(ctx, v.item.URL)
	if err != nil {
		return err
	}
	if v.home() {
		v.ownSitemaps(ctx)
	}
	if !ok {
		return nil
	}
	v.counted(1)
	answer, err := v.ask(ctx)
	if errors.As(err, new(rest)) { // it stays due
		v.counted(-1)
	}
	if err != nil || answer == nil {
		return err
	}
	if page {
		if gone, err := v.softGone(ctx, answer); gone || err != nil {
			return err
		}
		if err := v.keep(ctx, answer); err != nil {
			return err
		}
		v.arrived(answer)
		v.namesCanonical(answer)
		return nil
	}
	if err := v.read(ctx, answer); err != nil {
		return err
	}
	v.rested()
	return nil
}

// counted notes that the item is being asked for, or that it was not after all.
func (v *visit) counted(n int) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.item.Kind == frontier.Page {
		v.site.pages += n
		v.site.count.Pages += n
	} else {
		v.site.asked += n
	}
}

// needless settles an item that this round need not ask for.
func (v *visit) needless() bool {
	now := v.o.Now()
	v.mu.Lock()
	full := v.site.asked >= maxLists+len(v.site.Feeds)+len(v.site.Sitemaps)+len(v.site.Sections)
	v.mu.Unlock()
	wait := time.Duration(0)
	switch {
	case v.item.Checks > 0 && v.item.Failures == 0 && !v.item.LastChecked.Before(v.run.Started): // seen in this run
		wait = 15 * time.Minute
	case v.mode == All && v.guess() && v.item.State == frontier.Gone: // what nobody names and was not there
		wait = 3 * 24 * time.Hour
	case v.mode == All && asleep(v.item, now):
		wait = wakes(v.item).Sub(now)
	case v.item.Kind != frontier.Page && full:
		v.skip("budget", fmt.Sprintf("more than %d feeds, sitemaps and sections", maxLists), now.Add(6*time.Hour))
		return true
	default:
		return false
	}
	v.outcome.Result, v.outcome.Error, v.outcome.Due = frontier.Skipped, v.item.LastError, now.Add(wait)
	return true
}

// captured reports whether this run has the page already: it was killed
// between the capture and the frontier's note of it.
func (v *visit) captured() (bool, error) {
	last, ok, err := v.o.Archive.LastCapture(v.item.Page)
	if err != nil {
		return false, err
	}
	v.before = &last.Digest
	switch {
	case !ok: // whatever the frontier remembers, there is nothing that a 304 could stand for
		v.item.ETag, v.item.LastModified = "", ""
	case v.run.ID != 0 && last.Run == v.run.ID:
		v.before = nil
		v.conclude(last)
		return true, nil
	case isRendered(last): // its scripts bring what is new, and to the page itself a 304 stands for what it was
		v.item.ETag, v.item.LastModified, v.before = "", "", nil
	case v.item.Walls > 0: // the last capture is of a wall, and nobody needs to know whether that has changed
	case v.item.ETag == "" && v.item.LastModified == "" && last.Status == http.StatusOK && last.Final == v.item.URL:
		// The frontier was lost, or a person asks: the archive knows.
		v.item.ETag, v.item.LastModified = last.Header.Get("ETag"), dated(last.Header, last.FetchedAt)
	}
	return false, nil
}

// allowed asks robots.txt, and takes on the pace that it names.
func (v *visit) allowed(ctx context.Context, raw string) (bool, error) {
	v.turn.pace(max(v.site.Delay, v.turn.wanted))
	d, err := v.o.Rules.Allowed(ctx, raw)
	v.turnedAway()
	if err != nil {
		if ctx.Err() != nil {
			return false, ctx.Err()
		}
		if errors.As(err, new(rest)) {
			return false, err
		}
		v.skip("url", err.Error(), time.Time{})
		return false, nil
	}
	v.turn.pace(max(v.site.Delay, d.CrawlDelay))
	v.mu.Lock()
	v.site.pace = max(v.site.pace, v.turn.delay)
	v.mu.Unlock()
	if !d.Allowed {
		reason := "robots"
		if !d.RetryAt.IsZero() {
			reason = "robots unreadable"
		}
		due := d.RetryAt
		if due.IsZero() {
			due = v.o.Now().Add(24 * time.Hour) // as long as a robots.txt is remembered
		}
		if d.Err != nil { // nobody is there to ask: that is a failure, and has a name
			v.unreachable(fetch.Reason(d.Err), d.Why, due)
			return false, nil
		}
		v.skip(reason, d.Why, due)
	}
	return d.Allowed, nil
}

// get makes one request and settles what is wrong with it. A nil response
// means that the outcome is settled.
func (v *visit) get(ctx context.Context, req fetch.Request) (*fetch.Response, error) {
	if err := v.turn.wait(ctx); err != nil {
		return nil, err
	}
	began := v.o.Now()
	res, err := v.turn.ask(ctx, v.o.Fetch, req)
	event := Event{Site: v.site.Name, URL: req.URL, Kind: v.item.Kind, Took: v.turn.last.Sub(began)}
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		event.Reason = fetch.Reason(err)
		v.o.Progress(event)
		v.fail(event.Reason, err.Error(), time.Time{})
		return nil, nil
	}
	v.answered(event, res)
	switch {
	case res.Status == http.StatusTooManyRequests || res.Status >= 500:
		v.fail(strconv.Itoa(res.Status), http.StatusText(res.Status), fetch.RetryAfter(res.Header, v.o.Now()))
		return nil, nil
	case res.Status == http.StatusForbidden: // an answer, but the same one again and again means that we are not wanted
		v.trip("403", time.Time{})
	default:
		well(&v.turn.conduct, v.o.Now())
		v.mu.Lock()
		delete(v.site.blocked, v.item.Group) // it can be crawled after all
		v.mu.Unlock()
	}
	return res, nil
}

// answered counts an answer, and tells of it.
func (v *visit) answered(event Event, res *fetch.Response) {
	event.Status, event.Took, event.Bytes = res.Status, res.Took, res.Wire
	v.mu.Lock()
	v.site.count.Bytes += res.Wire
	v.mu.Unlock()
	v.o.Progress(event)
}

// keep hands a page's answer to the archive.
func (v *visit) keep(ctx context.Context, a *answer) error {
	if v.withheld(a) {
		return nil
	}
	c := archive.Capture{
		URL: v.item.URL, Page: v.item.Page, Final: a.final, FetchedAt: a.FetchedAt,
		Status: a.Status, Header: a.Header, Body: a.Body,
		Site: v.site.Name, Via: v.item.Via, Run: v.run.ID,
	}
	why, wall := "", false
	if c.Status != http.StatusNotModified {
		why, wall = v.o.Wall(c)
	}
	c, err := v.o.Archive.Append(context.WithoutCancel(ctx), c)
	if errors.Is(err, archive.ErrTooLarge) { // this page only
		v.fail("too-large", err.Error(), time.Time{})
		return nil
	}
	if errors.Is(err, archive.ErrTakenDown) { // it leads to such a page, or shows what one did
		v.skip(takenDown, err.Error(), v.o.Now().Add(30*24*time.Hour))
		return nil
	}
	if err != nil {
		return err // which names the page
	}
	if a.Status == http.StatusNotModified {
		v.mu.Lock()
		v.site.count.NotModified++
		v.mu.Unlock()
	}
	if c, err = v.rendered(ctx, c, a); err != nil {
		return err
	}
	if isRendered(c) {
		why, wall = v.o.Wall(c)
	}
	if wall {
		v.walled(why)
		return nil
	}
	v.conclude(c)
	return nil
}
