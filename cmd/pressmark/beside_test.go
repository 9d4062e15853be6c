package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
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
)

// A result is what came of a command line.
type result struct {
	Code      int
	Out, Talk string
}

// typed runs a command line in a folder, as a person would type it.
func typed(t *testing.T, dir, env, line string) result {
	t.Helper()
	cmd := exec.Command("pressmark", strings.Fields(line)...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), strings.Fields(env)...)
	var out, talk bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &talk
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return result{cmd.ProcessState.ExitCode(), out.String(), talk.String()}
}

// tree is a folder's files with their modes and contents.
func tree(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		var text []byte
		if !d.IsDir() {
			text, err = os.ReadFile(name)
		}
		fmt.Fprintf(&b, "%s %v\n%s\n", strings.TrimPrefix(name, dir), info.Mode(), text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// besideLines are what is typed beside a daemon and alone, and must be the same.
// $ID is an article's, $STORY a story's.
var besideLines = []string{
	"ls", "ls --all --site gazette --json", "ls --since 2026-03-03 --limit 3 -q", "ls --color always",
	"show $ID", "show $ID --json", "show $ID@1 --format md", "show $ID --format raw", "show $ID --format headers",
	"show ffff0000", "show $ID@99",
	"log $ID", "log $ID --json", "diff $ID --exit-code", "diff $ID --json",
	"changes", "changes --json -v", "stories --json", "stories show $STORY",
	"report --until 2026-03-10", "report --until 2026-03-10 --json --site wire",
	"runs ls", "runs show 3 --json", "site ls", "site stats --since 2026-01-01", "site stats wire --since 2026-01-01 --json", "schedule history", "schedule history --json --limit 5",
	"stats", "stats --json", "verify --deep",
	"rules stats --json", "rules test $ID", "reextract --json",
	"export --format csv --lang en", "export --limit -1",
	"-c other.yaml ls", "-c missing.yaml ls", "-a pressmark-demo/archive ls",
	"export --versions all -o out/all.jsonl", "export --format md -o out/md --versions all",
	"export -o out/link", "export -o /dev/null", "export -o missing/folder", "export -o out/md",
	"report --until 2026-03-10 --format html -o out/report.html --title Week",
	"export --format warc -o out/all.warc.gz", "backup out/all.tar.zst", "backup out/all.tar.zst --json",
}

// The demo holds its archive as long as it stays; others read it meanwhile, and
// a second demo leaves it alone. Beside a daemon each command prints, ends and makes files as it does alone.
func TestBeside(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	demo := startDaemon(t, dir, "pressmark", "demo")
	demo.until(1, "report.html")
	for _, line := range []string{"-a pressmark-demo/archive ls --json", "-c pressmark-demo/pressmark.yaml changes"} {
		if r := typed(t, dir, "", line); r.Code != 0 || r.Out == "" {
			t.Errorf("beside the demo: %s: %+v", line, r)
		}
	}
	if r := typed(t, dir, "", "demo --no-serve"); r.Code != exitInUse || !strings.Contains(r.Talk, `held by "pressmark demo"`) {
		t.Errorf("a second demo: %+v", r)
	}
	if code := demo.stop(os.Interrupt); code != 0 {
		t.Fatalf("the demo ended with %d: %s", code, demo.talk.String())
	}
	const text = "archive: pressmark-demo/archive\ntimezone: %s\ncrawl: {delay: 0s, private_networks: allow}\nsites: [{url: \"http://127.0.0.1:1/\", name: Nowhere, every: 9999h}]\n"
	write(t, dir, text, "Europe/Berlin")
	for name, zone := range map[string]string{"other.yaml": "Asia/Kathmandu", "local.yaml": ""} {
		if err := os.WriteFile(filepath.Join(dir, name), fmt.Appendf(nil, text, zone), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	id, story := "", ""
	for row := range strings.Lines(typed(t, dir, "", "changes --json").Out) {
		var o struct{ ID string }
		if err := json.Unmarshal([]byte(row), &o); err != nil {
			t.Fatal(err)
		}
		id = o.ID
	}
	for row := range strings.Lines(typed(t, dir, "", "stories --json").Out) {
		var o struct{ Story, ID string }
		if err := json.Unmarshal([]byte(row), &o); err != nil {
			t.Fatal(err)
		}
		story = o.Story + o.ID
	}
	all := func() (got map[string]result, files string) {
		out := filepath.Join(dir, "out")
		if err := errors.Join(os.RemoveAll(out), os.Mkdir(out, 0o755), os.WriteFile(filepath.Join(out, "old"), []byte("old"), 0o600), os.Symlink("old", filepath.Join(out, "link"))); err != nil {
			t.Fatal(err)
		}
		got = map[string]result{}
		for _, line := range besideLines {
			got[line] = typed(t, dir, "NO_COLOR=1", strings.NewReplacer("$ID", id, "$STORY", story).Replace(line))
		}
		for _, env := range []string{"TZ=Asia/Kathmandu", "TZ=America/New_York NO_COLOR=1", "TZ=", "TERM=dumb"} {
			got[env] = typed(t, dir, env, "-c local.yaml ls --since 2026-03-03")
		}
		return got, tree(t, out)
	}
	d := startDaemon(t, dir, "pressmark", "run")
	d.until(1, "Nowhere")
	besideGot, besideFiles := all()
	if code := d.stop(os.Interrupt); code != exitInterrupted {
		t.Errorf("the daemon ended with %d: %s", code, d.talk.String())
	}
	aloneGot, aloneFiles := all()
	for line, alone := range aloneGot {
		if diff := cmp.Diff(alone, besideGot[line]); diff != "" {
			t.Errorf("pressmark %s (-alone +beside):\n%s", line, diff)
		}
		if alone.Out == "" && alone.Talk == "" && !strings.Contains(line, "-o ") {
			t.Errorf("pressmark %s says nothing", line)
		}
	}
	if diff := cmp.Diff(aloneFiles, besideFiles); diff != "" {
		t.Errorf("files (-alone +beside):\n%.2000s", diff)
	}
	if a, b := aloneGot["TZ=Asia/Kathmandu"], aloneGot["TZ=America/New_York NO_COLOR=1"]; a == b {
		t.Error("the time zone makes no difference")
	}
}

// A page or a site that is crawled beside a running crawl is asked for in turn
// with it, as slowly as the site wants.
func TestCrawlBeside(t *testing.T) {
	t.Parallel()
	const delay = 100 * time.Millisecond
	var mu sync.Mutex
	var ended time.Time
	var gaps []time.Duration
	edition := "first"
	// What the daemon asks for takes its time until a page was asked for beside
	// it, and then until all else was typed that wants the site to be crawled.
	beside, release := make(chan struct{}), make(chan struct{})
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		if !ended.IsZero() {
			gaps = append(gaps, time.Since(ended))
		}
		text := edition
		mu.Unlock()
		if text == "second" && strings.HasPrefix(r.URL.Path, "/story-") && r.URL.Path != "/story-0" {
			select {
			case <-beside:
				select {
				case <-release:
				case <-r.Context().Done():
				}
			case <-time.After(500 * time.Millisecond):
			}
		}
		defer func() {
			mu.Lock()
			defer mu.Unlock()
			ended = time.Now()
		}()
		switch {
		case r.URL.Path == "/feed.xml":
			fmt.Fprint(w, `<rss version="2.0"><channel><title>News</title>`)
			for i := range 14 {
				fmt.Fprintf(w, "<item><title>Story %d</title><link>http://%s/story-%d</link></item>", i, r.Host, i)
			}
			fmt.Fprint(w, "</channel></rss>")
		case strings.HasPrefix(r.URL.Path, "/story-"):
			fmt.Fprintf(w, "<!doctype html><html lang=en><head><title>Harbour</title></head><body><article><h1>Harbour</h1><p>The harbour bridge of %s was closed in the %s week of the storm, said the council.</p>"+strings.Repeat("<p>It will not open before the piers have been looked at by divers, who come from the mainland.</p>", 3)+"</article></body></html>", r.URL.Path, text)
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(srv.Close)
	quick, _ := paper(t, 2, func(n int) string {
		return strings.Repeat(fmt.Sprintf("<p>The market of number %d opened on Monday with apples, pears and plums from the valley.</p>", n), 4)
	})
	dir := t.TempDir()
	write(t, dir, "crawl: {delay: 100ms, private_networks: allow, timeout: 10m}\nsites:\n  - {url: \"%[1]s\", name: Slow, every: 9999h, feeds: [\"%[1]s/feed.xml\"]}\n  - {url: \"%[2]s\", name: Quick, every: 9999h, feeds: [\"%[2]s/feed.xml\"]}\n", srv.URL, quick)
	if r := typed(t, dir, "", "crawl --url "+srv.URL+"/story-0"); r.Code != 0 {
		t.Fatal(r)
	}
	mu.Lock()
	edition = "second"
	mu.Unlock()
	d := startDaemon(t, dir, "pressmark", "run")
	d.until(1, "Quick")

	// The site is being crawled: one page of it can be had, another crawl of it not.
	if r := typed(t, dir, "", "crawl --url "+srv.URL+"/story-0"); r.Code != 0 || !strings.Contains(r.Out, "changed  version 2") {
		t.Errorf("a page: %+v", r)
	}
	close(beside)
	if r := typed(t, dir, "", "crawl Slow"); r.Code != exitInUse || !strings.Contains(r.Talk, "Slow (by schedule Slow) is being crawled now") {
		t.Errorf("a site that is being crawled: %+v", r)
	}
	if r := typed(t, dir, "", "crawl Slow Quick"); r.Code != exitPartly || !strings.Contains(r.Out, "Quick") || strings.Contains(r.Out, "Slow") || !strings.Contains(r.Talk, "left out: Slow") {
		t.Errorf("two sites, of which one is being crawled: %+v", r)
	}
	if r := typed(t, dir, "", "crawl --json --url "+quick+"/story-1"); r.Code != 0 || !strings.HasPrefix(r.Out, `{"schema":1,"id":`) {
		t.Errorf("a page of another site: %+v", r)
	}
	if r := typed(t, dir, "", "crawl --url "+quick+"/nothing-there"); r.Code != exitPartly || !strings.Contains(r.Talk, "gave no article") {
		t.Errorf("a page that is not there: %+v", r)
	}
	if r := typed(t, dir, "", "log "+srv.URL+"/story-0 --json"); strings.Count(r.Out, "\n") != 2 {
		t.Errorf("the new version is not there: %+v", r)
	}
	close(release)
	d.until(1, "  "+pad("Slow", 24))
	if r := typed(t, dir, "", "crawl Slow"); r.Code != 0 || !strings.Contains(r.Out, "14 pages") {
		t.Errorf("a site that is at rest: %+v", r)
	}
	mu.Lock()
	for i, gap := range gaps {
		if i > 0 && gap < delay*9/10 { // the first is another process's
			t.Errorf("request %d came %v after the end of the one before", i+1, gap)
		}
	}
	if len(gaps) < 28 {
		t.Errorf("%d requests", len(gaps)+1)
	}
	mu.Unlock()
	d.stop(os.Interrupt)
	pressmark(t, dir, "verify", "--deep")
}

// While a daemon crawls as fast as it can, exports come out whole; reextract
// and the crawl don't upset each other.
func TestBesideHeavyCrawl(t *testing.T) {
	t.Parallel()
	lines := []string{"export --versions all", "export --versions all -o all-%d.jsonl", "ls --json", "reextract --yes -q", "verify --deep --json"}
	var once sync.WaitGroup
	once.Add(len(lines))
	url, _ := paper(t, 150, func(n int) string {
		if n >= 100 { // the crawl does not end before each was done once
			once.Wait()
		}
		return strings.Repeat(fmt.Sprintf("<p>The harbour bridge number %d was closed after the storm, the council said on Monday, and will not open before spring %d.</p>", n, n*n), 8)
	})
	dir := t.TempDir()
	write(t, dir, "crawl: {delay: 0s, private_networks: allow, timeout: 10m}\nsites: [{url: \"%[1]s\", name: Large, every: 1h, feeds: [\"%[1]s/feed.xml\"]}]\n", url)
	d := startDaemon(t, dir, "pressmark", "run")
	var wait sync.WaitGroup
	over := make(chan bool)
	for _, line := range lines {
		wait.Go(func() {
			done := sync.OnceFunc(once.Done)
			defer done()
			for n := 0; ; n++ {
				select {
				case <-over:
					if n == 0 {
						t.Errorf("%s was never done", line)
					}
					return
				default:
				}
				line := strings.ReplaceAll(line, "%d", fmt.Sprint(n))
				r := typed(t, dir, "", line)
				if r.Code == exitNoArchive && n == 0 { // it is being made
					n--
					continue
				}
				if r.Code != 0 {
					t.Errorf("%s: %d, %s", line, r.Code, r.Talk)
					return
				}
				if b, err := os.ReadFile(filepath.Join(dir, fmt.Sprintf("all-%d.jsonl", n))); err == nil && strings.Contains(line, "-o") {
					r.Out = string(b)
				}
				for row := range strings.Lines(r.Out) {
					if !strings.Contains(line, "reextract") && (!json.Valid([]byte(row)) || !strings.HasSuffix(row, "}\n")) {
						t.Errorf("%s: a row is cut: %.100s", line, row)
					}
				}
				done()
			}
		})
	}
	d.until(1, "Large")
	close(over)
	wait.Wait()
	if r := typed(t, dir, "", "export"); strings.Count(r.Out, "\n") != 150 {
		t.Errorf("%d articles of 150: %s", strings.Count(r.Out, "\n"), r.Talk)
	}
	d.stop(os.Interrupt)
	pressmark(t, dir, "verify", "--deep")
}

// A crawl that is done waits for the commands that are at work in it.
func TestCrawlWaits(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	release := make(chan bool)
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/feed.xml":
			fmt.Fprintf(w, `<rss version="2.0"><channel><title>News</title><item><title>Last</title><link>http://%s/last</link></item></channel></rss>`, r.Host)
		case "/last":
			<-release
			fmt.Fprint(w, "<!doctype html><title>Last</title><article><h1>Last</h1>"+strings.Repeat("<p>The last of the harbour bridges was closed after the storm, said the council on Monday, and opens in spring.</p>", 3)+"</article>")
		default:
			http.NotFound(w, r)
		}
	}))
	defer srv.Close()
	large, _ := paper(t, 40, func(n int) string {
		return strings.Repeat(fmt.Sprintf("<p>The harbour bridge number %d was closed after the storm, the council said on Monday, and will not open before spring %d.</p>", n, n*n), 150)
	})
	write(t, dir, "crawl: {delay: 0s, private_networks: allow}\nsites:\n  - {url: \"%[1]s\", name: Large, feeds: [\"%[1]s/feed.xml\"]}\n  - {url: \"%[2]s\", name: Hangs, feeds: [\"%[2]s/feed.xml\"]}\n", large, srv.URL)
	pressmark(t, dir, "crawl", "-q", "Large")
	d := startDaemon(t, dir, "sh", "-c", "exec pressmark crawl Hangs 2>&1")
	cmd := exec.Command("pressmark", "export")
	cmd.Dir = dir
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	for began := time.Now(); time.Since(began) < time.Minute; time.Sleep(10 * time.Millisecond) {
		if _, err := os.Lstat(filepath.Join(dir, "archive", "daemon.sock")); err == nil {
			break
		}
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	first := make([]byte, 100)
	if _, err := io.ReadFull(out, first); err != nil {
		t.Fatal(err)
	}
	close(release)
	d.until(1, "crawl is done; 1 command is at work beside it") // whose output nobody takes so far
	rest, err := io.ReadAll(out)
	if err := errors.Join(err, cmd.Wait()); err != nil || strings.Count(string(first)+string(rest), "\n") < 40 {
		t.Errorf("%d bytes, %v", len(rest), err)
	}
	for range d.out {
	}
	if code := d.cmd.ProcessState.ExitCode(); code != 0 {
		t.Errorf("exit code %d", code)
	}
}
