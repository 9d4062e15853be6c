package main

import (
	"bytes"
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pressmark/archive"
	"pressmark/crawler"
	"pressmark/crawler/frontier"
)

// A server that failed is asked again; one that asked to be left alone only
// when somebody insists.
func TestRetryLiftsBlocks(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "archive")
	store, err := archive.Create(dir, archive.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	queue := func(do func(*frontier.Bolt) error) {
		t.Helper()
		f, err := frontier.Open(frontierPath(dir), frontier.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(do(f), f.Close()); err != nil {
			t.Fatal(err)
		}
	}
	until := time.Now().Add(3 * time.Hour)
	queue(func(f *frontier.Bolt) error {
		_, err := f.Discover(ctx, []frontier.Link{
			{URL: "https://polite.example/a", Site: "Gazette", Due: until}, {URL: "https://broken.example/b", Site: "Gazette", Due: until},
			{URL: "https://other.example/", Site: "Wire", Due: until},
		})
		return errors.Join(err,
			f.Block(ctx, "polite.example", until, "the server answered 429 and "+crawler.AskedBack),
			f.Block(ctx, "broken.example", until, "5 requests in a row failed (timeout)"),
			f.Block(ctx, "other.example", until, "5 requests in a row failed (timeout)"))
	})
	run := func(args ...string) string {
		t.Helper()
		var out bytes.Buffer
		c := &cli{in: strings.NewReader("")}
		if code := c.execute(ctx, append([]string{"-a", dir}, args...), &out, &out); code != 0 {
			t.Fatalf("%q ended with %d:\n%s", args, code, out.String())
		}
		return out.String()
	}
	want := func(got string, parts ...string) {
		t.Helper()
		for _, p := range parts {
			if !strings.Contains(got, p) {
				t.Errorf("%q is missing:\n%s", p, got)
			}
		}
	}
	blocked := func(groups ...string) {
		t.Helper()
		queue(func(f *frontier.Bolt) error {
			s, err := f.Stats(ctx, nil)
			var got []string
			for _, b := range s.Blocked {
				got = append(got, b.Group)
			}
			if strings.Join(got, " ") != strings.Join(groups, " ") {
				t.Errorf("left alone: %q, want %q", got, groups)
			}
			return err
		})
	}
	got := run("queue", "ls")
	want(got, "left alone  polite.example  until ", "in 2 h  the server answered 429 and asks to come back later",
		"left alone  broken.example", "not asked for yet; found ")
	if first, _, _ := strings.Cut(got, "\n"); !strings.HasPrefix(first, "left alone") {
		t.Errorf("the first line is %q", first)
	}
	want(run("queue", "ls", "--json"), `"group":"polite.example","blocked_until":`, `"blocked_why":"5 requests in a row failed (timeout)"`)

	want(run("queue", "retry", "https://broken.example/b"), "broken.example is asked again; it was left alone until", "1 item is due now")
	blocked("other.example", "polite.example")
	want(run("queue", "ls", "https://polite.example/a"), "state ", "live")
	want(run("queue", "retry", "https://polite.example/a"), "polite.example is left alone until", "--yes asks all the same", "1 item is due now")
	blocked("other.example", "polite.example")
	want(run("queue", "ls", "--due"), "; its server is left alone until ")
	want(run("queue", "retry", "https://polite.example/a", "--yes"), "polite.example is asked again")
	blocked("other.example")
}

// News is put before a backlog by a due time long past; whoever looks sees since
// when it waits.
func TestQueuedNewsIsDueNow(t *testing.T) {
	now := time.Date(2026, 11, 14, 8, 0, 0, 0, time.UTC)
	seen := now.Add(-5 * time.Minute)
	for _, tt := range []struct {
		name string
		it   frontier.Item
		want time.Time
	}{
		{"news", frontier.Item{Due: seen.Add(-30 * 24 * time.Hour), FirstSeen: seen}, seen},
		{"named for later", frontier.Item{Due: now.Add(time.Hour), FirstSeen: seen}, now.Add(time.Hour)},
		{"asked before", frontier.Item{Due: seen.Add(-time.Hour), FirstSeen: seen.Add(-2 * time.Hour), LastChecked: seen}, seen.Add(-time.Hour)},
		{"given up unasked", frontier.Item{FirstSeen: seen}, time.Time{}},
	} {
		if got := dueSince(tt.it); !got.Equal(tt.want) {
			t.Errorf("%s: due %v, want %v", tt.name, got, tt.want)
		}
	}
	var out bytes.Buffer
	c := &cli{json: true}
	c.out = newTerminal(&out, "never")
	if err := c.printQueued(frontier.Item{URL: "https://a.example/news", Due: seen.Add(-30 * 24 * time.Hour), FirstSeen: seen}, frontier.Stats{}, now, true); err != nil {
		t.Fatal(err)
	}
	if want := `"due":"2026-11-14T07:55:00Z"`; !strings.Contains(out.String(), want) {
		t.Errorf("%s is missing:\n%s", want, out.String())
	}
}
