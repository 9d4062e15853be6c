package main

import (
	"context"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"pressmark/archive"
	"pressmark/archive/report"
	"pressmark/crawler"
	"pressmark/schedules"
)

// A reportDesk sends the reports of the configuration on their schedules, as
// long as the daemon runs. What it has sent stands in the archive's cursors;
// after a stop it goes on from there.
type reportDesk struct {
	c     *cli
	store *archive.Store
	conf  func() *config
	now   func() time.Time
	back  backoff
	tell  func(delivery)

	mu     sync.Mutex
	failed map[string]missed // by cursor
}

// A missed is a destination that could not be reached.
type missed struct {
	times int
	again time.Time
}

// The desk looks at its clock so often, and goes back to who failed after these pauses.
const (
	deskHands    = 4
	deskTick     = 5 * time.Second
	failedPause  = time.Minute
	failedLonger = time.Hour
)

// run sends what is due until ctx ends.
func (d *reportDesk) run(ctx context.Context) {
	for {
		d.round(ctx)
		if crawler.Sleep(ctx, deskTick) != nil {
			return
		}
	}
}

// round sends what is due now, to a few at a time: who is slow keeps few waiting.
func (d *reportDesk) round(ctx context.Context) {
	var g errgroup.Group
	g.SetLimit(deskHands)
	for _, to := range destinations(d.conf()) {
		g.Go(func() error {
			d.attend(ctx, &to)
			return nil
		})
	}
	g.Wait()
}

// attend sends a destination its report, if that is due.
func (d *reportDesk) attend(ctx context.Context, to *destination) {
	if ctx.Err() != nil {
		return
	}
	due, err := d.due(ctx, to)
	if err != nil && ctx.Err() == nil {
		d.c.log.Error("can't tell whether a report is due", "report", to.report.Name, "to", to.String(), "error", err)
	}
	if err != nil || !due {
		return
	}
	out := d.c.send(ctx, d.store, to, d.now(), d.back)
	if ctx.Err() != nil {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.failed == nil {
		d.failed = map[string]missed{}
	}
	key := to.cursor()
	f := d.failed[key]
	switch {
	case out.err == nil && f.times > 0:
		d.c.log.Info("a report arrives again", "report", out.Report, "to", out.To)
		delete(d.failed, key)
	case out.err != nil:
		f.times++
		pause := min(failedPause<<min(f.times-1, 10), failedLonger)
		f.again = d.now().Add(pause)
		d.failed[key] = f
		d.c.log.Error("a report could not be sent; nothing of it is lost, and it is tried again", "report", out.Report, "to", out.To, "error", out.err, "again_in", pause.String(), "times", f.times)
	}
	d.tell(out)
}

// failing tells until when a destination is left alone that failed.
func (d *reportDesk) failing(key string) time.Time {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.failed[key].again
}

// due tells whether a destination is to get its report now. One that is new
// begins here: the first report comes at its time, and tells of what came since.
func (d *reportDesk) due(ctx context.Context, to *destination) (bool, error) {
	now := d.now()
	if now.Before(d.failing(to.cursor())) {
		return false, nil
	}
	hours, err := crawler.ParseHours(to.report.Quiet)
	if err != nil {
		return false, err
	}
	if _, quiet := hours.Until(now.In(to.conf.reportZone(to.report))); quiet {
		return false, nil
	}
	cursor, err := report.ReadCursor(d.store, to.cursor())
	if err != nil {
		return false, err
	}
	if cursor.Told.IsZero() {
		return false, cursor.Begin(ctx, d.store, now)
	}
	next, err := to.next(cursor.Told)
	return err == nil && !next.After(now), err
}

// next is when a report is due that was sent last at a time.
func (to *destination) next(last time.Time) (time.Time, error) {
	plan, err := schedules.Parse(to.conf.reportSchedule(to.report))
	if err != nil {
		return time.Time{}, err
	}
	if plan.Every > 0 {
		return last.Add(plan.Every), nil
	}
	return plan.Next(last), nil
}
