package frontier_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

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

// Groups that are part of one are asked as one, whatever they were when their
// items were found, and are apart again when nobody says so any more.
func TestGroupsOfGroups(t *testing.T) {
	path := filepath.Join(t.TempDir(), "frontier.db")
	now := time.Date(2026, 11, 2, 6, 0, 0, 0, time.UTC)
	ctx := context.Background()
	for i, part := range []map[string]string{nil, {"a.example": "press", "b.example": "press"}, nil} {
		f, err := frontier.Open(path, frontier.Options{Now: func() time.Time { return now }, Groups: part})
		if err != nil {
			t.Fatal(err)
		}
		for _, u := range []string{"https://a.example/", "https://b.example/"} {
			if _, err := f.Discover(ctx, []frontier.Link{{URL: fmt.Sprint(u, i), Site: "s"}, {URL: u, Site: "s"}}); err != nil {
				t.Fatal(err)
			}
		}
		want := map[string]int{"a.example": i + 2, "b.example": i + 2}
		if part != nil {
			want = map[string]int{"press": 2 * (i + 2)}
		}
		got := map[string]int{}
		for range want {
			l, err := f.Claim(ctx, frontier.Claim{Max: 99})
			if err != nil {
				t.Fatal(err)
			}
			for _, it := range l.Items {
				if it.Group != l.Group {
					t.Errorf("%s is of %s, in a lease of %s", it.URL, it.Group, l.Group)
				}
			}
			got[l.Group] = len(l.Items)
			if part == nil {
				defer f.Complete(ctx, l, frontier.Batch{})
				continue
			}
			if err := f.Block(ctx, l.Group, now.Add(time.Hour), "test"); err != nil {
				t.Error(err)
			}
			if _, err := f.Claim(ctx, frontier.Claim{Group: "a.example"}); !errors.Is(err, frontier.ErrNone) {
				t.Errorf("a part of a leased group: %v", err)
			}
			if err := f.Complete(ctx, l, frontier.Batch{}); err != nil {
				t.Error(err)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("leases (-want +got):\n%s", diff)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
