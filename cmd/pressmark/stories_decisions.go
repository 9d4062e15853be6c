package main

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"pressmark/archive"
	"pressmark/archive/ingest"
	"pressmark/extract/urlkey"
)

func (c *cli) decisionsCommand() *cobra.Command {
	var of string
	cmd := &cobra.Command{
		Use:   "decisions",
		Short: "List what was decided by hand about stories",
		Long: `List what was decided by hand about stories, oldest first: its number, when,
by whom and why, which articles left which, or were merged. Those that were
taken back stand there, too, with who did it.

Decisions are kept in the archive beside the captures: backups have them, and
what is computed again keeps to them. They name articles; with an article that
is taken down its name goes, and what was noted of it.`,
		Example: "  pressmark stories decisions\n  pressmark stories decisions --of 91c0\n  pressmark stories decisions undo 3\n  pressmark stories decisions --json | jq 'select(.kind == \"merge\").pages'",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.reading(func(store *archive.Store) error { return c.decisions(cmd, store, of) })
		},
	}
	cmd.Flags().StringVar(&of, "of", "", "only what was decided about this `article`, the beginning of its ID or its URL")
	var o decider
	undo := &cobra.Command{
		Use:   "undo N",
		Short: "Take a decision back",
		Long: `Take a decision back: its articles are filed anew at once as if it had not been
taken. What was decided about them before it counts again. N is its number, as
stories decisions lists it; the decision stays in the list.`,
		Example: "  pressmark stories decisions undo 3",
		Args:    cobra.ExactArgs(1),
		RunE:    func(cmd *cobra.Command, args []string) error { return c.undoDecision(cmd, args[0], o) },
	}
	undo.Flags().StringVar(&o.by, "by", "", "who takes it back: `NAME` for the record (default: user@host)")
	cmd.AddCommand(undo)
	return cmd
}

// A decisionObject is what stories decisions --json prints.
type decisionObject struct {
	Decision uint64    `json:"decision"`
	Kind     string    `json:"kind"`
	Pages    []string  `json:"pages"` // of a split those that left, of a merge all
	From     []string  `json:"from,omitempty"`
	By       string    `json:"by"`
	At       time.Time `json:"at"`
	Why      string    `json:"why,omitempty"`
	Undone   time.Time `json:"undone,omitzero"`
	UndoneBy string    `json:"undone_by,omitempty"`
}

func decisionOf(d archive.Decision) decisionObject {
	return decisionObject{d.ID, string(d.Kind), idsOf(d.Pages), idsOf(d.From), d.By, d.At.UTC(), d.Why, d.Undone.UTC(), d.UndoneBy}
}

func idsOf(pages []urlkey.Key) (ids []string) {
	for _, p := range pages {
		ids = append(ids, p.ID())
	}
	return ids
}

func (c *cli) decisions(cmd *cobra.Command, store *archive.Store, of string) error {
	if of != "" {
		p, _, err := page(store, of)
		if err != nil {
			return err
		}
		var list []archive.Decision
		if err := store.View(func(tx *archive.Tx) (err error) {
			list, err = tx.Decisions(p.Key)
			return err
		}); err != nil {
			return err
		}
		if len(list) == 0 {
			c.say("nothing was decided by hand about %s", p.Key.ID()[:8])
		}
		for _, d := range list {
			if err := c.printDecision(store, d); err != nil {
				return err
			}
		}
		return nil
	}
	n := 0
	for d, err := range store.Decisions(cmd.Context()) {
		if err == nil {
			err = c.printDecision(store, d)
		}
		if err != nil {
			return err
		}
		n++
	}
	if n == 0 {
		c.say("nothing was decided by hand: pressmark stories split and merge do that")
	}
	return nil
}

// decisionsAbout gives what counts of the decisions about a story's articles, oldest first.
func decisionsAbout(store *archive.Store, s archive.Story) (list []archive.Decision, err error) {
	err = store.View(func(tx *archive.Tx) error {
		for _, key := range tellers(s) {
			about, err := tx.Decisions(key)
			if err != nil {
				return err
			}
			for _, d := range about {
				if d.Undone.IsZero() && !slices.ContainsFunc(list, func(x archive.Decision) bool { return x.ID == d.ID }) {
					list = append(list, d)
				}
			}
		}
		return nil
	})
	slices.SortFunc(list, func(a, b archive.Decision) int { return cmp.Compare(a.ID, b.ID) })
	return list, err
}

func (c *cli) printDecision(store *archive.Store, d archive.Decision) error {
	if c.json {
		return object(c.out, decisionOf(d))
	}
	zone := c.zone()
	head := fmt.Sprintf("%s  %s  %s  %s", c.out.style(yellow, strconv.FormatUint(d.ID, 10)), clock(d.At, zone), c.out.style(bold, string(d.Kind)), line(d.By))
	if d.Why != "" {
		head += ": " + line(d.Why)
	}
	if !d.Undone.IsZero() {
		head += c.out.style(faint, fmt.Sprintf("  (taken back %s by %s)", clock(d.Undone, zone), line(d.UndoneBy)))
	}
	fmt.Fprintln(c.out, head)
	pages, err := c.pagesOf(store, d.Pages)
	if err == nil && d.Kind == archive.Split {
		var from string
		from, err = c.pagesOf(store, d.From)
		pages += c.out.style(faint, " from ") + from
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(c.out, "   %s\n", pages)
	return err
}

// mostNamed is how many articles of a decision are named in a row.
const mostNamed = 6

// pagesOf names some articles with their sites.
func (c *cli) pagesOf(store *archive.Store, keys []urlkey.Key) (string, error) {
	var names []string
	err := store.View(func(tx *archive.Tx) error {
		for i, key := range keys {
			if i == mostNamed && len(keys) > mostNamed+1 {
				names = append(names, fmt.Sprintf("and %d more", len(keys)-mostNamed))
				break
			}
			p, _, err := tx.Page(key)
			if err != nil {
				return err
			}
			names = append(names, strings.TrimSpace(c.out.style(yellow, key.ID()[:8])+" "+line(p.Site)))
		}
		return nil
	})
	return strings.Join(names, ", "), err
}

func (c *cli) undoDecision(cmd *cobra.Command, arg string, o decider) error {
	if err := o.check(); err != nil {
		return err
	}
	id, err := strconv.ParseUint(arg, 10, 64)
	if err != nil || id == 0 {
		return usage(hint(fmt.Errorf("%q is no number of a decision", arg), "pressmark stories decisions lists them with their numbers"))
	}
	dir, err := c.place()
	if err != nil {
		return err
	}
	return c.adding(dir, "stories decisions undo", func(store *archive.Store) error {
		r, err := ingest.Undo(cmd.Context(), store, id, o.by, time.Now())
		if errors.Is(err, archive.ErrNoSuch) && r.Decision.ID == 0 {
			return hint(err, "pressmark stories decisions lists them with their numbers")
		}
		if err != nil {
			return c.undone(err, r.Decision)
		}
		return c.printRefiling(r)
	})
}
