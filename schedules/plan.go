package schedules

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"time"
)

// A Slot is a fire to come.
type Slot struct {
	Planned time.Time     // in the schedule's zone
	Due     time.Time     // with its jitter
	Shift   time.Duration // by which the jitter makes it later
	Note    string        // what a clock change does to it; mostly empty
}

// Next is the first time after another that the schedule plans a fire for,
// before jitter. With Every, that is one interval after it: pass the Planned
// of the last fire.
func (p *Plan) Next(after time.Time) time.Time {
	t, _ := p.next(after)
	return t
}

// Due is when the fire planned for a time is due: jitter shifts all fires of a
// schedule alike, by a part of it that its name decides.
func (p *Plan) Due(planned time.Time) time.Time { return planned.Add(p.shift) }

// Upcoming is the next fires planned after a time, for people to read.
func (p *Plan) Upcoming(after time.Time, n int) []Slot {
	var slots []Slot
	for range n {
		t, note := p.next(after)
		slots = append(slots, Slot{Planned: t, Due: p.Due(t), Shift: p.shift, Note: note})
		after = t
	}
	return slots
}

// shift is by how much a jitter makes the fires of a schedule later: always the
// same, whoever asks, and for another name another.
func shift(name string, jitter time.Duration) time.Duration {
	if jitter <= 0 {
		return 0
	}
	h := sha256.Sum256([]byte(name))
	share := float64(binary.BigEndian.Uint64(h[:])>>11) / (1 << 53)
	return time.Duration(share * float64(jitter)).Truncate(time.Second)
}

func (p *Plan) next(after time.Time) (t time.Time, note string) {
	after = after.Round(0).In(p.zone)
	switch {
	case p.spec == nil:
		return after.Add(p.Every), ""
	case p.everyHour:
		return p.nextMoment(after), ""
	}
	// cron counts on the clock on the wall, which it takes for UTC, where no
	// hour is skipped or repeated; each of its times is then looked up in the
	// zone. Several may fall on the moment of a change, or before after.
	for wall := onWall(after); ; {
		wall = p.nextWall(wall)
		if t, note = moment(wall, p.zone); t.After(after) {
			return t, note
		}
	}
}

// nextMoment is for lines that fire in every hour: it follows the clock
// through both passes of a repeated hour.
func (p *Plan) nextMoment(after time.Time) time.Time {
	from, at := after, after
	for {
		_, offset := at.Zone()
		shift := time.Duration(offset) * time.Second
		_, end := at.ZoneBounds()
		t := p.nextWall(from.UTC().Add(shift)).Add(-shift).In(p.zone)
		if end.IsZero() || t.Before(end) {
			return t
		}
		at = end.In(p.zone)
		from = at.Add(-time.Second) // the change itself may be a fire
	}
}

// nextWall is the next time by cron, as UTC. cron gives up after five years,
// and 29 February can be eight away.
func (p *Plan) nextWall(wall time.Time) time.Time {
	t := p.spec.Next(wall)
	for n := 1; t.IsZero(); n++ {
		t = p.spec.Next(wall.AddDate(4*n, 0, 0))
	}
	return t
}

// onWall is what the clock on the wall shows, written as UTC.
func onWall(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
}

// moment is when a zone's clocks show a time: the first time if they do so
// twice, and if they never do, the moment at which they skip it.
func moment(wall time.Time, zone *time.Location) (t time.Time, note string) {
	t = time.Date(wall.Year(), wall.Month(), wall.Day(), wall.Hour(), wall.Minute(), wall.Second(), wall.Nanosecond(), zone)
	start, end := t.ZoneBounds()
	if shown := onWall(t); !shown.Equal(wall) {
		// time.Date has taken the offset of one side of the gap.
		jump := end
		if shown.After(wall) {
			jump = start
		}
		jump = jump.In(zone)
		return jump, fmt.Sprintf("skipped hour: %s runs at %s", wall.Format("15:04"), jump.Format("15:04"))
	}
	first := t
	if !start.IsZero() { // was it shown already before the last change?
		_, before := start.Add(-time.Nanosecond).In(zone).Zone()
		if earlier := wall.Add(-time.Duration(before) * time.Second); earlier.Before(start) {
			first = earlier.In(zone)
		}
	}
	twice := first.Before(t)
	if !twice && !end.IsZero() { // or will it be after the next?
		_, after := end.In(zone).Zone()
		twice = !wall.Add(-time.Duration(after) * time.Second).Before(end)
	}
	if twice {
		note = fmt.Sprintf("hour comes twice: %s runs once, the first time", wall.Format("15:04"))
	}
	return first, note
}

// From is what the next fires after a time are counted from: of an interval the
// last of its fires that was planned before, if it has fired, or the time itself.
func (p *Plan) From(last, after time.Time) time.Time {
	if p.Every == 0 {
		return after.Add(-p.shift)
	}
	if last.IsZero() || last.After(after) {
		return after
	}
	return last.Add(max(0, after.Add(-p.shift).Sub(last)) / p.Every * p.Every)
}
