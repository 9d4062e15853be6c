package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/mod/sumdb/tlog"

	"pressmark/archive"
	"pressmark/archive/proof"
)

const proofHelp = `Prove later what was in the archive at a time. Every capture and every version
that comes in becomes a leaf of a hash tree, the log. A checkpoint is three lines
and a signature: the log's name, how many leaves it has, and one hash that follows
from all of them. Whoever noted it, in print, in a mail, at a notary's or by a
time-stamping service, can find out at any later time whether anything that was
there then has been altered, removed or put in another order since.

A checkpoint tells nothing of what is in the archive. It proves what was in it by
the moment when the checkpoint was given away, not before, and not that a server
sent it: for that the archive's keeper, or a second archive, is the witness.

While it runs, pressmark run makes a checkpoint a day; the archive keeps them.
Their use begins when one is given to somebody else.`

func (c *cli) proofCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "proof",
		Short:   "Prove later what was in the archive at a time",
		Long:    proofHelp,
		Example: "  pressmark proof checkpoint > 2026-11-23.checkpoint\n  pressmark proof show 7f3a@2 -o ferry.proof\n  pressmark verify --proof 2026-11-23.checkpoint",
	}
	cmd.AddCommand(c.proofCheckpoint(), c.proofKey(), c.proofConsistency(), c.proofShow(), c.proofLs())
	return cmd
}

// filled writes a file, or to standard output for "".
func (c *cli) filled(file string, fill func(io.Writer) error) error {
	out, err := c.output(file)
	if err != nil {
		return err
	}
	return out.close(fill(out))
}

// checkpoint makes a checkpoint of the archive as it is, and calls do.
func (c *cli) checkpoint(ctx context.Context, do func(*archive.Store, proof.Taken) error) error {
	dir, err := c.place()
	if err != nil {
		return err
	}
	return c.adding(dir, "proof", func(store *archive.Store) error {
		t, err := proof.Take(ctx, store, time.Now())
		if err != nil {
			if errors.Is(err, proof.ErrKey) {
				err = hint(err, "move the file away, and a new key is made; checkpoints that were signed with the old one go on to be good")
			}
			return err
		}
		if t.NewKey {
			c.say("a key was made to sign checkpoints with: %s, which only you can read; its public part is\n  %s", proof.KeyFile, t.Key)
		}
		return do(store, t)
	})
}

type checkpointObject struct {
	Origin string    `json:"origin"`
	Size   int64     `json:"size"`
	Root   string    `json:"root"`
	Time   time.Time `json:"time"`
	Key    string    `json:"key"`
	Note   string    `json:"note"`
}

func (c *cli) proofCheckpoint() *cobra.Command {
	var file string
	cmd := &cobra.Command{
		Use:   "checkpoint",
		Short: "Print what the archive is now, signed, to be given away",
		Long: `Enter into the log what came since it was last looked at, and print a checkpoint:
the log's name, its size, its root, the time and a signature. Print it in the paper,
mail it, have it time-stamped: it is small, and tells nothing of what is archived.
Asked again when nothing came, it prints the same.

The key to sign with is made at first use. It is proof.key in the archive's folder;
backups don't have it. A lost key is no loss for checkpoints that were given away.`,
		Example: "  pressmark proof checkpoint -o today.checkpoint\n  pressmark proof checkpoint | mail -s checkpoint notary@example.org",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.checkpoint(cmd.Context(), func(_ *archive.Store, t proof.Taken) error {
				return c.filled(file, func(w io.Writer) error {
					if c.json {
						return object(w, checkpointObject{t.Origin, t.Size, t.Root.String(), t.At, t.Key, string(t.Note)})
					}
					_, err := w.Write(t.Note)
					return err
				})
			})
		},
	}
	cmd.Flags().StringVarP(&file, "output", "o", "", "write to `FILE`")
	return cmd
}

func (c *cli) proofLs() *cobra.Command {
	return &cobra.Command{
		Use:     "ls",
		Short:   "List the checkpoints that the archive keeps",
		Long:    "List the checkpoints that were made, oldest first: when, of how many captures and\nversions, and the root.",
		Example: "  pressmark proof ls\n  pressmark proof ls --json | jq -r .note",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.reading(func(store *archive.Store) error {
				list, err := store.Checkpoints(cmd.Context())
				if err != nil {
					return err
				}
				if len(list) == 0 {
					c.say("no checkpoint was made: pressmark proof checkpoint makes one")
				}
				for _, x := range list {
					p, err := proof.Read(x.Note)
					if err != nil {
						return fmt.Errorf("the checkpoint of size %d: %w: %w", x.Size, archive.ErrDamaged, err)
					}
					if c.json {
						err = object(c.out, checkpointObject{p.Origin, p.Size, p.Root.String(), x.At, x.Key, string(x.Note)})
					} else {
						_, err = fmt.Fprintf(c.out, "%s  %12d  %s\n", clock(x.At, c.zone()), p.Size, p.Root)
					}
					if err != nil {
						return err
					}
				}
				return nil
			})
		},
	}
}

func (c *cli) proofKey() *cobra.Command {
	return &cobra.Command{
		Use:   "key",
		Short: "Print the public key that checkpoints are checked with",
		Long: `Print the key by which others know that a checkpoint is this archive's: its log's
name, and the public part of an Ed25519 key, as signed notes (C2SP) write it. Put
it where people find it, such as your imprint. The private part is never shown.`,
		Example: "  pressmark proof key",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.checkpoint(cmd.Context(), func(_ *archive.Store, t proof.Taken) error {
				if c.json {
					return object(c.out, struct {
						Origin string `json:"origin"`
						Key    string `json:"key"`
					}{t.Origin, t.Key})
				}
				_, err := fmt.Fprintln(c.out, t.Key)
				return err
			})
		},
	}
}

func (c *cli) proofConsistency() *cobra.Command {
	return &cobra.Command{
		Use:   "consistency OLD",
		Short: "Show that nothing of an older checkpoint was altered or removed in the log",
		Long: `Show that the log began, when it was as long as the checkpoint in the file OLD says,
with the same leaves as then: print the hashes by which anybody who has both
checkpoints can follow it (RFC 6962, 2.1.2). Ends with 12
when it is not so.

It is the log alone that is looked at. verify --proof looks at what is behind it, too.`,
		Example: "  pressmark proof consistency 2026-03-01.checkpoint",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			b, err := c.read(args[0], proof.MaxFile)
			if err != nil {
				return err
			}
			old, err := proof.Read(b)
			if err != nil {
				return fmt.Errorf("%s: %w", args[0], err)
			}
			return c.checkpoint(cmd.Context(), func(store *archive.Store, t proof.Taken) error {
				found, err := proof.AgainstRoot(store, old)
				if err != nil {
					return err
				}
				if len(found) > 0 {
					return fmt.Errorf("%w: %s", archive.ErrDamaged, found[0].Problem)
				}
				path, err := store.ProveGrowth(old.Size, t.Size)
				if err == nil && old.Size > 0 && old.Size < t.Size {
					err = tlog.CheckTree(path, t.Size, t.Root, old.Size, old.Root)
				}
				if err != nil {
					return fmt.Errorf("%w: the log does not go on from that checkpoint: %w", archive.ErrDamaged, err)
				}
				if c.json {
					return object(c.out, struct {
						From int64       `json:"from"`
						Size int64       `json:"size"`
						Root string      `json:"root"`
						Path []tlog.Hash `json:"path"`
						Note string      `json:"note"`
					}{old.Size, t.Size, t.Root.String(), append([]tlog.Hash{}, path...), string(t.Note)})
				}
				for _, h := range path {
					fmt.Fprintln(c.out, h)
				}
				c.say("the log of %d leaves begins with the %d of that checkpoint, unaltered", t.Size, old.Size)
				return nil
			})
		},
	}
}

func (c *cli) proofShow() *cobra.Command {
	var file string
	var seq uint64
	cmd := &cobra.Command{
		Use:   "show ID[@N]",
		Short: "Write the proof that a version was in the archive, in one file",
		Long: `Write all that is needed to check that a version, and the capture that showed it
first, were in the archive when the last checkpoint was made: what the log says of
them, the hashes that lead to the checkpoint's root, and the checkpoint. Without @N
it is the latest version; with --capture any capture, by the number that log and
show name.

The file tells of this version alone, and nothing of the rest of the archive. It is
checked with verify --proof, or by the script that pressmark evidence packs.`,
		Example: "  pressmark proof show 7f3a@2 -o ferry.proof\n  pressmark proof show --capture 1042",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if (len(args) == 1) == (seq > 0) {
				return usage(hint(errors.New("one thing must be named"), "write the ID of an article, or --capture with a number"))
			}
			return c.checkpoint(cmd.Context(), func(store *archive.Store, t proof.Taken) error {
				var f proof.File
				var err error
				if seq > 0 {
					var x archive.Capture
					if x, err = store.CaptureHead(archive.Seq(seq)); err == nil {
						f, err = proof.OfCapture(store, t, x)
					}
				} else {
					var p archive.Page
					var n int
					if p, n, err = page(store, args[0]); err != nil {
						return err
					}
					var v archive.Version
					if v, err = version(store, p, n); err == nil {
						f, err = proof.OfVersion(store, t, v)
					}
				}
				if err != nil {
					return err
				}
				return c.filled(file, f.Write)
			})
		},
	}
	cmd.Flags().StringVarP(&file, "output", "o", "", "write to `FILE`")
	cmd.Flags().Uint64Var(&seq, "capture", 0, "the capture of this `NUMBER`")
	return cmd
}
