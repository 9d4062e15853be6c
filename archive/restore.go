package archive

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// RestoreOptions say how to restore.
type RestoreOptions struct {
	Partial  bool             // take what is whole of a damaged backup
	Progress func(done int64) // bytes unpacked; may be nil
}

// A RestoreReport says what a backup held, and what of it could not be had.
type RestoreReport struct {
	Manifest
	Bytes   int64
	Problem []string // what is lost, with Partial
}

// memberName reports whether a name is one of an archive's files. Nothing else
// is unpacked: a backup may come from anywhere.
func memberName(name string) bool { return name == catalogFile || rawName.MatchString(name) }

var rawName = regexp.MustCompile(`^raw/[0-9]{6,19}\.db$`)

// Restore makes the archive of a backup in dir. The folder takes its name when
// all of it is there and has the checksums that the backup says. ErrExists
// when there is an archive; ErrDamaged names what of the backup is lost.
func Restore(ctx context.Context, r io.Reader, dir string, o RestoreOptions) (RestoreReport, error) {
	return restore(ctx, dir, o, func(u *unpacking) error { return u.stream(r) })
}

// RestoreFolder does the same from a folder of backups.
func RestoreFolder(ctx context.Context, f BackupFolder, dir string, o RestoreOptions) (RestoreReport, error) {
	return restore(ctx, dir, o, func(u *unpacking) error { return u.folder(f) })
}

// CheckBackup reads a backup and compares it with the checksums that it says.
func CheckBackup(ctx context.Context, r io.Reader, progress func(done int64)) (RestoreReport, error) {
	return check(ctx, progress, func(u *unpacking) error { return u.stream(r) })
}

// CheckBackupFolder does the same with a folder of backups.
func CheckBackupFolder(ctx context.Context, f BackupFolder, progress func(done int64)) (RestoreReport, error) {
	return check(ctx, progress, func(u *unpacking) error { return u.folder(f) })
}

func check(ctx context.Context, progress func(done int64), read func(*unpacking) error) (RestoreReport, error) {
	u := &unpacking{ctx: ctx, o: RestoreOptions{Progress: progress}}
	if err := u.run(read); err != nil {
		return u.report, fmt.Errorf("check the backup: %w", err)
	}
	return u.report, nil
}

func restore(ctx context.Context, dir string, o RestoreOptions, read func(*unpacking) error) (RestoreReport, error) {
	dir = filepath.Clean(dir)
	if err := free(dir); err != nil {
		return RestoreReport{}, fmt.Errorf("restore: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return RestoreReport{}, fmt.Errorf("restore: %w", full(err))
	}
	removeLeft(filepath.Dir(dir), fmt.Sprintf(".%s.restore-", filepath.Base(dir)))
	temp, err := os.MkdirTemp(filepath.Dir(dir), fmt.Sprintf(".%s.restore-%d-*", filepath.Base(dir), os.Getpid()))
	if err != nil {
		return RestoreReport{}, fmt.Errorf("restore: %w", full(err))
	}
	defer os.RemoveAll(temp)
	u := &unpacking{ctx: ctx, o: o, dir: temp}
	err = os.Mkdir(filepath.Join(temp, rawFolder), 0o755)
	if err == nil {
		err = u.run(read)
	}
	if err == nil {
		err = u.opens()
	}
	if err == nil {
		err = settle(temp, dir)
	}
	if err != nil {
		return u.report, fmt.Errorf("restore: %w", full(err))
	}
	return u.report, nil
}

// removeLeft removes the folders that killed processes left half done: their
// names are begun, the process number, and a dash. That it fails is no reason
// not to begin another.
func removeLeft(dir, begun string) {
	files, _ := os.ReadDir(dir)
	for _, f := range files {
		rest, ok := strings.CutPrefix(f.Name(), begun)
		who, _, _ := strings.Cut(rest, "-")
		if pid, err := strconv.Atoi(who); ok && err == nil && f.IsDir() && !alive(pid) {
			_ = os.RemoveAll(filepath.Join(dir, f.Name()))
		}
	}
}

// free refuses a folder with an archive, or what is left of one, in it.
func free(dir string) error {
	if _, err := os.Stat(filepath.Join(dir, catalogFile)); err == nil {
		return fmt.Errorf("%w in %s", ErrExists, dir)
	}
	volumes, err := os.ReadDir(filepath.Join(dir, rawFolder))
	switch {
	case err == nil && len(volumes) > 0:
		return fmt.Errorf("%w in %s: there are raw volumes, and no %s", ErrExists, dir, catalogFile)
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return err
	}
	return nil
}

// settle gives what was unpacked its name. In a folder that is there, with
// other things in it, archive.db comes last: it makes the archive.
func settle(temp, dir string) error {
	if err := os.Chmod(temp, 0o755); err != nil {
		return err
	}
	err := os.Remove(dir) // when it is empty
	if err == nil || errors.Is(err, fs.ErrNotExist) {
		if err := os.Rename(temp, dir); err != nil {
			return err
		}
		return syncDir(filepath.Dir(dir))
	}
	if err := os.Remove(filepath.Join(dir, rawFolder)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for _, name := range []string{rawFolder, catalogFile} {
		err := os.Rename(filepath.Join(temp, name), filepath.Join(dir, name))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return syncDir(dir)
}

// An unpacking reads a backup: into a folder, or to look at it when dir is "".
type unpacking struct {
	ctx    context.Context
	o      RestoreOptions
	dir    string
	report RestoreReport
	packed bool         // it begins as a backup does
	got    []BackupFile // what was unpacked
	lost   int          // pieces
}

func (u *unpacking) run(read func(*unpacking) error) error {
	err := read(u)
	if err != nil && (!u.o.Partial || !errors.Is(err, ErrDamaged)) {
		return u.whole(err)
	}
	if err != nil {
		u.problem("%v", err)
	}
	if u.lost > 0 {
		u.problem("of its pieces of a megabyte %d can't be read and come out as zeros", u.lost)
	}
	if len(u.got) == 0 && len(u.report.Problem) > 0 {
		return fmt.Errorf("%w: nothing in it is whole: %s", ErrDamaged, strings.Join(u.report.Problem, "; "))
	}
	return u.compare()
}

func (u *unpacking) problem(format string, args ...any) {
	u.report.Problem = append(u.report.Problem, fmt.Sprintf(format, args...))
}

// whole adds to an error what of the backup is whole.
func (u *unpacking) whole(err error) error {
	if !errors.Is(err, ErrDamaged) || len(u.got) == 0 {
		return err
	}
	var names []string
	for _, f := range u.got {
		names = append(names, f.Name)
	}
	return fmt.Errorf("%w; before that, whole: %s", err, strings.Join(names, ", "))
}

// compare looks whether all files are there that the manifest says, as it says.
func (u *unpacking) compare() error {
	var wrong []string
	for _, want := range u.report.Files {
		i := slices.IndexFunc(u.got, func(f BackupFile) bool { return f.Name == want.Name })
		switch {
		case i < 0:
			wrong = append(wrong, want.Name+" is not there")
		case u.got[i].Size != want.Size || u.got[i].SHA256 != want.SHA256:
			wrong = append(wrong, want.Name+" is not what was backed up: its SHA-256 is another one")
		}
	}
	if len(wrong) == 0 {
		return nil
	}
	if !u.o.Partial {
		return fmt.Errorf("%w: %s", ErrDamaged, strings.Join(wrong, "; "))
	}
	u.report.Problem = append(u.report.Problem, wrong...)
	return nil
}

// opens looks whether the program can read what was unpacked. Without its
// catalog an archive is unpacked all the same, if asked to: repair makes a new one.
func (u *unpacking) opens() error {
	s, err := Open(u.dir, Options{ReadOnly: true})
	if err == nil {
		return s.Close()
	}
	if u.o.Partial && (errors.Is(err, ErrDamaged) || errors.Is(err, ErrNotFound)) {
		u.problem("%s can't be read: %v", catalogFile, err)
		return nil
	}
	return err
}
