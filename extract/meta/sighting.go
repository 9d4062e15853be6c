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
	if published.Role != ForModified && before(modified.Date, published.Date) {
		// A draft was saved before it was published, or one of the two is wrong:
		// of the published text it tells nothing.
		modified = Sighting{}
	}
	return published, modified
}

// before tells whether a is earlier than b for certain: days may be those of
// other zones.
func before(a, b Date) bool {
	switch {
	case a.IsZero() || b.IsZero():
		return false
	case a.DayOnly || b.DayOnly:
		return dayOf(a) < dayOf(b)-1
	}
	return a.Time.Before(b.Time)
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
