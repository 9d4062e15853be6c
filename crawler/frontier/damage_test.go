package frontier_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pressmark/crawler/frontier"
)

func links(n int) []frontier.Link {
	var l []frontier.Link
	for i := range n {
		site := fmt.Sprint("s", i%7)
		l = append(l, frontier.Link{URL: fmt.Sprintf("https://%s.example/news/%d", site, i), Site: site, Via: "https://feed.example/"})
	}
	return l
}

// filled makes a frontier file with n items.
func filled(t *testing.T, n int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "frontier.db")
	f, err := frontier.Open(path, frontier.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if added, err := f.Discover(context.Background(), links(n)); err != nil || added != n {
		t.Fatalf("added %d, %v", added, err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// use does everything once and returns the first error.
func use(f frontier.Frontier) error {
	ctx := context.Background()
	for {
		l, err := f.Claim(ctx, frontier.Claim{Max: 100})
		if errors.Is(err, frontier.ErrNone) {
			break
		}
		if err != nil {
			return err
		}
		batch := frontier.Batch{Links: links(10), NextAllowed: time.Now().Add(time.Hour)}
		for _, it := range l.Items {
			batch.Outcomes = append(batch.Outcomes, frontier.Outcome{Page: it.Page, Result: frontier.Changed})
		}
		if err := f.Complete(ctx, l, batch); err != nil {
			return err
		}
	}
	if _, err := f.Recheck(ctx, "s1", time.Now().Add(time.Hour)); err != nil {
		return err
	}
	for _, q := range []frontier.Query{{}, {Retired: true}} {
		for _, err := range f.List(ctx, q) {
			if err != nil {
				return err
			}
		}
	}
	if _, err := f.Forget(ctx, "s2"); err != nil {
		return err
	}
	_, err := f.Stats(ctx, nil)
	return err
}

func TestDamagedBeforeOpen(t *testing.T) {
	whole, err := os.ReadFile(filled(t, 500))
	if err != nil {
		t.Fatal(err)
	}
	const page = 8 << 10
	for name, content := range map[string][]byte{
		"no bbolt file":      bytes.Repeat([]byte("not a database. "), 1000),
		"one line":           []byte("hello\n"),
		"one page":           whole[:page],
		"two pages":          whole[:2*page],
		"the last page gone": whole[:5*page],
		"zeros":              make([]byte, len(whole)),
		"both metas gone":    append(make([]byte, 2*page), whole[2*page:]...),
		"only metas":         append(bytes.Clone(whole[:2*page]), make([]byte, len(whole)-2*page)...),
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "frontier.db")
			if err := os.WriteFile(path, content, 0o600); err != nil {
				t.Fatal(err)
			}
			var told bytes.Buffer
			f, err := frontier.Open(path, frontier.Options{Log: slog.New(slog.NewTextHandler(&told, nil))})
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			if n, err := f.Discover(context.Background(), links(3)); n != 3 || err != nil {
				t.Errorf("added %d, %v", n, err)
			}
			aside, _ := filepath.Glob(path + ".damaged-*")
			if len(aside) != 1 {
				t.Fatalf("set aside: %q", aside)
			}
			if kept, _ := os.ReadFile(aside[0]); !bytes.Equal(kept, content) {
				t.Error("what was set aside is not what was there")
			}
			if !strings.Contains(told.String(), "starts anew") || !strings.Contains(told.String(), aside[0]) {
				t.Errorf("told: %s", told.String())
			}
		})
	}
}

// A byte that was altered anywhere is found when it is read, or does no harm.
func TestFlippedBytes(t *testing.T) {
	whole, err := os.ReadFile(filled(t, 300))
	if err != nil {
		t.Fatal(err)
	}
	used := len(bytes.TrimRight(whole, "\x00"))
	rng := rand.New(rand.NewPCG(1, 2))
	anew := 0
	for range 25 {
		content := bytes.Clone(whole)
		at := rng.IntN(used)
		content[at] ^= 1 << rng.IntN(8)
		path := filepath.Join(t.TempDir(), "frontier.db")
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		f, err := frontier.Open(path, frontier.Options{})
		if err != nil {
			t.Fatalf("byte %d: %v", at, err)
		}
		err = use(f)
		if err != nil && !errors.Is(err, frontier.ErrDamaged) {
			t.Errorf("byte %d: %v", at, err)
		}
		if err != nil {
			anew++
			if n, err := f.Discover(context.Background(), links(3)); n != 3 || err != nil {
				t.Errorf("byte %d: afterwards %d were added, %v", at, n, err)
			}
		}
		if err := f.Close(); err != nil {
			t.Errorf("byte %d: %v", at, err)
		}
	}
	if anew == 0 {
		t.Error("none of the altered bytes was found")
	}
}

// The file shrinks under an open frontier: that would be a SIGBUS.
func TestCutWhileOpen(t *testing.T) {
	path := filled(t, 20000)
	f, err := frontier.Open(path, frontier.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	ctx := context.Background()
	l, err := f.Claim(ctx, frontier.Claim{})
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Block(ctx, "s5.example", time.Now().Add(time.Hour), "busy"); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(path, 3*8<<10); err != nil {
		t.Fatal(err)
	}
	if err := use(f); !errors.Is(err, frontier.ErrDamaged) {
		t.Fatalf("%v, want ErrDamaged", err)
	}
	if err := f.Complete(ctx, l, frontier.Batch{}); !errors.Is(err, frontier.ErrLeaseLost) {
		t.Fatalf("a lease from before: %v, want ErrLeaseLost", err)
	}
	if n, err := f.Discover(ctx, links(14)); n != 14 || err != nil {
		t.Fatalf("added %d, %v", n, err)
	}
	claimed := map[string]bool{}
	for {
		l, err := f.Claim(ctx, frontier.Claim{})
		if errors.Is(err, frontier.ErrNone) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		claimed[l.Group] = true
	}
	if claimed[l.Group] || claimed["s5.example"] || len(claimed) != 5 {
		t.Errorf("claimed %v: the groups of the old lease and of the block should not be among them", claimed)
	}
}

func TestInUse(t *testing.T) {
	path := filled(t, 1)
	f, err := frontier.Open(path, frontier.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := frontier.Open(path, frontier.Options{}); !errors.Is(err, frontier.ErrInUse) {
		t.Fatalf("%v, want ErrInUse", err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if err := use(f); !errors.Is(err, frontier.ErrClosed) {
		t.Fatalf("%v, want ErrClosed", err)
	}
	if err := f.Close(); !errors.Is(err, frontier.ErrClosed) {
		t.Fatalf("a second close: %v, want ErrClosed", err)
	}
	if _, err := frontier.Open(filepath.Join(t.TempDir(), "nowhere", "frontier.db"), frontier.Options{}); !errors.Is(err, os.ErrNotExist) {
		t.Fatalf("%v, want os.ErrNotExist", err)
	}
}
