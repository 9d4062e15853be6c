package main

import (
	"fmt"
	"slices"
	"strings"

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
		Use:   "changes",
		Short: "List what was changed, newest first",
		Long: `List what papers changed in their articles, newest first, with the words that
went and came.

Grades: ●●● an article withdrawn, back, corrected or retracted, a quotation
changed, or a number, name or passage changed without a word; ●●○ headline,
opening, number, name, text added or removed; ●○○ the rest: wording, order,
spelling, byline. A stealth edit is one of more than spelling and byline that
the paper admits neither by a note nor by a new date. --since and --until go by
the time at which the new text was seen.

` + wrap("Kinds: "+strings.Join(changeKinds, ", "), 79),
		Example: "  pressmark changes --since 24h --min 2\n  pressmark changes --kind numbers,headline --stealth",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if grade < 0 || grade > 3 {
				return usage(fmt.Errorf("--min %d is not between 0 and 3", grade))
			}
			for _, k := range kinds {
				if !slices.Contains(changeKinds, k) {
					way := "the kinds are: " + strings.Join(changeKinds, ", ")
					if best := nearest(k, changeKinds); best != "" {
						way = "did you mean " + best + "?"
					}
					return usage(hint(fmt.Errorf("--kind: no change is of kind %q", k), way))
				}
			}
			filtered := grade > 0 || stealth || len(kinds) > 0
			return c.reading(func(store *archive.Store) error {
				return c.changes(cmd, store, f, filtered, func(ch archive.Change) bool {
					return ch.Diff.Grade >= grade && (!stealth || ch.Diff.Stealth) && (len(kinds) == 0 || slices.ContainsFunc(ch.Diff.Kinds, func(k change.Kind) bool {
						return slices.Contains(kinds, string(k))
					}))
				})
			})
		},
	}
	f.flags(cmd)
	cmd.Flags().IntVar(&grade, "min", 0, "only of this `GRADE` (0 to 3) and above")
	cmd.Flags().StringSliceVar(&kinds, "kind", nil, "only of these `KINDS`, with commas between them")
	cmd.Flags().BoolVar(&stealth, "stealth", false, "only those that the paper doesn't admit")
	return cmd
}

// changeKinds are what --kind takes.
var changeKinds = []string{
	string(change.Headline), string(change.HeadlineFlip), string(change.Lede), string(change.Numbers), string(change.Quotes),
	string(change.Names), string(change.Correction), string(change.Retraction), string(change.Unpublished),
	string(change.Restored), string(change.Paywall), string(change.Byline), string(change.Added), string(change.Removed),
	string(change.Moved), string(change.Reworded), string(change.Typo), string(change.Dates),
}

func (c *cli) changes(cmd *cobra.Command, store *archive.Store, f filter, filtered bool, want func(archive.Change) bool) error {
	af, err := f.archive(cmd.Context(), c, store)
	if err != nil {
		return err
	}
	zone := c.zone()
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
		if filtered {
			c.say("no changes match these filters")
		} else {
			c.say("no changes%s", f.because(": nothing that was looked at twice said something else the second time"))
		}
	}
	return nil
}
