package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"pressmark/archive"
	"pressmark/extract/change"
)

// diffOptions say how differences are shown.
type diffOptions struct {
	exit  bool
	all   bool
	stat  bool
	sides bool
	words string // auto, plain or color
}

func (c *cli) diffCommand() *cobra.Command {
	var o diffOptions
	cmd := &cobra.Command{
		Use:   "diff ID [A..B]",
		Short: "Compare two versions of an article",
		Long: `Compare two versions of an article by words: the last two, or A and B.

Words that went are red and struck out, words that came green and underlined;
without colours, as in a file, they stand in [-…-] and {+…+}. A line begins with
+ for a passage that came, - that went, ~ that was edited, > that was moved.

What is no part of the article (labels, counts, lists of other articles, what
was learned meanwhile to be on every page of the site) is no difference; --all
shows it, with a dot before it, and the paragraphs that stayed. Of the two
times above, the old text was last seen at the one, the new one first at the
other: the change was made between them.

ID is the beginning of an article's ID as ls prints it, at least four digits,
or its URL; 7f3a@2 compares the second version with the one before it. With
--exit-code it ends with 20 when there are differences.`,
		Example: "  pressmark diff 7f3a\n  pressmark diff 7f3a@2 --stat\n  pressmark diff 7f3a 1..3 --side-by-side --all\n  pressmark diff 7f3a --word-diff=plain | less",
		Args:    cobra.RangeArgs(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			switch o.words {
			case "auto", "plain":
			case "color":
				c.out.color = true
			default:
				return usage(fmt.Errorf("--word-diff is %q: write auto, plain or color", o.words))
			}
			if o.sides && o.stat {
				return usage(fmt.Errorf("--stat and --side-by-side are two ways to show it: write one"))
			}
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
				return c.diff(store, p, from, to, o)
			})
		},
	}
	f := cmd.Flags()
	f.BoolVar(&o.exit, "exit-code", false, "end with 20 when there are differences")
	f.BoolVar(&o.all, "all", false, "show what stayed and what is no part of the article, too")
	f.BoolVar(&o.stat, "stat", false, "count the words that came and went, place by place")
	f.BoolVarP(&o.sides, "side-by-side", "y", false, "the old text on the left, the new one on the right")
	f.StringVar(&o.words, "word-diff", "auto", "mark words by colours where there are some (auto), by brackets too (plain), or by `colour` only (color)")
	f.Lookup("word-diff").NoOptDefVal = "auto"
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

// A diffObject is what diff --json prints.
type diffObject struct {
	ID     string    `json:"id"`
	From   int       `json:"from"`
	To     int       `json:"to"`
	After  time.Time `json:"after"`  // From was last seen
	Before time.Time `json:"before"` // To was first seen
	change.Diff
	Test []string `json:"headline_test,omitempty"` // the headlines from one back to it, when To ends such a test or it lies between
	Stat *stat    `json:"stat,omitempty"`
}

// A comparison is two versions of a page and what differs.
type comparison struct {
	page  archive.Page
	a, b  archive.Version
	diff  change.Diff
	test  []string
	lines []change.Line
}

func (c *cli) diff(store *archive.Store, p archive.Page, from, to int, o diffOptions) error {
	x, err := compare(store, p, from, to)
	if err != nil {
		return err
	}
	switch {
	case c.json:
		out := diffObject{ID: p.Key.ID(), From: from, To: to, After: x.a.LastSeen.UTC(), Before: x.b.FirstSeen.UTC(), Diff: x.diff, Test: x.test}
		if o.stat {
			s := statOf(x.diff.Edits)
			out.Stat = &s
		}
		err = object(c.out, out)
	case o.stat:
		c.diffHead(x)
		c.statText(statOf(x.diff.Edits), " ")
	case o.sides:
		c.diffHead(x)
		c.sides(x, o)
	default:
		c.diffHead(x)
		c.inline(x, o)
	}
	if err == nil && o.exit && x.diff.Changed {
		return errDiffer
	}
	return err
}

// compare reads two versions and compares them.
func compare(store *archive.Store, p archive.Page, from, to int) (x comparison, err error) {
	x.page = p
	if x.a, err = version(store, p, from); err != nil {
		return x, err
	}
	if x.b, err = version(store, p, to); err != nil {
		return x, err
	}
	for _, v := range []archive.Version{x.a, x.b} {
		if err := textKept(p, v); err != nil {
			return x, err
		}
	}
	earlier, test, err := headlines(store, p, from, to)
	if err != nil {
		return x, err
	}
	x.test = test
	before := change.Snapshot{Article: x.a.Article, URL: x.a.URL, Seen: x.a.LastSeen}
	after := change.Snapshot{Article: x.b.Article, URL: x.b.URL, Seen: x.b.FirstSeen}
	x.diff = change.Compare(before, after, earlier)
	if from > to { // whether a paper admits what it did has no sense backwards
		x.diff.Declared, x.diff.Stealth, x.diff.Reason = false, false, ""
	}
	if x.diff.Kinds == nil {
		x.diff.Kinds = []change.Kind{}
	}
	if x.diff.Edits == nil {
		x.diff.Edits = []change.Edit{}
	}
	x.lines = change.Align(before, after)
	return x, nil
}

// textKept gives the error of a version whose text is no longer kept: to compare with
// nothing would accuse the paper of what the archive did.
func textKept(p archive.Page, v archive.Version) error {
	if v.Erased == "" {
		return nil
	}
	return hint(fmt.Errorf("%s: %w: %s", v.ID, archive.ErrErased, line(v.Article.Why)),
		fmt.Sprintf("pressmark log %s --patch shows what is still known of the change", p.Key.ID()[:8]))
}

// headlines lists those of the versions before from, and the last headline
// test that ended after from, by to.
func headlines(store *archive.Store, p archive.Page, from, to int) (earlier, test []string, err error) {
	var h change.Headlines
	for n := 1; n <= to; n++ {
		v, err := version(store, p, n)
		if err != nil {
			return nil, nil, err
		}
		if v.Erased != "" {
			continue
		}
		if n < from {
			earlier = append(earlier, v.Article.Title)
		}
		if t := h.Add(change.Snapshot{Article: v.Article, URL: v.URL}); t != nil && n > from {
			test = t
		}
	}
	return earlier, test, nil
}
