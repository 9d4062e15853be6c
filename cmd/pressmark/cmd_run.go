package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"pressmark/archive"
	"pressmark/archive/report"
	"pressmark/crawler"
	"pressmark/schedules"
)

func (c *cli) runCommand() *cobra.Command {
	var metrics string
	cmd := &cobra.Command{
		Use:   "run",
		Short: "Crawl on schedule until stopped",
		Long: `Crawl every site of the configuration on its schedule until Ctrl-C, and print each crawl
and each change worth reading as it comes. A crawl that found nothing due is not printed
(but with -v): once all is done it says until when nothing is due.

A crawl that was missed while pressmark did not run is made up for once, if it is not too
long ago (catch_up). A site whose last crawl is still going is not crawled twice (overlap).
pressmark site pause stops the crawling of a site for a while.

On SIGHUP the configuration is read again, with its filter lists: sites come, go and change,
what is being crawled goes on. When the file is not valid the old one holds, and the faults
are told.

Where a feed names a hub (WebSub) and websub.url says under which address hubs reach this
machine, the hub is asked to tell of changes: a site is crawled as soon as one of its feeds
has changed, and the feed is asked for less often. site ls tells whose hub works.

Reports of the configuration are sent on their schedules: pressmark report send --help.

When the disk is full the crawls pause, nothing that was kept is lost, and they go on by
themselves when there is room again.

With --metrics, or metrics in the configuration, Prometheus can watch it: pressmark help
metrics tells what there is, and alerts worth having. A site that brings nothing new for
longer than it ever does is said to be quiet, in the log too.

` + logHelp,
		Example: "  pressmark run\n  pressmark run --metrics 127.0.0.1:9187 --log-file run.log --log-format json",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			conf, err := c.configuration()
			if err != nil {
				return err
			}
			if len(conf.sites()) == 0 {
				return hint(errors.New("there are no sites to crawl"), "pressmark add https://www.example.org/ adds one")
			}
			if bad := badAddress(metrics); bad != "" {
				return usage(errors.New("--metrics: " + bad))
			}
			return c.run(cmd.Context(), conf, metrics)
		},
	}
	cmd.Flags().StringVar(&metrics, "metrics", "", "serve Prometheus metrics at this `ADDRESS`, such as 127.0.0.1:9187")
	c.logFlags(cmd)
	return cmd
}

// run is the daemon.
func (c *cli) run(ctx context.Context, conf *config, metrics string) (err error) {
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
	who := &roster{c: c, conf: conf}
	space := &room{log: c.log, done: ctx.Done()}
	counts := newMeter()
	counts.know(conf)
	s, err := c.session(conf, sessionOptions{holder: "run", daemon: true, room: space, meter: counts, seen: func(_ archive.Sighting, ch *archive.Change) {
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
			return report.TextCard(c.out, report.CardOf(*ch), who.config().zone, c.styles())
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
	zone := func() *time.Location { return who.config().zone }
	watched, err := watchSites(ctx, s.store, s.now(), c.log, zone)
	if err != nil {
		return err
	}
	s.look(watched)
	h, err := newHistory(ctx, s.store, s.now, space, namesOf(plans))
	if err != nil {
		return err
	}
	h.fired = counts.fired
	paused := &pauseWatch{path: filepath.Join(c.folderOf(conf), pausesName), conf: who.config, log: func(err error) {
		c.log.Error("can't read which sites are paused; what was read before holds", "error", err)
	}}
	quiet := &calm{who: who, paused: paused.of}
	tell := func(run archive.Run) {
		news := quiet.news(run)
		if c.verbose > 0 {
			news = run
		}
		print(func() error { return c.printFire(news, watched, zone()) })
		if until, is, err := quiet.rests(ctx, run); err != nil {
			c.log.Error("can't find out what is due next", "error", err)
		} else if is {
			print(func() error { c.say("nothing is due until %s", until.In(zone()).Format("Mon 15:04 MST")); return nil })
		}
	}
	runner, err := schedules.New(c.log, plans, h, func(ctx context.Context, f schedules.Fire) error {
		run, err := h.run(f)
		if err != nil {
			return err
		}
		s, list, err := who.of(f.Sites)
		if err != nil {
			return err
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
		tell(run)
		return nil
	}, schedules.Options{Paused: paused.of})
	if err != nil {
		return err
	}
	who.session, who.history, who.runner = s, h, runner
	who.counts = counts
	who.page = newMetricsPage(c, counts, newGauges(s.engine, c.folderOf(conf), space, watched, who.config, paused), metrics)
	if err := who.page.serve(conf.Metrics); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, who.page.close()) }()
	watched.look(conf.sites())
	c.say("crawling %s on schedule   (Ctrl-C ends)", count(len(conf.sites()), "site"))
	for _, p := range plans {
		last, ok, err := h.Last(ctx, p.Name)
		if err != nil {
			return err
		}
		next := clock(p.Due(p.Next(p.From(last.Planned, time.Now()))), conf.zone)
		if !ok && p.Every > 0 {
			next = clock(p.Due(time.Now()), conf.zone)
		}
		if pause, ok := paused.of(p.Name); ok && pause.Holds(time.Now()) {
			next = shownPause(pause, conf.zone)
		}
		c.say("  %s next %s", pad(fit(p.Name, 28), 28), next)
	}
	running, stop := context.WithCancel(ctx)
	defer stop()
	who.hubs = &hubDesk{c: c, engine: s.engine, who: who, paused: paused.of, tell: tell}
	if err := who.hubs.settle(running, conf); err != nil {
		return err
	}
	defer func() {
		stop()
		err = errors.Join(err, who.hubs.close())
	}()
	var following sync.WaitGroup
	following.Go(func() {
		defer stop()
		who.follow(running)
	})
	desk := &reportDesk{c: c, store: s.store, conf: who.config, now: s.now, back: deliveryBackoff(), tell: func(out delivery) {
		counts.told(out)
		if out.err != nil || out.Messages > 0 {
			print(func() error { return c.printDelivery(out) })
		}
	}}
	following.Go(func() { desk.run(running) })
	following.Go(func() { keepCheckpoints(running, s.store, s.now, c.log) })
	defer following.Wait()
	defer stop()
	return runner.Run(running)
}

// printFire tells in a line a site what a scheduled crawl came to.
func (c *cli) printFire(run archive.Run, watched *watchedSites, zone *time.Location) error {
	for _, n := range run.Sites {
		var err error
		quiet := ""
		if q, is := watched.silence(n.Site); is {
			quiet = "quiet: " + q.String()
		}
		if c.json {
			err = object(c.out, struct {
				Type string        `json:"type"`
				Run  archive.RunID `json:"run"`
				siteObject
				Trouble string `json:"trouble,omitempty"`
				Quiet   string `json:"quiet,omitempty"`
			}{"crawl", run.ID, runOf(archive.Run{Sites: []archive.SiteRun{n}}).Sites[0], trouble(n), quiet})
		} else {
			text := counts(n)
			switch why := trouble(n); {
			case why != "":
				text += "  " + c.out.style(red, line(why))
			case quiet != "":
				text += "  " + c.out.style(yellow, line(quiet))
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
