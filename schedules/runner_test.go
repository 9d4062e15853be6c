package schedules

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// memory is a History for tests.
type memory struct {
	mu    sync.Mutex
	fires []Fire
	fail  error
}

func (m *memory) find(f Fire) int {
	return slices.IndexFunc(m.fires, func(o Fire) bool { return o.Schedule == f.Schedule && o.Planned.Equal(f.Planned) })
}

func (m *memory) Last(_ context.Context, schedule string) (last Fire, ok bool, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, f := range m.fires {
		if f.Schedule == schedule && (!ok || f.Planned.After(last.Planned)) {
			last, ok = f, true
		}
	}
	return last, ok, m.fail
}

func (m *memory) Begin(_ context.Context, f Fire) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.fail != nil || m.find(f) >= 0 {
		return false, m.fail
	}
	m.fires = append(m.fires, f)
	return true, nil
}

func (m *memory) Finish(ctx context.Context, f Fire) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	m.fires[m.find(f)] = f
	return nil
}

// lines is the history as text, in the order of Begin.
func (m *memory) lines(layout string) []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	var lines []string
	for _, f := range m.fires {
		line := fmt.Sprintf("%s %s %s %s", f.Schedule, f.Planned.Format(layout), f.Cause, f.Status)
		if f.Passed > 0 {
			line += fmt.Sprintf(" +%d", f.Passed)
		}
		if f.Why != "" {
			line += ": " + f.Why
		}
		lines = append(lines, line)
	}
	return lines
}

// virtual is a clock that moves only when somebody sleeps.
type virtual struct {
	now, end time.Time
}

var errWeekOver = errors.New("the week is over")

func (v *virtual) sleep(_ context.Context, d time.Duration) error {
	if v.now = v.now.Add(d); v.now.After(v.end) {
		return errWeekOver
	}
	return nil
}

func quiet() *slog.Logger { return slog.New(slog.NewTextHandler(io.Discard, nil)) }

func monday(t *testing.T) time.Time {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	return time.Date(2026, 11, 2, 0, 0, 0, 0, zone)
}

// runSerial runs schedules on a virtual clock; each run takes a while.
func runSerial(t *testing.T, start time.Time, length, takes time.Duration, h *memory, schedules ...Schedule) {
	t.Helper()
	clock := &virtual{now: start, end: start.Add(length)}
	var plans []*Plan
	for _, s := range schedules {
		plans = append(plans, mustParse(t, s))
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	do := func(context.Context, Fire) error {
		if clock.now = clock.now.Add(takes); clock.now.After(clock.end) {
			cancel() // runs that queue without a pause leave none to sleep in
		}
		return nil
	}
	r, err := New(quiet(), plans, h, do, Options{Now: func() time.Time { return clock.now }, Sleep: clock.sleep, Serial: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Run(ctx); !errors.Is(err, errWeekOver) && !errors.Is(err, context.Canceled) {
		t.Fatalf("run: %v", err)
	}
}

func wantLines(t *testing.T, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("history\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestSerialWeek(t *testing.T) {
	h := &memory{}
	const zone = "Europe/Berlin"
	runSerial(t, monday(t), 7*24*time.Hour-time.Second, 10*time.Minute, h,
		Schedule{Name: "b", Cron: "0 6 * * *", Zone: zone}, Schedule{Name: "a", Cron: "0 6 * * MON,SUN", Zone: zone})
	wantLines(t, h.lines("Mon 15:04"),
		"a Mon 06:00 cron done", "b Mon 06:00 cron done", "b Tue 06:00 cron done", "b Wed 06:00 cron done",
		"b Thu 06:00 cron done", "b Fri 06:00 cron done", "b Sat 06:00 cron done", "a Sun 06:00 cron done", "b Sun 06:00 cron done")
	for _, f := range h.fires {
		late := time.Duration(0)
		if f.Schedule == "b" && (f.Planned.Weekday() == time.Monday || f.Planned.Weekday() == time.Sunday) {
			late = 10 * time.Minute // it waited for a
		}
		if f.Late != late || f.Ended.Sub(f.Started) != 10*time.Minute {
			t.Errorf("%+v", f)
		}
	}
}

func TestSerialOverlap(t *testing.T) {
	for policy, want := range map[string][]string{
		Skip: {"x 00:00 every done", "x 00:30 every skipped +2: the run before it was still going",
			"x 00:40 every done", "x 01:10 every skipped +2: the run before it was still going"},
		QueueOne: {"x 00:00 every done", "x 00:30 every done +2: waited for the run before it", "x 01:10 every done +3: waited for the run before it"},
	} {
		h := &memory{}
		runSerial(t, monday(t), 79*time.Minute, 35*time.Minute, h, Schedule{Name: "x", Every: 10 * time.Minute, Overlap: policy, Zone: "Europe/Berlin"})
		wantLines(t, h.lines("15:04"), want...)
	}
}

func TestAfterDowntime(t *testing.T) {
	start := monday(t).Add(8*time.Hour + 20*time.Minute)
	for _, c := range []struct {
		name string
		s    Schedule
		last time.Duration // before start; 0: never
		want []string
	}{
		{"first start, cron", Schedule{Cron: "0 6 * * *"}, 0, []string{"03 06:00 cron done"}},
		{"first start, every", Schedule{Every: 9 * time.Hour}, 0, []string{"02 08:20 every done", "02 17:20 every done", "03 02:20 every done"}},
		{"nothing missed", Schedule{Cron: "0 6 * * *"}, 140 * time.Minute, []string{"03 06:00 cron done"}},
		{"one missed", Schedule{Cron: "0 6 * * *"}, 26*time.Hour + 20*time.Minute, []string{"02 06:00 catch-up done: late by 2h20m0s", "03 06:00 cron done"}},
		{"many missed run once", Schedule{Cron: "0 6 * * *"}, 10 * 24 * time.Hour, []string{"02 06:00 catch-up done +9: late by 2h20m0s", "03 06:00 cron done"}},
		{"too late", Schedule{Cron: "0 6 * * *", CatchUp: time.Hour}, 26*time.Hour + 20*time.Minute,
			[]string{"02 06:00 catch-up missed: late by 2h20m0s, too late to make up for it", "03 06:00 cron done"}},
		{"never", Schedule{Cron: "0 6 * * *", CatchUp: -1}, 26*time.Hour + 20*time.Minute,
			[]string{"02 06:00 catch-up missed: late by 2h20m0s, too late to make up for it", "03 06:00 cron done"}},
		{"every keeps its grid", Schedule{Every: 9 * time.Hour}, 20 * time.Hour,
			[]string{"02 06:20 catch-up done +1: late by 2h0m0s", "02 15:20 every done", "03 00:20 every done"}},
		{"every second for a year", Schedule{Every: time.Second}, 365 * 24 * time.Hour, []string{"02 08:20 every done +31535999"}},
		{"history from the future", Schedule{Cron: "0 6 * * *"}, -48 * time.Hour, []string{"03 06:00 cron done"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.s.Name, c.s.Zone = "x", "Europe/Berlin"
			h := &memory{}
			skip := 0
			if c.last != 0 {
				h.fires, skip = []Fire{{Schedule: "x", Planned: start.Add(-c.last), Status: Done}}, 1
			}
			length := 24*time.Hour - time.Second
			if c.s.Every == time.Second {
				length = 0
			}
			runSerial(t, start, length, 0, h, c.s)
			var want []string
			for _, w := range c.want {
				want = append(want, "x "+w)
			}
			wantLines(t, h.lines("02 15:04")[skip:], want...)
		})
	}
}

func TestJitterShiftsFires(t *testing.T) {
	s := Schedule{Name: "shifted", Cron: "0 6 * * *", Zone: "Europe/Berlin", Jitter: time.Hour}
	offset := mustParse(t, s).shift
	if offset == 0 {
		t.Fatal("this name has no jitter")
	}
	h := &memory{}
	// It starts after 06:00 and before the fire is due: nothing was missed.
	runSerial(t, monday(t).Add(6*time.Hour+offset/2), 30*time.Hour, 0, h, s)
	wantLines(t, h.lines("02 15:04"), "shifted 02 06:00 cron done", "shifted 03 06:00 cron done")
	for _, f := range h.fires {
		if f.Started.Sub(f.Planned) != offset || f.Late != 0 {
			t.Errorf("%+v, want it %v after 06:00", f, offset)
		}
	}
}

// A fire that another process has written down is not run here.
func TestOneFireOneRun(t *testing.T) {
	shared := &memory{}
	ran := 0
	for range 2 {
		clock := &virtual{now: monday(t), end: monday(t).Add(2*time.Hour + time.Second)}
		others := &elsewhere{memory: shared}
		do := func(context.Context, Fire) error { ran++; return nil }
		r, err := New(quiet(), []*Plan{mustParse(t, Schedule{Cron: "@hourly", Zone: "Europe/Berlin"})}, others, do,
			Options{Now: func() time.Time { return clock.now }, Sleep: clock.sleep, Serial: true})
		if err != nil {
			t.Fatal(err)
		}
		if err := r.Run(t.Context()); !errors.Is(err, errWeekOver) {
			t.Fatal(err)
		}
	}
	if ran != 2 {
		t.Fatalf("%d runs, want 2", ran)
	}
}

// elsewhere is a history whose rows another process writes meanwhile.
type elsewhere struct{ *memory }

func (e *elsewhere) Last(context.Context, string) (Fire, bool, error) { return Fire{}, false, nil }

func TestHistoryFails(t *testing.T) {
	h := &memory{fail: errors.New("disk full")}
	r, err := New(quiet(), []*Plan{mustParse(t, Schedule{Every: time.Hour})}, h, nil, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Run(t.Context()); err == nil || !strings.Contains(err.Error(), "disk full") {
		t.Fatalf("run: %v", err)
	}
	p := mustParse(t, Schedule{Every: time.Hour})
	if _, err := New(quiet(), []*Plan{p, p}, h, nil, Options{}); err == nil {
		t.Fatal("two schedules of one name were taken")
	}
}

func TestNoSchedules(t *testing.T) {
	r, err := New(quiet(), nil, &memory{}, nil, Options{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := r.Run(ctx); !errors.Is(err, context.Canceled) {
		t.Fatalf("run: %v", err)
	}
}
