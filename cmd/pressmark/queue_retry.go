package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"pressmark/archive"
	"pressmark/crawler"
	"pressmark/crawler/frontier"
	"pressmark/extract/urlkey"
)

type retryOptions struct{ failed, yes bool }

func (c *cli) queueRetryCommand() *cobra.Command {
	var o retryOptions
	cmd := &cobra.Command{
		Use:   "retry URL|SITE",
		Short: "Have a page or a site asked for again at once, also one that is left alone",
		Long: `Make a page due now, or all that is known of a site, or of that what failed: the
next crawl asks for it, in its turn and with the site's pauses as ever. A page
that was given up is looked for again. How often something failed is not
forgotten, so that the pauses go on growing when it fails again.

A server that is left alone because it failed is asked again, too. When it was
the server that asked to be left alone (Retry-After), --yes is needed to ask
earlier: many answer that with a ban.`,
		Example: "  pressmark queue retry https://www.example.org/a\n  pressmark queue retry gazette --failed\n  pressmark queue retry gazette --yes",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.queueing(func(store *archive.Store, queue frontier.Frontier) error {
				return c.retry(cmd.Context(), store, queue, args, o)
			})
		},
	}
	cmd.Flags().BoolVar(&o.failed, "failed", false, "of a site only what failed the last time, or showed a wall")
	cmd.Flags().BoolVar(&o.yes, "yes", false, "also a server that asked to be left alone")
	return cmd
}

func (c *cli) retry(ctx context.Context, store *archive.Store, queue frontier.Frontier, args []string, o retryOptions) error {
	of, err := c.queuedArg(ctx, store, args)
	if err != nil {
		return err
	}
	var groups map[string]bool // nil: all of the site
	var made int
	if of.page != "" {
		if o.failed {
			return usage(errors.New("--failed is for a site"))
		}
		for it, err := range queue.List(ctx, frontier.Query{Page: of.page}) {
			if err != nil {
				return err
			}
			of.site, groups = it.Site, map[string]bool{it.Group: true}
		}
		if groups == nil {
			return unknown(args[0])
		}
		made, err = queue.Retry(ctx, []urlkey.Key{of.page})
	} else {
		made, err = retrySite(ctx, queue, of.site, o.failed)
	}
	if err != nil {
		return err
	}
	lifted, kept, err := c.lift(ctx, queue, of.site, groups, o.yes)
	if err != nil {
		return err
	}
	if c.json {
		if err := object(c.out, struct {
			Site   string   `json:"site"`
			Made   int      `json:"made_due"`
			Lifted []string `json:"lifted,omitempty"`
			Kept   []string `json:"left_alone,omitempty"`
		}{of.site, made, lifted, kept}); err != nil {
			return err
		}
	} else if made > 0 {
		c.say("%s due now: the next crawl of %s asks for it (pressmark crawl %q does so at once)", itemsAre(made), of.site, of.site)
	} else {
		c.say("nothing became due: what is meant is due already, or there is none")
	}
	if len(kept) > 0 {
		c.say("%s asked for that and stays alone; --yes asks all the same, which many servers answer with a ban", strings.Join(kept, ", "))
	}
	return nil
}

func itemsAre(n int) string {
	if n == 1 {
		return "1 item is"
	}
	return count(n, "item") + " are"
}

// retrySite makes due what is known of a site, or of that what failed.
func retrySite(ctx context.Context, queue frontier.Frontier, site string, onlyFailed bool) (made int, err error) {
	var pages []urlkey.Key
	const atOnce = 1000
	flush := func() error {
		n, err := queue.Retry(ctx, pages)
		made += n
		pages = pages[:0]
		return err
	}
	// What is due already stands first, and what is made due goes there: the list does not meet it again.
	for it, err := range queue.List(ctx, frontier.Query{Sites: []string{site}}) {
		if err != nil {
			return made, err
		}
		if onlyFailed && !failed(it) {
			continue
		}
		if pages = append(pages, it.Page); len(pages) == atOnce {
			if err := flush(); err != nil {
				return made, err
			}
		}
	}
	return made, flush()
}

// lift has groups of a site asked again that are left alone: those where it was
// not the server that asked for it, and these too if yes.
func (c *cli) lift(ctx context.Context, queue frontier.Frontier, site string, groups map[string]bool, yes bool) (lifted, kept []string, err error) {
	stats, err := queue.Stats(ctx, []string{site})
	if err != nil {
		return nil, nil, err
	}
	now := time.Now().In(c.zone())
	for _, b := range stats.Blocked {
		if groups != nil && !groups[b.Group] {
			continue
		}
		asked := strings.Contains(b.Why, crawler.AskedBack)
		if asked && !yes {
			c.say("%s is left alone until %s: %s", b.Group, ahead(b.Until, now), line(b.Why))
			kept = append(kept, b.Group)
			continue
		}
		if err := queue.Block(ctx, b.Group, time.Time{}, ""); err != nil {
			return lifted, kept, err
		}
		c.say("%s is asked again; it was left alone until %s: %s", b.Group, ahead(b.Until, now), line(b.Why))
		lifted = append(lifted, b.Group)
	}
	return lifted, kept, nil
}

func (c *cli) queueForgetCommand() *cobra.Command {
	var yes bool
	cmd := &cobra.Command{
		Use:   "forget SITE",
		Short: "Drop a site from the queue that is crawled no more",
		Long: `Drop all that the queue knows of a site that stands in the configuration no more.
Such a site is not asked for anything; this makes room. What the archive holds
of it stays. Without --yes it says how much would go.`,
		Example: "  pressmark queue forget 'Harbour Gazette'\n  pressmark queue forget 'Harbour Gazette' --yes",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.queueing(func(store *archive.Store, queue frontier.Frontier) error {
				return c.forgetQueued(cmd.Context(), store, queue, args[0], yes)
			})
		},
	}
	cmd.Flags().BoolVar(&yes, "yes", false, "do it")
	return cmd
}

func (c *cli) forgetQueued(ctx context.Context, store *archive.Store, queue frontier.Frontier, arg string, yes bool) error {
	site, err := c.siteName(ctx, store, arg)
	if err != nil {
		return err
	}
	if conf, err := c.configuration(); err == nil {
		for _, s := range conf.Sites {
			if s.name() == site {
				return usage(hint(fmt.Errorf("%s stands in %s: its next crawl would find it all again", site, conf.path), "take it out of the file first, or pause it: pressmark site pause"))
			}
		}
	}
	stats, err := queue.Stats(ctx, []string{site})
	if err != nil {
		return err
	}
	n := stats.Known
	if yes {
		if n, err = queue.Forget(ctx, site); err != nil {
			return err
		}
	}
	if c.json {
		return object(c.out, struct {
			Site      string `json:"site"`
			Items     int    `json:"items"`
			Forgotten bool   `json:"forgotten"`
		}{site, n, yes})
	}
	if yes {
		c.say("%s of %s forgotten", count(n, "item"), site)
	} else {
		c.say("%s of %s would be forgotten; --yes does it", count(n, "item"), site)
	}
	return nil
}
