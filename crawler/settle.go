package crawler

import (
	"net/http"
	"strconv"
	"time"

	"pressmark/archive"
	"pressmark/crawler/frontier"
)

// How a visit ends: each way leaves an outcome, and is counted by its name.

// fail settles an item that gave no usable answer.
func (v *visit) fail(reason, detail string, until time.Time) {
	v.outcome.Result, v.outcome.Error, v.outcome.NotBefore = frontier.Failed, detail, until
	v.trip(reason, until)
	v.mu.Lock()
	defer v.mu.Unlock()
	if !until.IsZero() && !v.again[v.item.Page] && v.block.Sub(v.o.Now()) <= v.o.Patience {
		v.again[v.item.Page] = true // once: a server may name a second for ever
		v.outcome.Due = v.block
		if v.outcome.Due.After(v.site.promised) {
			v.site.promised = v.outcome.Due
		}
		return
	}
	if !v.guess() {
		v.site.failed(v.item.Kind, v.item.URL, reason, detail)
	}
}

// trip counts a failure of the group. A server that asks for time gets it, and
// one that fails again and again is left alone.
func (v *visit) trip(reason string, until time.Time) {
	if off, why := strike(&v.turn.conduct, v.o.Now(), reason, until); !off.IsZero() {
		v.leave(off, why)
	}
}

// turnedAway sees to what the server answered for its robots.txt: a time that
// it wants counts for all of its pages, and for the group's other hosts.
func (v *visit) turnedAway() {
	if r := v.turn.busy; r != nil {
		v.turn.busy = nil
		v.trip(strconv.Itoa(r.status)+" for robots.txt", r.until)
	}
}

// skip settles an item that was not asked for.
func (v *visit) skip(reason, detail string, due time.Time) {
	v.outcome.Result, v.outcome.Error, v.outcome.Due = frontier.Skipped, detail, due
	v.mu.Lock()
	defer v.mu.Unlock()
	v.site.skipped(v.item.URL, reason, detail)
}

// unreachable settles an item whose server gave not even a robots.txt.
func (v *visit) unreachable(reason, detail string, due time.Time) {
	v.outcome.Result, v.outcome.Error, v.outcome.Due = frontier.Skipped, detail, due
	v.mu.Lock()
	defer v.mu.Unlock()
	v.site.failed(v.item.Kind, v.item.URL, reason, detail)
}

// same reports whether a page shows what it showed the last time. That the
// archive has the body already says less: another page may have brought it, or
// this one before the last change.
func (v *visit) same(c archive.Capture) bool {
	if c.Status == http.StatusNotModified || v.before == nil {
		return c.RevisitOf != 0
	}
	return c.Digest == *v.before
}

// conclude settles a page that was captured.
func (v *visit) conclude(c archive.Capture) {
	o := &v.outcome
	if c.Status < 400 {
		v.turn.conduct.Walls, v.turn.conduct.Walled = 0, 0
	}
	switch {
	case c.Status == http.StatusNotFound || c.Status == http.StatusGone:
		o.Result, o.Error = frontier.Missing, http.StatusText(c.Status)
		return
	case c.Status >= 400:
		o.Result, o.Error = frontier.Failed, http.StatusText(c.Status)
		return
	case v.same(c):
		o.Result = frontier.Unchanged
	default:
		o.Result = frontier.Changed
	}
	if c.Status != http.StatusNotModified {
		o.ETag, o.LastModified = c.Header.Get("ETag"), dated(c.Header, c.FetchedAt)
	}
}
