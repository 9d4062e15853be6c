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
		Short: "List the schedules, their next and their past fires",
		Long: `Each site of the configuration has a schedule, named as the site: every (such
as 15m) or cron (five fields, in the site's timezone). pressmark run crawls by
them.`,
		Example: "  pressmark schedule next gazette --count 5",
	}
	var n int
	var from string
	next := &cobra.Command{
		Use:   "next [NAME]",
		Short: "Show when the schedules fire next, with zone and clock changes",
		Long: `Show when the schedules fire next. What a change to summer time or back does to
a cron line is said beside the fire: none is skipped and none comes twice.
Intervals (every) are counted from --from here, and from the last crawl when
pressmark run counts them.`,
		Example: "  pressmark schedule next --count 5\n  pressmark schedule next gazette --from 2026-03-28",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			return c.scheduleNext(args, from, n)
		},
	}
	next.Flags().IntVar(&n, "count", 3, "`N` fires of each schedule")
	next.Flags().StringVar(&from, "from", "now", "after this `TIME`")
	var limit int
	past := &cobra.Command{
		Use:   "history [NAME]",
		Short: "Show what became of past fires, newest first",
		Long: `Show what became of past fires, newest first: when it was planned, why it came
(cron, every, catch-up), how it ended, and the run that runs show takes.`,
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
		Long:  "List the schedules: the site, when it is crawled, and how long after a missed crawl one is made up for.",
		Args:  cobra.NoArgs,
		RunE:  func(*cobra.Command, []string) error { return c.scheduleList() },
	}, next, past)
	return cmd
}

// A scheduleObject is a schedule as JSON.
type scheduleObject struct {
	Name    string    `json:"name"`
	Cron    string    `json:"cron,omitempty"`
	Every   string    `json:"every,omitempty"`
	Zone    string    `json:"zone,omitempty"`
	CatchUp string    `json:"catch_up"`
	Sites   []string  `json:"sites"`
	Next    time.Time `json:"next"`
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
	for _, p := range plans {
		next := p.Next(time.Now())
		if c.json {
			o := scheduleObject{Name: p.Name, Cron: p.Cron, Zone: p.Zone, CatchUp: duration(p.CatchUp).String(), Sites: p.Sites, Next: next.UTC()}
			if p.Every > 0 {
				o.Every = duration(p.Every).String()
			}
			err = object(c.out, o)
		} else {
			_, err = fmt.Fprintf(c.out, "%s  %s  makes up for a missed crawl within %s\n", pad(fit(line(p.Name), 28), 28), pad(when(p), 30), duration(p.CatchUp))
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

func when(p *schedules.Plan) string {
	if p.Every > 0 {
		return "every " + duration(p.Every).String()
	}
	if p.Zone != "" {
		return p.Cron + "  " + p.Zone
	}
	return p.Cron
}

func (c *cli) scheduleNext(args []string, from string, n int) error {
	conf, err := c.configuration()
	if err != nil {
		return err
	}
	if n < 1 || n > 1000 {
		return usage(fmt.Errorf("--count %d is not between 1 and 1000", n))
	}
	after, err := parseTime(from, time.Now().In(conf.zone))
	if err != nil {
		return usage(fmt.Errorf("--from: %w", err))
	}
	plans, err := plansOf(conf)
	if err != nil {
		return err
	}
	if plans, err = chosen(conf, plans, args); err != nil {
		return err
	}
	if len(plans) == 0 {
		c.say("no schedules: pressmark add URL adds a site with one")
	}
	for _, p := range plans {
		for _, s := range p.Upcoming(after, n) {
			if c.json {
				err = object(c.out, struct {
					Name    string    `json:"name"`
					Planned time.Time `json:"planned"`
					Due     time.Time `json:"due"`
					Note    string    `json:"note,omitempty"`
				}{p.Name, s.Planned, s.Due, s.Note})
			} else {
				row := pad(fit(line(p.Name), 28), 28) + "  " + s.Due.Format("Mon 2006-01-02 15:04:05 MST")
				if s.Note != "" {
					row += "  " + c.out.style(yellow, s.Note)
				}
				_, err = fmt.Fprintln(c.out, row)
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
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

func (c *cli) scheduleHistory(cmd *cobra.Command, store *archive.Store, args []string, limit int) error {
	if limit < 0 {
		return usage(fmt.Errorf("--limit %d is negative", limit))
	}
	n := 0
	for r, err := range store.Runs(cmd.Context(), archive.Filter{Newest: true}) {
		if err != nil {
			return err
		}
		if r.Schedule == "" || len(args) == 1 && len(called([]string{r.Schedule}, args[0])) == 0 {
			continue
		}
		if c.json {
			err = object(c.out, struct {
				Schedule string    `json:"schedule"`
				Planned  time.Time `json:"planned"`
				Started  time.Time `json:"started,omitzero"`
				Ended    time.Time `json:"ended,omitzero"`
				Cause    string    `json:"cause"`
				Status   string    `json:"status"`
				Why      string    `json:"why,omitempty"`
				Run      uint64    `json:"run"`
			}{r.Schedule, r.Planned.UTC(), r.Started.UTC(), r.Ended.UTC(), r.Cause, r.Status, r.Why, uint64(r.ID)})
		} else {
			zone := c.zone()
			row := fmt.Sprintf("%s  planned %s  %s  %s  run %d  %s", pad(fit(line(r.Schedule), 24), 24), clock(r.Planned, zone), pad(r.Cause, 9), pad(r.Status, 11), r.ID, line(r.Why))
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
