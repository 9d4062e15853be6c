package meta

import "time"

// An Origin is the kind of place where a page states a date.
type Origin string

// The origins of dates.
const (
	FromLinked    Origin = "json-ld"
	FromMeta      Origin = "meta"
	FromMicrodata Origin = "microdata"
	FromTime      Origin = "time"
	FromText      Origin = "text"
	FromAddress   Origin = "url"
	FromName      Origin = "title"
	FromScript    Origin = "data" // of the page's program
)

// independent gives the witness that speaks: what stands in the visible page is
// one, whatever the markup around it.
func (o Origin) independent() int {
	switch o {
	case FromLinked, FromScript:
		return 0
	case FromMeta:
		return 1
	case FromAddress:
		return 2
	case FromName:
		return 3
	}
	return 4
}

// A Role is what a date is said to be the date of.
type Role int8

// The roles of a date.
const (
	Unsaid Role = iota
	ForPublished
	ForModified
)

// A Sighting is one place in a page that states a date.
type Sighting struct {
	Date    Date
	Swapped Date // with day and month the other way round, where their order is a guess
	From    Origin
	Role    Role
	Points  int  // how surely it is the day of publication, or of the change if that is its role
	Line    bool // it stands in the page as a line of its own that is a date and little else
	Opens   bool // its text begins with it
	Clock   int  // minutes of the day beside a day, by the paper's own clock; -1 for none
}

// An opinion is what all sightings of one day say together.
type opinion struct {
	day    int64
	points int
	best   int // the strongest sighting, by index
}

// Settle weighs all sightings and gives those that are believed: of the day of
// publication and of the last change. A Sighting with no date says that none is.
func Settle(all []Sighting) (published, modified Sighting) {
	all = ordered(all)
	modified = strongest(all, ForModified)
	published = believed(all, modified)
	if published.Points < faint {
		published = Sighting{}
	}
	if published.Date.IsZero() && modified.Points >= faint {
		published = modified
	}
	published.Date = local(published, all)
	if !modified.Date.IsZero() && !published.Date.IsZero() && dayOf(modified.Date) < dayOf(published.Date)-1 && published.Role != ForModified {
		// Changed before it was published: one of the two is wrong, and the weaker goes.
		modified = Sighting{}
	}
	return published, modified
}

// faint are the points below which a date is no evidence: it stands among
// teasers, comments or in the page's frame. A wrong date is worse than none.
const faint = 15

// doubtful are the points of a day that is rather that of the last change.
const doubtful = 45

// dayOf counts days by the calendar that the date itself is written in.
func dayOf(d Date) int64 {
	if d.IsZero() {
		return 0
	}
	y, m, day := d.Time.Date()
	return time.Date(y, m, day, 0, 0, 0, 0, time.UTC).Unix() / 86400
}

// ordered settles the order of day and month where it is a guess: the reading
// that another place of the page states without a guess is right.
func ordered(all []Sighting) []Sighting {
	for i := range all {
		s := &all[i]
		if s.Swapped.IsZero() {
			continue
		}
		first, second := 0, 0
		for j := range all {
			if o := &all[j]; j != i && o.Swapped.IsZero() && o.Points > 0 {
				switch dayOf(o.Date) {
				case dayOf(s.Date):
					first++
				case dayOf(s.Swapped):
					second++
				}
			}
		}
		if first == 0 && second > 0 {
			s.Date, s.Swapped = s.Swapped, s.Date
		}
	}
	return all
}

func strongest(all []Sighting, role Role) (best Sighting) {
	for _, s := range all {
		if s.Role == role && !s.Date.IsZero() && (best.Date.IsZero() || s.Points > best.Points) {
			best = s
		}
	}
	return best
}

// believed finds the day of publication that most speaks for.
func believed(all []Sighting, modified Sighting) Sighting {
	var opinions []opinion
	for i, s := range all {
		if s.Role == ForModified || s.Date.IsZero() || s.Points <= 0 {
			continue
		}
		d := dayOf(s.Date)
		at := -1
		for k := range opinions {
			if opinions[k].day == d {
				at = k
			}
		}
		if at < 0 {
			opinions = append(opinions, opinion{day: d, best: i})
			continue
		}
		if o := &opinions[at]; better(s, all[o.best]) {
			o.best = i
		}
	}
	for k := range opinions {
		o := &opinions[k]
		o.points = support(all, all[o.best], o.day)
		switch best := all[o.best]; {
		case restamped(all, best, o.day, modified), best.From.independent() <= 1 && filed(all) > 0 && filed(all) < o.day-1:
			o.points = min(o.points, doubtful)
		case best.From == FromMeta && best.Role == Unsaid && best.Points < 60 && modified.Date.IsZero() && earlierLine(all, o.day):
			o.points = min(o.points, 30) // "date" is often that of the last change
		}
	}
	best := -1
	for k := range opinions {
		if best < 0 || opinions[k].points > opinions[best].points {
			best = k
		}
	}
	if best < 0 {
		return Sighting{}
	}
	return all[opinions[best].best]
}

// better prefers points and, among equals, the moment to the bare day.
func better(a, b Sighting) bool {
	if a.Points != b.Points {
		return a.Points > b.Points
	}
	return b.Date.DayOnly && !a.Date.DayOnly
}

// support adds to the strongest sighting of a day a share of each other witness.
func support(all []Sighting, best Sighting, d int64) int {
	var others [5]int
	for _, s := range all {
		if s.Date.IsZero() || s.Role == ForModified {
			continue
		}
		if w := s.From.independent(); dayOf(s.Date) == d && w != best.From.independent() {
			others[w] = max(others[w], s.Points)
		}
	}
	points := best.Points
	for _, p := range others {
		points += p * 35 / 100
	}
	return points
}

// restamped tells a day that is that of the last change, whatever it is called:
// programs that write the moment of the change into both places are common. Then
// another machine's date of publication is earlier, or the line that readers see.
func restamped(all []Sighting, best Sighting, d int64, modified Sighting) bool {
	if modified.Date.IsZero() || !modified.Date.Equal(best.Date) && !(modified.Date.DayOnly && best.Date.DayOnly && dayOf(modified.Date) == d-1) {
		return false
	}
	visible := map[int64]bool{} // days that readers see
	earlier := false
	for _, s := range all {
		day := dayOf(s.Date)
		switch {
		case s.Date.IsZero() || s.Role == ForModified:
		case s.Role == ForPublished && s.Points >= 84 && day < d:
			return true
		case s.From.independent() == 4 && s.From != FromMicrodata && s.Points >= 40:
			visible[day] = true
			if s.Line && (day < d-1 || day < d && s.Clock >= 0 && !zoneApart(s, best)) {
				earlier = true
			}
		}
	}
	return earlier && !visible[d] && len(visible) <= 2 && best.From.independent() <= 1
}

// filed gives the day in the page's address, 0 for none. It is set when an
// article is written, and stays when programs call a later day that of publication.
func filed(all []Sighting) int64 {
	for _, s := range all {
		if s.From == FromAddress {
			return dayOf(s.Date)
		}
	}
	return 0
}

// earlierLine tells whether readers see one day only, and an earlier one.
func earlierLine(all []Sighting, d int64) bool {
	only := int64(0)
	for _, s := range all {
		if s.Date.IsZero() || s.From.independent() != 4 || s.Role == ForModified || s.Points < 30 {
			continue
		}
		if day := dayOf(s.Date); !s.Line || day >= d || only != 0 && only != day {
			return false
		} else {
			only = day
		}
	}
	return only != 0
}

// apartBy gives the minutes between the clock that a page shows and a moment in
// universal time. ok tells whether that can be the paper's zone.
func apartBy(shown, moment Sighting) (minutes int, ok bool) {
	t := moment.Date.Time
	minutes = int(dayOf(shown.Date)-dayOf(moment.Date))*1440 + shown.Clock - t.Hour()*60 - t.Minute()
	return minutes, minutes >= -12*60 && minutes <= 14*60 && minutes%30 == 0
}

func zoneApart(shown, moment Sighting) bool {
	_, ok := apartBy(shown, moment)
	return ok || moment.Date.DayOnly
}

// local gives a moment stated in universal time in the paper's own time, where
// the page shows it: the same moment with another zone, or the hour beside the
// day that readers see, or the day alone.
func local(s Sighting, all []Sighting) Date {
	d := s.Date
	if d.IsZero() || d.DayOnly {
		return d
	}
	if _, east := d.Time.Zone(); east != 0 {
		return d
	}
	for _, o := range all {
		if _, east := o.Date.Time.Zone(); east != 0 && o.Date.Time.Equal(d.Time) {
			return o.Date
		}
	}
	here := dayOf(d)
	for _, o := range all {
		// The paper's zone, as it stands beside another moment, if the day that the paper shows is then right.
		if _, east := o.Date.Time.Zone(); east != 0 && !o.Date.DayOnly {
			at := Date{Time: d.Time.In(time.FixedZone("", east))}
			for _, shown := range all {
				if shown.Date.DayOnly && shown.Points >= 40 && dayOf(shown.Date) == dayOf(at) && dayOf(at) != here {
					return at
				}
			}
		}
	}
	for _, o := range all {
		if o.Clock < 0 || o.Role == ForModified || !o.Date.DayOnly || o.Points < 40 {
			continue
		}
		if away, ok := apartBy(o, s); ok && away != 0 {
			return Date{Time: d.Time.In(time.FixedZone("", away*60))}
		} else if ok {
			return d
		}
	}
	return d
}
