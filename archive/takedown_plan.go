package archive

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"pressmark/extract/urlkey"
)

// A removed is what is to go, and who else needs it.
type removed struct {
	goes  map[Seq]bool  // captures that go, or whose bodies do
	pages []uint64      // that go, in whole or in part
	heirs map[Seq][]Seq // by capture that goes, those that stay and have its body
	seen  Seq           // up to which captures heirs was filled
}

// captures gives the captures that go with a tombstone's page or version.
func (tx *Tx) capturesOf(t *Tombstone, page uint64) (list []Seq, err error) {
	from, to := Seq(0), Seq(0)
	if t.Version > 0 {
		// Between the last that showed the version before and the first that
		// showed the next one: some were not certain yet of what they showed.
		for n, at := range map[int]*Seq{t.Version - 1: &from, t.Version + 1: &to} {
			v, err := tx.version(page, n)
			if errors.Is(err, ErrNoSuch) {
				continue
			}
			if err != nil {
				return nil, err
			}
			if *at = v.Last; n > t.Version {
				*at = v.First
			}
		}
	}
	err = tx.eachBack(page, func(seq Seq, _ uint64) (bool, error) {
		if seq > from && (to == 0 || seq < to) {
			list = append(list, seq)
		}
		return true, nil
	})
	slices.Reverse(list)
	return list, err
}

// removed finds what goes with some tombstones.
func (s *Store) removed(ctx context.Context, list []Tombstone) (*removed, error) {
	r := &removed{goes: map[Seq]bool{}, heirs: map[Seq][]Seq{}}
	var first Seq
	err := s.View(func(tx *Tx) error {
		for i := range list {
			page, err := tx.pageNumber(list[i].Page)
			if err != nil || page == 0 { // it was done before the crash
				if err != nil {
					return err
				}
				continue
			}
			r.pages = append(r.pages, page)
			seqs, err := tx.capturesOf(&list[i], page)
			if err != nil {
				return err
			}
			for _, seq := range seqs {
				r.goes[seq] = true
			}
			if len(seqs) > 0 && (first == 0 || seqs[0] < first) {
				first = seqs[0]
			}
		}
		return nil
	})
	if err != nil || first == 0 {
		return r, err
	}
	r.seen = first
	for c, err := range s.Captures(ctx, first) {
		if errors.Is(err, ErrDamaged) {
			continue
		}
		if err != nil {
			return nil, err
		}
		r.see(&c)
	}
	return r, nil
}

func (r *removed) see(c *Capture) {
	if c.RevisitOf != 0 && r.goes[c.RevisitOf] && !r.goes[c.Seq] {
		r.heirs[c.RevisitOf] = append(r.heirs[c.RevisitOf], c.Seq)
	}
	r.seen = max(r.seen, c.Seq)
}

// catchUp looks at what was captured since.
func (r *removed) catchUp(tx *Tx) error {
	return tx.access(func() error {
		c := tx.bucket(bucketCaptures).Cursor()
		for key, v := c.Seek(number(uint64(r.seen) + 1)); key != nil; key, v = c.Next() {
			content, err := tx.unframe(key, v, kindCapture, nil)
			if err != nil {
				continue // damaged: nothing is known of it
			}
			if x, err := readCapture(Seq(numberOf(key)), content); err == nil {
				r.see(&x.Capture)
			}
		}
		return nil
	})
}

// PlanTakedown finds what Takedown would do, and does nothing. ErrNoSuch.
func (s *Store) PlanTakedown(ctx context.Context, o TakedownOptions) (Takedown, error) {
	t, err := s.planTakedown(ctx, o)
	if err != nil {
		return Takedown{}, fmt.Errorf("take down: %w", err)
	}
	return t, nil
}

func (s *Store) planTakedown(ctx context.Context, o TakedownOptions) (t Takedown, err error) {
	pages := slices.Compact(slices.Sorted(slices.Values(o.Pages)))
	if len(pages) == 0 || o.Version > 0 && (len(pages) != 1 || o.Everywhere) {
		return t, errors.New("name pages, or a version of one page")
	}
	if o.Everywhere {
		if pages, err = s.everywhere(ctx, pages); err != nil {
			return t, err
		}
	}
	all, err := s.withAddresses(ctx, pages)
	switch {
	case err != nil:
		return t, err
	case o.Version == 0: // what an address showed is in the history of the page
		pages = slices.Sorted(slices.Values(all))
	case len(all) > 1:
		return t, fmt.Errorf("page %s has %d addresses, and a version of it may have been seen at each: take the page down", pages[0], len(all))
	}
	err = s.View(func(tx *Tx) error {
		for _, key := range pages {
			x, err := tx.plannedTombstone(key, &o)
			if err != nil {
				return err
			}
			t.Tombstones = append(t.Tombstones, x)
		}
		return nil
	})
	if err != nil {
		return t, err
	}
	r, err := s.removed(ctx, t.Tombstones)
	if err != nil {
		return t, err
	}
	if err := s.besides(ctx, &t, pages, r); err != nil {
		return t, err
	}
	snapshots, err := os.ReadDir(filepath.Join(s.dir, snapshotFolder))
	t.Snapshots = err == nil && len(snapshots) > 0
	return t, nil
}

// plannedTombstone counts what there is of a page.
func (tx *Tx) plannedTombstone(key urlkey.Key, o *TakedownOptions) (Tombstone, error) {
	t := Tombstone{Page: key, Version: o.Version, By: o.By, Reason: o.Reason}
	page, err := tx.pageNumber(key)
	if err == nil && page == 0 {
		err = fmt.Errorf("page %s: %w", key, ErrNoSuch)
	}
	if err != nil {
		return t, err
	}
	head, err := tx.head(page)
	switch {
	case err != nil:
		return t, err
	case t.Version > head:
		return t, fmt.Errorf("version %d of page %s: %w", t.Version, key, ErrNoSuch)
	case t.Version > 0 && t.Version == head:
		return t, fmt.Errorf("version %d is the latest of page %s, and would come back with the next crawl: take the page down", t.Version, key)
	}
	seqs, err := tx.capturesOf(&t, page)
	if err != nil {
		return t, err
	}
	for _, seq := range seqs {
		c, err := tx.capture(seq)
		t.Removed.Captures++
		if unreadable(err) {
			continue
		}
		if err != nil {
			return t, err
		}
		t.URL, t.Site = c.URL, c.Site
		if c.volume != 0 {
			t.Removed.Bodies++
			t.Removed.BodyBytes += int64(c.size)
		}
		shows := c.Status >= 200 && c.Status < 300 && (c.volume != 0 || c.RevisitOf != 0)
		if o.KeepDigests && shows && !slices.Contains(t.Digests, c.Digest) {
			t.Digests = append(t.Digests, c.Digest)
		}
	}
	if t.Removed.Versions = head; t.Version > 0 {
		t.Removed.Versions = 1
	}
	changes, err := tx.changesOf(page, t.Version)
	t.Removed.Changes = len(changes)
	return t, err
}

// changesOf gives the places of a page's changes; of those only that lead to or
// from a version, if one is named.
func (tx *Tx) changesOf(page uint64, version int) (list []uint64, err error) {
	var all []uint64
	err = tx.access(func() error {
		c := tx.bucket(bucketChange).Cursor()
		prefix := string(number(page))
		for key, _ := c.Seek([]byte(prefix)); strings.HasPrefix(string(key), prefix) && len(key) == 16; key, _ = c.Next() {
			all = append(all, numberOf(key[8:]))
		}
		return nil
	})
	if version == 0 || err != nil {
		return all, err
	}
	for _, seq := range all {
		c, err := tx.change(seq)
		if err != nil {
			return nil, err
		}
		if c.From.N == version || c.To.N == version {
			list = append(list, seq)
		}
	}
	return list, nil
}

func (tx *Tx) change(seq uint64) (Change, error) {
	content, found, err := tx.content(bucketChanges, number(seq), kindChange, nil)
	if err == nil && !found {
		err = fmt.Errorf("change %d: %w", seq, ErrNoSuch)
	}
	if err != nil {
		return Change{}, err
	}
	c, err := readChange(Seq(seq), content)
	if err != nil {
		return c, fmt.Errorf("change %d: %w", seq, damaged(err))
	}
	return c, nil
}
