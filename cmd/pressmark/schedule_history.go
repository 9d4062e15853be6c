package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"pressmark/archive"
)

func (c *cli) scheduleHistory(cmd *cobra.Command, store *archive.Store, args []string, limit int) error {
	if limit < 0 {
		return usage(fmt.Errorf("--limit %d is negative", limit))
	}
	if err := c.sayPaused(args); err != nil {
		return err
	}
	n := 0
	meant := c.meant(args)
	for r, err := range store.Runs(cmd.Context(), archive.Filter{Newest: true}) {
		if err != nil {
			return err
		}
		if r.Schedule == "" || !meant(r.Schedule) {
			continue
		}
		var found []siteObject
		counted := ""
		if !r.Started.IsZero() {
			found = runOf(r).Sites
			for _, s := range r.Sites {
				counted += "  " + strings.TrimSpace(counts(s))
			}
		}
		if c.json {
			err = object(c.out, struct {
				Schedule string       `json:"schedule"`
				Planned  time.Time    `json:"planned"`
				Started  time.Time    `json:"started,omitzero"`
				Ended    time.Time    `json:"ended,omitzero"`
				Cause    string       `json:"cause"`
				Status   string       `json:"status"`
				Why      string       `json:"why,omitempty"`
				Run      uint64       `json:"run"`
				Sites    []siteObject `json:"sites,omitempty"` // what came of those that began
			}{r.Schedule, r.Planned.UTC(), r.Started.UTC(), r.Ended.UTC(), r.Cause, r.Status, r.Why, uint64(r.ID), found})
		} else {
			zone := c.zone()
			row := fmt.Sprintf("%s  planned %s  %s  %s  run %d%s", pad(fit(line(r.Schedule), 24), 24), clock(r.Planned, zone), pad(r.Cause, 9), pad(r.Status, 11), r.ID, counted)
			if r.Why != "" {
				row += "  " + line(r.Why)
			}
			_, err = fmt.Fprintln(c.out, strings.TrimRight(row, " "))
		}
		if err != nil {
			return err
		}
		if n++; n == limit {
			break
		}
	}
	if n == 0 {
		if len(args) == 1 {
			c.say("no fire of a schedule %q is known; pressmark schedule ls lists the schedules", args[0])
		} else {
			c.say("no schedule has fired yet: pressmark run crawls on schedule")
		}
	}
	return nil
}

// sayPaused says which schedules are paused now: of what a pause leaves out the
// history gets its row when it is over.
func (c *cli) sayPaused(args []string) error {
	conf, err := c.configuration()
	if err != nil {
		return nil // a history can be read without one
	}
	pauses, err := c.pauses(conf)
	if err != nil {
		return err
	}
	meant := c.meant(args)
	for _, s := range conf.Sites {
		p, paused := pauses[s.name()]
		if !paused || !p.Holds(time.Now()) || !meant(s.name()) {
			continue
		}
		c.say("%s is %s", s.name(), shownPause(p, conf.zone))
	}
	return nil
}

// meant tells the schedules that are asked for: those of the configuration that
// are called so, else, as for a site of long ago, whatever may be meant.
func (c *cli) meant(args []string) func(schedule string) bool {
	if len(args) == 0 {
		return func(string) bool { return true }
	}
	var names []string
	if conf, err := c.configuration(); err == nil {
		for _, s := range conf.Sites {
			names = append(names, s.name())
		}
	}
	if names = called(names, args[0]); len(names) > 0 {
		return func(schedule string) bool { return slices.Contains(names, schedule) }
	}
	return func(schedule string) bool { return len(called([]string{schedule}, args[0])) > 0 }
}
