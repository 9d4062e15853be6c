package frontiertest

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pressmark/crawler/frontier"
)

func claimOrder(t *testing.T, b *bench) {
	b.open(t, 0)
	due := b.now
	b.discover(t,
		frontier.Link{URL: page("late", 1), Site: "late", Due: due.Add(-time.Hour)},
		frontier.Link{URL: page("early", 1), Site: "early", Due: due.Add(-2 * time.Hour)},
		frontier.Link{URL: page("early", 2), Site: "early", Due: due.Add(-3 * time.Hour)},
		frontier.Link{URL: page("same", 1), Site: "same", Due: due.Add(-time.Hour)},
		frontier.Link{URL: page("later", 1), Site: "later", Due: due.Add(time.Hour)},
		frontier.Link{URL: page("early", 3), Site: "early", Due: due.Add(-2 * time.Hour)},
	)
	wantURLs(t, b.claim(t, frontier.Claim{Max: 9}).Items, page("early", 2), page("early", 1), page("early", 3))
	wantURLs(t, b.claim(t, frontier.Claim{Max: 9}).Items, page("late", 1))
	wantURLs(t, b.claim(t, frontier.Claim{Max: 9}).Items, page("same", 1))
	b.claimNone(t, frontier.Claim{})
	b.pass(time.Hour)
	wantURLs(t, b.claim(t, frontier.Claim{Sites: []string{"later"}}).Items, page("later", 1))
}

func claimSites(t *testing.T, b *bench) {
	b.open(t, 0)
	// Two sites of one group, and a third.
	const shared = "shared"
	b.discover(t,
		frontier.Link{URL: page("a", 1), Site: "a", Group: shared},
		frontier.Link{URL: page("b", 1), Site: "b", Group: shared},
		frontier.Link{URL: page("c", 1), Site: "c"},
		frontier.Link{URL: page("a", 2), Site: "a", Group: shared},
	)
	b.claimNone(t, frontier.Claim{Sites: []string{"unknown"}})
	c := b.claim(t, frontier.Claim{Sites: []string{"c"}, Max: 9})
	wantURLs(t, c.Items, page("c", 1))
	l := b.claim(t, frontier.Claim{Sites: []string{"b"}, Max: 9})
	wantURLs(t, l.Items, page("b", 1))
	if l.Group != shared || l.Items[0].Site != "b" || l.Items[0].Group != shared {
		t.Fatalf("lease of %q with %+v", l.Group, l.Items[0])
	}
	b.claimNone(t, frontier.Claim{Sites: []string{"a"}}) // the same group
	b.complete(t, l, frontier.Batch{})
	wantURLs(t, b.claim(t, frontier.Claim{Sites: []string{"a", "b"}, Max: 9}).Items, page("a", 1), page("b", 1), page("a", 2))
}

// Who asks for a group by name gets it when it is free, before those who ask
// for what is due, and keeps everybody else from it.
func claimGroup(t *testing.T, b *bench) {
	b.open(t, 0)
	b.add(t, "a", 1, 2)
	b.claimNone(t, frontier.Claim{Sites: []string{"b"}})
	group := b.claim(t, frontier.Claim{Sites: []string{"a"}})
	byName := frontier.Claim{Group: group.Group}
	b.claimNone(t, byName)
	b.complete(t, group, frontier.Batch{NextAllowed: b.now.Add(time.Second)})
	b.pass(time.Second - time.Millisecond)
	b.claimNone(t, byName)
	b.pass(time.Millisecond)
	b.claimNone(t, frontier.Claim{}) // it is wanted
	l := b.claim(t, byName)
	if l.Group != group.Group || len(l.Items) > 0 {
		t.Fatalf("lease of %q with %d items", l.Group, len(l.Items))
	}
	b.claimNone(t, frontier.Claim{})
	b.complete(t, l, frontier.Batch{NextAllowed: b.now.Add(time.Second)})
	b.claimNone(t, frontier.Claim{})
	b.pass(time.Second)
	b.complete(t, b.claim(t, frontier.Claim{}), frontier.Batch{})

	// One that is not known yet can be had, too; who does not come back for it does not keep it.
	b.complete(t, b.claim(t, frontier.Claim{Group: "new.example"}), frontier.Batch{})
	next := b.claim(t, frontier.Claim{})
	b.claimNone(t, byName)
	b.complete(t, next, frontier.Batch{})
	b.pass(time.Minute)
	b.claim(t, frontier.Claim{})
}

func claimMax(t *testing.T, b *bench) {
	b.open(t, 0)
	b.add(t, "a", 1, 2, 3)
	l := b.claim(t, frontier.Claim{})
	wantURLs(t, l.Items, page("a", 1))
	b.complete(t, l, all(l, frontier.Changed, time.Time{}))
	wantURLs(t, b.claim(t, frontier.Claim{Max: 2}).Items, page("a", 2), page("a", 3))
}

func exclusive(t *testing.T, b *bench) {
	b.open(t, 0)
	b.add(t, "a", 1, 2)
	b.add(t, "b", 1)
	first := b.claim(t, frontier.Claim{Worker: "one"})
	second := b.claim(t, frontier.Claim{Worker: "two"})
	if first.Group == second.Group {
		t.Fatalf("%s was claimed twice", first.Group)
	}
	if second.Token <= first.Token {
		t.Fatalf("token %d after %d", second.Token, first.Token)
	}
	b.claimNone(t, frontier.Claim{})
	if s := b.stats(t); len(s.Leases) != 2 || s.Leases[0].Worker != "one" || s.Leases[1].Worker != "two" {
		t.Fatalf("leases %+v", s.Leases)
	}
	b.complete(t, first, all(first, frontier.Changed, time.Time{}))
	wantURLs(t, b.claim(t, frontier.Claim{}).Items, page("a", 2))
}

func exclusiveConcurrently(t *testing.T, b *bench) {
	b.open(t, 0)
	const groups, pages, workers = 12, 12, 8
	var links []frontier.Link
	for g := range groups {
		for p := range pages {
			site := fmt.Sprint("s", g)
			links = append(links, frontier.Link{URL: page(site, p), Site: site})
		}
	}
	if n := b.discover(t, links...); n != len(links) {
		t.Fatalf("added %d of %d", n, len(links))
	}
	var mu sync.Mutex
	holders := map[string]string{}
	fetched := map[string]int{}
	tokens := map[uint64]bool{}
	var overlaps atomic.Int32
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for {
				l, err := b.f.Claim(context.Background(), frontier.Claim{Worker: fmt.Sprint(w), Max: 3})
				if errors.Is(err, frontier.ErrNone) {
					mu.Lock()
					finished := len(fetched) == groups*pages
					mu.Unlock()
					if finished {
						return
					}
					time.Sleep(time.Millisecond) // the others hold all groups that have work
					continue
				}
				if err != nil {
					t.Errorf("claim: %v", err)
					return
				}
				mu.Lock()
				if holders[l.Group] != "" || tokens[l.Token] {
					overlaps.Add(1)
				}
				holders[l.Group] = fmt.Sprint(w)
				tokens[l.Token] = true
				for _, it := range l.Items {
					fetched[it.URL]++
				}
				mu.Unlock()
				runtime.Gosched()
				mu.Lock()
				delete(holders, l.Group) // before Complete: that is when others may have it
				mu.Unlock()
				if err := b.f.Complete(context.Background(), l, all(l, frontier.Changed, time.Time{})); err != nil {
					t.Errorf("complete: %v", err)
					return
				}
			}
		})
	}
	wg.Wait()
	if overlaps.Load() > 0 {
		t.Fatalf("%d overlapping leases", overlaps.Load())
	}
	if len(fetched) != len(links) {
		t.Fatalf("%d of %d pages were claimed", len(fetched), len(links))
	}
	for url, n := range fetched {
		if n != 1 {
			t.Fatalf("%s was claimed %d times", url, n)
		}
	}
}

// oneOutcome has many workers complete one lease at once.
func oneOutcome(t *testing.T, b *bench) {
	b.open(t, 0)
	for n := range 10 {
		b.add(t, "a", n)
		l := b.claim(t, frontier.Claim{})
		var taken atomic.Int32
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				err := b.f.Complete(context.Background(), l, all(l, frontier.Changed, time.Time{}))
				if err == nil {
					taken.Add(1)
				} else if !errors.Is(err, frontier.ErrLeaseLost) {
					t.Errorf("complete: %v", err)
				}
			})
		}
		wg.Wait()
		if taken.Load() != 1 {
			t.Fatalf("the outcome was taken %d times", taken.Load())
		}
	}
}

// lateComplete has one worker complete a lease that has expired while another
// claims: either the outcome counts, or the other gets the page.
func lateComplete(t *testing.T, b *bench) {
	b.open(t, 0)
	for n := range 24 {
		b.add(t, "a", n)
		old := b.claim(t, frontier.Claim{TTL: time.Second})
		b.pass(time.Second)
		var wg sync.WaitGroup
		var completed error
		started := make(chan struct{})
		wg.Go(func() {
			close(started)
			completed = b.f.Complete(context.Background(), old, all(old, frontier.Changed, time.Time{}))
		})
		<-started
		for range n % 8 {
			runtime.Gosched()
		}
		var again *frontier.Lease
		for range 50 {
			l, err := b.f.Claim(context.Background(), frontier.Claim{})
			if err == nil {
				again = l
				break
			}
			if !errors.Is(err, frontier.ErrNone) {
				t.Fatal(err)
			}
			runtime.Gosched()
		}
		wg.Wait()
		if (completed == nil) == (again != nil) {
			t.Fatalf("complete: %v, and the page was claimed again: %v", completed, again != nil)
		}
		if again != nil {
			b.complete(t, again, all(again, frontier.Changed, time.Time{}))
		}
	}
}

func expiry(t *testing.T, b *bench) {
	b.open(t, 0)
	b.add(t, "a", 1)
	l := b.claim(t, frontier.Claim{TTL: 30 * time.Second})
	if want := b.now.Add(30 * time.Second); !l.Expires.Equal(want) {
		t.Fatalf("expires %v, want %v", l.Expires, want)
	}
	b.pass(29 * time.Second)
	b.claimNone(t, frontier.Claim{})
	b.pass(time.Second)
	wantURLs(t, b.claim(t, frontier.Claim{}).Items, page("a", 1))
}

func expiredNotTaken(t *testing.T, b *bench) {
	b.open(t, 0)
	b.add(t, "a", 1)
	l := b.claim(t, frontier.Claim{TTL: time.Second})
	b.pass(time.Hour)
	b.complete(t, l, all(l, frontier.Changed, time.Time{}))
	b.claimNone(t, frontier.Claim{})
}

func staleToken(t *testing.T, b *bench) {
	b.open(t, 0)
	b.add(t, "a", 1)
	old := b.claim(t, frontier.Claim{TTL: time.Second})
	b.pass(time.Second)
	now := b.claim(t, frontier.Claim{})
	if now.Token <= old.Token {
		t.Fatalf("token %d after %d", now.Token, old.Token)
	}
	ctx := context.Background()
	batch := all(old, frontier.Missing, time.Time{})
	batch.Links = []frontier.Link{{URL: page("a", 2), Site: "a"}}
	for what, err := range map[string]error{
		"complete": b.f.Complete(ctx, old, batch),
		"renew":    b.f.Renew(ctx, old, time.Minute),
	} {
		if !errors.Is(err, frontier.ErrLeaseLost) {
			t.Errorf("%s: %v, want ErrLeaseLost", what, err)
		}
	}
	it := b.items(t, frontier.Query{})
	if len(it) != 1 || it[0].Checks != 0 {
		t.Fatalf("the stale batch was stored: %+v", it)
	}
	b.complete(t, now, all(now, frontier.Changed, time.Time{}))
	if err := b.f.Complete(ctx, now, frontier.Batch{}); !errors.Is(err, frontier.ErrLeaseLost) {
		t.Fatalf("a second complete: %v, want ErrLeaseLost", err)
	}
}

func renew(t *testing.T, b *bench) {
	b.open(t, 0)
	b.add(t, "a", 1)
	l := b.claim(t, frontier.Claim{TTL: time.Minute})
	b.pass(50 * time.Second)
	if err := b.f.Renew(context.Background(), l, time.Minute); err != nil {
		t.Fatal(err)
	}
	if want := b.now.Add(time.Minute); !l.Expires.Equal(want) {
		t.Fatalf("expires %v, want %v", l.Expires, want)
	}
	b.pass(50 * time.Second)
	b.claimNone(t, frontier.Claim{})
	b.pass(10 * time.Second)
	b.claim(t, frontier.Claim{})
}
