package main

import (
	"context"
	"fmt"
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
	room  *room // may be nil

	mu   sync.Mutex // a fire is looked for and begun in one go
	last map[string]schedules.Fire
	work map[fireName]archive.RunID // at work
}

// A fireName tells a fire from all others.
type fireName struct {
	schedule string
	planned  int64
}

func nameOf(f schedules.Fire) fireName { return fireName{f.Schedule, f.Planned.UnixNano()} }

// lookBack is how far back runs are searched for the last of a schedule. One
// that has not fired for so long is as good as new.
const lookBack = 400 * 24 * time.Hour

// newHistory reads the last fires of some schedules. A run that was at work
// when the program died is said to be so: nobody else can be at work on an
// archive that is open here.
func newHistory(ctx context.Context, store *archive.Store, now func() time.Time, space *room, names []string) (*history, error) {
	h := &history{store: store, now: now, room: space, last: map[string]schedules.Fire{}, work: map[fireName]archive.RunID{}}
	want := map[string]bool{}
	for _, name := range names {
		want[name] = true
	}
	var died []archive.Run
	for r, err := range store.Runs(ctx, archive.Filter{Newest: true}) {
		if err != nil {
			return nil, fmt.Errorf("read the history of the schedules: %w", err)
		}
		if len(want) == 0 || now().Sub(began(r)) > lookBack {
			break
		}
		if !want[r.Schedule] {
			continue
		}
		if _, known := h.last[r.Schedule]; !known { // runs stand in the order of their beginning, for one schedule that of their plans
			h.last[r.Schedule] = fireOf(r)
		}
		if r.Status == schedules.Skipped || r.Status == schedules.Missed {
			continue // while what was at work then?
		}
		delete(want, r.Schedule)
		if r.Status == schedules.Running {
			died = append(died, r)
		}
	}
	for _, r := range died {
		r.Status, r.Why = interrupted, "the program died meanwhile"
		if err := space.insist(func() error { return store.PutRun(ctx, r) }); err != nil {
			return nil, err
		}
		if f := h.last[r.Schedule]; f.Planned.Equal(r.Planned) {
			h.last[r.Schedule] = fireOf(r)
		}
	}
	return h, nil
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
	if last, ok := h.last[f.Schedule]; ok && !last.Planned.Before(f.Planned) {
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
	h.last[f.Schedule] = f
	if f.Status == schedules.Running {
		h.work[nameOf(f)] = run.ID
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
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.work, nameOf(f))
	if last := h.last[f.Schedule]; last.Planned.Equal(f.Planned) {
		h.last[f.Schedule] = f
	}
	return nil
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
	if len(r.Sites) == 0 {
		for _, s := range f.Sites {
			r.Sites = append(r.Sites, archive.SiteRun{Site: s})
		}
	}
	return r
}
