package frontier

import "time"

// Skips are the hours of the day and the days of the week, by Greenwich time,
// at which a list asks to be left alone.
type Skips struct {
	Hours uint32 // bit n is the hour from n o'clock on
	Days  uint8  // bit n is a time.Weekday
}

// skipTaken is how far such a wish puts a look off: a night. Of a weekend that
// is to be skipped four looks remain, for what nobody expected to happen then;
// and a list whose wish leaves no hour of the week is asked all the same.
const skipTaken = 12 * time.Hour

// skipped moves a list's due time out of the hours that it asks to skip, to the
// next that it doesn't, or by skipTaken.
func (it Item) skipped(o Outcome, due, now time.Time) time.Time {
	skips := it.Skips
	if len(o.Entries) > 0 {
		skips = o.Skips
	}
	if skips == (Skips{}) {
		return due
	}
	r := it.listen(o, now)
	next, last := due, due.Add(skipTaken)
	for skips.at(next, r) {
		if next = next.UTC().Truncate(time.Hour).Add(time.Hour); !next.Before(last) {
			return last
		}
	}
	if next.Equal(due) {
		return due
	}
	return next.Add(spread(it, wordTaken)) // all who skip the night would come back at one moment
}

// busy is how many entries, fading, show that an hour is not what its list
// takes it for: many a publisher writes the hours of the own clock.
const busy = 0.5

// at reports whether a list is to be left alone at a time. The dates of its
// entries know better than its word on the hours.
func (s Skips) at(t time.Time, r rhythm) bool {
	t = t.UTC()
	return s.Days&(1<<t.Weekday()) != 0 || s.Hours&(1<<t.Hour()) != 0 && r.found[beat(t)] < busy
}
