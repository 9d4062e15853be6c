package main

import (
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"pressmark/archive"
)

func (c *cli) runsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "runs",
		Short: "List the crawls, and why pages were left out",
	}
	var f filter
	ls := &cobra.Command{
		Use:   "ls",
		Short: "List the crawls, newest first",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.reading(func(store *archive.Store) error { return c.runs(cmd, store, f) })
		},
	}
	f.flags(ls)
	show := &cobra.Command{
		Use:   "show [N]",
		Short: "Show one crawl: what came of each page that gave no version, and why",
		Long:  "Show one crawl (the last one when N is left out): its counts, and each page that gave no version, with the reason.",
		Args:  cobra.MaximumNArgs(1),
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
	zone := c.zone()
	af, err := f.archive(zone)
	if err != nil {
		return err
	}
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
		took := "interrupted, or still at work"
		if !r.Ended.IsZero() {
			took = span(r.Ended.Sub(r.Started))
		}
		fmt.Fprintf(c.out, "%s  %s  %s  %s  %s\n", c.out.style(yellow, fmt.Sprintf("%4d", r.ID)), clock(r.Started, zone), pad(r.Cause, 9), r.Schedule, took)
		for _, s := range r.Sites {
			fmt.Fprintf(c.out, "      %s  %s\n", pad(fit(s.Site, 24), 24), counts(s))
		}
	}
	if n == 0 {
		c.say("no crawls yet")
	}
	return nil
}

// runOfArg finds the run that is named, or the last one.
func runOfArg(cmd *cobra.Command, store *archive.Store, args []string) (archive.Run, error) {
	if len(args) == 1 {
		n, err := strconv.ParseUint(args[0], 10, 64)
		if err != nil {
			return archive.Run{}, usage(fmt.Errorf("%q is no run's number", args[0]))
		}
		return store.Run(archive.RunID(n))
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
}

func (c *cli) showRun(cmd *cobra.Command, store *archive.Store, r archive.Run) error {
	zone := c.zone()
	if c.json {
		if err := object(c.out, runOf(r)); err != nil {
			return err
		}
	} else {
		ended := "interrupted, or still at work"
		if !r.Ended.IsZero() {
			ended = r.Ended.In(zone).Format(time.TimeOnly)
		}
		fmt.Fprintf(c.out, "run %d  %s %s  %s to %s\n", r.ID, r.Cause, r.Schedule, clock(r.Started, zone), ended)
		for _, s := range r.Sites {
			fmt.Fprintf(c.out, "%s  %s  %s\n", c.out.style(bold, pad(fit(s.Site, 24), 24)), counts(s), count(s.Requests, "request"))
			if why := trouble(s); why != "" {
				fmt.Fprintf(c.out, "%s  %s\n", pad("", 24), c.out.style(red, why))
			}
		}
	}
	put := func(m missObject) error {
		if c.json {
			return object(c.out, m)
		}
		status := "   "
		if m.Status > 0 {
			status = fmt.Sprint(m.Status)
		}
		_, err := fmt.Fprintf(c.out, "  %s  %s  %s  %s\n", pad(m.Outcome, 10), status, m.URL, c.out.style(faint, line(m.Why)))
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
		if err := put(missObject{r.ID, head.URL, x.Status, string(x.Outcome), x.Why}); err != nil {
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
	return nil
}
