package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"pressmark/archive"
	"pressmark/cmd/pressmark/guest"
)

func (c *cli) backupCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "backup FILE|DIR",
		Short: "Copy the archive, while it is written to, to one file or a folder",
		Long: `Copy the archive as it is at this moment. A crawl or daemon may go on writing.

To a FILE it is one tar file packed with zstd, which any tar opens, with the
checksums of all that is in it; the same archive gives the same bytes. - writes
it to standard output. A FILE that is there is not overwritten.

To a DIR (a folder that is there, or a name that ends with /) each file of the
archive is packed for itself, and the next backup writes only what is new: raw
volumes that are sealed are copied once. The DIR holds the latest state. A
volume that was damaged since does not take the place of its whole copy.

What was written is read again and compared. The archive is looked over on the
way: damage in it is named, and the command ends with 12.

The queue of pages to crawl (frontier.db) is not part of it: it comes again.`,
		Example: "  pressmark backup /mnt/usb/news-2026-11.tar.zst\n  pressmark backup /mnt/usb/news/        each night\n  pressmark backup - | ssh vault 'cat > news.tar.zst'\n  pressmark restore /mnt/usb/news-2026-11.tar.zst -a archive2",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.reading(func(store *archive.Store) error {
				return c.backup(cmd.Context(), store, args[0])
			})
		},
	}
}

func (c *cli) backup(ctx context.Context, store *archive.Store, name string) error {
	var r archive.BackupReport
	var err error
	o := archive.BackupOptions{}
	if c.err.tty && !c.quiet {
		o.Progress = func(done, total int64) { c.err.status(fmt.Sprintf("backup %s of %s", bytesOf(done), bytesOf(total))) }
		defer c.err.status("")
	}
	if name != "-" && c.inArchive(name) {
		return usage(hint(fmt.Errorf("%s is in the folder of an archive: a backup there would be lost with it, and outlive what is taken down", name), "name another place"))
	}
	info, serr := c.files().Stat(name)
	switch {
	case name == "-":
		if c.json {
			return usage(errors.New("--json and a backup to standard output don't go together"))
		}
		r, err = store.Backup(ctx, c.exact(), o)
	case serr == nil && info.Mode.IsDir() || errors.Is(serr, fs.ErrNotExist) && strings.HasSuffix(name, "/"):
		f := backupFolder{c.folder(name)}
		if r, err = store.BackupFolder(ctx, f, o); err == nil {
			_, err = archive.CheckBackupFolder(ctx, f, c.checking("check", r.Bytes))
		}
	default:
		r, err = c.backupFile(ctx, store, name, o)
	}
	if err != nil {
		return err
	}
	return c.printBackup(name, r)
}

// inArchive reports whether a name is that of an archive's folder, or of
// something in it.
func (c *cli) inArchive(name string) bool {
	dir := filepath.Clean(name)
	for range 3 { // raw/name is the deepest
		if _, err := c.files().Stat(filepath.Join(dir, "archive.db")); err == nil {
			return true
		}
		if dir = filepath.Dir(dir); dir == "." || dir == string(filepath.Separator) {
			break
		}
	}
	return false
}

// backupFile writes a backup to a file that is not there yet, and reads it again.
func (c *cli) backupFile(ctx context.Context, store *archive.Store, name string, o archive.BackupOptions) (archive.BackupReport, error) {
	out, err := c.create(name, guest.Making{New: true})
	if errors.Is(err, fs.ErrExist) {
		return archive.BackupReport{}, hint(fmt.Errorf("%s is there already", name), "name a new file; a folder takes one backup after another")
	}
	if err != nil {
		return archive.BackupReport{}, err
	}
	r, err := store.Backup(ctx, out, o)
	if err = out.close(err); err != nil || out.device {
		return r, err
	}
	in, err := c.files().Open(name)
	if err != nil {
		return r, err
	}
	defer in.Close()
	if _, err := archive.CheckBackup(ctx, in, c.checking("check", r.Bytes)); err != nil {
		return r, fmt.Errorf("%s was written, and does not read as it was: %w", name, err)
	}
	return r, nil
}

// checking shows on a terminal how much of a backup was read.
func (c *cli) checking(what string, total int64) func(done int64) {
	if !c.err.tty || c.quiet {
		return nil
	}
	return func(done int64) {
		if total == 0 {
			c.err.status(what + " " + bytesOf(done))
			return
		}
		c.err.status(fmt.Sprintf("%s %s of %s", what, bytesOf(done), bytesOf(total)))
	}
}

// A backupFolder is a folder of backups of whoever typed the command.
type backupFolder struct{ folder }

// Open implements archive.BackupFolder.
func (f backupFolder) Open(name string) (io.ReadCloser, error) {
	return f.c.files().Open(filepath.Join(f.dir, filepath.FromSlash(name)))
}

// Remove implements archive.BackupFolder.
func (f backupFolder) Remove(name string) error {
	return f.c.files().Remove(filepath.Join(f.dir, filepath.FromSlash(name)))
}

// printBackup says what was copied, and what of it is damaged.
func (c *cli) printBackup(name string, r archive.BackupReport) error {
	out := c.out
	if name == "-" {
		out = c.err // the other is taken
	}
	if c.json {
		if err := object(out, struct {
			Backup   string               `json:"backup"`
			Copied   int                  `json:"copied"`
			Kept     int                  `json:"kept"`
			Bytes    int64                `json:"bytes"`
			Packed   int64                `json:"packed"`
			Seq      archive.Seq          `json:"seq"`
			Captures int                  `json:"captures"`
			Versions int                  `json:"versions"`
			Damaged  int                  `json:"damaged"`
			Files    []archive.BackupFile `json:"files"`
		}{name, r.Copied, r.Kept, r.Bytes, r.Packed, r.Seq, r.Captures, r.Versions, len(r.Damage), r.Files}); err != nil {
			return err
		}
	} else if name != "-" || !c.quiet {
		kept := ""
		if r.Kept > 0 {
			kept = fmt.Sprintf(", %s there already", count(r.Kept, "file"))
		}
		compared := ", read again and compared"
		if name == "-" { // whoever took it can: restore --check
			compared = ""
		}
		fmt.Fprintf(out, "%s: %s and %s in %s%s, %s packed to %s%s\n", name,
			count(r.Captures, "capture"), count(r.Versions, "version"), count(r.Copied, "file"), kept, bytesOf(r.Bytes), bytesOf(r.Packed), compared)
	}
	for _, d := range r.Damage {
		c.say("damaged in the archive: %s  %s  %s", d.File, d.Record, line(d.URL+" "+d.Problem))
	}
	if n := len(r.Damage); n > 0 {
		return hint(fmt.Errorf("%w: %s; the backup has it as it is, but for sealed volumes of which the folder had a whole copy", archive.ErrDamaged, count(n, "record")),
			"pressmark repair mends what can be mended; an older backup may have the rest")
	}
	return nil
}
