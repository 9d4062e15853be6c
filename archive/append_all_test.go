package archive

import (
	"bytes"
	"errors"
	"fmt"
	"testing"

	"pressmark/extract/urlkey"
)

func TestAppendAll(t *testing.T) {
	s := newStore(t, Options{VolumeSize: 100 << 10})
	first := mustAppend(t, s, capture("https://example.com/0", 0, page(0, 30_000)))
	var want []Capture
	for round := range 3 {
		var list []Capture
		for i := range 40 {
			body := fmt.Appendf(page(uint64(i%20), 20_000), "<p>%d</p>", round*(i%2)) // half of them come again
			list = append(list, capture(fmt.Sprintf("https://example.com/%d", i%25), i, body))
		}
		list = append(list, capture("https://example.com/0", 99, page(0, 30_000)), Capture{URL: "https://example.com/7", Status: 304})
		before := s.commits(t)
		got, err := s.AppendAll(t.Context(), list)
		if err != nil || len(got) != len(list) {
			t.Fatal(len(got), err)
		}
		if n := s.commits(t) - before; n > 2 { // one may begin a volume
			t.Errorf("%d commits", n)
		}
		for i, c := range got {
			if i > 0 && c.Seq != got[i-1].Seq+1 {
				t.Errorf("capture %d comes after %d", c.Seq, got[i-1].Seq)
			}
			c.Body = list[i].Body
			want = append(want, c)
		}
		if again := got[40]; again.RevisitOf != first.Seq {
			t.Errorf("a revisit of %d, not of %d", again.RevisitOf, first.Seq)
		}
		if got[41].RevisitOf == 0 {
			t.Error("the 304 does not say what it speaks of")
		}
	}
	for _, w := range want {
		got, err := s.Capture(w.Seq)
		if err != nil || w.Status == 200 && !bytes.Equal(got.Body, w.Body) {
			t.Errorf("capture %d: %v", w.Seq, err)
		}
	}
	// All or nothing.
	bad, err := urlkey.Of("https://example.com/bad")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Takedown(t.Context(), TakedownOptions{Pages: []urlkey.Key{bad}}); err != nil && !errors.Is(err, ErrNoSuch) {
		t.Fatal(err)
	}
	stats, err := s.Stats()
	if err != nil {
		t.Fatal(err)
	}
	for what, list := range map[string][]Capture{
		"too large":  {capture("https://example.com/1", 1, []byte("<p>new")), capture("https://example.com/2", 1, make([]byte, MaxRecord+1))},
		"no address": {capture("https://example.com/1", 1, []byte("<p>new")), capture("mailto:nobody", 1, []byte("<p>other"))},
	} {
		if _, err := s.AppendAll(t.Context(), list); err == nil {
			t.Errorf("%s: no error", what)
		}
	}
	if now, err := s.Stats(); err != nil || now.Seq != stats.Seq || now.Captures != stats.Captures {
		t.Errorf("%d captures, were %d: %v", now.Captures, stats.Captures, err)
	}
	mustBeSound(t, s)
}
