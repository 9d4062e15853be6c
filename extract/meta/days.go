package meta

import "time"

// The years that a page may be of. An older day in a text is history, a later
// one no date of publication.
const (
	oldestYear = 1900 // that a machine states: archives of papers go back
	firstYear  = 1990 // that a text shows
	lastYear   = 2100
)

func plausible(year int) bool { return year >= oldestYear && year < lastYear }

// day makes a Date of a calendar day, or none when there is no such day.
func day(y, m, d int) Date {
	if !plausible(y) || m < 1 || m > 12 || d < 1 || d > 31 {
		return Date{}
	}
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if t.Day() != d || blank(y, m, d) {
		return Date{}
	}
	return Date{Time: t, DayOnly: true}
}

// blank tells the days that programs write when they know none.
func blank(y, m, d int) bool { return m == 1 && d == 1 && (y == 1970 || y == 1900) }

// persian makes a Date of a day in the solar calendar of Iran.
func persian(y, m, d int) Date {
	if y < 1300 || y >= 1450 || m < 1 || m > 12 || d < 1 || d > 31 || m > 6 && d > 30 || m == 12 && d == 30 && !persianLeap(y) {
		return Date{}
	}
	t := time.Date(2021, time.March, 21, 0, 0, 0, 0, time.UTC) // the first day of 1400
	days := d - 1
	for i := 1; i < m; i++ {
		if days += 30; i <= 6 {
			days++
		}
	}
	for i := 1400; i < y; i++ {
		days += persianYear(i)
	}
	for i := y; i < 1400; i++ {
		days -= persianYear(i)
	}
	t = t.AddDate(0, 0, days)
	return day(t.Year(), int(t.Month()), t.Day())
}

func persianYear(y int) int {
	if persianLeap(y) {
		return 366
	}
	return 365
}

// persianLeap holds for the years 1178 to 1633.
func persianLeap(y int) bool { return (25*y+11)%33 < 8 }
