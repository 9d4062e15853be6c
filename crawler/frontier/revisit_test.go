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
	var many []time.Time
	for n := range 60 {
		many = append(many, ago(time.Duration(n)*time.Minute))
	}
	for _, c := range []struct {
		name string
		it   Item
		o    Outcome
		want time.Duration // 0: never
	}{
		{"a feed asks for a pause", Item{Kind: Feed, Checks: 9}, Outcome{Result: Changed, Entries: many, Fresh: 25 * time.Minute}, 25 * time.Minute},
		{"a feed asks for too long a pause", Item{Kind: Feed, Checks: 9}, Outcome{Result: Changed, Entries: many, Fresh: 300 * day}, wordTaken},
		{"a feed whose changes are told", Item{Kind: Feed, Checks: 9}, Outcome{Result: Changed, Entries: many, NotBefore: now.Add(3 * time.Hour)}, 3 * time.Hour},
		{"a feed that fails and asks for a pause", Item{Kind: Feed, Checks: 9}, Outcome{Result: Failed, NotBefore: now.Add(5 * time.Hour)}, 5 * time.Hour},
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

// What is known of an article, and of its site, moves its next look the way
// that a reader would expect.
func TestPagePause(t *testing.T) {
	now := time.Date(2026, 11, 2, 6, 0, 0, 0, time.UTC)
	ago := func(d time.Duration) time.Time { return now.Add(-d) }
	const day = 24 * time.Hour
	base := Item{Kind: Page, FirstSeen: ago(4 * time.Hour), LastChanged: ago(4 * time.Hour), Checks: 4}
	with := func(change func(*Item)) Item {
		it := base
		change(&it)
		return it
	}
	old := with(func(it *Item) { it.FirstSeen, it.LastChanged, it.Checks = ago(20*day), ago(20*day), 12 })
	edited := with(func(it *Item) { it.Changes, it.LastChanged = 2, ago(time.Hour) })
	eager := with(func(it *Item) { it.Habit.Edits = 2 })
	idle := with(func(it *Item) { it.Habit.Edits = 0.02 })
	told := with(func(it *Item) { it.Told = true })
	noisy := with(func(it *Item) { it.Changes, it.Habit.Noisy = 3, true })
	breaking := Item{Kind: Page, FirstSeen: ago(40 * time.Minute), LastChanged: ago(5 * time.Minute), Checks: 6, Changes: 5}
	ancient := Item{Kind: Page, FirstSeen: now, Published: ago(3 * 365 * day)}
	pause := func(it Item, r Result) time.Duration { return pagePause(it, Outcome{Result: r}, now) }
	for _, c := range []struct {
		name            string
		shorter, longer time.Duration
	}{
		{"a young article, an old one", pause(base, Unchanged), pause(old, Unchanged)},
		{"one that was edited, one that was not", pause(edited, Unchanged), pause(base, Unchanged)},
		{"one just edited, one edited an hour ago", pause(edited, Changed), pause(edited, Unchanged)},
		{"one of a site that edits much, another", pause(eager, Unchanged), pause(base, Unchanged)},
		{"one of a site that hardly edits, another", pause(base, Unchanged), pause(idle, Unchanged)},
		{"an edit that was found, one that a list told of", pause(base, Changed), pause(told, Changed)},
		{"an edit, a site's noise", pause(edited, Changed), pause(noisy, Changed)},
		{"breaking news, a quarter of an hour", pause(breaking, Changed), 16 * time.Minute},
		{"an old article, half its age", pause(old, Unchanged), 40 * day},
		{"three years old at first sight, two months", pause(ancient, Changed), 61 * day},
		{"the least, breaking news", soonest, pause(breaking, Changed) + 1},
		{"a week, a quiet article of 20 days", 7 * day, pause(old, Unchanged)},
	} {
		if c.shorter >= c.longer {
			t.Errorf("%s: %v and %v", c.name, c.shorter, c.longer)
		}
	}
}

// A site's articles teach how often the next of them is looked at, and what is
// forgotten teaches no more.
func TestLearned(t *testing.T) {
	start := time.Date(2026, 11, 2, 6, 0, 0, 0, time.UTC)
	looks := func(n int, every time.Duration, r Result) (list []Item) {
		it := Item{Kind: Page, FirstSeen: start, Due: start, State: Live}
		for i := range n {
			list = append(list, it)
			it = it.after(Outcome{Result: r}, start.Add(time.Duration(i)*every))
		}
		return append(list, it)
	}
	pages := func(n int, list []Item) (c counts) {
		for range n {
			c.add(list[0], 1)
			for i := range len(list) - 1 {
				c.add(list[i], -1)
				c.add(list[i+1], 1)
			}
		}
		return c
	}
	quiet, lively, noisy := pages(50, looks(8, time.Hour, Unchanged)), pages(50, looks(3, time.Hour, Changed)), pages(50, looks(8, time.Hour, Changed))
	if q, l := quiet.habit(), lively.habit(); q.Edits >= usually/2 || l.Edits <= usually*1.5 || q.Noisy || l.Noisy {
		t.Errorf("quiet: %+v, lively: %+v", q, l)
	}
	if !noisy.habit().Noisy {
		t.Error("a site whose pages are different at each look is not found out")
	}
	last := looks(8, time.Hour, Changed)[8]
	for range 50 {
		noisy.add(last, -1)
	}
	if noisy != (counts{}) {
		t.Errorf("of what is gone there is left %+v", noisy)
	}
}

// A list that gets its entries in the morning of working days is hardly asked
// at other times.
func TestRhythm(t *testing.T) {
	it := Item{Kind: Feed, Page: "example,a)/feed", FirstSeen: morning, Due: morning, State: Live}
	var published []time.Time
	looks := map[int]int{}
	late := time.Duration(0)
	for day := range 28 {
		at := morning.AddDate(0, 0, day)
		for n := 0; n < 12 && at.Weekday() != time.Saturday && at.Weekday() != time.Sunday; n++ {
			published = append(published, at.Add(7*time.Hour+time.Duration(n)*10*time.Minute+time.Minute))
		}
	}
	seen := 0
	for now := it.Due; now.Before(morning.AddDate(0, 0, 28)); now = it.Due {
		listed := 0
		for listed < len(published) && !published[listed].After(now) {
			listed++
		}
		o := Outcome{Result: Unchanged}
		if listed > seen || it.Checks == 0 {
			o = Outcome{Result: Changed, Entries: published[max(0, listed-10):listed]}
			o.Every = Interval(o.Entries, now)
		}
		for ; seen < listed; seen++ {
			if now.After(morning.AddDate(0, 0, 14)) {
				late = max(late, now.Sub(published[seen]))
			}
		}
		if now.After(morning.AddDate(0, 0, 14)) {
			looks[now.Hour()]++
		}
		it = it.after(o, now)
	}
	night := 0
	for hour := range 24 {
		if hour < 6 || hour > 10 {
			night += looks[hour]
		}
	}
	if looks[7]*19 < night*4 || late > 30*time.Minute {
		t.Errorf("%d looks between seven and eight, %d in the 19 hours far from it, an entry waited for %v: %v", looks[7], night, late, looks)
	}
	r := readRhythm(it.Rhythm)
	if r.String() != it.Rhythm || len(it.Rhythm) != 192 {
		t.Errorf("a rhythm of %d bytes is not what is written of it", len(it.Rhythm))
	}
	if readRhythm("broken") != (rhythm{}) {
		t.Error("what is no rhythm is read as one")
	}
}

// morning is a Monday.
var morning = time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)

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

// Validators that turned out not to hold are asked with differently.
func TestValidators(t *testing.T) {
	const early, late = "Mon, 02 Mar 2026 05:00:00 GMT", "Mon, 02 Mar 2026 05:10:00 GMT"
	for _, c := range []struct {
		name                   string
		etag, modified         string // that were asked with
		newEtag, newModified   string // of the answer that was the same
		wantEtag, wantModified string
	}{
		{"an ETag that is another one each time", `"1"`, early, `"2"`, early, "", early},
		{"nothing else to ask with", `"1"`, "", `"2"`, "", `"2"`, ""},
		{"the date was not heeded either", "", early, `"3"`, early, `"3"`, early},
		{"two machines, now the one ahead", "", early, "", late, "", early},
		{"two machines, now the one behind", "", late, "", early, "", early},
		{"no dates", "", "once", "", "twice", "", "twice"},
	} {
		it := Item{Kind: Page, ETag: c.etag, LastModified: c.modified, Checks: 3, FirstSeen: morning}
		got := it.after(Outcome{Result: Unchanged, ETag: c.newEtag, LastModified: c.newModified}, morning.Add(time.Hour))
		if got.ETag != c.wantEtag || got.LastModified != c.wantModified {
			t.Errorf("%s: %q and %q, want %q and %q", c.name, got.ETag, got.LastModified, c.wantEtag, c.wantModified)
		}
	}
}
