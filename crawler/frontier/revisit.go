package frontier

import (
	"hash/fnv"
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

// goneLooks are the pauses before a page that answered 404 or 410 is looked at
// again, since some come back; after the last it is retired.
func goneLooks() []time.Duration {
	return []time.Duration{time.Hour, 6 * time.Hour, 24 * time.Hour, 3 * 24 * time.Hour, 7 * 24 * time.Hour}
}

// Next says when an item is due again, given how it stood before an outcome
// that came now. Zero means never: the item is retired.
//
// A page is looked at again when edits are to be expected: see revisit_page.go.
// Lists (feeds, sitemaps, sections) follow the hours at which their entries
// come: see revisit_list.go. Failures and walls double the pause; a page behind
// a wall is there, and is never given up. What the server asks for is heeded up
// to the longest pause of the item's kind; what a list that answered says of
// itself, up to wordTaken, and of the hours and days to skip, up to skipTaken.
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
	due := now.Add(max(pause+spread(before, pause), min(o.Fresh, wordTaken)))
	if list {
		due = before.skipped(o, due, now)
	}
	if o.NotBefore.After(due) {
		due = o.NotBefore
		if most := now.Add(max(longest, pause)); due.After(most) {
			due = most
		}
	}
	return due
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
