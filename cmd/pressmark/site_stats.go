package main

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"pressmark/archive"
	"pressmark/archive/report"
	"pressmark/crawler/fetch"
)

func (c *cli) siteStatsCommand() *cobra.Command {
	f := filter{}
	cmd := &cobra.Command{
		Use:   "stats [SITE]",
		Short: "Count what crawling a site took and brought, and what failed, by name",
		Long: `Count what the crawls of a site (of all, when none is named) took and brought since a
time, the last 7 days unless --since says otherwise:

  requests    and how many of the pages were answered "not modified" (304), which costs
              next to nothing; bytes as they came over the network; the pause kept
  versions    new articles, changed texts, and changes by grade; how soon after it was
              first seen an article was first changed (median)
  failed      what gave no usable answer, by reason, each with an example: dns, tls,
              timeout, unreachable, cut-off, too-large, bomb, encoding, protocol, refused,
              a status such as 503, feed and sitemap for lists that could not be read
  left out    what was not asked for, and lists that list nothing: robots, robots
              unreadable, scope, outside, redirect, budget, blocked (the server failed
              too often), pace, taken down
  walls       pages behind a consent wall or a challenge
  quiet       when the site has brought nothing new for longer than it ever does`,
		Example: "  pressmark site stats\n  pressmark site stats gazette --since 30d\n  pressmark site stats --json | jq 'select(.requests > 1000)'",
		Args:    cobra.MaximumNArgs(1),
	}
	cmd.Flags().StringVar(&f.since, "since", "7d", "only from this `TIME` on: 24h, 7d, yesterday, 2026-11-01, RFC 3339")
	cmd.Flags().StringVar(&f.until, "until", "", "only to this `TIME`")
	cmd.PreRunE = func(*cobra.Command, []string) error {
		_, err := f.span(time.Now())
		return err
	}
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if len(args) == 1 {
			f.site = args[0]
		}
		return c.reading(func(store *archive.Store) error {
			af, err := f.archive(cmd.Context(), c, store)
			if err != nil {
				return err
			}
			return c.siteStats(cmd.Context(), store, af)
		})
	}
	return cmd
}

// siteFigures are what a site's crawls took and brought in a time.
type siteFigures struct {
	Site        string                  `json:"site"`
	Since       time.Time               `json:"since"`
	Crawls      int                     `json:"crawls"`
	Requests    int                     `json:"requests"`
	Bytes       int64                   `json:"bytes"`
	Pages       int                     `json:"pages"`
	NotModified int                     `json:"not_modified"`
	Outcomes    map[archive.Outcome]int `json:"outcomes"`
	Changes     int                     `json:"changes"`
	Grades      [4]int                  `json:"changes_by_grade"`
	Stealth     int                     `json:"stealth"`
	Notices     int                     `json:"notices"`
	Pace        float64                 `json:"pace_seconds"` // the longest pause kept between two requests
	Failed      []mishap                `json:"failed"`
	Skipped     []mishap                `json:"skipped"`
	FirstEdit   float64                 `json:"median_seconds_to_first_edit,omitempty"`
	Edited      int                     `json:"first_edits"`
	LastRun     time.Time               `json:"last_run,omitzero"`
	LastSuccess time.Time               `json:"last_success,omitzero"`
	LastNew     time.Time               `json:"last_new,omitzero"`
	Trouble     string                  `json:"trouble,omitempty"` // of the last crawl
	Quiet       string                  `json:"quiet,omitempty"`

	edits []time.Duration
}

// A mishap is what went wrong, how often, and the latest example.
type mishap struct {
	Reason string    `json:"reason"`
	Count  int       `json:"count"`
	URL    string    `json:"url,omitempty"`
	At     time.Time `json:"at,omitzero"`
	Detail string    `json:"detail,omitempty"`
	Hint   string    `json:"hint,omitempty"` // what may help
}

func (c *cli) siteStats(ctx context.Context, store *archive.Store, f archive.Filter) error {
	figures, err := figuresOf(ctx, store, f)
	if err != nil {
		return err
	}
	rhythm, err := readRhythms(ctx, store, time.Now())
	if err != nil {
		return err
	}
	zone := c.zone()
	for _, s := range figures {
		r := rhythm.of(s.Site)
		s.LastRun, s.LastSuccess, s.LastNew = r.lastRun.UTC(), r.lastOK.UTC(), r.lastNew.UTC()
		s.Trouble = trouble(r.last)
		if q, is := r.quiet(zone); is {
			s.Quiet = q.String()
		}
		if err := c.printFigures(s, zone); err != nil {
			return err
		}
	}
	if len(figures) == 0 {
		c.say("no crawls in this time: pressmark runs ls lists all")
	}
	return nil
}

// figuresOf adds up the runs and changes that a filter takes, by site.
func figuresOf(ctx context.Context, store *archive.Store, f archive.Filter) ([]*siteFigures, error) {
	sites := map[string]*siteFigures{}
	f.Newest = true
	for run, err := range store.Runs(ctx, archive.Filter{Site: f.Site, Until: f.Until, Newest: true}) {
		if err != nil {
			return nil, err
		}
		if began(run).Before(f.Since) {
			break
		}
		for _, n := range run.Sites {
			if run.Started.IsZero() || f.Site != "" && n.Site != f.Site {
				continue
			}
			s := sites[n.Site]
			if s == nil {
				s = &siteFigures{Site: n.Site, Since: f.Since.UTC(), Outcomes: map[archive.Outcome]int{}, Failed: []mishap{}, Skipped: []mishap{}}
				sites[n.Site] = s
			}
			s.add(n, run.Started.UTC())
		}
	}
	patterns, err := report.FindPatterns(ctx, store, f.Site, f.Since, f.Until)
	if err != nil {
		return nil, err
	}
	for ch, err := range store.Changes(ctx, f) {
		if err != nil {
			return nil, err
		}
		ch, written := patterns.Written(ch)
		if s := sites[ch.Site]; s != nil && written { // else the site's template alone
			if err := s.changed(store, ch); err != nil {
				return nil, err
			}
		}
	}
	list := make([]*siteFigures, 0, len(sites))
	for _, s := range sites {
		if slices.Sort(s.edits); len(s.edits) > 0 {
			s.FirstEdit = s.edits[len(s.edits)/2].Seconds()
		}
		s.Edited = len(s.edits)
		for _, of := range [][]mishap{s.Failed, s.Skipped} {
			slices.SortFunc(of, func(a, b mishap) int {
				if a.Count != b.Count {
					return b.Count - a.Count
				}
				return strings.Compare(a.Reason, b.Reason)
			})
		}
		list = append(list, s)
	}
	slices.SortFunc(list, func(a, b *siteFigures) int { return strings.Compare(fold(a.Site), fold(b.Site)) })
	return list, nil
}

// add counts a run, older than those before.
func (s *siteFigures) add(n archive.SiteRun, at time.Time) {
	s.Crawls++
	s.Requests += n.Requests
	s.Bytes += n.Bytes
	s.Pages += n.Pages
	s.NotModified += n.NotModified
	s.Notices += n.Notices
	s.Pace = max(s.Pace, n.Pace.Seconds())
	for o, k := range n.Outcomes {
		s.Outcomes[o] += k
	}
	s.Failed = failures(s.Failed, n.Failed, n.Misses, at)
	s.Skipped = failures(s.Skipped, n.Skipped, n.Misses, at)
}

// failures adds a run's counts; the example is of the latest run that has one.
func failures(list []mishap, counts map[string]int, misses []archive.Miss, at time.Time) []mishap {
	for why, k := range counts {
		i := slices.IndexFunc(list, func(f mishap) bool { return f.Reason == why })
		if i < 0 {
			list = append(list, mishap{Reason: why, Hint: fetch.Hint(why)})
			i = len(list) - 1
		}
		list[i].Count += k
		if list[i].URL != "" {
			continue
		}
		for _, m := range misses {
			if m.Reason == why {
				list[i].URL, list[i].Detail, list[i].At = m.URL, m.Detail, at
				break
			}
		}
	}
	return list
}

// changed counts a change, and how soon it came if it is a page's first.
func (s *siteFigures) changed(store *archive.Store, ch archive.Change) error {
	s.Changes++
	if g := ch.Diff.Grade; g >= 0 && g < len(s.Grades) {
		s.Grades[g]++
	}
	if ch.Diff.Stealth {
		s.Stealth++
	}
	if ch.From.N != 1 || ch.To.N != 2 {
		return nil
	}
	return store.View(func(tx *archive.Tx) error {
		v, err := tx.Brief(ch.From)
		if err == nil {
			s.edits = append(s.edits, ch.Before.Sub(v.FirstSeen))
		}
		return err
	})
}
