package archive

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"pressmark/extract/change"
	"pressmark/extract/dedup"
	"pressmark/extract/urlkey"
)

func TestConclusions(t *testing.T) {
	s := newStore(t, Options{})
	var pages []urlkey.Key
	for i := range 3 {
		pages = append(pages, mustAppend(t, s, capture(fmt.Sprintf("https://example.com/%d", i), i, page(uint64(i), 2000))).Page)
	}
	at := time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC)
	var changes []Change
	var story Story
	mustUpdate(t, s, func(tx *Tx) error {
		for i, key := range pages {
			site := fmt.Sprint("Site ", i%2)
			v := Version{ID: VersionID{key, 1}, Site: site, FirstSeen: at.Add(time.Duration(i) * time.Hour), Article: article("T"), Story: "s"}
			if i == 2 {
				v.Article.Language = "fr"
			}
			if err := tx.PutVersion(&v); err != nil {
				return err
			}
			if err := tx.AddPostings(v.Doc, []uint64{22, 11, 22}); err != nil {
				return err
			}
			state := []PageState{Live, Withdrawn, Live}[i]
			if err := tx.PutPage(Page{Key: key, Head: 1, Site: site, State: state, FirstSeen: at.Add(time.Duration(i) * time.Hour)}); err != nil {
				return err
			}
			c := Change{From: v.ID, To: v.ID, Before: at.Add(time.Duration(i) * time.Hour), Site: site, Run: RunID(i),
				Diff: change.Diff{Changed: true, Kinds: []change.Kind{change.Numbers}, Grade: i}}
			if err := tx.PutChange(&c); err != nil {
				return err
			}
			changes = append(changes, c)
			if err := tx.PutSighting(Sighting{Seq: Seq(i + 1), Page: key, At: at, Outcome: New, Version: 1, Run: 7}); err != nil {
				return err
			}
			story.Members = append(story.Members, Member{Version: v.ID, Site: site, Seen: v.FirstSeen})
		}
		story.ID, story.Lead = "s", story.Members[0].Version
		return tx.PutStory(story)
	})
	pagesOf := func(f Filter) (got []urlkey.Key) {
		t.Helper()
		for p, err := range s.Pages(t.Context(), f) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, p.Key)
		}
		return got
	}
	for name, c := range map[string]struct {
		f    Filter
		want []urlkey.Key
	}{
		"all":      {Filter{}, pages},
		"newest":   {Filter{Newest: true}, []urlkey.Key{pages[2], pages[1], pages[0]}},
		"limit":    {Filter{Newest: true, Limit: 2}, []urlkey.Key{pages[2], pages[1]}},
		"site":     {Filter{Site: "Site 0"}, []urlkey.Key{pages[0], pages[2]}},
		"since":    {Filter{Since: at}, pages[1:]},
		"until":    {Filter{Until: at.Add(time.Hour)}, pages[:2]},
		"language": {Filter{Language: "en"}, pages[:2]},
		"states":   {Filter{States: []PageState{Withdrawn, Walled}}, pages[1:2]},
		"none":     {Filter{Site: "nowhere"}, nil},
	} {
		if diff := cmp.Diff(c.want, pagesOf(c.f)); diff != "" {
			t.Errorf("pages, %s: %s", name, diff)
		}
	}
	for name, c := range map[string]struct {
		f    Filter
		want []Change
	}{
		"all":    {Filter{}, changes},
		"newest": {Filter{Newest: true, Limit: 1}, changes[2:]},
		"after":  {Filter{After: changes[0].Seq}, changes[1:]},
		"page":   {Filter{Page: pages[1]}, changes[1:2]},
		"run":    {Filter{Run: 2}, changes[2:]},
		"both":   {Filter{Page: pages[1], Site: "Site 0"}, nil},
	} {
		var got []Change
		for x, err := range s.Changes(t.Context(), c.f) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, x)
		}
		if diff := cmp.Diff(c.want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("changes, %s: %s", name, diff)
		}
	}
	for name, c := range map[string]struct {
		f    Filter
		want int
	}{
		"all": {Filter{}, 3}, "page": {Filter{Page: pages[2]}, 1}, "language": {Filter{Language: "fr"}, 1},
		"after": {Filter{After: changes[0].Seq}, 2}, "unknown": {Filter{Page: "x"}, 0},
	} {
		n := 0
		for _, err := range s.Versions(t.Context(), c.f) {
			if err != nil {
				t.Fatal(err)
			}
			n++
		}
		if n != c.want {
			t.Errorf("versions, %s: %d, want %d", name, n, c.want)
		}
	}
	for f, want := range map[*Filter]int{{}: 1, {Site: "Site 1"}: 1, {Site: "x"}: 0, {Since: at.Add(3 * time.Hour)}: 0} {
		n := 0
		for got, err := range s.Stories(t.Context(), *f) {
			if diff := cmp.Diff(story, got); err != nil || diff != "" {
				t.Errorf("story: %v %s", err, diff)
			}
			n++
		}
		if n != want {
			t.Errorf("stories with %+v: %d", *f, n)
		}
	}
	n := 0
	for x, err := range s.SightingsOfRun(t.Context(), 7) {
		if n++; err != nil || x.Seq != Seq(n) {
			t.Errorf("sighting %d of the run: %+v %v", n, x, err)
		}
	}
	if n != 3 {
		t.Errorf("%d sightings of the run", n)
	}
	var ops []string
	for e, err := range s.Journal(t.Context(), 1) {
		if err != nil {
			t.Fatal(err)
		}
		ops = append(ops, fmt.Sprint(e.Seq, e.Op))
	}
	if want := "2capture 3capture 4version 5change 6version 7change 8version 9change 10story"; strings.Join(ops, " ") != want {
		t.Errorf("journal: %v", ops)
	}
	if err := s.View(func(tx *Tx) error {
		ix := tx.Index()
		docs, total, err := ix.Postings(11)
		if err != nil || total != 3 || !reflect.DeepEqual(docs, []dedup.DocID{1, 2, 3}) {
			t.Errorf("postings: %v %d %v", docs, total, err)
		}
		id, members, err := ix.Story(2)
		if err != nil || id != "s" || !reflect.DeepEqual(members, []dedup.DocID{1, 2, 3}) {
			t.Errorf("story of document 2: %s %v %v", id, members, err)
		}
		if _, err := ix.Sketch(3); err != nil {
			t.Error(err)
		}
		_, err = tx.Story("unknown")
		return err
	}); !errors.Is(err, ErrNoSuch) {
		t.Errorf("unknown story: %v", err)
	}
	mustBeSound(t, s)

	mustUpdate(t, s, func(tx *Tx) error {
		for _, name := range []string{"ingest", "ingest/search", "ingestion", "report"} {
			if err := tx.SetCursor(name, 9); err != nil {
				return err
			}
		}
		return nil
	})
	if err := s.Reset(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := pagesOf(Filter{}); got != nil {
		t.Errorf("pages after a reset: %v", got)
	}
	if err := s.View(func(tx *Tx) error {
		for name, want := range map[string]Seq{"ingest": 0, "ingest/search": 0, "ingestion": 9, "report": 9} {
			if at, err := tx.Cursor(name); err != nil || at != want {
				t.Errorf("cursor %s: %d, %v; want %d", name, at, err, want)
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if c, err := s.Capture(1); err != nil || len(c.Body) == 0 {
		t.Errorf("capture 1 after a reset: %v", err)
	}
	mustBeSound(t, s)
}

func TestRuns(t *testing.T) {
	s := newStore(t, Options{})
	for i := range 3 {
		r, err := s.NewRun(t.Context(), Run{Cause: "manual", Started: time.Unix(int64(i)*100, 0).UTC()})
		if err != nil || r.ID != RunID(i+1) {
			t.Fatalf("run %d: %v", r.ID, err)
		}
	}
	r, err := s.Run(2)
	if err != nil {
		t.Fatal(err)
	}
	r.Ended = time.Unix(500, 0).UTC()
	r.Sites = []SiteRun{{Site: "A", Requests: 3, Outcomes: map[Outcome]int{New: 2, Same: 1}, Misses: []Miss{{URL: "u", Reason: "robots"}}}}
	if err := s.PutRun(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	got, err := s.Run(2)
	if diff := cmp.Diff(r, got); err != nil || diff != "" {
		t.Errorf("run 2: %v %s", err, diff)
	}
	if err := s.PutRun(t.Context(), Run{ID: 9}); !errors.Is(err, ErrNoSuch) {
		t.Errorf("put run 9: %v", err)
	}
	for f, want := range map[*Filter][]RunID{{}: {1, 2, 3}, {Newest: true, Limit: 2}: {3, 2}, {Site: "A"}: {2}, {Since: time.Unix(100, 0)}: {3}} {
		var ids []RunID
		for r, err := range s.Runs(t.Context(), *f) {
			if err != nil {
				t.Fatal(err)
			}
			ids = append(ids, r.ID)
		}
		if !reflect.DeepEqual(ids, want) {
			t.Errorf("runs with %+v: %v, want %v", *f, ids, want)
		}
	}
}

func TestResolve(t *testing.T) {
	s := newStore(t, Options{})
	byPrefix := map[string][]urlkey.Key{}
	mustUpdate(t, s, func(tx *Tx) error {
		for i := range 600 {
			p := Page{Key: keyOf(i)}
			if err := tx.PutPage(p); err != nil {
				return err
			}
			for n := minDigits; n <= 16; n++ {
				byPrefix[p.Key.ID()[:n]] = append(byPrefix[p.Key.ID()[:n]], p.Key)
			}
		}
		return nil
	})
	ambiguous := 0
	for prefix, pages := range byPrefix {
		got, err := s.Resolve(strings.ToUpper(prefix))
		if len(pages) == 1 && (err != nil || got != pages[0]) {
			t.Errorf("%s: %q, %v", prefix, got, err)
		}
		if len(pages) > 1 {
			ambiguous++
			if !errors.Is(err, ErrAmbiguous) || !strings.Contains(err.Error(), pages[0].ID()) || !strings.Contains(err.Error(), string(pages[1])) {
				t.Errorf("%s: %v", prefix, err)
			}
		}
	}
	if ambiguous == 0 {
		t.Error("no ambiguous prefix was tried")
	}
	for name, want := range map[string]error{
		"https://www.example.com/news/17?utm_source=a": nil, "example.com/news/17": nil, "https://example.com/none": ErrNoSuch,
		"abc": ErrNoSuch, "": ErrNoSuch, "not a thing": ErrNoSuch, "ffff00000000": ErrNoSuch,
	} {
		if _, err := s.Resolve(name); !errors.Is(err, want) {
			t.Errorf("%q: %v, want %v", name, err, want)
		}
	}
}
