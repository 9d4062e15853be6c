package ingest

import (
	"fmt"
	"strings"
	"testing"

	"pressmark/archive"
	"pressmark/archive/archivetest"
	"pressmark/extract"
	"pressmark/extract/filter"
)

func filters(t *testing.T, list string) *filter.Set {
	t.Helper()
	l, err := filter.Read("list.txt", strings.NewReader(list))
	if err != nil {
		t.Fatal(err)
	}
	return filter.New(l)
}

// Another list gives another text and never another edition: the old capture
// is read with the list of today before the two are compared. What the paper
// itself changed is told, and no more.
func TestChangedFilters(t *testing.T) {
	offer := `<div class="clay-offer"><p>Every reader who brings a friend to the quay on Sunday gets a boat of clay, said the sheet.</p></div>`
	page := func(p string, sailings int) string {
		p = strings.Replace(p, "62 sailings", fmt.Sprintf("%d sailings", sailings), 1)
		return strings.Replace(p, "</p></article>", "</p>"+offer+"</article>", 1)
	}
	store := archivetest.Open(t)
	var seen []archive.Outcome
	with := func(f *filter.Set) *Ingester {
		return New(store, Options{Filters: f, Seen: func(s archive.Sighting, _ *archive.Change) { seen = append(seen, s.Outcome) }})
	}
	hides, other := filters(t, "##.clay-offer"), filters(t, "##.clay-offer\n##.something-else")
	take(t, store, 0, look{body: page(whole, 62)})
	drain(t, with(nil))
	take(t, store, 1, look{body: page(whole, 62) + " "})
	drain(t, with(hides))
	take(t, store, 2, look{body: page(whole, 62) + "  "})
	drain(t, with(nil))
	take(t, store, 3, look{body: page(whole, 62) + "   "})
	drain(t, with(other))
	take(t, store, 4, look{body: page(whole, 26)})
	drain(t, with(other))
	take(t, store, 5, look{body: page(whole, 26) + " "})
	drain(t, with(nil))
	want := fmt.Sprint([]archive.Outcome{archive.New, archive.Same, archive.Same, archive.Same, archive.Changed, archive.Same})
	if fmt.Sprint(seen) != want {
		t.Fatalf("%v, not %s", seen, want)
	}
	var list []archive.Version
	var edits string
	for v, err := range store.Versions(t.Context(), archive.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, v)
	}
	for c, err := range store.Changes(t.Context(), archive.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		edits += fmt.Sprintf("%+v", c.Diff.Edits)
	}
	if len(list) != 2 {
		t.Fatalf("%d versions", len(list))
	}
	first, last := list[0], list[1]
	if first.ID.N != 1 {
		first, last = last, first
	}
	if first.Extractor != extract.Version || last.Extractor != extract.VersionWith(other) {
		t.Errorf("the versions were read by %q and %q", first.Extractor, last.Extractor)
	}
	if text := last.Article.Text(); strings.Contains(text, "boat of clay") || !strings.Contains(text, "26 sailings") {
		t.Errorf("the last version: %s", text)
	}
	if strings.Contains(edits, "clay") || !strings.Contains(edits, "26") {
		t.Errorf("the edits tell of what the filter hides: %s", edits)
	}
	n := 0
	for _, r := range last.Article.Removed {
		if r.Rule == "filter/##.clay-offer" {
			n++
		}
	}
	if n != 1 {
		t.Errorf("%d removals by the filter in %+v", n, last.Article.Removed)
	}
}
