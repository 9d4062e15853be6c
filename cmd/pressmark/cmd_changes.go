package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"pressmark/archive"
	"pressmark/archive/report"
	"pressmark/extract/change"
)

func (c *cli) changesCommand() *cobra.Command {
	var f filter
	var o choice
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
		Example: "  pressmark changes --since 24h --min 2\n  pressmark changes --kind numbers,headline --stealth\n  pressmark changes --watch 'strike|walk* out'",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := o.check(); err != nil {
				return err
			}
			choice, err := o.of(c)
			if err != nil {
				return err
			}
			return c.reading(func(store *archive.Store) error { return c.changes(cmd, store, f, &choice) })
		},
	}
	f.flags(cmd)
	o.flags(cmd)
	return cmd
}

// changeKinds are what --kind takes.
var changeKinds = []string{
	string(change.Headline), string(change.HeadlineFlip), string(change.Lede), string(change.Numbers), string(change.Quotes),
	string(change.Names), string(change.Correction), string(change.Retraction), string(change.Unpublished),
	string(change.Restored), string(change.Paywall), string(change.Byline), string(change.Added), string(change.Removed),
	string(change.Moved), string(change.Reworded), string(change.Typo), string(change.Dates),
}

func (c *cli) changes(cmd *cobra.Command, store *archive.Store, f filter, choice *report.Choice) error {
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
		card := report.CardOf(ch)
		if !choice.Take(&card) {
			continue
		}
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
		if choice.Narrow() {
			c.say("no changes match these filters")
		} else {
			c.say("no changes%s", f.because(": nothing that was looked at twice said something else the second time"))
		}
	}
	return nil
}
