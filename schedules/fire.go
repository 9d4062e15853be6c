package schedules

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
)

var (
	errSuperseded = errors.New("cancelled in favour of the next fire")
	errOverran    = errors.New("cancelled, having run too long")
)

// fire runs one fire from its row in the history to its end.
func (r *Runner) fire(ctx context.Context, e *entry, f Fire) {
	f.Started = r.now()
	f.Late = f.Started.Sub(f.Due)
	won, err := r.history.Begin(ctx, f)
	switch {
	case err != nil && ctx.Err() != nil:
		return
	case err != nil:
		r.log.Error("a fire cannot be written to the history, and is left out", "schedule", f.Schedule, "planned", f.Planned, "error", err)
		return
	case !won:
		r.log.Debug("somebody else runs this fire", "schedule", f.Schedule, "planned", f.Planned)
		return
	}

	run, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	e.mu.Lock()
	most := e.MaxRun
	e.cancel = cancel
	if e.queued != nil && e.Overlap == Cancel { // it came before this run could be cancelled
		cancel(errSuperseded)
	}
	e.mu.Unlock()
	if most > 0 {
		var stop context.CancelFunc
		run, stop = context.WithTimeoutCause(run, most, errOverran)
		defer stop()
	}

	err = r.call(run, f)
	f.Ended = r.now()
	cause := context.Cause(run)
	switch {
	case err == nil:
		f.Status = Done
	case ctx.Err() != nil:
		f.Status, f.Why = Cancelled, "the program was stopped"
	case errors.Is(cause, errSuperseded):
		f.Status, f.Why = Cancelled, errSuperseded.Error()
	case errors.Is(cause, errOverran):
		f.Status, f.Why = Overran, fmt.Sprintf("%v: the limit is %v", errOverran, most)
	default:
		f.Status, f.Why = Failed, err.Error()
	}
	if f.Status == Failed || f.Status == Overran {
		r.log.Error("a scheduled run failed", "schedule", f.Schedule, "planned", f.Planned, "status", f.Status, "error", err)
	}
	// The end is written even when the program is told to stop.
	if err := r.history.Finish(context.WithoutCancel(ctx), f); err != nil {
		r.log.Error("the end of a run cannot be written to the history", "schedule", f.Schedule, "planned", f.Planned, "error", err)
	}
}

// call keeps a panic of one run from ending the others.
func (r *Runner) call(ctx context.Context, f Fire) (err error) {
	defer func() {
		if p := recover(); p != nil {
			r.log.Error("a scheduled run panicked", "schedule", f.Schedule, "panic", p, "stack", string(debug.Stack()))
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	return r.do(ctx, f)
}

// note writes down a fire that doesn't run.
func (r *Runner) note(ctx context.Context, f Fire) {
	f.Ended = r.now()
	if f.Status == Missed {
		r.log.Warn("a schedule was missed", "schedule", f.Schedule, "planned", f.Planned, "passed", f.Passed, "why", f.Why)
	}
	if _, err := r.history.Begin(ctx, f); err != nil && ctx.Err() == nil {
		r.log.Error("a fire cannot be written to the history", "schedule", f.Schedule, "planned", f.Planned, "status", f.Status, "error", err)
	}
}
