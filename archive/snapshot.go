package archive

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"go.etcd.io/bbolt"
)

// snapshotFolder keeps what archive.db was before a migration or a repair. It
// holds what was in the archive then: a takedown empties it.
const snapshotFolder = "snapshots"

// snapshot copies archive.db, as it is at this moment, to a file of its own.
func (s *Store) snapshot(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return full(err)
	}
	return s.View(func(tx *Tx) error {
		return writeFile(path, func(w io.Writer) error { return copyFile(w, filepath.Join(s.dir, catalogFile), tx.b) })
	})
}

// writeFile makes a file whole or not at all, in place of one that may be there.
func writeFile(path string, fill func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".new-*")
	if err != nil {
		return full(err)
	}
	defer os.Remove(f.Name())
	err = fill(f)
	if err == nil {
		err = f.Sync()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Chmod(f.Name(), 0o644)
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err == nil {
		err = syncDir(filepath.Dir(path))
	}
	return full(err)
}

// copyFile writes a bbolt file as a transaction sees it. Pages that are free
// come out empty: what was deleted is not handed on, the same state gives the
// same bytes, and zeros pack to nothing.
func copyFile(w io.Writer, path string, b *bbolt.Tx) error {
	name := filepath.Base(path)
	return guard(name, func() error {
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		defer f.Close()
		blank := &blanker{w: w, file: f, pageSize: b.DB().Info().PageSize}
		if _, err := b.WriteTo(blank); err != nil {
			return fmt.Errorf("copy %s: %w", name, err)
		}
		return nil
	})
}

// A blanker passes a bbolt file on with its free pages empty.
type blanker struct {
	w        io.Writer
	file     *os.File // to read the list of free pages from
	pageSize int
	at       int64
	head     []byte
	free     []byte // a bit a page; nil until the head has gone by
	zeros    []byte
}

func (k *blanker) Write(p []byte) (int, error) {
	written := len(p)
	for len(p) > 0 {
		if k.free == nil { // the head comes first
			n := min(len(p), boltPageLen+boltMetaLen-len(k.head))
			k.head = append(k.head, p[:n]...)
			if len(k.head) == boltPageLen+boltMetaLen {
				if err := k.begin(); err != nil {
					return 0, err
				}
			}
			if err := k.pass(p[:n]); err != nil {
				return 0, err
			}
			p = p[n:]
			continue
		}
		n := min(int64(len(p)), int64(k.pageSize)-k.at%int64(k.pageSize))
		part := p[:n]
		if id := k.at / int64(k.pageSize); id < int64(len(k.free))*8 && k.free[id/8]>>(id%8)&1 == 1 {
			part = k.zeros[:n]
		}
		if err := k.pass(part); err != nil {
			return 0, err
		}
		p = p[n:]
	}
	return written, nil
}

func (k *blanker) pass(p []byte) error {
	n, err := k.w.Write(p)
	k.at += int64(n)
	return err
}

// begin reads which pages are free. A list that can't be read is no reason not to copy.
func (k *blanker) begin() error {
	head, err := parseHead(k.head)
	if err != nil {
		return err
	}
	k.zeros = make([]byte, k.pageSize)
	head.pageSize = k.pageSize
	w := &walker{r: k.file, head: head, problem: func(string, string) {}}
	if head.pages > 1<<40 {
		return fmt.Errorf("%w: %d pages", errBadPage, head.pages)
	}
	w.used, w.free = make([]byte, head.pages/8+1), make([]byte, head.pages/8+1)
	w.readFreelist()
	k.free = w.free
	return nil
}
