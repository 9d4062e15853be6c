package main

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"pressmark/archive"
	"pressmark/archive/proof"
)

// checkpointEvery is how often pressmark run notes what the archive is.
const checkpointEvery = 24 * time.Hour

// checkpointLook bounds how long the clock is trusted for: machines sleep.
const checkpointLook = time.Hour

// keepCheckpoints makes a checkpoint a day until ctx ends. One that can't be
// made is told of, and tried again in an hour: nothing that is crawled depends on it.
func keepCheckpoints(ctx context.Context, store *archive.Store, now func() time.Time, log *slog.Logger) {
	for {
		wait, err := checkpointDue(ctx, store, now())
		if ctx.Err() != nil {
			return
		}
		if err != nil {
			log.Warn("no checkpoint could be made of the archive", "error", err)
			wait = checkpointLook
		}
		timer := time.NewTimer(min(wait, checkpointLook))
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return
		}
	}
}

// checkpointDue makes a checkpoint if the last one is a day old, and gives when
// the next is due.
func checkpointDue(ctx context.Context, store *archive.Store, now time.Time) (time.Duration, error) {
	last, found, err := store.LastCheckpoint()
	if err != nil && !errors.Is(err, archive.ErrDamaged) {
		return 0, err
	}
	if age := now.Sub(last.At); found && age >= 0 && age < checkpointEvery {
		return checkpointEvery - age, nil
	}
	_, err = proof.Take(ctx, store, now)
	return checkpointEvery, err
}
