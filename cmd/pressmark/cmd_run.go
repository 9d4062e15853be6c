package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"pressmark/archive"
	"pressmark/archive/report"
	"pressmark/crawler"
	"pressmark/schedules"
)

func (c *cli) runCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "run",
		Short: "Crawl on schedule until stopped",
		Long: `Crawl every site of the configuration on its schedule until Ctrl-C, and print each crawl
and each change worth reading as it comes.

A crawl that was missed while pressmark did not run is made up for once, if it is not too
long ago (catch_up). A site whose last crawl is still going is not crawled twice.

When the disk is full the crawls pause, nothing that was kept is lost, and they go on by
themselves when there is room again.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			conf, err := c.configuration()
			if err != nil {
				return err
			}
			if len(conf.sites()) == 0 {
				return hint(errors.New("there are no sites to crawl"), "pressmark add https://www.example.org/ adds one")
			}
			return c.run(cmd.Context(), conf)
		},
	}
}

// run is the daemon.
func (c *cli) run(ctx context.Context, conf *config) (err error) {
	plans, err := plansOf(conf)
	if err != nil {
		return err
	}
	var mu sync.Mutex // lines of several crawls don't mix
	print := func(do func() error) {
		mu.Lock()
		defer mu.Unlock()
		if c.out.err != nil {
			return
		}
		if err := do(); err != nil { // what is crawled is kept, whether anybody reads of it or not
			c.log.Error("can't print what is crawled; the crawling goes on", "error", err)
		}
	}
	space := &room{log: c.log, done: ctx.Done()}
	s, err := c.session(conf, sessionOptions{holder: "run", daemon: true, room: space, seen: func(_ archive.Sighting, ch *archive.Change) {
		if ch == nil || ch.Diff.Grade < 2 {
			return
		}
		print(func() error {
			if c.json {
				return object(c.out, struct {
					Type string `json:"type"`
					report.Card
				}{"change", report.CardOf(*ch)})
			}
			return report.TextCard(c.out, report.CardOf(*ch), conf.zone, c.styles())
		})
	}})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	if err := space.insist(func() error {
		_, err := s.ingest.Run(ctx)
		return err
	}); err != nil {
		return err
	}
	names := make([]string, len(plans))
	for i, p := range plans {
		names[i] = p.Name
	}
	h, err := newHistory(ctx, s.store, s.now, space, names)
	if err != nil {
		return err
	}
	sites := map[string]crawler.Site{}
	for _, x := range conf.sites() {
		sites[x.Name] = x
	}
	runner, err := schedules.New(c.log, plans, h, func(ctx context.Context, f schedules.Fire) error {
		run, err := h.run(f)
		if err != nil {
			return err
		}
		var list []crawler.Site
		for _, name := range f.Sites {
			list = append(list, sites[name])
		}
		end, err := s.wait(ctx, "schedule "+f.Schedule, list) // somebody may crawl it by hand
		if err != nil {
			return err
		}
		defer end()
		run, err = s.round(ctx, run, list, crawler.Due)
		if err != nil {
			return err
		}
		print(func() error { return c.printFire(run, conf.zone) })
		return nil
	}, schedules.Options{})
	if err != nil {
		return err
	}
	c.say("crawling %s on schedule   (Ctrl-C ends)", count(len(sites), "site"))
	for _, p := range plans {
		next := time.Now()
		if last, ok, err := h.Last(ctx, p.Name); err != nil {
			return err
		} else if ok || p.Every == 0 {
			next = p.Next(latest(last.Planned, time.Now(), p.Every))
		}
		c.say("  %s next %s", pad(fit(p.Name, 28), 28), clock(next, conf.zone))
	}
	return runner.Run(ctx)
}

// latest is where the next fire is counted from: the last plan of an interval,
// now for a cron line.
func latest(planned, now time.Time, every time.Duration) time.Time {
	if every > 0 && planned.Add(every).After(now) {
		return planned
	}
	return now
}

// printFire tells in a line a site what a scheduled crawl came to.
func (c *cli) printFire(run archive.Run, zone *time.Location) error {
	for _, n := range run.Sites {
		var err error
		if c.json {
			err = object(c.out, struct {
				Type string        `json:"type"`
				Run  archive.RunID `json:"run"`
				siteObject
				Trouble string `json:"trouble,omitempty"`
			}{"crawl", run.ID, runOf(archive.Run{Sites: []archive.SiteRun{n}}).Sites[0], trouble(n)})
		} else {
			text := counts(n)
			switch why := trouble(n); {
			case why != "":
				text += "  " + c.out.style(red, line(why))
			case n.Note != "":
				text += "  " + c.out.style(faint, line(n.Note))
			}
			_, err = fmt.Fprintf(c.out, "%s  %s  %s\n", run.Started.In(zone).Format("Mon 15:04:05"), pad(fit(n.Site, 24), 24), text)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
