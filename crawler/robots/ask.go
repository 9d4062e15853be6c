package robots

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"
)

// fill finds out what a host allows: from the shelf while that is fresh, else
// from the host. When the asking is given up, what was known before stays.
func (r *Rules) fill(ctx context.Context, host string, e, before *entry) {
	e.err = context.Canceled // stays if the getter panics
	defer func() {
		r.mu.Lock()
		switch {
		case e.err == nil:
			r.kept += e.size
			r.makeRoom(e)
		case before != nil:
			r.hosts[host] = before
			r.kept += before.size
		default:
			delete(r.hosts, host)
		}
		r.mu.Unlock()
		close(e.ready)
	}()
	if shelved := r.recall(ctx, host); shelved != nil && (before == nil || shelved.until.After(before.until)) {
		if before = shelved; r.now().Before(shelved.until) {
			ready := e.ready
			*e = *shelved
			e.ready = ready
			return
		}
	}
	if before == nil {
		before = &entry{ready: make(chan struct{})}
		close(before.ready)
	}
	answer, from, err := r.fetch(ctx, host, before.last)
	if e.err = ctx.Err(); e.err != nil {
		return
	}
	if errors.Is(err, ErrNotAsked) {
		e.err = err
		return
	}
	e.learn(answer, from, err, before, r)
	e.weigh(host)
	r.shelve(ctx, host, e)
}

// learn concludes from an answer, or from its lack.
func (e *entry) learn(a Answer, from string, err error, before *entry, r *Rules) {
	now := r.now()
	e.until = now.Add(keepFor)
	switch s := a.Status; {
	case err == nil && s >= 200 && s <= 299:
		e.file, e.why = parse(a.Body, r.agent, from), noRule
		if tag, date := bounded(a.ETag), bounded(a.LastModified); tag != "" || date != "" {
			e.last = &reading{e.file, from, tag, date}
		}
	case err == nil && s == http.StatusNotModified && before.last != nil && before.last.from == from:
		e.file, e.why, e.last = before.last.file, noRule, before.last
	case err == nil && s >= 300 && s <= 399 && s != http.StatusNotModified:
		e.file, e.why = &file{}, "robots.txt redirects without end"
	case err == nil && s >= 400 && s <= 499 && s != http.StatusTooManyRequests:
		e.file, e.why = &file{}, fmt.Sprintf("no robots.txt (status %d)", s)
	default:
		if e.why = fmt.Sprintf("robots.txt answered status %d", s); err != nil {
			e.why, e.cause = fmt.Sprintf("robots.txt cannot be read: %v", err), err
		}
		e.last = before.last
		e.failures = before.failures + 1
		wait := min(firstRetry<<min(before.failures, 10), lastRetry)
		e.until = now.Add(min(max(wait, a.RetryAfter), keepFor))
	}
}

const noRule = "no rule of robots.txt matches"

// longestValidator bounds what of a server's is kept to be sent back to it.
const longestValidator = 1000

func bounded(validator string) string {
	if len(validator) > longestValidator {
		return ""
	}
	return validator
}

// weigh counts the bytes that an entry takes, about.
func (e *entry) weigh(host string) {
	e.size = len(host) + 200
	if e.file != nil {
		e.size += e.file.size
	}
	if l := e.last; l != nil {
		e.size += len(l.from) + len(l.etag) + len(l.lastModified) + 60
		if l.file != e.file {
			e.size += l.file.size
		}
	}
}

// A led is how far redirects have led before the next host had no time for us.
// The hosts on the way are not asked again when it has.
type led struct {
	at   string
	hop  int
	when time.Time
}

const (
	ledFor  = time.Hour
	mostLed = 1000
)

// fetch follows redirects, to other hosts too; their rules hold for the host
// that was asked first. from is the URL that answered. What was read there
// before is asked for only if it has changed.
func (r *Rules) fetch(ctx context.Context, host string, before *reading) (a Answer, from string, err error) {
	r.mu.Lock()
	l, ok := r.led[host]
	delete(r.led, host)
	r.mu.Unlock()
	at, hop := host+"/robots.txt", 0
	if ok && r.now().Sub(l.when) < ledFor {
		at, hop = l.at, l.hop
	}
	for ; ; hop++ {
		ask := Ask{URL: at}
		if before != nil && before.from == at {
			ask.ETag, ask.LastModified = before.etag, before.lastModified
		}
		a, err = r.get(ctx, ask)
		if hop > 0 && (ctx.Err() != nil || errors.Is(err, ErrNotAsked)) {
			r.mu.Lock()
			if len(r.led) >= mostLed {
				clear(r.led)
			}
			r.led[host] = led{at, hop, r.now()}
			r.mu.Unlock()
		}
		if err != nil || a.Status < 300 || a.Status > 399 || a.Status == http.StatusNotModified {
			return a, at, err
		}
		if _, err := parseURL(a.Location); err != nil || hop == maxRedirects {
			return a, at, nil
		}
		at = a.Location
	}
}
