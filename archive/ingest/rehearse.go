package ingest

import (
	"context"
	"errors"
	"sync"

	"pressmark/archive"
)

// A stage is the transaction of a rehearsal: all that it writes is dropped in
// the end. Captures are read side by side, and a transaction serves one at a time.
type stage struct {
	mu sync.Mutex
	tx *archive.Tx
}

// errRehearsed drops the transaction of a rehearsal that came to its end.
var errRehearsed = errors.New("rehearsed")

// Rehearse draws all conclusions anew, as after a Reset, and hands them to
// look. It leaves the archive as it is: what a View sees meanwhile are the
// conclusions that it holds. The new ones are kept in memory until look returns.
func Rehearse(ctx context.Context, store *archive.Store, o Options, look func(*archive.Tx) error) error {
	err := store.Update(ctx, func(tx *archive.Tx) error {
		if err := tx.Reset(); err != nil {
			return err
		}
		in := New(store, o)
		in.stage = &stage{tx: tx}
		if _, err := in.Run(ctx); err != nil {
			return err
		}
		if err := look(tx); err != nil {
			return err
		}
		return errRehearsed
	})
	if errors.Is(err, errRehearsed) {
		return nil
	}
	return err
}

// view reads the conclusions: those of the archive, or of the rehearsal.
func (in *Ingester) view(f func(*archive.Tx) error) error {
	if in.stage == nil {
		return in.store.View(f)
	}
	in.stage.mu.Lock()
	defer in.stage.mu.Unlock()
	return f(in.stage.tx)
}

// update writes conclusions.
func (in *Ingester) update(ctx context.Context, f func(*archive.Tx) error) error {
	if in.stage == nil {
		return in.store.Update(ctx, f)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return in.view(f)
}
