package archive

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"pressmark/extract/dedup"
)

func TestFirstOf(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	draws := map[string]func() uint64{
		"spread":  r.Uint64,
		"few":     func() uint64 { return r.Uint64N(40) << 58 },
		"crowded": func() uint64 { return 1<<63 + r.Uint64N(500) },
		"steep":   func() uint64 { return 1 << r.Uint64N(64) },
	}
	for name, draw := range draws {
		for _, n := range []int{0, 1, 2, 3, 100, 3000} {
			list := make([]filing, n)
			for i := range list {
				list[i] = filing{key: draw(), doc: uint64(i)}
			}
			slices.SortFunc(list, filing.compare)
			for range 300 {
				key := draw()
				if r.IntN(2) == 0 && n > 0 {
					key = list[r.IntN(n)].key + r.Uint64N(3) - 1
				}
				want, _ := slices.BinarySearchFunc(list, filing{key: key}, filing.compare)
				if got := firstOf(list, key); got != want {
					t.Fatalf("%s, %d of them: key %x is first at %d, not %d", name, n, key, got, want)
				}
			}
		}
	}
}

// What a transaction files is found at once by itself, after it by others, and
// never when it came to nothing.
func TestFiledAndDropped(t *testing.T) {
	s := newStore(t, Options{})
	total := func(tx *Tx, key uint64) int {
		_, n, err := tx.Postings(key, 9)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	failed := errors.New("it came to nothing")
	for round := range 3 {
		doc := uint64(round + 1)
		if err := s.Update(t.Context(), func(tx *Tx) error {
			if err := tx.AddPostings(doc, []uint64{7, 1 << 50}); err != nil {
				return err
			}
			if n := total(tx, 7); n != round+1 {
				t.Errorf("round %d: %d documents within", round, n)
			}
			if err := tx.carry(); err != nil { // as a long transaction does
				return err
			}
			return failed
		}); !errors.Is(err, failed) {
			t.Fatal(err)
		}
		mustUpdate(t, s, func(tx *Tx) error {
			if n := total(tx, 7); n != round {
				t.Errorf("round %d: %d documents after it came to nothing", round, n)
			}
			return tx.AddPostings(doc, []uint64{7, 1 << 50})
		})
	}
	mustUpdate(t, s, func(tx *Tx) error {
		if a, b, c := total(tx, 7), total(tx, 1<<50), total(tx, 8); a != 3 || b != 3 || c != 0 {
			t.Errorf("%d, %d and %d documents in the end", a, b, c)
		}
		return nil
	})
}

func TestStoryOf(t *testing.T) {
	s := newStore(t, Options{})
	mustUpdate(t, s, func(tx *Tx) error {
		for i := range 3 {
			v := Version{ID: VersionID{Page: keyOf(i), N: 1}, Story: StoryID(fmt.Sprint("s", i)), Article: article("A title", "A text.")}
			if err := tx.PutVersion(&v); err != nil {
				return err
			}
		}
		v := Version{ID: VersionID{Page: keyOf(1), N: 1}, Story: "moved"}
		return tx.PutVersion(&v)
	})
	if err := s.View(func(tx *Tx) error {
		ix := tx.Index()
		for doc, want := range []string{1: "s0", 2: "moved", 3: "s2"} {
			if doc == 0 {
				continue
			}
			quick, err := ix.(dedup.Namer).StoryOf(dedup.DocID(doc))
			whole, _, werr := ix.Story(dedup.DocID(doc))
			if err != nil || werr != nil || quick != want || whole != want {
				t.Errorf("document %d tells %q (%v), asked for its members %q (%v), not %q", doc, quick, err, whole, werr, want)
			}
		}
		_, err := ix.(dedup.Namer).StoryOf(4)
		return err
	}); !errors.Is(err, ErrNoSuch) {
		t.Errorf("story of a document that is not there: %v", err)
	}
}
