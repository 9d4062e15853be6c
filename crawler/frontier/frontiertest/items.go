package frontiertest

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"pressmark/crawler/frontier"
)

func discoverOnce(t *testing.T, b *bench) {
	b.open(t, 0)
	link := frontier.Link{URL: page("a", 1), Site: "a", Via: "https://a.example/feed", Published: b.now.Add(-time.Hour)}
	if n := b.discover(t, link, link); n != 1 {
		t.Fatalf("added %d, want 1", n)
	}
	b.pass(time.Minute)
	// The same page by another name, from another place.
	if n := b.discover(t, frontier.Link{URL: page("a", 1) + "?utm_source=x#top", Site: "b", Via: "elsewhere"}); n != 0 {
		t.Fatalf("added %d, want 0", n)
	}
	items := b.items(t, frontier.Query{})
	if len(items) != 1 {
		t.Fatalf("%d items", len(items))
	}
	it := items[0]
	first := b.now.Add(-time.Minute)
	want := frontier.Item{
		URL: link.URL, Page: key(t, link.URL), Site: "a", Via: link.Via, Kind: frontier.Page, Group: "a.example",
		Due: first, FirstSeen: first, Published: link.Published, State: frontier.Live,
	}
	if it != want {
		t.Fatalf("item\n%+v, want\n%+v", it, want)
	}
}

func discoverBad(t *testing.T, b *bench) {
	b.open(t, 0)
	if n := b.discover(t, frontier.Link{URL: "mailto:desk@a.example"}, frontier.Link{URL: ""},
		frontier.Link{URL: page("a", 1), Site: "a"}, frontier.Link{URL: "https://\x00/"}); n != 1 {
		t.Fatalf("added %d, want 1", n)
	}
}

func discoverModified(t *testing.T, b *bench) {
	b.open(t, 0)
	b.add(t, "a", 1)
	l := b.claim(t, frontier.Claim{})
	b.complete(t, l, all(l, frontier.Changed, time.Time{}))
	b.pass(time.Minute)
	b.discover(t, frontier.Link{URL: page("a", 1), Site: "a", Modified: b.now.Add(-2 * time.Minute)}) // before the look
	b.claimNone(t, frontier.Claim{})
	b.discover(t, frontier.Link{URL: page("a", 1), Site: "a", Modified: b.now.Add(-30 * time.Second)})
	b.claim(t, frontier.Claim{})
}

func completeStores(t *testing.T, b *bench) {
	b.open(t, 0)
	b.discover(t, frontier.Link{URL: page("a", 1), Site: "a", Kind: frontier.Section}, frontier.Link{URL: page("a", 2), Site: "a"})
	l := b.claim(t, frontier.Claim{Max: 2})
	due := b.now.Add(33 * time.Minute)
	b.pass(time.Second)
	b.complete(t, l, frontier.Batch{
		Outcomes: []frontier.Outcome{
			{Page: l.Items[0].Page, Result: frontier.Changed, ETag: `"v1"`, LastModified: "Mon, 02 Nov 2026 05:00:00 GMT", Due: due},
			{Page: l.Items[1].Page, Result: frontier.Failed, Error: "timeout"},
		},
		Links: []frontier.Link{{URL: page("a", 3), Site: "a", Via: page("a", 1)}, {URL: page("a", 2), Site: "a"}},
	})
	items := b.items(t, frontier.Query{Sites: []string{"a"}})
	wantURLs(t, items, page("a", 3), page("a", 2), page("a", 1))
	if it := items[2]; it.ETag != `"v1"` || it.LastModified == "" || !it.Due.Equal(due) || it.Checks != 1 || !it.LastChecked.Equal(b.now) || !it.LastChanged.Equal(b.now) || it.Kind != frontier.Section {
		t.Errorf("changed item: %+v", it)
	}
	if it := items[1]; it.Failures != 1 || it.LastError != "timeout" || !it.Due.After(b.now) || !it.LastChanged.IsZero() {
		t.Errorf("failed item: %+v", it)
	}
	if s := b.stats(t); s.Known != 3 || s.Due != 1 || s.Waiting != 2 || s.Failing != 1 || len(s.Leases) != 0 {
		t.Errorf("stats %+v", s)
	}

	// A 304 without validators keeps those that are known.
	b.pass(time.Hour)
	l = b.claim(t, frontier.Claim{Max: 9})
	b.complete(t, l, all(l, frontier.Unchanged, time.Time{}))
	for _, it := range b.items(t, frontier.Query{Kind: frontier.Section}) {
		if it.ETag != `"v1"` || it.Unchanged != 1 || it.Checks != 2 {
			t.Errorf("unchanged item: %+v", it)
		}
	}
	if s := b.stats(t); s.Failing != 0 {
		t.Errorf("stats %+v", s)
	}
}

func completeOnce(t *testing.T, b *bench) {
	b.open(t, 0)
	b.add(t, "a", 1)
	b.add(t, "b", 1)
	l := b.claim(t, frontier.Claim{})
	it := frontier.Outcome{Page: l.Items[0].Page, Result: frontier.Changed}
	for name, outcomes := range map[string][]frontier.Outcome{
		"twice":           {it, it},
		"of another item": {{Page: key(t, page("b", 1)), Result: frontier.Changed}},
		"of no item":      {{Page: "example,nowhere)/", Result: frontier.Changed}},
		"no result":       {{Page: it.Page}},
	} {
		if err := b.f.Complete(context.Background(), l, frontier.Batch{Outcomes: outcomes}); err == nil || errors.Is(err, frontier.ErrLeaseLost) {
			t.Errorf("%s: %v", name, err)
		}
	}
	b.complete(t, l, frontier.Batch{Outcomes: []frontier.Outcome{it}})
	if items := b.items(t, frontier.Query{Sites: []string{"a"}}); items[0].Checks != 1 {
		t.Fatalf("item %+v", items[0])
	}
}

func completePart(t *testing.T, b *bench) {
	b.open(t, 0)
	b.add(t, "a", 1, 2)
	l := b.claim(t, frontier.Claim{Max: 2})
	b.complete(t, l, frontier.Batch{Outcomes: []frontier.Outcome{{Page: l.Items[0].Page, Result: frontier.Changed}}})
	wantURLs(t, b.claim(t, frontier.Claim{Max: 2}).Items, page("a", 2))
}

func nextDue(t *testing.T, b *bench) {
	b.open(t, 0)
	next := func(sites ...string) time.Time {
		t.Helper()
		due, err := b.f.NextDue(context.Background(), sites)
		if err != nil {
			t.Fatal(err)
		}
		return due
	}
	if due := next(); !due.IsZero() {
		t.Fatalf("due %v, want never", due)
	}
	b.discover(t, frontier.Link{URL: page("a", 1), Site: "a", Due: b.now.Add(time.Hour)},
		frontier.Link{URL: page("b", 1), Site: "b", Due: b.now.Add(2 * time.Hour)})
	if due, want := next(), b.now.Add(time.Hour); !due.Equal(want) {
		t.Fatalf("due %v, want %v", due, want)
	}
	if due, want := next("b"), b.now.Add(2*time.Hour); !due.Equal(want) {
		t.Fatalf("due %v, want %v", due, want)
	}
	if due := next("c"); !due.IsZero() {
		t.Fatalf("due %v, want never", due)
	}
	until := b.now.Add(3 * time.Hour)
	if err := b.f.Block(context.Background(), "a.example", until, "why"); err != nil {
		t.Fatal(err)
	}
	if due := next("a"); !due.Equal(until) {
		t.Fatalf("due %v, want %v", due, until)
	}
}

func list(t *testing.T, b *bench) {
	b.open(t, 0)
	const each = 700 // more than an engine would read at once
	var links []frontier.Link
	for i := range each {
		for s, site := range []string{"a", "b", "c"} {
			links = append(links, frontier.Link{URL: page(site, i), Site: site, Due: b.now.Add(time.Duration((i*11+s*3)%each) * time.Second)})
		}
	}
	b.discover(t, links...)
	items := b.items(t, frontier.Query{})
	if len(items) != len(links) {
		t.Fatalf("%d items of %d", len(items), len(links))
	}
	for i, it := range items[1:] {
		if it.Due.Before(items[i].Due) {
			t.Fatalf("%s before %s", items[i].URL, it.URL)
		}
	}
	if n := len(b.items(t, frontier.Query{Sites: []string{"a", "b"}, Limit: 1100})); n != 1100 {
		t.Errorf("%d items, want 1100", n)
	}
	if n := len(b.items(t, frontier.Query{Group: "c.example"})); n != each {
		t.Errorf("%d items, want %d", n, each)
	}
	if n := len(b.items(t, frontier.Query{Sites: []string{"a"}, Until: b.now.Add(9 * time.Second)})); n != 10 {
		t.Errorf("%d items, want 10", n)
	}
	if n := len(b.items(t, frontier.Query{Kind: frontier.Feed})); n != 0 {
		t.Errorf("%d feeds", n)
	}
	b.add(t, "same", 1, 2, 3)
	wantURLs(t, b.items(t, frontier.Query{Sites: []string{"same"}}), page("same", 1), page("same", 2), page("same", 3))
}

func retire(t *testing.T, b *bench) {
	b.open(t, 0)
	b.add(t, "a", 1)
	looks := 0
	for ; looks < 100; looks++ {
		due, err := b.f.NextDue(context.Background(), nil)
		if err != nil {
			t.Fatal(err)
		}
		if due.IsZero() {
			break
		}
		if d := due.Sub(b.now); d > 0 {
			b.pass(d)
		}
		l := b.claim(t, frontier.Claim{})
		b.complete(t, l, all(l, frontier.Missing, time.Time{}))
		if s := b.stats(t); s.Gone+s.Retired != 1 {
			t.Fatalf("stats %+v", s)
		}
	}
	if looks < 3 || looks > 20 {
		t.Fatalf("retired after %d looks", looks)
	}
	if s := b.stats(t); s.Retired != 1 || s.Gone != 0 || s.Waiting != 0 || s.Due != 0 {
		t.Fatalf("stats %+v", s)
	}
	if n, err := b.f.Recheck(context.Background(), "a", b.now.Add(time.Hour)); n != 0 || err != nil {
		t.Fatalf("recheck of a retired page: %d, %v", n, err)
	}
	wantURLs(t, b.items(t, frontier.Query{}))
	wantURLs(t, b.items(t, frontier.Query{Retired: true}), page("a", 1))

	// A link alone doesn't wake it, a link that says it was modified does.
	b.pass(time.Hour)
	b.discover(t, frontier.Link{URL: page("a", 1), Site: "a"})
	b.claimNone(t, frontier.Claim{})
	b.discover(t, frontier.Link{URL: page("a", 1), Site: "a", Modified: b.now.Add(-time.Minute)})
	l := b.claim(t, frontier.Claim{})
	b.complete(t, l, all(l, frontier.Changed, time.Time{}))
	if s := b.stats(t); s.Retired != 0 || s.Gone != 0 || s.Waiting != 1 {
		t.Fatalf("stats %+v", s)
	}
}

func backOff(t *testing.T, b *bench) {
	b.open(t, 0)
	b.discover(t, frontier.Link{URL: page("a", 1), Site: "a", Kind: frontier.Feed})
	last := time.Duration(0)
	for i := range 8 {
		l := b.claim(t, frontier.Claim{})
		b.complete(t, l, all(l, frontier.Failed, time.Time{}))
		pause := b.items(t, frontier.Query{})[0].Due.Sub(b.now)
		if pause < last*3/2 {
			t.Fatalf("failure %d: pause %v after %v", i+1, pause, last)
		}
		last = pause
		b.pass(pause)
	}
	l := b.claim(t, frontier.Claim{})
	b.complete(t, l, all(l, frontier.Changed, time.Time{}))
	if it := b.items(t, frontier.Query{})[0]; it.Failures != 0 || it.Due.Sub(b.now) >= last {
		t.Fatalf("after a success: %+v", it)
	}
}

func crash(t *testing.T, b *bench) {
	if b.engine.Crash == nil {
		t.Skip("the engine says nothing of what lasts")
	}
	b.open(t, 0)
	b.add(t, "a", 1, 2)
	b.add(t, "b", 1)
	l := b.claim(t, frontier.Claim{Max: 9})
	next := b.now.Add(time.Minute)
	b.complete(t, l, frontier.Batch{
		Outcomes:    []frontier.Outcome{{Page: l.Items[0].Page, Result: frontier.Changed, ETag: `"v1"`}},
		Links:       []frontier.Link{{URL: page("a", 3), Site: "a"}},
		NextAllowed: next,
	})
	before := fmt.Sprint(b.items(t, frontier.Query{}))
	stats := fmt.Sprint(b.stats(t))

	b.f = b.crash(t)
	if after := fmt.Sprint(b.items(t, frontier.Query{})); after != before {
		t.Fatalf("items\n%s, want\n%s", after, before)
	}
	if after := fmt.Sprint(b.stats(t)); after != stats {
		t.Fatalf("stats %s, want %s", after, stats)
	}
	b.claimNone(t, frontier.Claim{Sites: []string{"a"}}) // not before next
	b.add(t, "c", 1)                                     // numbers go on
	b.pass(time.Minute)
	wantURLs(t, b.claim(t, frontier.Claim{Max: 9}).Items, page("a", 2), page("a", 3))
}

func crashLease(t *testing.T, b *bench) {
	if b.engine.Crash == nil {
		t.Skip("the engine says nothing of what lasts")
	}
	b.open(t, 3*time.Second)
	b.add(t, "a", 1)
	old := b.claim(t, frontier.Claim{TTL: time.Hour})
	b.f = b.crash(t)
	b.claimNone(t, frontier.Claim{}) // the dead one may have asked a moment ago
	b.pass(3 * time.Second)
	l, err := b.f.Claim(context.Background(), frontier.Claim{})
	if errors.Is(err, frontier.ErrNone) { // an engine of many processes must wait for the expiry
		b.pass(time.Hour)
		l, err = b.f.Claim(context.Background(), frontier.Claim{})
	}
	if err != nil {
		t.Fatal(err)
	}
	if l.Token <= old.Token {
		t.Fatalf("token %d after %d", l.Token, old.Token)
	}
	if err := b.f.Complete(context.Background(), old, all(old, frontier.Missing, time.Time{})); !errors.Is(err, frontier.ErrLeaseLost) {
		t.Fatalf("complete of a lease from before: %v, want ErrLeaseLost", err)
	}
	b.complete(t, l, all(l, frontier.Changed, time.Time{}))
}

func cancelled(t *testing.T, b *bench) {
	b.open(t, 0)
	b.add(t, "a", 1)
	l := b.claim(t, frontier.Claim{})
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, errDiscover := b.f.Discover(ctx, []frontier.Link{{URL: page("a", 2)}})
	_, errClaim := b.f.Claim(ctx, frontier.Claim{})
	for what, err := range map[string]error{
		"discover": errDiscover, "claim": errClaim,
		"complete": b.f.Complete(ctx, l, all(l, frontier.Changed, time.Time{})),
	} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v, want context.Canceled", what, err)
		}
	}
	b.complete(t, l, all(l, frontier.Changed, time.Time{})) // the lease is still held
}
