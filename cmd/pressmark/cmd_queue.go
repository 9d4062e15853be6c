package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"pressmark/archive"
	"pressmark/crawler/frontier"
	"pressmark/extract/urlkey"
)

func (c *cli) queueCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "queue",
		Short: "Show what is to be asked for, when and why; have it asked again",
		Long: `The queue is what the crawls know of: pages, and the feeds, sitemaps and sections
that name them. Each is due at a time of its own: young articles soon, old ones
rarely, what failed with growing pauses. A crawl asks for what is due by then.

The queue can be lost without harm: the crawls find the pages anew.`,
		Example: "  pressmark queue ls gazette --due\n  pressmark queue retry gazette --failed",
	}
	cmd.AddCommand(c.queueLsCommand(), c.queueRetryCommand(), c.queueForgetCommand())
	return cmd
}

// queueFilter says which items queue ls lists.
type queueFilter struct {
	kind, state, until string
	due                bool
	limit              int
}

// stateFailed is what --state takes beside the states of items.
const stateFailed = "failed"

func (c *cli) queueLsCommand() *cobra.Command {
	var f queueFilter
	cmd := &cobra.Command{
		Use:   "ls [SITE|URL]",
		Short: "List what is due when, and why",
		Long: `List what is to be asked for, in the order in which it falls due: when, what it
is, and why then. On top stand the servers that are left alone, until when and
why, and those that are being asked at this moment.

What is due waits for the next crawl of its site; schedule next tells when that
is. Of a URL it tells all that is known.

  live     is asked for again and again
  gone     answered 404 or 410; looked for a few more times
  retired  is never asked for again, unless something names it anew
  failed   gave no usable answer the last time, or a wall stood in its place`,
		Example: `  pressmark queue ls                            the next ones of all sites
  pressmark queue ls gazette --due              what its next crawl asks for
  pressmark queue ls --state failed --limit 0   all that failed, with reasons
  pressmark queue ls --kind feed --until 1h     feeds due within the hour
  pressmark queue ls https://www.example.org/a  one page
  pressmark queue ls --json | jq 'select(.failures > 3).url'`,
		Args: cobra.MaximumNArgs(1),
		PreRunE: func(*cobra.Command, []string) error {
			_, err := f.query(time.Now())
			return err
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.queueing(func(store *archive.Store, queue frontier.Frontier) error {
				return c.listQueue(cmd.Context(), store, queue, args, f)
			})
		},
	}
	fl := cmd.Flags()
	fl.StringVar(&f.kind, "kind", "", "only this `KIND`: page, feed, sitemap or section")
	fl.StringVar(&f.state, "state", "", "only in this `STATE`: live, gone, retired or failed")
	fl.BoolVar(&f.due, "due", false, "only what is due now")
	fl.StringVar(&f.until, "until", "", "only what is due by this `TIME`: 2h (from now), 2026-11-01, RFC 3339")
	fl.IntVar(&f.limit, "limit", 40, "at most `N`; 0 is all")
	return cmd
}

// query is the filter as the frontier takes it.
func (f queueFilter) query(now time.Time) (q frontier.Query, err error) {
	kinds := []string{"", frontier.Page, frontier.Feed, frontier.Sitemap, frontier.Section}
	states := []string{"", frontier.Live, frontier.Gone, frontier.Retired, stateFailed}
	switch {
	case f.limit < 0:
		return q, usage(fmt.Errorf("--limit %d is negative", f.limit))
	case !slices.Contains(kinds, f.kind):
		return q, usage(hint(fmt.Errorf("there is no kind %q", f.kind), "the kinds are page, feed, sitemap and section"))
	case !slices.Contains(states, f.state):
		return q, usage(hint(fmt.Errorf("there is no state %q", f.state), "the states are live, gone, retired and failed"))
	case f.due && f.until != "":
		return q, usage(errors.New("--due is --until now: write one of them"))
	case f.state == frontier.Retired && (f.due || f.until != ""):
		return q, usage(errors.New("what is retired is never due"))
	}
	q = frontier.Query{Kind: f.kind, Retired: f.state == frontier.Retired}
	if f.due {
		q.Until = now
	} else if d, err := parseDuration(f.until); err == nil && f.until != "" {
		q.Until = now.Add(d)
	} else if q.Until, err = parseTime(f.until, now); err != nil {
		return q, usage(fmt.Errorf("--until: %w", err))
	}
	return q, nil
}

// takes reports whether an item is in the state that is asked for.
func (f queueFilter) takes(it frontier.Item) bool {
	switch f.state {
	case "":
		return true
	case stateFailed:
		return failed(it)
	}
	return it.State == f.state
}

// failed reports whether the last request for an item gave nothing.
func failed(it frontier.Item) bool { return it.Failures > 0 || it.Walls > 0 }

// queueing opens the archive and its queue and calls do; beside another process
// with the queue that it has open.
func (c *cli) queueing(do func(*archive.Store, frontier.Frontier) error) error {
	dir, err := c.place()
	if err != nil {
		return err
	}
	return c.with(dir, forReading, "", func(store *archive.Store) (err error) {
		if c.host != nil {
			return do(store, c.host.engine.frontier)
		}
		if _, err := os.Stat(frontierPath(dir)); errors.Is(err, fs.ErrNotExist) {
			c.say("nothing is queued yet: pressmark crawl finds what there is")
			return nil
		}
		o := frontier.Options{Log: c.log, Wait: lockWait}
		if conf, err := c.configuration(); err == nil {
			o.Gap, o.Groups = time.Duration(conf.Crawl.Delay), conf.groups()
		}
		queue, err := frontier.Open(frontierPath(dir), o)
		switch {
		case errors.Is(err, frontier.ErrInUse): // another command that reads the archive, and the queue
			return hint(fmt.Errorf("%w: %w", archive.ErrInUse, err), "another command is at work on it: try again")
		case errors.Is(err, fs.ErrPermission):
			return hint(err, "to read the queue takes the right to write to it")
		case err != nil:
			return err
		}
		defer func() { err = errors.Join(err, queue.Close()) }()
		return do(store, queue)
	})
}

// queued is what an argument names: a page of the queue, or a site.
type queued struct {
	site string
	page urlkey.Key
}

func (c *cli) queuedArg(ctx context.Context, store *archive.Store, args []string) (q queued, err error) {
	switch {
	case len(args) == 0:
		return q, nil
	case strings.Contains(args[0], "://"):
		if q.page, err = urlkey.Of(args[0]); err != nil {
			return q, usage(err)
		}
		return q, nil
	}
	q.site, err = c.siteName(ctx, store, args[0])
	return q, err
}

func (c *cli) listQueue(ctx context.Context, store *archive.Store, queue frontier.Frontier, args []string, f queueFilter) error {
	now := time.Now().In(c.zone())
	query, err := f.query(now)
	if err != nil {
		return err
	}
	of, err := c.queuedArg(ctx, store, args)
	if err != nil {
		return err
	}
	if of.page != "" {
		return c.showQueued(ctx, queue, of.page, args[0], now)
	}
	if of.site != "" {
		query.Sites = []string{of.site}
	}
	stats, err := queue.Stats(ctx, query.Sites)
	if err != nil {
		return err
	}
	if err := c.printHolds(stats, now); err != nil {
		return err
	}
	n, more := 0, false
	for it, err := range queue.List(ctx, query) {
		if err != nil {
			return err
		}
		if !f.takes(it) || !query.Until.IsZero() && dueSince(it).After(query.Until) {
			continue
		}
		if more = f.limit > 0 && n == f.limit; more {
			break
		}
		n++
		if err := c.printQueued(it, stats, now, of.site == ""); err != nil {
			return err
		}
	}
	switch {
	case n == 0 && stats.Known > 0:
		c.say("nothing of that kind among %s", count(stats.Known, "item"))
	case more:
		c.say("and more; --limit 0 lists all")
	}
	c.say("%s known: %s due, %s waiting, %s gone; %s failing; %s retired", thousands(stats.Known),
		thousands(stats.Due), thousands(stats.Waiting), thousands(stats.Gone), thousands(stats.Failing), thousands(stats.Retired))
	return nil
}

// showQueued tells all that is known of one page.
func (c *cli) showQueued(ctx context.Context, queue frontier.Frontier, page urlkey.Key, arg string, now time.Time) error {
	for it, err := range queue.List(ctx, frontier.Query{Page: page}) {
		if err != nil {
			return err
		}
		stats, err := queue.Stats(ctx, []string{it.Site})
		if err != nil {
			return err
		}
		if err := c.printQueued(it, stats, now, true); err != nil || c.json {
			return err
		}
		return c.printQueuedMore(it)
	}
	return unknown(arg)
}

// unknown is the error of a page that is not in the queue.
func unknown(arg string) error {
	return hint(fmt.Errorf("%s: not in the queue", arg), "pressmark crawl --url fetches a page that no feed and no section has named")
}
