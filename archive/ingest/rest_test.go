package ingest

import (
	"fmt"
	"testing"
	"time"

	"pressmark/archive"
	"pressmark/archive/archivetest"
)

// Who asks for a rest gets it between two steps, however much is left to do.
func TestRestBetweenSteps(t *testing.T) {
	store := archivetest.Open(t)
	const captures = 10_000 // many steps: a mutex may pass over who waits once or twice
	var list []archive.Capture
	for i := range captures {
		list = append(list, archive.Capture{
			URL: fmt.Sprintf("https://example.com/%d", i), FetchedAt: time.Date(2026, 11, 1, 12, 0, i, 0, time.UTC), Status: 404, Site: "Example",
		})
	}
	if _, err := store.AppendAll(t.Context(), list); err != nil {
		t.Fatal(err)
	}
	seen, at := 0, 0
	begun, rested := make(chan struct{}), make(chan error, 1)
	in := New(store, Options{Seen: func(archive.Sighting, *archive.Change) {
		if seen++; seen == 1 {
			close(begun)
			time.Sleep(20 * time.Millisecond) // so that it is asked for in the first step
		}
	}})
	go func() {
		<-begun
		rested <- in.Rest(func() error {
			at = seen
			return nil
		})
	}()
	if n, err := in.Run(t.Context()); n != captures || err != nil {
		t.Fatal(n, err)
	}
	if err := <-rested; err != nil || at >= captures {
		t.Errorf("it rested after %d of %d captures, %v", at, captures, err)
	}
}
