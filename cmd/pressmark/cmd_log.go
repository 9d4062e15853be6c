package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"pressmark/archive"
	"pressmark/archive/report"
	"pressmark/extract"
	"pressmark/extract/change"
)

// logOptions say how much a log tells.
type logOptions struct{ patch, stat bool }

func (c *cli) logCommand() *cobra.Command {
	var o logOptions
	cmd := &cobra.Command{
		Use:   "log ID",
		Short: "Show an article's versions, like git log",
		Long: `Show an article's versions, newest first: when each was first and last seen,
its headline, and how it differs from the one before: the grade (●○○ to ●●●,
see changes --help), the kinds of change, whether the paper says so, and between
which two looks at the page it was made. A headline that went and came back is
told as the test that it most likely was.

ID is the beginning of an article's ID as ls prints it, at least four digits,
or its URL.`,
		Example: "  pressmark log 7f3a\n  pressmark log 7f3a --patch --stat",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.reading(func(store *archive.Store) error {
				p, _, err := page(store, args[0])
				if err != nil {
					return err
				}
				return c.versionLog(cmd.Context(), store, p, o)
			})
		},
	}
	cmd.Flags().BoolVarP(&o.patch, "patch", "p", false, "show the words that went and came")
	cmd.Flags().BoolVar(&o.stat, "stat", false, "count them, place by place")
	return cmd
}

// A logObject is what log --json prints.
type logObject struct {
	versionObject
	Test []string `json:"headline_test,omitempty"` // the headlines from one back to it, when this version ends such a test
	Stat *stat    `json:"stat,omitempty"`
}

func (c *cli) versionLog(ctx context.Context, store *archive.Store, p archive.Page, o logOptions) error {
	list, err := versions(store, p.Key)
	if err != nil {
		return err
	}
	changes, err := changesOf(ctx, store, p)
	if err != nil {
		return err
	}
	tests := make([][]string, len(list))
	var h change.Headlines
	for i, v := range list {
		if v.Erased == "" {
			tests[i] = h.Add(change.Snapshot{Article: v.Article, URL: v.URL})
		}
	}
	if c.json {
		for i := len(list) - 1; i >= 0; i-- {
			if err := object(c.out, logOf(p, list[i], changes, tests[i], o)); err != nil {
				return err
			}
		}
		return nil
	}
	zone := c.zone()
	fmt.Fprintf(c.out, "%s\n%s\n", c.out.style(bold, line(p.Site)), c.out.style(faint, line(p.URL)))
	if p.State != archive.Live {
		fmt.Fprintf(c.out, "now %s: %s\n", c.out.style(yellow, string(p.State)), line(p.Why))
	}
	for i := len(list) - 1; i >= 0; i-- {
		v := list[i]
		// Withdrawals and returns stand between the versions.
		for j := len(changes) - 1; j >= 0; j-- {
			if ch := changes[j]; ch.From == ch.To && ch.To == v.ID {
				card := report.CardOf(ch)
				fmt.Fprintf(c.out, "\n%s  %s\n", c.out.style(red, card.KindWords()), card.Interval(zone))
			}
		}
		c.versionHead(v)
		switch partial := func(v archive.Version) bool { return v.Article.Kind == extract.Partial }; {
		case partial(v):
			fmt.Fprintf(c.out, "    only the beginning: %s\n", line(v.Article.Why))
		case i > 0 && partial(list[i-1]):
			fmt.Fprintln(c.out, "    the whole text, of which only the beginning was shown before")
		}
		if tests[i] != nil {
			fmt.Fprintf(c.out, "    %s\n", testWords(tests[i]))
		}
		for _, ch := range changes {
			if ch.To != v.ID || ch.From == ch.To {
				continue
			}
			if err := c.changeLog(report.CardOf(ch), zone, o); err != nil {
				return err
			}
		}
	}
	return nil
}

// versionHead writes when a version was seen, and its headline.
func (c *cli) versionHead(v archive.Version) {
	zone := c.zone()
	fmt.Fprintf(c.out, "\n%s  seen %s to %s\n", c.out.style(yellow, v.ID.String()), clock(v.FirstSeen, zone), clock(v.LastSeen, zone))
	if v.Article.Title != "" {
		fmt.Fprintf(c.out, "    %s\n", line(v.Article.Title))
	}
	if v.Erased != "" {
		fmt.Fprintf(c.out, "    %s: %s\n", archive.ErrErased, line(v.Article.Why))
	}
}

// changeLog writes what a version changed, and between which looks.
func (c *cli) changeLog(card report.Card, zone *time.Location, o logOptions) error {
	what := card.Dots() + "  " + card.KindWords()
	if h := card.Honesty(); h != "" {
		what += "  " + h
	}
	fmt.Fprintf(c.out, "    %s\n    changed %s\n", what, card.Interval(zone))
	if o.stat {
		c.statText(statOf(card.Edits), "     ")
	}
	if o.patch {
		return c.edits(card, zone)
	}
	return nil
}

// logOf is a version with what changed in it.
func logOf(p archive.Page, v archive.Version, changes []archive.Change, test []string, o logOptions) logObject {
	x := logObject{Test: test, versionObject: versionObject{
		ID: p.Key.ID(), Version: v.ID.N, Title: v.Article.Title, Words: len(strings.Fields(v.Article.Text())),
		FirstSeen: v.FirstSeen.UTC(), LastSeen: v.LastSeen.UTC(), Story: string(v.Story),
	}}
	if v.Erased != "" {
		x.Erased = v.Article.Why
	}
	for _, ch := range changes {
		if ch.To == v.ID && ch.From != ch.To {
			card := report.CardOf(ch)
			x.Change = &card
			if o.stat {
				s := statOf(card.Edits)
				x.Stat = &s
			}
		}
	}
	return x
}

// edits writes what went and came; the head, the title and the foot of a card
// would only say again what stands above it in the log.
func (c *cli) edits(card report.Card, zone *time.Location) error {
	var b strings.Builder
	if err := report.TextCard(&b, card, zone, c.styles()); err != nil {
		return err
	}
	rows := strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
	for i := 2; i < len(rows)-1; i++ {
		fmt.Fprintln(c.out, rows[i])
	}
	return nil
}

// changesOf lists a page's changes, oldest first.
func changesOf(ctx context.Context, store *archive.Store, p archive.Page) (list []archive.Change, err error) {
	for ch, err := range store.Changes(ctx, archive.Filter{Page: p.Key}) {
		if err != nil {
			return nil, err
		}
		list = append(list, ch)
	}
	return list, nil
}

// styles are the terminal's for reports.
func (c *cli) styles() report.Style {
	sgr := map[string]string{"bold": bold, "faint": faint, "delete": struck, "insert": insert, "grade": red}
	return func(name, text string) string { return c.out.style(sgr[name], clean(text)) }
}
