package ingest

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pressmark/archive"
	"pressmark/archive/archivetest"
)

// standingOf writes down what an archive holds of its pages.
func standingOf(t *testing.T, store *archive.Store, view func(func(*archive.Tx) error) error) (list []string) {
	t.Helper()
	for p, err := range store.Pages(t.Context(), archive.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		if err := view(func(tx *archive.Tx) error {
			page, _, err := tx.Page(p.Key)
			if err != nil {
				return err
			}
			versions, err := tx.Versions(p.Key)
			for _, v := range versions {
				list = append(list, fmt.Sprintf("%+v %s %d-%d %s %s", page, v.ID, v.First, v.Last, v.Extractor, v.Article.Text()))
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	return list
}

// A rehearsal comes to the conclusions that a reset and a run come to, and
// changes nothing, whether it ends well or not.
func TestRehearse(t *testing.T) {
	store := archivetest.Open(t)
	fill(t, store)
	drain(t, New(store, Options{}))
	before := standingOf(t, store, store.View)
	o := Options{Filters: filters(t, "gazette.example##article p:nth-of-type(5)")}
	var rehearsed []string
	if err := Rehearse(t.Context(), store, o, func(tx *archive.Tx) error {
		rehearsed = standingOf(t, store, func(f func(*archive.Tx) error) error { return f(tx) })
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(before, standingOf(t, store, store.View)); d != "" {
		t.Fatalf("the rehearsal left its mark:\n%s", d)
	}
	ctx, cancel := context.WithCancel(t.Context())
	seen := 0
	o.Seen = func(archive.Sighting, *archive.Change) {
		if seen++; seen == 5 {
			cancel()
		}
	}
	if err := Rehearse(ctx, store, o, nil); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	if d := cmp.Diff(before, standingOf(t, store, store.View)); d != "" {
		t.Fatalf("the rehearsal that was cut off left its mark:\n%s", d)
	}
	if err := store.Reset(t.Context()); err != nil {
		t.Fatal(err)
	}
	drain(t, New(store, Options{Filters: o.Filters}))
	if d := cmp.Diff(standingOf(t, store, store.View), rehearsed); d != "" {
		t.Fatalf("the rehearsal came to other conclusions:\n%s", d)
	}
	if cmp.Equal(before, rehearsed) {
		t.Fatal("the filter changed nothing")
	}
}
