package frontiertest

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pressmark/crawler/frontier"
)

// What a lease hands back of its group's conduct is what the next one gets,
// after a crash too; one that hands nothing back leaves it as it was.
func conduct(t *testing.T, b *bench) {
	b.open(t, 0)
	b.add(t, "a", 1, 2)
	b.add(t, "b", 1)
	l := b.claim(t, frontier.Claim{Sites: []string{"a"}})
	if diff := cmp.Diff(frontier.Conduct{}, l.Conduct); diff != "" {
		t.Fatalf("of a new group:\n%s", diff)
	}
	want := frontier.Conduct{
		Failures: 4, Strikes: 3, Struck: b.now.Add(time.Hour).UTC(), Open: true, Walls: 2, Walled: 1,
		Answer: 1500 * time.Millisecond, Delay: 45 * time.Second,
		Spent: map[string]frontier.Spending{"a": {Day: "2026-11-02", Requests: 500, Bytes: 5 << 40}, "z": {Day: "2026-11-01"}},
	}
	given := want
	b.complete(t, l, frontier.Batch{Conduct: &given})
	given.Spent["a"] = frontier.Spending{} // is the caller's own again
	want.Spent = map[string]frontier.Spending{"a": {Day: "2026-11-02", Requests: 500, Bytes: 5 << 40}, "z": {Day: "2026-11-01"}}

	l = b.claim(t, frontier.Claim{Sites: []string{"a"}})
	if diff := cmp.Diff(want, l.Conduct); diff != "" {
		t.Errorf("the next lease (-want +got):\n%s", diff)
	}
	b.complete(t, l, frontier.Batch{})
	b.f = b.crash(t)
	b.claimNone(t, frontier.Claim{Group: l.Group}) // it may have been asked a moment ago
	b.pass(want.Delay)
	l = b.claim(t, frontier.Claim{Group: l.Group})
	if diff := cmp.Diff(want, l.Conduct); diff != "" {
		t.Errorf("after a crash (-want +got):\n%s", diff)
	}
	for _, g := range b.stats(t, "a").Groups {
		if diff := cmp.Diff(want, g.Conduct); diff != "" || g.Name != l.Group {
			t.Errorf("stats of %s (-want +got):\n%s", g.Name, diff)
		}
	}
	if n := len(b.stats(t).Groups); n != 2 {
		t.Errorf("stats of %d groups, want 2", n)
	}
}
