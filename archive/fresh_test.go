package archive

import (
	"bytes"
	"testing"
)

// A body is given once as it was put, and what nobody reads takes no more than its room.
func TestFresh(t *testing.T) {
	var f fresh
	body := func(n Seq) []byte { return bytes.Repeat([]byte{byte(n)}, 100<<10) }
	for n := Seq(1); n <= 1000; n++ {
		f.put(n, Digest{}, body(n))
		if n%3 == 0 {
			if b, found := f.take(n, Digest{}); !found || !bytes.Equal(b, body(n)) {
				t.Fatalf("body %d: %d bytes, %v", n, len(b), found)
			}
		}
		if _, again := f.take(n-n%3, Digest{}); again {
			t.Fatalf("body %d is given twice", n-n%3)
		}
		if f.size > maxFresh || len(f.order) > 2*maxFresh/len(body(n)) {
			t.Fatalf("%d bytes are kept, %d in line", f.size, len(f.order))
		}
	}
	if _, found := f.take(1, Digest{}); found {
		t.Error("the oldest is kept for ever")
	}
	if b, found := f.take(1000, Digest{}); !found || !bytes.Equal(b, body(1000)) {
		t.Error("the last is not at hand")
	}
	for n := range Seq(1001) {
		f.take(n, Digest{})
	}
	if f.size != 0 || len(f.bodies) != 0 {
		t.Errorf("%d bytes of %d bodies are left when all were taken", f.size, len(f.bodies))
	}
	f.put(2000, Digest{}, make([]byte, maxFresh))
	if f.size != 0 {
		t.Error("one that takes all the room is kept")
	}
}

// What is done to the bytes after they were stored is nothing that was captured.
func TestFreshIsChecked(t *testing.T) {
	s := newStore(t, Options{})
	c := mustAppend(t, s, Capture{URL: "https://gazette.example/ferry", Status: 200, Body: []byte("<html><p>The ferry leaves at nine.</p></html>")})
	want := string(c.Body)
	copy(c.Body, "<HTML>")
	if got, err := s.Capture(c.Seq); err != nil || string(got.Body) != want {
		t.Errorf("%q comes back for %q: %v", got.Body, want, err)
	}
}
