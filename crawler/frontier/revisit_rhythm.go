package frontier

import (
	"encoding/binary"
	"time"
)

// A rhythm is at which hours of the week a list gets new entries, as far as it
// was watched: found in how many hours, for each hour of the day (UTC), working
// days and weekends apart. Both fade, so that the last weeks count most.
//
// In a record it is 48 pairs of big-endian uint16, hundredths of an entry and
// of an hour, or nothing.
type rhythm struct{ found, hours [beats]float64 }

const (
	beats  = 48
	fading = 6.0 // hours of a beat after which what was before counts half
)

func beat(at time.Time) int {
	at = at.UTC()
	if day := at.Weekday(); day == time.Saturday || day == time.Sunday {
		return 24 + at.Hour()
	}
	return at.Hour()
}

func readRhythm(s string) (r rhythm) {
	if len(s) != beats*4 {
		return r
	}
	b := []byte(s)
	for i := range beats {
		r.found[i] = float64(binary.BigEndian.Uint16(b[4*i:])) / 100
		r.hours[i] = float64(binary.BigEndian.Uint16(b[4*i+2:])) / 100
	}
	return r
}

func (r *rhythm) String() string {
	b := make([]byte, 0, beats*4)
	for i := range beats {
		b = binary.BigEndian.AppendUint16(b, uint16(min(r.found[i]*100+0.5, 65535)))
		b = binary.BigEndian.AppendUint16(b, uint16(min(r.hours[i]*100+0.5, 65535)))
	}
	return string(b)
}

// watch adds that a list was watched from one look to the next, and what it
// got meanwhile. What has no date came at any time between.
func (r *rhythm) watch(from, to time.Time, entries []time.Time, undated int) {
	if to.Sub(from) > slowestFeed*2 { // the program was off: who knows what has passed through the list
		from = to.Add(-slowestFeed)
	}
	whole := to.Sub(from).Hours()
	if whole <= 0 {
		return
	}
	for at := from; at.Before(to); {
		end := at.Truncate(time.Hour).Add(time.Hour)
		if end.After(to) {
			end = to
		}
		i, d := beat(at), end.Sub(at).Hours()
		r.hours[i] += d
		r.found[i] += float64(undated) * d / whole
		at = end
	}
	for _, at := range entries {
		if at.After(from) && !at.After(to) {
			r.found[beat(at)]++
		}
	}
	for i := range beats {
		if r.hours[i] > 2*fading {
			r.hours[i] /= 2
			r.found[i] /= 2
		}
	}
}

// mean is how many entries come in an hour of the week, after a few hours'
// worth of what was thought before.
func (r *rhythm) mean(before float64) float64 {
	const worth = 6.0
	found, hours := before*worth, worth
	for i := range beats {
		found += r.found[i]
		hours += r.hours[i]
	}
	return found / hours
}

// rate is how many entries are expected in an hour at a time.
func (r *rhythm) rate(at time.Time, mean float64) float64 {
	i := beat(at)
	const worth = 0.7
	return (r.found[i] + worth*mean) / (r.hours[i] + worth)
}
