package frontier

import (
	"bytes"
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pressmark/extract/urlkey"
)

func key(t *testing.T, url string) urlkey.Key {
	t.Helper()
	k, err := urlkey.Of(url)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestItemRecord(t *testing.T) {
	at := time.Date(2026, 11, 2, 6, 0, 0, 123000, time.UTC)
	for _, it := range []Item{
		{},
		{URL: "https://a.example/b", Walls: 3},
		{
			URL: "https://a.example/é", Page: "example,a)/é", Via: "feed", Kind: Page, Due: at, ETag: `W/"x"`, LastModified: "yesterday",
			Checks: 3, Failures: 1 << 40, Unchanged: 2, Looks: 1, FirstSeen: at, Published: time.Date(1, 2, 3, 0, 0, 0, 0, time.UTC),
			LastChecked: at, LastChanged: time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC), State: Gone, LastError: strings.Repeat("x", 5000),
		},
	} {
		got, lane, err := decodeItem(encodeItem(it, 9, 77), 9)
		if err != nil || lane != 77 || got != it {
			t.Errorf("%+v, lane %d, %v; want\n%+v", got, lane, err, it)
		}
		if _, _, err := decodeItem(encodeItem(it, 9, 77), 10); err == nil {
			t.Error("another item's record was taken")
		}
	}
}

func TestDueKeyOrder(t *testing.T) {
	keys := []dueKey{{-1 << 62, 1}, {-1, 1}, {0, 1}, {0, 2}, {1, 0}, {1 << 62, 0}}
	for i := 1; i < len(keys); i++ {
		a, b := keys[i-1], keys[i]
		if bytes.Compare(a.in(3), b.in(3)) >= 0 || !a.less(b) || b.less(a) {
			t.Errorf("%v is not before %v", a, b)
		}
		if got, ok := parseDue(b.in(3), 3); !ok || got != b {
			t.Errorf("%v was read as %v", b, got)
		}
	}
}

// What is read is what was written: no flipped bit goes through.
func FuzzDecodeItem(f *testing.F) {
	rec := encodeItem(Item{URL: "https://a.example/1", Page: "example,a)/1", Kind: Page, State: Live, Due: time.Unix(1, 0)}, 9, 5)
	f.Add(rec)
	f.Add(rec[:len(rec)-1])
	f.Add([]byte{})
	f.Add([]byte{1, 0, 0, 0, 0})
	f.Fuzz(func(t *testing.T, b []byte) {
		it, lane, err := decodeItem(b, 9)
		if err != nil {
			return
		}
		if again, l, err := decodeItem(encodeItem(it, 9, lane), 9); err != nil || again != it || l != lane {
			t.Fatalf("%+v in %d, then %+v in %d, %v", it, lane, again, l, err)
		}
	})
}

// Lanes, groups and the numbers of pages are read as they were written, or not
// at all.
func FuzzDecodeOthers(f *testing.F) {
	f.Add(encodeLane("a.example", "Gazette", counts{known: 9, gone: 1}))
	f.Add(encodePauses(pauses{next: time.Unix(1, 0), blocked: time.Unix(9, 0), why: "503", conduct: Conduct{Failures: 3, Spent: map[string]Spending{"Gazette": {Day: "2026-11-02", Requests: 4}}}}))
	f.Add(encodeSeqs([]uint64{1, 300, 1 << 60}))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, b []byte) {
		if group, site, c, err := decodeLane(b); err == nil {
			g, s, again, err := decodeLane(encodeLane(group, site, c))
			if err != nil || g != group || s != site || again != c {
				t.Fatalf("%q %q %+v, then %q %q %+v, %v", group, site, c, g, s, again, err)
			}
		}
		if p, err := decodePauses(b); err == nil {
			once := encodePauses(p)
			q, err := decodePauses(once)
			if err != nil || !bytes.Equal(encodePauses(q), once) {
				t.Fatalf("%+v, then %+v, %v", p, q, err)
			}
		}
		if seqs, ok := decodeSeqs(b); ok {
			if again, ok := decodeSeqs(encodeSeqs(seqs)); !ok || !slices.Equal(again, seqs) {
				t.Fatalf("%v, then %v", seqs, again)
			}
		}
	})
}

// Records resemble each other more than bytes of chance do: what is fuzzed is
// the body, under a checksum that fits.
func FuzzDecodeBody(f *testing.F) {
	body := func(rec []byte) []byte { return rec[1 : len(rec)-4] }
	at := time.Unix(1, 0)
	f.Add(body(encodeItem(Item{URL: "https://a.example/1", Page: "example,a)/1", Via: "https://a.example/", Kind: Page, State: Live, Due: at, FirstSeen: at, LastModified: "Mon, 02 Nov 2026 05:00:00 GMT"}, 9, 5)))
	f.Add(body(encodePauses(pauses{next: at, why: "503", conduct: Conduct{Spent: map[string]Spending{"Gazette": {Day: "2026-11-02"}}}})))
	f.Add(body(encodeLane("a.example", "Gazette", counts{known: 9})))
	f.Fuzz(func(t *testing.T, b []byte) {
		e := newRecord(len(b) + 8)
		e.b = append(e.b, b...)
		rec := e.bytes()
		if it, lane, err := decodeItem(rec, 9); err == nil {
			once := encodeItem(it, 9, lane)
			again, l, err := decodeItem(once, 9)
			if err != nil || l != lane || !bytes.Equal(encodeItem(again, 9, lane), once) {
				t.Fatalf("%+v in %d, then %+v in %d, %v", it, lane, again, l, err)
			}
		}
		if p, err := decodePauses(rec); err == nil {
			once := encodePauses(p)
			if q, err := decodePauses(once); err != nil || !bytes.Equal(encodePauses(q), once) {
				t.Fatalf("%+v, then %+v, %v", p, q, err)
			}
		}
		decodeLane(rec)
	})
}

// Pages whose hashes are the same are kept apart all the same.
func TestSameHash(t *testing.T) {
	at := time.Date(2026, 11, 2, 6, 0, 0, 0, time.UTC)
	b, err := Open(filepath.Join(t.TempDir(), "frontier.db"), Options{Now: func() time.Time { return at }})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	ctx := context.Background()
	one, two := Link{URL: "https://a.example/1", Site: "a"}, Link{URL: "https://a.example/2", Site: "b"}
	if n, err := b.Discover(ctx, []Link{one}); n != 1 || err != nil {
		t.Fatalf("added %d, %v", n, err)
	}
	// Page 1 gets a number under page 2's hash, as if that were its own, too.
	err = b.write(ctx, func(txn *txn) error { return txn.page.Put(pageHash(key(t, two.URL)), encodeSeqs([]uint64{1})) })
	if err != nil {
		t.Fatal(err)
	}
	for want := 1; want >= 0; want-- {
		if n, err := b.Discover(ctx, []Link{two}); n != want || err != nil {
			t.Fatalf("added %d, %v, want %d", n, err, want)
		}
	}
	for page, n := range map[string]int{one.URL: 1, two.URL: 1} {
		for it, err := range b.List(ctx, Query{Page: key(t, page)}) {
			if n--; err != nil || it.URL != page {
				t.Errorf("%s: %+v, %v", page, it, err)
			}
		}
		if n != 0 {
			t.Errorf("%s: %d too few", page, n)
		}
	}
	if n, err := b.Forget(ctx, "b"); n != 1 || err != nil {
		t.Fatalf("forgot %d, %v", n, err)
	}
	if n, err := b.Discover(ctx, []Link{one, two}); n != 1 || err != nil {
		t.Errorf("added %d, %v, want 1", n, err)
	}
}
