package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/spf13/cobra"

	"pressmark/archive"
	"pressmark/archive/report"
	"pressmark/crawler"
	"pressmark/crawler/newsroom"
	"pressmark/schedules"
)

func (c *cli) demoCommand() *cobra.Command {
	var dir string
	var noServe bool
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "See it work: a small newsroom on this machine, no network needed",
		Long: `Start a small invented newsroom on loopback, crawl it on a cron schedule through a virtual
week, and tell what happened: which articles came, what was changed and whether the paper
said so, which texts ran in several papers, which cookie notices were thrown away.

The archive and a report stay in ./pressmark-demo, for every other command to try.
Then it stays up: edit an article by hand on the page it names, and watch it being caught.`,
		Example: "  pressmark demo\n  pressmark demo --no-serve",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.demo(cmd.Context(), dir, !noServe)
		},
	}
	cmd.Flags().StringVar(&dir, "dir", "pressmark-demo", "where to put the archive and the report")
	cmd.Flags().BoolVar(&noServe, "no-serve", false, "end after the week, for scripts")
	return cmd
}

// A virtualClock is the demo's: it moves when somebody sleeps on it.
type virtualClock struct {
	mu  sync.Mutex
	at  time.Time
	end time.Time
}

var errWeekOver = errors.New("the virtual week is over")

func (v *virtualClock) now() time.Time {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.at
}

// sleep moves the clock, up to the end of the week.
func (v *virtualClock) sleep(ctx context.Context, d time.Duration) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.at = v.at.Add(d); !v.at.Before(v.end) {
		v.at = v.end
		return errWeekOver
	}
	return nil
}

// set moves the clock to a time, for the hours after the week.
func (v *virtualClock) set(t time.Time) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.at = t
}

// openEnd lets the clock go on after the week.
func (v *virtualClock) openEnd() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.end = v.end.AddDate(100, 0, 0)
}

// A demo is the newsroom, its clock, and the folder that stays.
type demo struct {
	*cli
	dir   string
	clock *virtualClock
	room  *newsroom.Room
	conf  *config

	crawls int
	runs   []archive.Run
	stays  atomic.Bool // the week is over: changes are told as they are caught
}

func (c *cli) demo(ctx context.Context, dir string, serve bool) (err error) {
	d := &demo{cli: c, dir: dir, clock: &virtualClock{at: newsroom.Start, end: newsroom.End}}
	if err := d.prepare(); err != nil {
		return err
	}
	if d.room, err = newsroom.New(newsroom.Options{Now: d.clock.now, Log: c.log}); err != nil {
		return err
	}
	if err := d.room.Start(ctx); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.room.Close()) }()
	if err := d.configure(); err != nil {
		return err
	}
	if err := d.printPapers(); err != nil {
		return err
	}
	s, err := d.session()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	if err := d.week(ctx, s); err != nil {
		return err
	}
	if err := d.conclude(ctx, s, serve); err != nil || !serve {
		return err
	}
	return d.stay(ctx, s)
}

// prepare makes the folder, and empties it when it is an earlier demo's.
func (d *demo) prepare() error {
	list, err := os.ReadDir(d.dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return fmt.Errorf("demo: %w", err)
	case len(list) > 0:
		if _, err := os.Stat(filepath.Join(d.dir, demoMark)); err != nil {
			return hint(fmt.Errorf("demo: %s is not empty, and no demo made it", d.dir), "name another folder with --dir")
		}
		if err := d.idle(); err != nil {
			return err
		}
		for _, name := range []string{"archive", "report.html", configName} {
			if err := os.RemoveAll(filepath.Join(d.dir, name)); err != nil {
				return fmt.Errorf("demo: %w", err)
			}
		}
	}
	if err := os.MkdirAll(d.dir, 0o755); err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	return os.WriteFile(filepath.Join(d.dir, demoMark), []byte("made by pressmark demo, which may empty this folder\n"), 0o644)
}

// idle looks whether another demo is at work in the folder.
func (d *demo) idle() error {
	store, err := archive.Open(filepath.Join(d.dir, "archive"), archive.Options{Wait: lockWait})
	if errors.Is(err, archive.ErrInUse) {
		return hint(fmt.Errorf("demo: %w", err), "end it with Ctrl-C, or name another folder with --dir")
	}
	if err == nil {
		err = store.Close()
	} else {
		err = nil // whatever it is, it goes
	}
	return err
}

// demoMark is the file that says that a folder is the demo's.
const demoMark = ".pressmark-demo"

// configure writes the configuration that a person would write for these papers.
func (d *demo) configure() error {
	type site struct {
		URL  string `yaml:"url"`
		Name string `yaml:"name"`
		Cron string `yaml:"cron"`
	}
	var file struct {
		Archive  string `yaml:"archive"`
		Timezone string `yaml:"timezone"`
		Crawl    struct {
			Delay           string `yaml:"delay"`
			Workers         int    `yaml:"workers"`
			PrivateNetworks string `yaml:"private_networks"`
		} `yaml:"crawl"`
		Sites []site `yaml:"sites"`
	}
	file.Archive, file.Timezone = "./archive", "UTC"
	file.Crawl.Delay, file.Crawl.Workers, file.Crawl.PrivateNetworks = "0s", 1, "allow"
	for _, p := range d.room.Papers() {
		file.Sites = append(file.Sites, site{p.URL, p.Name, newsroom.Cron})
	}
	b, err := yaml.Marshal(file)
	if err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	path := filepath.Join(d.dir, configName)
	if err := os.WriteFile(path, append([]byte("# The papers of pressmark demo; they are there while it runs.\n"), b...), 0o644); err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	d.conf, err = loadConfig(d.cli, path)
	return err
}

func (d *demo) session() (*session, error) {
	d.cli.archive = "" // the demo has its own
	return d.cli.session(d.conf, sessionOptions{
		holder: "demo", daemon: true, now: d.clock.now, sleep: d.clock.sleep, patience: -1,
		seen: func(_ archive.Sighting, ch *archive.Change) {
			if ch != nil && d.stays.Load() {
				d.printCaught(*ch)
			}
		},
	})
}

// week crawls the papers on their schedule until the virtual week is over.
func (d *demo) week(ctx context.Context, s *session) error {
	all := schedules.Schedule{Name: "demo", Cron: newsroom.Cron, Zone: "UTC"}
	for _, x := range d.conf.Sites {
		all.Sites = append(all.Sites, x.name())
	}
	plan, err := schedules.Parse(all)
	if err != nil {
		return err
	}
	h, err := newHistory(ctx, s.store, d.clock.now, nil, []string{plan.Name})
	if err != nil {
		return err
	}
	runner, err := schedules.New(d.log, []*schedules.Plan{plan}, h, func(ctx context.Context, f schedules.Fire) error {
		run, err := h.run(f)
		if err != nil {
			return err
		}
		if run, err = s.round(ctx, run, d.conf.sites(), crawler.All); err != nil {
			return err
		}
		d.runs = append(d.runs, run)
		return d.printCrawl(run)
	}, schedules.Options{Now: d.clock.now, Sleep: d.clock.sleep, Serial: true})
	if err != nil {
		return err
	}
	if err := runner.Run(ctx); !errors.Is(err, errWeekOver) {
		return err
	}
	return nil
}

// conclude tells what the week came to, and leaves the report.
func (d *demo) conclude(ctx context.Context, s *session, serve bool) error {
	path := filepath.Join(d.dir, "report.html")
	r, err := report.Build(ctx, s.store, report.Options{Title: "A week in the demo's newsroom", Until: newsroom.End, Program: program(), Now: d.clock.now()})
	if err != nil {
		return err
	}
	w, err := d.output(path)
	if err != nil {
		return err
	}
	if err := w.close(report.HTML(w, r, time.UTC)); err != nil {
		return err
	}
	return d.printWeek(r, path, serve)
}

// every is how often the papers are crawled after the week.
const every = 3 * time.Second

// stay keeps the newsroom open for edits by hand, and prints each as it is
// caught.
func (d *demo) stay(ctx context.Context, s *session) error {
	began := time.Now()
	d.stays.Store(true)
	d.clock.openEnd()
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		d.clock.set(newsroom.End.Add(time.Since(began)))
		if err := d.look(ctx, s); err != nil {
			if ctx.Err() != nil {
				return nil // Ctrl-C is how the demo ends
			}
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// look crawls the papers once.
func (d *demo) look(ctx context.Context, s *session) error {
	sites := d.conf.sites()
	end, err := s.wait(ctx, "pressmark demo", sites)
	if err != nil {
		return err
	}
	defer end()
	run, _, err := s.openRun(ctx, archive.Run{Cause: "demo"}, sites)
	if err != nil {
		return err
	}
	_, err = s.round(ctx, run, sites, crawler.All)
	return err
}
