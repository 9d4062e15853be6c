package frontier

import (
	"testing"
	"time"
)

// A feed is left alone at the hours that it asks for, until the next that it
// doesn't name, and no longer than half a day.
func TestSkippedHours(t *testing.T) {
	hours := func(from, to int) (s Skips) {
		for h := from; h != to; h = (h + 1) % 24 {
			s.Hours |= 1 << h
		}
		return s
	}
	at := func(s string) time.Time {
		when, err := time.Parse("Mon 2006-01-02 15:04", s)
		if err != nil {
			t.Fatal(err)
		}
		return when
	}
	weekend := Skips{Days: 1<<time.Saturday | 1<<time.Sunday}
	busyAt := func(hour int) string {
		r := rhythm{}
		r.found[hour], r.hours[hour] = 3, 6
		return r.String()
	}
	for _, c := range []struct {
		name   string
		skips  Skips
		rhythm string
		due    string
		want   string // "" as it was
	}{
		{"no wish", Skips{}, "", "Mon 2026-11-02 03:20", ""},
		{"an hour that is not named", hours(22, 6), "", "Mon 2026-11-02 12:20", ""},
		{"in the night", hours(22, 6), "", "Mon 2026-11-02 03:20", "Mon 2026-11-02 06:00"},
		{"over midnight", hours(22, 6), "", "Mon 2026-11-02 22:00", "Tue 2026-11-03 06:00"},
		{"the last hour", hours(22, 6), "", "Mon 2026-11-02 05:59", "Mon 2026-11-02 06:00"},
		{"just after", hours(22, 6), "", "Mon 2026-11-02 06:00", ""},
		{"a long night", hours(8, 4), "", "Mon 2026-11-02 09:30", "Mon 2026-11-02 21:30"},
		{"a day", Skips{Days: 1 << time.Sunday}, "", "Sun 2026-11-01 17:00", "Mon 2026-11-02 00:00"},
		{"a weekend", weekend, "", "Sat 2026-11-07 01:10", "Sat 2026-11-07 13:10"},
		{"a day and the night after it", Skips{Days: 1 << time.Sunday, Hours: hours(0, 5).Hours}, "", "Sun 2026-11-01 20:00", "Mon 2026-11-02 05:00"},
		{"always", Skips{Days: 1<<7 - 1, Hours: 1<<24 - 1}, "", "Mon 2026-11-02 03:20", "Mon 2026-11-02 15:20"},
		{"entries came at that hour", hours(22, 6), busyAt(3), "Mon 2026-11-02 03:20", ""},
		{"entries came at the next", hours(22, 6), busyAt(4), "Mon 2026-11-02 03:20", "Mon 2026-11-02 04:00"},
	} {
		due := at(c.due)
		it := Item{Kind: Feed, Page: "example,a)/feed", Rhythm: c.rhythm, Skips: c.skips}
		got := it.skipped(Outcome{}, due.In(time.FixedZone("", 5*3600+1800)), due)
		want := due
		if c.want != "" {
			want = at(c.want)
		}
		if late := got.Sub(want); late < 0 || late > wordTaken/10 || c.want == "" && late != 0 {
			t.Errorf("%s: %v, want %v", c.name, got.UTC(), want)
		}
	}
}

// The wish stands until the feed says otherwise: an answer that nothing has
// changed does not repeat it.
func TestSkipsAreKept(t *testing.T) {
	now := time.Date(2026, 11, 2, 22, 50, 0, 0, time.UTC) // a Monday
	night := Skips{Hours: 1<<23 | 1<<0 | 1<<1 | 1<<2}
	entries := []time.Time{now.Add(-time.Minute), now.Add(-10 * time.Minute), now.Add(-20 * time.Minute)}
	it := Item{Kind: Feed, Page: "example,a)/feed", State: Live, FirstSeen: now, Due: now}
	it = it.after(Outcome{Result: Changed, Entries: entries, Every: 10 * time.Minute, Skips: night}, now)
	morning := time.Date(2026, 11, 3, 3, 0, 0, 0, time.UTC)
	if it.Skips != night || it.Due.Before(now) || it.Due.Hour() == 23 {
		t.Fatalf("%+v", it)
	}
	later := now.Add(9 * time.Minute)
	raw := encodeItem(it, 7, 1)
	if it, _, err := decodeItem(raw, 7); err != nil || it.Skips != night {
		t.Fatalf("read again: %+v, %v", it, err)
	}
	it = it.after(Outcome{Result: Unchanged, Fresh: 20 * time.Minute}, later)
	if it.Due.Before(morning) || it.Due.After(morning.Add(wordTaken/10)) {
		t.Errorf("due %v after a 304, want %v", it.Due, morning)
	}
	if it = it.after(Outcome{Result: Changed, Entries: entries}, it.Due); it.Skips != (Skips{}) {
		t.Errorf("it no longer asks for that, and %+v", it.Skips)
	}
}
