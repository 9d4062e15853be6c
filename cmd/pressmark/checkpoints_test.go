package main

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"pressmark/archive"
	"pressmark/archive/archivetest"
	"pressmark/archive/proof"
)

// A daemon makes a checkpoint a day of what came that day, and none of a day
// on which nothing came; a clock that was set back stops none.
func TestCheckpointADay(t *testing.T) {
	store, ctx := archivetest.Open(t), t.Context()
	morning := time.Date(2026, 11, 2, 6, 0, 0, 0, time.UTC)
	fetched := 0
	fetch := func() {
		t.Helper()
		fetched++
		_, err := store.Append(ctx, archive.Capture{
			URL: "https://paper.test/1", Status: 200, FetchedAt: morning.Add(time.Duration(fetched) * time.Minute),
			Body: []byte("<p>Edition " + string(rune('0'+fetched))),
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	look := func(what string, at time.Time, wait time.Duration, made int) {
		t.Helper()
		got, err := checkpointDue(ctx, store, at)
		if err != nil || got != wait {
			t.Errorf("%s: the next look is due in %s, %v; want %s", what, got, err, wait)
		}
		list, err := store.Checkpoints(ctx)
		if err != nil || len(list) != made {
			t.Errorf("%s: %d checkpoints, %v; want %d", what, len(list), err, made)
		}
	}
	fetch()
	look("the first", morning, checkpointEvery, 1)
	fetch()
	look("an hour later", morning.Add(time.Hour), 23*time.Hour, 1)
	look("the next day", morning.Add(checkpointEvery), checkpointEvery, 2)
	look("a day without a capture", morning.Add(2*checkpointEvery), checkpointEvery, 2)
	fetch()
	look("a clock set back", morning.Add(-time.Hour), checkpointEvery, 3)

	// A key that can't be read is told of; nothing is signed in its place.
	if err := os.WriteFile(filepath.Join(store.Dir(), proof.KeyFile), []byte("no key\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	fetch()
	if _, err := checkpointDue(ctx, store, morning.Add(3*checkpointEvery)); !errors.Is(err, proof.ErrKey) {
		t.Errorf("with a broken key: %v", err)
	}
	list, err := store.Checkpoints(ctx)
	if err != nil || len(list) != 3 {
		t.Errorf("with a broken key: %d checkpoints, %v", len(list), err)
	}
}
