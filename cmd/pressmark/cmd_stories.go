package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"pressmark/archive"
	"pressmark/archive/report"
)

func (c *cli) storiesCommand() *cobra.Command {
	var f filter
	var all bool
	cmd := &cobra.Command{
		Use:   "stories",
		Short: "List texts that run under more than one address",
		Long: `List the stories: articles of one or many papers that tell the same text,
whether copied, cut, edited or put through a paraphraser. The copy that was
seen first comes first; the others say what they are to it, how alike they are,
and why that is thought.

Where that is wrong, split and merge correct it by hand, for good; decisions lists
what was decided so.

--since and --until go by the time at which a story was first seen.`,
		Example: "  pressmark stories --since 7d\n  pressmark stories show 7f3a\n  pressmark stories show 7f3a --with 91c0 --all\n  pressmark stories split 7f3a 91c0 --why 'another fire'\n  pressmark stories --json | jq '.copies[].site'",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.reading(func(store *archive.Store) error { return c.stories(cmd, store, f, all) })
		},
	}
	f.flags(cmd)
	cmd.Flags().BoolVar(&all, "all", false, "stories that one page tells, too")
	cmd.AddCommand(c.storyCommand(), c.storySplitCommand(), c.storyMergeCommand(), c.decisionsCommand())
	return cmd
}

func (c *cli) stories(cmd *cobra.Command, store *archive.Store, f filter, all bool) error {
	af, err := f.archive(cmd.Context(), c, store)
	if err != nil {
		return err
	}
	limit := af.Limit
	af.Limit = 0
	n := 0
	for s, err := range store.Stories(cmd.Context(), af) {
		if err != nil {
			return err
		}
		o := report.StoryOf(s)
		if len(o.Copies) < 2 && !all {
			continue
		}
		if err := c.story(o); err != nil {
			return err
		}
		if n++; n == limit {
			break
		}
	}
	if n == 0 {
		c.say("no stories%s", f.because(" run under more than one address"))
	}
	return nil
}

func (c *cli) story(o report.Story) error {
	if c.json {
		return object(c.out, o)
	}
	title := c.out.style(bold, line(o.Title))
	if o.Agency != "" {
		title += c.out.style(faint, "  "+o.Agency)
	}
	fmt.Fprintf(c.out, "%s  %s\n", c.out.style(yellow, o.ID[:8]), title)
	zone := c.zone()
	for _, m := range o.Copies {
		what := m.Relation
		if m.Score > 0 && m.Relation != "original" {
			what += fmt.Sprintf(" %.0f %%", 100*m.Score)
		}
		row := fmt.Sprintf("  %s  %s  %s  %s  ", c.out.style(yellow, m.Page[:8]), clock(m.Seen, zone), pad(fit(line(m.Site), 22), 22), pad(what, 16))
		if m.Why == "" {
			row = strings.TrimRight(row, " ")
		}
		if _, err := fmt.Fprintf(c.out, "%s%s\n", row, c.out.style(faint, line(m.Why))); err != nil {
			return err
		}
	}
	return nil
}

// storyID finds the story whose ID begins with arg, or that the article arg belongs to.
func storyID(cmd *cobra.Command, store *archive.Store, arg string) (archive.StoryID, error) {
	p, _, err := page(store, arg)
	switch {
	case err == nil && p.Story != "":
		return p.Story, nil
	case err != nil && !errors.Is(err, archive.ErrNoSuch):
		return "", err
	}
	var found []archive.StoryID
	for s, err := range store.Stories(cmd.Context(), archive.Filter{}) {
		if err != nil {
			return "", err
		}
		if len(arg) >= 4 && strings.HasPrefix(string(s.ID), arg) {
			found = append(found, s.ID)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return "", hint(fmt.Errorf("no story and no article is called %q", arg), "pressmark stories lists the stories with their IDs")
	}
	return "", fmt.Errorf("%w: %q begins %s", archive.ErrAmbiguous, arg, count(len(found), "story"))
}
