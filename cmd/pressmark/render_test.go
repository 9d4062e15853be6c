package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"pressmark/archive"
	"pressmark/crawler"
	"pressmark/crawler/render"
)

// A paper whose pages are empty without scripts gives its articles when the
// site says so; what the server sent is kept beside what the scripts made of
// it, and each edition is one.
func TestRenderedSite(t *testing.T) {
	t.Parallel()
	if _, err := render.Find(); err != nil {
		t.Skip("no browser to test with: ", err)
	}
	var mu sync.Mutex
	asked := map[string]int{}
	words := "The harbour bridge was closed after the storm, the council said on Monday."
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		asked[r.URL.Path]++
		switch r.URL.Path {
		case "/robots.txt":
			fmt.Fprint(w, "User-agent: *\nDisallow: /private\n")
		case "/feed.xml":
			w.Header().Set("Content-Type", "application/rss+xml")
			fmt.Fprintf(w, `<rss version="2.0"><channel><title>News</title><item><title>Bridge</title><link>http://%s/story</link></item></channel></rss>`, r.Host)
		case "/story":
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.Header().Set("ETag", `"shell"`)
			if r.Header.Get("If-None-Match") != "" {
				w.WriteHeader(http.StatusNotModified)
				return
			}
			fmt.Fprint(w, `<!doctype html><html lang=en><head><title>News</title></head><body><noscript>Please enable JavaScript.</noscript><div id=root></div><script src=/private.js></script><script src=/app.js></script></body></html>`)
		case "/app.js":
			w.Header().Set("Content-Type", "text/javascript")
			fmt.Fprint(w, `fetch('/story.json').then(r => r.text()).then(s => { document.title = 'Bridge closed after storm'; document.getElementById('root').innerHTML = '<article><h1>Bridge closed after storm</h1>' + s + '</article>' })`)
		case "/story.json":
			for range 6 {
				fmt.Fprintf(w, "<p>%s It will not open before the piers have been looked at by divers, who are to come from the capital.</p>", words)
			}
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(srv.Close)
	dir := t.TempDir()
	conf := "crawl: {delay: 0s, private_networks: allow}\nrender: {no_sandbox: %[3]t}\nsites: [{url: \"%[1]s\", name: App, every: 1h, render: %[2]t, feeds: [\"%[1]s/feed.xml\"]}]\n"
	root := os.Getuid() == 0
	write(t, dir, conf, srv.URL, false, root)
	if out, err := exec.Command("pressmark", "crawl", "-q", "-c", filepath.Join(dir, configName)).CombinedOutput(); err == nil || strings.Contains(string(out), "1 new") {
		t.Errorf("rendered though nobody asked for it:\n%s", out)
	}
	write(t, dir, conf, srv.URL, true, root)
	for range 2 {
		pressmark(t, dir, "crawl", "-q")
		if out := string(pressmark(t, dir, "ls")); strings.Count(out, "Bridge closed") != 1 {
			t.Errorf("ls:\n%s\n%s", out, pressmark(t, dir, "runs", "show"))
		}
	}
	if out := string(pressmark(t, dir, "changes")); strings.Contains(out, "Bridge") {
		t.Errorf("nothing was edited:\n%s", out)
	}
	mu.Lock()
	words = "The harbour bridge was opened again, the council said on Friday."
	mu.Unlock()
	pressmark(t, dir, "crawl", "-q")
	if out := string(pressmark(t, dir, "changes")); !strings.Contains(out, "opened again") {
		t.Errorf("changes:\n%s\n%s", out, pressmark(t, dir, "runs", "show"))
	}
	if out := string(pressmark(t, dir, "runs", "show")); strings.Contains(out, "walled") || !strings.Contains(out, "1 page ") {
		t.Errorf("runs show:\n%s", out)
	}
	pressmark(t, dir, "verify", "--deep")
	store, err := archive.Open(filepath.Join(dir, "archive"), archive.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	var sent, made int
	for c, err := range store.Captures(context.Background(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		if marked := c.Header.Get(crawler.RenderedHeader) != ""; marked != strings.HasPrefix(c.Via, "rendered by ") || marked != !strings.Contains(c.Via, "feed.xml") {
			t.Errorf("capture %d is by %q, with the header %q", c.Seq, c.Via, c.Header)
		} else if marked {
			made++
		} else {
			sent++
		}
	}
	if sent != 4 || made != 3 {
		t.Errorf("%d captures of what the server sent, %d of what scripts made of it", sent, made)
	}
	mu.Lock()
	defer mu.Unlock()
	if asked["/private.js"] > 0 || asked["/app.js"] != 3 {
		t.Errorf("the server was asked for %v", asked)
	}
}
