// Package month is a month of thirty invented news sites of which every edition
// and its life is known: what a crawl's freshness is measured against.
//
// The sites publish by the clock of their offices, edit by a law that is
// written down at law.go, and serve what real servers do: short feeds, none,
// validators that hold, lie or are missing. A world is the same for the same
// seed, to the byte.
package month

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"sort"
	"time"
)

// Start is when each world's month begins: a Monday.
var Start = time.Date(2026, time.March, 2, 0, 0, 0, 0, time.UTC)

// A World is some sites over some days.
type World struct {
	Start, End time.Time
	Sites      []*Site
}

// A Site is one publication with all that it will ever publish.
type Site struct {
	Habit
	Base     string // "https://agency-0.test", without a slash at the end
	Articles []*Article
	changes  []change // of its lists, in the order of time
	byPath   map[string]*Article
}

// An Article is one page with all its editions.
type Article struct {
	Path     string
	Born     time.Time
	Editions []Edition
	Stock    bool // it was there long before the month began
}

// An Edition is one state of an article's page, until the next.
type Edition struct {
	At   time.Time
	Text int  // editions with the same number are the same to the byte
	Told bool // the site's lists name a new modification time
}

// a change of what a site's lists say.
type change struct {
	at   time.Time
	born int // articles born so far
}

// New makes a world of sites that have these habits, for some days.
func New(habits []Habit, seed uint64, days int) *World {
	w := &World{Start: Start, End: Start.AddDate(0, 0, days)}
	for i, h := range habits {
		s := &Site{Habit: h, Base: fmt.Sprintf("https://%s-%d.test", h.Name, i), byPath: map[string]*Article{}}
		r := rand.New(rand.NewPCG(seed, uint64(i)))
		s.publish(w, r)
		w.Sites = append(w.Sites, s)
	}
	return w
}

// warm is for how long before the month a site's usual articles are known, and
// stock how old, in days, what lies in its archive is at most.
const (
	warm  = 2 * 24 * time.Hour
	stock = 180
)

func (s *Site) publish(w *World, r *rand.Rand) {
	for range min(100, int(s.PerDay*3)) { // some of what lies in the archive
		a := &Article{Born: w.Start.Add(-time.Duration(float64(stock*24*time.Hour)*r.Float64()) - warm), Stock: true}
		s.Articles = append(s.Articles, a)
	}
	for hour := w.Start.Add(-warm); hour.Before(w.End); hour = hour.Add(time.Hour) {
		for n := poisson(r, s.PerDay*s.share(hour)); n > 0; n-- {
			at := hour.Add(time.Duration(r.Int64N(int64(time.Hour)))).Truncate(time.Second)
			s.Articles = append(s.Articles, &Article{Born: at})
		}
	}
	slices.SortStableFunc(s.Articles, func(a, b *Article) int { return a.Born.Compare(b.Born) })
	for i, a := range s.Articles {
		a.Path = fmt.Sprintf("/%s/what-the-%s-%s-said-%d", a.Born.Format("2006/01/02"), pick(r, "harbour", "city", "county", "river"), pick(r, "council", "court", "mayor", "union"), i)
		a.Editions = s.edit(a, w, r)
		s.byPath[a.Path] = a
		s.changes = append(s.changes, change{at: a.Born})
		for _, e := range a.Editions[1:] {
			if e.Told {
				s.changes = append(s.changes, change{at: e.At})
			}
		}
	}
	slices.SortStableFunc(s.changes, func(a, b change) int { return a.at.Compare(b.at) })
	n := 0
	for i := range s.changes {
		for n < len(s.Articles) && !s.Articles[n].Born.After(s.changes[i].at) {
			n++
		}
		s.changes[i].born = n
	}
}

func pick(r *rand.Rand, words ...string) string { return words[r.IntN(len(words))] }

// At is the edition that is on the page at a time, -1 before the first.
func (a *Article) At(now time.Time) int {
	return sort.Search(len(a.Editions), func(i int) bool { return a.Editions[i].At.After(now) }) - 1
}

// Modified is when a list that tells says that the article was last changed.
func (a *Article) Modified(now time.Time) time.Time {
	last := a.Born
	for _, e := range a.Editions[1:] {
		if e.At.After(now) {
			break
		}
		if e.Told {
			last = e.At
		}
	}
	return last
}

// State is when a site's lists last changed, and how many articles there were.
func (s *Site) State(now time.Time) (at time.Time, born int) {
	n := sort.Search(len(s.changes), func(i int) bool { return s.changes[i].at.After(now) })
	if n == 0 {
		return Start.AddDate(-1, 0, 0), 0
	}
	return s.changes[n-1].at, s.changes[n-1].born
}

// Latest are the newest articles of a site, the newest first, at most n and
// none older than age.
func (s *Site) Latest(now time.Time, n int, age time.Duration) []*Article {
	_, born := s.State(now)
	var list []*Article
	for i := born - 1; i >= 0 && len(list) < n && now.Sub(s.Articles[i].Born) <= age; i-- {
		list = append(list, s.Articles[i])
	}
	return list
}
