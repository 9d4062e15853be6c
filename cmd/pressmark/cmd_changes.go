package main

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"pressmark/archive"
	"pressmark/archive/report"
	"pressmark/extract/change"
)

func (c *cli) changesCommand() *cobra.Command {
	var f filter
	var grade int
	var kinds []string
	var stealth bool
	cmd := &cobra.Command{
		Use:     "changes",
		Short:   "List what was changed, newest first",
		Long:    "List what papers changed in their articles, newest first, with the words that went and came.",
		Example: "  pressmark changes --since 24h --min 2\n  pressmark changes --kind numbers,headline --stealth",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.reading(func(store *archive.Store) error {
				return c.changes(cmd, store, f, func(ch archive.Change) bool {
					return ch.Diff.Grade >= grade && (!stealth || ch.Diff.Stealth) && (len(kinds) == 0 || slices.ContainsFunc(ch.Diff.Kinds, func(k change.Kind) bool {
						return slices.Contains(kinds, string(k))
					}))
				})
			})
		},
	}
	f.flags(cmd)
	cmd.Flags().IntVar(&grade, "min", 0, "only of this `GRADE` (0 to 3) and above")
	cmd.Flags().StringSliceVar(&kinds, "kind", nil, "only of these `KINDS`: headline, numbers, quotes, correction, unpublished …")
	cmd.Flags().BoolVar(&stealth, "stealth", false, "only those that the paper doesn't admit")
	return cmd
}

func (c *cli) changes(cmd *cobra.Command, store *archive.Store, f filter, want func(archive.Change) bool) error {
	zone := c.zone()
	af, err := f.archive(zone)
	if err != nil {
		return err
	}
	limit := af.Limit
	af.Limit, af.Newest = 0, true
	n := 0
	for ch, err := range store.Changes(cmd.Context(), af) {
		if err != nil {
			return err
		}
		if !want(ch) {
			continue
		}
		card := report.CardOf(ch)
		if c.json {
			err = object(c.out, card)
		} else {
			if n > 0 {
				fmt.Fprintln(c.out)
			}
			err = report.TextCard(c.out, card, zone, c.styles())
		}
		if err != nil {
			return err
		}
		if n++; n == limit {
			break
		}
	}
	if n == 0 {
		c.say("no changes")
	}
	return nil
}
