package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"pressmark/archive"
	"pressmark/schedules"
)

func (c *cli) scheduleCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "schedule",
		Short: "List the schedules, their next and their past fires; pause and resume them",
		Long: `Each site of the configuration has a schedule, named as the site. pressmark run
crawls by them.

  sites:
    - url: https://www.example.org/
      every: 15m               counted from the last crawl, over restarts; or
      cron: "30 6 * * MON-FRI" minute, hour, day, month, weekday; or @hourly,
                               @daily, @weekly, @monthly, @yearly
      timezone: Europe/Berlin  of cron; else the file's, else the machine's
      jitter: 10m              crawled later by a part of this, always the same
      overlap: skip            when its last crawl is still going: skip this one,
                               queue-one (one waits for its end) or cancel the last
      max_run: 1h              a crawl that takes longer is cancelled
      catch_up: 6h             a crawl that was missed while pressmark did not run
                               is made up for, once, if it is not older

Summer time: a cron line whose hour is skipped runs at the moment of the change,
one whose hour comes twice runs once, the first time; one for every hour of the
day runs in both. What was skipped, cancelled or missed stands in schedule
history, with the reason. pressmark run reads the configuration again on SIGHUP.`,
		Example: "  pressmark schedule next gazette -n 10\n  pressmark schedule history gazette --limit 5",
	}
	var n int
	var from string
	next := &cobra.Command{
		Use:   "next [NAME]",
		Short: "Show when the schedules fire next, with zone, jitter and clock changes",
		Long: `Show when the schedules fire next, each in its zone; by how much its jitter makes
it later; and what a change to summer time or back does to it: none is skipped
and none comes twice.

An interval (every) is counted from the last crawl on schedule, if the archive
has one, and from now otherwise; with --from it is counted from that time.`,
		Example: "  pressmark schedule next -n 10\n  pressmark schedule next gazette --from 2026-03-28",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.scheduleNext(cmd.Context(), args, from, n)
		},
	}
	next.Flags().IntVarP(&n, "count", "n", 3, "`N` fires of each schedule")
	next.Flags().StringVar(&from, "from", "", "after this `TIME`; default: now")
	var limit int
	past := &cobra.Command{
		Use:   "history [NAME]",
		Short: "Show what became of past fires, newest first",
		Long: `Show what became of past fires, newest first: when it was planned, why it came
(cron, every, catch-up), how it ended and why, the run that runs show takes, and
what was found on the site.

Skipped is what fell due while the crawl before it was still going, or in a
pause; missed, what nobody was there for, too long ago to be made up for;
overran, what took longer than max_run. A row may stand for others before it,
and says for how many.`,
		Example: "  pressmark schedule history gazette --limit 5",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.reading(func(store *archive.Store) error { return c.scheduleHistory(cmd, store, args, limit) })
		},
	}
	past.Flags().IntVar(&limit, "limit", 20, "at most `N`; 0 is all")
	cmd.AddCommand(&cobra.Command{
		Use:   "ls",
		Short: "List the schedules",
		Long:  "List the schedules: the site, when it is crawled, and how: jitter, overlap, limits, and whether it is paused.",
		Args:  cobra.NoArgs,
		RunE:  func(*cobra.Command, []string) error { return c.scheduleList() },
	}, next, past, c.pauseCommand("schedule"), c.resumeCommand("schedule"))
	return cmd
}

// A scheduleObject is a schedule as JSON.
type scheduleObject struct {
	Name    string    `json:"name"`
	Cron    string    `json:"cron,omitempty"`
	Every   string    `json:"every,omitempty"`
	Zone    string    `json:"zone,omitempty"`
	Jitter  string    `json:"jitter,omitempty"`
	Overlap string    `json:"overlap"`
	MaxRun  string    `json:"max_run,omitempty"`
	CatchUp string    `json:"catch_up"`
	Paused  bool      `json:"paused"`
	Why     string    `json:"why,omitempty"`
	Sites   []string  `json:"sites"`
	Next    time.Time `json:"next,omitzero"` // of cron, while it is not paused
}

func (c *cli) scheduleList() error {
	conf, err := c.configuration()
	if err != nil {
		return err
	}
	plans, err := plansOf(conf)
	if err != nil {
		return err
	}
	pauses, err := c.pauses(conf)
	if err != nil {
		return err
	}
	for _, p := range plans {
		pause, paused := pauses[p.Name]
		paused = paused && pause.Holds(time.Now())
		if c.json {
			o := scheduleObject{
				Name: p.Name, Cron: p.Cron, Zone: p.Zone, Overlap: p.Overlap, CatchUp: duration(max(0, p.CatchUp)).String(), Sites: p.Sites,
				Every: ifAny(p.Every), Jitter: ifAny(p.Jitter), MaxRun: ifAny(p.MaxRun), Paused: paused, Why: whyPaused(pause, paused),
			}
			if !paused && p.Every == 0 {
				o.Next = p.Due(p.Next(time.Now())).UTC()
			}
			err = object(c.out, o)
		} else {
			how := terms(p)
			if paused {
				how = c.out.style(yellow, shownPause(pause, conf.zone))
			}
			_, err = fmt.Fprintf(c.out, "%s  %s  %s\n", pad(fit(line(p.Name), 28), 28), pad(when(p), 30), how)
		}
		if err != nil {
			return err
		}
	}
	if len(plans) == 0 {
		c.say("no schedules: pressmark add URL adds a site with one")
	}
	return nil
}

// ifAny is a duration in words, "" for none.
func ifAny(d time.Duration) string {
	if d == 0 {
		return ""
	}
	return duration(d).String()
}

// terms are what a schedule says beside its times, where that is not the default.
func terms(p *schedules.Plan) string {
	var list []string
	if p.Jitter > 0 {
		list = append(list, "jitter "+duration(p.Jitter).String())
	}
	if p.Overlap != schedules.Skip {
		list = append(list, "overlap "+p.Overlap)
	}
	if p.MaxRun > 0 {
		list = append(list, "at most "+duration(p.MaxRun).String())
	}
	if p.CatchUp > 0 {
		list = append(list, "makes up for a missed crawl within "+duration(p.CatchUp).String())
	} else {
		list = append(list, "makes up for no missed crawl")
	}
	return strings.Join(list, ", ")
}

func when(p *schedules.Plan) string {
	if p.Every > 0 {
		return "every " + duration(p.Every).String()
	}
	if p.Zone != "" && !strings.Contains(p.Cron, "TZ=") {
		return p.Cron + "  " + p.Zone
	}
	return p.Cron
}

// chosen keeps the plan that is named, or all.
func chosen(conf *config, plans []*schedules.Plan, args []string) ([]*schedules.Plan, error) {
	if len(args) == 0 {
		return plans, nil
	}
	s, err := conf.find(args[0])
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(plans, func(p *schedules.Plan) bool { return p.Name != s.name() }), nil
}
