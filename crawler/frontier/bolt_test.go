package frontier_test

import (
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"pressmark/crawler/frontier"
	"pressmark/crawler/frontier/frontiertest"
)

func TestConformance(t *testing.T) {
	// A copy of the file of a frontier that has answered everything it was
	// asked is what kill -9 leaves.
	var path string
	var options frontier.Options
	open := func(t *testing.T) frontier.Frontier {
		t.Helper()
		f, err := frontier.Open(path, options)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { f.Close() })
		return f
	}
	frontiertest.Run(t, frontiertest.Engine{
		Open: func(t *testing.T, now func() time.Time, gap time.Duration) frontier.Frontier {
			path = filepath.Join(t.TempDir(), "frontier.db")
			options = frontier.Options{Now: now, Gap: gap}
			return open(t)
		},
		Crash: func(t *testing.T, _ frontier.Frontier) frontier.Frontier {
			copied := filepath.Join(t.TempDir(), "frontier.db")
			copyFile(t, path, copied)
			path = copied
			return open(t)
		},
	})
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	in, err := os.Open(from)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(out, in); err != nil {
		t.Fatal(err)
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
}
