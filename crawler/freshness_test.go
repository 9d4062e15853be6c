package crawler_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"pressmark/crawler"
	"pressmark/crawler/newsroom/month"
)

// A reply is what a site of a month answered.
type reply struct {
	path   string
	at     time.Time
	status int
	tag    bool // the request had If-None-Match
	date   bool // the request had If-Modified-Since
}

// Some sites, with servers of several ways, are crawled over two days: edits
// are seen whatever their validators are worth, what can be asked conditionally
// is, and what the answers show of validators that don't hold is heeded.
func TestFreshness(t *testing.T) {
	ways := []month.Validators{month.Both, month.Random, month.Future, month.Back}
	var habits []month.Habit
	for i, way := range ways {
		habits = append(habits, month.Habit{
			Name: "site", PerDay: 6, Weekend: 1, Open: 6, Close: 22, Feed: []string{"rss", "atom"}[i%2], FeedSize: 12, TTL: 30 * time.Minute, Tells: i == 3,
			Server: way, Edited: 0.6, Edits: 2, Median: 90 * time.Minute, Spread: 1,
		})
	}
	world := month.New(habits, 4, 2)
	w := newWorld(t, "")
	var mu sync.Mutex
	replies := make([][]reply, len(habits))
	var sites []crawler.Site
	for i, s := range world.Sites {
		served := s.Handler(w.clock.now)
		server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			noted := &noted{ResponseWriter: rw, status: http.StatusOK}
			served.ServeHTTP(noted, r)
			mu.Lock()
			defer mu.Unlock()
			replies[i] = append(replies[i], reply{r.URL.Path, w.clock.now(), noted.status,
				r.Header.Get("If-None-Match") != "", r.Header.Get("If-Modified-Since") != ""})
		}))
		t.Cleanup(server.Close)
		sites = append(sites, crawler.Site{Name: server.URL, URL: server.URL + "/", Feeds: []string{server.URL + "/feed"}})
	}
	for end := world.End; w.clock.now().Before(end); w.clock.turn(40 * time.Minute) {
		if _, err := w.crawler.Round(context.Background(), w.run(), sites, crawler.Due); err != nil {
			t.Fatal(err)
		}
	}
	allEdits, allSeen := 0, 0
	for i, s := range world.Sites {
		looks := map[string][]reply{}
		full, again := 0, 0
		for _, r := range replies[i] {
			if r.path == "/robots.txt" {
				continue
			}
			if past := looks[r.path]; len(past) > 0 {
				again++
				conditional := r.tag || r.date
				switch s.Server {
				case month.None, month.Future:
					if conditional {
						t.Errorf("%s: %s is asked for with validators that are worth nothing", s.Server, r.path)
					}
				default:
					if !conditional {
						t.Errorf("%s: %s is asked for again without validators", s.Server, r.path)
					}
				}
				if r.status == http.StatusOK && strings.Contains(r.path, "said") && edition(s, r) == edition(s, past[len(past)-1]) {
					full++
				}
			}
			looks[r.path] = append(looks[r.path], r)
		}
		if s.Server == month.Both || s.Server == month.Dated {
			if full > 0 {
				t.Errorf("%s: %d of %d articles came again as they were", s.Server, full, again)
			}
		}
		if s.Server == month.Random && full*3 > again {
			t.Errorf("%s: %d articles, and %d times one came again as it was: its date was never asked with alone", s.Server, len(looks), full)
		}
		edits, seen := 0, 0
		for _, a := range s.Articles {
			if a.Born.Before(morning) {
				continue
			}
			for n, e := range a.Editions[1:] {
				dies := world.End
				if n+2 < len(a.Editions) {
					dies = a.Editions[n+2].At
				}
				if e.At.After(world.End.Add(-8*time.Hour)) || dies.Sub(e.At) < time.Hour {
					continue
				}
				edits++
				for _, r := range looks[a.Path] {
					if r.status == http.StatusOK && !r.at.Before(e.At) && r.at.Before(dies) {
						seen++
						break
					}
				}
			}
		}
		t.Logf("%-7s %3d requests, %3d again, %2d articles, %d of %d edits seen, %d times as it was", s.Server, len(replies[i]), again, len(looks), seen, edits, full)
		if edits == 0 || seen*2 < edits {
			t.Errorf("%s: of %d edits that stood for an hour %d were seen", s.Server, edits, seen)
		}
		allEdits, allSeen = allEdits+edits, allSeen+seen
	}
	if allSeen*100 < allEdits*80 {
		t.Errorf("of %d edits that stood for an hour %d were seen", allEdits, allSeen)
	}
}

// edition is which one a reply was of.
func edition(s *month.Site, r reply) int {
	for _, a := range s.Articles {
		if a.Path == r.path {
			return a.At(r.at)
		}
	}
	return -1
}

type noted struct {
	http.ResponseWriter
	status int
}

func (n *noted) WriteHeader(status int) {
	n.status = status
	n.ResponseWriter.WriteHeader(status)
}
