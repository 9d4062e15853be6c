package frontier

import (
	"bytes"
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
