package archive

import (
	"context"
	"fmt"
	"iter"
	"time"

	"pressmark/extract/urlkey"
)

// A Tombstone says what was taken down, when, by whom and why. It holds nothing
// of what it stands for but the page's name.
type Tombstone struct {
	ID      uint64
	Page    urlkey.Key
	URL     string
	Site    string
	Version int // the version that was taken down; 0 for the whole page
	At      time.Time
	By      string // who did it
	Reason  string
	Done    time.Time // when the last file was free of it; zero while one may not be
	Lifted  time.Time // when the page was allowed again; zero while it is refused
	Digests []Digest  // of bodies that are refused, on whatever page
	Removed Removal
}

// A Removal counts what was taken down.
type Removal struct {
	Captures  int
	Bodies    int   // of them, those that held one
	BodyBytes int64 // as received
	Versions  int
	Changes   int
	Stories   int // of which the page was a part
	Moved     int // bodies that stayed, since other pages' captures have the same
}

// refuses reports whether the page is not to be captured again.
func (t *Tombstone) refuses() bool { return t.Version == 0 && t.Lifted.IsZero() }

const tombstoneVersion = 1

func (t *Tombstone) record() []byte {
	w := newRecord(tombstoneVersion)
	w.text(1, string(t.Page))
	w.text(2, t.URL)
	w.text(3, t.Site)
	w.int(4, t.Version)
	w.time(5, t.At)
	w.text(6, t.By)
	w.text(7, t.Reason)
	w.time(8, t.Done)
	w.time(9, t.Lifted)
	for _, d := range t.Digests {
		w.bytes(10, d[:])
	}
	w.message(11, func(w *recordWriter) {
		r := &t.Removed
		for i, n := range []int{r.Captures, r.Bodies, int(r.BodyBytes), r.Versions, r.Changes, r.Stories, r.Moved} {
			w.int(i+1, n)
		}
	})
	return w.b
}

func readTombstone(id uint64, b []byte) (Tombstone, error) {
	t := Tombstone{ID: id}
	err := readRecord(b, tombstoneVersion, func(field int, v value) error {
		switch field {
		case 1:
			t.Page = urlkey.Key(v.text())
		case 2:
			t.URL = v.text()
		case 3:
			t.Site = v.text()
		case 4:
			t.Version = v.int()
		case 5:
			t.At = v.time()
		case 6:
			t.By = v.text()
		case 7:
			t.Reason = v.text()
		case 8:
			t.Done = v.time()
		case 9:
			t.Lifted = v.time()
		case 10:
			var d Digest
			copy(d[:], v.b)
			t.Digests = append(t.Digests, d)
		case 11:
			return readRemoval(&t.Removed, v.b)
		}
		return nil
	})
	return t, err
}

func readRemoval(r *Removal, b []byte) error {
	return fields(b, func(field int, v value) error {
		switch field {
		case 1:
			r.Captures = v.int()
		case 2:
			r.Bodies = v.int()
		case 3:
			r.BodyBytes = int64(v.int())
		case 4:
			r.Versions = v.int()
		case 5:
			r.Changes = v.int()
		case 6:
			r.Stories = v.int()
		case 7:
			r.Moved = v.int()
		}
		return nil
	})
}

// putTombstone stores a tombstone; one without ID gets one.
func (tx *Tx) putTombstone(t *Tombstone) error {
	if t.ID == 0 {
		if err := tx.access(func() (err error) {
			t.ID, err = tx.bucket(bucketTombstone).NextSequence()
			return err
		}); err != nil {
			return fmt.Errorf("put tombstone: %w", err)
		}
	}
	return tx.record(bucketTombstone, number(t.ID), kindTombstone, t.record())
}

// tombstones reads all tombstones; one that can't be read is left out, and
// given to bad.
func (tx *Tx) tombstones(bad func(error)) (list []Tombstone, err error) {
	err = tx.access(func() error {
		b := tx.bucket(bucketTombstone)
		if b == nil {
			return nil
		}
		c := b.Cursor()
		for key, v := c.First(); key != nil; key, v = c.Next() {
			content, err := tx.unframe(key, v, kindTombstone, nil)
			var t Tombstone
			if err == nil {
				t, err = readTombstone(numberOf(key), content)
			}
			if err != nil {
				bad(fmt.Errorf("tombstone %d: %w", numberOf(key), damaged(err)))
				continue
			}
			list = append(list, t)
		}
		return nil
	})
	return list, err
}

// Tombstones gives what was taken down, in the order in which it was.
func (s *Store) Tombstones(ctx context.Context) iter.Seq2[Tombstone, error] {
	return func(yield func(Tombstone, error) bool) {
		var list []Tombstone
		var errs []error
		err := s.View(func(tx *Tx) (err error) {
			list, err = tx.tombstones(func(err error) { errs = append(errs, err) })
			return err
		})
		if err != nil {
			yield(Tombstone{}, err)
			return
		}
		for _, err := range errs {
			if !yield(Tombstone{}, err) {
				return
			}
		}
		for _, t := range list {
			if ctx.Err() != nil {
				yield(Tombstone{}, ctx.Err())
				return
			}
			if !yield(t, nil) {
				return
			}
		}
	}
}

// refusals are the pages and bodies that were taken down.
type refusals struct {
	pages   map[urlkey.Key]bool
	digests map[Digest]bool
}

func (r *refusals) add(t *Tombstone) {
	if t.refuses() {
		r.pages[t.Page] = true
	}
	if t.Lifted.IsZero() {
		for _, d := range t.Digests {
			r.digests[d] = true
		}
	}
}

// learnRefusals reads what is refused. What the writer is about to commit counts:
// it calls this within the transaction.
func (tx *Tx) learnRefusals() error {
	r := &refusals{pages: map[urlkey.Key]bool{}, digests: map[Digest]bool{}}
	list, err := tx.tombstones(func(err error) {
		tx.s.o.Log.Error("a tombstone is damaged: what it stands for is not refused", "error", err)
	})
	for i := range list {
		r.add(&list[i])
	}
	if err == nil {
		tx.s.refused.Store(r)
	}
	return err
}

// Refuses reports whether a page was taken down and must not be captured again.
func (s *Store) Refuses(page urlkey.Key) bool { return s.refused.Load().pages[page] }

// refusal is the error for a capture that was taken down; nil for all others.
func (s *Store) refusal(c *Capture) error {
	r := s.refused.Load()
	switch {
	case r.pages[c.Page]:
		return fmt.Errorf("%w: page %.8s", ErrTakenDown, c.Page.ID())
	case len(c.Body) > 0 && r.digests[c.Digest]:
		return fmt.Errorf("%w: the body with SHA-256 %.16s…", ErrTakenDown, c.Digest)
	}
	if c.Final == "" || c.Final == c.URL || len(r.pages) == 0 {
		return nil
	}
	if key, err := urlkey.Of(c.Final); err == nil && r.pages[key] {
		return fmt.Errorf("%w: page %.8s, to which it leads", ErrTakenDown, key.ID())
	}
	return nil
}

// Holds reports whether a capture is there: it may have been taken down.
func (tx *Tx) Holds(seq Seq) (found bool, err error) {
	err = tx.access(func() error {
		found = tx.bucket(bucketCaptures).Get(number(uint64(seq))) != nil
		return nil
	})
	return found, err
}
