package ingest

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.etcd.io/bbolt"

	"pressmark/archive"
	"pressmark/archive/archivetest"
	"pressmark/extract/change"
	"pressmark/extract/dedup"
)

// fill takes many looks at several pages, some of them more than once in a row.
func fill(t testing.TB, store *archive.Store) int {
	t.Helper()
	n := 0
	for round := range 3 {
		for page := range 20 {
			l := look{url: fmt.Sprintf("https://gazette.example/news/%d", page)}
			p := ferry
			p.title = fmt.Sprintf("%s, %d", ferry.title, page)
			p.paragraphs = slices.Clone(ferry.paragraphs)
			p.paragraphs[0] += fmt.Sprintf(" It was decision number %d of the year.", page)
			switch {
			case page%5 == round:
				p.paragraphs[2] = strings.Replace(p.paragraphs[2], "62 sailings", fmt.Sprintf("%d sailings", 70+round), 1)
			case page%7 == 3 && round == 1:
				l.status = 410
			case page%3 == 1 && round > 0:
				l.status = 304
			}
			if l.status == 0 {
				l.body = p.page()
			}
			take(t, store, n, l)
			if n++; page%11 == 4 {
				take(t, store, n, l)
				n++
			}
		}
	}
	return n
}

// Whatever stops the work, the next goes on behind what was concluded, and the
// end is that of work without a stop.
func TestResumes(t *testing.T) {
	store := archivetest.Open(t)
	n := fill(t, store)
	in := New(store, Options{})
	if got, err := in.Run(t.Context()); err != nil || got != n {
		t.Fatalf("took %d of %d captures: %v", got, n, err)
	}
	want := dump(t, store)
	if len(want.Sightings) != n || len(want.Changes) == 0 {
		t.Fatalf("%d sightings of %d captures, %d changes", len(want.Sightings), n, len(want.Changes))
	}
	if err := store.Reset(t.Context()); err != nil {
		t.Fatal(err)
	}
	if left := dump(t, store); len(left.Pages)+len(left.Changes) > 0 {
		t.Fatalf("a reset left %d pages and %d changes", len(left.Pages), len(left.Changes))
	}
	drain(t, in)
	if diff := cmp.Diff(want, dump(t, store)); diff != "" {
		t.Errorf("after a reset the same captures give other conclusions:\n%s", diff)
	}

	if err := store.Reset(t.Context()); err != nil {
		t.Fatal(err)
	}
	stops := 0
	for at := 1; ; at += 13 {
		ctx, cancel := context.WithCancel(t.Context())
		seen := 0
		_, err := New(store, Options{Seen: func(archive.Sighting, *archive.Change) {
			if seen++; seen == at {
				cancel()
			}
		}}).Run(ctx)
		cancel()
		if err == nil {
			break
		}
		if !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		stops++
	}
	if stops < 2 {
		t.Fatalf("stopped %d times, which is no test", stops)
	}
	if diff := cmp.Diff(want, dump(t, store)); diff != "" {
		t.Errorf("stopped %d times, other conclusions:\n%s", stops, diff)
	}
}

// A step that fails in its middle leaves nothing of itself.
func TestStepIsWhole(t *testing.T) {
	store := archivetest.Open(t)
	take(t, store, 0, look{url: "https://gazette.example/1", body: whole})
	take(t, store, 1, look{url: "https://gazette.example/2", body: edited})
	in := New(store, Options{})
	list, _, err := in.next(t.Context())
	if err != nil || len(list) != 2 {
		t.Fatalf("%d readings: %v", len(list), err)
	}
	boom := errors.New("boom")
	err = store.Update(t.Context(), func(tx *archive.Tx) error {
		if err := in.read(&list[0]); err != nil {
			return err
		}
		if _, err := conclude(tx, list[0]); err != nil {
			return err
		}
		return boom
	})
	if !errors.Is(err, boom) {
		t.Fatal(err)
	}
	if left := dump(t, store); len(left.Pages) > 0 {
		t.Errorf("a failed step left %d pages", len(left.Pages))
	}
	drain(t, in)
	if all := dump(t, store); len(all.Versions) != 2 || len(all.Stories) != 1 {
		t.Errorf("%d versions in %d stories, want 2 in 1", len(all.Versions), len(all.Stories))
	}
}

func TestFollow(t *testing.T) {
	store := archivetest.Open(t)
	seen := make(chan archive.Outcome, 8)
	in := New(store, Options{Seen: func(s archive.Sighting, _ *archive.Change) { seen <- s.Outcome }})
	wake, done := make(chan struct{}), make(chan error)
	go func() { done <- in.Follow(t.Context(), wake) }()
	take(t, store, 0, look{body: whole})
	wake <- struct{}{}
	if o := <-seen; o != archive.New {
		t.Errorf("first %s, want new", o)
	}
	wake <- struct{}{} // it is back from the first
	take(t, store, 1, look{body: edited})
	close(wake)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if o := <-seen; o != archive.Changed {
		t.Errorf("then %s, want changed: a closed wake takes what is left", o)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := in.Follow(ctx, make(chan struct{})); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled Follow: %v", err)
	}
}

// A further version of a page stays in the story of the page.
func TestStory(t *testing.T) {
	store := archivetest.Open(t)
	in := New(store, Options{})
	other := "https://wire.example/2026/ferry"
	take(t, store, 0, look{body: whole})
	take(t, store, 1, look{url: other, body: edited})
	take(t, store, 2, look{url: other, body: edited2})
	take(t, store, 3, look{body: edited})
	drain(t, in)
	all := dump(t, store)
	if len(all.Stories) != 1 || len(all.Stories[0].Members) != 4 {
		t.Fatalf("stories %+v, want one with four versions", all.Stories)
	}
	first, copy1, copy2, again := all.Stories[0].Members[0], all.Stories[0].Members[1], all.Stories[0].Members[2], all.Stories[0].Members[3]
	if first.Relation != dedup.Original || copy1.Relation == dedup.Original || copy1.Of != first.Version {
		t.Errorf("the copy is %s of %s", copy1.Relation, copy1.Of)
	}
	if copy2.Relation != copy1.Relation || copy2.Of != copy1.Of {
		t.Errorf("the copy's next version is %s of %s, was %s of %s", copy2.Relation, copy2.Of, copy1.Relation, copy1.Of)
	}
	if again.Relation != dedup.Original || again.Of != first.Version {
		t.Errorf("the original's next version is %s of %s", again.Relation, again.Of)
	}
}

// What another extractor wrote is read anew before it is compared: an update
// of the program is no edit of the paper.
func TestOtherExtractor(t *testing.T) {
	store := archivetest.Open(t)
	in := New(store, Options{})
	c := take(t, store, 0, look{body: whole})
	drain(t, in)
	page := dump(t, store)
	v := page.Versions[0]
	if err := store.Reset(t.Context()); err != nil {
		t.Fatal(err)
	}
	v.Doc, v.Extractor = 0, "0"
	v.Article.Blocks = v.Article.Blocks[1:]
	if err := store.Update(t.Context(), func(tx *archive.Tx) error {
		p := page.Pages[0]
		p.Story = ""
		v.Story = ""
		if err := tx.PutPage(p); err != nil {
			return err
		}
		if err := place(tx, &v, "", nil); err != nil {
			return err
		}
		p.Story = v.Story
		if err := tx.PutPage(p); err != nil {
			return err
		}
		if err := tx.PutSighting(page.Sightings[0]); err != nil {
			return err
		}
		return tx.SetCursor(Cursor, c.Seq)
	}); err != nil {
		t.Fatal(err)
	}
	take(t, store, 1, look{body: strings.Replace(whole, "<body>", "<body><!-- 2 -->", 1)})
	take(t, store, 2, look{body: edited})
	drain(t, in)
	all := dump(t, store)
	if len(all.Changes) != 1 || !slices.Equal(all.Changes[0].Diff.Kinds, []change.Kind{change.Numbers}) || len(all.Changes[0].Diff.Edits) != 1 {
		t.Errorf("changes %+v, want the number alone", all.Changes)
	}
}

// Bytes that can't be read any more stop nobody, and are told of.
func TestDamage(t *testing.T) {
	dir := t.TempDir()
	store, err := archive.Create(dir, archive.Options{})
	if err != nil {
		t.Fatal(err)
	}
	take(t, store, 0, look{body: whole})
	lost := take(t, store, 1, look{url: "https://gazette.example/2", body: strings.Replace(whole, "Ferry", "Railway", -1)})
	take(t, store, 2, look{url: "https://gazette.example/3", body: stump})
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	flip(t, dir, lost.Seq)
	if store, err = archive.Open(dir, archive.Options{}); err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	if _, err := store.Capture(lost.Seq); !errors.Is(err, archive.ErrDamaged) {
		t.Fatalf("the flipped bit did not meet the body: %v", err)
	}
	var log bytes.Buffer
	var got []archive.Outcome
	in := New(store, Options{Log: slog.New(slog.NewTextHandler(&log, nil)), Seen: func(s archive.Sighting, _ *archive.Change) { got = append(got, s.Outcome) }})
	drain(t, in)
	if want := []archive.Outcome{archive.New, archive.Error, archive.New}; !slices.Equal(got, want) {
		t.Errorf("outcomes %v, want %v", got, want)
	}
	if !strings.Contains(log.String(), "https://gazette.example/2") {
		t.Errorf("the log does not name the page: %s", &log)
	}
}

// flip breaks a bit of the stored body of a capture.
func flip(t *testing.T, dir string, seq archive.Seq) {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "raw", "*"))
	if err != nil || len(names) != 1 {
		t.Fatalf("volumes %v: %v", names, err)
	}
	db, err := bbolt.Open(names[0], 0o644, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.Update(func(tx *bbolt.Tx) error {
		bodies, key := tx.Bucket([]byte("bodies")), binary.BigEndian.AppendUint64(nil, uint64(seq))
		record := bytes.Clone(bodies.Get(key))
		record[len(record)/2] ^= 0x10
		return bodies.Put(key, record)
	}); err != nil {
		t.Fatal(err)
	}
}

// Captures that wait together are concluded in one commit, though each page
// teaches how the next ones are read.
func TestOneCommitForAll(t *testing.T) {
	store := archivetest.Open(t)
	for n := range 30 {
		take(t, store, n, look{url: issueURL(n), body: issue(n, letter).page()})
	}
	commits := map[archive.Seq]int{}
	drain(t, New(store, Options{Seen: func(archive.Sighting, *archive.Change) {
		if err := store.View(func(tx *archive.Tx) error {
			at, err := tx.Cursor(Cursor)
			commits[at]++
			return err
		}); err != nil {
			t.Error(err)
		}
	}}))
	if len(commits) != 1 || commits[30] != 30 {
		t.Errorf("captures by the cursor after their commit: %v", commits)
	}
	if d := dump(t, store); !slices.ContainsFunc(d.Versions, func(v archive.Version) bool { return v.Article.Remembered() }) {
		t.Error("nothing was learned, which is no test")
	}
}
