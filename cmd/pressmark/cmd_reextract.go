package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"pressmark/archive"
	"pressmark/archive/ingest"
)

func (c *cli) reextractCommand() *cobra.Command {
	var yes, lossy bool
	cmd := &cobra.Command{
		Use:   "reextract",
		Short: "Draw all conclusions again from the stored originals",
		Long: `Drop the versions, changes and stories and compute them again from the captures
with today's extractor and the configuration's filter lists. The captures are
not touched and nothing is fetched. When it is interrupted, the next crawl or
reextract goes on where it stood.

Without --yes it does all that in memory, changes nothing, and tells what would
be different: how many versions would get another text, headline, byline or
date, how many would go or come, and where the texts would differ most. A
version goes when what made it another was no edit of the paper, and comes when
an edit is seen that was not seen before.`,
		Example: "  pressmark reextract\n  pressmark reextract --json | jq '.largest[]'\n  pressmark reextract --yes",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			dir, err := c.place()
			if err != nil {
				return err
			}
			conf, err := c.configurationOrDefault()
			if err != nil {
				return err
			}
			hidden, err := c.filters(conf)
			if err != nil {
				return err
			}
			open := c.writing
			if !yes {
				open = c.adding // what is dropped comes back before anybody sees it
			}
			return open(dir, "reextract", func(store *archive.Store) error {
				before, err := store.Stats()
				if err != nil {
					return err
				}
				if !yes {
					if n, err := prunedOriginals(cmd.Context(), store); err != nil {
						return err
					} else if n > 0 {
						c.say("pressmark: %s can't be read again: pruned; --yes wants --lossy, and drops what only they showed", count(n, "original"))
					}
					return c.rehearse(cmd.Context(), store, hidden, before)
				}
				if !lossy {
					if err := c.wholeCaptures(cmd.Context(), store); err != nil {
						return err
					}
				}
				if err := store.Reset(cmd.Context()); err != nil {
					return err
				}
				in := ingest.New(store, ingest.Options{Log: c.log, Filters: hidden, Seen: c.counting(before.Captures)})
				_, err = in.Run(cmd.Context())
				if !c.quiet {
					c.err.status("")
				}
				if err != nil {
					return err
				}
				after, err := store.Stats()
				if err != nil {
					return err
				}
				return c.printReextract(before, after)
			})
		},
	}
	cmd.Flags().BoolVar(&yes, "yes", false, "do it, rather than say what would be done")
	cmd.Flags().BoolVar(&lossy, "lossy", false, "do it although captures are damaged or pruned: what only they show is lost")
	return cmd
}

// wholeCaptures looks whether every capture can be read, before what was
// concluded from them is dropped: a damaged one can't show its versions again.
func (c *cli) wholeCaptures(ctx context.Context, store *archive.Store) error {
	if n, err := prunedOriginals(ctx, store); err != nil {
		return err
	} else if n > 0 {
		return hint(fmt.Errorf("%s can't be read again: pruned; what they showed could not be computed again", count(n, "original")),
			"--lossy drops what they showed")
	}
	r, err := store.Verify(ctx, archive.VerifyOptions{Deep: true, Progress: func(done, total int) {
		if !c.quiet {
			c.err.status(fmt.Sprintf("verify %d of %d", done, total))
		}
	}})
	if !c.quiet {
		c.err.status("")
	}
	lost := slices.DeleteFunc(r.Damage, func(d archive.Damage) bool { return d.Concluded }) // that is what is computed again
	if err != nil || len(lost) == 0 {
		return err
	}
	return hint(fmt.Errorf("%w: %s; what they showed could not be computed again", archive.ErrDamaged, count(len(lost), "record")),
		"pressmark verify --deep names them; pressmark repair may mend them; --lossy drops what they showed")
}

func (c *cli) printReextract(before, after archive.Stats) error {
	if c.json {
		type counts struct {
			Pages    int `json:"pages"`
			Versions int `json:"versions"`
			Changes  int `json:"changes"`
			Stories  int `json:"stories"`
		}
		return object(c.out, struct {
			Done     bool   `json:"done"`
			Captures int    `json:"captures"`
			Before   counts `json:"before"`
			After    counts `json:"after"`
		}{true, after.Captures, counts{before.Pages, before.Versions, before.Changes, before.Stories}, counts{after.Pages, after.Versions, after.Changes, after.Stories}})
	}
	for _, x := range []struct {
		noun string
		a, b int
	}{{"pages", before.Pages, after.Pages}, {"versions", before.Versions, after.Versions}, {"changes", before.Changes, after.Changes}, {"stories", before.Stories, after.Stories}} {
		if _, err := fmt.Fprintf(c.out, "%s %8s → %s\n", pad(x.noun, 9), thousands(x.a), thousands(x.b)); err != nil {
			return err
		}
	}
	return nil
}

// counting shows on a terminal how many captures have been read.
func (c *cli) counting(all int) func(archive.Sighting, *archive.Change) {
	done := 0
	return func(archive.Sighting, *archive.Change) {
		if done++; !c.quiet && done%16 == 0 {
			c.err.status(fmt.Sprintf("%s of %s", thousands(done), count(all, "capture")))
		}
	}
}
