package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"pressmark/archive"
)

func (c *cli) lsCommand() *cobra.Command {
	var f filter
	var all bool
	cmd := &cobra.Command{
		Use:   "ls",
		Short: "List the articles",
		Long: `List the articles of the archive with their short IDs, by site and address.

--since and --until go by the time at which an article was first seen.
Pages that never showed an article (section fronts, walls, errors) are listed with --all.`,
		Example: "  pressmark ls --site gazette --since 7d\n  pressmark ls --json | jq -r .url",
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
	zone := c.zone()
	af, err := f.archive(zone)
	if err != nil {
		return err
	}
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
			if err := object(c.out, pageOf(p, v)); err != nil {
				return err
			}
		} else {
			title := line(v.Article.Title)
			if p.State != archive.Live {
				title = c.out.style(yellow, string(p.State)) + " " + title
			}
			if title == "" || p.Head == 0 {
				title = c.out.style(yellow, string(p.State)) + " " + p.URL + "  " + line(p.Why)
			}
			if _, err := fmt.Fprintf(c.out, "%s  %s  %s  %2dv  %s\n", c.out.style(yellow, p.Key.ID()[:8]),
				clock(p.FirstSeen, zone), pad(fit(p.Site, 20), 20), p.Head, title); err != nil {
				return err
			}
		}
		if n++; n == limit {
			break
		}
	}
	if n == 0 {
		c.say("no articles%s", because(f))
	}
	return nil
}

// because reminds of the filters when nothing came of them.
func because(f filter) string {
	if f == (filter{}) {
		return ": pressmark crawl fetches some"
	}
	return " match these filters"
}
