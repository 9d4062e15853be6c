package meta

import "time"

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
// day that readers see.
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
