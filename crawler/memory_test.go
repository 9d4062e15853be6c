package crawler_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pressmark/archive"
	"pressmark/crawler"
	"pressmark/crawler/fetch"
)

// restart has another crawler go on with what the file of the one before keeps.
func (w *world) restart(path string, log *slog.Logger) {
	w.parts.Memory = crawler.OpenMemory(path, log, w.clock.now)
	w.crawler = crawler.New(w.parts)
}

const sorry = "200\nContent-Type: text/html\n\n<html><body><h1>Dear reader</h1><p>We are sorry to say that what you came for is not here, and hope that you find something else instead.</p></body></html>"

// What a site shows to an address that cannot exist is known at once after a
// restart, and is asked for again after a month: a site that has changed its
// ways is believed.
func TestSoftGoneAfterRestart(t *testing.T) {
	w := newWorld(t, entry("A/a.xml", feed("$A/news/one-that-is-dead", "$A/news/another-that-is-dead")))
	path := filepath.Join(t.TempDir(), "learned.json")
	w.restart(path, nil)
	probes, answer := 0, sorry
	w.otherwise = func(path string) string {
		if strings.Contains(path, "pressmark-") {
			probes++
		}
		return answer
	}
	site := crawler.Site{Feeds: []string{"$A/a.xml"}}
	w.round(site, crawler.All)
	if probes != 1 {
		t.Fatalf("%d probes", probes)
	}

	w.restart(path, nil)
	w.set("A/a.xml", "200\n\n"+strings.SplitN(feed("$A/news/a-third-that-is-dead"), "\n\n", 2)[1])
	w.clock.turn(24 * time.Hour)
	if n := w.round(site, crawler.Due); n.Skipped["soft 404"] == 0 || probes != 1 {
		t.Errorf("after a restart: skipped %v, %d probes", n.Skipped, probes)
	}
	for _, c := range w.captures() {
		if strings.Contains(c, "third") {
			t.Errorf("captured %s", c)
		}
	}

	w.restart(path, nil)
	w.otherwise = nil // such an address is refused now, and the text is a page's
	w.set("A/news/the-dear-reader-letter", sorry)
	w.set("A/a.xml", "200\n\n"+strings.SplitN(feed("$A/news/the-dear-reader-letter"), "\n\n", 2)[1])
	w.clock.turn(31 * 24 * time.Hour)
	w.round(site, crawler.Due)
	if got := w.captures(); !slices.ContainsFunc(got, func(c string) bool { return strings.Contains(c, "letter") }) {
		t.Errorf("what is a page now was not captured: %v", got)
	}
}

// Pages of a shape without articles are not tried again after a restart.
func TestTrapAfterRestart(t *testing.T) {
	var links []string
	text := ""
	for i := range 80 {
		p := fmt.Sprintf("/events?month=%d", i)
		links = append(links, "$A"+p)
		text += entry("A"+p, page())
	}
	w := newWorld(t, text+entry("A/list.xml", "200\n\n<urlset><url><loc>"+strings.Join(links, "</loc></url><url><loc>")+"</loc></url></urlset>"))
	path := filepath.Join(t.TempDir(), "learned.json")
	site := crawler.Site{Sitemaps: []string{"$A/list.xml"}, MaxPages: 10}
	asked := 0
	for range 7 {
		w.restart(path, nil) // each time, as a crawl that is started by a clock is
		w.round(site, crawler.Due)
		for _, p := range w.paths() {
			if strings.HasPrefix(p, "/events") {
				asked++
				w.conclude(p, archive.Page{URL: "$A" + p, State: archive.NoArticle})
			}
		}
		w.clock.turn(10 * time.Minute)
	}
	if asked < 30 || asked > 40 {
		t.Errorf("%d calendar pages were asked for, of 80", asked)
	}
}

// blank is a renderer to which pages show nothing, as long as their script
// stands elsewhere.
type blank struct {
	mu       sync.Mutex
	rendered int
	err      error
	script   string
}

func (b *blank) Wants(_ string, c archive.Capture) bool {
	return bytes.Contains(c.Body, []byte("<div id=root></div>"))
}

func (b *blank) Render(ctx context.Context, c archive.Capture, get func(context.Context, string) (*fetch.Response, error)) ([]byte, string, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.rendered++
	if b.err != nil {
		return nil, "", b.err
	}
	if _, err := get(ctx, b.script); err != nil {
		return c.Body, "Blank/1", nil
	}
	return []byte("<p>The text.</p>"), "Blank/1", nil
}

// Where scripts bring nothing they are not run for every page, which is said,
// with what may help; once a week it is tried, and at once when that was done.
// A restart changes nothing in this.
func TestRenderedInVain(t *testing.T) {
	const shell = "200\nContent-Type: text/html\n\n<html><div id=root></div><script src=//cdn.example/app.js></script>%d</html>"
	var urls []string
	text := ""
	for i := range 8 {
		urls = append(urls, fmt.Sprintf("$A/story/the-council-votes-%d", i))
		text += entry(fmt.Sprintf("A/story/the-council-votes-%d", i), fmt.Sprintf(shell, i))
	}
	b := &blank{}
	w := newWorld(t, text+entry("A/a.xml", feed(urls...))+entry("B/app.js", "200\nContent-Type: text/javascript\n\nlet a"), func(o *crawler.Options) { o.Render = b })
	b.script = w.filled("$B/app.js")
	host := strings.TrimPrefix(w.filled("$B"), "http://")
	path := filepath.Join(t.TempDir(), "learned.json")
	w.restart(path, nil)
	site := crawler.Site{Feeds: []string{"$A/a.xml"}}
	round := func(want int, note string) {
		t.Helper()
		b.rendered = 0
		w.restart(path, nil)
		n := w.round(site, crawler.All)
		if b.rendered != want || !strings.Contains(n.Note, note) {
			t.Errorf("%d pages were rendered, said %q, want %d and %q", b.rendered, n.Note, want, note)
		}
		w.clock.turn(time.Hour)
	}
	round(3, "rendered, and it shows nothing all the same: its scripts ask "+host+", which is not of the site and was not asked; if the text comes from there, add hosts: ["+host+"] to the site")
	round(0, "not rendered: the last 3 pages of the shape /story/* showed nothing with their scripts either, and the next is tried on 2026-03-09 ")
	w.clock.turn(7 * 24 * time.Hour)
	round(1, "all the same")
	b.err = fmt.Errorf("%w: no browser is there", crawler.ErrNoRendering)
	w.clock.turn(7 * 24 * time.Hour)
	round(8, "not rendered: no page can be rendered: no browser is there") // which says nothing of the pages
	b.err = errors.New("the page's scripts did not come to an end in time")
	round(1, "did not come to an end in time")
	b.err = nil
	w.clock.turn(7 * 24 * time.Hour)
	round(1, "all the same")
	site.Hosts = []string{host}
	round(8, "")
	b.script = "https://cdn.example/app.js"
	round(3, "all the same")
}

// A file that can't be read is told of and learned anew, and costs the crawl nothing else.
func TestMemoryDamaged(t *testing.T) {
	for name, content := range map[string]string{
		"cut":         `{"schema":1,"sites":{"Site":{"used":"2026-03-0`,
		"empty":       "",
		"of another":  `{"schema":7,"sites":{}}`,
		"of nonsense": `{"schema":1,"sites":{"Site":null,"Other":{"used":"2026-03-01T00:00:00Z","gone":[{"text":"zz"}],"shapes":{"":{"asked":["%"]}},"scripts":{"/":{"times":-4}}}}}`,
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "learned.json")
			if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
				t.Fatal(err)
			}
			w := newWorld(t, stories(2))
			var said bytes.Buffer
			w.restart(path, slog.New(slog.NewTextHandler(&said, nil)))
			w.round(crawler.Site{Feeds: []string{"$A/a.xml"}}, crawler.All)
			if got := w.captures(); len(got) != 2 {
				t.Errorf("captured %v", got)
			}
			if is := strings.Contains(said.String(), "learned anew"); is != (name != "of nonsense") {
				t.Errorf("said %q", said.String())
			}
			said.Reset()
			w.restart(path, slog.New(slog.NewTextHandler(&said, nil)))
			if said.Len() > 0 {
				t.Errorf("the next time it said %q", said.String())
			}
		})
	}
	t.Run("no folder", func(t *testing.T) {
		w := newWorld(t, stories(2))
		var said bytes.Buffer
		w.restart(filepath.Join(t.TempDir(), "nowhere", "learned.json"), slog.New(slog.NewTextHandler(&said, nil)))
		w.round(crawler.Site{Feeds: []string{"$A/a.xml"}}, crawler.All)
		if got := w.captures(); len(got) != 2 || !strings.Contains(said.String(), "can't keep what crawls learned") {
			t.Errorf("captured %v, said %q", got, said.String())
		}
	})
}
