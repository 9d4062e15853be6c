package main

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"pressmark/archive"
	"pressmark/crawler"
	"pressmark/extract/change"
)

// aStumbler shows three articles. From a time on one of them is a stub at the
// next look, once, and one for good.
type aStumbler struct {
	clock aPaper
	from  time.Time

	mu    sync.Mutex
	looks map[string][]time.Time // since then
}

func (p *aStumbler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/" {
		for _, name := range []string{"sound", "hiccup", "cut"} {
			fmt.Fprintf(w, `<p><a href="/2026/%s.html">What the harbour master of the town says about it: %[1]s</a></p>`, name)
		}
		return
	}
	var name string
	if _, err := fmt.Sscanf(r.URL.Path, "/2026/%s", &name); err != nil || name != "sound.html" && name != "hiccup.html" && name != "cut.html" {
		http.NotFound(w, r)
		return
	}
	stub := false
	if now := p.clock.now(); !now.Before(p.from) {
		p.mu.Lock()
		p.looks[name] = append(p.looks[name], now)
		stub = name == "cut.html" || name == "hiccup.html" && len(p.looks[name]) == 1
		p.mu.Unlock()
	}
	fmt.Fprintf(w, `<!doctype html><html lang=en><head><title>The %s of the harbour</title></head><body><article><h1>The %[1]s of the harbour</h1>
<p>The harbour master told of the %[1]s before noon and said that the pier would stay open until the evening, as it does each day of the season.</p>`, name)
	if !stub {
		fmt.Fprintf(w, `<p>Nobody was hurt by the %s, he said. The council will hear of it in its next sitting, which is public, and the minutes are kept in the town hall.</p>
<p>The owner of the ferry wants to have the quay repaired before the summer, and asks the county for half of the forty thousand crowns that it will cost.</p>
<p>Two of the fishermen doubt that the money will come. The county has promised the same in each of the last three years, one of them said of the %[1]s.</p>`, name)
	}
	fmt.Fprint(w, "</article></body></html>")
}

// A page that shows a stub for once gives no alarm; one that was cut does,
// after the next crawl, and not only when its turn comes.
func TestDoubtIsLookedIntoSoon(t *testing.T) {
	const step = time.Hour
	start := firstMonday
	p := &aStumbler{clock: aPaper{at: start}, from: start.Add(5 * 24 * time.Hour), looks: map[string][]time.Time{}}
	srv := httptest.NewServer(p)
	defer srv.Close()
	c := &cli{color: "never", ctx: t.Context()}
	if err := c.begin(&bytes.Buffer{}, &bytes.Buffer{}); err != nil {
		t.Fatal(err)
	}
	conf := defaultConfig()
	conf.of, conf.zone, conf.Archive = c, time.UTC, filepath.Join(t.TempDir(), "archive")
	conf.Crawl.PrivateNetworks, conf.Crawl.Delay = "allow", 0
	conf.Sites = []siteConfig{{URL: srv.URL + "/", Name: "Paper", Sections: []string{srv.URL + "/"}, Delay: unset}}
	s, err := c.session(conf, sessionOptions{holder: "test", daemon: true, now: p.clock.now, sleep: p.clock.sleep})
	if err != nil {
		t.Fatal(err)
	}
	defer s.close()
	crawl := func(at time.Time) {
		p.clock.mu.Lock()
		p.clock.at = at
		p.clock.mu.Unlock()
		run, _, err := s.openRun(t.Context(), archive.Run{Cause: "manual"}, conf.sites())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.round(t.Context(), run, conf.sites(), crawler.Due); err != nil {
			t.Fatal(err)
		}
	}
	for at := start; at.Before(p.from); at = at.Add(8 * step) {
		crawl(at)
	}
	for at := p.from; at.Before(p.from.Add(5 * 24 * time.Hour)); at = at.Add(step) {
		crawl(at)
	}
	if n := len(p.looks["sound.html"]); n < 1 || n > 40 {
		t.Errorf("the sound page was looked at %d times in five days", n)
	}
	for _, name := range []string{"hiccup.html", "cut.html"} {
		looks := p.looks[name]
		if len(looks) < 2 || looks[1].Sub(looks[0]) > step+step/2 {
			t.Errorf("%s was looked at %v", name, looks)
		}
	}
	var changes []archive.Change
	for ch, err := range s.store.Changes(t.Context(), archive.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		changes = append(changes, ch)
	}
	if len(changes) != 1 || !slices.Contains(changes[0].Diff.Kinds, change.Removed) || changes[0].Title != "The cut.html of the harbour" ||
		!changes[0].Before.Equal(p.looks["cut.html"][1]) || !changes[0].After.Before(p.from) {
		t.Errorf("changes: %+v", changes)
	}
}
