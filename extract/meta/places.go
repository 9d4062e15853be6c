package meta

import (
	"slices"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// head notes where a headline of the page stands.
func (s *Survey) head(h1 *html.Node) {
	if len(s.headings) >= 8 {
		return
	}
	s.headings = append(s.headings, s.seen)
	for n := h1.Parent; n != nil && len(s.above) < 100; n = n.Parent {
		s.above = append(s.above, n)
	}
}

// shown adds the dates that stand in the page.
func (s *Survey) shown(f *Facts, c customs) {
	begin := len(f.Dates)
	var from []*timed
	for i := range s.times {
		t := &s.times[i]
		d, x := t.read(c)
		if d.date.IsZero() || x.Role == elsewhere {
			continue
		}
		switch {
		case t.prop:
			x.From, x.Role = FromMicrodata, ForPublished
		case t.stated != "":
			x.From = FromTime
		default:
			x.From = FromText
		}
		x.Date, x.Swapped, x.Clock = d.date, d.swapped, d.clock
		if t.changed {
			x.Role = ForModified
		}
		if n := len(from); n > 0 && holds(from[n-1].node, t.node) && dayOf(f.Dates[begin+n-1].Date) == dayOf(x.Date) && f.Dates[begin+n-1].From == FromText {
			// The same words once more, closer. A theme's class "updated" says little inside one for the date of an entry.
			if x.Role == ForModified && f.Dates[begin+n-1].Role == Unsaid && from[n-1].rank == 5 {
				x.Role = Unsaid
			}
			f.Dates, from = f.Dates[:begin+n-1], from[:n-1]
		}
		f.Dates, from = append(f.Dates, x), append(from, t)
	}
	said := map[string]int64{} // the day that the first place with these names shows
	differ := map[bool]bool{}  // by role: whether microdata do not agree
	days := map[bool]int64{}
	for i, t := range from {
		x := &f.Dates[begin+i]
		if !t.prop {
			continue
		}
		if day, seen := days[t.changed]; seen && day != dayOf(x.Date) {
			differ[t.changed] = true
		} else {
			days[t.changed] = dayOf(x.Date)
		}
	}
	alone, only := true, int64(0) // no other day is shown outside of teasers and comments
	for i, t := range from {
		x := &f.Dates[begin+i]
		x.Points = t.points()
		if t.prop && !differ[t.changed] {
			x.Points = 84
			continue
		}
		x.Points += s.nearness(t)
		if x.Role == ForPublished && x.Line {
			x.Points += 14
		}
		if !x.Line && t.stated == "" {
			x.Points -= 20
		}
		if s.beside(t.node) {
			x.Points -= 40
		} else if x.Role != ForModified {
			alone = alone && (only == 0 || only == dayOf(x.Date))
			only = dayOf(x.Date)
		}
		if day, seen := said[t.class]; t.class != "" && seen && day != dayOf(x.Date) { // a row of teasers
			x.Points -= 15
		} else if t.class != "" && !seen {
			said[t.class] = dayOf(x.Date)
		}
		x.Points = max(x.Points, 1)
	}
	for i, t := range from {
		if x := &f.Dates[begin+i]; alone && dayOf(x.Date) == only && x.Line && x.Points < 50 && !t.prop {
			x.Points += 12
		}
	}
}

// nearness is what the distance from the headline is worth.
func (s *Survey) nearness(t *timed) int {
	distance, after := s.fromHeading(t.at)
	switch {
	case distance < 0: // no headline
		return 0
	case distance <= 24 && after:
		return 29 - distance/3
	case distance <= 24:
		return 25 - distance/3
	case distance <= 60:
		return 8
	case after:
		return -12
	}
	return -20
}

// holds tells whether one node is not far above another.
func holds(above, n *html.Node) bool {
	for range 6 {
		if n == nil || n == above {
			break
		}
		n = n.Parent
	}
	return n != nil && n == above
}

// read reads a place that shows a date: what it states for machines, and what it shows.
func (t *timed) read(c customs) (found, Sighting) {
	d := statedBy(t.stated, c)
	x := Sighting{Role: elsewhere}
	var shown found
	inLine(t.text, c, func(y Sighting, f found) {
		// The first date, unless that is of the last change, or none of the article's, and another follows.
		if shown.date.IsZero() || x.Role == elsewhere || x.Role == ForModified && y.Role == ForPublished {
			x, shown = y, f
		}
	})
	switch {
	case shown.date.IsZero():
		x.Role, x.Line = Unsaid, t.text != "" && len(t.text) < 30
	case d.date.IsZero():
		return shown, x
	case d.date.DayOnly && d.clock < 0:
		d.clock = shown.clock
	}
	return d, x
}

// points of the place alone.
func (t *timed) points() int {
	switch t.rank {
	case 1:
		return 66
	case 2:
		return 52
	case 3, 4:
		return 44
	case 5:
		return 46
	case 6:
		return 34
	}
	return 24
}

// fromHeading gives how many elements stand between a place and the headline; -1 without a headline.
func (s *Survey) fromHeading(at int) (distance int, after bool) {
	distance = -1
	for _, h := range s.headings {
		d := at - h
		if d < 0 {
			d = -d
		}
		if distance < 0 || d < distance {
			distance, after = d, at >= h
		}
	}
	return distance, after
}

// beside tells a node that stands in what is no part of the article: comments,
// teasers, the page's frame. What holds the headline, too, is none of these.
func (s *Survey) beside(n *html.Node) bool {
	for depth := 0; n != nil && depth < 14 && !slices.Contains(s.above, n); n, depth = n.Parent, depth+1 {
		switch n.DataAtom {
		case atom.Nav:
			return true
		case atom.Footer, atom.Aside:
			if p := n.Parent; p == nil || p.DataAtom != atom.Article || !slices.Contains(s.above, p) {
				return true
			}
		case atom.Body, atom.Html:
			return false
		}
		for _, a := range n.Attr {
			if (a.Key == "class" || a.Key == "id") && s.classed(a.Val).undated {
				return true
			}
		}
	}
	return false
}
