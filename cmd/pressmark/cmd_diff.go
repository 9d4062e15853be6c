package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"pressmark/archive"
	"pressmark/extract/change"
)

func (c *cli) diffCommand() *cobra.Command {
	var exit, all bool
	cmd := &cobra.Command{
		Use:   "diff ID [A..B]",
		Short: "Compare two versions of an article",
		Long: `Compare two versions of an article by words: the last two, or A and B.

Words that went stand in [-…-], words that came in {+…+}, in colour on a terminal.
With --exit-code it ends with 20 when there are differences.`,
		Example: "  pressmark diff 7f3a\n  pressmark diff 7f3a 1..3 --all",
		Args:    cobra.RangeArgs(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.reading(func(store *archive.Store) error {
				p, n, err := page(store, args[0])
				if err != nil {
					return err
				}
				if n == 0 {
					n = p.Head
				}
				from, to := n-1, n
				if len(args) == 2 {
					if k, err := fmt.Sscanf(args[1], "%d..%d", &from, &to); err != nil || k != 2 || from < 1 || to < 1 || from > p.Head || to > p.Head {
						return usage(fmt.Errorf("%q names no two versions: write 1..%d", args[1], max(p.Head, 2)))
					}
				}
				if from < 1 {
					return hint(fmt.Errorf("%w: %s has one version only", archive.ErrNoSuch, p.Key.ID()[:8]), "nothing was changed since it was first seen")
				}
				return c.diff(store, p, from, to, all, exit)
			})
		},
	}
	cmd.Flags().BoolVar(&exit, "exit-code", false, "end with 20 when there are differences")
	cmd.Flags().BoolVar(&all, "all", false, "show paragraphs that stayed, too")
	return cmd
}

func (c *cli) diff(store *archive.Store, p archive.Page, from, to int, all, exit bool) error {
	a, err := version(store, p, from)
	if err != nil {
		return err
	}
	b, err := version(store, p, to)
	if err != nil {
		return err
	}
	d := change.Compare(
		change.Snapshot{Article: a.Article, URL: a.URL, Seen: a.LastSeen},
		change.Snapshot{Article: b.Article, URL: b.URL, Seen: b.FirstSeen}, nil)
	if c.json {
		err = object(c.out, struct {
			ID   string `json:"id"`
			From int    `json:"from"`
			To   int    `json:"to"`
			change.Diff
		}{p.Key.ID(), from, to, d})
	} else {
		err = c.diffText(p, a, b, d, all)
	}
	if err == nil && exit && d.Changed {
		return errDiffer
	}
	return err
}

func (c *cli) diffText(p archive.Page, a, b archive.Version, d change.Diff, all bool) error {
	zone := c.zone()
	fmt.Fprintf(c.out, "%s · %s\n", c.out.style(bold, p.Site), line(b.Article.Title))
	words := []string{}
	for _, k := range d.Kinds {
		words = append(words, string(k))
	}
	verdict := strings.Join(words, ", ")
	if d.Stealth {
		verdict += " · " + c.out.style(red, "stealth")
	} else if d.Declared {
		verdict += " · declared"
	}
	if d.Reason != "" {
		verdict += " (" + d.Reason + ")"
	}
	if !d.Changed {
		verdict = "nothing that a reader would see"
	}
	fmt.Fprintf(c.out, "v%d last seen %s → v%d first seen %s\n%s\n\n", a.ID.N, clock(a.LastSeen, zone), b.ID.N, clock(b.FirstSeen, zone), verdict)
	same := 0
	flush := func() {
		if same > 0 {
			fmt.Fprintln(c.out, c.out.style(faint, fmt.Sprintf("  … %s unchanged", count(same, "paragraph"))))
		}
		same = 0
	}
	for _, l := range change.Align(a.Article, b.Article) {
		if l.Op == "" && !all {
			same++
			continue
		}
		flush()
		fmt.Fprintln(c.out, c.diffLine(l))
	}
	flush()
	return nil
}

func (c *cli) diffLine(l change.Line) string {
	gone := func(s string) string { return c.out.style(struck, "[-"+clean(s)+"-]") }
	come := func(s string) string { return c.out.style(insert, "{+"+clean(s)+"+}") }
	switch l.Op {
	case change.Insert:
		return "+ " + come(l.After)
	case change.Delete:
		return "- " + gone(l.Before)
	case change.Move:
		return "> " + clean(l.After) + c.out.style(faint, "  (moved)")
	case change.Replace:
		var s strings.Builder
		s.WriteString("~ ")
		for _, x := range l.Spans {
			switch x.Op {
			case change.Delete:
				s.WriteString(gone(x.Text))
			case change.Insert:
				s.WriteString(come(x.Text))
			default:
				s.WriteString(clean(x.Text))
			}
		}
		return s.String()
	}
	return "  " + clean(l.After)
}
