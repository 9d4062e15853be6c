package schedules

import (
	"context"
	"fmt"
	"time"
)

// A change is a set of plans that Replace has left for Run.
type change struct {
	plans []*Plan
	last  map[string]Fire // of those that have fired before
}

// Replace has other plans fired from now on. What is at work goes on to its
// end, also of a schedule that is not among them. One whose times are as they
// were keeps its next fire; one that has others is counted from now, or with
// Every from its last fire, and nothing is made up for. It may be called by any
// goroutine.
func (r *Runner) Replace(ctx context.Context, plans []*Plan) error {
	if err := distinct(plans); err != nil {
		return err
	}
	c := &change{plans: plans, last: map[string]Fire{}}
	for _, p := range plans {
		last, ok, err := r.history.Last(ctx, p.Name)
		if err != nil {
			return fmt.Errorf("schedule %q: read its last fire: %w", p.Name, err)
		}
		if ok {
			c.last[p.Name] = last
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.change = c
	if r.wake != nil {
		r.wake()
	}
	return nil
}

func distinct(plans []*Plan) error {
	names := map[string]bool{}
	for _, p := range plans {
		if names[p.Name] {
			return fmt.Errorf("two schedules are named %q", p.Name)
		}
		names[p.Name] = true
	}
	return nil
}

// nap sleeps, until Replace or ctx wakes it.
func (r *Runner) nap(ctx context.Context, d time.Duration) error {
	asleep, wake := context.WithCancel(ctx)
	defer wake()
	r.mu.Lock()
	r.wake = wake
	changed := r.change != nil
	r.mu.Unlock()
	if changed {
		return nil
	}
	err := r.sleep(asleep, d)
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.wake = nil; r.change != nil && ctx.Err() == nil {
		return nil
	}
	return err
}

// alter takes over what Replace has left.
func (r *Runner) alter() {
	r.mu.Lock()
	c := r.change
	r.change = nil
	r.mu.Unlock()
	if c == nil {
		return
	}
	now := r.now()
	fired := map[*entry]bool{}
	for _, e := range r.entries {
		fired[e] = true
	}
	r.entries = nil
	for _, p := range c.plans {
		e := r.known[p.Name]
		if e == nil {
			e = &entry{}
			r.known[p.Name] = e
		}
		if !fired[e] || !e.sameTimes(p) {
			e.next = p.fromNow(c.last[p.Name].Planned, now)
		}
		e.take(p, false)
		r.entries = append(r.entries, e)
		delete(fired, e)
	}
	for e := range fired {
		e.take(e.Plan, true)
	}
}

// take gives an entry its plan, or says that it is gone. Its last run may be
// going on.
func (e *entry) take(p *Plan, removed bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.Plan, e.removed = p, removed
}

func (e *entry) sameTimes(p *Plan) bool {
	return e.Cron == p.Cron && e.Every == p.Every && e.zone.String() == p.zone.String()
}

// fromNow is the next fire of a plan that is new, whatever was planned so far.
// An interval is counted from the last fire, if it is not over already.
func (p *Plan) fromNow(last, now time.Time) time.Time {
	if p.Every == 0 {
		return p.Next(now.Add(-p.shift))
	}
	next := now.Round(0).Truncate(time.Second).In(p.zone)
	if counted := p.Next(last); !last.IsZero() && counted.After(next) && counted.Before(next.Add(p.Every)) {
		next = counted
	}
	return next
}
