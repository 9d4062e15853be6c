package archive

import (
	"archive/tar"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"time"
)

// readme stands first in a backup, for whoever finds it and has no pressmark.
const readme = `This is a backup of an archive that pressmark made.

  archive.db      the catalog: a bbolt file
  raw/*.db        the captured pages: bbolt files
  backup.json     what the backup holds
  SHA256SUMS      the checksums of the files

It was unpacked by:       tar --zstd -xf FILE
To look whether it is whole:  sha256sum -c SHA256SUMS
To put it back:           pressmark restore FILE

The unpacked folder is an archive as it stands: pressmark -a FOLDER ls
How its files are to be read without pressmark is told in archive/FORMAT.md of
pressmark's source.
`

// Backup writes the archive as one stream: a tar file packed with zstd, the
// same bytes for the same state of the archive. Others may write meanwhile.
// A damaged archive is backed up, too; the report says what is damaged.
func (s *Store) Backup(ctx context.Context, w io.Writer, o BackupOptions) (BackupReport, error) {
	var report BackupReport
	if err := s.backup(ctx, w, o, &report); err != nil {
		return BackupReport{}, fmt.Errorf("back up: %w", full(err))
	}
	return report, nil
}

func (s *Store) backup(ctx context.Context, w io.Writer, o BackupOptions, report *BackupReport) error {
	packed := newTally(w, nil)
	pieces, err := newPieceWriter(packed)
	if err != nil {
		return err
	}
	out := tar.NewWriter(pieces)
	k := &copier{s: s, report: report, o: o}
	put := func(name string, size int64, changed time.Time, fill func(io.Writer) error) error {
		h := &tar.Header{Name: name, Mode: 0o644, Size: size, ModTime: changed.Truncate(time.Second), Typeflag: tar.TypeReg, Format: tar.FormatGNU}
		if err := out.WriteHeader(h); err != nil {
			return err
		}
		return fill(out)
	}
	text := func(name, content string, changed time.Time) error {
		return put(name, int64(len(content)), changed, func(w io.Writer) error {
			_, err := io.WriteString(w, content)
			return err
		})
	}
	var last time.Time
	err = k.members(ctx, func(m member) error {
		if len(report.Files) == 0 {
			last = m.changed
			if err := text(readmeFile, readme, last); err != nil {
				return err
			}
		}
		return put(m.name, m.size, m.changed, func(w io.Writer) error {
			t := newTally(w, k)
			if err := m.write(t); err != nil {
				return err
			}
			report.Files = append(report.Files, BackupFile{Name: m.name, Size: t.n, SHA256: t.hex(), Sealed: m.sealed})
			report.Copied++
			report.Bytes += t.n
			return nil
		})
	})
	if err != nil {
		return err
	}
	manifest, err := json.MarshalIndent(report.Manifest, "", "  ")
	if err != nil {
		return err
	}
	if err := text(sumsFile, report.sums(), last); err != nil {
		return err
	}
	if err := text(manifestFile, string(manifest)+"\n", last); err != nil {
		return err
	}
	if err := out.Close(); err != nil {
		return err
	}
	err = pieces.Close()
	report.Packed = packed.n
	return err
}
