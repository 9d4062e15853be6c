package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"pressmark/archive"
	"pressmark/schedules"
)

// A history keeps the fires of schedules as runs of the archive. It remembers
// the last run of each schedule, so that the archive's are searched once.
type history struct {
	store *archive.Store
	now   func() time.Time
	room  *room                // may be nil
	fired func(schedules.Fire) // what became of one; may be nil

	mu    sync.Mutex // a fire is looked for and begun in one go
	last  map[string]schedules.Fire
	begun map[string][]time.Time     // the last ones planned of a schedule, in the order in which they began
	work  map[fireName]archive.RunID // at work
}

// A fireName tells a fire from all others.
type fireName struct {
	schedule string
	planned  int64
}

func nameOf(f schedules.Fire) fireName { return fireName{f.Schedule, f.Planned.UnixNano()} }

const (
	// lookBack is how far back runs are searched for the last of a schedule. One
	// that has not fired for so long is as good as new.
	lookBack = 400 * 24 * time.Hour
	// toldApart is how many fires of a schedule are told apart. They begin in
	// another order than planned where one waited for a run before it.
	toldApart = 100
)

// newHistory reads the last fires of some schedules.
func newHistory(ctx context.Context, store *archive.Store, now func() time.Time, space *room, names []string) (*history, error) {
	h := &history{
		store: store, now: now, room: space,
		last: map[string]schedules.Fire{}, begun: map[string][]time.Time{}, work: map[fireName]archive.RunID{},
	}
	return h, h.learn(ctx, names)
}

// learn reads the last fires of schedules that are not known so far. A run that
// was at work when the program died is said to be so: nobody else can be at
// work on an archive that is open here. What was planned for a time to come was
// so by a clock that was wrong, and counts for nothing.
func (h *history) learn(ctx context.Context, names []string) error {
	want := map[string]bool{}
	h.mu.Lock()
	for _, name := range names {
		if _, known := h.begun[name]; !known {
			want[name] = true
			h.begun[name] = nil
		}
	}
	h.mu.Unlock()
	found := map[string]schedules.Fire{}
	waited := map[string]bool{}
	var died []archive.Run
	for r, err := range h.store.Runs(ctx, archive.Filter{Newest: true}) {
		if err != nil {
			return fmt.Errorf("read the history of the schedules: %w", err)
		}
		if len(want) == 0 || h.now().Sub(began(r)) > lookBack {
			break
		}
		if !want[r.Schedule] {
			continue
		}
		if last := found[r.Schedule]; r.Planned.After(last.Planned) && !r.Planned.After(h.now()) {
			found[r.Schedule] = fireOf(r)
		}
		if r.Status == schedules.Skipped || r.Status == schedules.Missed {
			continue // while what was at work then?
		}
		if r.Status == schedules.Running {
			died = append(died, r)
		}
		if waited[r.Schedule] || r.Started.Sub(r.Planned) < time.Second {
			delete(want, r.Schedule)
		}
		waited[r.Schedule] = true // while later ones were skipped, perhaps, which stand before it
	}
	for _, r := range died {
		r.Status, r.Why = interrupted, "the program died meanwhile"
		if err := h.room.insist(func() error { return h.store.PutRun(ctx, r) }); err != nil {
			return err
		}
		if f := found[r.Schedule]; f.Planned.Equal(r.Planned) {
			found[r.Schedule] = fireOf(r)
		}
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	for name, f := range found {
		h.last[name] = f
		h.begun[name] = []time.Time{f.Planned}
	}
	return nil
}

// Last implements schedules.History.
func (h *history) Last(_ context.Context, schedule string) (schedules.Fire, bool, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	f, ok := h.last[schedule]
	return f, ok, nil
}

// Begin implements schedules.History.
func (h *history) Begin(ctx context.Context, f schedules.Fire) (won bool, err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if slices.ContainsFunc(h.begun[f.Schedule], f.Planned.Equal) {
		return false, nil
	}
	var run archive.Run
	err = h.room.insist(func() (err error) {
		run, err = h.store.NewRun(ctx, runOfFire(archive.Run{}, f))
		return err
	})
	if err != nil {
		return false, err
	}
	h.begun[f.Schedule] = append(h.begun[f.Schedule], f.Planned)
	if list := h.begun[f.Schedule]; len(list) > 2*toldApart {
		h.begun[f.Schedule] = slices.Clone(list[len(list)-toldApart:])
	}
	if f.Planned.After(h.last[f.Schedule].Planned) {
		h.last[f.Schedule] = f
	}
	if f.Status == schedules.Running {
		h.work[nameOf(f)] = run.ID
	} else {
		h.over(f)
	}
	return true, nil
}

// Finish implements schedules.History.
func (h *history) Finish(ctx context.Context, f schedules.Fire) error {
	run, err := h.run(f)
	if err != nil {
		return err
	}
	if err := h.room.insist(func() error { return h.store.PutRun(ctx, runOfFire(run, f)) }); err != nil {
		return err
	}
	h.over(f)
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.work, nameOf(f))
	if last := h.last[f.Schedule]; last.Planned.Equal(f.Planned) {
		h.last[f.Schedule] = f
	}
	return nil
}

// over tells what became of a fire.
func (h *history) over(f schedules.Fire) {
	if h.fired != nil {
		h.fired(f)
	}
}

// run is the archive's run of a fire that is at work.
func (h *history) run(f schedules.Fire) (archive.Run, error) {
	h.mu.Lock()
	id, ok := h.work[nameOf(f)]
	h.mu.Unlock()
	if !ok {
		return archive.Run{}, fmt.Errorf("the fire of %s planned for %s: %w", f.Schedule, f.Planned, archive.ErrNoSuch)
	}
	return h.store.Run(id)
}

func fireOf(r archive.Run) schedules.Fire {
	f := schedules.Fire{
		Schedule: r.Schedule, Planned: r.Planned, Due: r.Planned, Started: r.Started, Ended: r.Ended,
		Cause: r.Cause, Status: r.Status, Why: r.Why,
	}
	if !r.Started.IsZero() {
		f.Late = max(0, r.Started.Sub(r.Planned).Truncate(time.Second))
	}
	for _, s := range r.Sites {
		f.Sites = append(f.Sites, s.Site)
	}
	return f
}

// runOfFire writes a fire into a run, whose counts stay.
func runOfFire(r archive.Run, f schedules.Fire) archive.Run {
	r.Schedule, r.Planned, r.Started, r.Ended = f.Schedule, f.Planned, f.Started, f.Ended
	r.Cause, r.Status, r.Why = f.Cause, f.Status, f.Why
	if f.Passed > 0 {
		r.Why = strings.TrimPrefix(fmt.Sprintf("%s; stands for %s before it, too", f.Why, count(f.Passed, "fire")), "; ")
	}
	if len(r.Sites) == 0 {
		for _, s := range f.Sites {
			r.Sites = append(r.Sites, archive.SiteRun{Site: s})
		}
	}
	return r
}
