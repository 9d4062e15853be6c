package frontier

import (
	"hash/fnv"
	"slices"
	"time"
)

// How long pages are watched, and how often.
const (
	soonest     = 5 * time.Minute     // no item more often than this, unless the caller says Due
	slowestPage = 60 * 24 * time.Hour // an article that has not changed for ages
	slowestFeed = 24 * time.Hour      // feeds, sitemaps, sections
	slowestFail = 24 * time.Hour      // pauses between failures grow up to this for pages
	failedFeed  = 72 * time.Hour      // and up to this for feeds, sitemaps and sections
	asleep      = 30 * 24 * time.Hour // a list that found nothing new for sleepAfter
	sleepAfter  = 180 * 24 * time.Hour
	soonWalled  = 15 * time.Minute   // the first pause after a wall
	slowestWall = 7 * 24 * time.Hour // pauses between walls grow up to this
	pageGivenUp = 12                 // failures in a row after which a page is retired: about a week
)

// rungs are the ages at which an article is looked at again: edits come soon
// after publication, and soon after another edit.
func rungs() []time.Duration {
	return []time.Duration{soonest, 15 * time.Minute, time.Hour, 4 * time.Hour, 24 * time.Hour, 7 * 24 * time.Hour}
}

// goneLooks are the pauses before a page that answered 404 or 410 is looked at
// again, since some come back; after the last it is retired.
func goneLooks() []time.Duration {
	return []time.Duration{time.Hour, 6 * time.Hour, 24 * time.Hour, 3 * 24 * time.Hour, 7 * 24 * time.Hour}
}

// Next says when an item is due again, given how it stood before an outcome
// that came now. Zero means never: the item is retired.
//
// A page is looked at 5 m, 15 m, 1 h, 4 h, 24 h and 7 d after it was published,
// or first seen, or last changed, and ever more rarely after that. Lists
// (feeds, sitemaps, sections) follow the rate of their entries where it is
// known, and otherwise come sooner after a change and later without one.
// Failures and walls double the pause; a page behind a wall is there, and is
// never given up. What the server asks for is heeded up to the
// longest pause of the item's kind.
//
// All pauses but the one the caller decides are spread by up to a tenth, by
// the page's key, so that pages found together don't fall due together.
func Next(before Item, o Outcome, now time.Time) time.Time {
	if !o.Due.IsZero() {
		return o.Due
	}
	list := before.Kind != Page
	if before.early(now) { // it stands as it did before its last look
		before.Looks, before.Failures, before.Walls = max(0, before.Looks-1), max(0, before.Failures-1), max(0, before.Walls-1)
	}
	var pause, longest time.Duration
	switch o.Result {
	case Missing:
		looks := goneLooks()
		switch {
		case list:
			pause, longest = doubled(time.Hour, before.Looks, failedFeed), failedFeed
		case before.Looks < len(looks):
			pause, longest = looks[before.Looks], looks[len(looks)-1]
		default:
			return time.Time{}
		}
	case Failed:
		longest = slowestFail
		if list {
			longest = failedFeed
		} else if before.Failures+1 >= pageGivenUp {
			return time.Time{}
		}
		pause = doubled(soonest, before.Failures, longest)
	case Walled:
		pause, longest = doubled(soonWalled, before.Walls, slowestWall), slowestWall
	case Skipped:
		// Robots rules, scope and budgets change rarely, and it costs nothing to look.
		pause, longest = slowestFeed, slowestPage
	default:
		if list {
			pause, longest = listPause(before, o, now), slowestFeed
			if o.Result == Unchanged && !before.LastChanged.IsZero() && now.Sub(before.LastChanged) > sleepAfter {
				pause, longest = asleep, asleep
			}
		} else {
			pause, longest = pagePause(before, o, now), slowestPage
		}
	}
	due := now.Add(pause + spread(before, pause))
	if o.NotBefore.After(due) {
		due = o.NotBefore
		if most := now.Add(max(longest, pause)); due.After(most) {
			due = most
		}
	}
	return due
}

// pagePause climbs the rungs from the page's birth, or from its last change.
func pagePause(before Item, o Outcome, now time.Time) time.Duration {
	first := before.FirstSeen
	if !before.Published.IsZero() && before.Published.Before(first) {
		first = before.Published
	}
	if first.IsZero() || first.After(now) {
		first = now
	}
	age, quiet := now.Sub(first), now.Sub(first)
	unchanged := before.Unchanged + 1
	if o.Result == Changed {
		unchanged = 0
		if before.Checks > 0 { // an edit, not the first look
			quiet = 0
		}
	} else if before.LastChanged.After(first) && before.LastChanged.Before(now) {
		quiet = now.Sub(before.LastChanged)
	}

	pause := time.Duration(0)
	for _, rung := range rungs() {
		// A rung that is nearly reached is taken as reached: a page looked at
		// 14 m after its birth has nothing new a minute later.
		if d := rung - quiet; d >= max(soonest, quiet/4) {
			pause = d
			break
		}
	}
	if pause == 0 {
		ladder := rungs()
		pause = ladder[len(ladder)-1]
		for range min(max(unchanged-len(ladder), 0), 8) {
			pause += pause / 2
		}
	}
	// A page that is different at every look (a live ticker, a random teaser)
	// would stay on the lowest rung for ever: its age bounds how often it is asked.
	return min(max(pause, age/20, soonest), slowestPage)
}

// listPause follows a feed's own rate, or feels for it.
func listPause(before Item, o Outcome, now time.Time) time.Duration {
	if o.Every > 0 {
		// Half the mean distance finds an entry after a quarter of it on average.
		return min(max(o.Every/2, soonest), slowestFeed)
	}
	last := 15 * time.Minute
	if before.Checks > 0 && before.Failures == 0 && before.Due.After(before.LastChecked) {
		last = before.Due.Sub(before.LastChecked)
	}
	if o.Result == Changed {
		if before.Checks == 0 {
			return last
		}
		last -= last * 2 / 5
	} else {
		last += last / 2
	}
	return min(max(last, soonest), slowestFeed)
}

// Interval is the mean time between the entries of a list, by their dates, as
// a hint for an Outcome; 0 when too few have one. An entry overdue by now
// counts, so that a feed that went to sleep is asked less.
func Interval(dates []time.Time, now time.Time) time.Duration {
	var known []time.Time
	for _, d := range dates {
		if !d.IsZero() && !d.After(now) {
			known = append(known, d)
		}
	}
	if len(known) < 3 {
		return 0
	}
	slices.SortFunc(known, time.Time.Compare)
	const latest = 30 // older ones say little about today
	known = known[max(0, len(known)-latest):]
	mean := known[len(known)-1].Sub(known[0]) / time.Duration(len(known)-1)
	return max(mean, now.Sub(known[len(known)-1])/2)
}

// doubled is first × 2ⁿ, at most longest.
func doubled(first time.Duration, n int, longest time.Duration) time.Duration {
	d := first
	for ; n > 0 && d < longest; n-- {
		d *= 2
	}
	return min(d, longest)
}

// spread is up to a tenth of a pause, the same for an item each time.
func spread(it Item, pause time.Duration) time.Duration {
	h := fnv.New32a()
	h.Write([]byte(it.Page))
	return pause / 10 * time.Duration(h.Sum32()%1000) / 1000
}
