package meta

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
