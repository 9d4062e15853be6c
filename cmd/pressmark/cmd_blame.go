package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"pressmark/archive"
	"pressmark/extract/change"
)

// blameOptions say which lines of a blame are shown.
type blameOptions struct {
	all   bool
	lines string
	from  int // of lines
	to    int
}

func (c *cli) blameCommand() *cobra.Command {
	var o blameOptions
	cmd := &cobra.Command{
		Use:   "blame ID",
		Short: "Since when each sentence of an article stands",
		Long: `Tell since when each sentence of an article stands, as git blame does: the
version that brought it, and when that was. A version came between the last
look at the page that saw the one before and the first that saw it; nobody but
the paper knows more.

A sentence that was moved keeps its date, and so does one whose paragraph was
cut anew. Of a sentence that was reworded you see what stood there before; of
one that went and came back, in which versions it had stood. What stood behind
a wall before is said to be so: the paper need not have added it.

ID is the beginning of an article's ID as ls prints it, at least four digits,
or its URL; 7f3a@2 tells it of the second version.`,
		Example: "  pressmark blame 7f3a\n  pressmark blame 7f3a@2 --lines 1,5\n  pressmark blame 7f3a --json",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.read(); err != nil {
				return usage(err)
			}
			return c.reading(func(store *archive.Store) error {
				p, n, err := page(store, args[0])
				if err != nil {
					return err
				}
				if n == 0 {
					n = p.Head
				}
				x, err := c.blamed(store, p, n)
				if err != nil {
					return err
				}
				return c.blame(x, o)
			})
		},
	}
	cmd.Flags().BoolVar(&o.all, "all", false, "show what is no part of the article (labels, counts …), too")
	cmd.Flags().StringVarP(&o.lines, "lines", "L", "", "only the lines `N,M`, by the numbers before them")
	return cmd
}

// read takes --lines apart: 3,7 or 3, or ,7 or 3.
func (o *blameOptions) read() error {
	if o.lines == "" {
		return nil
	}
	a, b, two := strings.Cut(o.lines, ",")
	if !two {
		b = a
	}
	var errA, errB error
	o.from = 1
	if a != "" {
		o.from, errA = strconv.Atoi(a)
	}
	if b != "" {
		o.to, errB = strconv.Atoi(b)
	}
	if errA != nil || errB != nil || o.from < 1 || b != "" && o.to < o.from || a == "" && b == "" {
		return hint(fmt.Errorf("--lines %q names no lines", o.lines), "write 3,7 for the lines from 3 to 7")
	}
	return nil
}

// An edition is one version of a page, as far as a blame tells of it.
type edition struct {
	n      int
	after  time.Time // the version before it was last seen; zero when there is none that is known
	before time.Time // it was first seen
	seq    archive.Seq
	digest string
	lines  int
}

// A blamed is a version with its sentences, and the versions that they are from.
type blamed struct {
	page     archive.Page
	version  archive.Version
	lines    []change.Standing
	editions map[int]*edition
}

// blamed follows a page's sentences through its versions up to one.
func (c *cli) blamed(store *archive.Store, p archive.Page, n int) (x blamed, err error) {
	x = blamed{page: p, editions: map[int]*edition{}}
	if x.version, err = version(store, p, n); err != nil {
		return x, err
	}
	if err := textKept(p, x.version); err != nil {
		return x, err
	}
	b := change.NewBlame()
	var last time.Time
	for i := 1; i <= p.Head; i++ {
		v, err := version(store, p, i)
		switch {
		case i != n && errors.Is(err, archive.ErrDamaged):
			c.say("pressmark: %s is damaged: what it showed is not known", archive.VersionID{Page: p.Key, N: i})
			continue
		case err != nil:
			return x, err
		case v.Erased != "":
			continue
		case i > n:
			b.Later(v.Article)
			continue
		}
		b.Add(i, change.Snapshot{Article: v.Article, URL: v.URL, Seen: v.FirstSeen})
		e := &edition{n: i, after: last, before: v.FirstSeen, seq: v.First}
		capture, err := store.CaptureHead(v.First)
		switch {
		case err == nil:
			e.digest = capture.Digest.String()
		case !errors.Is(err, archive.ErrNoSuch) && !errors.Is(err, archive.ErrDamaged):
			return x, err
		}
		x.editions[i], last = e, v.LastSeen
	}
	x.lines = b.Standings()
	return x, nil
}

// A blameObject is what blame --json prints of a sentence.
type blameObject struct {
	ID        string       `json:"id"`
	Version   int          `json:"version"` // whose sentence it is
	Line      int          `json:"line"`
	Where     string       `json:"where"` // title, byline or text
	Block     int          `json:"block"` // as in an edit
	Text      string       `json:"text"`
	Since     int          `json:"since"`           // the version that brought it
	After     time.Time    `json:"after,omitzero"`  // the version before was last seen; missing when there is none, or a wall stood before the text
	Before    time.Time    `json:"before"`          // Since was first seen
	Capture   archive.Seq  `json:"capture"`         // that first showed it
	Digest    string       `json:"digest"`          // SHA-256 of its body
	First     int          `json:"first"`           // the version that brought it in these or other words
	Was       string       `json:"was,omitempty"`   // those words
	Moved     int          `json:"moved,omitempty"` // the last version that moved it
	Earlier   []change.Run `json:"earlier,omitempty"`
	Unseen    bool         `json:"unseen,omitempty"`    // it may have stood behind a wall before
	Furniture bool         `json:"furniture,omitempty"` // with --all
}

func (c *cli) blame(x blamed, o blameOptions) error {
	n := 0
	var shown []numbered
	for _, s := range x.lines {
		if s.Furniture && !o.all {
			continue
		}
		if n++; n >= o.from && (o.to == 0 || n <= o.to) {
			shown = append(shown, numbered{n, s})
			x.editions[s.Since].lines++
		}
	}
	if o.from > n {
		return usage(fmt.Errorf("--lines %s: there are %s", o.lines, count(n, "line")))
	}
	if !c.json {
		c.blameText(x, shown)
		return nil
	}
	for _, l := range shown {
		e := x.editions[l.Since]
		b := blameObject{
			ID: x.page.Key.ID(), Version: x.version.ID.N, Line: l.number, Where: l.Where, Block: l.Block, Text: l.Text,
			Since: l.Since, After: e.after.UTC(), Before: e.before.UTC(), Capture: e.seq, Digest: e.digest,
			First: l.First, Was: l.Was, Moved: l.Moved, Earlier: l.Earlier, Unseen: l.Unseen, Furniture: l.Furniture,
		}
		if l.Unseen || e.after.IsZero() {
			b.After = time.Time{}
		}
		if err := object(c.out, b); err != nil {
			return err
		}
	}
	return nil
}

// A numbered is a sentence with its number.
type numbered struct {
	number int
	change.Standing
}
