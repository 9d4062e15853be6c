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

What a site changed alike on many pages at once is one entry that lists them: a
new newsletter line is its template and no stealth edit (grade 0, "furniture"
in JSON); a name put for another in thirty articles is a change, told once.

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
	patterns, err := report.FindPatterns(cmd.Context(), store, af.Site, af.Since, af.Until)
	if err != nil {
		return err
	}
	told := map[*report.Pattern]bool{}
	write := func(card report.Card) error {
		if !choice.Take(&card) || n == limit && limit > 0 {
			return nil
		}
		if n++; c.json {
			return object(c.out, card)
		}
		if n > 1 {
			fmt.Fprintln(c.out)
		}
		return report.TextCard(c.out, card, zone, c.styles())
	}
	for ch, err := range store.Changes(cmd.Context(), af) {
		if err != nil {
			return err
		}
		shares, own := patterns.Split(ch)
		for _, s := range shares { // one line, where the newest of its pages would be
			if told[s.Pattern] {
				continue
			}
			told[s.Pattern] = true
			group, err := report.GroupOf(cmd.Context(), store, af, patterns, s.Pattern)
			if err != nil {
				return err
			}
			if err := write(group.AsCard()); err != nil {
				return err
			}
		}
		if len(shares) == 0 || own.Changed {
			ch.Diff = own
			if err := write(report.CardOf(ch)); err != nil {
				return err
			}
		}
		if n == limit && limit > 0 {
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
