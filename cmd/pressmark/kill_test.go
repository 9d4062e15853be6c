package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pressmark/archive"
	"pressmark/crawler/newsroom"
	"pressmark/extract/urlkey"
)

var (
	kills = flag.Int("kills", 4, "how often TestKilled kills the crawl")
	saved = flag.String("pages", "", "folder of saved pages that TestKilled crawls; made up when empty")
)

// A crawl that is killed again and again, without a warning, ends with the same
// archive as one that was left in peace: what the archive had acknowledged is
// there, no page is lost, and none is asked for again that was kept.
//
//	go test ./cmd/pressmark -run TestKilled -kills 20 -pages DIR -v
func TestKilled(t *testing.T) {
	dir := *saved
	if dir == "" {
		dir = makePages(t, 80)
	}
	h, err := newsroom.Folder(dir)
	if err != nil {
		t.Fatal(err)
	}
	asked := &requests{next: h}
	srv := httptest.NewServer(asked)
	defer srv.Close()

	peace := newFolder(t, srv.URL)
	began := time.Now()
	pressmark(t, peace, "crawl", "-q")
	whole := time.Since(began)
	want := exported(t, peace)
	pages := len(asked.list())

	torn := newFolder(t, srv.URL)
	asked.reset()
	killed := 0
	for i := 0; i < *kills && !finished(t, torn); i++ {
		cmd := exec.Command("pressmark", "crawl", "-q")
		cmd.Dir = torn
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		ended := make(chan error, 1)
		go func() { ended <- cmd.Wait() }()
		// Spread over the crawl: each life may last its share of it, or a little longer.
		life := time.Duration(rand.Int64N(int64(2*whole) / int64(*kills)))
		select {
		case <-ended:
		case <-time.After(life):
			cmd.Process.Kill()
			<-ended
			killed++
		}
		kept(t, torn, asked.died(), i)
		if len(asked.list()) > 0 {
			pressmark(t, torn, "verify")
		}
	}
	if !finished(t, torn) {
		pressmark(t, torn, "crawl", "-q")
	}
	pressmark(t, torn, "verify", "--deep")
	if diff := cmp.Diff(want, exported(t, torn)); diff != "" {
		t.Errorf("the archives differ (-undisturbed +killed):\n%s", diff)
	}
	// What was under way when a life ended may be asked for again, nothing else.
	if again := len(asked.list()) - pages; again > killed {
		t.Errorf("%d requests more than the %d of an undisturbed crawl, after %d kills", again, pages, killed)
	}
	t.Logf("%d pages, killed %d times in %v", pages, killed, whole.Round(time.Millisecond))
}

// finished reports whether the folder's last crawl came to its end: the next
// one would be another round.
func finished(t *testing.T, dir string) bool {
	t.Helper()
	if _, err := os.Stat(filepath.Join(dir, "archive", "archive.db")); err != nil {
		return false
	}
	rows := bytes.Split(bytes.TrimSpace(pressmark(t, dir, "runs", "ls", "--json", "-q")), []byte("\n"))
	var last struct{ Ended *time.Time }
	if len(rows[0]) == 0 {
		return false
	}
	if err := json.Unmarshal(rows[0], &last); err != nil {
		t.Fatalf("%v in %s", err, rows[0])
	}
	return last.Ended != nil
}

// requests notes the pages that were asked for, in order.
type requests struct {
	next http.Handler
	mu   sync.Mutex
	urls []string
	sure []string // what a life asked for before its last request
	from int      // where in urls this life began
}

func (r *requests) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	if strings.HasSuffix(req.URL.Path, ".html") {
		r.mu.Lock()
		r.urls = append(r.urls, "http://"+req.Host+req.URL.RequestURI())
		r.mu.Unlock()
	}
	r.next.ServeHTTP(w, req)
}

func (r *requests) reset() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.urls, r.sure, r.from = nil, nil, 0
}

func (r *requests) list() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]string(nil), r.urls...)
}

// died ends a life and gives what the archive must have by now: a host's next
// page is asked for once the one before is on disk.
func (r *requests) died() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	if n := len(r.urls); n > r.from {
		r.sure = append(r.sure, r.urls[r.from:n-1]...)
		r.from = n
	}
	return r.sure
}

// kept checks that the archive has a capture of each page.
func kept(t *testing.T, dir string, urls []string, life int) {
	t.Helper()
	if len(urls) == 0 {
		return // it may have died before there was an archive
	}
	store, err := archive.Open(filepath.Join(dir, "archive"), archive.Options{Wait: 5 * time.Second})
	if err != nil {
		t.Fatalf("life %d: %v", life, err)
	}
	defer store.Close()
	for _, u := range urls {
		key, err := urlkey.Of(u)
		if err != nil {
			t.Fatal(err)
		}
		c, ok, err := store.LastCapture(key)
		if err == nil && ok {
			_, err = store.Capture(c.Seq)
		}
		if err != nil || !ok {
			t.Errorf("life %d: %s was acknowledged and is lost: %v", life, u, err)
		}
	}
}

func newFolder(t *testing.T, url string) string {
	t.Helper()
	dir := t.TempDir()
	text := fmt.Sprintf("archive: ./archive\ncrawl: {delay: 0s, private_networks: allow, max_pages_per_run: 100000}\nsites:\n  - url: %s/\n    name: Saved\n", url)
	if err := os.WriteFile(filepath.Join(dir, configName), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return dir
}

// pressmark runs the program and gives its output.
func pressmark(t *testing.T, dir string, args ...string) []byte {
	t.Helper()
	cmd := exec.Command("pressmark", args...)
	cmd.Dir = dir
	var out, talk bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &talk
	if err := cmd.Run(); err != nil {
		t.Fatalf("pressmark %s: %v\n%s%s", strings.Join(args, " "), err, talk.String(), out.String())
	}
	return out.Bytes()
}

// exported is the archive's articles, all versions, without their times.
func exported(t *testing.T, dir string) []map[string]any {
	t.Helper()
	var list []map[string]any
	for _, row := range bytes.Split(bytes.TrimSpace(pressmark(t, dir, "export", "--versions", "all")), []byte("\n")) {
		var m map[string]any
		if err := json.Unmarshal(row, &m); err != nil {
			t.Fatalf("%v in %s", err, row)
		}
		for _, k := range []string{"first_seen", "last_seen", "captured"} {
			delete(m, k)
		}
		list = append(list, m)
	}
	return list
}

// makePages writes n pages of invented news, with a notice on some and with
// copies of some under another address.
func makePages(t *testing.T, n int) string {
	t.Helper()
	dir := t.TempDir()
	r := rand.New(rand.NewPCG(1, 2))
	names := strings.Fields("Arden Brockwell Calder Dunmore Estrid Fallow Garrick Holm Ivers Jessop Kessel Lorne Marlow Neville Orrin Pell Quist Rowan Stroud Tarn")
	verbs := strings.Fields("opened closed repaired counted promised refused measured painted sold moved")
	things := strings.Fields("harbour bridge school tramway library budget market hospital ferry orchard theatre quarry")
	sentence := func() string {
		return fmt.Sprintf("%s %s, who runs the %s of %s, said on %s that the council had %s the %s after %d weeks of argument.",
			names[r.IntN(len(names))], names[r.IntN(len(names))], things[r.IntN(len(things))], names[r.IntN(len(names))],
			[]string{"Monday", "Tuesday", "Friday"}[r.IntN(3)], verbs[r.IntN(len(verbs))], things[r.IntN(len(things))], 2+r.IntN(60))
	}
	var last string
	for i := range n {
		var b strings.Builder
		if i%10 == 9 {
			b.WriteString(last)
		} else {
			for range 4 + r.IntN(6) {
				fmt.Fprintf(&b, "<p>%s %s %s</p>\n", sentence(), sentence(), sentence())
			}
			last = b.String()
		}
		if i%3 == 0 {
			b.WriteString("<p>This website uses cookies to improve your experience. We'll assume you're ok with this, but you can opt-out if you wish. Accept Read More</p>\n")
		}
		page := fmt.Sprintf("<!doctype html><html lang=en><head><meta charset=utf-8><title>%[1]s %[2]d</title></head><body><nav><a href=/>Home</a></nav><article><h1>%[1]s %[2]d</h1>\n%[3]s</article></body></html>\n",
			strings.TrimSuffix(sentence(), "."), i, b.String())
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("story-%04d.html", i)), []byte(page), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}
