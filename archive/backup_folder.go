package archive

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"regexp"
	"strings"
)

// A folder of backups holds one backup, each file of the archive packed for
// itself. A file whose content is there already is not written again: sealed
// volumes are copied once. Files are named by their content, the manifest is
// written last, and what it no longer names is removed after that: a backup
// that is cut off leaves the one before it.

// A BackupFolder is where such a backup is kept. Names have slashes.
type BackupFolder interface {
	// Open opens a file; fs.ErrNotExist when there is none.
	Open(name string) (io.ReadCloser, error)
	// Write makes a file, whole or not at all, in place of one that may be there.
	Write(name string, fill func(io.Writer) error) error
	Remove(name string) error
}

// BackupFolder backs the archive up to a folder. Where a file of the archive
// is damaged, and the folder has a whole copy of it, that copy is kept.
// ErrDamaged when the catalog is damaged: that would take the place of a good one.
func (s *Store) BackupFolder(ctx context.Context, f BackupFolder, o BackupOptions) (BackupReport, error) {
	var report BackupReport
	if err := s.backupFolder(ctx, f, o, &report); err != nil {
		return BackupReport{}, fmt.Errorf("back up: %w", full(err))
	}
	return report, nil
}

func (s *Store) backupFolder(ctx context.Context, f BackupFolder, o BackupOptions, report *BackupReport) error {
	before, err := readManifest(f)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	had := map[string]BackupFile{}
	for _, b := range before.Files {
		had[b.Name] = b
	}
	begun, err := readLines(f, begunFile) // of one that was cut off
	if err != nil {
		return err
	}
	k := &copier{s: s, report: report, o: o}
	err = k.members(ctx, func(m member) error {
		if len(before.Files) > 0 && !before.Created.Equal(report.Created) {
			return fmt.Errorf("the folder holds a backup of another archive, one of %s", before.Created.Format("2006-01-02 15:04:05"))
		}
		if m.damaged && m.name == catalogFile {
			d := k.v.report.Damage[0]
			return fmt.Errorf("%w: %s: %s: %s; the backup before is kept", ErrDamaged, d.File, d.Record, d.Problem)
		}
		old, there := had[m.name]
		if there && m.damaged && old.Sealed {
			report.Kept++
			report.Files = append(report.Files, old)
			return nil
		}
		t := newTally(io.Discard, k)
		if err := m.write(t); err != nil {
			return err
		}
		b := BackupFile{Name: m.name, Size: t.n, SHA256: t.hex(), Sealed: m.sealed}
		b.Stored = strings.TrimSuffix(m.name, ".db") + "-" + b.SHA256[:16] + ".db.zst"
		report.Files = append(report.Files, b)
		report.Bytes += t.n
		if there && old.Stored == b.Stored && old.SHA256 == b.SHA256 && present(f, b.Stored) {
			report.Kept++
			return nil
		}
		report.Copied++
		begun = append(begun, b.Stored)
		if err := writeLines(f, begunFile, begun); err != nil {
			return err
		}
		return f.Write(b.Stored, func(w io.Writer) error {
			packed := newTally(w, nil)
			pieces, err := newPieceWriter(packed)
			if err == nil {
				err = m.write(pieces)
			}
			if err == nil {
				err = pieces.Close()
			}
			report.Packed += packed.n
			return err
		})
	})
	if err != nil {
		return err
	}
	manifest, err := json.MarshalIndent(report.Manifest, "", "  ")
	if err != nil {
		return err
	}
	if err := f.Write(readmeFile, func(w io.Writer) error { _, err := io.WriteString(w, folderReadme); return err }); err != nil {
		return err
	}
	if err := f.Write(manifestFile, func(w io.Writer) error { _, err := w.Write(append(manifest, '\n')); return err }); err != nil {
		return err
	}
	now := map[string]bool{}
	for _, b := range report.Files {
		now[b.Stored] = true
	}
	for _, b := range before.Files {
		begun = append(begun, b.Stored)
	}
	if len(begun) > 0 {
		begun = append(begun, begunFile)
	}
	for _, name := range begun {
		if !now[name] {
			if err := f.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return fmt.Errorf("remove what the backup before held: %w", err)
			}
		}
	}
	return nil
}

// begunFile lists the files that a backup has begun to write, until it is
// done: what one that was cut off left behind is removed by the next.
const begunFile = "begun.txt"

var storedName = regexp.MustCompile(`^(archive|raw/[0-9]{6,19})-[0-9a-f]{16}\.db\.zst$`)

func readLines(f BackupFolder, name string) (list []string, err error) {
	r, err := f.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, maxManifest))
	for line := range strings.Lines(string(b)) {
		if line = strings.TrimSpace(line); storedName.MatchString(line) { // nothing else is ever removed
			list = append(list, line)
		}
	}
	return list, err
}

func writeLines(f BackupFolder, name string, list []string) error {
	return f.Write(name, func(w io.Writer) error {
		_, err := io.WriteString(w, strings.Join(list, "\n")+"\n")
		return err
	})
}

const folderReadme = `This is a backup of an archive that pressmark made.

backup.json names the files of the archive, the packed files that hold them
(unpack one by: zstd -d FILE), and their SHA-256 when unpacked.
To put it back: pressmark restore FOLDER
`

// present reports whether a file is there, and begins as a packed one does.
func present(f BackupFolder, name string) bool {
	r, err := f.Open(name)
	if err != nil {
		return false
	}
	defer r.Close()
	var head [pieceHead]byte
	_, err = io.ReadFull(r, head[:])
	return err == nil
}

func readManifest(f BackupFolder) (Manifest, error) {
	r, err := f.Open(manifestFile)
	if err != nil {
		return Manifest{}, err
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, maxManifest))
	if err != nil {
		return Manifest{}, fmt.Errorf("read %s: %w", manifestFile, err)
	}
	return parseManifest(b)
}

// maxManifest bounds a manifest: a million volumes.
const maxManifest = 256 << 20

func parseManifest(b []byte) (Manifest, error) {
	var m Manifest
	if err := json.NewDecoder(bytes.NewReader(b)).Decode(&m); err != nil {
		return Manifest{}, fmt.Errorf("%w: %s: %w", ErrDamaged, manifestFile, err)
	}
	if m.Schema > manifestSchema || m.Format > schemaVersion {
		return Manifest{}, fmt.Errorf("%w: a backup of form %d of an archive of format %d; this program knows %d and %d", ErrNewer, m.Schema, m.Format, manifestSchema, schemaVersion)
	}
	for _, f := range m.Files {
		if !memberName(f.Name) || f.Stored != "" && !storedName.MatchString(f.Stored) {
			return Manifest{}, fmt.Errorf("%w: %s names a file %q", ErrDamaged, manifestFile, f.Name)
		}
	}
	return m, nil
}
