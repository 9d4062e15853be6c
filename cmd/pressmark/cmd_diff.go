package main

import (
	"fmt"
	"strconv"
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

Words that went stand in [-…-], words that came in {+…+}, in colour on a
terminal; a line begins with + for a paragraph that came, - that went, ~ that
was edited, > that was moved. With --exit-code it ends with 20 when there are
differences.

ID is the beginning of an article's ID as ls prints it, at least four digits,
or its URL; 7f3a@2 compares the second version with the one before it.`,
		Example: "  pressmark diff 7f3a\n  pressmark diff 7f3a@2\n  pressmark diff 7f3a 1..3 --all",
		Args:    cobra.RangeArgs(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.reading(func(store *archive.Store) error {
				p, n, err := page(store, args[0])
				if err != nil {
					return err
				}
				if p.Head == 0 {
					return noVersion(p, 0)
				}
				if n == 0 {
					n = p.Head
				}
				from, to := max(1, n-1), n
				if len(args) == 2 {
					if from, to, err = versionsOf(args[1], p.Head); err != nil {
						return err
					}
				} else if n == 1 {
					c.say("%s is the first version of %s: there is none before it to compare with", p.Key.ID()[:8]+"@1", count(p.Head, "version"))
				}
				return c.diff(store, p, from, to, all, exit)
			})
		},
	}
	cmd.Flags().BoolVar(&exit, "exit-code", false, "end with 20 when there are differences")
	cmd.Flags().BoolVar(&all, "all", false, "show paragraphs that stayed, too")
	return cmd
}

// versionsOf reads "1..3", for a page with so many versions.
func versionsOf(arg string, head int) (from, to int, err error) {
	a, b, _ := strings.Cut(arg, "..")
	from, errA := strconv.Atoi(a)
	to, errB := strconv.Atoi(b)
	if errA != nil || errB != nil || min(from, to) < 1 || max(from, to) > head {
		return 0, 0, usage(hint(fmt.Errorf("%q names no two versions: there are %d", arg, head), fmt.Sprintf("write 1..%d", max(head, 1))))
	}
	return from, to, nil
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
	for _, v := range []archive.Version{a, b} {
		if v.Erased != "" { // to compare with nothing would accuse the paper of what the archive did
			return hint(fmt.Errorf("%s: %w: %s", v.ID, archive.ErrErased, line(v.Article.Why)),
				fmt.Sprintf("pressmark log %s --patch shows what is still known of the change", p.Key.ID()[:8]))
		}
	}
	d := change.Compare(
		change.Snapshot{Article: a.Article, URL: a.URL, Seen: a.LastSeen},
		change.Snapshot{Article: b.Article, URL: b.URL, Seen: b.FirstSeen}, nil)
	if from > to { // whether a paper admits what it did has no sense backwards
		d.Declared, d.Stealth, d.Reason = false, false, ""
	}
	if d.Kinds == nil {
		d.Kinds = []change.Kind{}
	}
	if d.Edits == nil {
		d.Edits = []change.Edit{}
	}
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
		verdict += " (" + line(d.Reason) + ")"
	}
	if !d.Changed {
		verdict = "nothing that a reader would see"
	}
	fmt.Fprintf(c.out, "v%d seen to %s → v%d seen from %s\n%s\n\n", a.ID.N, clock(a.LastSeen, zone), b.ID.N, clock(b.FirstSeen, zone), verdict)
	same := 0
	flush := func() {
		if same > 0 {
			fmt.Fprintln(c.out, c.out.style(faint, fmt.Sprintf("  … %s unchanged", count(same, "paragraph"))))
		}
		same = 0
	}
	for _, l := range change.Align(change.Snapshot{Article: a.Article, URL: a.URL, Seen: a.LastSeen}, change.Snapshot{Article: b.Article, URL: b.URL, Seen: b.FirstSeen}) {
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
