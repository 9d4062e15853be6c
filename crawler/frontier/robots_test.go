package frontier_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pressmark/crawler/frontier"
)

// What is kept of a host's rules outlasts the process, and is dropped when
// nobody has asked the host for a season.
func TestRulesAreKept(t *testing.T) {
	path := filepath.Join(t.TempDir(), "frontier.db")
	now := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	open := func() *frontier.Bolt {
		b, err := frontier.Open(path, frontier.Options{Now: func() time.Time { return now }})
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	b := open()
	for _, rules := range []string{"the first", strings.Repeat("x", 600<<10)} {
		if err := b.Keep(t.Context(), "https://a.example", []byte(rules)); err != nil {
			t.Fatal(err)
		}
		b.Close()
		b = open()
		if got, err := b.Kept(t.Context(), "https://a.example"); err != nil || string(got) != rules {
			t.Fatalf("%.20q, %v", got, err)
		}
	}
	for _, host := range []string{"", "https://b.example", strings.Repeat("h", 70<<10)} {
		if got, err := b.Kept(t.Context(), host); got != nil || err != nil {
			t.Errorf("of %.20q: %q, %v", host, got, err)
		}
	}
	for _, host := range []string{"", strings.Repeat("h", 70<<10)} {
		if err := b.Keep(t.Context(), host, nil); err == nil {
			t.Errorf("the rules of %.20q were kept", host)
		}
	}
	if err := b.Keep(t.Context(), "https://b.example", make([]byte, 9<<20)); err == nil {
		t.Error("rules of 9 MB were kept")
	}
	now = now.Add(100 * 24 * time.Hour)
	b.Close()
	b = open()
	if got, err := b.Kept(t.Context(), "https://a.example"); got != nil || err != nil {
		t.Errorf("after a season: %.20q, %v", got, err)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	if err := b.Keep(t.Context(), "https://a.example", nil); err == nil {
		t.Error("kept in a closed file")
	}
}
