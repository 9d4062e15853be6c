package crawler_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pressmark/crawler"
)

// Between any two requests to a server lies its delay, whatever they are for:
// robots.txt, lists, pages, the hops of a redirect, the next round.
func TestDelay(t *testing.T) {
	const text = `
-- A/ --
200
Content-Type: text/html

<html><head><link rel=alternate type="application/rss+xml" href="/a.xml"></head></html>
-- A/one --
302
Location: /consent?return=/one

-- A/consent?return=/one --
200

we value your privacy
-- A/two --
503

`
	for _, tt := range []struct {
		name   string
		site   time.Duration
		robots string
		want   time.Duration
	}{
		{"the site's own", 2 * time.Second, "301\nLocation: /rules.txt\n\n", 2 * time.Second},
		{"what robots.txt asks for", 2 * time.Second, "200\n\nUser-agent: *\nCrawl-delay: 45\n", 45 * time.Second},
		{"the site's own, when that is longer", time.Minute, "200\n\nUser-agent: *\nCrawl-delay: 1\n", time.Minute},
		{"none", 0, "404\n\n", 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t, text+entry("A/robots.txt", tt.robots)+entry("A/a.xml", feed("$A/one", "$A/two", "$A/three")))
			site := crawler.Site{Delay: tt.site}
			w.round(site, crawler.All)
			w.clock.turn(tt.want / 2) // so that the next round begins too soon
			w.round(site, crawler.All)
			list := w.requests()
			if tt.want > 0 && len(list) < 10 {
				t.Errorf("only %d requests", len(list))
			}
			drawn := map[time.Duration]bool{}
			for i, a := range list[1:] {
				gap := a.at.Sub(list[i].at)
				if gap < tt.want || gap > tt.want+tt.want/5+time.Millisecond {
					t.Errorf("%v after %s, %s", gap, list[i].path, a.path)
				}
				drawn[gap] = true
			}
			if tt.want > 0 && len(drawn) < 3 {
				t.Errorf("the pauses have a beat: %v", drawn)
			}
			w.alone()
		})
	}
}

// A server that asks for an hour between two requests is asked once a round,
// and the run says why.
func TestLongDelay(t *testing.T) {
	w := newWorld(t, entry("A/robots.txt", "200\n\nUser-agent: *\nCrawl-delay: 3600\n")+entry("A/a.xml", feed("$A/one", "$A/two")))
	site := crawler.Site{Feeds: []string{"$A/a.xml"}}
	for round, want := range [][]string{{"/robots.txt"}, {"/a.xml"}, {"/one"}, {"/two"}} {
		began := w.clock.now()
		n := w.round(site, crawler.Due)
		if !w.clock.now().Equal(began) {
			t.Errorf("round %d waited for %v, and kept others waiting", round, w.clock.now().Sub(began))
		}
		var got []string
		for _, r := range w.requests() {
			got = append(got, strings.TrimPrefix(r.path, "A"))
		}
		if !slices.Equal(got, want) {
			t.Errorf("round %d asked for %v, want %v", round, got, want)
		}
		if n.Skipped["pace"] == 0 || !strings.Contains(n.Note, "1h0m0s") {
			t.Errorf("round %d skipped %v, note %q", round, n.Skipped, n.Note)
		}
		w.clock.turn(73 * time.Minute)
	}
}

func TestPauses(t *testing.T) {
	const sorry = "503\n\n"
	pages := func(answers ...string) (text string) {
		var urls []string
		for i, a := range answers {
			urls = append(urls, fmt.Sprintf("$A/%d", i))
			text += entry(fmt.Sprintf("A/%d", i), a)
		}
		return text + entry("A/a.xml", feed(urls...))
	}
	at := func(d time.Duration) string { return morning.Add(d).Format(http.TimeFormat) }
	for _, tt := range []struct {
		name    string
		text    string
		asked   []string
		last    time.Duration // when the last request came
		blocked string
		failed  map[string]int
		next    []string // asked for by a round ten minutes later
	}{
		{
			name:  "short, in seconds: waited for, and asked again",
			text:  pages("503\nRetry-After: 20\n\n") + entry("A/0", "200\n\nnews"),
			asked: []string{"/a.xml", "/0", "/0"}, last: 20 * time.Second,
		},
		{
			name:  "short, as a date",
			text:  pages("429\nRetry-After: "+at(25*time.Second)+"\n\n") + entry("A/0", "200\n\nnews"),
			asked: []string{"/a.xml", "/0", "/0"}, last: 25 * time.Second,
		},
		{
			name:  "short, again and again",
			text:  pages("503\nRetry-After: 1\n\n", "200\n\nnews"),
			asked: []string{"/a.xml", "/0", "/1", "/0"}, last: time.Second, failed: map[string]int{"503": 1},
			blocked: "the server answered 503 and asks to come back later, left alone until 2026-03-02 06:00:02 UTC",
			next:    []string{"/0"}, // and no longer believed
		},
		{
			name:  "long: nothing more of this server",
			text:  pages("503\nRetry-After: 3600\n\n", "200\n\nnews"),
			asked: []string{"/a.xml", "/0"}, failed: map[string]int{"503": 1},
			blocked: "the server answered 503 and asks to come back later, left alone until 2026-03-02 07:00:00 UTC",
		},
		{
			name:  "too many requests, without a time",
			text:  pages("429\n\n", "200\n\nnews"),
			asked: []string{"/a.xml", "/0"}, failed: map[string]int{"429": 1},
			blocked: "the server answered 429: too many requests, left alone until 2026-03-02 06:05:00 UTC",
			next:    []string{"/0", "/1"}, // and it says so again
		},
		{
			name:  "five failures in a row",
			text:  pages("200\n\nnews", sorry, sorry, sorry, sorry, sorry, "200\n\nnews"),
			asked: []string{"/a.xml", "/0", "/1", "/2", "/3", "/4", "/5"}, failed: map[string]int{"503": 5},
			blocked: "5 requests in a row failed (503), left alone until 2026-03-02 06:30:00 UTC",
		},
		{
			name:  "failures now and then",
			text:  pages(sorry, sorry, sorry, "200\n\nnews", sorry, sorry, sorry),
			asked: []string{"/a.xml", "/0", "/1", "/2", "/3", "/4", "/5", "/6"}, failed: map[string]int{"503": 6},
		},
		{
			name:    "forbidden, again and again",
			text:    pages("403\n\n", "403\n\n", "403\n\n", "403\n\n", "403\n\n", "200\n\nnews"),
			asked:   []string{"/a.xml", "/0", "/1", "/2", "/3", "/4"},
			blocked: "5 requests in a row failed (403), left alone until 2026-03-02 06:30:00 UTC",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t, tt.text)
			site := crawler.Site{Feeds: []string{"$A/a.xml"}}
			n := w.round(site, crawler.All)
			list := w.requests()
			if last := list[len(list)-1].at.Sub(morning); last != tt.last {
				t.Errorf("the last request came after %v, want %v", last, tt.last)
			}
			w.asked = list
			if diff := cmp.Diff(tt.asked, w.paths()); diff != "" {
				t.Errorf("asked for (-want +got):\n%s", diff)
			}
			if !leftAlone(n.Blocked, tt.blocked) {
				t.Errorf("blocked: %q, want %q", n.Blocked, tt.blocked)
			}
			if diff := cmp.Diff(tt.failed, n.Failed); diff != "" {
				t.Errorf("failed (-want +got):\n%s", diff)
			}
			w.clock.turn(10 * time.Minute)
			w.round(site, crawler.All)
			next := w.paths()
			if tt.blocked == "" && tt.next == nil {
				return
			}
			slices.Sort(next)
			slices.Sort(tt.next)
			if !slices.Equal(next, tt.next) {
				t.Errorf("ten minutes later: %v, want %v", next, tt.next)
			}
		})
	}
}

// sentence is how a time stands in what a run says.
const sentence = "2006-01-02 15:04:05 MST"

// leftAlone compares what a run says of a group that is left alone: the time
// until when may be drawn out by a fifth.
func leftAlone(got, want string) bool {
	const format = ", left alone until "
	gotWhy, gotUntil, _ := strings.Cut(got, format)
	wantWhy, wantUntil, _ := strings.Cut(want, format)
	a, aerr := time.Parse(sentence, gotUntil)
	b, berr := time.Parse(sentence, wantUntil)
	if aerr != nil || berr != nil {
		return got == want
	}
	off := b.Sub(morning)
	return gotWhy == wantWhy && !a.Before(b) && a.Sub(b) <= off/5+time.Second
}

// A robots.txt that cannot be read means that nothing is asked for.
func TestRobotsUnreadable(t *testing.T) {
	w := newWorld(t, entry("A/robots.txt", "503\n\n")+entry("A/robots.txt", "404\n\n")+entry("A/a.xml", feed("$A/one")))
	site := crawler.Site{Feeds: []string{"$A/a.xml"}}
	n := w.round(site, crawler.All)
	if got := w.paths(); got != nil || n.Skipped["robots unreadable"] != 1 || n.Requests != 1 {
		t.Errorf("asked for %v, %+v", got, n)
	}
	w.clock.turn(time.Hour)
	w.round(site, crawler.Due)
	if got := w.paths(); !slices.Equal(got, []string{"/a.xml", "/one"}) {
		t.Errorf("an hour later asked for %v", got)
	}
}

func TestBudget(t *testing.T) {
	var urls []string
	for i := range 10 {
		urls = append(urls, fmt.Sprintf("$A/%d", i))
	}
	w := newWorld(t, entry("A/a.xml", feed(urls...))+entry("A/a.xml", feed(append([]string{"$A/fresh"}, urls...)...)))
	site := crawler.Site{Feeds: []string{"$A/a.xml"}, MaxPages: 4}
	n := w.round(site, crawler.Due)
	if diff := cmp.Diff([]string{"/a.xml", "/0", "/1", "/2", "/3"}, w.paths()); diff != "" {
		t.Errorf("asked for (-want +got):\n%s", diff)
	}
	if n.Pages != 4 || n.Listed != 10 || n.Skipped["budget"] != 6 {
		t.Errorf("%d pages of %d listed, skipped %v", n.Pages, n.Listed, n.Skipped)
	}

	// The rest comes in the next rounds; a run that was interrupted has spent its part already.
	w.clock.turn(2 * time.Minute)
	run := w.run()
	run.Sites = append(run.Sites, n)
	run.Sites[0].Pages = 1
	if _, err := w.crawler.Round(context.Background(), run, []crawler.Site{w.site(site)}, crawler.Due); err != nil {
		t.Fatal(err)
	}
	if got := w.paths(); !slices.Equal(got, []string{"/4", "/5", "/6"}) {
		t.Errorf("then asked for %v", got)
	}
}

// Two rounds at once, of sites on the same server, take turns.
func TestTwoRounds(t *testing.T) {
	text := ""
	for _, letter := range []string{"x", "y"} {
		var urls []string
		for i := range 10 {
			urls = append(urls, fmt.Sprintf("$A/%s/%d", letter, i))
			text += entry(fmt.Sprintf("A/%s/%d", letter, i), "200\n\nnews")
		}
		text += entry("A/"+letter+".xml", feed(urls...))
	}
	var clock *clock
	w := newWorld(t, text, func(o *crawler.Options) {
		o.Sleep = func(ctx context.Context, d time.Duration) error {
			if d != time.Second {
				return clock.sleep(ctx, d)
			}
			<-ctx.Done() // behind the other round: its bell wakes us
			return ctx.Err()
		}
	})
	clock = w.clock
	var rounds sync.WaitGroup
	for _, letter := range []string{"x", "y"} {
		site, run := w.site(crawler.Site{Name: letter, Feeds: []string{"$A/" + letter + ".xml"}, Delay: 2 * time.Second}), w.run()
		rounds.Go(func() {
			n, err := w.crawler.Round(context.Background(), run, []crawler.Site{site}, crawler.All)
			if err != nil || n[0].Pages != 10 {
				t.Errorf("%+v, %v", n, err)
			}
		})
	}
	rounds.Wait()
	w.alone()
	list := w.requests()
	for i, a := range list[1:] {
		if gap := a.at.Sub(list[i].at); gap < 2*time.Second {
			t.Errorf("%v after %s, %s", gap, list[i].path, a.path)
		}
	}
	if len(list) != 23 { // with robots.txt
		t.Errorf("%d requests", len(list))
	}
}

// A server that never answers keeps no other site waiting.
func TestDeadServer(t *testing.T) {
	var urls []string
	text := entry("B/", page())
	for i := range 40 {
		urls = append(urls, fmt.Sprintf("$A/%d", i))
		text += entry(fmt.Sprintf("A/%d", i), "200\n\nnews")
	}
	claims := &counted{}
	w := newWorld(t, text+entry("A/a.xml", feed(urls...)), func(o *crawler.Options) {
		claims.Frontier = o.Frontier
		o.Frontier = claims
	})
	ctx, cancel := context.WithCancel(context.Background())
	var once sync.Once
	done := make(chan struct{})
	w.before = func(path string, r *http.Request) {
		switch path {
		case "B/robots.txt": // hangs until the other site is through, and for ever
			<-done
			cancel()
			<-r.Context().Done()
		case "A/39":
			once.Do(func() { close(done) })
		}
	}
	sites := []crawler.Site{
		w.site(crawler.Site{Name: "dead", URL: "$B/", Delay: time.Second}),
		w.site(crawler.Site{Name: "alive", Feeds: []string{"$A/a.xml"}, Delay: time.Second}),
	}
	if _, err := w.crawler.Round(ctx, w.run(), sites, crawler.All); !errors.Is(err, context.Canceled) {
		t.Errorf("the round ended with %v", err)
	}
	if got := len(w.captures()); got < 39 {
		t.Errorf("%d captures", got)
	}
	if n := claims.claims.Load(); n > 300 {
		t.Errorf("%d claims for 42 requests", n)
	}
}
