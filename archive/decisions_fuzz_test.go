package archive

import (
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pressmark/extract/urlkey"
)

// FuzzReadDecision: what can be read decides something, and is written as it was read.
func FuzzReadDecision(f *testing.F) {
	at := time.Date(2026, 11, 23, 23, 40, 1, 2, time.UTC)
	for _, d := range []Decision{
		{Kind: Split, Pages: []urlkey.Key{"a"}, From: []urlkey.Key{"b", "c"}, By: "the desk", At: at, Why: "another fire"},
		{Kind: Merge, Pages: []urlkey.Key{"a", "b"}, By: "x", At: at, Undone: at.Add(1), UndoneBy: "y"},
		{Kind: Merge, Pages: []urlkey.Key{"a"}},
		{Kind: "other", Pages: []urlkey.Key{"a", "b"}},
	} {
		f.Add(d.record())
	}
	f.Add([]byte{1, 0x12, 0xff, 0xff})
	f.Fuzz(func(t *testing.T, b []byte) {
		d, err := readDecision(7, b)
		if err != nil {
			return
		}
		if !d.says() || d.ID != 7 {
			t.Errorf("read %+v, which decides nothing", d)
		}
		again, err := readDecision(7, d.record())
		if err != nil {
			t.Fatalf("%+v: %v", d, err)
		}
		if diff := cmp.Diff(d, again); diff != "" {
			t.Error(diff)
		}
		for _, page := range d.All() {
			for _, other := range d.Pairs(page) {
				if back := d.Pairs(other); other != page && !has(back, page) {
					t.Errorf("%q stands to %q, and not the other way round: %q", page, other, back)
				}
			}
		}
	})
}

func has(list []urlkey.Key, page urlkey.Key) bool {
	for _, p := range list {
		if p == page {
			return true
		}
	}
	return false
}

// Every field of a decision comes back, and not one is forgotten here when it grows.
func TestDecisionRecord(t *testing.T) {
	d := Decision{ID: 7}
	n := 0
	fillIn(t, reflect.ValueOf(&d).Elem(), &n)
	d.ID, d.Kind = 7, Split
	again, err := readDecision(7, d.record())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(d, again); diff != "" {
		t.Error(diff)
	}
}
