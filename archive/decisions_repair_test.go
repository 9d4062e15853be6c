package archive

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"pressmark/extract/urlkey"
)

// decided is an archive in which two decisions were made about its first pages.
func decided(t *testing.T, dir string) (pages []urlkey.Key) {
	t.Helper()
	s, err := Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for p, err := range s.Pages(t.Context(), Filter{Limit: 3}) {
		if err != nil {
			t.Fatal(err)
		}
		pages = append(pages, p.Key)
	}
	at := time.Date(2026, 11, 23, 23, 40, 0, 0, time.UTC)
	mustUpdate(t, s, func(tx *Tx) error {
		if err := tx.PutDecision(&Decision{Kind: Split, Pages: pages[:1], From: pages[1:], By: "the desk", At: at}); err != nil {
			return err
		}
		return tx.PutDecision(&Decision{Kind: Merge, Pages: pages[:2], By: "the desk", At: at, Why: "one text"})
	})
	mustBeSound(t, s)
	return pages
}

// about counts the decisions about each of some pages.
func about(t *testing.T, dir string, pages []urlkey.Key) (n []int) {
	t.Helper()
	s, err := Open(dir, Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.View(func(tx *Tx) error {
		for _, key := range pages {
			list, err := tx.Decisions(key)
			if err != nil {
				return err
			}
			n = append(n, len(list))
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return n
}

func damageOf(t *testing.T, dir string) (said string) {
	t.Helper()
	s, err := Open(dir, Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	r, err := s.Verify(t.Context(), VerifyOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range r.Damage {
		said += d.Record + ": " + d.Problem + "\n"
	}
	return said
}

// A repair keeps what was decided, where it can be read, and finds it again by
// the pages; verify names what is not as it should be.
func TestRepairOfDecisions(t *testing.T) {
	made, _ := furnished(t)
	pages := decided(t, made)
	all := []int{2, 2, 1}
	equal := func(t *testing.T, dir string, want []int) {
		t.Helper()
		if got := about(t, dir, pages); len(got) != 3 || got[0] != want[0] || got[1] != want[1] || got[2] != want[2] {
			t.Errorf("decisions by page: %v, should be %v", got, want)
		}
	}
	equal(t, made, all)
	if r := mustRepair(t, made); len(r.Mended)+len(r.Lost) > 0 {
		t.Errorf("it was sound: %+v", r)
	}
	t.Run("index", func(t *testing.T) {
		dir := another(t, made)
		tamper(t, dir, func(tx *bbolt.Tx) error {
			b := tx.Bucket([]byte(bucketDecision))
			key, _ := b.Cursor().First()
			key = bytes.Clone(key)
			if err := b.Delete(key); err != nil {
				return err
			}
			key[8] ^= 0x80 // a decision that is nowhere
			return b.Put(key, []byte{})
		})
		if said := damageOf(t, dir); !strings.Contains(said, "decision 1: page") || !strings.Contains(said, "the decision is not there") {
			t.Errorf("verify says: %s", said)
		}
		if r := mustRepair(t, dir); !strings.Contains(what(r), bucketDecision) || len(r.Lost) > 0 {
			t.Errorf("mended %+v; lost %v", r.Mended, r.Lost)
		}
		equal(t, dir, all)
	})
	t.Run("record", func(t *testing.T) {
		dir := another(t, made)
		tamper(t, dir, spoilRecord(bucketDecisions, nil))
		if said := damageOf(t, dir); !strings.HasPrefix(said, "decision 1: ") {
			t.Errorf("verify says: %s", said)
		}
		equal(t, dir, []int{1, 1, 0}) // the other one counts
		if r := mustRepair(t, dir); len(r.Lost) != 1 || r.Lost[0].Record != "decision 1" {
			t.Errorf("lost %+v", r.Lost)
		}
		equal(t, dir, []int{1, 1, 0})
		s, err := Open(dir, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Takedown(t.Context(), TakedownOptions{Pages: pages[2:], By: "x", Reason: "y"}); err != nil {
			t.Fatal(err)
		}
		s.Close()
		if said := damageOf(t, dir); said != "" { // it may have named the page
			t.Errorf("after a takedown: %s", said)
		}
	})
	t.Run("pages", func(t *testing.T) {
		dir := another(t, made)
		tamper(t, dir, func(tx *bbolt.Tx) error {
			for _, name := range []string{bucketURL, bucketPages} {
				if err := tx.DeleteBucket([]byte(name)); err != nil {
					return err
				}
				if _, err := tx.CreateBucket([]byte(name)); err != nil {
					return err
				}
			}
			return nil
		})
		mustRepair(t, dir)
		equal(t, dir, all)
	})
	t.Run("numbers", func(t *testing.T) { // none is given out again
		dir := another(t, made)
		tamper(t, dir, func(tx *bbolt.Tx) error {
			b := tx.Bucket([]byte(bucketStory))
			key, _ := b.Cursor().First()
			return b.Delete(key)
		})
		mustRepair(t, dir)
		s, err := Open(dir, Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		d := Decision{Kind: Merge, Pages: pages, By: "x"}
		mustUpdate(t, s, func(tx *Tx) error { return tx.PutDecision(&d) })
		if d.ID != 3 {
			t.Errorf("the third decision has the number %d", d.ID)
		}
	})
}

// An archive of schema 1 has room for decisions once it is migrated, and none before.
func TestDecisionsOfAnOldArchive(t *testing.T) {
	dir := oldArchive(t)
	s, err := Open(dir, Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	for d, err := range s.Decisions(t.Context()) {
		t.Errorf("%+v, %v", d, err)
	}
	s.Close()
	if n := about(t, dir, []urlkey.Key{"x"}); n[0] != 0 {
		t.Errorf("%d decisions", n[0])
	}
	if n := about(t, dir, decided(t, dir)); n[0] != 2 {
		t.Errorf("%v decisions", n)
	}
}
