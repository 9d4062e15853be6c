package archive

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"go.etcd.io/bbolt"
)

// SalvageOptions say what to do with a raw volume that is damaged. The zero
// value changes nothing: it only tells what could be had.
type SalvageOptions struct {
	Apply    bool
	Progress FileProgress
}

// A Salvaged volume is what could be had of one.
type Salvaged struct {
	File    string // raw/000001.db
	Missing bool   // there is no such file
	Bodies  int    // that can be had
	Lost    []Seq  // captures that the catalog knows, without a body now
	Applied bool
	Kept    string // where the file stays as it was; "" when something in it is to be deleted
}

// Salvage makes a raw volume anew of the bodies that can still be read in its
// file, wherever in it, and puts that in its place: a volume that bbolt comes
// to grief over is one that no takedown can be finished in. Of one that is gone
// an empty one stands for it afterwards. What is lost is named, and stays named
// by Verify. The old file is kept beside the snapshots of archive.db, unless
// there are bodies in it that were deleted: what waited for the volume to be
// readable is done at once.
func (s *Store) Salvage(ctx context.Context, volume uint64, o SalvageOptions) (Salvaged, error) {
	r := Salvaged{File: volumeName(volume)}
	if s.o.ReadOnly && o.Apply {
		return r, fmt.Errorf("salvage %s: %w", r.File, ErrReadOnly)
	}
	release, err := s.rearrange(ctx)
	if err != nil {
		return r, fmt.Errorf("salvage %s: %w", r.File, err)
	}
	defer release()
	if err := s.salvage(ctx, volume, o, &r); err != nil {
		return r, fmt.Errorf("salvage %s: %w", r.File, full(err))
	}
	if !o.Apply {
		return r, nil
	}
	c := &cleaner{s: s, ctx: ctx, progress: o.Progress, exclusive: func(f func() error) error { return s.chore(ctx, f) }}
	if _, err := c.takedowns(); err != nil {
		return r, fmt.Errorf("salvage %s: it is readable again, and what was to be deleted is not yet: %w", r.File, full(err))
	}
	return r, nil
}

func (s *Store) salvage(ctx context.Context, volume uint64, o SalvageOptions, r *Salvaged) error {
	owned, err := s.capturesIn(ctx, volume)
	if err != nil {
		return err
	}
	if len(owned) == 0 {
		if _, err := os.Stat(s.raw.path(volume)); errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("%w: no capture is in such a volume", ErrNotFound)
		}
	}
	w := &wreck{path: s.raw.path(volume), owned: owned, bases: map[uint64]uint64{}, progress: o.Progress.of(r.File, s.raw.path(volume))}
	if !o.Apply {
		err = w.read(ctx, func(string, []byte, []byte) error { return nil })
	} else {
		err = s.chore(ctx, func() error { return s.replaceVolume(ctx, volume, w, r) })
	}
	if err != nil {
		return err
	}
	r.Missing, r.Bodies, r.Applied = w.missing, len(w.bases), o.Apply
	for seq := range owned {
		if !w.readable(seq) {
			r.Lost = append(r.Lost, Seq(seq))
		}
	}
	slices.Sort(r.Lost)
	return nil
}

// capturesIn are the captures whose bodies the catalog says are in a volume.
func (s *Store) capturesIn(ctx context.Context, volume uint64) (map[uint64]bool, error) {
	seqs := map[uint64]bool{}
	err := s.View(func(tx *Tx) error {
		return tx.access(func() error {
			c := tx.bucket(bucketCaptures).Cursor()
			for key, _ := c.First(); key != nil; key, _ = c.Next() {
				if err := ctx.Err(); err != nil {
					return err
				}
				x, err := tx.capture(Seq(numberOf(key)))
				if unreadable(err) {
					continue
				}
				if err != nil {
					return err
				}
				if x.volume == volume {
					seqs[numberOf(key)] = true
				}
			}
			return nil
		})
	})
	return seqs, err
}

// replaceVolume puts what can be read of a volume in its place. Only the
// writer calls it.
func (s *Store) replaceVolume(ctx context.Context, volume uint64, w *wreck, r *Salvaged) error {
	v := s.raw
	copied, err := beside(w.path, rawPage, func(to *bbolt.DB) error {
		l := &loader{db: to}
		err := to.Update(func(b *bbolt.Tx) error {
			_, err := b.CreateBucket([]byte(bucketBodies))
			if err == nil {
				_, err = b.CreateBucket([]byte(bucketDicts))
			}
			return err
		})
		if err == nil {
			err = w.read(ctx, l.put)
		}
		if err == nil {
			err = l.flush()
		}
		return err
	})
	if err != nil {
		return err
	}
	leaves := false // something that is to be deleted
	err = s.View(func(tx *Tx) error {
		p, err := tx.pending()
		_, leaves = p.volumes[volume]
		leaves = leaves || len(p.dicts) > 0
		for t, err := range s.Tombstones(ctx) {
			leaves = leaves || err == nil && t.Done.IsZero()
		}
		return err
	})
	if err == nil && !w.missing && !leaves {
		r.Kept = filepath.Join(s.dir, snapshotFolder, fmt.Sprintf("volume-%06d-%s.db", volume, s.o.Now().UTC().Format("20060102-150405")))
		err = keepFile(w.path, r.Kept)
	}
	if err != nil {
		return errors.Join(err, os.Remove(copied))
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if err := os.Rename(copied, w.path); err != nil {
		return errors.Join(err, os.Remove(copied))
	}
	retire(&v.retired, v.open[volume])
	delete(v.open, volume)
	if v.current.id == volume { // the next capture begins another
		v.current, v.db, v.orphans = storedVolume{}, nil, false
	}
	return syncDir(v.dir)
}

// A wreck is the file of a volume, to be read without trust.
type wreck struct {
	path     string
	missing  bool
	owned    map[uint64]bool   // bodies that the catalog says are in it
	bases    map[uint64]uint64 // of the bodies that were found; 0 of one that stands by itself
	progress func(done int64)
	done     int64
}

// read gives every record in the file whose checksum is right, each once.
func (w *wreck) read(ctx context.Context, each func(bucket string, key, value []byte) error) error {
	f, err := os.Open(w.path)
	if errors.Is(err, fs.ErrNotExist) {
		w.missing = true
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	size := fileSize(w.path)
	head, _, err := readHead(f, rawPage)
	if err != nil || int64(head.pages) > size/rawPage { // nothing leads to anything, or the file is cut short
		head.pageSize, head.pages = rawPage, uint64(size/rawPage)
	}
	dicts := map[uint64]bool{}
	take := func(bucket string, key, value []byte) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		switch n := numberOf(key); bucket {
		case bucketBodies:
			x, err := parseFrame(key, value, kindBody)
			if _, twice := w.bases[n]; err != nil || twice {
				return nil
			}
			w.bases[n] = 0
			if x.codec == codecDelta {
				w.bases[n] = x.ref
			}
		case bucketDicts:
			if _, err := parseFrame(key, value, kindDict); err != nil || dicts[n] {
				return nil
			}
			dicts[n] = true
		default:
			return nil
		}
		if w.done += int64(len(value)); w.progress != nil {
			w.progress(w.done)
		}
		return each(bucket, key, value)
	}
	walk := &walker{r: f, head: head, problem: func(string, string) {}, each: func(e entry) error {
		value, err := e.value()
		if err != nil {
			return nil
		}
		return take(e.bucket, e.key, value)
	}}
	if err := walk.walk(); err != nil {
		return err
	}
	// Where the list of free pages is lost, bodies come up that were deleted.
	return walk.strays(func(bucket string, key, value []byte) error {
		if bucket == bucketBodies && !w.owned[numberOf(key)] {
			return nil
		}
		return take(bucket, key, value)
	})
}

// readable reports whether a body is there with all that it is a delta to.
func (w *wreck) readable(seq uint64) bool {
	for range maxDepth + 1 {
		base, found := w.bases[seq]
		if !found || base == 0 {
			return found
		}
		seq = base
	}
	return false
}
