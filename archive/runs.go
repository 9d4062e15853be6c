package archive

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"time"
)

// NewRun stores a run and gives it its number.
func (s *Store) NewRun(ctx context.Context, r Run) (Run, error) {
	err := s.Update(ctx, func(tx *Tx) error {
		if err := tx.loadState(); err != nil {
			return err
		}
		tx.state.run++
		r.ID = RunID(tx.state.run)
		return tx.record(bucketRuns, number(uint64(r.ID)), kindRun, runRecord(&r))
	})
	if err != nil {
		return Run{}, fmt.Errorf("new run: %w", err)
	}
	return r, nil
}

// PutRun stores a run again. ErrNoSuch when it is not of this archive.
func (s *Store) PutRun(ctx context.Context, r Run) error {
	err := s.Update(ctx, func(tx *Tx) error {
		if _, err := tx.run(r.ID); err != nil {
			return err
		}
		return tx.record(bucketRuns, number(uint64(r.ID)), kindRun, runRecord(&r))
	})
	if err != nil {
		return fmt.Errorf("put run: %w", err)
	}
	return nil
}

func (tx *Tx) run(id RunID) (Run, error) {
	content, found, err := tx.content(bucketRuns, number(uint64(id)), kindRun, nil)
	if err != nil {
		return Run{}, err
	}
	if !found {
		return Run{}, fmt.Errorf("run %d: %w", id, ErrNoSuch)
	}
	r, err := readRun(id, content)
	if err != nil {
		return Run{}, fmt.Errorf("run %d: %w", id, damaged(err))
	}
	return r, nil
}

// Run gives a run. ErrNoSuch.
func (s *Store) Run(id RunID) (r Run, err error) {
	err = s.View(func(tx *Tx) (err error) {
		r, err = tx.run(id)
		return err
	})
	return r, err
}

// Runs gives runs in the order in which they began. One whose Ended is zero
// is still at work, or was cut off by a crash.
func (s *Store) Runs(ctx context.Context, f Filter) iter.Seq2[Run, error] {
	return scan(ctx, s, scanOf[Run]{bucket: bucketRuns, newest: f.Newest, limit: f.Limit, read: func(tx *Tx, key, v []byte) (Run, bool, error) {
		content, err := tx.unframe(key, v, kindRun, nil)
		if err != nil {
			return Run{}, false, err
		}
		r, err := readRun(RunID(numberOf(key)), content)
		inSite := f.Site == "" || slices.ContainsFunc(r.Sites, func(s SiteRun) bool { return s.Site == f.Site })
		return r, inSite && f.within(began(r)), err
	}})
}

// began is when a run began; one that was skipped has only a time at which it was due.
func began(r Run) time.Time {
	if r.Started.IsZero() {
		return r.Planned
	}
	return r.Started
}
