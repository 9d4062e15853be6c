package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"pressmark/archive"
	"pressmark/schedules"
)

// A slotObject is a fire to come as JSON.
type slotObject struct {
	Name    string    `json:"name"`
	Planned time.Time `json:"planned"`
	Due     time.Time `json:"due"`
	Zone    string    `json:"zone"`
	Jitter  string    `json:"jitter,omitempty"`
	Note    string    `json:"note,omitempty"`
	Quiet   time.Time `json:"quiet_until,omitzero"`
	Paused  bool      `json:"paused,omitempty"`
}

func (c *cli) scheduleNext(ctx context.Context, args []string, from string, n int) error {
	conf, err := c.configuration()
	if err != nil {
		return err
	}
	if n < 1 || n > 1000 {
		return usage(fmt.Errorf("--count %d is not between 1 and 1000", n))
	}
	plans, err := plansOf(conf)
	if err != nil {
		return err
	}
	if plans, err = chosen(conf, plans, args); err != nil {
		return err
	}
	pauses, err := c.pauses(conf)
	if err != nil {
		return err
	}
	if len(plans) == 0 {
		c.say("no schedules: pressmark add URL adds a site with one")
	}
	after := time.Now()
	if from != "" {
		if after, err = parseTime(from, after.In(conf.zone)); err != nil {
			return usage(fmt.Errorf("--from: %w", err))
		}
	}
	show := func(last map[string]time.Time) error {
		for _, p := range plans {
			pause := pauses[p.Name]
			if _, ok := pauses[p.Name]; !ok {
				pause.Until = after
			}
			for _, s := range p.Upcoming(p.From(last[p.Name], after), n) {
				if err := c.printSlot(conf, p, s, pause); err != nil {
					return err
				}
			}
		}
		return nil
	}
	if from != "" || !anyEvery(plans) {
		return show(nil)
	}
	read := func(store *archive.Store) error {
		last, err := lastFires(ctx, store, plans)
		if err != nil {
			return err
		}
		return show(last)
	}
	if err := c.with(c.folderOf(conf), forReading, "", read); !errors.Is(err, archive.ErrNotFound) {
		return err
	}
	return show(nil)
}

func anyEvery(plans []*schedules.Plan) bool {
	for _, p := range plans {
		if p.Every > 0 {
			return true
		}
	}
	return false
}

// lastFires are the last fires of those schedules that are counted from them.
func lastFires(ctx context.Context, store *archive.Store, plans []*schedules.Plan) (map[string]time.Time, error) {
	want := map[string]time.Duration{}
	for _, p := range plans {
		if p.Every > 0 {
			want[p.Name] = p.Every
		}
	}
	last := map[string]time.Time{}
	for r, err := range store.Runs(ctx, archive.Filter{Newest: true}) {
		if err != nil {
			return nil, fmt.Errorf("read the history of the schedules: %w", err)
		}
		if len(want) == 0 || time.Since(began(r)) > lookBack {
			break
		}
		if _, ok := want[r.Schedule]; ok {
			last[r.Schedule] = r.Planned
			delete(want, r.Schedule)
		}
	}
	return last, nil
}

func (c *cli) printSlot(conf *config, p *schedules.Plan, s schedules.Slot, pause schedules.Pause) error {
	paused := pause.Holds(s.Due)
	quiet := conf.quietAt(p.Name, s.Due)
	if c.json {
		until := quiet
		if !quiet.IsZero() {
			until = quiet.UTC()
		}
		return object(c.out, slotObject{p.Name, s.Planned.UTC(), s.Due.UTC(), s.Planned.Location().String(), ifAny(s.Shift), s.Note, until, paused})
	}
	row := pad(fit(line(p.Name), 28), 28) + "  " + s.Due.Format("Mon 2006-01-02 15:04:05 MST")
	if zone := s.Planned.Location(); zone.String() != conf.zone.String() {
		row += "  " + zone.String()
	}
	if s.Shift > 0 {
		row += "  " + c.out.style(faint, fmt.Sprintf("%s + jitter %s", s.Planned.Format("15:04"), duration(s.Shift)))
	}
	if s.Note != "" {
		row += "  " + c.out.style(yellow, s.Note)
	}
	if !quiet.IsZero() {
		row += "  " + c.out.style(yellow, "asks for nothing: quiet hours until "+quiet.Format("15:04 MST"))
	}
	if paused {
		row += "  " + c.out.style(yellow, "left out: "+shownPause(pause, conf.zone))
	}
	_, err := fmt.Fprintln(c.out, row)
	return err
}
