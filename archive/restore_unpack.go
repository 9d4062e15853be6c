package archive

import (
	"archive/tar"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// stream reads a tar file.
func (u *unpacking) stream(r io.Reader) error {
	var lost *int
	if u.o.Partial {
		lost = &u.lost
	}
	in, err := unpacker(r, lost)
	if err != nil {
		return err
	}
	defer in.Close()
	_, u.packed = in.(*pieceReader)
	manifest := false
	list := tar.NewReader(in)
	for {
		h, err := list.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return u.foreign(err, manifest)
		}
		switch {
		case h.Name == readmeFile, h.Name == sumsFile:
		case h.Name == manifestFile:
			b, err := io.ReadAll(io.LimitReader(list, maxManifest))
			if err != nil {
				return u.broken(manifestFile, err)
			}
			if u.report.Manifest, err = parseManifest(b); err != nil {
				return err
			}
			manifest = true
		case h.Typeflag == tar.TypeReg && memberName(h.Name):
			if err := u.file(h.Name, h.ModTime, list); err != nil {
				return err
			}
		default:
			return fmt.Errorf("%w: it is no backup of an archive: it holds %q", ErrDamaged, h.Name)
		}
	}
	if !manifest {
		return fmt.Errorf("%w: it ends without %s: it is cut short", ErrDamaged, manifestFile)
	}
	return nil
}

// foreign tells what is no backup at all from one that is damaged.
func (u *unpacking) foreign(err error, manifest bool) error {
	if len(u.got) == 0 && !manifest && !u.packed {
		return fmt.Errorf("%w: it is no backup of an archive", ErrDamaged)
	}
	return u.broken("the backup", err)
}

// broken says that a part of the backup can't be read.
func (u *unpacking) broken(name string, err error) error {
	if err := u.ctx.Err(); err != nil {
		return err
	}
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("%w: %s: it is cut short", ErrDamaged, name)
	}
	return fmt.Errorf("%w: %s: %w", ErrDamaged, name, err)
}

// folder reads a folder of backups.
func (u *unpacking) folder(f BackupFolder) error {
	var err error
	if u.report.Manifest, err = readManifest(f); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("%w: it has no %s", fs.ErrNotExist, manifestFile)
		}
		return err
	}
	for _, want := range u.report.Files {
		if err := u.stored(f, want); err != nil {
			if !u.o.Partial || !errors.Is(err, ErrDamaged) {
				return err
			}
			u.problem("%v", err)
		}
	}
	return nil
}

func (u *unpacking) stored(f BackupFolder, want BackupFile) error {
	r, err := f.Open(want.Stored)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%w: %s, which holds %s, is not there", ErrDamaged, want.Stored, want.Name)
	}
	if err != nil {
		return err
	}
	defer r.Close()
	var lost *int
	if u.o.Partial {
		lost = &u.lost
	}
	in, err := unpacker(r, lost)
	if err != nil {
		return err
	}
	defer in.Close()
	return u.file(want.Name, time.Time{}, in)
}

// file unpacks one file of the archive.
func (u *unpacking) file(name string, changed time.Time, r io.Reader) error {
	var to io.Writer = io.Discard
	var out *os.File
	if u.dir != "" {
		var err error
		if out, err = os.OpenFile(filepath.Join(u.dir, filepath.FromSlash(name)), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644); err != nil {
			return err
		}
		defer out.Close()
		to = out
	}
	w := newTally(unpackTo{u, to}, nil)
	_, err := io.Copy(w, r)
	if err != nil && !u.failed(err) {
		return u.broken(name, err)
	}
	if err == nil && out != nil {
		err = out.Sync()
	}
	if err == nil && out != nil {
		err = out.Close()
	}
	if err != nil {
		return err
	}
	if out != nil && !changed.IsZero() {
		_ = os.Chtimes(out.Name(), changed, changed) // it is for people only
	}
	u.got = append(u.got, BackupFile{Name: name, Size: w.n, SHA256: w.hex()})
	return nil
}

// failed reports whether an error is of writing, not of reading the backup.
func (u *unpacking) failed(err error) bool {
	var w *unpackError
	return errors.As(err, &w)
}

// An unpackError is one of writing what was unpacked.
type unpackError struct{ error }

func (e *unpackError) Unwrap() error { return e.error }

// unpackTo writes what is unpacked, and counts it.
type unpackTo struct {
	u *unpacking
	w io.Writer
}

func (t unpackTo) Write(b []byte) (int, error) {
	if err := t.u.ctx.Err(); err != nil {
		return 0, &unpackError{err}
	}
	n, err := t.w.Write(b)
	if err != nil {
		return n, &unpackError{err}
	}
	t.u.report.Bytes += int64(n)
	if t.u.o.Progress != nil {
		t.u.o.Progress(t.u.report.Bytes)
	}
	return n, nil
}
