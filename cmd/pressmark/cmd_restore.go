package main

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/spf13/cobra"

	"pressmark/archive"
)

func (c *cli) restoreCommand() *cobra.Command {
	var o archive.RestoreOptions
	var check bool
	cmd := &cobra.Command{
		Use:   "restore FILE|DIR",
		Short: "Make an archive of a backup",
		Long: `Make an archive of a backup, in the folder that -a names. All of it is compared
with the checksums that the backup says before the folder takes its name; an
archive that is there is never overwritten. - reads the backup from standard
input.

With --check nothing is made: the backup is only read and compared.

A damaged backup is refused, and the message says what is damaged. --partial
takes what is whole of it: damage costs the megabytes that it hits. Then
pressmark verify --deep names the pages that are lost; when the catalog is,
pressmark repair --from-volumes makes a new one.`,
		Example: "  pressmark -a archive restore /mnt/usb/news-2026-11.tar.zst\n  pressmark -a old restore /mnt/usb/news/ && pressmark -a old log 31650c73\n  pressmark restore --check /mnt/usb/news-2026-11.tar.zst",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			name := args[0]
			ctx := cmd.Context()
			o.Progress = c.checking("restore", 0)
			if o.Progress != nil {
				defer c.err.status("")
			}
			folder := false
			if name != "-" {
				info, err := c.files().Stat(name)
				if err != nil {
					return fmt.Errorf("restore: %w", err)
				}
				folder = info.Mode.IsDir()
			}
			dir := ""
			var err error
			if !check {
				if dir, err = c.place(); err != nil {
					return err
				}
			}
			var r archive.RestoreReport
			f := backupFolder{c.folder(name)}
			switch {
			case folder && check:
				r, err = archive.CheckBackupFolder(ctx, f, o.Progress)
			case folder:
				r, err = archive.RestoreFolder(ctx, f, dir, o)
			default:
				in, oerr := c.input(ctx, name)
				if oerr != nil {
					return oerr
				}
				defer in.Close()
				if check {
					r, err = archive.CheckBackup(ctx, in, o.Progress)
				} else {
					r, err = archive.Restore(ctx, in, dir, o)
				}
			}
			switch {
			case errors.Is(err, archive.ErrExists):
				return hint(err, "name another folder with -a, or move that one away")
			case errors.Is(err, fs.ErrNotExist) && folder:
				return hint(err, "is it a folder that pressmark backup wrote?")
			case errors.Is(err, archive.ErrDamaged) && !o.Partial && !check:
				return hint(err, "restore --partial takes what is whole")
			case err != nil:
				return err
			}
			return c.printRestore(name, dir, r)
		},
	}
	cmd.Flags().BoolVar(&o.Partial, "partial", false, "take what is whole of a damaged backup")
	cmd.Flags().BoolVar(&check, "check", false, "only read the backup and compare it with its checksums")
	cmd.MarkFlagsMutuallyExclusive("partial", "check")
	return cmd
}

func (c *cli) printRestore(name, dir string, r archive.RestoreReport) error {
	if c.json {
		if err := object(c.out, struct {
			Backup   string      `json:"backup"`
			Archive  string      `json:"archive,omitempty"`
			Files    int         `json:"files"`
			Bytes    int64       `json:"bytes"`
			Seq      archive.Seq `json:"seq"`
			Captures int         `json:"captures"`
			Versions int         `json:"versions"`
			Lost     []string    `json:"lost"`
		}{name, dir, len(r.Files), r.Bytes, r.Seq, r.Captures, r.Versions, append([]string{}, r.Problem...)}); err != nil {
			return err
		}
	} else {
		what := fmt.Sprintf("%s, %s, %s", count(len(r.Files), "file"), count(r.Captures, "capture"), count(r.Versions, "version"))
		if dir == "" {
			fmt.Fprintf(c.out, "%s is whole: %s, %s unpacked\n", name, what, bytesOf(r.Bytes))
		} else {
			fmt.Fprintf(c.out, "%s: %s, %s\n", dir, what, bytesOf(r.Bytes))
		}
	}
	for _, p := range r.Problem {
		c.say("lost: %s", p)
	}
	if len(r.Problem) > 0 {
		return hint(fmt.Errorf("%w: the backup was not whole, %s has what is left", archive.ErrDamaged, dir),
			"pressmark verify --deep names what is lost; pressmark repair mends what can be mended")
	}
	return nil
}
