package frontiertest

import (
	"context"
	"testing"
	"time"

	"pressmark/crawler/frontier"
	"pressmark/extract/urlkey"
)

func recheck(t *testing.T, b *bench) {
	b.open(t, 0)
	const pages = 2500 // more than an engine would do at once
	links := make([]frontier.Link, pages)
	for i := range links {
		links[i] = frontier.Link{URL: page("a", i), Site: "a"}
	}
	b.discover(t, links...)
	b.add(t, "b", 1)
	for range 2 { // page b/1 is claimed too, being as early
		l := b.claim(t, frontier.Claim{Max: pages})
		b.complete(t, l, all(l, frontier.Unchanged, time.Time{}))
	}
	b.claimNone(t, frontier.Claim{})
	b.pass(time.Minute)
	start := b.now
	ask := func(want int) {
		t.Helper()
		n, err := b.f.Recheck(context.Background(), "a", start)
		if err != nil {
			t.Fatal(err)
		}
		if n != want {
			t.Fatalf("%d items became due, want %d", n, want)
		}
	}
	ask(pages)
	ask(0)
	l := b.claim(t, frontier.Claim{Max: 2})
	wantURLs(t, l.Items, page("a", 0), page("a", 1))
	b.complete(t, l, all(l, frontier.Unchanged, time.Time{}))

	b.f = b.crash(t)
	b.pass(time.Second)
	ask(0) // what was checked since the start stays so, the rest is due already
	if s := b.stats(t, "a"); s.Due != pages-2 {
		t.Fatalf("%d due, want %d", s.Due, pages-2)
	}
	wantURLs(t, b.claim(t, frontier.Claim{}).Items, page("a", 2))
	if s := b.stats(t, "b"); s.Due != 0 {
		t.Fatalf("another site's item became due")
	}
}

// A person has pages asked for again: those that wait are due at once, a
// retired one too, which is given up again soon, and their counts stay.
func retry(t *testing.T, b *bench) {
	b.open(t, 0)
	b.add(t, "b", 1)
	for { // until page b/1 is retired
		l, err := b.f.Claim(context.Background(), frontier.Claim{Sites: []string{"b"}})
		if err == nil {
			b.complete(t, l, all(l, frontier.Missing, time.Time{}))
			continue
		}
		due, err := b.f.NextDue(context.Background(), []string{"b"})
		if err != nil {
			t.Fatal(err)
		}
		if due.IsZero() {
			break
		}
		b.pass(due.Sub(b.now))
	}
	b.add(t, "a", 1, 2, 3)
	l := b.claim(t, frontier.Claim{Max: 3, Sites: []string{"a"}})
	b.complete(t, l, frontier.Batch{Outcomes: []frontier.Outcome{
		{Page: l.Items[0].Page, Result: frontier.Failed, Error: "timeout"},
		{Page: l.Items[1].Page, Result: frontier.Changed, ETag: `"v1"`},
	}})
	b.f = b.crash(t)
	ask := func(want int, pages ...urlkey.Key) {
		t.Helper()
		if n, err := b.f.Retry(context.Background(), pages); n != want || err != nil {
			t.Fatalf("%d became due, %v, want %d", n, err, want)
		}
	}
	failed, good, due, gone := key(t, page("a", 1)), key(t, page("a", 2)), key(t, page("a", 3)), key(t, page("b", 1))
	ask(0)
	ask(0, "example,nowhere)/", due)
	ask(2, failed, good, good)
	ask(0, failed)
	one := func(page urlkey.Key) frontier.Item {
		t.Helper()
		items := b.items(t, frontier.Query{Page: page})
		if len(items) != 1 || items[0].Page != page {
			t.Fatalf("%q: items %+v", page, items)
		}
		return items[0]
	}
	if it := one(failed); !it.Due.Equal(b.now) || it.Failures != 1 || it.LastError != "timeout" || it.State != frontier.Live {
		t.Errorf("failed item %+v", it)
	}
	if it := one(good); !it.Due.Equal(b.now) || it.ETag != `"v1"` {
		t.Errorf("item %+v", it)
	}
	if it := one(gone); it.State != frontier.Retired || !it.Due.IsZero() {
		t.Fatalf("retired item %+v", it)
	}
	ask(1, gone)
	if s := b.stats(t); s.Retired != 0 || s.Gone != 1 || s.Due != 4 {
		t.Errorf("stats %+v", s)
	}
	looks := 0
	for ; one(gone).State != frontier.Retired && looks < 9; looks++ {
		b.pass(30 * 24 * time.Hour)
		l = b.claim(t, frontier.Claim{Sites: []string{"b"}})
		b.complete(t, l, all(l, frontier.Missing, time.Time{}))
	}
	if looks < 1 || looks > 2 {
		t.Errorf("given up after %d more looks", looks)
	}
	wantURLs(t, b.items(t, frontier.Query{Page: "example,nowhere)/"}))
	wantURLs(t, b.items(t, frontier.Query{Page: good, Sites: []string{"b"}}))
}

func forget(t *testing.T, b *bench) {
	b.open(t, 0)
	b.add(t, "a", 1, 2)
	b.add(t, "b", 1)
	l := b.claim(t, frontier.Claim{Sites: []string{"a"}})
	n, err := b.f.Forget(context.Background(), "a")
	if err != nil || n != 2 {
		t.Fatalf("forgot %d, %v", n, err)
	}
	b.complete(t, l, all(l, frontier.Changed, time.Time{})) // of an item that is no more
	if s := b.stats(t); s.Known != 1 {
		t.Fatalf("stats %+v", s)
	}
	wantURLs(t, b.items(t, frontier.Query{}), page("b", 1))
	b.claimNone(t, frontier.Claim{Sites: []string{"a"}})
	b.add(t, "a", 1) // and it may come back
	wantURLs(t, b.claim(t, frontier.Claim{Sites: []string{"a"}}).Items, page("a", 1))
}
