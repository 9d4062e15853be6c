package frontiertest

import (
	"context"
	"testing"
	"time"

	"pressmark/crawler/frontier"
)

func minGap(t *testing.T, b *bench) {
	b.open(t, 2*time.Second)
	b.add(t, "a", 1, 2, 3)
	l := b.claim(t, frontier.Claim{})
	b.complete(t, l, all(l, frontier.Changed, b.now.Add(5*time.Second)))
	b.pass(5*time.Second - time.Millisecond)
	b.claimNone(t, frontier.Claim{})
	b.pass(time.Millisecond)
	l = b.claim(t, frontier.Claim{})
	b.complete(t, l, all(l, frontier.Changed, time.Time{})) // the frontier's own gap
	b.claimNone(t, frontier.Claim{})
	b.pass(2 * time.Second)
	l = b.claim(t, frontier.Claim{TTL: time.Minute})
	b.pass(time.Minute) // expired: the holder may have asked a moment ago
	b.claimNone(t, frontier.Claim{})
	b.pass(2 * time.Second)
	wantURLs(t, b.claim(t, frontier.Claim{}).Items, l.Items[0].URL)
}

func block(t *testing.T, b *bench) {
	b.open(t, 0)
	b.add(t, "a", 1)
	ctx := context.Background()
	group := b.items(t, frontier.Query{})[0].Group
	until := b.now.Add(time.Hour)
	for _, c := range []struct {
		until time.Time
		why   string
	}{{until, "503, Retry-After: 3600"}, {b.now.Add(time.Minute), "shorter"}} {
		if err := b.f.Block(ctx, group, c.until, c.why); err != nil {
			t.Fatal(err)
		}
	}
	b.claimNone(t, frontier.Claim{})
	b.f = b.crash(t)
	b.claimNone(t, frontier.Claim{})
	if s := b.stats(t); len(s.Blocked) != 1 || !s.Blocked[0].Until.Equal(until) || s.Blocked[0].Why != "503, Retry-After: 3600" || s.Blocked[0].Group != group {
		t.Fatalf("blocked %+v", s.Blocked)
	}
	b.pass(time.Hour)
	l := b.claim(t, frontier.Claim{})
	if err := b.f.Block(ctx, group, b.now.Add(time.Hour), "429"); err != nil {
		t.Fatal(err)
	}
	b.complete(t, l, frontier.Batch{})
	b.claimNone(t, frontier.Claim{})
	if err := b.f.Block(ctx, group, time.Time{}, ""); err != nil {
		t.Fatal(err)
	}
	b.claim(t, frontier.Claim{})
}
