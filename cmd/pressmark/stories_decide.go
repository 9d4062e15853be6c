package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"pressmark/archive"
	"pressmark/archive/ingest"
	"pressmark/archive/report"
	"pressmark/extract/urlkey"
)

// longestNote is how many bytes --by and --why may have.
const longestNote = 500

// A decider says who decides, and why.
type decider struct{ by, why string }

func (d *decider) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&d.by, "by", "", "who decides: `NAME` for the record (default: user@host)")
	cmd.Flags().StringVar(&d.why, "why", "", "the reason: `TEXT` for the record, as the story will show it")
}

func (d *decider) check() error {
	if len(d.by) > longestNote || len(d.why) > longestNote {
		return usage(fmt.Errorf("--by and --why take at most %d bytes", longestNote))
	}
	if d.by = line(d.by); d.by == "" {
		d.by = whoami()
	}
	d.why = line(d.why)
	return nil
}

func (c *cli) storySplitCommand() *cobra.Command {
	var o decider
	cmd := &cobra.Command{
		Use:   "split STORY ARTICLE…",
		Short: "Say that articles don't belong to a story",
		Long: `Say that articles don't belong to a story. They leave it together, for stories of
their own, and are never put again into one that an article is in which they
were split from: not when they are edited, nor when a third article is like both,
nor when all is computed again (reextract). What is left of the story, and what
left it, is filed anew at once as if that had been known from the first.

STORY is the beginning of a story's ID, or names an article in it; ARTICLE is
the beginning of an article's ID, or its URL. Nothing is lost: the decision is
kept with who took it, when and why, and stories decisions undo takes it back.`,
		Example: "  pressmark stories split 7f3a 91c0 --why 'another fire, in another town'\n  pressmark stories split 7f3a 91c0 5e12 --by 'the night desk'",
		Args:    cobra.MinimumNArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.deciding(cmd, "stories split", &o, func(store *archive.Store) (archive.Decision, error) {
				s, err := storyOf(cmd, store, args[0])
				if err != nil {
					return archive.Decision{}, err
				}
				return splitting(store, s, args[1:])
			})
		},
	}
	o.flags(cmd)
	return cmd
}

func (c *cli) storyMergeCommand() *cobra.Command {
	var o decider
	cmd := &cobra.Command{
		Use:   "merge STORY STORY…",
		Short: "Say that stories are one",
		Long: `Say that stories are one, although their texts were not found to be alike. All of
their articles stand in one story from now on, also when all is computed again
(reextract); those for which only your word speaks have the relation "merged",
with who said so, when and why for its evidence. What comes in later and is like
one of them joins the whole.

STORY is the beginning of a story's ID, or names an article in it. Nothing is
lost: stories decisions undo takes it back. Where articles were split before,
the newer decision counts.`,
		Example: "  pressmark stories merge 7f3a 91c0 --why 'the agency says that it is one text'\n  pressmark stories merge 7f3a 91c0 5e12",
		Args:    cobra.MinimumNArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.deciding(cmd, "stories merge", &o, func(store *archive.Store) (archive.Decision, error) {
				var list []archive.Story
				for _, arg := range args {
					s, err := storyOf(cmd, store, arg)
					if err != nil {
						return archive.Decision{}, err
					}
					list = append(list, s)
				}
				return merging(list, args)
			})
		},
	}
	o.flags(cmd)
	return cmd
}

// deciding opens the archive, has a decision made, and files by it.
func (c *cli) deciding(cmd *cobra.Command, holder string, o *decider, decide func(*archive.Store) (archive.Decision, error)) error {
	if err := o.check(); err != nil {
		return err
	}
	dir, err := c.place()
	if err != nil {
		return err
	}
	return c.adding(dir, holder, func(store *archive.Store) error {
		d, err := decide(store)
		if err != nil {
			return err
		}
		d.By, d.Why, d.At = o.by, o.why, time.Now()
		r, err := ingest.Decide(cmd.Context(), store, &d)
		if err != nil {
			return err
		}
		return c.printRefiling(r)
	})
}

// storyOf reads the story that an argument names.
func storyOf(cmd *cobra.Command, store *archive.Store, arg string) (s archive.Story, err error) {
	id, err := storyID(cmd, store, arg)
	if err != nil {
		return s, err
	}
	err = store.View(func(tx *archive.Tx) error {
		s, err = tx.Story(id)
		return err
	})
	return s, err
}

// tellers are the pages that tell a story, in order of arrival.
func tellers(s archive.Story) (pages []urlkey.Key) {
	for _, m := range s.Members {
		if !slices.Contains(pages, m.Version.Page) {
			pages = append(pages, m.Version.Page)
		}
	}
	return pages
}

// splitting makes the decision that the articles of args don't tell a story.
func splitting(store *archive.Store, s archive.Story, args []string) (archive.Decision, error) {
	d := archive.Decision{Kind: archive.Split}
	all := tellers(s)
	name := string(s.ID)[:8]
	if len(all) < 2 {
		return d, hint(fmt.Errorf("the story %s is told by one article alone: there is nothing to split", name), "pressmark stories lists those that several tell")
	}
	for _, arg := range args {
		p, n, err := page(store, arg)
		switch {
		case err != nil:
			return d, err
		case n > 0:
			return d, usage(fmt.Errorf("%s names a version, and a page's versions are in one story: leave out @%d", arg, n))
		case !slices.Contains(all, p.Key):
			return d, hint(fmt.Errorf("%s is not in the story %s", p.Key.ID()[:8], name), "pressmark stories show "+name+" --list lists the articles in it")
		case !slices.Contains(d.Pages, p.Key):
			d.Pages = append(d.Pages, p.Key)
		}
	}
	for _, key := range all {
		if !slices.Contains(d.Pages, key) {
			d.From = append(d.From, key)
		}
	}
	if len(d.From) == 0 {
		return d, hint(fmt.Errorf("these are all articles of the story %s: there is nothing left to split them from", name), "name those that belong together, and leave out the others")
	}
	return d, nil
}

// merging makes the decision that some stories are one.
func merging(list []archive.Story, args []string) (archive.Decision, error) {
	d := archive.Decision{Kind: archive.Merge}
	for i, s := range list {
		if j := slices.IndexFunc(list[:i], func(x archive.Story) bool { return x.ID == s.ID }); j >= 0 {
			return d, fmt.Errorf("%s and %s are one story already: %s", args[j], args[i], string(s.ID)[:8])
		}
		d.Pages = append(d.Pages, tellers(s)...)
	}
	return d, nil
}

// printRefiling shows the stories as they are now, and how to go back.
func (c *cli) printRefiling(r ingest.Refiling) error {
	d := r.Decision
	if c.json {
		stories := []report.Story{}
		for _, s := range r.After {
			stories = append(stories, report.StoryOf(s))
		}
		return object(c.out, struct {
			decisionObject
			Stories []report.Story `json:"stories"` // as they are now
		}{decisionOf(d), stories})
	}
	for _, s := range r.After {
		if err := c.story(report.StoryOf(s)); err != nil {
			return err
		}
	}
	what := map[archive.DecisionKind]string{
		archive.Split: count(len(d.Pages), "article") + " split off", archive.Merge: count(len(r.Before), "story") + " merged",
	}[d.Kind]
	if !d.Undone.IsZero() {
		c.say("decision %d is taken back: %s", d.ID, c.whatIs(r.After))
		return nil
	}
	c.say("%s: %s; pressmark stories decisions undo %d takes it back", what, c.whatIs(r.After), d.ID)
	return nil
}

// whatIs counts stories and the articles in them.
func (c *cli) whatIs(list []archive.Story) string {
	n := 0
	for _, s := range list {
		n += len(tellers(s))
	}
	return count(n, "article") + " in " + count(len(list), "story")
}

// undone is the error of what was taken back before.
func (c *cli) undone(err error, d archive.Decision) error {
	if !errors.Is(err, ingest.ErrUndone) {
		return err
	}
	return fmt.Errorf("decision %d was taken back already, on %s by %s", d.ID, clock(d.Undone, c.zone()), strings.TrimSpace(line(d.UndoneBy)))
}
