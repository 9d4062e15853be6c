package crawler_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"pressmark/archive"
	"pressmark/crawler"
	"pressmark/crawler/frontier"
)

// counted counts the claims.
type counted struct {
	frontier.Frontier
	claims atomic.Int64
}

func (c *counted) Claim(ctx context.Context, q frontier.Claim) (*frontier.Lease, error) {
	c.claims.Add(1)
	return c.Frontier.Claim(ctx, q)
}

// dying forgets what it is told after some time, as after a kill: leases are
// out and what came of them is not written down.
type dying struct {
	frontier.Frontier
	left atomic.Int64
}

var errKilled = errors.New("killed")

func (d *dying) Complete(ctx context.Context, l *frontier.Lease, b frontier.Batch) error {
	if d.left.Add(-1) < 0 {
		d.Frontier.Complete(ctx, l, frontier.Batch{})
		return errKilled
	}
	return d.Frontier.Complete(ctx, l, b)
}

// stories is a feed of n pages and the pages.
func stories(n int) string {
	var urls []string
	text := ""
	for i := range n {
		urls = append(urls, fmt.Sprintf("$A/%d", i))
		text += entry(fmt.Sprintf("A/%d", i), fmt.Sprintf("200\n\nnews %d", i))
	}
	return text + entry("A/a.xml", feed(urls...))
}

// A round that was killed goes on where it stood, and asks for no page again
// that the archive has.
func TestKilledRound(t *testing.T) {
	for lives := range int64(6) {
		t.Run(fmt.Sprint(lives), func(t *testing.T) {
			d := &dying{}
			w := newWorld(t, stories(40), func(o *crawler.Options) {
				d.Frontier = o.Frontier
				o.Frontier = d
			})
			d.left.Store(lives)
			site, run, ctx := w.site(crawler.Site{Feeds: []string{"$A/a.xml"}}), w.run(), context.Background()
			for range 3 {
				if _, err := w.crawler.Round(ctx, run, []crawler.Site{site}, crawler.All); err == nil {
					break
				} else if !errors.Is(err, errKilled) {
					t.Fatal(err)
				}
				d.left.Store(lives + 1)
				w.clock.turn(time.Minute)
			}
			d.left.Store(1000)
			if _, err := w.crawler.Round(ctx, run, []crawler.Site{site}, crawler.All); err != nil {
				t.Fatal(err)
			}
			times := map[string]int{}
			for _, p := range w.paths() {
				times[p]++
			}
			delete(times, "/a.xml") // of which the archive keeps nothing
			for p, n := range times {
				if n != 1 {
					t.Errorf("%s was asked for %d times", p, n)
				}
			}
			if len(times) != 40 {
				t.Errorf("%d pages were asked for", len(times))
			}
		})
	}
}

// A round that is interrupted ends at once, whatever it waits for, and what it
// did is neither lost nor done again.
func TestInterrupted(t *testing.T) {
	for _, where := range []string{"in a long delay", "at a slow server", "at a slow robots.txt", "in a pause that a server asks for", "behind another round"} {
		t.Run(where, func(t *testing.T) {
			ctx, cancel := context.WithCancel(context.Background())
			defer cancel()
			var w *world
			calm := func(o *crawler.Options) {}
			site := crawler.Site{Feeds: []string{"$A/a.xml"}}
			text := stories(3)
			sleepless := func(sctx context.Context, d time.Duration) error { // sleeps until it is interrupted
				cancel()
				<-sctx.Done()
				return sctx.Err()
			}
			var before func(string, *http.Request)
			hang := func(at string) {
				before = func(path string, r *http.Request) {
					if path == at && ctx.Err() == nil {
						cancel()
						<-r.Context().Done()
					}
				}
			}
			switch where {
			case "in a long delay":
				site.Delay = time.Minute
				calm = func(o *crawler.Options) {
					o.Sleep = func(sctx context.Context, d time.Duration) error {
						if len(w.captures()) < 1 {
							return w.clock.sleep(sctx, d)
						}
						return sleepless(sctx, d)
					}
				}
			case "at a slow server":
				hang("A/1")
			case "at a slow robots.txt":
				hang("A/robots.txt")
			case "in a pause that a server asks for":
				text = entry("A/1", "503\nRetry-After: 10\n\n") + text
				calm = func(o *crawler.Options) { o.Sleep = sleepless }
			case "behind another round":
				calm = func(o *crawler.Options) { o.Sleep = sleepless }
			}
			w = newWorld(t, text, calm)
			w.before = before
			if where == "behind another round" {
				if _, err := w.frontier.Discover(ctx, []frontier.Link{{URL: w.filled("$A/other"), Site: "Other"}}); err != nil {
					t.Fatal(err)
				}
				if _, err := w.frontier.Claim(ctx, frontier.Claim{TTL: time.Second, Sites: []string{"Other"}}); err != nil {
					t.Fatal(err)
				}
			}
			run := w.run()
			_, err := w.crawler.Round(ctx, run, []crawler.Site{w.site(site)}, crawler.All)
			if !errors.Is(err, context.Canceled) {
				t.Fatalf("the round ended with %v", err)
			}
			done := w.captures()
			for item, err := range w.frontier.List(context.Background(), frontier.Query{Kind: frontier.Page}) {
				if err != nil {
					t.Fatal(err)
				}
				if path := strings.TrimPrefix(item.URL, w.servers["A"].URL); item.Checks == 0 && slices.Contains(done, path+" 200") {
					t.Errorf("the frontier does not know what came of %s", path)
				}
			}
			w.before = nil
			w.requests()

			w.parts.Sleep = w.clock.sleep
			w.clock.turn(time.Minute)
			if _, err := crawler.New(w.parts).Round(context.Background(), run, []crawler.Site{w.site(site)}, crawler.All); err != nil {
				t.Fatal(err)
			}
			if got := w.captures(); len(got) != 3 {
				t.Errorf("in the end captured %v", got)
			}
			for _, p := range w.paths() {
				if slices.Contains(done, p+" 200") {
					t.Errorf("%s was asked for again", p)
				}
			}
		})
	}
}

// damaged is a frontier whose file is found damaged, once, and starts anew.
type damaged struct {
	frontier.Frontier
	claims atomic.Int64
}

func (d *damaged) Claim(ctx context.Context, q frontier.Claim) (*frontier.Lease, error) {
	if d.claims.Add(1) == 4 {
		if _, err := d.Frontier.Forget(ctx, q.Sites[0]); err != nil {
			return nil, err
		}
		return nil, fmt.Errorf("claim: %w", frontier.ErrDamaged)
	}
	return d.Frontier.Claim(ctx, q)
}

// A frontier that turns out to be damaged costs a round no page and no request
// for what it has already.
func TestDamagedFrontier(t *testing.T) {
	w := newWorld(t, stories(10), func(o *crawler.Options) { o.Frontier = &damaged{Frontier: o.Frontier} })
	w.round(crawler.Site{Feeds: []string{"$A/a.xml"}, Delay: time.Second}, crawler.All)
	if got := w.captures(); len(got) != 10 {
		t.Errorf("captured %v", got)
	}
	if got := w.paths(); len(got) != 12 { // the feed twice
		t.Errorf("asked for %v", got)
	}
}

// full is an archive whose disk is full after some captures.
type full struct {
	crawler.Archive
	left int
}

func (f *full) Append(ctx context.Context, c archive.Capture) (archive.Capture, error) {
	if f.left--; f.left < 0 {
		return archive.Capture{}, fmt.Errorf("append: %w", archive.ErrFull)
	}
	return f.Archive.Append(ctx, c)
}

// A full disk ends a round: pages that cannot be kept are not asked for.
func TestFull(t *testing.T) {
	w := newWorld(t, stories(40), func(o *crawler.Options) { o.Archive = &full{o.Archive, 3} })
	n, err := w.crawler.Round(context.Background(), w.run(), []crawler.Site{w.site(crawler.Site{Feeds: []string{"$A/a.xml"}})}, crawler.All)
	if !errors.Is(err, archive.ErrFull) || n[0].Pages != 4 {
		t.Errorf("%+v, %v", n, err)
	}
	if got := w.paths(); len(got) != 5 {
		t.Errorf("asked for %v", got)
	}
	w.parts.Archive = w.store
	n, err = crawler.New(w.parts).Round(context.Background(), w.run(), []crawler.Site{w.site(crawler.Site{Feeds: []string{"$A/a.xml"}})}, crawler.Due)
	if err != nil || n[0].Pages != 37 {
		t.Errorf("with room again: %+v, %v", n, err)
	}
}

// huge is an archive that finds one page too large.
type huge struct{ crawler.Archive }

func (h huge) Append(ctx context.Context, c archive.Capture) (archive.Capture, error) {
	if string(c.Body) == "news 1\n" {
		return archive.Capture{}, fmt.Errorf("append: %w", archive.ErrTooLarge)
	}
	return h.Archive.Append(ctx, c)
}

func TestTooLarge(t *testing.T) {
	w := newWorld(t, stories(3), func(o *crawler.Options) { o.Archive = huge{o.Archive} })
	n := w.round(crawler.Site{Feeds: []string{"$A/a.xml"}}, crawler.All)
	if got := w.captures(); !slices.Equal(got, []string{"/0 200", "/2 200"}) || n.Failed["too-large"] != 1 {
		t.Errorf("captured %v, %+v", got, n)
	}
}

// When the frontier is lost, the archive still knows the pages' tags.
func TestLostFrontier(t *testing.T) {
	w := newWorld(t, entry("A/a.xml", feed("$A/one"))+entry("A/one", "200\nETag: \"p1\"\n\nnews"))
	site := crawler.Site{Feeds: []string{"$A/a.xml"}}
	w.round(site, crawler.All)
	if _, err := w.frontier.Forget(context.Background(), "Site"); err != nil {
		t.Fatal(err)
	}
	if n := w.round(site, crawler.All); n.Pages != 1 || n.NotModified != 1 {
		t.Errorf("%+v", n)
	}
}
