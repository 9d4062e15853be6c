package month

import (
	"fmt"
	"math"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func TestSeed(t *testing.T) {
	text := func(seed uint64) string {
		var b strings.Builder
		for _, x := range New(append(Usual()[3:8], Others(1)[:5]...), seed, 3).Sites {
			for _, a := range x.Articles {
				fmt.Fprintln(&b, x.Base, *a)
			}
		}
		return b.String()
	}
	first := text(1)
	if text(1) != first {
		t.Error("one seed makes two worlds")
	}
	if text(2) == first {
		t.Error("two seeds make one world")
	}
}

// Editions follow each other, and come when and as often as the law says.
func TestLaw(t *testing.T) {
	w := New([]Habit{{Name: "a", PerDay: 200, Weekend: 1, Close: 24, Edited: 0.5, Edits: 2, Median: 2 * time.Hour, Spread: 1.5}}, 1, 30)
	edited, edits, soon, late := 0, 0, 0, 0
	for _, a := range w.Sites[0].Articles {
		for i, e := range a.Editions {
			if i > 0 && e.At.Sub(a.Editions[i-1].At) < time.Minute {
				t.Fatalf("%s: edition %d comes %v after the one before", a.Path, i, e.At.Sub(a.Editions[i-1].At))
			}
			if at := a.At(e.At); at != i {
				t.Fatalf("%s: when edition %d comes, %d stands", a.Path, i, at)
			}
		}
		if a.Stock || a.Born.Before(w.Start) {
			continue
		}
		if len(a.Editions) > 1 {
			edited++
		}
		for _, e := range a.Editions[1:] {
			edits++
			if age := e.At.Sub(a.Born); age <= 4*time.Hour {
				soon++
			} else if age > 24*time.Hour {
				late++
			}
		}
	}
	for _, c := range []struct {
		what      string
		got, want float64
	}{
		{"of the articles are edited", float64(edited) / float64(len(w.Sites[0].Articles)), 0.5},
		{"edits for each that is", float64(edits) / float64(edited), 2},
		{"of the edits come within four hours", float64(soon) / float64(edits), 0.68},
		{"come after a day", float64(late) / float64(edits), 0.05},
	} {
		if math.Abs(c.got-c.want) > c.want/10+0.02 {
			t.Errorf("%.3f %s, want %.3f", c.got, c.what, c.want)
		}
	}
}

// A headline that is tried in two forms ends as it began, to the byte.
func TestHeadlineTest(t *testing.T) {
	w := New([]Habit{{Name: "a", PerDay: 20, Weekend: 1, Close: 24, Tested: 1, Feed: "rss", FeedSize: 5, Server: Both}}, 1, 2)
	s := w.Sites[0]
	now := w.End
	served := s.Handler(func() time.Time { return now })
	get := func(path string) string {
		rec := httptest.NewRecorder()
		served.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "http://a.test"+path, nil))
		return rec.Body.String()
	}
	for _, a := range s.Articles {
		if a.Stock || a.Born.Before(w.Start) {
			continue
		}
		if len(a.Editions) != 3 {
			t.Fatalf("%s has %d editions", a.Path, len(a.Editions))
		}
		var bodies [3]string
		for i, e := range a.Editions {
			now = e.At
			bodies[i] = get(a.Path)
		}
		if bodies[0] != bodies[2] || bodies[0] == bodies[1] {
			t.Fatalf("%s: %q", a.Path, bodies)
		}
	}
}

// Nobody is at the office at night, and little comes at weekends.
func TestOffice(t *testing.T) {
	s := New([]Habit{{Name: "a", PerDay: 50, Weekend: 0, Open: 7, Close: 19, Zone: -5, Edited: 0.5, Edits: 2, Median: 3 * time.Hour, Spread: 1.5}}, 1, 14).Sites[0]
	for _, a := range s.Articles {
		if a.Stock {
			continue
		}
		for i, e := range a.Editions {
			if at := s.local(e.At); !s.isOpen(e.At) && !s.isOpen(e.At.Add(-10*time.Minute)) { // a crowded last minute may run over
				t.Fatalf("%s: edition %d comes on %v at %v", a.Path, i, at.Weekday(), at)
			}
		}
	}
}
