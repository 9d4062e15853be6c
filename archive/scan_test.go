package archive

import (
	"errors"
	"fmt"
	"testing"
)

// Rows are read side by side, and come in order, with the damaged one in its place.
func TestScanKeepsOrder(t *testing.T) {
	s := newStore(t, Options{})
	const n, bad = 900, 333
	mustUpdate(t, s, func(tx *Tx) error {
		return versionsFor(tx, 0, n, func(i int) string {
			return fmt.Sprint("This is text ", i, " of a long row of texts that are all a little alike.")
		})
	})
	mustUpdate(t, s, func(tx *Tx) error {
		page, err := tx.pageNumber(keyOf(bad))
		if err != nil {
			return err
		}
		return tx.drop(bucketTexts, versionKey(page, 1))
	})
	for _, f := range []Filter{{}, {Newest: true}, {Limit: 400}, {Limit: 1}, {Limit: 17, Newest: true}, {After: n - 100}, {Limit: 10 * n}} {
		want := 0
		if f.Newest {
			want = n - 1
		}
		given := 0
		for v, err := range s.Versions(t.Context(), f) {
			if f.After > 0 && given == 0 {
				for want < n && v.ID.Page != keyOf(want) {
					want++
				}
			}
			switch {
			case want == bad && !errors.Is(err, ErrDamaged):
				t.Errorf("%+v: in place of a damaged version: %v, %v", f, v.ID, err)
			case want != bad && (err != nil || v.ID.Page != keyOf(want)):
				t.Fatalf("%+v: version %s where number %d should be: %v", f, v.ID, want, err)
			}
			if err == nil {
				given++
			}
			if want++; f.Newest {
				want -= 2
			}
		}
		switch all := n - 1; {
		case f.Limit > 0 && given != min(f.Limit, all), f.Limit == 0 && f.After == 0 && given != all:
			t.Errorf("%+v: %d versions", f, given)
		case f.After > 0 && (given == 0 || given == all || want != n):
			t.Errorf("%+v: %d versions up to number %d", f, given, want)
		}
	}
}
