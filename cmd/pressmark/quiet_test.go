package main

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"pressmark/archive"
	"pressmark/crawler"
)

// aPaper writes eight articles on a working day between 8 and 22, and one on a
// Saturday; no more after it has fallen silent, until it speaks again.
type aPaper struct {
	mu            sync.Mutex
	at            time.Time
	silent, again time.Time
}

var firstMonday = time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)

func (p *aPaper) now() time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.at
}

func (p *aPaper) sleep(_ context.Context, d time.Duration) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.at = p.at.Add(d)
	return nil
}

// written is how many articles there are at a time.
func (p *aPaper) written(now time.Time) (n int) {
	for at := firstMonday; !at.After(now); at = at.Add(time.Hour) {
		switch day, hour := at.Weekday(), at.Hour(); {
		case !at.Before(p.silent) && at.Before(p.again), day == time.Sunday:
		case day == time.Saturday && hour == 10, day != time.Saturday && hour >= 8 && hour < 24 && hour%2 == 0:
			n++
		}
	}
	return n
}

func (p *aPaper) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	n, all := 0, p.written(p.now())
	_, err := fmt.Sscanf(r.URL.Path, "/story-%d", &n)
	switch {
	case r.URL.Path == "/feed.xml":
		w.Header().Set("Content-Type", "application/rss+xml")
		fmt.Fprint(w, `<rss version="2.0"><channel><title>News</title>`)
		for i := max(0, all-20); i < all; i++ {
			fmt.Fprintf(w, "<item><title>Story %d</title><link>http://%s/story-%d</link></item>", i, r.Host, i)
		}
		fmt.Fprint(w, "</channel></rss>")
	case err != nil || n >= all:
		http.NotFound(w, r)
	default:
		fmt.Fprintf(w, `<!doctype html><html lang=en><head><title>Story %[1]d</title></head><body><article><h1>Story %[1]d of the harbour</h1>
<p>The harbour master counted %[1]d ships before noon and said that the pier would stay open until the evening, as it does each day of the season.</p>
<p>Nobody was hurt. The council will hear of it in its sitting number %[1]d, which is public, and the minutes are kept in the town hall.</p></article></body></html>`, n)
	}
}

// A paper's rhythm is learned from real crawls of a virtual fortnight: nobody
// complains of its weekends, its silence is noticed, and that it has ended.
func TestQuietSite(t *testing.T) {
	day := 24 * time.Hour
	p := &aPaper{at: firstMonday, silent: firstMonday.Add(14*day + 12*time.Hour), again: firstMonday.Add(17 * day)}
	srv := httptest.NewServer(p)
	defer srv.Close()
	c := &cli{color: "never", ctx: t.Context()}
	var talk bytes.Buffer
	if err := c.begin(&bytes.Buffer{}, &talk); err != nil {
		t.Fatal(err)
	}
	conf := defaultConfig()
	conf.of, conf.zone, conf.Archive = c, time.UTC, filepath.Join(t.TempDir(), "archive")
	conf.Crawl.PrivateNetworks, conf.Crawl.Delay = "allow", 0
	conf.Sites = []siteConfig{{URL: srv.URL + "/", Name: "Paper", Feeds: []string{srv.URL + "/feed.xml"}, Delay: unset}}
	s, err := c.session(conf, sessionOptions{holder: "test", daemon: true, now: p.now, sleep: p.sleep})
	if err != nil {
		t.Fatal(err)
	}
	defer s.close()
	watched, err := watchSites(t.Context(), s.store, p.now(), c.log, func() *time.Location { return time.UTC })
	if err != nil {
		t.Fatal(err)
	}
	s.look(watched)
	var heard, ended time.Time
	for at := firstMonday; at.Before(firstMonday.Add(18 * day)); at = at.Add(8 * time.Hour) {
		p.mu.Lock()
		p.at = at
		p.mu.Unlock()
		run, _, err := s.openRun(t.Context(), archive.Run{Cause: "manual"}, conf.sites())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.round(t.Context(), run, conf.sites(), crawler.Due); err != nil {
			t.Fatal(err)
		}
		q, is := watched.silence("Paper")
		switch {
		case is && heard.IsZero():
			heard = at
			if text := q.String(); !strings.Contains(text, "none for") || !strings.Contains(text, "new pages a day") {
				t.Errorf("it is said so: %s", text)
			}
			t.Logf("after %v: %s", at.Sub(p.silent), q)
		case !is && !heard.IsZero() && ended.IsZero():
			ended = at
		}
	}
	if wait := heard.Sub(p.silent); heard.IsZero() || wait < 0 || wait > 2*day {
		t.Errorf("the paper is silent from %s on; said on %s", p.silent, heard)
	}
	if ended.Before(p.again) {
		t.Errorf("it writes again from %s on; said on %s", p.again, ended)
	}
	if n := strings.Count(talk.String(), "a site went quiet"); n != 1 {
		t.Errorf("logged %d times: %s", n, talk.String())
	}
	m, err := readRhythms(t.Context(), s.store, p.silent.Add(2*day))
	if err != nil {
		t.Fatal(err)
	}
	if _, is := m.of("Paper").quiet(time.UTC); is {
		t.Error("the archive remembers a silence that has ended")
	}
}

func TestRhythm(t *testing.T) {
	const hour = time.Hour
	// crawls makes a rhythm of crawls every so often, each with the pages that
	// came since the one before.
	crawls := func(days int, every time.Duration, fresh func(time.Time) int) *rhythm {
		r := &rhythm{}
		for at := firstMonday; at.Before(firstMonday.Add(time.Duration(days) * 24 * hour)); at = at.Add(every) {
			if n := fresh(at); n >= 0 {
				r.add(at, archive.SiteRun{Site: "x", Requests: 3, Listed: 20, Outcomes: map[archive.Outcome]int{archive.New: n}})
			}
		}
		return r
	}
	daytime := func(at time.Time) int {
		if h := at.Hour(); h < 7 || h > 21 {
			return 0
		}
		return 2
	}
	until := func(day int, f func(time.Time) int) func(time.Time) int {
		return func(at time.Time) int {
			if !at.Before(firstMonday.Add(time.Duration(day) * 24 * hour)) {
				return 0
			}
			return f(at)
		}
	}
	for _, x := range []struct {
		name string
		r    *rhythm
		want bool
	}{
		{"writes by day", crawls(14, hour, daytime), false},
		{"the nights are no silence", crawls(15, hour, func(at time.Time) int {
			if at.After(firstMonday.Add(14*24*hour + 6*hour)) {
				return -1
			}
			return daytime(at)
		}), false},
		{"stops", crawls(15, hour, until(14, daytime)), true},
		{"stops, crawled each minute", crawls(9, time.Minute, until(8, func(at time.Time) int {
			if at.Minute() != 0 {
				return 0
			}
			return daytime(at)
		})), true},
		{"too young to say", crawls(5, hour, until(4, daytime)), false},
		{"rests on weekends", crawls(14, 6*hour, func(at time.Time) int {
			if d := at.Weekday(); d == time.Saturday || d == time.Sunday {
				return 0
			}
			return daytime(at)
		}), false},
		{"a magazine of one issue a week", crawls(26, 12*hour, func(at time.Time) int {
			if at.Weekday() == time.Thursday && at.Hour() == 12 {
				return 12
			}
			return 0
		}), false},
		{"pressmark was away", crawls(16, hour, func(at time.Time) int {
			if d := at.Sub(firstMonday); d > 12*24*hour && d < 15*24*hour+20*hour {
				return -1
			}
			return until(12, daytime)(at)
		}), false},
		{"a large beginning is no rhythm", crawls(14, hour, func(at time.Time) int {
			if d := at.Sub(firstMonday); d < 10*hour {
				return 500
			}
			if at.Hour() == 9 {
				return 1
			}
			return 0
		}), false},
		{"nothing ever", crawls(14, hour, func(time.Time) int { return 0 }), false},
		{"never crawled", &rhythm{}, false},
	} {
		q, is := x.r.quiet(time.UTC)
		if is != x.want {
			t.Errorf("%s: %v: expected %.1f, longest gap %v", x.name, is, q.Expected, q.Longest)
		}
		if n := len(x.r.beats); n > 2*28*24 {
			t.Errorf("%s: %d beats are kept", x.name, n)
		}
	}
}
