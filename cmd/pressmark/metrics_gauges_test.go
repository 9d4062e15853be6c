package main

import (
	"path/filepath"
	"testing"
	"time"

	"pressmark/crawler/frontier"
)

// How late the queue is counts from when a page could have been asked for, so
// that the alert on it does not go off over news, pauses or angry servers.
func TestOverdue(t *testing.T) {
	ctx, dir := t.Context(), t.TempDir()
	now := time.Now()
	queue, err := frontier.Open(filepath.Join(dir, "frontier.db"), frontier.Options{Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	defer queue.Close()
	conf := defaultConfig()
	conf.Sites = []siteConfig{{URL: "https://a.example/", Name: "A"}, {URL: "https://b.example/", Name: "B"}}
	g := &gauges{
		e: &engine{frontier: queue, now: func() time.Time { return now }}, conf: func() *config { return conf },
		paused: &pauseWatch{path: filepath.Join(dir, pausesName), conf: func() *config { return conf }, log: func(err error) { t.Error(err) }},
	}
	late := func(when string, want time.Duration) {
		t.Helper()
		st, err := queue.Stats(ctx, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := g.overdue(ctx, st).Round(time.Minute); got != want {
			t.Errorf("%s: %v overdue, want %v", when, got, want)
		}
	}
	late("nothing known", 0)
	if _, err := queue.Discover(ctx, []frontier.Link{
		{URL: "https://a.example/news", Site: "A", Due: now.Add(-30 * 24 * time.Hour)},
		{URL: "https://b.example/news", Site: "B", Due: now.Add(20 * time.Minute)},
		{URL: "https://gone.example/news", Site: "taken out of the configuration", Due: now},
	}); err != nil {
		t.Fatal(err)
	}
	late("news that comes before all else", 0)
	now = now.Add(time.Hour)
	late("an hour later", time.Hour)
	if err := queue.Block(ctx, "a.example", now.Add(24*time.Hour), "503"); err != nil {
		t.Fatal(err)
	}
	late("the server left alone", 40*time.Minute)
	conf.Sites = conf.Sites[:1]
	late("only that in the configuration", 0)
	conf.Sites = nil
	late("no site in the configuration", 0)
}
