package newsroom

import (
	"fmt"
	"strings"
	"time"
)

// Start and End bound the virtual week, Monday to Sunday; everything that
// happens in the world happens between them.
var (
	Start = time.Date(2026, time.March, 2, 0, 0, 0, 0, time.UTC)
	End   = Start.AddDate(0, 0, 7)
)

// Cron is a schedule, in UTC, that sees the whole week: no page is edited
// twice between two of its fires, and the first fire finds the papers as they
// stood before anything was edited.
const Cron = "0 9,18 * * *"

// Crawls are the instants of the virtual week at which Cron fires.
func Crawls() []time.Time {
	var at []time.Time
	for day := Start; day.Before(End); day = day.AddDate(0, 0, 1) {
		at = append(at, day.Add(9*time.Hour), day.Add(18*time.Hour))
	}
	return at
}

// instant reads the two forms of time in the content files, both in UTC:
// "Tue 14:05", which is in the virtual week, and "2026-02-27 16:05".
func instant(s string) (time.Time, error) {
	if t, err := time.Parse("2006-01-02 15:04", s); err == nil {
		return t, nil
	}
	name, clock, ok := strings.Cut(s, " ")
	if !ok {
		return time.Time{}, fmt.Errorf("time %q: want \"Tue 14:05\" or \"2026-02-27 16:05\"", s)
	}
	c, err := time.Parse("15:04", clock)
	if err != nil {
		return time.Time{}, fmt.Errorf("time %q: want \"Tue 14:05\" or \"2026-02-27 16:05\"", s)
	}
	for d := range 7 {
		day := Start.AddDate(0, 0, d)
		if day.Weekday().String()[:3] == name {
			return day.Add(time.Duration(c.Hour())*time.Hour + time.Duration(c.Minute())*time.Minute), nil
		}
	}
	return time.Time{}, fmt.Errorf("time %q: no such day", s)
}
