package main

import (
	"context"
	"sync"
	"time"

	"pressmark/archive"
	"pressmark/schedules"
)

// A history keeps the fires of schedules as runs of the archive.
type history struct {
	store *archive.Store
	mu    sync.Mutex // a fire is looked for and begun in one go
}

// Last implements schedules.History.
func (h *history) Last(ctx context.Context, schedule string) (schedules.Fire, bool, error) {
	run, ok, err := h.find(ctx, schedule, func(archive.Run) bool { return true })
	return fireOf(run), ok, err
}

// find gives the newest run of a schedule that want takes. Runs are kept in
// the order of their beginning, which for one schedule is that of their plans.
func (h *history) find(ctx context.Context, schedule string, want func(archive.Run) bool) (archive.Run, bool, error) {
	for r, err := range h.store.Runs(ctx, archive.Filter{Newest: true}) {
		if err != nil {
			return r, false, err
		}
		if r.Schedule == schedule && want(r) {
			return r, true, nil
		}
	}
	return archive.Run{}, false, nil
}

// Begin implements schedules.History.
func (h *history) Begin(ctx context.Context, f schedules.Fire) (won bool, err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	last, ok, err := h.find(ctx, f.Schedule, func(archive.Run) bool { return true })
	if err != nil || ok && !last.Planned.Before(f.Planned) {
		return false, err
	}
	_, err = h.store.NewRun(ctx, runOfFire(archive.Run{}, f))
	return err == nil, err
}

// Finish implements schedules.History.
func (h *history) Finish(ctx context.Context, f schedules.Fire) error {
	run, err := h.run(ctx, f)
	if err != nil {
		return err
	}
	return h.store.PutRun(ctx, runOfFire(run, f))
}

// run is the archive's run of a fire.
func (h *history) run(ctx context.Context, f schedules.Fire) (archive.Run, error) {
	run, ok, err := h.find(ctx, f.Schedule, func(r archive.Run) bool { return r.Planned.Equal(f.Planned) })
	if err == nil && !ok {
		err = archive.ErrNoSuch
	}
	return run, err
}

// List implements schedules.History.
func (h *history) List(ctx context.Context, schedule string, n int) ([]schedules.Fire, error) {
	var list []schedules.Fire
	for r, err := range h.store.Runs(ctx, archive.Filter{Newest: true}) {
		if err != nil {
			return nil, err
		}
		if r.Schedule != schedule {
			continue
		}
		if list = append(list, fireOf(r)); len(list) == n {
			break
		}
	}
	return list, nil
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
