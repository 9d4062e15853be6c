package archive

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
)

func TestPostingsAreCapped(t *testing.T) {
	s := newStore(t, Options{})
	mustUpdate(t, s, func(tx *Tx) error {
		for doc := range uint64(1000) {
			if err := tx.AddPostings(doc+1, []uint64{5}); err != nil {
				return err
			}
		}
		return nil
	})
	mustUpdate(t, s, func(tx *Tx) error {
		if err := tx.AddPostings(1000, []uint64{5}); err == nil {
			t.Error("a document is filed twice")
		}
		return nil
	})
	if err := s.View(func(tx *Tx) error {
		docs, total, err := tx.Postings(5, 3)
		if err != nil || total != 1000 || !reflect.DeepEqual(docs, []uint64{1, 2, 3}) {
			t.Errorf("postings: %v %d %v", docs, total, err)
		}
		docs, _, err = tx.Postings(5, 1e9)
		if err != nil || len(docs) != maxPostings {
			t.Errorf("%d postings, %v", len(docs), err)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

// What is filed is found again while it is carried over, after a transaction
// that failed, and by another process.
func TestFiledIsFound(t *testing.T) {
	s := newStore(t, Options{})
	r := rand.New(rand.NewPCG(5, 5))
	want := map[uint64][]uint64{}
	find := func(s *Store) {
		t.Helper()
		if err := s.View(func(tx *Tx) error {
			for key, docs := range want {
				got, total, err := tx.Postings(key, maxPostings)
				if err != nil || total != len(docs) || !reflect.DeepEqual(got, docs[:min(len(docs), maxPostings)]) {
					return fmt.Errorf("key %x: %v, %d in all, %v; want %v", key, got, total, err, docs)
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	boom := errors.New("boom")
	doc, rounds := uint64(0), 0
	for n := 0; doc < 2*fileLeast+1000; n++ {
		begun := doc
		added := map[uint64][]uint64{}
		err := s.Update(t.Context(), func(tx *Tx) error {
			for range 1 + r.IntN(400) {
				doc++
				var keys []uint64
				for range 2 {
					key := r.Uint64()
					if r.IntN(3) == 0 {
						key = 1 + r.Uint64N(3000)<<40
					}
					if r.IntN(40) == 0 {
						key = 7 // more of them than are kept
					}
					keys = append(keys, key)
					if list := added[key]; len(list) == 0 || list[len(list)-1] != doc {
						added[key] = append(list, doc)
					}
				}
				if err := tx.AddPostings(doc, keys); err != nil {
					return err
				}
			}
			for key, docs := range added {
				if _, total, err := tx.Postings(key, 1); err != nil || total != len(docs)+len(want[key]) {
					return fmt.Errorf("%d of a key within the transaction, %v", total, err)
				}
			}
			if n%4 == 3 {
				return boom
			}
			tx.state.doc = doc // as putVersion does
			return nil
		})
		switch {
		case err == nil:
			for key, docs := range added {
				want[key] = append(want[key], docs...)
			}
		case errors.Is(err, boom):
			doc = begun
		default:
			t.Fatal(err)
		}
		within := s.filed != nil && s.filed.round != 0
		if within {
			rounds++
		}
		if n%24 == 11 || within && rounds%4 == 2 {
			find(s)
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			var err error
			if s, err = Open(s.dir, Options{}); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { s.Close() })
		}
	}
	find(s)
	if rounds < 2 {
		t.Errorf("%d transactions in a round, which is no test", rounds)
	}
	if r, err := s.Verify(t.Context(), VerifyOptions{Deep: true}); err != nil || len(r.Damage) > 0 {
		t.Errorf("%v, %+v", err, r.Damage)
	}
}

func FuzzPostings(f *testing.F) {
	f.Add(uint64(9), appendBlock(nil, []posting{{9, 2, []uint64{1, 7}}, {300, 1, []uint64{5}}, {1 << 60, 99, []uint64{3}}, {1 << 61, 1, []uint64{1 << 63}}}))
	f.Add(uint64(9), []byte{blockMark, 0, 2, 2, 1, 6, 200, 1, 1, 1, 7}) // as schema 3 and 4 have it
	f.Add(uint64(1), []byte{2, 7, 1})
	f.Fuzz(func(t *testing.T, first uint64, block []byte) {
		var all []posting
		if err := eachPosting(first, block, func(p posting) bool {
			if n := len(all); len(p.docs) == 0 || len(p.docs) > maxPostings || n > 0 && p.key <= all[n-1].key {
				t.Fatalf("%d documents of key %x", len(p.docs), p.key)
			}
			p.docs = slices.Clone(p.docs)
			all = append(all, p)
			return true
		}); err != nil || len(all) == 0 {
			_ = findPosting(first, block, &posting{key: first + 7})
			return
		}
		again := appendBlock(nil, all)
		i := 0
		if err := eachPosting(all[0].key, again, func(p posting) bool {
			if q := all[i]; p.key != q.key || p.total != q.total || !slices.Equal(p.docs, q.docs) {
				t.Fatalf("%v comes back as %v", q, p)
			}
			i++
			return true
		}); err != nil || i < len(all) {
			t.Fatalf("%d of %d postings come back: %v", i, len(all), err)
		}
		for _, b := range [][]byte{block, again} {
			for _, q := range all {
				p := posting{key: q.key}
				if err := findPosting(all[0].key, b, &p); err != nil || p.total != q.total || !slices.Equal(p.docs, q.docs) {
					t.Fatalf("%v is found as %v: %v", q, p, err)
				}
			}
			p := posting{key: all[len(all)-1].key + 1}
			if err := findPosting(all[0].key, b, &p); p.key != 0 && (err != nil || p.total != 0) {
				t.Fatalf("nobody's key is found as %v: %v", p, err)
			}
		}
	})
}
