package crawler_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"pressmark/archive"
	"pressmark/archive/archivetest"
	"pressmark/crawler"
	"pressmark/crawler/fetch"
	"pressmark/crawler/frontier"
	"pressmark/crawler/robots"
)

// A world is some servers, written down as text, and a crawler with everything
// that is behind it. Nobody sleeps: whoever wants to moves the clock.
//
// Each entry of the text is one literal answer: status, headers, an empty
// line, the body. Its name is the server's letter and the path. Of several
// with one name each is given once, the last for ever. $A is the address of
// server A. To a request with the answer's ETag the server says 304.
type world struct {
	t         *testing.T
	clock     *clock
	servers   map[string]*httptest.Server
	store     *archive.Store
	frontier  *frontier.Bolt
	parts     crawler.Options
	crawler   *crawler.Crawler
	otherwise func(path string) string           // the answer to what nobody wrote down; nil is 404
	before    func(path string, r *http.Request) // called ahead of each answer

	mu      sync.Mutex
	answers map[string][]string
	asked   []asked
	busy    map[string]int
	overlap []string
}

// asked is a request as a server saw it.
type asked struct {
	path   string // with the server's letter
	at     time.Time
	header http.Header
}

var morning = time.Date(2026, 3, 2, 6, 0, 0, 0, time.UTC)

func newWorld(t *testing.T, text string, options ...func(*crawler.Options)) *world {
	t.Helper()
	w := &world{t: t, clock: &clock{at: morning}, servers: map[string]*httptest.Server{}, answers: map[string][]string{}, busy: map[string]int{}}
	for _, f := range txtar.Parse([]byte(text)).Files {
		letter := f.Name[:1]
		if w.servers[letter] == nil {
			w.servers[letter] = httptest.NewServer(w.serve(letter))
			t.Cleanup(w.servers[letter].Close)
		}
		w.answers[f.Name] = append(w.answers[f.Name], string(f.Data))
	}
	w.store = archivetest.Open(t)
	var err error
	w.frontier, err = frontier.Open(filepath.Join(t.TempDir(), "frontier.db"), frontier.Options{Now: w.clock.now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.frontier.Close() })
	f, err := fetch.New(fetch.Options{UserAgent: "pressmark/test", PrivateNetworks: true, Now: w.clock.now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(f.Close)
	w.parts = crawler.Options{
		Archive: w.store, Frontier: w.frontier, Fetch: f, Rules: crawler.ReadRules(f, robots.Options{Agent: "pressmark", Now: w.clock.now, Shelf: w.frontier}),
		Workers: 4, Now: w.clock.now, Sleep: w.clock.sleep,
	}
	for _, o := range options {
		o(&w.parts)
	}
	w.crawler = crawler.New(w.parts)
	return w
}

func (w *world) serve(letter string) http.Handler {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		path := letter + r.URL.RequestURI()
		w.mu.Lock()
		w.asked = append(w.asked, asked{path, w.clock.now(), r.Header})
		if w.busy[letter]++; w.busy[letter] > 1 {
			w.overlap = append(w.overlap, path)
		}
		w.mu.Unlock()
		defer func() {
			w.mu.Lock()
			w.busy[letter]--
			w.mu.Unlock()
		}()
		if w.before != nil {
			w.before(path, r)
		}
		w.mu.Lock()
		list := w.answers[path]
		if len(list) > 1 {
			w.answers[path] = list[1:]
		}
		w.mu.Unlock()
		if len(list) == 0 && w.otherwise != nil && r.URL.Path != "/robots.txt" {
			list = []string{w.otherwise(path)}
		}
		if len(list) == 0 {
			http.NotFound(rw, r)
			return
		}
		w.answer(rw, r, list[0])
	})
}

// filled puts the servers' addresses into a text.
func (w *world) filled(text string) string {
	for letter, s := range w.servers {
		text = strings.ReplaceAll(text, "$"+letter, s.URL)
	}
	return text
}

func (w *world) answer(rw http.ResponseWriter, r *http.Request, text string) {
	head, body, _ := strings.Cut(w.filled(text), "\n\n")
	lines := strings.Split(strings.TrimSpace(head), "\n")
	status, err := strconv.Atoi(lines[0])
	if err != nil {
		w.t.Errorf("%s: status %q", r.URL, lines[0])
	}
	for _, l := range lines[1:] {
		name, value, _ := strings.Cut(l, ": ")
		rw.Header().Add(name, value)
	}
	if tag := rw.Header().Get("ETag"); tag != "" && r.Header.Get("If-None-Match") == tag {
		status, body = http.StatusNotModified, ""
	}
	rw.WriteHeader(status)
	fmt.Fprint(rw, body)
}

// site is a site on server A; its feeds and the like are filled in.
func (w *world) site(s crawler.Site) crawler.Site {
	if s.Name == "" {
		s.Name = "Site"
	}
	if s.URL == "" {
		s.URL = "$A/"
	}
	if s.Zone == nil {
		s.Zone = time.UTC
	}
	s.URL = w.filled(s.URL)
	for _, list := range []*[]string{&s.Feeds, &s.Sitemaps, &s.Sections} {
		*list = slices.Clone(*list)
		for i := range *list {
			(*list)[i] = w.filled((*list)[i])
		}
	}
	return s
}

// run begins a run now.
func (w *world) run() archive.Run {
	w.t.Helper()
	run, err := w.store.NewRun(context.Background(), archive.Run{Cause: "manual", Started: w.clock.now()})
	if err != nil {
		w.t.Fatal(err)
	}
	return run
}

// round crawls one site and gives its counts.
func (w *world) round(s crawler.Site, mode crawler.Mode) archive.SiteRun {
	w.t.Helper()
	n, err := w.crawler.Round(context.Background(), w.run(), []crawler.Site{w.site(s)}, mode)
	if err != nil {
		w.t.Fatal(err)
	}
	return n[0]
}

// paths are what the servers were asked for since the last call, robots.txt
// left out, with the letter of server A left out too.
func (w *world) paths() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	var list []string
	for _, a := range w.asked {
		if p := strings.TrimPrefix(a.path, "A"); !strings.HasSuffix(p, "/robots.txt") {
			list = append(list, p)
		}
	}
	w.asked = nil
	return list
}

// requests are all that the servers saw since the last call.
func (w *world) requests() []asked {
	w.mu.Lock()
	defer w.mu.Unlock()
	list := w.asked
	w.asked = nil
	return list
}

// captures are the paths and statuses that the archive has got.
func (w *world) captures() []string {
	w.t.Helper()
	var list []string
	for c, err := range w.store.Captures(context.Background(), 0) {
		if err != nil {
			w.t.Fatal(err)
		}
		text := fmt.Sprintf("%s %d", c.URL, c.Status)
		for letter, s := range w.servers {
			text = strings.ReplaceAll(text, s.URL, letter)
		}
		list = append(list, strings.TrimPrefix(text, "A"))
	}
	return list
}

// alone fails the test when a server was asked for two things at once.
func (w *world) alone() {
	w.t.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.overlap) > 0 {
		w.t.Errorf("asked while another request was going on: %v", w.overlap)
	}
}

// feed is a server's answer: a feed that lists these addresses.
func feed(urls ...string) string {
	var b strings.Builder
	b.WriteString("200\nContent-Type: application/rss+xml\n\n<rss version=\"2.0\"><channel><title>News</title>\n")
	for _, u := range urls {
		fmt.Fprintf(&b, "<item><title>On %[1]s</title><link>%[1]s</link></item>\n", u)
	}
	b.WriteString("</channel></rss>\n")
	return b.String()
}

// page is a server's answer: a page with these links.
func page(links ...string) string {
	var b strings.Builder
	b.WriteString("200\nContent-Type: text/html\n\n<html><head><title>Page</title></head><body>\n")
	for _, u := range links {
		fmt.Fprintf(&b, "<a href=\"%s\">What the council said about %s and the harbour</a>\n", u, u)
	}
	b.WriteString("</body></html>\n")
	return b.String()
}

func entry(name, answer string) string {
	return "-- " + name + " --\n" + strings.TrimSuffix(answer, "\n") + "\n"
}

// A clock stands still but for those who sleep.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) sleep(ctx context.Context, d time.Duration) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	c.turn(d)
	return nil
}

func (c *clock) turn(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}
