package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"pressmark/archive"
	"pressmark/schedules"
)

// A siteRow is a site of the configuration as JSON.
type siteRow struct {
	Name        string      `json:"name"`
	URL         string      `json:"url"`
	When        string      `json:"when"`
	Tags        []string    `json:"tags,omitempty"`
	Paused      bool        `json:"paused"`
	Why         string      `json:"why,omitempty"`
	LastRun     time.Time   `json:"last_run,omitzero"`
	LastSuccess time.Time   `json:"last_success,omitzero"`
	LastNew     time.Time   `json:"last_new,omitzero"`
	Trouble     string      `json:"trouble,omitempty"`
	Quiet       string      `json:"quiet,omitempty"`
	Hubs        []hubObject `json:"hubs,omitempty"`
}

func (c *cli) listSites(ctx context.Context, conf *config) error {
	pauses, err := c.pauses(conf)
	if err != nil {
		return err
	}
	if len(conf.Sites) == 0 {
		c.say("no sites yet: pressmark add https://www.example.org/")
		return nil
	}
	printed := false
	err = c.with(c.folderOf(conf), forReading, "", func(store *archive.Store) error {
		m, err := readRhythms(ctx, store, time.Now())
		if err != nil {
			return err
		}
		printed = true
		return c.printSites(conf, pauses, m)
	})
	var done answered
	if err == nil || printed || errors.As(err, &done) || ctx.Err() != nil {
		return err
	}
	if !errors.Is(err, archive.ErrNotFound) { // the list is the configuration's
		c.say("pressmark: how the sites go can't be told: %v", err)
	}
	return c.printSites(conf, pauses, rhythms{})
}

func (c *cli) printSites(conf *config, pauses map[string]schedules.Pause, m rhythms) error {
	hubs := c.hubs(conf)
	for _, s := range conf.Sites {
		row, end := siteRow{Name: s.name(), URL: s.URL, When: s.Cron, Tags: s.Tags}, ""
		if row.When == "" {
			row.When = "every " + s.Every.String()
		}
		row.Hubs = hubs[row.Name]
		pause, paused := pauses[row.Name]
		row.Paused = paused && pause.Holds(time.Now())
		r := m.of(row.Name)
		row.LastRun, row.LastSuccess, row.LastNew, row.Trouble = r.lastRun.UTC(), r.lastOK.UTC(), r.lastNew.UTC(), trouble(r.last)
		if q, is := r.quiet(conf.zone); is && !row.Paused {
			row.Quiet = q.String()
		}
		if row.Paused {
			row.When, row.Why, end = "paused", whyPaused(pause, true), "  "+c.out.style(yellow, shownPause(pause, conf.zone))
		}
		if c.json {
			if err := object(c.out, row); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintf(c.out, "%s  %s  %s%s\n", pad(fit(line(row.Name), 28), 28), pad(row.When, 18), line(s.URL), end)
		switch {
		case row.Trouble != "":
			fmt.Fprintf(c.out, "%s  %s\n", pad("", 28), c.out.style(red, line(row.Trouble)))
		case row.Quiet != "":
			fmt.Fprintf(c.out, "%s  %s\n", pad("", 28), c.out.style(yellow, line("quiet: "+row.Quiet)))
		}
		if note := hubNote(row.Hubs); note != "" {
			fmt.Fprintf(c.out, "%s  %s\n", pad("", 28), c.out.style(faint, line(note)))
		}
	}
	return c.out.err
}
