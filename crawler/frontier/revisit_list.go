package frontier

import (
	"slices"
	"time"
)

// Lists are asked for by the hour of the week: when the entries expected since
// the last look have waited for listLate in sum, and before as many have come
// as might push one out at the other end.
const (
	listLate  = 72 * time.Second
	overflow  = 3               // a list is asked for when a third of it is expected to be new
	unknown   = 1.0             // entries an hour of a list that doesn't date them
	quietest  = 1.0 / (7 * 24)  // entries an hour that are expected of any list
	stride    = 5 * time.Minute // in which the time ahead is looked through
	wordTaken = 30 * time.Minute
	// wordTaken is how far a list's own word on how long to leave it alone is
	// heeded: most of these are what the software came with, and a TTL of a day
	// stands in feeds with ten entries an hour.
)

// listPause is how long a list may be left alone.
func listPause(before Item, o Outcome, now time.Time) time.Duration {
	r := before.listen(o, now)
	guess := unknown
	if o.Every > 0 {
		guess = 1 / o.Every.Hours()
	}
	mean := max(r.mean(guess), quietest)
	room := float64(before.Size) / overflow
	if len(o.Entries) > 0 {
		room = float64(len(o.Entries)) / overflow
	}
	waiting, late, pause := 0.0, 0.0, time.Duration(0)
	for pause < slowestFeed && late < listLate.Hours() && (room == 0 || waiting < room) {
		come := r.rate(now.Add(pause), mean) * stride.Hours()
		late += (waiting + come/2) * stride.Hours()
		waiting += come
		pause += stride
	}
	return max(pause, soonest)
}

// listen is a list's rhythm with what a look at it has shown.
func (it Item) listen(o Outcome, now time.Time) rhythm {
	r := readRhythm(it.Rhythm)
	if it.Checks == 0 || it.LastChecked.IsZero() {
		return r
	}
	undated := 0
	if o.Result == Changed && !slices.ContainsFunc(o.Entries, func(t time.Time) bool { return !t.IsZero() }) {
		undated = 1 // or more
	}
	r.watch(it.LastChecked, now, o.Entries, undated)
	return r
}

// Expects is how many entries an hour a list is expected to get at a time, by
// what was seen of it; 0 when nothing was.
func (it Item) Expects(at time.Time) float64 {
	if it.Rhythm == "" {
		return 0
	}
	r := readRhythm(it.Rhythm)
	return r.rate(at, r.mean(0))
}

// hear takes what a look at a list has shown into its item.
func (it *Item) hear(before Item, o Outcome, now time.Time) {
	r := before.listen(o, now)
	it.Rhythm = r.String()
	if len(o.Entries) > 0 {
		it.Size, it.Skips = len(o.Entries), o.Skips
	}
}

// Interval is the mean time between the entries of a list, by their dates, as a
// hint for an Outcome; 0 when too few have one. An entry overdue by now counts, so that a feed that
// went to sleep is asked less.
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
