package schedules

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"
)

// latest is how late a fire may be before it counts as made up for.
const latest = time.Minute

const waited = "waited for the run before it"

// Options of a Runner.
type Options struct {
	Now func() time.Time // the clock; nil is time.Now

	// Sleep waits; nil waits on the machine's clock. It lets a test or a demo
	// move its own clock instead. An error of it ends Run.
	Sleep func(ctx context.Context, d time.Duration) error

	// Paused tells of a schedule's last pause; nil where none is paused. It is
	// asked when a fire falls, so that whoever pauses need not tell the Runner.
	Paused func(schedule string) (p Pause, ok bool)

	// Serial runs one fire after the other, within Run, so that a clock which
	// moves only in Sleep and in Do makes everything deterministic. Fires
	// that fall into a run of their own schedule are still skipped or queued;
	// Cancel cannot reach a run from there and queues.
	Serial bool
}

// A Runner fires schedules.
type Runner struct {
	log     *slog.Logger
	entries []*entry // that are fired; of the goroutine that is in Run
	known   map[string]*entry
	history History
	do      func(context.Context, Fire) error
	now     func() time.Time
	sleep   func(context.Context, time.Duration) error
	longest time.Duration // of one sleep
	serial  bool
	idle    time.Time // serial: when the last run ended
	seen    time.Time // the clock, when it was last looked at
	running sync.WaitGroup
	paused  func(string) (Pause, bool)

	mu     sync.Mutex
	change *change
	wake   context.CancelFunc // of Run, while it sleeps
}

// An entry is a plan at work.
type entry struct {
	*Plan           // altered by the goroutine that is in Run, with mu held
	next  time.Time // planned; not looked at so far
	out   leftOut

	mu      sync.Mutex
	removed bool
	current *Fire                   // at work
	cancel  context.CancelCauseFunc // of current
	queued  *Fire
	busy    time.Time // serial: until when the last run lasted
}

// New makes a runner of plans with different names. do is called for each
// fire, with a context that ends when the run shall end; its error goes into
// the history and the log.
func New(log *slog.Logger, plans []*Plan, h History, do func(context.Context, Fire) error, o Options) (*Runner, error) {
	if err := distinct(plans); err != nil {
		return nil, err
	}
	r := &Runner{
		log: log, history: h, do: do, now: o.Now, sleep: o.Sleep, paused: o.Paused, serial: o.Serial,
		longest: 1<<63 - 1, known: map[string]*entry{},
	}
	if r.now == nil {
		r.now = time.Now
	}
	if r.sleep == nil {
		r.sleep = sleep
		r.longest = time.Minute // the clock may be set, or the machine suspended, meanwhile
	}
	if r.paused == nil {
		r.paused = func(string) (Pause, bool) { return Pause{}, false }
	}
	for _, p := range plans {
		e := &entry{Plan: p}
		r.known[p.Name] = e
		r.entries = append(r.entries, e)
	}
	return r, nil
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Run fires until ctx or Sleep ends it, waits for the runs, and returns why
// it ended. Runs are told to end when ctx does, not when Sleep does.
func (r *Runner) Run(ctx context.Context) error {
	defer r.running.Wait()
	for _, e := range r.entries {
		if err := r.resume(ctx, e); err != nil {
			return err
		}
	}
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		r.alter()
		r.look()
		e := r.first()
		wait := time.Hour // nothing to fire: until ctx or Sleep says that it is over
		if e != nil {
			wait = e.Due(e.next).Sub(r.now())
		}
		if wait <= 0 {
			r.fall(ctx, e)
			continue
		}
		if err := r.nap(ctx, min(wait, r.longest)); err != nil {
			return err
		}
	}
}

// look looks at the clock. Where it was set back, what is to come is planned
// anew; otherwise an hour set back would be an hour without fires.
func (r *Runner) look() {
	now := r.now().Round(0)
	if r.seen.Sub(now) > latest {
		r.log.Warn("the clock was set back", "from", r.seen, "to", now)
		for _, e := range r.entries {
			if next := e.Next(now.Add(-e.shift)); next.Before(e.next) {
				e.next = next
			}
		}
	}
	r.seen = now
}

// first is the entry that is due first; of several, by name.
func (r *Runner) first() *entry {
	var first *entry
	var due time.Time
	for _, e := range r.entries {
		d := e.Due(e.next)
		if first == nil || d.Before(due) || d.Equal(due) && e.Name < first.Name {
			first, due = e, d
		}
	}
	return first
}

// resume finds where an entry was when the last process ended.
func (r *Runner) resume(ctx context.Context, e *entry) error {
	now := r.now()
	last, ok, err := r.history.Last(ctx, e.Name)
	if err != nil {
		return fmt.Errorf("schedule %q: read its last fire: %w", e.Name, err)
	}
	switch {
	case ok && !last.Planned.After(now):
		e.next = e.Next(last.Planned)
	case e.Every > 0:
		e.next = now.Round(0).Truncate(time.Second).In(e.zone)
	default: // new, or the clock was set back
		e.next = e.Next(now.Add(-e.shift))
	}
	return nil
}

// fall takes what is due of an entry: the newest fire, which stands for those
// before it.
func (r *Runner) fall(ctx context.Context, e *entry) {
	now := r.now()
	if r.pausing(ctx, e, now) {
		return
	}
	newest, before := e.pass(now)
	f := e.at(newest)
	f.Passed = before
	f.Late = now.Sub(f.Due)

	since := f.Due // how late nobody's work explains
	if r.serial && r.idle.After(since) {
		since = r.idle
	}
	if missed := now.Sub(since); missed > latest {
		f.Cause = CatchUp
		f.Why = "late by " + round(f.Late)
		if missed > e.CatchUp {
			f.Status = Missed
			f.Why += ", too late to make up for it"
			r.note(ctx, f)
			return
		}
	}
	if r.serial {
		r.inTurn(ctx, e, f)
		return
	}
	r.aside(ctx, e, f)
}

// at is the fire of an entry that is planned for a time.
func (e *entry) at(planned time.Time) Fire {
	f := Fire{Schedule: e.Name, Sites: e.Sites, Planned: planned, Due: e.Due(planned), Status: Running, Cause: ByCron}
	if e.Every > 0 {
		f.Cause = ByEvery
	}
	return f
}

// pass moves an entry past all that is due, and returns the newest of it and
// how many came before.
func (e *entry) pass(now time.Time) (newest time.Time, before int) {
	if e.Every > 0 { // after a year of seconds, one by one would take a while
		n := max(now.Sub(e.Due(e.next))/e.Every, 0)
		e.next = e.next.Add(n * e.Every)
		before = int(n)
	}
	newest = e.next
	for e.next = e.Next(newest); !e.Due(e.next).After(now); e.next = e.Next(newest) {
		newest = e.next
		before++
	}
	return newest, before
}

// inTurn runs a fire now.
func (r *Runner) inTurn(ctx context.Context, e *entry, f Fire) {
	if !f.Due.After(e.busy) {
		if e.Overlap == Skip {
			f.Why = "the run before it was still going"
			f.Status = Skipped
			r.note(ctx, f)
			return
		}
		f.Why = waited
	}
	r.fire(ctx, e, f)
	r.idle = r.now()
	e.busy = r.idle
}

// aside runs a fire in the background, or does what the overlap policy says.
func (r *Runner) aside(ctx context.Context, e *entry, f Fire) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.current == nil {
		e.current = &f
		r.running.Go(func() { r.work(ctx, e, f) })
		return
	}
	going := "the run of " + e.current.Planned.In(e.zone).Format("15:04:05") + " was still going"
	skip := func(f Fire, why string) {
		f.Status, f.Why = Skipped, why
		r.running.Go(func() { r.note(ctx, f) }) // the disk may be full
	}
	switch {
	case e.Overlap == Cancel:
		if e.queued != nil {
			skip(*e.queued, "a newer fire took its place")
		}
		e.queued = &f
		if e.cancel != nil {
			e.cancel(errSuperseded)
		}
	case e.Overlap == QueueOne && e.queued == nil:
		e.queued = &f
	case e.Overlap == QueueOne:
		skip(f, going+", and another fire waits already")
	default:
		skip(f, going)
	}
}

// work runs a fire and what was queued meanwhile.
func (r *Runner) work(ctx context.Context, e *entry, f Fire) {
	for {
		r.fire(ctx, e, f)
		e.mu.Lock()
		e.current, e.cancel = nil, nil
		if e.queued == nil {
			e.mu.Unlock()
			return
		}
		f = *e.queued
		e.queued = nil
		left, over := r.stopped(ctx, e, f)
		if !over {
			f.Why = waited
			e.current = &f
		}
		e.mu.Unlock()
		if over {
			r.note(context.WithoutCancel(ctx), left)
			return
		}
	}
}

func round(d time.Duration) string {
	switch {
	case d >= time.Hour:
		d = d.Round(time.Minute)
	default:
		d = d.Round(time.Second)
	}
	return d.String()
}
