package frontiertest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pressmark/crawler/frontier"
)

// discoverMany has many workers name the same links at once, more than an
// engine would take in one transaction.
func discoverMany(t *testing.T, b *bench) {
	b.open(t, 0)
	const pages, workers = 4500, 4
	links := make([]frontier.Link, pages)
	for i := range links {
		links[i] = frontier.Link{URL: page(fmt.Sprint("s", i%3), i), Site: "s"}
	}
	var added atomic.Int64
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			from := w * pages / workers // each begins elsewhere
			n, err := b.f.Discover(context.Background(), append(links[from:len(links):len(links)], links[:from]...))
			if err != nil {
				t.Errorf("discover: %v", err)
			}
			added.Add(int64(n))
		})
	}
	wg.Wait()
	if n := added.Load(); n != pages {
		t.Errorf("%d were said to be new, want %d", n, pages)
	}
	if n := len(b.items(t, frontier.Query{})); n != pages {
		t.Errorf("%d items, want %d", n, pages)
	}
	if s := b.stats(t); s.Known != pages || s.Due != pages {
		t.Errorf("stats %+v", s)
	}
	if n := b.discover(t, links...); n != 0 {
		t.Errorf("%d were new again", n)
	}
}

// A page that turns out to be a list becomes one and is due; a list stays what
// it is when a page is said to stand there.
func discoverKind(t *testing.T, b *bench) {
	b.open(t, 0)
	b.add(t, "a", 1)
	l := b.claim(t, frontier.Claim{})
	b.complete(t, l, all(l, frontier.Changed, time.Time{}))
	b.pass(time.Second)
	if n := b.discover(t, frontier.Link{URL: page("a", 1), Site: "a", Kind: frontier.Section}); n != 0 {
		t.Errorf("added %d", n)
	}
	b.discover(t, frontier.Link{URL: page("a", 1), Site: "a"})
	l = b.claim(t, frontier.Claim{})
	if it := l.Items[0]; it.Kind != frontier.Section || it.Checks != 1 {
		t.Errorf("item %+v", it)
	}
}

// A lease has what is due, and nothing else of its group; who says neither how
// many nor for how long gets one item, for a minute.
func claimDefaults(t *testing.T, b *bench) {
	b.open(t, 0)
	b.add(t, "a", 1, 2)
	b.discover(t, frontier.Link{URL: page("a", 3), Site: "a", Due: b.now.Add(time.Millisecond)})
	l := b.claim(t, frontier.Claim{Max: 99})
	wantURLs(t, l.Items, page("a", 1), page("a", 2))
	b.complete(t, l, frontier.Batch{})
	l = b.claim(t, frontier.Claim{})
	wantURLs(t, l.Items, page("a", 1))
	if want := b.now.Add(time.Minute); !l.Expires.Equal(want) {
		t.Errorf("expires %v, want %v", l.Expires, want)
	}
}

// What a refused batch says is not stored: outcomes, links, pause, conduct.
func refusedBatch(t *testing.T, b *bench) {
	b.open(t, 0)
	b.add(t, "a", 1, 2)
	b.add(t, "b", 1)
	stale := b.claim(t, frontier.Claim{TTL: time.Second, Max: 2})
	b.pass(time.Second)
	held := b.claim(t, frontier.Claim{Sites: []string{"a"}, Max: 2})
	before := b.items(t, frontier.Query{})
	for name, c := range map[string]struct {
		lease *frontier.Lease
		batch frontier.Batch
	}{
		"stale": {stale, all(stale, frontier.Missing, b.now.Add(time.Hour))},
		"an outcome of no item": {held, frontier.Batch{Outcomes: []frontier.Outcome{
			{Page: held.Items[0].Page, Result: frontier.Changed}, {Page: key(t, page("b", 1)), Result: frontier.Changed},
		}, NextAllowed: b.now.Add(time.Hour)}},
		"no lease":    {nil, frontier.Batch{}},
		"of no group": {&frontier.Lease{Group: "nowhere.example", Token: held.Token}, frontier.Batch{}},
	} {
		c.batch.Links = []frontier.Link{{URL: page("a", 99), Site: "a"}}
		c.batch.Conduct = &frontier.Conduct{Failures: 9}
		if err := b.f.Complete(context.Background(), c.lease, c.batch); err == nil {
			t.Errorf("%s: was taken", name)
		}
	}
	if diff := cmp.Diff(before, b.items(t, frontier.Query{})); diff != "" {
		t.Errorf("something was stored:\n%s", diff)
	}
	b.claimNone(t, frontier.Claim{Sites: []string{"a"}}) // nor has it ended the lease that holds
	b.complete(t, held, frontier.Batch{})
	l := b.claim(t, frontier.Claim{Sites: []string{"a"}}) // nor put the group off
	if l.Conduct.Failures != 0 {
		t.Errorf("conduct %+v", l.Conduct)
	}
}

// An ended lease cannot be renewed, one that has expired can while nobody has
// claimed its group since; a renewed one keeps others out, an outcome counts.
func renewLate(t *testing.T, b *bench) {
	b.open(t, 0)
	b.add(t, "a", 1)
	ctx := context.Background()
	l := b.claim(t, frontier.Claim{TTL: time.Second})
	b.pass(time.Minute)
	if err := b.f.Renew(ctx, l, time.Minute); err != nil {
		t.Fatal(err)
	}
	b.claimNone(t, frontier.Claim{})
	b.complete(t, l, all(l, frontier.Changed, time.Time{}))
	if err := b.f.Renew(ctx, l, time.Minute); !errors.Is(err, frontier.ErrLeaseLost) {
		t.Errorf("renew of an ended lease: %v, want ErrLeaseLost", err)
	}
}

// An empty batch gives a lease back: its items stay due, after the gap.
func giveBack(t *testing.T, b *bench) {
	b.open(t, time.Second)
	b.add(t, "a", 1, 2)
	l := b.claim(t, frontier.Claim{Max: 2})
	b.complete(t, l, frontier.Batch{})
	b.claimNone(t, frontier.Claim{})
	b.pass(time.Second)
	l = b.claim(t, frontier.Claim{Max: 2})
	wantURLs(t, l.Items, page("a", 1), page("a", 2))
	if l.Items[0].Checks != 0 {
		t.Errorf("item %+v", l.Items[0])
	}
}

// Who waits is told until when: a lease does not count, a rest does.
func nextDueHeld(t *testing.T, b *bench) {
	b.open(t, 0)
	b.add(t, "a", 1, 2)
	next := func() time.Time {
		t.Helper()
		due, err := b.f.NextDue(context.Background(), nil)
		if err != nil {
			t.Fatal(err)
		}
		return due
	}
	l := b.claim(t, frontier.Claim{})
	if due := next(); due.After(b.now) || due.IsZero() {
		t.Errorf("while it is leased: due %v, want %v", due, b.now)
	}
	rested := b.now.Add(7 * time.Second)
	b.complete(t, l, all(l, frontier.Changed, rested))
	if due := next(); !due.Equal(rested) {
		t.Errorf("while it rests: due %v, want %v", due, rested)
	}
	b.f = b.crash(t)
	if due := next(); !due.Equal(rested) {
		t.Errorf("after a crash: due %v, want %v", due, rested)
	}
	b.pass(7*time.Second - time.Microsecond)
	b.claimNone(t, frontier.Claim{})
	b.pass(time.Microsecond)
	wantURLs(t, b.claim(t, frontier.Claim{}).Items, page("a", 2))
}

// A clock that is set back makes nothing due that is not, and ends no lease;
// what was done stays done.
func clockBack(t *testing.T, b *bench) {
	b.open(t, 0)
	b.add(t, "a", 1)
	b.add(t, "b", 1)
	b.add(t, "d", 1)
	rests := b.claim(t, frontier.Claim{Sites: []string{"d"}})
	b.complete(t, rests, frontier.Batch{NextAllowed: b.now.Add(40 * time.Minute)})
	b.discover(t, frontier.Link{URL: page("c", 1), Site: "c", Due: b.now.Add(30 * time.Minute)})
	b.pass(time.Hour)
	held := b.claim(t, frontier.Claim{Sites: []string{"a"}, TTL: time.Minute})
	both := b.claim(t, frontier.Claim{Sites: []string{"c", "d"}}) // both may be asked at this time
	wantURLs(t, both.Items, page("d", 1))
	b.complete(t, both, frontier.Batch{NextAllowed: b.now.Add(-20 * time.Minute)})
	both = b.claim(t, frontier.Claim{Sites: []string{"b", "c", "d"}})
	wantURLs(t, both.Items, page("b", 1))
	b.complete(t, both, frontier.Batch{NextAllowed: b.now.Add(-time.Hour)})
	b.pass(-50 * time.Minute)
	b.claimNone(t, frontier.Claim{Sites: []string{"a"}})
	b.claimNone(t, frontier.Claim{Sites: []string{"c", "d"}}) // the one is not due, the other rests
	l := b.claim(t, frontier.Claim{})
	wantURLs(t, l.Items, page("b", 1))
	if l.Token <= held.Token {
		t.Errorf("token %d after %d", l.Token, held.Token)
	}
	b.complete(t, l, all(l, frontier.Changed, time.Time{}))
	b.complete(t, held, all(held, frontier.Changed, time.Time{}))
	b.claimNone(t, frontier.Claim{})
	b.pass(50 * time.Minute)
	wantURLs(t, b.claim(t, frontier.Claim{Sites: []string{"c"}}).Items, page("c", 1))
	for _, it := range b.items(t, frontier.Query{Sites: []string{"a", "b"}}) {
		if it.Checks != 1 {
			t.Errorf("%s was checked %d times", it.URL, it.Checks)
		}
	}
}

// Stats and List keep to what is asked for.
func statsOfSites(t *testing.T, b *bench) {
	b.open(t, 0)
	b.add(t, "a", 1, 2)
	b.add(t, "b", 1)
	b.discover(t, frontier.Link{URL: page("b", 2), Site: "b", Kind: frontier.Feed, Due: b.now.Add(time.Hour)})
	a := b.claim(t, frontier.Claim{Sites: []string{"a"}, TTL: time.Minute, Worker: "one"})
	if err := b.f.Block(context.Background(), "b.example", b.now.Add(time.Hour), "busy"); err != nil {
		t.Fatal(err)
	}
	if s := b.stats(t, "a"); s.Known != 2 || s.Due != 2 || len(s.Leases) != 1 || s.Leases[0].Group != a.Group || s.Leases[0].Worker != "one" || len(s.Blocked) != 0 {
		t.Errorf("of a: %+v", s)
	}
	if s := b.stats(t, "b"); s.Known != 2 || s.Due != 1 || s.Waiting != 1 || len(s.Leases) != 0 || len(s.Blocked) != 1 {
		t.Errorf("of b: %+v", s)
	}
	if s := b.stats(t, "nobody"); s.Known != 0 || len(s.Leases)+len(s.Blocked) != 0 {
		t.Errorf("of nobody: %+v", s)
	}
	b.pass(2 * time.Hour)
	if s := b.stats(t); len(s.Leases) != 0 || len(s.Blocked) != 0 || s.Due != 4 {
		t.Errorf("when lease and block have ended: %+v", s)
	}
	wantURLs(t, b.items(t, frontier.Query{Kind: frontier.Feed}), page("b", 2))
	wantURLs(t, b.items(t, frontier.Query{Sites: []string{"a", "b"}, Group: "b.example", Limit: 1}), page("b", 1))
	wantURLs(t, b.items(t, frontier.Query{Sites: []string{"a"}, Group: "b.example"}))
	for it, err := range b.f.List(context.Background(), frontier.Query{}) { // who has seen enough may stop
		if err != nil || it.URL != page("a", 1) {
			t.Errorf("first is %s, %v", it.URL, err)
		}
		break
	}
}
