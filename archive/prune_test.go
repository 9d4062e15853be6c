package archive_test

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pressmark/archive"
	"pressmark/archive/ingest"
)

// aged fills an archive with what is a year old and what is not.
func aged(t testing.TB, o archive.Options) *desk {
	d := newDesk(t, o)
	text := prose("harbour", 8)
	for n := range 6 { // six versions, of which the fourth differs in a word only
		if n == 3 {
			text[7] = strings.Replace(text[7], "for it", "for that", 1)
		} else {
			text[7] = fmt.Sprintf("This is what the council of the county had decided by the %d. day, and %d families will have to move for it.", n, 40+n)
		}
		d.take(base+"long", 200, story("The harbour", text))
		d.read()
		for range 5 {
			d.take(base+"long", 304, "")
		}
		d.read()
	}
	d.take(base+"standing", 200, story("Of orchards", prose("orchard", 8)))
	for i := range 4 {
		d.take(fmt.Sprintf("%sold-%d", base, i), 200, story(fmt.Sprint("Old part ", i), prose(fmt.Sprint("mill", i), 8)))
	}
	d.read()
	d.turn(365 * days)
	d.take(base+"standing", 304, "")
	d.take(base+"new", 200, story("A new one", prose("weir", 8)))
	d.take("https://elsewhere.example/old-2", 200, story("Old part 2", prose("mill2", 8))) // the same bytes
	d.read()
	return d
}

const days = 24 * time.Hour

func TestPruneBodies(t *testing.T) {
	for _, volume := range []int64{0, 20 << 10} {
		d := aged(t, archive.Options{VolumeSize: volume})
		before := d.exported()
		o := archive.PruneOptions{Keep: func(site string) archive.Keep { return archive.Keep{Bodies: 180 * days} }}
		plan, err := d.store.PlanPrune(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		if len(plan.Sites) != 1 || plan.Sites[0].Site != "Gazette" || plan.Sites[0].Bodies != 6+3 || plan.Sites[0].BodyBytes == 0 {
			t.Errorf("planned: %+v", plan)
		}
		was, err := d.store.Stats()
		if err != nil {
			t.Fatal(err)
		}
		done, err := d.store.Prune(t.Context(), o)
		if err != nil || len(done.Files) == 0 {
			t.Fatalf("%+v, %v", done, err)
		}
		if diff := cmp.Diff(plan.Sites, done.Sites); diff != "" {
			t.Errorf("planned and done differ: %s", diff)
		}
		d.sound()
		if diff := cmp.Diff(before, d.exported()); diff != "" {
			t.Errorf("the texts are not as they were: %s", diff)
		}
		is, err := d.store.Stats()
		if err != nil || is.Raw >= was.Raw || is.Bodies != was.Bodies-9 || is.BodyStored >= was.BodyStored || is.BodyBytes >= was.BodyBytes {
			t.Errorf("before %+v, after %+v", was, is)
		}
		if volume > 0 && is.Volumes >= was.Volumes {
			t.Errorf("%d volumes, were %d", is.Volumes, was.Volumes)
		}
		for c, err := range d.store.Captures(t.Context(), 0) {
			if err != nil {
				t.Fatal(err)
			}
			_, err := d.store.Capture(c.Seq)
			young := c.URL == base+"standing" || c.URL == base+"new" || strings.HasSuffix(c.URL, "/old-2")
			if young && err != nil || !young && !errors.Is(err, archive.ErrErased) {
				t.Errorf("capture %d of %s: %v", c.Seq, c.URL, err)
			}
		}
		again, err := d.store.PlanPrune(t.Context(), o)
		if err != nil || !again.Empty() {
			t.Errorf("pruned again: %+v, %v", again, err)
		}
		// Life goes on: the page is edited, answers 304, shows what it showed once.
		d.take(base+"long", 304, "")
		d.take(base+"old-1", 200, story("Old part 1", prose("mill1", 8)))
		d.read()
		d.take(base+"long", 200, story("The harbour", prose("harbour", 9)))
		d.read()
		d.sound()
		after := d.exported()
		if len(after[base+"long"]) != len(before[base+"long"])+1 || len(after[base+"old-1"]) != 1 {
			t.Errorf("%d and %d versions", len(after[base+"long"]), len(after[base+"old-1"]))
		}
		d.reopen()
		d.sound()
		// What was pruned can't be concluded from again, and nothing breaks.
		if err := d.store.Reset(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, err := ingest.New(d.store, ingest.Options{}).Run(t.Context()); err != nil {
			t.Fatal(err)
		}
		d.sound()
	}
}

func TestPruneTexts(t *testing.T) {
	for keep, want := range map[archive.KeepVersions][]int{archive.KeepAll: nil, archive.KeepEnds: {2, 3, 4, 5}} {
		d := aged(t, archive.Options{})
		before := d.exported()
		if len(before[base+"long"]) != 6 {
			t.Fatalf("%d versions", len(before[base+"long"]))
		}
		o := archive.PruneOptions{Keep: func(site string) archive.Keep { return archive.Keep{Versions: keep} }}
		if _, err := d.store.Prune(t.Context(), o); err != nil {
			t.Fatal(err)
		}
		d.sound()
		var gone []int
		for v, err := range d.store.Versions(t.Context(), archive.Filter{}) {
			if err != nil {
				t.Fatal(err)
			}
			if v.Erased == archive.Pruned && len(v.Article.Blocks) == 0 && v.Article.Title == "The harbour" {
				gone = append(gone, v.ID.N)
			}
		}
		if !slices.Equal(gone, want) {
			t.Errorf("%s: without text: %v, want %v", keep, gone, want)
		}
		after := d.exported()
		for url, lines := range before {
			for i, line := range lines {
				if same := after[url][i] == line; same == (url == base+"long" && slices.Contains(want, i+1)) {
					t.Errorf("%s: %s@%d is the same: %v", keep, url, i+1, same)
				}
			}
		}
		d.take(base+"long", 200, story("The harbour", prose("harbour", 9)))
		d.read()
		d.sound()
	}
}

func TestPruneGraded(t *testing.T) {
	d := aged(t, archive.Options{})
	graded := map[int]bool{}
	for c, err := range d.store.Changes(t.Context(), archive.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		graded[c.To.N] = c.Diff.Grade >= 2
	}
	o := archive.PruneOptions{Keep: func(site string) archive.Keep { return archive.Keep{Versions: archive.KeepGraded} }}
	if _, err := d.store.Prune(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	for v, err := range d.store.Versions(t.Context(), archive.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		if want := v.URL == base+"long" && v.ID.N > 1 && v.ID.N < 6 && !graded[v.ID.N]; want != (v.Erased != "") {
			t.Errorf("%s@%d without text: %v", v.URL, v.ID.N, v.Erased)
		}
	}
	d.sound()
}

func TestPruneLooksAndRuns(t *testing.T) {
	d := aged(t, archive.Options{})
	for i := range 5 {
		r := archive.Run{Schedule: []string{"", "Gazette"}[i%2], Status: "done", Started: d.clock().AddDate(-1, 0, i-10), Ended: d.clock().AddDate(-1, 0, i-9)}
		if _, err := d.store.NewRun(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
	before := d.exported()
	o := archive.PruneOptions{Runs: 100 * days, Keep: func(site string) archive.Keep { return archive.Keep{Unchanged: 30 * days} }}
	plan, err := d.store.PlanPrune(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	if plan.Runs != 3 || len(plan.Sites) != 1 || plan.Sites[0].Unchanged < 15 || plan.Sites[0].Unchanged > 24 {
		t.Errorf("planned: %+v", plan)
	}
	if _, err := d.store.Prune(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	d.sound()
	if diff := cmp.Diff(before, d.exported()); diff != "" {
		t.Errorf("the rest is not as it was: %s", diff)
	}
	// Drawn again from what is left, the conclusions are the same.
	if err := d.store.Reset(t.Context()); err != nil {
		t.Fatal(err)
	}
	d.read()
	if diff := cmp.Diff(before, d.exported()); diff != "" {
		t.Errorf("drawn again: %s", diff)
	}
	d.sound()
}

// With no rule nothing goes.
func TestPruneKeepsAllByDefault(t *testing.T) {
	d := aged(t, archive.Options{})
	var lines [][]byte
	for range 2 {
		done, err := d.store.Prune(t.Context(), archive.PruneOptions{})
		if err != nil || !done.Empty() {
			t.Errorf("%+v, %v", done, err)
		}
		lines = append(lines, fmt.Append(nil, d.exported()))
	}
	if !bytes.Equal(lines[0], lines[1]) {
		t.Error("something went")
	}
}
