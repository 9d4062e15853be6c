package robots

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// A Shelf keeps for each host, by scheme://host:port, what its robots.txt said,
// so that who starts anew need not ask again. It is no more than a saving: what
// it can't keep or give back is asked for.
type Shelf interface {
	Keep(ctx context.Context, host string, record []byte) error
	Kept(ctx context.Context, host string) ([]byte, error) // nil when there is none
}

// A record is an entry on the shelf.
type record struct {
	Agent    string    `json:"agent"` // for whom the rules were picked
	At       time.Time `json:"at"`    // when they were
	Until    time.Time `json:"until"`
	Why      string    `json:"why"`
	Readable bool      `json:"readable"`
	Failures int       `json:"failures,omitempty"`
	Cause    string    `json:"cause,omitempty"` // the name of why no answer came

	From         string `json:"from,omitempty"`
	ETag         string `json:"etag,omitempty"`
	LastModified string `json:"last_modified,omitempty"`

	// What the file says or, while it can't be read, what it said.
	Rules    []string      `json:"rules,omitempty"` // "+" or "-", the pattern, and "$" at an end
	Delay    time.Duration `json:"delay,omitempty"`
	Sitemaps []string      `json:"sitemaps,omitempty"`
}

// shelve keeps an entry. The shelf has it before anything is asked for in its name.
func (r *Rules) shelve(ctx context.Context, host string, e *entry) {
	if r.options.Shelf == nil {
		return
	}
	b, err := json.Marshal(e.record(r.agent, r.now(), r.options.Name))
	if err == nil {
		err = r.options.Shelf.Keep(context.WithoutCancel(ctx), host, b)
	}
	if err != nil {
		r.options.Log.Warn("can't keep what a robots.txt says; it is asked for again after a restart", "host", host, "error", err)
	}
}

// recall is a host's entry from the shelf, fresh or not; nil when there is none.
func (r *Rules) recall(ctx context.Context, host string) *entry {
	if r.options.Shelf == nil {
		return nil
	}
	b, err := r.options.Shelf.Kept(ctx, host)
	var e *entry
	if err == nil && b != nil {
		e, err = readEntry(b, r.agent, r.now(), r.options.Named)
	}
	if err != nil {
		r.options.Log.Warn("what a robots.txt said was not kept well, and is asked for again", "host", host, "error", err)
		return nil
	}
	if e != nil {
		e.weigh(host)
	}
	return e
}

func (e *entry) record(agent string, now time.Time, name func(error) string) record {
	w := record{Agent: agent, At: now, Until: e.until, Why: e.why, Readable: e.file != nil, Failures: e.failures}
	if e.cause != nil && name != nil {
		w.Cause = name(e.cause)
	}
	f := e.file
	if l := e.last; l != nil {
		w.From, w.ETag, w.LastModified, f = l.from, l.etag, l.lastModified, l.file
	}
	if f == nil {
		return w
	}
	w.Delay, w.Sitemaps = f.delay, f.sitemaps
	for _, r := range f.rules {
		line := "-" + r.pattern
		if r.allow {
			line = "+" + r.pattern
		}
		if r.atEnd {
			line += "$"
		}
		w.Rules = append(w.Rules, line)
	}
	return w
}

var errRecord = errors.New("it is no record of a robots.txt")

// readEntry reads a record; nil when it was made for another agent, or by a
// clock that was ahead of ours.
func readEntry(b []byte, agent string, now time.Time, named func(string) error) (*entry, error) {
	var w record
	if err := json.Unmarshal(b, &w); err != nil {
		return nil, fmt.Errorf("%w: %w", errRecord, err)
	}
	if w.Agent != agent || w.At.After(now) {
		return nil, nil
	}
	if w.Until.Sub(w.At) > keepFor || w.Failures < 0 || w.Delay < 0 || w.Delay > maxCrawlDelay || len(w.Sitemaps) > maxSitemaps {
		return nil, errRecord
	}
	f := &file{delay: w.Delay, sitemaps: w.Sitemaps}
	for _, line := range w.Rules {
		if line == "" || line[0] != '+' && line[0] != '-' {
			return nil, errRecord
		}
		r := rule{allow: line[0] == '+', pattern: line[1:]}
		if n := len(r.pattern); n > 0 && r.pattern[n-1] == '$' {
			r.pattern, r.atEnd = r.pattern[:n-1], true
		}
		f.rules = append(f.rules, r)
		f.size += len(r.pattern) + 48
	}
	for _, s := range f.sitemaps {
		if _, err := parseURL(s); err != nil {
			return nil, errRecord
		}
		f.size += len(s) + 16
	}
	e := &entry{ready: make(chan struct{}), why: w.Why, until: w.Until, failures: w.Failures}
	close(e.ready)
	if w.ETag != "" || w.LastModified != "" {
		e.last = &reading{f, w.From, w.ETag, w.LastModified}
	}
	if w.Readable {
		e.file = f
	}
	if w.Cause != "" && named != nil {
		e.cause = named(w.Cause)
		// What was wrong may have been our side's, and mended since.
		if soon := w.At.Add(firstRetry); soon.Before(e.until) {
			e.until = soon
		}
	}
	return e, nil
}
