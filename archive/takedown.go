package archive

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"pressmark/extract/urlkey"
)

// TakedownOptions say what is to be taken down, and what is to be written down
// of it.
type TakedownOptions struct {
	Pages       []urlkey.Key
	Version     int  // only this version, of one page; 0 for the pages whole
	Everywhere  bool // and every other page that showed an article with the same bytes
	KeepDigests bool // remember the SHA-256 of the bodies, and refuse them on whatever page
	AllowAgain  bool // the pages may be captured again
	By          string
	Reason      string
	Progress    FileProgress
}

// A Takedown is what is, or would be, taken down.
type Takedown struct {
	Tombstones []Tombstone  // one for each page; without ID while nothing is done
	Shared     []urlkey.Key // other pages with captures of the same bodies, which stay
	Led        []urlkey.Key // other pages of whose captures one was answered by an address that is taken down; they stay
	Told       []VersionID  // versions of other pages in the same stories, which stay
	Files      []string     // that are copied without what is taken down
	Snapshots  bool         // there are older states of archive.db, which go
}

// Takedown removes pages, or a version of one, so that nothing of them can be
// had from any file of the archive: captures and what they brought, texts,
// changes, sightings, their part in stories and in indexes. A tombstone stays,
// and a page that was taken down whole is not captured again. What other pages
// need of it, bodies that they have too and deltas that build on it, is kept for
// them in another place.
//
// The tombstone is written first; what a crash leaves undone is done when the
// archive is next opened for writing. After an error the takedown stands and
// is not finished. It can't be undone.
func (s *Store) Takedown(ctx context.Context, o TakedownOptions) (Takedown, error) {
	if s.o.ReadOnly {
		return Takedown{}, fmt.Errorf("take down: %w", ErrReadOnly)
	}
	release, err := s.rearrange(ctx)
	if err != nil {
		return Takedown{}, fmt.Errorf("take down: %w", err)
	}
	defer release()
	c := &cleaner{s: s, ctx: ctx, progress: o.Progress, exclusive: func(f func() error) error { return s.chore(ctx, f) }}
	// One for which there was no room is finished first. It may be this one: of
	// its pages only the files know any more. A file that can't be read keeps
	// nobody from taking down what is in the others.
	finished, hindered := c.takedowns()
	if hindered != nil {
		hindered = fmt.Errorf("take down: what was begun before can't be finished: %w", full(hindered))
	}
	if hindered != nil && !errors.Is(hindered, ErrDamaged) {
		return Takedown{}, hindered
	}
	if covers(finished, o) {
		return Takedown{Tombstones: finished}, nil
	}
	t, err := s.PlanTakedown(ctx, o)
	if err != nil && hindered != nil {
		return Takedown{}, hindered
	}
	if err != nil {
		return Takedown{}, err
	}
	err = s.Update(ctx, func(tx *Tx) error {
		for i := range t.Tombstones {
			x := &t.Tombstones[i]
			x.At, x.Removed = s.o.Now(), Removal{}
			if o.AllowAgain {
				x.Lifted = x.At
			}
			if err := tx.putTombstone(x); err != nil {
				return err
			}
		}
		return tx.learnRefusals()
	})
	if err != nil {
		return t, fmt.Errorf("take down: %w", errors.Join(err, s.View((*Tx).learnRefusals)))
	}
	done, err := c.takedowns()
	for _, x := range done {
		for i := range t.Tombstones {
			if t.Tombstones[i].ID == x.ID {
				t.Tombstones[i] = x
			}
		}
	}
	if err != nil {
		return t, fmt.Errorf("take down: it is written down and not finished; the same takedown again, or the next opening for writing, goes on: %w", full(err))
	}
	return t, nil
}

// covers reports whether some tombstones are all that is to be taken down.
func covers(list []Tombstone, o TakedownOptions) bool {
	for _, page := range o.Pages {
		if !slices.ContainsFunc(list, func(t Tombstone) bool { return t.Page == page && t.Version == o.Version }) {
			return false
		}
	}
	return len(o.Pages) > 0 && !o.Everywhere
}

// Allow lets pages be captured again that were taken down, and tells how many
// tombstones it lifted.
func (s *Store) Allow(ctx context.Context, pages []urlkey.Key) (n int, err error) {
	err = s.Update(ctx, func(tx *Tx) error {
		n = 0
		list, err := tx.tombstones(func(error) {})
		if err != nil {
			return err
		}
		for _, t := range list {
			if !t.Lifted.IsZero() || !slices.Contains(pages, t.Page) {
				continue
			}
			t.Lifted = s.o.Now()
			if err := tx.putTombstone(&t); err != nil {
				return err
			}
			n++
		}
		return tx.learnRefusals()
	})
	if err != nil {
		return 0, fmt.Errorf("allow a page again: %w", errors.Join(err, s.View((*Tx).learnRefusals)))
	}
	return n, nil
}

// takedowns does what tombstones say that is not done, and gives those that it
// finished.
func (c *cleaner) takedowns() ([]Tombstone, error) {
	var open []Tombstone
	err := c.s.View(func(tx *Tx) error {
		list, err := tx.tombstones(func(error) {})
		open = slices.DeleteFunc(list, func(t Tombstone) bool { return !t.Done.IsZero() })
		return err
	})
	if err == nil && len(open) > 0 {
		err = c.takeDown(open)
	}
	if err == nil {
		err = c.run()
	}
	if err != nil || len(open) == 0 {
		return nil, err
	}
	var done []Tombstone
	err = c.exclusive(func() error {
		return c.s.transact(func(tx *Tx) error {
			list, err := tx.tombstones(func(error) {})
			if err != nil {
				return err
			}
			done = nil
			for _, t := range list {
				if !slices.ContainsFunc(open, func(o Tombstone) bool { return o.ID == t.ID }) {
					continue
				}
				t.Done = c.s.o.Now()
				if err := tx.putTombstone(&t); err != nil {
					return err
				}
				done = append(done, t)
			}
			return nil
		})
	})
	return done, err
}

// takeDown removes from the catalog what some tombstones stand for, one after
// another, and notes which files are to be copied without it.
func (c *cleaner) takeDown(list []Tombstone) error {
	r, err := c.s.removed(c.ctx, list)
	if err != nil {
		return err
	}
	for i := range list {
		err := c.exclusive(func() error {
			return c.s.withBodies(func(tx *Tx, bodies *bodyTx) error { return tx.takeDown(bodies, &list[i], r) })
		})
		if err != nil {
			return err
		}
	}
	if c.s.training == nil {
		return nil
	}
	// What training had in hand may have become a dictionary meanwhile.
	c.s.training.settle()
	return c.change(func(tx *Tx, p *pending) error {
		for _, page := range r.pages {
			ids, err := tx.dictionariesOf(page)
			if err != nil {
				return err
			}
			p.dicts = slices.Compact(slices.Sorted(slices.Values(append(p.dicts, trained(ids)...))))
		}
		return nil
	})
}

// trained are those of some dictionaries that the program did not bring along.
func trained(ids []uint64) []uint64 {
	return slices.DeleteFunc(ids, func(id uint64) bool { return id < firstTrained })
}

// finishTakedowns does, when the archive is opened, what a crash left undone.
// When there is no room for it the archive can be used all the same.
func (s *Store) finishTakedowns() error {
	c := &cleaner{s: s, ctx: context.Background(), exclusive: func(f func() error) error { return f() }}
	p, err := c.pending()
	if err != nil {
		return err
	}
	unfinished := !p.empty()
	for t, err := range s.Tombstones(c.ctx) {
		unfinished = unfinished || err == nil && t.Done.IsZero()
	}
	if !unfinished {
		return nil
	}
	if s.o.ReadOnly {
		s.o.Log.Warn("a takedown or a pruning was cut off: files still hold what was removed, until the archive is opened for writing")
		return nil
	}
	s.o.Log.Info("a takedown or a pruning was cut off and is finished now")
	if _, err := c.takedowns(); err != nil {
		s.o.Log.Error("a takedown or a pruning was cut off and can't be finished: files still hold what was removed", "error", full(err))
	}
	return nil
}
