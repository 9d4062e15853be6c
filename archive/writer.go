package archive

import (
	"context"
	"errors"
	"fmt"
	"time"

	"go.etcd.io/bbolt"
)

// All writing is done by one goroutine. Captures that wait when it is free
// share a commit: a commit takes as long as the disk's fsync, and those who come
// in that time make the next batch. When a crawl is in full swing the next batch
// waits a moment for all who are on the way, or each would be of three or four;
// else no one ever waits for company.
const (
	maxBatch      = 100
	maxBatchBytes = 4 << 20
	company       = 10 * time.Millisecond // that is waited for, at most
)

// A job is one Append, one AppendAll, one Update, or a chore that needs the files to itself.
type job struct {
	plan     *plan   // of an Append
	plans    []*plan // of an AppendAll
	update   func(*Tx) error
	chore    func() error
	err      error
	panicked any // what update panicked with
	done     chan error
}

// submit hands a job over and waits for it. Once it is handed over ctx no
// longer counts: the caller shall know what became of it.
func (s *Store) submit(ctx context.Context, j *job) error {
	if s.o.ReadOnly {
		return ErrReadOnly
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case <-s.quit:
		return ErrClosed
	default:
	}
	select {
	case s.queue <- j:
	case <-ctx.Done():
		return ctx.Err()
	case <-s.quit:
		return ErrClosed
	}
	select {
	case <-j.done:
		return nil
	case <-s.stopped:
	}
	select {
	case <-j.done: // it was among the last
		return nil
	default:
		return ErrClosed
	}
}

// write works the queue off until Close.
func (s *Store) write() {
	defer close(s.stopped)
	var next *job
	for {
		j := next
		next = nil
		if j == nil {
			select {
			case j = <-s.queue:
			case <-s.quit:
				select {
				case j = <-s.queue: // what was handed over before Close is done
				default:
					return
				}
			}
		}
		switch {
		case j.chore != nil:
			s.runChore(j)
			continue
		case j.update != nil:
			s.runUpdate(j)
			continue
		case j.plans != nil:
			j.err = s.appendPlans(j.plans)
			close(j.done)
			continue
		}
		var batch []*job
		batch, next = s.gather(j)
		s.runAppends(batch)
	}
}

// gather gives those that share a commit with the first, and the job that is
// next when there is one of another sort.
func (s *Store) gather(first *job) (batch []*job, next *job) {
	batch = []*job{first}
	var late <-chan time.Time
	for size := first.plan.weight(); len(batch) < maxBatch && size < maxBatchBytes; {
		var j *job
		select {
		case j = <-s.queue:
		default:
			if !s.pack.pace.hasty() || int64(len(batch)) >= s.pack.pace.waiting.Load() {
				return batch, nil
			}
			if late == nil {
				late = time.After(company)
			}
			select {
			case j = <-s.queue:
			case <-late:
				return batch, nil
			}
		}
		if j.plan == nil {
			return batch, j
		}
		batch = append(batch, j)
		size += j.plan.weight()
	}
	return batch, nil
}

func (s *Store) runChore(j *job) {
	defer close(j.done)
	if j.err = s.raw.tidy(s); j.err == nil {
		j.err = j.chore()
	}
}

func (s *Store) runUpdate(j *job) {
	defer close(j.done)
	if j.err = s.raw.tidy(s); j.err != nil {
		return
	}
	j.err = s.transact(func(tx *Tx) (err error) {
		defer func() {
			if r := recover(); r != nil {
				j.panicked = r
				err = errors.New("panic in a transaction")
			}
		}()
		return j.update(tx)
	})
}

// transact runs f in a writing transaction of archive.db. Only the writer calls it.
func (s *Store) transact(f func(*Tx) error) error {
	var b *bbolt.Tx
	err := guard(catalogFile, func() (err error) {
		b, err = s.db.Begin(true)
		return err
	})
	if err != nil {
		return fmt.Errorf("write archive: %w", err)
	}
	tx := &Tx{s: s, b: b}
	err = f(tx)
	if err == nil {
		err = tx.finish()
	}
	if err != nil {
		rollback(b)
		return full(err)
	}
	s.db.AllocSize = growth(b.Size())
	if err := commit(catalogFile, b); err != nil {
		return fmt.Errorf("write archive: %w", full(err))
	}
	if tx.filed != nil {
		s.filed = tx.filed
	}
	return nil
}

func commit(file string, b *bbolt.Tx) error {
	err := guard(file, b.Commit)
	if err != nil {
		rollback(b) // after a panic it still holds bbolt's lock
	}
	return err
}

func rollback(b *bbolt.Tx) {
	_ = guard("", b.Rollback) // it fails only when there is nothing left to roll back
}

// growth is by how much a file grows: little when it is small, for the sake of
// small archives, and in larger steps later, each of which costs an fsync.
func growth(size int64) int { return int(min(max(size/8, 1<<20), 16<<20)) }

// runAppends commits a batch of captures.
func (s *Store) runAppends(batch []*job) {
	plans := make([]*plan, len(batch))
	for i, j := range batch {
		plans[i] = j.plan
	}
	err := s.appendPlans(plans)
	if err != nil && len(batch) > 1 && !errors.Is(err, ErrFull) {
		// One of them is to blame: the others shall not suffer for it.
		for _, j := range batch {
			j.err = s.appendPlans([]*plan{j.plan})
			close(j.done)
		}
		return
	}
	for _, j := range batch {
		j.err = err
		close(j.done)
	}
}

// appendPlans stores captures in one commit: first the volume with the bodies,
// then the catalog that refers to it. What is in the volume and not in the
// catalog was not acknowledged: it is taken out again before anything else is
// written; after a crash it is adopted when the archive is opened.
func (s *Store) appendPlans(plans []*plan) error {
	if err := s.raw.tidy(s); err != nil {
		return err
	}
	return s.withBodies(func(tx *Tx, bodies *bodyTx) error {
		for _, p := range plans {
			if err := tx.append(bodies, p); err != nil {
				return err
			}
		}
		return nil
	})
}

// withBodies runs f in a transaction that may write to the current volume, too.
// Only the writer calls it.
func (s *Store) withBodies(f func(*Tx, *bodyTx) error) error {
	if err := s.raw.ready(s); err != nil {
		return full(err)
	}
	bodies := s.raw.begin()
	err := s.transact(func(tx *Tx) error {
		if err := tx.loadState(); err != nil {
			return err
		}
		if err := f(tx, bodies); err != nil {
			return err
		}
		// The state is finished before the bodies are committed: nothing that
		// can fail for another reason than the disk comes after.
		if err := tx.finish(); err != nil {
			return err
		}
		tx.dirty = false
		return s.raw.commit(bodies)
	})
	if err != nil {
		s.raw.abandon(bodies)
		return err
	}
	s.raw.settle()
	return nil
}
