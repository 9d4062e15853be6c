package main

import (
	"bufio"
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"pressmark/archive"
)

// A daemon is a pressmark run that is going on.
type daemon struct {
	t    *testing.T
	cmd  *exec.Cmd
	out  chan string // its lines; closed when it has ended
	talk strings.Builder
}

// startDaemon runs a command line that ends in a daemon.
func startDaemon(t *testing.T, dir string, args ...string) *daemon {
	t.Helper()
	d := &daemon{t: t, cmd: exec.Command(args[0], args[1:]...)}
	d.cmd.Dir, d.cmd.Stderr = dir, &d.talk
	out, err := d.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := d.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.cmd.Process.Kill() })
	d.out = make(chan string, 10_000)
	go func() {
		for rows := bufio.NewScanner(out); rows.Scan(); {
			d.out <- rows.Text()
		}
		d.cmd.Wait()
		close(d.out)
	}()
	return d
}

// until reads what the daemon prints up to the n-th line that holds a text.
func (d *daemon) until(n int, text string) {
	d.t.Helper()
	for row := range d.out {
		if strings.Contains(row, text) {
			if n--; n == 0 {
				return
			}
		}
	}
	d.t.Fatalf("the daemon ended without %q: %s", text, d.talk.String())
}

// asks waits until the daemon asks for what never comes.
func (d *daemon) asks(hung <-chan struct{}) {
	d.t.Helper()
	for {
		select {
		case <-hung:
			return
		case _, going := <-d.out:
			if !going {
				d.t.Fatalf("the daemon ended: %s", d.talk.String())
			}
		}
	}
}

// stop sends a signal, waits for the end, and gives the exit code.
func (d *daemon) stop(signal os.Signal) (code int) {
	d.t.Helper()
	if err := d.cmd.Process.Signal(signal); err != nil {
		d.t.Fatal(err)
	}
	for range d.out {
	}
	return d.cmd.ProcessState.ExitCode()
}

// paper is a paper with one feed and its stories. The stories of a slow one
// never come: each request for one is told, and hangs until its asker goes.
func paper(t *testing.T, stories int, body func(int) string) (url string, hung <-chan struct{}) {
	asked := make(chan struct{}, 100)
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var n int
		switch _, err := fmt.Sscanf(r.URL.Path, "/story-%d", &n); {
		case r.URL.Path == "/feed.xml":
			fmt.Fprint(w, `<rss version="2.0"><channel><title>News</title>`)
			for i := range stories {
				fmt.Fprintf(w, "<item><title>Story %d</title><link>http://%s/story-%d</link></item>", i, r.Host, i)
			}
			fmt.Fprint(w, "</channel></rss>")
		case err != nil:
			http.NotFound(w, r)
		case body == nil:
			asked <- struct{}{}
			<-r.Context().Done()
		default:
			fmt.Fprintf(w, "<!doctype html><html lang=en><head><title>Story %[1]d</title></head><body><article><h1>Story %[1]d</h1>%[2]s</article></body></html>", n, body(n))
		}
	}))
	t.Cleanup(srv.Close)
	return srv.URL, asked
}

// fires are the rows of schedule history, oldest first: schedule, cause, status, why.
func fires(t *testing.T, dir string) []string {
	t.Helper()
	var list []string
	for row := range strings.Lines(string(pressmark(t, dir, "schedule", "history", "--json", "--limit", "1000"))) {
		var o struct{ Schedule, Cause, Status, Why string }
		if err := json.Unmarshal([]byte(row), &o); err != nil {
			t.Fatal(err)
		}
		list = append(list, strings.Join([]string{o.Schedule, o.Cause, o.Status, o.Why}, "|"))
	}
	slices.Reverse(list)
	return list
}

func write(t *testing.T, dir, text string, args ...any) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, configName), fmt.Appendf(nil, text, args...), 0o644); err != nil {
		t.Fatal(err)
	}
}

// untilFires waits until schedule history has rows that begin so.
func untilFires(t *testing.T, dir string, prefixes ...string) {
	t.Helper()
	for began := time.Now(); ; time.Sleep(100 * time.Millisecond) {
		list := fires(t, dir)
		missing := slices.DeleteFunc(slices.Clone(prefixes), func(p string) bool { return hasPrefix(list, p) })
		if len(missing) == 0 {
			return
		}
		if time.Since(began) > 2*time.Minute {
			t.Fatalf("no %q in the history:\n%s", missing, strings.Join(list, "\n"))
		}
	}
}

func hasPrefix(list []string, prefix string) bool {
	return slices.ContainsFunc(list, func(s string) bool { return strings.HasPrefix(s, prefix) })
}

// The daemon crawls one site although another hangs, skips what overlaps,
// makes up for what it missed, and ends at once when it is told to; after a
// death without warning the next one says so.
func TestDaemon(t *testing.T) {
	t.Parallel()
	slow, hung := paper(t, 3, nil)
	quick, _ := paper(t, 3, func(n int) string { return fmt.Sprintf("<p>The harbour bridge was closed on day %d.</p>", n) })
	dir := t.TempDir()
	write(t, dir, `crawl: {delay: 0s, private_networks: allow, timeout: 10m}
sites:
  - {url: "%[1]s", name: Slow, every: 1s, feeds: ["%[1]s/feed.xml"]}
  - {url: "%[2]s", name: Quick, every: 1s, feeds: ["%[2]s/feed.xml"]}
  - {url: "%[2]s", name: Missed, every: 3h, feeds: ["%[2]s/feed.xml"]}
`, slow, quick)

	// Nobody ran for some hours.
	store, err := archive.Create(filepath.Join(dir, "archive"), archive.Options{})
	if err != nil {
		t.Fatal(err)
	}
	planned := time.Now().Add(-5 * time.Hour).Truncate(time.Second)
	if _, err := store.NewRun(context.Background(), archive.Run{
		Schedule: "Missed", Cause: "every", Status: "done", Planned: planned, Started: planned, Ended: planned, Sites: []archive.SiteRun{{Site: "Missed"}},
	}); err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}

	d := startDaemon(t, dir, "pressmark", "run", "-v") // which tells of rounds that find nothing due
	d.asks(hung)
	d.until(2, "Quick")
	untilFires(t, dir, "Slow|every|skipped|the run of ", "Missed|catch-up|done|late by 2h")
	if code := d.stop(os.Interrupt); code != exitInterrupted {
		t.Errorf("exit code %d: %s", code, d.talk.String())
	}
	pressmark(t, dir, "verify", "--deep")
	list := fires(t, dir)
	for _, want := range []string{
		"Slow|every|cancelled|the program was stopped",
		"Slow|every|skipped|the run of ",
		"Quick|every|done|",
		"Missed|catch-up|done|late by 2h",
	} {
		if !hasPrefix(list, want) {
			t.Errorf("no %q in the history:\n%s", want, strings.Join(list, "\n"))
		}
	}
	shown := string(pressmark(t, dir, "runs", "ls"))
	for _, want := range []string{"every Slow, cancelled: the program was stopped, took ", "every Slow, skipped: the run of ", "catch-up Missed, late by 2h"} {
		if !strings.Contains(shown, want) {
			t.Errorf("runs ls does not say %q:\n%s", want, shown)
		}
	}

	for len(hung) > 0 {
		<-hung
	}
	d = startDaemon(t, dir, "pressmark", "run")
	d.asks(hung)
	d.stop(os.Kill)
	d = startDaemon(t, dir, "pressmark", "run", "-v")
	d.until(1, "Quick")
	d.stop(syscall.SIGTERM)
	if list = fires(t, dir); !slices.Contains(list, "Slow|every|interrupted|the program died meanwhile") {
		t.Errorf("the history does not know of the death:\n%s", strings.Join(list, "\n"))
	}
	pressmark(t, dir, "verify", "--deep")
}

// A daemon that has done all says until when nothing is due, once, and no word
// of the rounds that find nothing to do.
func TestDaemonIdle(t *testing.T) {
	t.Parallel()
	url, _ := paper(t, 3, func(n int) string {
		return strings.Repeat(fmt.Sprintf("<p>The bridge of harbour %d was closed after the storm, the council said on Monday, and will not open before the piers have been looked at by divers.</p>", n), 4)
	})
	dir := t.TempDir()
	write(t, dir, "crawl: {delay: 0s, private_networks: allow}\nsites: [{url: \"%[1]s\", name: Gazette, every: 1s, feeds: [\"%[1]s/feed.xml\"]}]\n", url)
	d := startDaemon(t, dir, "sh", "-c", "exec pressmark run --log-file run.log 2>&1")
	d.until(1, "Gazette  ")
	d.until(1, "nothing is due until ")
	for before := len(fires(t, dir)); len(fires(t, dir)) < before+3; {
		time.Sleep(100 * time.Millisecond)
	}
	if err := d.cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	for row := range d.out {
		if strings.Contains(row, "Gazette") || strings.Contains(row, "nothing is due") {
			t.Errorf("it said %q", row)
		}
	}
	log, err := os.ReadFile(filepath.Join(dir, "run.log"))
	if err != nil || strings.Count(string(log), "msg=crawled") != 1 {
		t.Errorf("the log, %v:\n%s", err, log)
	}
}

// A full disk pauses the crawl, which is told once; the daemon lives on, and
// asks nobody for what it could not keep.
func TestDaemonFullDisk(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("no ulimit")
	}
	var mu sync.Mutex
	asked := 0
	count := func() int {
		mu.Lock()
		defer mu.Unlock()
		return asked
	}
	noise := rand.NewChaCha8([32]byte{1})
	url, _ := paper(t, 50, func(int) string {
		mu.Lock()
		defer mu.Unlock()
		asked++
		b := make([]byte, 150_000)
		noise.Read(b)
		return "<!--" + hex.EncodeToString(b) + "-->" + strings.Repeat("<p>The harbour bridge was closed after the storm, the council said on Monday, and will not open before the piers have been looked at by divers.</p>", 4)
	})
	dir := t.TempDir()
	write(t, dir, "crawl: {delay: 0s, private_networks: allow}\nsites: [{url: \"%[1]s\", name: Large, every: 1h, feeds: [\"%[1]s/feed.xml\"]}]\n", url)
	d := startDaemon(t, dir, "sh", "-c", "ulimit -f 10000; exec pressmark run 2>&1")
	d.until(1, "no room on the disk")
	before := count()
	d.stop(os.Interrupt)
	if n := count(); n > before+1 || n >= 60 { // one may have been under way
		t.Errorf("%d pages were asked for, %d of them after the disk was full", n, n-before)
	}
	if list := fires(t, dir); len(list) != 1 {
		t.Errorf("the history says %q", list)
	}
	pressmark(t, dir, "verify", "--deep")
	pressmark(t, dir, "crawl", "-q")
	if out := string(pressmark(t, dir, "runs", "show")); !strings.Contains(out, "50 pages") {
		t.Errorf("with room again:\n%s", out)
	}
}
