package schedules

import (
	"context"
	"time"
)

// pausing leaves out what is due of an entry and falls into its pause, and
// tells whether that is all. Of the fires that are left out the history gets
// one row, when the first one after the pause falls.
func (r *Runner) pausing(ctx context.Context, e *entry, now time.Time) bool {
	if p, ok := r.paused(e.Name); ok {
		end := now
		if !p.Until.IsZero() && !p.Until.After(now) {
			end = p.Until.Add(-1)
		}
		if next := e.next; !e.Due(next).After(end) {
			newest, before := e.pass(end)
			if p.Holds(e.Due(newest)) {
				e.out.newest, e.out.why = newest, p.Why
				e.out.count += before + 1
			} else {
				e.next = next // all of it was due before the pause
			}
		}
	}
	if e.Due(e.next).After(now) {
		return true
	}
	if out := e.out; out.count > 0 {
		f := e.at(out.newest)
		f.Passed = out.count - 1
		f.Status, f.Why = Skipped, pausedFor(out.why)
		e.out = leftOut{}
		r.note(ctx, f)
	}
	return false
}

// leftOut are the fires of an entry that a pause has left out, and the history
// does not have so far.
type leftOut struct {
	newest time.Time // planned
	count  int
	why    string
}

func pausedFor(why string) string {
	if why == "" {
		return "paused"
	}
	return "paused: " + why
}

// stopped gives back a fire that has waited, as skipped, if its schedule was
// paused or removed meanwhile, or the program is ending. Called with e.mu held.
func (r *Runner) stopped(ctx context.Context, e *entry, f Fire) (Fire, bool) {
	p, paused := r.paused(e.Name)
	switch {
	case ctx.Err() != nil:
		f.Why = "the program was stopped while it waited for the run before it"
	case e.removed:
		f.Why = "the schedule was removed while it waited for the run before it"
	case paused && p.Holds(r.now()):
		f.Why = pausedFor(p.Why)
	default:
		return f, false
	}
	f.Status = Skipped
	return f, true
}
