package main

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"pressmark/archive"
)

func (c *cli) lsCommand() *cobra.Command {
	var f filter
	var all bool
	cmd := &cobra.Command{
		Use:   "ls",
		Short: "List the articles",
		Long: `List the articles of the archive: short ID, when first seen, site, number of
versions, and the latest headline; whether it was withdrawn stands before that.
The first four digits of an ID are enough for show, log and diff.

--since and --until go by the time at which an article was first seen. Pages
that never showed an article (consent walls, errors) are listed with --all.`,
		Example: "  pressmark ls --site gazette --since 7d\n  pressmark ls --all --json | jq -r 'select(.state==\"walled\").url'\n  pressmark ls --json | jq -r .url",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.reading(func(store *archive.Store) error {
				return c.ls(cmd, store, f, all)
			})
		},
	}
	f.flags(cmd)
	cmd.Flags().BoolVar(&all, "all", false, "pages without an article too")
	return cmd
}

func (c *cli) ls(cmd *cobra.Command, store *archive.Store, f filter, all bool) error {
	af, err := f.archive(cmd.Context(), c, store)
	if err != nil {
		return err
	}
	zone := c.zone()
	limit := af.Limit
	af.Limit = 0
	n := 0
	for p, err := range store.Pages(cmd.Context(), af) {
		if err != nil {
			return err
		}
		if p.Head == 0 && !all {
			continue
		}
		var v archive.Version
		if p.Head > 0 {
			if v, err = version(store, p, 0); err != nil {
				return err
			}
		}
		if c.json {
			err = object(c.out, pageOf(p, v))
		} else {
			err = c.lsLine(p, v, zone)
		}
		if err != nil {
			return err
		}
		if n++; n == limit {
			break
		}
	}
	if n == 0 {
		c.say("no articles%s", f.because(": pressmark crawl fetches some"))
	}
	return nil
}

// lsLine writes a page in a line, which a terminal does not break.
func (c *cli) lsLine(p archive.Page, v archive.Version, zone *time.Location) error {
	const before = 8 + 2 + 16 + 2 + 20 + 2 + 3 + 2
	title, state := line(v.Article.Title), ""
	if title == "" {
		title = line(p.URL)
	}
	if p.State != archive.Live {
		state = string(p.State) + "  "
	}
	if p.Head == 0 {
		title = line(p.URL + "  " + p.Why)
	} else if c.out.tty {
		title = fit(title, max(12, c.out.columns()-before-cells(state)))
	}
	_, err := fmt.Fprintf(c.out, "%s  %s  %s  %2dv  %s%s\n", c.out.style(yellow, p.Key.ID()[:8]),
		clock(p.FirstSeen, zone), pad(fit(line(p.Site), 20), 20), p.Head, c.out.style(yellow, state), title)
	return err
}
