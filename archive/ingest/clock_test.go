package ingest

import (
	"testing"
	"time"

	"pressmark/archive"
	"pressmark/archive/archivetest"
)

// A clock that is set back in the middle makes no page younger than it was,
// and no change that ends before it begins.
func TestClockThatJumpsBack(t *testing.T) {
	store := archivetest.Open(t)
	began := time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)
	texts := []string{
		"The council voted on Tuesday to close the swimming pool in the old town for good. The roof can no longer be mended, the mayor said, and the town has no money for a new one before next year at the earliest.",
		"The council voted on Tuesday to close the swimming pool in the old town for two years. The roof can no longer be mended, the mayor said, and the town has no money for a new one before next year at the earliest.",
	}
	for i, at := range []time.Duration{0, 2 * time.Hour, -48 * time.Hour, -47 * time.Hour, time.Hour, 3 * time.Hour} {
		body := "<html><head><title>Pool to close</title></head><body><article><h1>Pool to close</h1><p>" + texts[min(i/3, 1)] +
			"</p><p>Swimmers gathered in front of the town hall in the evening. They had collected two thousand signatures since the spring, and handed them to the deputy mayor.</p></article></body></html>"
		if _, err := store.Append(t.Context(), archive.Capture{
			URL: "https://example.com/pool", FetchedAt: began.Add(at), Status: 200, Body: []byte(body), Site: "Example",
			Header: map[string][]string{"Content-Type": {"text/html; charset=utf-8"}},
		}); err != nil {
			t.Fatal(err)
		}
		var before archive.Page
		read := func() (p archive.Page) {
			for p = range store.Pages(t.Context(), archive.Filter{}) {
			}
			return p
		}
		before = read()
		if _, err := New(store, Options{}).Run(t.Context()); err != nil {
			t.Fatal(err)
		}
		now := read()
		if now.LastSeen.Before(before.LastSeen) || now.LastCheck.Before(before.LastCheck) {
			t.Errorf("capture %d: last seen %v, was %v", i, now.LastSeen, before.LastSeen)
		}
	}
	changes := 0
	for c, err := range store.Changes(t.Context(), archive.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		changes++
		if c.Before.Before(c.After) {
			t.Errorf("a change between %v and %v", c.After, c.Before)
		}
	}
	for v, err := range store.Versions(t.Context(), archive.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		if v.LastSeen.Before(v.FirstSeen) {
			t.Errorf("%s was last seen %v and first %v", v.ID, v.LastSeen, v.FirstSeen)
		}
	}
	if changes != 1 {
		t.Errorf("%d changes", changes)
	}
}
