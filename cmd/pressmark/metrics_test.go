package main

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"pressmark/archive"
	"pressmark/crawler"
	"pressmark/schedules"
)

// What a daemon tells Prometheus after a crawl is right, is all in the help,
// and can't be made longer by a site.
func TestMetrics(t *testing.T) {
	p := &aPaper{at: firstMonday.Add(20 * time.Hour), silent: firstMonday.AddDate(1, 0, 0), again: firstMonday.AddDate(1, 0, 0)}
	srv := httptest.NewServer(p)
	defer srv.Close()
	c := &cli{color: "never", ctx: t.Context()}
	var talk bytes.Buffer
	if err := c.begin(io.Discard, &talk); err != nil {
		t.Fatal(err)
	}
	conf := defaultConfig()
	conf.of, conf.zone, conf.Archive = c, time.UTC, filepath.Join(t.TempDir(), "archive")
	conf.Crawl.PrivateNetworks, conf.Crawl.Delay = "allow", 0
	conf.Sites = []siteConfig{
		{URL: srv.URL + "/", Name: "Paper", Feeds: []string{srv.URL + "/feed.xml"}, Delay: unset},
		{URL: "http://127.0.0.1:1/", Name: "Dead", Delay: unset},
	}
	counts := newMeter()
	counts.know(conf)
	space := &room{log: slog.New(slog.DiscardHandler), done: t.Context().Done()}
	s, err := c.session(conf, sessionOptions{holder: "test", daemon: true, room: space, meter: counts, now: p.now, sleep: p.sleep})
	if err != nil {
		t.Fatal(err)
	}
	defer s.close()
	watched, err := watchSites(t.Context(), s.store, p.now(), c.log, func() *time.Location { return time.UTC })
	if err != nil {
		t.Fatal(err)
	}
	s.look(watched)
	paused := &pauseWatch{path: filepath.Join(conf.Archive, pausesName), conf: func() *config { return conf }, log: func(err error) { t.Error(err) }}
	page := newMetricsPage(c, counts, newGauges(s.engine, conf.Archive, space, watched, func() *config { return conf }, paused), "")
	defer page.close()
	if err := page.serve("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	get := func(path string) (int, string) {
		t.Helper()
		res, err := http.Get("http://" + page.l.address() + path)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		b, err := io.ReadAll(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		return res.StatusCode, string(b)
	}
	run, _, err := s.openRun(t.Context(), archive.Run{Cause: "manual"}, conf.sites())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.round(t.Context(), run, conf.sites(), crawler.Due); err != nil {
		t.Fatal(err)
	}
	for i := range 1000 { // what a site could send
		counts.asked(crawler.Event{Site: strings.Repeat("x", i), Kind: "page", Status: i * 37})
		counts.crawled([]archive.SiteRun{{Site: "Paper", Skipped: map[string]int{strings.Repeat("y", i): 1}, Failed: map[string]int{strings.Repeat("z", i+50): 1}}})
	}
	counts.fired(schedules.Fire{Schedule: "Paper", Status: schedules.Missed})

	for _, out := range []delivery{{Report: "Desk", kind: "mail", Messages: 2}, {Report: "Desk", kind: "mail"}, {Report: "Desk", kind: "slack", err: errors.New("no answer")}} {
		counts.told(out)
	}

	status, text := get("/metrics")
	if status != 200 {
		t.Fatalf("status %d: %s", status, text)
	}
	for _, want := range []string{
		`pressmark_requests_total{class="2xx",reason="",site="Paper"} [1-9]`,
		`pressmark_received_bytes_total{site="Paper"} [1-9]`,
		`pressmark_request_seconds_count{kind="feed"} [1-9]`,
		`pressmark_captures_read_total{outcome="new"} 7`,
		`pressmark_versions_total 7`,
		`pressmark_failed_total{reason="connection-refused",site="Dead"} 1`,
		`pressmark_runs_total{outcome="done",schedule=""} 1`,
		`pressmark_runs_total{outcome="missed",schedule="Paper"} 1`,
		`pressmark_reports_total{kind="mail",outcome="told",report="Desk"} 1`,
		`pressmark_reports_total{kind="mail",outcome="nothing",report="Desk"} 1`,
		`pressmark_reports_total{kind="slack",outcome="failed",report="Desk"} 1`,
		`pressmark_archive_records{kind="versions"} 7`,
		`pressmark_archive_volumes 1`,
		`pressmark_queue_pages{state="waiting"} [1-9]`,
		`pressmark_ingest_behind_captures 0`,
		`pressmark_site_last_success_timestamp_seconds{site="Paper"} 1.77`,
		`pressmark_site_last_success_timestamp_seconds{site="Dead"} 0`,
		`pressmark_site_quiet{site="Paper"} 0`,
		`pressmark_site_paused{site="Dead"} 0`,
		`pressmark_waiting_for_room 0`,
		`go_goroutines [1-9]`,
	} {
		if !regexp.MustCompile("(?m)^" + strings.NewReplacer("{", `\{`, "}", `\}`).Replace(want)).MatchString(text) {
			t.Errorf("no %s", want)
		}
	}
	var documented, told []string
	for _, m := range measures() {
		documented = append(documented, m.name)
	}
	for _, m := range regexp.MustCompile(`(?m)^# TYPE (pressmark_\w+)`).FindAllStringSubmatch(text, -1) {
		told = append(told, m[1])
		if !slices.Contains(documented, m[1]) {
			t.Errorf("%s is not in the help", m[1])
		}
	}
	for _, name := range documented {
		if !slices.Contains(told, name) && name != "pressmark_changes_total" { // nothing was changed yet
			t.Errorf("%s is in the help, and not told", name)
		}
	}
	if n := strings.Count(text, "\n"); n > 500 {
		t.Errorf("%d lines: a site can make more labels", n)
	}

	if status, text := get("/healthz"); status != 200 || text != "ok\n" {
		t.Errorf("healthy: %d %q", status, text)
	}
	space.count(1, syscall.ENOSPC)
	if status, text := get("/healthz"); status != 503 || !strings.Contains(text, "disk is full") {
		t.Errorf("no room: %d %q", status, text)
	}
	space.count(-1, nil)
	if status, _ := get("/debug/pprof/"); status != 404 {
		t.Errorf("/debug/pprof/: %d", status)
	}

	// It goes where the configuration says next, and stays where it can't.
	old := page.l.address()
	taken := httptest.NewServer(nil)
	defer taken.Close()
	if err := page.serve(taken.Listener.Addr().String()); err == nil || page.l.address() != old {
		t.Errorf("an address that is taken: %v, %s", err, page.l.address())
	}
	if err := page.serve("0.0.0.0:" + portOf(old)); err != nil { // its own port, too
		t.Fatal(err)
	}
	if !strings.Contains(talk.String(), "whoever can reach this address") {
		t.Errorf("open to all, and nothing is said: %s", talk.String())
	}
	if err := page.serve("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	if _, err := http.Get("http://" + old + "/metrics"); err == nil {
		t.Error("the old address still answers")
	}
}

func TestMetricsAddress(t *testing.T) {
	for at, ok := range map[string]bool{
		"": true, "127.0.0.1:9187": true, "[::1]:9187": true, "localhost:0": true, "0.0.0.0:80": true,
		"9187": false, ":9187": false, "127.0.0.1": false, "example.org:80": false, "127.0.0.1:http": false, "127.0.0.1:123456": false,
	} {
		if bad := badAddress(at); (bad == "") != ok {
			t.Errorf("%q: %s", at, bad)
		}
	}
}

// A log goes on in a new file when its own was moved away.
func TestLogFileMoved(t *testing.T) {
	name := filepath.Join(t.TempDir(), "run.log")
	l, err := openLog(name)
	if err != nil {
		t.Fatal(err)
	}
	c := &cli{logFile: name, logFormat: "xml"}
	if _, err := c.newLog(); !errors.As(err, new(usageError)) {
		t.Errorf("a format that there is not: %v", err)
	}
	put := func(text string) {
		t.Helper()
		l.looked = time.Time{}
		if _, err := io.WriteString(l, text); err != nil {
			t.Fatal(err)
		}
	}
	put("one\n")
	if err := os.Rename(name, name+".1"); err != nil {
		t.Fatal(err)
	}
	put("two\n")
	for at, want := range map[string]string{name + ".1": "one\n", name: "two\n"} {
		if got, err := os.ReadFile(at); err != nil || string(got) != want {
			t.Errorf("%s: %q, %v", filepath.Base(at), got, err)
		}
	}
}
