package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"pressmark/archive"
	"pressmark/crawler"
)

// A site that went quiet has brought no new page for longer than it ever does.
// How long that is it has shown itself: how many new pages a crawl brought, by
// the hour of the day and by weekday or weekend, tells how many were to be
// expected meanwhile. So a paper that rests from Friday to Monday is left in
// peace on Sunday, and one that writes by the minute is noticed at noon.

const (
	rhythmWindow = 28 * 24 * time.Hour // that a rhythm is learned from
	rhythmLeast  = 6 * 24 * time.Hour  // less is no rhythm
	rhythmNews   = 5                   // nor are fewer crawls with news
	quietLeast   = 3 * time.Hour       // nobody is quiet sooner
	quietPages   = 6                   // new pages that must have been expected meanwhile
	quietTimes   = 2                   // and so many times what was missed in the longest gap so far
	beatLength   = time.Hour           // crawls that are closer together count as one
	beatsAbsent  = 6                   // so many beats without a crawl: pressmark did not run
)

// A beat is what the crawls of an hour brought.
type beat struct {
	at    time.Time
	fresh int
}

// A rhythm is how a site publishes, as the crawls saw it.
type rhythm struct {
	beats   []beat // oldest first
	lastNew time.Time
	lastOK  time.Time // the last crawl without trouble
	lastRun time.Time
	last    archive.SiteRun
}

// A silence is that of a site that went quiet.
type silence struct {
	Since    time.Time     // the last crawl that brought a new page
	Until    time.Time     // the last crawl
	Usual    float64       // new pages a day, before
	Expected float64       // new pages in this time
	Longest  time.Duration // gap before
	Evidence string        // what the last crawl saw
}

func (q silence) String() string {
	usual := count(int(q.Usual+0.5), "new page")
	if q.Usual < 0.5 {
		usual = "less than one new page"
	}
	return fmt.Sprintf("usually %s a day; none for %s, when some %d were to be expected at such hours; %s",
		usual, span(q.Until.Sub(q.Since)), int(q.Expected+0.5), q.Evidence)
}

// A hearing is what of a crawl matters for the rhythm.
type hearing struct {
	at    time.Time
	fresh int
	well  bool
}

func hearingOf(at time.Time, n archive.SiteRun) hearing {
	return hearing{at, n.Outcomes[archive.New], trouble(n) == ""}
}

// add takes in a crawl of the site, later than all before.
func (r *rhythm) add(at time.Time, n archive.SiteRun) {
	if heard(n) {
		r.last = n
		r.take(hearingOf(at, n))
	}
}

func (r *rhythm) take(h hearing) {
	r.lastRun = h.at
	if h.well {
		r.lastOK = h.at
	}
	if h.fresh > 0 {
		r.lastNew = h.at
	}
	if k := len(r.beats); k > 1 && h.at.Sub(r.beats[k-2].at) < beatLength && (r.beats[k-1].fresh == 0) == (h.fresh == 0) {
		r.beats[k-1] = beat{h.at, r.beats[k-1].fresh + h.fresh}
	} else {
		r.beats = append(r.beats, beat{h.at, h.fresh})
	}
	if old := h.at.Add(-rhythmWindow); r.beats[0].at.Before(old) {
		r.beats = slices.DeleteFunc(r.beats, func(b beat) bool { return b.at.Before(old) })
	}
}

// heard reports whether a crawl has listened to a site: nothing may have been due.
func heard(n archive.SiteRun) bool { return n.Requests > 0 || n.Pages > 0 }

// An hourly is a figure for each hour of a weekday and of a day at the weekend.
type hourly [2][24]float64

// eachHour calls f for the hours of a span of time: which they are, and the part of
// an hour that belongs to it.
func eachHour(from, to time.Time, zone *time.Location, f func(weekend, hour int, part float64)) {
	for at := from; at.Before(to); {
		next := at.Truncate(time.Hour).Add(time.Hour)
		if next.After(to) {
			next = to
		}
		weekend, local := 0, at.In(zone)
		if d := local.Weekday(); d == time.Saturday || d == time.Sunday {
			weekend = 1
		}
		f(weekend, local.Hour(), next.Sub(at).Hours())
		at = next
	}
}

// quiet reports whether the site has gone quiet, and by what that is told.
func (r *rhythm) quiet(zone *time.Location) (q silence, is bool) {
	newest := -1
	for i, b := range r.beats {
		if i > 0 && b.fresh > 0 { // the first crawl finds what has gathered for years
			newest = i
		}
	}
	if newest < 0 {
		return q, false
	}
	absent := r.absence()
	most := r.most(newest)
	var rate, hours hourly
	var news, heard float64
	withNews := 0
	for i := 1; i <= newest; i++ {
		from, to, fresh := r.beats[i-1].at, r.beats[i].at, float64(min(r.beats[i].fresh, most))
		if to.Sub(from) > absent {
			continue
		}
		if fresh > 0 {
			withNews++
		}
		length := to.Sub(from).Hours()
		news, heard = news+fresh, heard+length
		eachHour(from, to, zone, func(weekend, hour int, part float64) {
			hours[weekend][hour] += part
			rate[weekend][hour] += fresh * part / length
		})
	}
	if withNews < rhythmNews || heard < rhythmLeast.Hours() {
		return q, false
	}
	expected := func(from, to time.Time) (n float64) {
		if to.Sub(from) > absent {
			return 0
		}
		eachHour(from, to, zone, func(weekend, hour int, part float64) {
			if hours[weekend][hour] > 0 {
				n += part * rate[weekend][hour] / hours[weekend][hour]
			}
		})
		return n
	}
	var missed, longest, gap float64
	var gapLength time.Duration
	for i := 1; i < len(r.beats); i++ {
		gap += expected(r.beats[i-1].at, r.beats[i].at)
		if d := r.beats[i].at.Sub(r.beats[i-1].at); d <= absent {
			gapLength += d
		}
		if i <= newest && r.beats[i].fresh > 0 {
			longest, q.Longest = max(longest, gap), max(q.Longest, gapLength)
			gap, gapLength = 0, 0
		}
	}
	missed = gap
	q.Since, q.Until, q.Usual, q.Expected = r.beats[newest].at, r.beats[len(r.beats)-1].at, news/heard*24, missed
	q.Evidence = evidence(r.last)
	return q, gapLength >= quietLeast && missed >= quietPages && missed >= quietTimes*longest
}

// absence is how far apart two crawls are when pressmark did not run meanwhile.
func (r *rhythm) absence() time.Duration {
	apart := make([]time.Duration, 0, len(r.beats))
	for i := 1; i < len(r.beats); i++ {
		apart = append(apart, r.beats[i].at.Sub(r.beats[i-1].at))
	}
	slices.Sort(apart)
	return beatsAbsent * max(beatLength, apart[len(apart)/2])
}

// most is the largest number of new pages that counts for one crawl: what it
// makes up for, as the rest of a first one that was large, is no news.
func (r *rhythm) most(newest int) int {
	var fresh []int
	for _, b := range r.beats[1 : newest+1] {
		if b.fresh > 0 {
			fresh = append(fresh, b.fresh)
		}
	}
	slices.Sort(fresh)
	return 3 * max(1, fresh[len(fresh)/2])
}

// evidence says what a crawl saw of a site that brought nothing new.
func evidence(n archive.SiteRun) string {
	switch why := trouble(n); {
	case why != "":
		return why
	case n.Note == crawler.NothingNew:
		return "its feeds and lists answer that nothing has changed"
	case len(n.Failed) > 0 && n.Listed == 0:
		return detail(n)
	case n.Listed > 0:
		return "its feeds and lists answer, with the same " + count(n.Listed, "entry")
	}
	return strings.TrimSuffix("its lists answer, and name no article; "+n.Note, "; ")
}

// onePage is the cause of a run that asked for one page: it says nothing of its site.
const onePage = "url"

// rhythms are those of the sites of an archive.
type rhythms map[string]*rhythm

func (m rhythms) of(site string) *rhythm {
	r := m[site]
	if r == nil {
		r = &rhythm{}
		m[site] = r
	}
	return r
}

func (m rhythms) add(run archive.Run) {
	if run.Started.IsZero() || run.Cause == onePage {
		return
	}
	for _, n := range run.Sites {
		m.of(n.Site).add(run.Started, n)
	}
}

// readRhythms learns from the runs of an archive. Of each run it keeps a few
// words: a hundred sites make 270,000 in four weeks.
func readRhythms(ctx context.Context, store *archive.Store, now time.Time) (rhythms, error) {
	m := rhythms{}
	backwards := map[string][]hearing{}
	for run, err := range store.Runs(ctx, archive.Filter{Newest: true}) {
		if err != nil {
			return nil, fmt.Errorf("read how the sites publish: %w", err)
		}
		if now.Sub(began(run)) > rhythmWindow {
			break
		}
		if run.Started.IsZero() || run.Cause == onePage {
			continue
		}
		for _, n := range run.Sites {
			if !heard(n) {
				continue
			}
			if len(backwards[n.Site]) == 0 {
				m.of(n.Site).last = n
			}
			backwards[n.Site] = append(backwards[n.Site], hearingOf(run.Started, n))
		}
	}
	for site, list := range backwards {
		slices.Reverse(list)
		slices.SortStableFunc(list, func(a, b hearing) int { return a.at.Compare(b.at) })
		for _, h := range list {
			m[site].take(h)
		}
	}
	return m, nil
}
