package main

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"pressmark/archive"
	"pressmark/crawler/fetch"
)

func (c *cli) runsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "runs",
		Short: "List the crawls, and why pages were left out",
		Long: `A run is one crawl of one or more sites: by hand (crawl), by a schedule (run),
or of one page (crawl --url). The archive keeps what came of each.`,
		Example: "  pressmark runs ls --since yesterday\n  pressmark runs show",
	}
	var f filter
	ls := &cobra.Command{
		Use:   "ls",
		Short: "List the crawls, newest first",
		Long: `List the crawls, newest first: number, time, cause, schedule, how long it took,
and for each site what its pages turned out to be. The number is what runs show
takes.`,
		Example: "  pressmark runs ls --since 24h --site gazette",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.reading(func(store *archive.Store) error { return c.runs(cmd, store, f) })
		},
	}
	f.flags(ls)
	show := &cobra.Command{
		Use:   "show [N]",
		Short: "Show one crawl: what came of each page that gave no version, and why",
		Long: `Show one crawl (the last one when N is left out): its counts, and each page
that gave no version, with the reason: walled, gone, forbidden by robots.txt,
on another site, a name of a failure such as dns-no-such-host or tls-expired, with
what may help …

With --json the first line is the run, each line after it is a page.`,
		Example: "  pressmark runs show\n  pressmark runs show 12 --json | jq -r 'select(.outcome==\"wall\").url'",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.reading(func(store *archive.Store) error {
				run, err := runOfArg(cmd, store, args)
				if err != nil {
					return err
				}
				return c.showRun(cmd, store, run)
			})
		},
	}
	cmd.AddCommand(ls, show)
	return cmd
}

func (c *cli) runs(cmd *cobra.Command, store *archive.Store, f filter) error {
	af, err := f.archive(cmd.Context(), c, store)
	if err != nil {
		return err
	}
	zone := c.zone()
	af.Newest = true
	n := 0
	for r, err := range store.Runs(cmd.Context(), af) {
		if err != nil {
			return err
		}
		n++
		if c.json {
			if err := object(c.out, runOf(r)); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintf(c.out, "%s  %s  %s\n", c.out.style(yellow, fmt.Sprintf("%4d", r.ID)), clock(began(r), zone), about(r))
		for _, s := range r.Sites {
			fmt.Fprintf(c.out, "      %s  %s\n", pad(fit(line(s.Site), 24), 24), strings.TrimRight(counts(s), " "))
			if why := trouble(s); why != "" {
				fmt.Fprintf(c.out, "      %s  %s\n", pad("", 24), c.out.style(red, line(why)))
			}
		}
	}
	if n == 0 {
		c.say("no crawls%s", f.because(" yet: pressmark crawl makes one"))
	}
	return nil
}

// about says why a run was made and how it ended: "cron demo, took 12 s".
func about(r archive.Run) string {
	s := r.Cause
	if r.Schedule != "" {
		s += " " + line(r.Schedule)
	}
	if how := state(r); how != "" {
		s += ", " + line(how)
	}
	if !r.Ended.IsZero() && !r.Started.IsZero() {
		s += ", took " + span(r.Ended.Sub(r.Started))
	}
	return s
}

// runOfArg finds the run that is named, or the last one.
func runOfArg(cmd *cobra.Command, store *archive.Store, args []string) (archive.Run, error) {
	if len(args) == 1 {
		n, err := strconv.ParseUint(args[0], 10, 64)
		if err != nil {
			return archive.Run{}, usage(hint(fmt.Errorf("%q is no run's number", args[0]), "pressmark runs ls lists the runs with theirs"))
		}
		r, err := store.Run(archive.RunID(n))
		if errors.Is(err, archive.ErrNoSuch) {
			err = hint(err, "pressmark runs ls lists the runs with their numbers")
		}
		return r, err
	}
	for r, err := range store.Runs(cmd.Context(), archive.Filter{Newest: true, Limit: 1}) {
		return r, err
	}
	return archive.Run{}, hint(errors.New("no crawls yet"), "pressmark crawl makes one")
}

// A missObject is a page of a run that gave no version.
type missObject struct {
	Run     archive.RunID `json:"run"`
	URL     string        `json:"url"`
	Status  int           `json:"status,omitempty"`
	Outcome string        `json:"outcome"`
	Why     string        `json:"why"`
	Hint    string        `json:"hint,omitempty"` // what may help
}

func (c *cli) showRun(cmd *cobra.Command, store *archive.Store, r archive.Run) error {
	zone := c.zone()
	if c.json {
		if err := object(c.out, runOf(r)); err != nil {
			return err
		}
	} else {
		fmt.Fprintf(c.out, "run %d  %s  %s\n", r.ID, clock(began(r), zone), about(r))
		for _, s := range r.Sites {
			fmt.Fprintf(c.out, "%s  %s\n", c.out.style(bold, pad(fit(line(s.Site), 24), 24)), strings.TrimRight(counts(s), " ")+"  "+cost(s))
			if why := trouble(s); why != "" {
				fmt.Fprintf(c.out, "%s  %s\n", pad("", 24), c.out.style(red, line(why)))
			}
			for _, remark := range remarks(s, 0) {
				fmt.Fprintf(c.out, "%s  %s\n", pad("", 24), c.out.style(faint, line(remark)))
			}
		}
	}
	hints := map[string]string{} // by reason, each told once
	put := func(m missObject) error {
		if m.Hint = fetch.Hint(m.Outcome); m.Hint != "" {
			hints[m.Outcome] = m.Hint
		}
		if c.json {
			return object(c.out, m)
		}
		status := "   "
		if m.Status > 0 {
			status = fmt.Sprint(m.Status)
		}
		_, err := fmt.Fprintf(c.out, "  %s  %s  %s  %s\n", pad(m.Outcome, 22), status, line(m.URL), c.out.style(faint, line(m.Why)))
		return err
	}
	for x, err := range store.SightingsOfRun(cmd.Context(), r.ID) {
		if err != nil {
			return err
		}
		if x.Version > 0 {
			continue
		}
		head, err := store.CaptureHead(x.Seq)
		if err != nil {
			return err
		}
		if err := put(missObject{Run: r.ID, URL: head.URL, Status: x.Status, Outcome: string(x.Outcome), Why: x.Why}); err != nil {
			return err
		}
	}
	for _, s := range r.Sites {
		for _, m := range s.Misses {
			if err := put(missObject{Run: r.ID, URL: m.URL, Outcome: m.Reason, Why: m.Detail}); err != nil {
				return err
			}
		}
	}
	for _, reason := range slices.Sorted(maps.Keys(hints)) {
		if !c.json {
			fmt.Fprintf(c.out, "  → %s: %s\n", line(reason), line(hints[reason]))
		}
	}
	return c.out.err
}

// cost says in a line what a run on a site took.
func cost(n archive.SiteRun) string {
	s := "of " + count(n.Requests, "request")
	if n.Bytes > 0 {
		s += ", " + bytesOf(n.Bytes)
	}
	if n.Pace > 0 {
		s += ", " + apart(n.Pace.Seconds()) + " apart"
	}
	return s
}
