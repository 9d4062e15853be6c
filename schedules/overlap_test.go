package schedules

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// A watch is a runner at work in a bubble of virtual time, from midnight on.
type watch struct {
	t    *testing.T
	h    *memory
	r    *Runner
	stop func()
}

func (w *watch) reads(lines ...string) {
	w.t.Helper()
	synctest.Wait()
	got := w.h.lines("15:04")
	slices.Sort(got) // of one moment any may come first
	slices.Sort(lines)
	wantLines(w.t, got, lines...)
}

// passes lets a time pass.
func (w *watch) passes(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

// watched runs schedules in virtual time; what is planned for takes as long as
// takes says, or less if it is cancelled.
func watched(t *testing.T, o Options, takes func(Fire) (time.Duration, error), check func(*watch), list ...Schedule) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		w := &watch{t: t, h: &memory{}}
		var plans []*Plan
		for _, s := range list {
			plans = append(plans, mustParse(t, inUTC(s)))
		}
		do := func(ctx context.Context, f Fire) error {
			d, err := takes(f)
			if d == 0 {
				return err
			}
			if err := sleep(ctx, d); err != nil {
				return err
			}
			return err
		}
		var err error
		if w.r, err = New(quiet(), plans, w.h, do, o); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- w.r.Run(ctx) }()
		stopped := false
		w.stop = func() {
			if stopped {
				return
			}
			stopped = true
			cancel()
			if err := <-ended; !errors.Is(err, context.Canceled) {
				t.Errorf("run: %v", err)
			}
		}
		defer w.stop()
		synctest.Wait()
		check(w)
	})
}

func inUTC(s Schedule) Schedule {
	if s.Name == "" {
		s.Name = "x"
	}
	s.Zone = "UTC"
	return s
}

func always(d time.Duration) func(Fire) (time.Duration, error) {
	return func(Fire) (time.Duration, error) { return d, nil }
}

const tenMinutes = 10 * time.Minute

func TestOverlap(t *testing.T) {
	t.Run(Skip, func(t *testing.T) {
		watched(t, Options{}, always(25*time.Minute), func(w *watch) {
			w.passes(45 * time.Minute)
			w.reads("x 00:00 every done",
				"x 00:10 every skipped: the run of 00:00:00 was still going", "x 00:20 every skipped: the run of 00:00:00 was still going",
				"x 00:30 every running", "x 00:40 every skipped: the run of 00:30:00 was still going")
		}, Schedule{Every: tenMinutes})
	})
	t.Run(QueueOne, func(t *testing.T) {
		watched(t, Options{}, always(25*time.Minute), func(w *watch) {
			w.passes(26 * time.Minute)
			skipped := "x 00:20 every skipped: the run of 00:00:00 was still going, and another fire waits already"
			w.reads("x 00:00 every done", skipped, "x 00:10 every running: waited for the run before it")
			w.passes(10 * time.Minute)
			w.stop()
			w.reads("x 00:00 every done", skipped, "x 00:10 every cancelled: the program was stopped",
				"x 00:30 every skipped: the program was stopped while it waited for the run before it")
			if f := w.h.fires[2]; f.Started.Sub(f.Planned) != 15*time.Minute {
				t.Errorf("it began %v late", f.Started.Sub(f.Planned))
			}
		}, Schedule{Every: tenMinutes, Overlap: QueueOne})
	})
	t.Run(Cancel, func(t *testing.T) {
		watched(t, Options{}, always(25*time.Minute), func(w *watch) {
			w.passes(21 * time.Minute)
			w.reads("x 00:00 every cancelled: cancelled in favour of the next fire",
				"x 00:10 every cancelled: cancelled in favour of the next fire", "x 00:20 every running: waited for the run before it")
		}, Schedule{Every: tenMinutes, Overlap: Cancel})
	})
}

// A long run holds up no other schedule.
func TestLongRunAlone(t *testing.T) {
	watched(t, Options{}, func(f Fire) (time.Duration, error) {
		if f.Schedule == "long" {
			return time.Hour, nil
		}
		return time.Second, nil
	}, func(w *watch) {
		w.passes(25 * time.Minute)
		w.reads("long 00:00 every running", "short 00:00 every done", "short 00:10 every done", "short 00:20 every done")
	}, Schedule{Name: "long", Every: 24 * time.Hour}, Schedule{Name: "short", Every: tenMinutes})
}

func TestMaxRun(t *testing.T) {
	watched(t, Options{}, func(f Fire) (time.Duration, error) {
		return 31 * time.Minute, nil
	}, func(w *watch) {
		w.passes(2 * time.Hour)
		w.reads("x 00:40 cron overran: cancelled, having run too long: the limit is 30m0s", "x 01:00 cron skipped: the run of 00:40:00 was still going",
			"x 01:40 cron running", "x 02:00 cron skipped: the run of 01:40:00 was still going")
		w.passes(59 * time.Minute)
		if lines := w.h.lines("15:04"); lines[len(lines)-2] != "x 02:40 cron running" && lines[len(lines)-1] != "x 02:40 cron running" {
			t.Error(lines)
		}
	}, Schedule{Cron: "0,40 * * * *", MaxRun: 30 * time.Minute})
}

func TestRunsThatFail(t *testing.T) {
	watched(t, Options{}, func(f Fire) (time.Duration, error) {
		switch f.Planned.Minute() {
		case 0:
			return time.Second, errors.New("no network")
		case 10:
			panic("boom")
		}
		return time.Hour, nil
	}, func(w *watch) {
		w.passes(21 * time.Minute)
		w.stop()
		w.reads("x 00:00 every failed: no network", "x 00:10 every failed: panic: boom", "x 00:20 every cancelled: the program was stopped")
	}, Schedule{Every: tenMinutes})
}

// What a pause leaves out stands in the history in one row, and is not made up
// for; what is at work goes on, what waits does not.
func TestPause(t *testing.T) {
	t.Run("and resume", func(t *testing.T) {
		var now atomic.Pointer[Pause]
		watched(t, Options{Paused: last(&now)}, always(time.Minute), func(w *watch) {
			w.passes(5 * time.Minute)
			p := Pause{Since: time.Now(), Why: "the site moves"}
			now.Store(&p)
			w.passes(60 * time.Minute)
			w.reads("x 00:00 every done")
			over := p
			over.Until = time.Now()
			now.Store(&over)
			w.passes(4 * time.Minute)
			w.reads("x 00:00 every done")
			w.passes(3 * time.Minute)
			w.reads("x 00:00 every done", "x 01:00 every skipped +5: paused: the site moves", "x 01:10 every done")
		}, Schedule{Every: tenMinutes})
	})
	t.Run("with a run at work and one that waits", func(t *testing.T) {
		var now atomic.Pointer[Pause]
		watched(t, Options{Paused: last(&now)}, always(25*time.Minute), func(w *watch) {
			w.passes(15 * time.Minute)
			now.Store(&Pause{Since: time.Now()})
			w.passes(60 * time.Minute)
			w.reads("x 00:00 every done", "x 00:10 every skipped: paused")
		}, Schedule{Every: tenMinutes, Overlap: QueueOne})
	})
	// Downtime and a pause in it: what fell into the pause is left out, what came after it is made up for.
	for _, c := range []struct {
		name  string
		pause Pause
		want  []string
	}{
		{"in a downtime", Pause{Since: midnight(2), Until: midnight(3)}, []string{"x 02:50 every skipped +16: paused", "x 04:20 catch-up done +8: late by 5m0s", "x 04:30 every done"}},
		{"to the end of a downtime", Pause{Since: midnight(2), Until: midnight(4).Add(21 * time.Minute)}, []string{"x 04:20 every skipped +25: paused", "x 04:30 every done"}},
		{"which lasts", Pause{Since: midnight(2)}, nil},
		{"long before", Pause{Until: midnight(0).Add(-time.Hour)}, []string{"x 04:20 catch-up done +25: late by 5m0s", "x 04:30 every done"}},
		{"in time to come", Pause{Since: midnight(5)}, []string{"x 04:20 catch-up done +25: late by 5m0s", "x 04:30 every done"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				h := &memory{fires: []Fire{{Schedule: "x", Planned: midnight(0), Status: Done}}}
				time.Sleep(time.Until(midnight(4).Add(25 * time.Minute)))
				r, err := New(quiet(), []*Plan{mustParse(t, inUTC(Schedule{Every: tenMinutes}))}, h, func(context.Context, Fire) error { return nil },
					Options{Paused: func(string) (Pause, bool) { return c.pause, true }})
				if err != nil {
					t.Fatal(err)
				}
				ctx, cancel := context.WithTimeout(t.Context(), 6*time.Minute)
				defer cancel()
				if err := r.Run(ctx); !errors.Is(err, context.DeadlineExceeded) {
					t.Fatal(err)
				}
				if c.want == nil {
					c.want = []string{}
				}
				wantLines(t, append([]string{}, h.lines("15:04")[1:]...), c.want...)
			})
		})
	}
}

// last tells of a pause that a test alters meanwhile.
func last(now *atomic.Pointer[Pause]) func(string) (Pause, bool) {
	return func(string) (Pause, bool) {
		if p := now.Load(); p != nil {
			return *p, true
		}
		return Pause{}, false
	}
}

// midnight is an hour of the day on which virtual time begins.
func midnight(hour int) time.Time { return time.Date(2000, 1, 1, hour, 0, 0, 0, time.UTC) }

func TestReplace(t *testing.T) {
	replace := func(w *watch, list ...Schedule) {
		t.Helper()
		var plans []*Plan
		for _, s := range list {
			plans = append(plans, mustParse(t, inUTC(s)))
		}
		if err := w.r.Replace(t.Context(), plans); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
	}
	watched(t, Options{}, func(f Fire) (time.Duration, error) {
		if f.Schedule == "a" {
			return 35 * time.Minute, nil
		}
		return time.Second, nil
	}, func(w *watch) {
		w.passes(5 * time.Minute)
		// b goes although nothing has woken Run for hours, a goes on, c is new, d has other times.
		replace(w, Schedule{Name: "a", Every: tenMinutes}, Schedule{Name: "c", Cron: "15 * * * *"}, Schedule{Name: "d", Every: time.Hour})
		w.passes(14 * time.Minute)
		// a is gone, with its run at work; d comes early.
		replace(w, Schedule{Name: "c", Cron: "25 0 * * *", Sites: []string{"new"}}, Schedule{Name: "d", Every: 3 * time.Minute})
		w.passes(2 * time.Minute)
		w.reads("a 00:00 every running", "b 00:00 every done", "d 00:00 every done", "a 00:10 every skipped: the run of 00:00:00 was still going",
			"c 00:15 cron done", "d 00:19 every done")
		// a comes back before its run has ended, and does not run twice.
		replace(w, Schedule{Name: "a", Every: tenMinutes})
		w.passes(10 * time.Minute)
		w.reads("a 00:00 every running", "b 00:00 every done", "d 00:00 every done", "a 00:10 every skipped: the run of 00:00:00 was still going",
			"c 00:15 cron done", "d 00:19 every done", "a 00:21 every skipped: the run of 00:00:00 was still going", "a 00:31 every skipped: the run of 00:00:00 was still going")
	}, Schedule{Name: "a", Every: tenMinutes}, Schedule{Name: "b", Every: 9 * time.Hour}, Schedule{Name: "d", Every: 10 * time.Hour})

	watched(t, Options{}, always(25*time.Minute), func(w *watch) {
		w.passes(15 * time.Minute)
		replace(w)
		w.passes(time.Hour)
		w.reads("x 00:00 every done", "x 00:10 every skipped: the schedule was removed while it waited for the run before it")
		p := mustParse(t, Schedule{Every: time.Hour})
		if err := w.r.Replace(t.Context(), []*Plan{p, p}); err == nil {
			t.Error("two schedules of one name were taken")
		}
		w.h.mu.Lock()
		w.h.fail = errors.New("disk full")
		w.h.mu.Unlock()
		if err := w.r.Replace(t.Context(), []*Plan{p}); err == nil {
			t.Error("schedules were taken without their history")
		}
	}, Schedule{Every: tenMinutes, Overlap: QueueOne})
}

// A clock that was wrong by a year does not stop the schedules for a year.
func TestClockSetBack(t *testing.T) {
	var wrong atomic.Int64
	wrong.Store(int64(365 * 24 * time.Hour))
	clock := func() time.Time { return time.Now().Add(time.Duration(wrong.Load())) }
	watched(t, Options{Now: clock}, always(time.Second), func(w *watch) {
		w.passes(11 * time.Minute)
		wrong.Store(0)
		w.passes(15 * time.Minute)
		n := 0
		for _, f := range w.h.fires {
			if f.Status == Done && f.Planned.Month() == time.January {
				n++
			}
		}
		if n != 1 {
			t.Error(fmt.Sprint(n, " fires after the clock was set right"), w.h.lines(time.DateTime))
		}
	}, Schedule{Cron: "*/10 * * * *"})
}
