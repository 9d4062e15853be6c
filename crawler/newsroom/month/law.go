package month

import (
	"math"
	"math/rand/v2"
	"slices"
	"time"
)

// The law of edits.
//
// What studies of news revisions agree on, and what is made of it here: a
// minority to a half of articles change at all, most changes come within hours
// of publication, and the rest has a heavy tail. So:
//
//   - The share Edited of articles is edited 1 + geometric times, Edits on
//     average; each edit's age is log-normal about Median (log-logistic in
//     Others: a power law's tail). With a spread of 1.5 and a median of 2 h,
//     two thirds come within 4 h, 5 % after a day, 0.2 % after a week.
//   - Breaking news gets 20 edits in its first hour and 10 in the next five.
//   - A correction comes after one to eight days, evenly.
//   - A headline test shows B from 10 to 40 minutes after publication, and A
//     again 20 to 120 minutes later: the edition is then as it was.
//   - Of what lies in the archive 3 % are changed in the month, silently.
//   - Nobody edits while the office is closed: such an edit comes when it opens,
//     within the first hour. News breaks at any time.
//   - Two edits are at least a minute apart. A site that tells of edits forgets
//     one in ten, and never tells of tests and of silent changes.
//
// The numbers are set by reasoning, not fitted to a corpus: what is measured
// here compares policies, and says nothing about any real paper.

// tellings is the share of edits that a site tells of that tells at all.
const tellings = 0.9

// edit makes an article's editions, those of the time before the month begins
// made one.
func (s *Site) edit(a *Article, w *World, r *rand.Rand) []Edition {
	type edit struct {
		at   time.Time
		back bool // to the text before the last
		told bool
	}
	var edits []edit
	add := func(age time.Duration, told bool) {
		edits = append(edits, edit{at: s.opens(a.Born.Add(age), r), told: told && r.Float64() < tellings})
	}
	switch {
	case a.Stock:
		if r.Float64() < 0.03 {
			edits = append(edits, edit{at: w.Start.Add(time.Duration(r.Float64() * float64(w.End.Sub(w.Start))))})
		}
	case r.Float64() < s.Breaking:
		for range 20 {
			edits = append(edits, edit{at: a.Born.Add(time.Duration(r.Int64N(int64(time.Hour)))), told: r.Float64() < tellings})
		}
		for range 10 {
			edits = append(edits, edit{at: a.Born.Add(time.Hour + time.Duration(r.Int64N(int64(5*time.Hour)))), told: r.Float64() < tellings})
		}
	case r.Float64() < s.Tested:
		b := a.Born.Add(10*time.Minute + time.Duration(r.Int64N(int64(30*time.Minute))))
		edits = append(edits, edit{at: b}, edit{at: b.Add(20*time.Minute + time.Duration(r.Int64N(int64(100*time.Minute)))), back: true})
	case r.Float64() < s.Edited:
		for more := true; more; more = r.Float64() > 1/s.Edits {
			add(s.age(r), true)
		}
	}
	if !a.Stock && r.Float64() < s.Corrected {
		add(24*time.Hour+time.Duration(r.Int64N(int64(7*24*time.Hour))), true)
	}
	slices.SortStableFunc(edits, func(a, b edit) int { return a.at.Compare(b.at) })

	list := []Edition{{At: a.Born}}
	for i, e := range edits {
		last := list[len(list)-1]
		next := Edition{At: e.at.Truncate(time.Second), Text: i + 1, Told: e.told}
		if soon := last.At.Add(time.Minute); next.At.Before(soon) {
			next.At = soon
		}
		if e.back && len(list) > 1 {
			next.Text = list[len(list)-2].Text
		}
		list = append(list, next)
	}
	for len(list) > 1 && !list[1].At.After(w.Start) {
		list[1].Told = list[1].Told || list[0].Told
		list = list[1:]
	}
	return list
}

// age is that of an ordinary edit.
func (s *Site) age(r *rand.Rand) time.Duration {
	x := r.NormFloat64()
	if s.Heavy {
		u := 0.001 + 0.998*r.Float64()
		x = math.Log(u / (1 - u))
	}
	return time.Duration(min(float64(s.Median)*math.Exp(s.Spread*x), float64(60*24*time.Hour)))
}

// opens is the time, or when somebody is in the office after it.
func (s *Site) opens(at time.Time, r *rand.Rand) time.Time {
	if s.isOpen(at) {
		return at
	}
	for at = at.Truncate(time.Hour); !s.isOpen(at); at = at.Add(time.Hour) {
	}
	return at.Add(time.Duration(r.Int64N(int64(time.Hour))))
}

func (s *Site) local(at time.Time) time.Time { return at.Add(time.Duration(s.Zone) * time.Hour) }

func (s *Site) isOpen(at time.Time) bool {
	at = s.local(at)
	if day := at.Weekday(); s.Weekend == 0 && (day == time.Saturday || day == time.Sunday) {
		return false
	}
	return at.Hour() >= s.Open && at.Hour() < s.Close
}

// share is the part of a working day's articles that comes in one hour.
func (s *Site) share(hour time.Time) float64 {
	at := s.local(hour)
	day := at.Weekday()
	part := 1.0
	if day == time.Saturday || day == time.Sunday {
		part = s.Weekend
	}
	if s.Only > 0 {
		if int(day) != s.Only {
			return 0
		}
		part = 1
	}
	if at.Hour() < s.Open || at.Hour() >= s.Close {
		return 0
	}
	even := part / float64(s.Close-s.Open)
	switch {
	case s.Rush == 0:
		return even
	case at.Hour() == s.Rush:
		return part/2 + even/2
	}
	return even / 2
}

// poisson draws how many come where so many are expected.
func poisson(r *rand.Rand, mean float64) int {
	n := 0
	for t := r.ExpFloat64(); t < mean; t += r.ExpFloat64() {
		n++
	}
	return n
}
