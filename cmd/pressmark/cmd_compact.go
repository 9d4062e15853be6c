package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"pressmark/archive"
)

func (c *cli) compactCommand() *cobra.Command {
	var dry bool
	cmd := &cobra.Command{
		Use:   "compact",
		Short: "Give the space that the archive no longer needs back to the disk",
		Long: `Copy the archive's files without the space in them that is free, and put the
copies in their place: archive.db always, a raw volume when a tenth of it is
free. Nothing is lost or changed by it. While a file is copied there must be
room for the copy; when there is not, the file stays as it is.

It may be done while a daemon or crawl is at work: reading goes on, and pages
that come in while archive.db is copied wait, some seconds for a gigabyte, and
are kept then. When it is cut off at any moment the archive is whole.

takedown and prune do this by themselves with the files that they empty.`,
		Example: "  pressmark compact\n  pressmark compact --dry-run        what is free",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if dry {
				return c.reading(c.printRooms)
			}
			dir, err := c.place()
			if err != nil {
				return err
			}
			return c.adding(dir, "compact", func(store *archive.Store) error { return c.compact(cmd.Context(), store) })
		},
	}
	cmd.Flags().BoolVar(&dry, "dry-run", false, "say how much is free, and do nothing")
	return cmd
}

func (c *cli) compact(ctx context.Context, store *archive.Store) error {
	list, err := store.Compact(ctx, c.copying("compact"))
	c.copied()
	if perr := c.printCompacted(list); err == nil {
		err = perr
	}
	return err
}

// copying shows on a terminal how the copying of files goes.
func (c *cli) copying(what string) archive.FileProgress {
	if !c.err.tty || c.quiet {
		return nil
	}
	return func(file string, done, total int64) {
		c.err.status(fmt.Sprintf("%s: %s, %s of %s", what, file, bytesOf(done), bytesOf(total)))
	}
}

// copied ends what copying shows.
func (c *cli) copied() {
	if c.err.tty && !c.quiet {
		c.err.status("")
	}
}

func (c *cli) printCompacted(list []archive.Compacted) error {
	for _, x := range list {
		var err error
		if c.json {
			err = object(c.out, struct {
				File   string `json:"file"`
				Before int64  `json:"before"`
				After  int64  `json:"after"`
			}{x.File, x.Before, x.After})
		} else {
			_, err = fmt.Fprintf(c.out, "%s %9s → %9s\n", pad(x.File, 14), bytesOf(x.Before), bytesOf(x.After))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (c *cli) printRooms(store *archive.Store) error {
	list, err := store.Rooms()
	if err != nil {
		return err
	}
	for _, r := range list {
		if c.json {
			err = object(c.out, struct {
				File string `json:"file"`
				Size int64  `json:"size"`
				Free int64  `json:"free"`
			}{r.File, r.Size, r.Free})
		} else {
			_, err = fmt.Fprintf(c.out, "%s %9s, %s free\n", pad(r.File, 14), bytesOf(r.Size), bytesOf(r.Free))
		}
		if err != nil {
			return err
		}
	}
	return nil
}
