package main

import (
	"context"
	"sync"
	"time"

	"pressmark/archive"
	"pressmark/schedules"
)

// idle reports whether a round found nothing to do on a site.
func idle(n archive.SiteRun) bool {
	return n.Requests == 0 && len(n.Outcomes) == 0 && trouble(n) == ""
}

// A calm is what keeps a daemon from talking when there is nothing to tell: of
// rounds that asked for nothing it says no word, and of a site that is left
// alone no second one. Once all is done it says when it goes on.
type calm struct {
	who    *roster
	paused func(site string) (schedules.Pause, bool)

	mu   sync.Mutex
	left map[string]string // by site: why it is left alone, as it was told last
	said bool              // that nothing is due
}

// longRest is how far off the next work is at least for a daemon to say so.
const longRest = 5 * time.Minute

// news gives the part of a run that is worth a line.
func (q *calm) news(run archive.Run) archive.Run {
	q.mu.Lock()
	defer q.mu.Unlock()
	var sites []archive.SiteRun
	for _, n := range run.Sites {
		told := n.Requests == 0 && n.Blocked != "" && n.Blocked == q.left[n.Site]
		if !told && !idle(n) {
			sites = append(sites, n)
		}
		if q.left == nil {
			q.left = map[string]string{}
		}
		q.left[n.Site] = n.Blocked
	}
	run.Sites = sites
	q.said = q.said && len(sites) == 0
	return run
}

// rests says until when nothing is due, if that is long and was not said yet.
// Nobody may be at work but the run that asks.
func (q *calm) rests(ctx context.Context, run archive.Run) (until time.Time, is bool, err error) {
	q.mu.Lock()
	said := q.said
	q.mu.Unlock()
	s := q.who.current()
	if said || s.elsewhere(run) {
		return until, false, nil
	}
	plans, err := plansOf(q.who.config())
	if err != nil {
		return until, false, err
	}
	now := s.now()
	for _, p := range plans {
		if pause, ok := q.paused(p.Name); ok && pause.Holds(now) {
			continue
		}
		due, err := s.frontier.NextDue(ctx, p.Sites)
		if err != nil {
			return until, false, err
		}
		if due.Before(now) {
			due = now
		}
		last, _, err := q.who.history.Last(ctx, p.Name)
		if err != nil {
			return until, false, err
		}
		if at := p.Due(p.Next(p.From(last.Planned, due))); until.IsZero() || at.Before(until) {
			until = at
		}
	}
	if until.Sub(now) < longRest {
		return until, false, nil
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	is, q.said = !q.said, true
	return until, is, nil
}

// elsewhere reports whether sites are being crawled that are not of a run.
func (e *engine) elsewhere(run archive.Run) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	own := 0
	for _, n := range run.Sites {
		if e.busy[n.Site] != "" {
			own++
		}
	}
	return len(e.busy) > own
}
