// Package frontiertest holds every Frontier to what the interface promises.
package frontiertest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"pressmark/crawler/frontier"
	"pressmark/extract/urlkey"
)

// An Engine makes the frontiers that are tested.
type Engine struct {
	// Open makes an empty frontier that goes by a clock and lets a group rest
	// for gap after a lease that ended without saying for how long. It sees to
	// it that the frontier is closed when the test ends.
	Open func(t *testing.T, now func() time.Time, gap time.Duration) frontier.Frontier

	// Crash ends a frontier as kill -9 would, and opens what is left of it. May
	// be nil: then nothing is said of what lasts.
	Crash func(t *testing.T, f frontier.Frontier) frontier.Frontier
}

// Run tests an engine.
func Run(t *testing.T, e Engine) {
	for _, c := range []struct {
		name string
		test func(*testing.T, *bench)
	}{
		{"links are added once", discoverOnce},
		{"links that name no page are skipped", discoverBad},
		{"a modified page becomes due", discoverModified},
		{"a page may turn out to be a list", discoverKind},
		{"links are added once by many workers", discoverMany},
		{"claims follow due time, then discovery", claimOrder},
		{"claims keep to the sites", claimSites},
		{"a claim takes no more than asked for", claimMax},
		{"a claim takes what is due", claimDefaults},
		{"a group can be claimed by name", claimGroup},
		{"a group has one holder", exclusive},
		{"a group has one holder among many workers", exclusiveConcurrently},
		{"outcomes are stored together", completeStores},
		{"an outcome is taken once", completeOnce},
		{"items without outcome stay due", completePart},
		{"an outcome is taken once among many workers", oneOutcome},
		{"an expired lease is completed or claimed, not both", lateComplete},
		{"a group rests between leases", minGap},
		{"a lease expires", expiry},
		{"an expired lease that nobody took still counts", expiredNotTaken},
		{"a stale token is refused", staleToken},
		{"nothing of a refused batch is stored", refusedBatch},
		{"a lease can be renewed", renew},
		{"an expired lease can be renewed, an ended one can't", renewLate},
		{"a lease can be given back", giveBack},
		{"a block holds", block},
		{"a group's conduct is kept", conduct},
		{"the next due time is known", nextDue},
		{"the next due time heeds rests and no leases", nextDueHeld},
		{"a clock may be set back", clockBack},
		{"stats and lists keep to what is asked for", statsOfSites},
		{"a recheck is done once", recheck},
		{"pages can be asked for again", retry},
		{"a site can be forgotten", forget},
		{"items are listed in due order", list},
		{"gone pages are retired", retire},
		{"failures back off", backOff},
		{"a crash loses nothing acknowledged", crash},
		{"a crash ends leases and tokens go on rising", crashLease},
		{"a cancelled context is heeded", cancelled},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := &bench{engine: e, now: time.Date(2026, 11, 2, 6, 0, 0, 0, time.UTC)}
			c.test(t, b)
		})
	}
}

// A bench is what one test works with.
type bench struct {
	engine Engine
	f      frontier.Frontier
	mu     sync.Mutex
	now    time.Time
}

func (b *bench) clock() time.Time {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.now
}

func (b *bench) pass(d time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.now = b.now.Add(d)
}

func (b *bench) open(t *testing.T, gap time.Duration) {
	t.Helper()
	b.f = b.engine.Open(t, b.clock, gap)
}

// crash goes on with what a crash leaves of the frontier. For an engine that
// says nothing of that it goes on with the frontier as it is.
func (b *bench) crash(t *testing.T) frontier.Frontier {
	t.Helper()
	if b.engine.Crash == nil {
		return b.f
	}
	return b.engine.Crash(t, b.f)
}

// page is the URL of a page of a site; each site is a group of its own.
func page(site string, n int) string { return fmt.Sprintf("https://%s.example/news/%d", site, n) }

func key(t *testing.T, url string) urlkey.Key {
	t.Helper()
	k, err := urlkey.Of(url)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func (b *bench) discover(t *testing.T, links ...frontier.Link) int {
	t.Helper()
	n, err := b.f.Discover(context.Background(), links)
	if err != nil {
		t.Fatalf("discover: %v", err)
	}
	return n
}

func (b *bench) add(t *testing.T, site string, pages ...int) {
	t.Helper()
	for _, n := range pages {
		if b.discover(t, frontier.Link{URL: page(site, n), Site: site}) != 1 {
			t.Fatalf("%s was known", page(site, n))
		}
	}
}

func (b *bench) claim(t *testing.T, c frontier.Claim) *frontier.Lease {
	t.Helper()
	l, err := b.f.Claim(context.Background(), c)
	if err != nil {
		t.Fatalf("claim: %v", err)
	}
	return l
}

func (b *bench) claimNone(t *testing.T, c frontier.Claim) {
	t.Helper()
	if l, err := b.f.Claim(context.Background(), c); !errors.Is(err, frontier.ErrNone) {
		t.Fatalf("claim: %v, %v, want ErrNone", l, err)
	}
}

func (b *bench) complete(t *testing.T, l *frontier.Lease, batch frontier.Batch) {
	t.Helper()
	if err := b.f.Complete(context.Background(), l, batch); err != nil {
		t.Fatalf("complete: %v", err)
	}
}

// all is a batch with one result for every item of a lease.
func all(l *frontier.Lease, r frontier.Result, next time.Time) frontier.Batch {
	b := frontier.Batch{NextAllowed: next}
	for _, it := range l.Items {
		b.Outcomes = append(b.Outcomes, frontier.Outcome{Page: it.Page, Result: r})
	}
	return b
}

func (b *bench) items(t *testing.T, q frontier.Query) []frontier.Item {
	t.Helper()
	var items []frontier.Item
	for it, err := range b.f.List(context.Background(), q) {
		if err != nil {
			t.Fatalf("list: %v", err)
		}
		items = append(items, it)
	}
	return items
}

func (b *bench) stats(t *testing.T, sites ...string) frontier.Stats {
	t.Helper()
	s, err := b.f.Stats(context.Background(), sites)
	if err != nil {
		t.Fatalf("stats: %v", err)
	}
	return s
}

func wantURLs(t *testing.T, items []frontier.Item, want ...string) {
	t.Helper()
	got := make([]string, 0, len(items))
	for _, it := range items {
		got = append(got, it.URL)
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Fatalf("items\n%q, want\n%q", got, want)
	}
}
