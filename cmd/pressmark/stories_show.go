package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"pressmark/archive"
	"pressmark/archive/report"
	"pressmark/extract/change"
)

// storyOptions say how a story is shown.
type storyOptions struct {
	with string // the copy whose text is shown
	list bool   // no texts
	all  bool   // what both tell alike, too
}

func (c *cli) storyCommand() *cobra.Command {
	var o storyOptions
	cmd := &cobra.Command{
		Use:   "show ID",
		Short: "Show one story with all its copies, and two texts beside each other",
		Long: `Show one story with all its copies: which page was seen first, what the others
are to it, and the evidence. Below that stands a copy beside the text that it was
found in, the earlier on the left: sentences that went (-), came (+), were
reworded (~) or moved (>). It is the copy that joined the story first, or the
one of --with. In a narrow window the two texts stand in one. What was decided by
hand about its articles (split, merge) stands between.

ID is the beginning of a story's ID, or names an article in it (the beginning of
its ID, or its URL).`,
		Example: "  pressmark stories show 7f3a\n  pressmark stories show 7f3a --with 91c0 --all\n  pressmark stories show 7f3a --list\n  pressmark stories show 7f3a --json | jq '.aligned.lines[] | select(.op == \"insert\") | .after'",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if o.list && (o.with != "" || o.all) {
				return usage(fmt.Errorf("--list shows no texts: leave out --with and --all"))
			}
			return c.reading(func(store *archive.Store) error {
				id, err := storyID(cmd, store, args[0])
				if err != nil {
					return err
				}
				return c.showStory(store, id, o)
			})
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.with, "with", "", "show the text of this `article`, the beginning of its ID or its URL")
	f.BoolVar(&o.list, "list", false, "list the copies only")
	f.BoolVar(&o.all, "all", false, "show the paragraphs that both tell alike, too")
	return cmd
}

// A storyObject is what stories show --json prints.
type storyObject struct {
	report.Story
	Decisions []decisionObject `json:"decisions,omitempty"` // by hand, about its articles
	Aligned   *alignedObject   `json:"aligned,omitempty"`
}

// An alignedObject is a copy beside the text that it was found in.
type alignedObject struct {
	From     sideObject   `json:"from"`
	To       sideObject   `json:"to"`
	Relation string       `json:"relation"`
	Why      string       `json:"why,omitempty"`
	Lines    []lineObject `json:"lines"`
}

type sideObject struct {
	Page    string `json:"page"`
	Version int    `json:"version"`
	URL     string `json:"url"`
	Agency  string `json:"agency,omitempty"`
}

type lineObject struct {
	Op     change.Op `json:"op,omitempty"` // "" when both tell it
	Before string    `json:"before,omitempty"`
	After  string    `json:"after,omitempty"`
}

// A likeness is two texts of a story.
type likeness struct {
	member archive.Member // the later text's part in the story
	a, b   archive.Version
	lines  []change.Line
}

func (c *cli) showStory(store *archive.Store, id archive.StoryID, o storyOptions) error {
	s, x, err := readStory(store, id, o)
	if err != nil {
		return err
	}
	decided, err := decisionsAbout(store, s)
	if err != nil {
		return err
	}
	out := storyObject{Story: report.StoryOf(s)}
	for _, d := range decided {
		out.Decisions = append(out.Decisions, decisionOf(d))
	}
	if c.json {
		if x != nil {
			out.Aligned = x.object()
		}
		return object(c.out, out)
	}
	if err := c.story(out.Story); err != nil {
		return err
	}
	for _, d := range decided {
		if err := c.printDecision(store, d); err != nil {
			return err
		}
	}
	if x == nil {
		return nil
	}
	c.likeness(*x, o)
	return nil
}

// readStory reads a story and the two texts of it that are to be shown, nil
// when one page alone tells it.
func readStory(store *archive.Store, id archive.StoryID, o storyOptions) (archive.Story, *likeness, error) {
	var want archive.Page
	if o.with != "" {
		var err error
		if want, _, err = page(store, o.with); err != nil {
			return archive.Story{}, nil, err
		}
	}
	var s archive.Story
	var x *likeness
	err := store.View(func(tx *archive.Tx) (err error) {
		if s, err = tx.Story(id); err != nil || o.list {
			return err
		}
		m, found := copyIn(s, want)
		switch {
		case !found && o.with == "":
			return nil
		case !found:
			return hint(fmt.Errorf("%s tells no copy in the story %s", want.Key.ID()[:8], string(id)[:8]), "without --with the first of its copies is shown")
		}
		x = &likeness{member: m}
		if x.a, err = tx.Version(m.Of); err != nil {
			return err
		}
		x.b, err = tx.Version(m.Version)
		return err
	})
	if err != nil || x == nil {
		return s, nil, err
	}
	if gone := x.gone(); gone != nil {
		if o.with != "" {
			return s, nil, gone
		}
		return s, nil, nil // the copies are still worth a list
	}
	x.lines = change.Align(
		change.Snapshot{Article: x.a.Article, URL: x.a.URL, Seen: x.a.FirstSeen},
		change.Snapshot{Article: x.b.Article, URL: x.b.URL, Seen: x.b.FirstSeen})
	return s, x, nil
}

// copyIn finds the first member that is a copy of another page's text, of the
// page if one is wanted.
func copyIn(s archive.Story, want archive.Page) (archive.Member, bool) {
	for _, m := range s.Members {
		if m.Of.Page != m.Version.Page && (want.Key == "" || m.Version.Page == want.Key) {
			return m, true
		}
	}
	return archive.Member{}, false
}

// gone gives the error of texts that cannot be shown, since one is no longer kept.
func (x likeness) gone() error {
	for _, v := range []archive.Version{x.a, x.b} {
		if v.Erased != "" {
			return fmt.Errorf("%s: %w: %s", v.ID, archive.ErrErased, line(v.Article.Why))
		}
	}
	return nil
}

func (x likeness) object() *alignedObject {
	side := func(v archive.Version) sideObject {
		return sideObject{Page: v.ID.Page.ID(), Version: v.ID.N, URL: v.URL, Agency: v.Article.Agency}
	}
	o := &alignedObject{From: side(x.a), To: side(x.b), Relation: string(x.member.Relation), Why: x.member.Why, Lines: []lineObject{}}
	for _, l := range x.lines {
		if !l.Greyed {
			o.Lines = append(o.Lines, lineObject{l.Op, l.Before, l.After})
		}
	}
	return o
}

// likeness writes two texts beside each other, or as one where there is no room.
func (c *cli) likeness(x likeness, o storyOptions) {
	show := diffOptions{all: o.all, words: "auto"}
	head := func(v archive.Version) []piece {
		p := []piece{{bold, line(v.Site)}, {faint, "  " + v.ID.Page.ID()[:8] + "  first seen " + clock(v.FirstSeen, c.zone())}}
		if v.Article.Agency != "" {
			p = append(p, piece{faint, ", credits " + line(v.Article.Agency)})
		}
		return p
	}
	fmt.Fprintln(c.out)
	width := min((c.out.columns()-3)/2, widest)
	if width < narrowest {
		c.say("too narrow for two texts side by side: they stand in one")
		for _, v := range []archive.Version{x.a, x.b} {
			for _, row := range c.out.flow(head(v), max(c.out.columns(), 1), false) {
				fmt.Fprintln(c.out, row)
			}
		}
		c.inline(comparison{a: x.a, b: x.b, lines: x.lines}, show)
		return
	}
	c.columnsOf(" ", width, head(x.a), head(x.b))
	c.eachLine(x.lines, show, func(l change.Line) {
		sign, left, right := c.sidePieces(l, show)
		c.columnsOf(sign, width, left, right)
	})
}
