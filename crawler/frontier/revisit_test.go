package frontier

import (
	"fmt"
	"testing"
	"time"
)

// within checks a pause against what the policy says, spread included.
func within(t *testing.T, what string, got, want time.Duration) {
	t.Helper()
	if got < want || got > want+want/10 {
		t.Errorf("%s: after %v, want %v to a tenth more", what, got, want)
	}
}

func TestNext(t *testing.T) {
	now := time.Date(2026, 11, 2, 6, 0, 0, 0, time.UTC)
	ago := func(d time.Duration) time.Time { return now.Add(-d) }
	const day = 24 * time.Hour
	for _, c := range []struct {
		name string
		it   Item
		o    Outcome
		want time.Duration // 0: never
	}{
		{"first look at a new article", Item{FirstSeen: now}, Outcome{Result: Changed}, 5 * time.Minute},
		{"five minutes old", Item{FirstSeen: ago(5 * time.Minute), Checks: 1}, Outcome{Result: Unchanged}, 10 * time.Minute},
		{"a quarter of an hour", Item{FirstSeen: ago(15 * time.Minute), Checks: 2}, Outcome{Result: Unchanged}, 45 * time.Minute},
		{"nearly at a rung", Item{FirstSeen: ago(55 * time.Minute), Checks: 2}, Outcome{Result: Unchanged}, 3*time.Hour + 5*time.Minute},
		{"an hour", Item{FirstSeen: ago(time.Hour), Checks: 3}, Outcome{Result: Unchanged}, 3 * time.Hour},
		{"a day", Item{FirstSeen: ago(day), Checks: 5}, Outcome{Result: Unchanged}, 6 * day},
		{"published long before it was seen", Item{FirstSeen: now, Published: ago(2 * time.Hour)}, Outcome{Result: Changed}, 2 * time.Hour},
		{"published after it was seen counts as seen", Item{FirstSeen: ago(time.Hour), Published: now, Checks: 3}, Outcome{Result: Unchanged}, 3 * time.Hour},
		{"three years old at first sight", Item{FirstSeen: now, Published: ago(3 * 365 * day)}, Outcome{Result: Changed}, 3 * 365 * day / 20},
		{"old and quiet", Item{FirstSeen: ago(30 * day), Unchanged: 5, Checks: 7}, Outcome{Result: Unchanged}, 7 * day},
		{"old and quiet for long", Item{FirstSeen: ago(60 * day), Unchanged: 7, Checks: 9}, Outcome{Result: Unchanged}, 7 * day * 9 / 4},
		{"old and quiet for ever", Item{FirstSeen: ago(900 * day), Unchanged: 40, Checks: 42}, Outcome{Result: Unchanged}, 60 * day},
		{"edited when an hour old", Item{FirstSeen: ago(time.Hour), Unchanged: 2, Checks: 3}, Outcome{Result: Changed}, 5 * time.Minute},
		{"edited when a day old", Item{FirstSeen: ago(day), Unchanged: 4, Checks: 5}, Outcome{Result: Changed}, day / 20},
		{"an hour after an edit", Item{FirstSeen: ago(2 * day), LastChanged: ago(time.Hour), Checks: 5}, Outcome{Result: Unchanged}, 3 * time.Hour},

		{"a first look at a feed", Item{Kind: Feed, FirstSeen: now}, Outcome{Result: Changed}, 15 * time.Minute},
		{"a busy feed", Item{Kind: Feed, Checks: 9}, Outcome{Result: Changed, Every: 20 * time.Minute}, 10 * time.Minute},
		{"a very busy feed", Item{Kind: Feed, Checks: 9}, Outcome{Result: Changed, Every: time.Minute}, 5 * time.Minute},
		{"a sleepy feed", Item{Kind: Feed, Checks: 9}, Outcome{Result: Changed, Every: 9 * day}, day},
		{"a feed asks for a pause", Item{Kind: Feed, Checks: 9}, Outcome{Result: Changed, Every: 20 * time.Minute, NotBefore: now.Add(time.Hour)}, time.Hour},
		{"a feed asks for too long a pause", Item{Kind: Feed, Checks: 9}, Outcome{Result: Changed, NotBefore: now.Add(300 * day)}, day},
		{"a section without news", Item{Kind: Section, Checks: 3, LastChecked: ago(time.Hour), Due: now}, Outcome{Result: Unchanged}, 90 * time.Minute},
		{"a section with news", Item{Kind: Section, Checks: 3, LastChecked: ago(time.Hour), Due: now}, Outcome{Result: Changed}, 36 * time.Minute},
		{"a dead sitemap", Item{Kind: Sitemap, Checks: 99, LastChecked: ago(day), Due: now, LastChanged: ago(200 * day)}, Outcome{Result: Unchanged}, 30 * day},

		{"a first failure", Item{FirstSeen: now}, Outcome{Result: Failed}, 5 * time.Minute},
		{"a fourth failure", Item{FirstSeen: now, Failures: 3}, Outcome{Result: Failed}, 40 * time.Minute},
		{"a tenth failure", Item{FirstSeen: now, Failures: 9}, Outcome{Result: Failed}, day},
		{"a failure too many", Item{FirstSeen: now, Failures: 11}, Outcome{Result: Failed}, 0},
		{"a first wall", Item{FirstSeen: ago(300 * day), Checks: 9}, Outcome{Result: Walled}, 15 * time.Minute},
		{"a fourth wall", Item{FirstSeen: now, Walls: 3}, Outcome{Result: Walled}, 2 * time.Hour},
		{"walls for ever", Item{FirstSeen: now, Walls: 3000}, Outcome{Result: Walled}, 7 * day},
		{"a feed is never given up", Item{Kind: Feed, Failures: 1000}, Outcome{Result: Failed}, 3 * day},
		{"Retry-After", Item{FirstSeen: now}, Outcome{Result: Failed, NotBefore: now.Add(2 * time.Hour)}, 2 * time.Hour},

		{"gone", Item{}, Outcome{Result: Missing}, time.Hour},
		{"still gone", Item{Looks: 3}, Outcome{Result: Missing}, 3 * day},
		{"gone for good", Item{Looks: 5}, Outcome{Result: Missing}, 0},
		{"a feed that is gone", Item{Kind: Feed, Looks: 50}, Outcome{Result: Missing}, 3 * day},
		{"not allowed", Item{}, Outcome{Result: Skipped}, day},
		{"the caller decides", Item{Looks: 5}, Outcome{Result: Missing, Due: now.Add(time.Second)}, time.Second},
	} {
		if c.it.Kind == "" {
			c.it.Kind = Page
		}
		c.it.Page = "example,a)/news/1"
		due := Next(c.it, c.o, now)
		switch {
		case c.want == 0 && !due.IsZero():
			t.Errorf("%s: due %v, want never", c.name, due)
		case c.want != 0:
			within(t, c.name, due.Sub(now), c.want)
		}
	}
}

// An article that never changes is asked for rarely, one that always does is
// asked for often but not without bound.
func TestNextOverTime(t *testing.T) {
	for _, c := range []struct {
		result              Result
		days                int
		fewest, most, first int // looks in all, and on the first day
	}{
		{Unchanged, 30, 7, 12, 6},
		{Changed, 30, 100, 200, 80},
		{Unchanged, 365, 12, 25, 6},
	} {
		start := time.Date(2026, 11, 2, 6, 0, 0, 0, time.UTC)
		it, looks, first := Item{Kind: Page, Page: "example,a)/1", FirstSeen: start, Due: start, State: Live}, 0, 0
		for it.Due.Before(start.AddDate(0, 0, c.days)) {
			if looks++; it.Due.Before(start.AddDate(0, 0, 1)) {
				first++
			}
			it = it.after(Outcome{Result: c.result}, it.Due)
		}
		if looks < c.fewest || looks > c.most || first > c.first {
			t.Errorf("%s for %d days: %d looks, %d on the first day", c.result, c.days, looks, first)
		}
	}
}

func TestSpread(t *testing.T) {
	now := time.Date(2026, 11, 2, 6, 0, 0, 0, time.UTC)
	seen := map[time.Time]bool{}
	for n := range 100 {
		it := Item{Kind: Page, FirstSeen: now}
		it.Page = key(t, fmt.Sprintf("https://a.example/news/%d", n))
		seen[Next(it, Outcome{Result: Changed}, now)] = true
	}
	if len(seen) < 50 {
		t.Errorf("100 pages found together are due at %d times", len(seen))
	}
}

func TestInterval(t *testing.T) {
	now := time.Date(2026, 11, 2, 6, 0, 0, 0, time.UTC)
	var hourly []time.Time
	for n := range 20 {
		hourly = append(hourly, now.Add(-time.Duration(n)*time.Hour), time.Time{}, now.Add(time.Duration(n+1)*time.Hour))
	}
	for _, c := range []struct {
		name  string
		dates []time.Time
		now   time.Time
		want  time.Duration
	}{
		{"hourly, some without a date, some in the future", hourly, now, time.Hour},
		{"hourly once", hourly[:30], now.Add(10 * 24 * time.Hour), 5*24*time.Hour - 5*time.Hour},
		{"two entries", []time.Time{now, now.Add(-time.Hour)}, now, 0},
		{"none", nil, now, 0},
		{"all at once", []time.Time{now, now, now, now}, now, 0},
	} {
		if got := Interval(c.dates, c.now); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}
