package schedules

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// A yearCase is a schedule with another way to say when it fires: by a look at
// the clock on the wall in each minute.
type yearCase struct {
	Schedule
	shown func(wall time.Time) bool
}

func yearCases(zone string) []yearCase {
	clock := func(hours, minutes []int) func(time.Time) bool {
		return func(w time.Time) bool {
			return (hours == nil || slices.Contains(hours, w.Hour())) && slices.Contains(minutes, w.Minute())
		}
	}
	list := []yearCase{
		{Schedule{Name: "half past two", Cron: "30 2 * * *"}, clock([]int{2}, []int{30})},
		{Schedule{Name: "quarter past two", Cron: "15 2 * * *"}, clock([]int{2}, []int{15})},
		{Schedule{Name: "a quarter to two", Cron: "45 1 * * *"}, clock([]int{1}, []int{45})},
		{Schedule{Name: "on the change", Cron: "0 1-3 * * *"}, clock([]int{1, 2, 3}, []int{0})},
		{Schedule{Name: "the small hours", Cron: "*/20 0-4 * * *"}, clock([]int{0, 1, 2, 3, 4}, []int{0, 20, 40})},
		{Schedule{Name: "jittered", Cron: "10,50 2,14 * * *", Jitter: 100 * time.Minute}, clock([]int{2, 14}, []int{10, 50})},
		{Schedule{Name: "hourly", Cron: "@hourly"}, clock(nil, []int{0})},
		{Schedule{Name: "quarters", Cron: "*/15 * * * *", CatchUp: time.Hour}, clock(nil, []int{0, 15, 30, 45})},
		{Schedule{Name: "workdays", Cron: "5 6 * * MON-FRI", CatchUp: -1}, func(w time.Time) bool {
			return w.Hour() == 6 && w.Minute() == 5 && w.Weekday() != time.Saturday && w.Weekday() != time.Sunday
		}},
		{Schedule{Name: "Fridays and the 13th", Cron: "0 12 13 * FRI"}, func(w time.Time) bool {
			return w.Hour() == 12 && w.Minute() == 0 && (w.Day() == 13 || w.Weekday() == time.Friday)
		}},
		{Schedule{Name: "Sundays in spring and autumn", Cron: "30 1,2 * 3,4,10,11 0"}, func(w time.Time) bool {
			return (w.Hour() == 1 || w.Hour() == 2) && w.Minute() == 30 && w.Weekday() == time.Sunday && strings.Contains("March April October November", w.Month().String())
		}},
		{Schedule{Name: "seven hours", Every: 7 * time.Hour}, nil},
		{Schedule{Name: "ninety minutes", Cron: "@every 90m", Jitter: 10 * time.Minute}, nil},
	}
	for i := range list {
		list[i].Zone = zone
	}
	return list
}

// A minute is one of a year, and what the clock on the wall shows in it.
type minute struct{ at, wall time.Time }

// minutesOf are the minutes of a time, and of the day before it.
func minutesOf(zone *time.Location, start, end time.Time) (list []minute) {
	for at := start.Add(-24 * time.Hour); at.Before(end); at = at.Add(time.Minute) {
		w := at.In(zone)
		list = append(list, minute{at, time.Date(w.Year(), w.Month(), w.Day(), w.Hour(), w.Minute(), 0, 0, time.UTC)})
	}
	return list
}

// oracle looks at the clock on the wall in each minute, and notes what it
// shows. Lines for every hour follow it through all it shows; the others fire
// the first time that it shows a time of theirs, and when it jumps over one.
func oracle(minutes []minute, c yearCase) (fires []time.Time) {
	everyHour := c.Name == "hourly" || c.Name == "quarters"
	seen := map[int64]bool{}
	for i, m := range minutes[1:] {
		fire := false
		if c.shown(m.wall) {
			fire = everyHour || !seen[m.wall.Unix()]
			seen[m.wall.Unix()] = true
		}
		for jumped := minutes[i].wall.Add(time.Minute); !everyHour && jumped.Before(m.wall); jumped = jumped.Add(time.Minute) {
			fire = fire || c.shown(jumped)
		}
		if fire {
			fires = append(fires, m.at)
		}
	}
	return fires
}

// grid is the fires of an interval, from a first one.
func grid(start, end time.Time, every time.Duration) (fires []time.Time) {
	for at := start; at.Before(end); at = at.Add(every) {
		fires = append(fires, at)
	}
	return fires
}

// A table is a History with an index.
type table struct {
	mu   sync.Mutex
	rows map[string]map[int64]Fire
	last map[string]Fire
}

func (h *table) Last(_ context.Context, schedule string) (Fire, bool, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	f, ok := h.last[schedule]
	return f, ok, nil
}

func (h *table) Begin(_ context.Context, f Fire) (bool, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.rows == nil {
		h.rows, h.last = map[string]map[int64]Fire{}, map[string]Fire{}
	}
	if h.rows[f.Schedule] == nil {
		h.rows[f.Schedule] = map[int64]Fire{}
	}
	if _, there := h.rows[f.Schedule][f.Planned.UnixNano()]; there {
		return false, nil
	}
	h.rows[f.Schedule][f.Planned.UnixNano()] = f
	if f.Planned.After(h.last[f.Schedule].Planned) {
		h.last[f.Schedule] = f
	}
	return true, nil
}

func (h *table) Finish(_ context.Context, f Fire) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.rows[f.Schedule][f.Planned.UnixNano()] = f
	return nil
}

func (h *table) of(schedule string) []Fire {
	var list []Fire
	for _, f := range h.rows[schedule] {
		list = append(list, f)
	}
	slices.SortFunc(list, func(a, b Fire) int { return a.Planned.Compare(b.Planned) })
	return list
}

// A night is a time in which nobody runs.
type night struct{ from, to time.Time }

// Over a year with its clock changes every fire comes when the clock on the
// wall says so, once; of those that fall due while nobody runs the newest
// comes at the next start, and counts the others.
func TestYear(t *testing.T) {
	for i, name := range []string{"Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { year(t, name, rand.New(rand.NewPCG(1, uint64(i)))) })
		})
	}
}

func year(t *testing.T, name string, random *rand.Rand) {
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	start, end := time.Date(2026, 1, 1, 0, 0, 0, 0, zone), time.Date(2026, 12, 31, 23, 59, 59, 0, zone)
	time.Sleep(time.Until(start))
	cases := yearCases(name)
	var plans []*Plan
	for _, c := range cases {
		plans = append(plans, mustParse(t, c.Schedule))
	}
	h := &table{}
	var nights []night
	for time.Now().Before(end) {
		ctx, stop := context.WithCancel(t.Context())
		r, err := New(quiet(), plans, h, func(context.Context, Fire) error { return nil }, Options{Sleep: sleep})
		if err != nil {
			t.Fatal(err)
		}
		ended := make(chan error, 1)
		go func() { ended <- r.Run(ctx) }()
		time.Sleep(min(time.Duration(random.Int64N(int64(20*24*time.Hour))), time.Until(end)))
		synctest.Wait()
		stop()
		if err := <-ended; !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		n := night{from: time.Now()}
		if time.Now().Before(end) { // minutes to two days
			time.Sleep(time.Duration(random.Int64N(int64(time.Minute) << random.IntN(13))))
		}
		n.to = time.Now()
		nights = append(nights, n)
	}
	fires, minutes := 0, minutesOf(zone, start, end)
	for i, c := range cases {
		p := plans[i]
		var planned []time.Time
		if c.shown != nil {
			planned = oracle(minutes, c)
		} else {
			planned = grid(start, end, p.Every)
		}
		want := expected(p, planned, start, end, nights)
		fires += len(want)
		var got []string
		for _, f := range h.of(p.Name) {
			got = append(got, told(f))
		}
		if !slices.Equal(got, want) {
			at := 0
			for at < min(len(got), len(want)) && got[at] == want[at] {
				at++
			}
			t.Errorf("%s: %d fires, want %d; from the %dth on\n%s\nwant\n%s", p.Name, len(got), len(want), at, strings.Join(got[at:min(at+4, len(got))], "\n"), strings.Join(want[at:min(at+4, len(want))], "\n"))
		}
	}
	t.Logf("%d fires of %d schedules, %d restarts", fires, len(cases), len(nights)-1)
}

// expected are the rows of the history that a schedule's fires come to.
func expected(p *Plan, planned []time.Time, start, end time.Time, nights []night) (rows []string) {
	began := map[time.Time]int{} // at the end of a night: which row
	var list []Fire
	for _, at := range planned {
		f := Fire{Planned: at, Due: p.Due(at), Started: p.Due(at), Status: Done, Cause: cmp.Or(map[bool]string{true: ByEvery}[p.Every > 0], ByCron)}
		if !f.Due.After(start) && p.Every == 0 { // the moment at which it began
			continue
		}
		for _, n := range nights {
			if f.Due.Before(n.from) || !f.Due.Before(n.to) {
				continue
			}
			if f.Started = n.to; n.to.Sub(f.Due) > time.Minute {
				f.Cause = CatchUp
			}
			if n.to.Sub(f.Due) > max(p.CatchUp, time.Minute) {
				f.Status = Missed
			}
		}
		if f.Started.After(end) || f.Started.Equal(end) {
			continue // its night had no end
		}
		if i, there := began[f.Started]; there {
			f.Passed = list[i].Passed + 1
			list[i] = f
			continue
		}
		began[f.Started] = len(list)
		list = append(list, f)
	}
	for _, f := range list {
		rows = append(rows, told(f))
	}
	return rows
}

// told is what a row says: a missed fire never started.
func told(f Fire) string {
	const layout = "2006-01-02 15:04:05.000"
	if f.Status == Missed {
		f.Started = time.Time{}
	}
	return fmt.Sprintf("%s due %s began %s %s %s +%d", f.Planned.UTC().Format(layout), f.Due.UTC().Format(layout), f.Started.UTC().Format(layout), f.Cause, f.Status, f.Passed)
}
