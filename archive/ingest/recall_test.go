package ingest

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pressmark/archive"
	"pressmark/archive/archivetest"
	"pressmark/extract/change"
)

const letter = "The Harbour Letter goes out to eleven thousand readers each Friday, with the best of the week and a riddle at its end."

// issue is the nth page of a paper that ends its articles as it likes.
func issue(n int, endings ...string) paper {
	p := paper{title: fmt.Sprintf("Report number %d from the harbour", n)}
	for i, what := range []string{"the pilots", "the dredger", "the customs house", "the fish market"} {
		p.paragraphs = append(p.paragraphs, fmt.Sprintf(
			"On day %d of the inquiry %s came up again, and witness number %d told the commission what had been seen from the quay that night.", n, what, n*10+i))
	}
	p.paragraphs = append(p.paragraphs, endings...)
	return p
}

func issueURL(n int) string { return fmt.Sprintf("https://gazette.example/reports/%d", n) }

// What is found out to be furniture after a page was read is no change of the
// page, whether the page goes on showing it or not; and the edits that the
// paper makes are told without it.
func TestLearnedBetweenLooks(t *testing.T) {
	store := archivetest.Open(t)
	n := 0
	see := func(page int, body string) {
		take(t, store, n, look{url: issueURL(page), body: body})
		n++
	}
	for page := range 3 {
		see(page, issue(page, letter).page())
	}
	var outcomes []archive.Outcome
	in := New(store, Options{Seen: func(s archive.Sighting, _ *archive.Change) { outcomes = append(outcomes, s.Outcome) }})
	drain(t, in)
	for page := 3; page < 10; page++ {
		see(page, issue(page, letter).page())
	}
	all := len(outcomes)
	drain(t, in)
	if got := outcomes[all:]; !slices.Equal(got, slices.Repeat([]archive.Outcome{archive.New}, 7)) {
		t.Fatalf("outcomes %v", got)
	}
	all = len(outcomes)
	see(0, strings.Replace(issue(0, letter).page(), "<body>", "<body><!-- built anew -->", 1))
	see(1, issue(1).page()) // the paper takes it off
	edit := issue(2, letter)
	edit.paragraphs[1] = strings.Replace(edit.paragraphs[1], "witness number 21", "witness number 27", 1)
	see(2, edit.page())
	drain(t, in)
	if got := outcomes[all:]; !slices.Equal(got, []archive.Outcome{archive.Same, archive.Same, archive.Changed}) {
		t.Errorf("outcomes %v, want two that are the same and one that changed", got)
	}
	d := dump(t, store)
	first, later := d.Versions[0].Article, d.Versions[5].Article
	if text := first.Text(); !strings.Contains(text, letter) {
		t.Errorf("the first page was read with what nobody could know yet:\n%s", text)
	}
	if text := later.Text(); strings.Contains(text, letter) || !later.Remembered() {
		t.Errorf("the sixth page has the furniture of five:\n%s", text)
	}
	if len(d.Changes) != 1 {
		t.Fatalf("%d changes, want 1: %+v", len(d.Changes), d.Changes)
	}
	if c := d.Changes[0].Diff; !slices.Equal(c.Kinds, []change.Kind{change.Numbers}) || len(c.Edits) != 1 {
		t.Errorf("the edit is told as %+v", c)
	}
	for _, v := range d.Versions {
		if v.URL == issueURL(2) && v.ID.N == 2 && strings.Contains(v.Article.Text(), letter) {
			t.Error("a version written after it was learned still has the furniture")
		}
	}
}

// Furniture that the paper changes on all its pages is a change of none of
// them, but of the first few perhaps.
func TestFurnitureIsReplaced(t *testing.T) {
	store := archivetest.Open(t)
	n := 0
	for page := range 12 {
		take(t, store, n, look{url: issueURL(page), body: issue(page, letter).page()})
		n++
	}
	for page := range 12 {
		take(t, store, n, look{url: issueURL(page), body: issue(page).page()})
		n++
	}
	drain(t, New(store, Options{}))
	if d := dump(t, store); len(d.Changes) > 0 || len(d.Versions) != 12 {
		t.Errorf("%d versions and %d changes of 12 pages: %+v", len(d.Versions), len(d.Changes), d.Changes)
	}
}

// However the captures come into batches, and wherever the work is broken off
// and begun again, the same is learned and concluded.
func TestLearnsTheSameInAnyBatches(t *testing.T) {
	bodies := func(store *archive.Store, step func()) {
		n := 0
		for round := range 2 {
			for page := range 25 {
				endings := []string{letter}
				if page%3 == 0 {
					endings = append(endings, fmt.Sprintf("Author %d has written for the Gazette since the old press stood in the yard behind the church.", page%2))
				}
				p := issue(page, endings...)
				if round == 1 && page%4 == 0 {
					p.paragraphs[0] = strings.Replace(p.paragraphs[0], "that night", "that morning", 1)
				}
				url := issueURL(page)
				if page%5 == 4 {
					url = strings.Replace(url, "gazette", "wire", 1)
				}
				take(t, store, n, look{url: url, body: p.page()})
				n++
				step()
			}
		}
	}
	type learned struct {
		conclusions
		Memories [2][]byte
	}
	state := func(store *archive.Store) learned {
		l := learned{conclusions: dump(t, store)}
		if err := store.View(func(tx *archive.Tx) error {
			for i, site := range []string{"gazette.example", "wire.example"} {
				s, found, err := tx.Memory(site)
				if err != nil || !found {
					return fmt.Errorf("memory of %s: %v, %v", site, found, err)
				}
				if l.Memories[i], err = s.MarshalBinary(); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		return l
	}
	// A version names captures by number, and numbers are given to conclusions
	// too: the place among the captures is what can be compared.
	order := func(l learned) learned {
		place := map[archive.Seq]archive.Seq{0: 0}
		var seqs []archive.Seq
		for _, s := range l.Sightings {
			seqs = append(seqs, s.Seq)
		}
		slices.Sort(seqs)
		for i, s := range seqs {
			place[s] = archive.Seq(i + 1)
		}
		for i := range l.Sightings {
			l.Sightings[i].Seq = place[l.Sightings[i].Seq]
		}
		for i := range l.Versions {
			l.Versions[i].First, l.Versions[i].Last = place[l.Versions[i].First], place[l.Versions[i].Last]
		}
		return l
	}

	whole := archivetest.Open(t)
	bodies(whole, func() {})
	drain(t, New(whole, Options{}))
	want := state(whole)
	if !slices.ContainsFunc(want.Versions, func(v archive.Version) bool { return v.Article.Remembered() }) {
		t.Fatal("nothing was learned, which is no test")
	}

	single := archivetest.Open(t)
	in := New(single, Options{})
	bodies(single, func() { drain(t, in) })
	opts := cmp.Options{cmp.Exporter(func(reflect.Type) bool { return true })}
	if diff := cmp.Diff(order(want), order(state(single)), opts); diff != "" {
		t.Errorf("one by one something else is concluded:\n%s", diff)
	}

	if err := whole.Reset(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := whole.View(func(tx *archive.Tx) error {
		if _, found, err := tx.Memory("gazette.example"); found || err != nil {
			return fmt.Errorf("a reset leaves a memory: %v, %v", found, err)
		}
		return nil
	}); err != nil {
		t.Error(err)
	}
	again := New(whole, Options{})
	for {
		list, _, err := again.next(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if len(list) == 0 {
			break
		}
		list = list[:min(len(list), 7)]
		for i := range list {
			if err := again.read(&list[i]); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := again.commit(t.Context(), list); err != nil {
			t.Fatal(err)
		}
		if list[0].capture.Seq%3 == 0 {
			again = New(whole, Options{})
		}
	}
	if diff := cmp.Diff(order(want), order(state(whole)), opts); diff != "" {
		t.Errorf("in batches of seven something else is concluded:\n%s", diff)
	}
}
