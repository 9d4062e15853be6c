package frontier

import (
	"math"
	"time"

	"pressmark/crawler/newsroom/month"
)

// What others do, to measure against.

// nutch is the adaptive schedule of Nutch and StormCrawler: an interval for
// each page, half as long after a change, half as long again without one. Its
// dates and hints are not looked at.
func nutch(first time.Duration) policy {
	return policy{
		after: func(it Item, o Outcome, now time.Time) Item {
			last := first
			if it.Checks > 0 {
				last = it.Due.Sub(it.LastChecked)
			}
			if o.Result == Changed && it.Checks > 0 {
				last /= 2
			} else if it.Checks > 0 {
				last += last / 2
			}
			it.Checks, it.LastChecked = it.Checks+1, now
			it.Due = now.Add(min(max(last, soonest), 30*24*time.Hour))
			return it
		},
		linked: func(it Item, _ Link, _ time.Time) (Item, bool) { return it, false },
	}
}

// reader is a feed reader such as Miniflux: lists at a fixed interval, each
// article once.
func reader(every time.Duration) policy {
	return policy{
		after: func(it Item, _ Outcome, now time.Time) Item {
			if it.Checks, it.LastChecked, it.Due = it.Checks+1, now, now.Add(every); it.Kind == Page {
				it.State = Retired
			}
			return it
		},
		linked: func(it Item, _ Link, _ time.Time) (Item, bool) { return it, false },
	}
}

// Fixed intervals are tried in steps of a twentieth, from five minutes on.
const intervals = 130

func interval(n int) time.Duration {
	return time.Duration(float64(5*time.Minute) * math.Pow(1.05, float64(n))).Truncate(time.Minute)
}

// rhythmless asks for each list, and for each article of the last days, at a
// fixed interval. It is counted, not simulated: there are millions of requests.
func rhythmless(w *month.World) func(n, days int) figure {
	type asked struct {
		lists      int
		discovered []map[*month.Article]time.Time // of each site
	}
	known := map[int]asked{}
	type try struct{ n, days int }
	done := map[try]figure{}
	return func(n, days int) figure {
		if f, ok := done[try{n, days}]; ok {
			return f
		}
		k, ok := known[n]
		if !ok {
			for _, s := range w.Sites {
				found, looks := discovered(w, s, interval(n))
				k.discovered, k.lists = append(k.discovered, found), k.lists+looks
			}
			known[n] = k
		}
		f := figure{lists: k.lists}
		for i, s := range w.Sites {
			for _, a := range s.Articles {
				seen, looks := watched(w, a, k.discovered[i][a], interval(n), days)
				f.pages += looks
				f.judge(w, a, seen)
			}
		}
		done[try{n, days}] = f
		return f
	}
}

// discovered is when each article of a site is found, and with how many looks at its lists.
func discovered(w *month.World, s *month.Site, every time.Duration) (found map[*month.Article]time.Time, looks int) {
	found = make(map[*month.Article]time.Time, len(s.Articles))
	var last time.Time
	for now := w.Start; now.Before(w.End); now = now.Add(every) {
		changed, _ := s.State(now)
		for _, kind := range s.Lists() {
			looks++
			if !changed.After(last) {
				continue
			}
			for _, l := range s.List(kind, now) {
				if _, ok := found[l.Article]; !ok {
					found[l.Article] = now
				}
			}
		}
		last = now
	}
	return found, looks
}

// watched is when each edition of an article is seen that is looked at every so
// often from when it is found until it is some days old, and with how many looks.
func watched(w *month.World, a *month.Article, from time.Time, every time.Duration, days int) (seen []time.Time, looks int) {
	if from.IsZero() {
		return nil, 0
	}
	until := a.Born.AddDate(0, 0, days)
	if until.Before(from) {
		until = from // at least once
	}
	if until.After(w.End) {
		until = w.End
	}
	seen = make([]time.Time, len(a.Editions))
	for i, e := range a.Editions {
		look := from
		if e.At.After(from) {
			look = from.Add((e.At.Sub(from) + every - 1) / every * every)
		}
		dead := i+1 < len(a.Editions) && !look.Before(a.Editions[i+1].At)
		if !dead && !look.After(until) && look.Before(w.End) {
			seen[i] = look
		}
	}
	return seen, 1 + int(until.Sub(from)/every)
}

// oracle knows when something happens, and asks at the next round.
func oracle(w *month.World, tick time.Duration) figure {
	var f figure
	for _, s := range w.Sites {
		for _, a := range s.Articles {
			seen := make([]time.Time, len(a.Editions))
			for i, e := range a.Editions {
				look := w.Start
				if e.At.After(w.Start) {
					look = w.Start.Add((e.At.Sub(w.Start) + tick - 1) / tick * tick)
				}
				if i+1 == len(a.Editions) || look.Before(a.Editions[i+1].At) {
					seen[i] = look
					f.pages++
				}
			}
			f.judge(w, a, seen)
		}
	}
	return f
}
