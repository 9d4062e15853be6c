package archive

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// A FileProgress tells how far the copying of a file has come, in bytes.
type FileProgress func(file string, done, total int64)

func (p FileProgress) of(file, path string) func(int64) {
	if p == nil {
		return nil
	}
	total := fileSize(path)
	return func(done int64) { p(file, min(done, total), total) }
}

// A Room says how long one of the archive's files is, and how much of it is free.
type Room struct {
	File string // archive.db, raw/000001.db
	Size int64
	Free int64
}

// worthwhile reports whether a raw volume has so much free space that copying
// it is worth the while: a tenth, and more than what it grows by.
func (r Room) worthwhile() bool { return r.Free*10 >= r.Size && r.Free > int64(growth(0)) }

// Rooms measures the archive's files. Those that can't be read are left out:
// Verify names them.
func (s *Store) Rooms() ([]Room, error) {
	var list []Room
	if r, err := room(catalogFile, filepath.Join(s.dir, catalogFile), catalogPage); err == nil {
		list = append(list, r)
	}
	ids, err := s.volumeIDs()
	for _, id := range ids {
		if r, err := room(volumeName(id), s.raw.path(id), rawPage); err == nil {
			list = append(list, r)
		}
	}
	return list, err
}

// volumeIDs are the raw volumes that the catalog knows.
func (s *Store) volumeIDs() (ids []uint64, err error) {
	err = s.View(func(tx *Tx) error {
		return tx.access(func() error {
			c := tx.bucket(bucketVolumes).Cursor()
			for key, _ := c.First(); key != nil; key, _ = c.Next() {
				ids = append(ids, numberOf(key))
			}
			return nil
		})
	})
	return ids, err
}

func room(file, path string, pageSize int) (Room, error) {
	f, err := os.Open(path)
	if err != nil {
		return Room{}, err
	}
	defer f.Close()
	head, _, err := readHead(f, pageSize)
	if err != nil {
		return Room{}, err
	}
	size := fileSize(path)
	pages := min(head.pages, uint64(size)/uint64(pageSize))
	w := &walker{r: f, head: head, problem: func(string, string) {}, used: make([]byte, head.pages/8+1), free: make([]byte, head.pages/8+1)}
	if head.pages > 1<<40 {
		return Room{}, errBadPage
	}
	w.readFreelist()
	free := size - int64(pages)*int64(pageSize)
	for _, b := range w.free {
		for ; b != 0; b &= b - 1 {
			free += int64(pageSize)
		}
	}
	return Room{File: file, Size: size, Free: free}, nil
}

// A Compacted file is one that Compact looked at.
type Compacted struct {
	File          string
	Before, After int64 // the same when there was nothing to win
}

// Compact gives the space that the archive's files no longer need back to the
// disk. Each is copied, which takes as much room again while it lasts, and the
// copy takes its place. Reading goes on all the time, and so does writing while
// sealed volumes are copied; while archive.db or the volume that is written to
// is copied, what wants to be written waits. After an error, ErrFull it may be,
// the files that were not done are as they were.
func (s *Store) Compact(ctx context.Context, progress FileProgress) ([]Compacted, error) {
	if s.o.ReadOnly {
		return nil, fmt.Errorf("compact: %w", ErrReadOnly)
	}
	release, err := s.rearrange(ctx)
	if err != nil {
		return nil, fmt.Errorf("compact: %w", err)
	}
	defer release()
	var done []Compacted
	ids, err := s.volumeIDs()
	if err != nil {
		return nil, fmt.Errorf("compact: %w", err)
	}
	var failed []error
	for _, id := range ids {
		path := s.raw.path(id)
		r, err := room(volumeName(id), path, rawPage)
		if err != nil || !r.worthwhile() {
			if err != nil {
				s.o.Log.Warn("a raw volume can't be read and is left as it is", "volume", volumeName(id), "error", err)
			}
			continue
		}
		c := Compacted{File: r.File}
		err = s.whenFree(ctx, id, func() error {
			c.Before = fileSize(path)
			err := s.rewriteVolume(ctx, id, nil, smaller, progress.of(r.File, path))
			c.After = fileSize(path)
			return err
		})
		if errors.Is(err, ErrDamaged) { // the others can do with less room all the same
			failed = append(failed, err)
			continue
		}
		if err != nil {
			return done, fmt.Errorf("compact: %w", err)
		}
		done = append(done, c)
	}
	path := filepath.Join(s.dir, catalogFile)
	c := Compacted{File: catalogFile}
	err = s.chore(ctx, func() error {
		c.Before = fileSize(path)
		err := s.rewriteCatalog(ctx, smaller, progress.of(catalogFile, path))
		c.After = fileSize(path)
		return err
	})
	if err != nil {
		return done, fmt.Errorf("compact: %w", errors.Join(append(failed, err)...))
	}
	done = append(done, c)
	if len(failed) > 0 {
		return done, fmt.Errorf("compact: %w", errors.Join(failed...))
	}
	return done, nil
}

// smaller is when a copy is worth its place.
func smaller(before, after int64) bool { return after < before }

// always is when a copy is made to be rid of something.
func always(int64, int64) bool { return true }

// whenFree runs f, which rewrites a volume: in the writer's place when that is
// the one that is written to.
func (s *Store) whenFree(ctx context.Context, volume uint64, f func() error) error {
	if s.raw.writing() == volume {
		return s.chore(ctx, f)
	}
	return f()
}
