package meta

import (
	"strconv"
	"strings"
	"time"
)

// zones are the abbreviations that mean one thing in practice, in minutes east of Greenwich.
var zones = map[string]int{
	"UTC": 0, "GMT": 0, "Z": 0, "z": 0, "WET": 0, "WEST": 60, "EST": -300, "EDT": -240, "CDT": -300, "CST": -360, "MST": -420, "MDT": -360,
	"PST": -480, "PDT": -420, "AKST": -540, "HST": -600, "CET": 60, "CEST": 120, "MEZ": 60, "MESZ": 120, "BST": 60, "JST": 540, "KST": 540,
	"MSK": 180, "EET": 120, "EEST": 180, "PKT": 300, "WIB": 420, "SGT": 480, "HKT": 480, "AWST": 480, "AEST": 600, "AEDT": 660,
	"NZST": 720, "NZDT": 780, "ART": -180, "BRT": -180, "CAT": 120, "SAST": 120, "EAT": 180, "WAT": 60,
}

// layouts are those that programs write and that begin with no date.
var layouts = []string{time.UnixDate, time.RubyDate, time.ANSIC}

// stated reads a date as machines write it, and failing that as people do.
func stated(s, language string) Date {
	f := statedBy(s, customs{language: language, monthFirst: american(language, "")})
	return f.date
}

func statedBy(s string, c customs) found {
	s = strings.TrimSpace(s)
	if s == "" || len(s) > 200 || !anyDigit(s) {
		return found{}
	}
	if d, ok := iso(s); ok {
		return found{date: withoutMidnight(d, c.language), clock: -1}
	}
	if n, err := strconv.ParseInt(s, 10, 64); err == nil {
		return found{date: epoch(n, len(s)), clock: -1}
	}
	if strings.Count(s, ":") >= 2 && len(s) < 40 {
		for _, l := range layouts {
			if t, err := time.Parse(l, s); err == nil && plausible(t.Year()) {
				if name, offset := t.Zone(); offset == 0 && zones[name] != 0 {
					t = time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, time.FixedZone("", zones[name]*60))
				}
				return found{date: Date{Time: t}, clock: -1}
			}
		}
	}
	f, _ := written(s, 0, c)
	if !f.date.IsZero() && f.clock >= 0 {
		if t, ok := zoned(f.date, s[f.end:]); ok {
			return found{date: t, clock: -1}
		}
	}
	return f
}

// zoned reads the clock and the zone behind a day: " 2026 07:15:00 +0100". No zone, no moment.
func zoned(d Date, rest string) (Date, bool) {
	h, m, sec, rest, ok := clock(strings.TrimLeft(rest, " ,T"))
	if !ok {
		return Date{}, false
	}
	east, ok := zone(rest)
	if !ok {
		return Date{}, false
	}
	return moment(d, h, m, sec, east), true
}

// epoch reads seconds, milliseconds or microseconds since 1970, or digits that are a day.
func epoch(n int64, digits int) Date {
	switch {
	case digits == 10 && n > 6e8 && n < 4e9:
		return Date{Time: time.Unix(n, 0).UTC()}
	case digits == 13 && n > 6e11 && n < 4e12:
		return Date{Time: time.UnixMilli(n).UTC().Truncate(time.Second)}
	case digits == 16 && n > 6e14 && n < 4e15:
		return Date{Time: time.UnixMicro(n).UTC().Truncate(time.Second)}
	}
	return Date{}
}

// number reads up to most digits at the front.
func number(s string, most int) (n, digits int) {
	for digits < len(s) && digits < most && s[digits] >= '0' && s[digits] <= '9' {
		n = n*10 + int(s[digits]-'0')
		digits++
	}
	return n, digits
}

// iso reads ISO 8601 with the liberties that pages take: one digit for a
// month, a blank for the T, other signs between, no zone, whatever behind it.
func iso(s string) (Date, bool) {
	year, n := number(s, 4)
	if n != 4 || len(s) < 8 {
		return Date{}, false
	}
	rest := s[4:]
	var month, dayOf int
	if sep := rest[0]; sep == '-' || sep == '/' || sep == '.' {
		month, n = number(rest[1:], 2)
		if rest = rest[1+n:]; n == 0 || len(rest) < 2 || rest[0] != sep {
			return Date{}, false
		}
		dayOf, n = number(rest[1:], 2)
		rest = rest[1+n:]
	} else {
		month, n = number(rest, 2)
		if n < 2 {
			return Date{}, false
		}
		dayOf, n = number(rest[2:], 2)
		if n < 2 {
			return Date{}, false
		}
		rest = rest[4:]
		if digits := len(rest); digits > 0 && rest[0] >= '0' && rest[0] <= '9' { // 20260304071500, or no date at all
			if hour, n := number(rest, 2); digits != 4 && digits != 6 || n < 2 || hour > 23 {
				return Date{}, false
			}
			rest = rest[:2] + ":" + rest[2:4] + ":" + (rest[4:] + "00")[:2]
			return timed24(year, month, dayOf, rest)
		}
	}
	if n == 0 || rest != "" && rest[0] >= '0' && rest[0] <= '9' {
		return Date{}, false
	}
	return timed24(year, month, dayOf, strings.TrimLeft(rest, "Tt _,"))
}

// timed24 makes a Date of a day and what stands behind it.
func timed24(year, month, dayOf int, rest string) (Date, bool) {
	d := day(year, month, dayOf)
	if d.IsZero() {
		return Date{}, true
	}
	h, m, sec, rest, ok := clock(rest)
	if !ok {
		return d, true
	}
	east, said := zone(rest)
	if !said && h == 0 && m == 0 && sec == 0 { // a program's way to write a day
		return d, true
	}
	return moment(d, h, m, sec, east), true
}

func moment(d Date, h, m, sec, east int) Date {
	at := time.UTC
	if east != 0 {
		at = time.FixedZone("", east*60)
	}
	y, mon, day := d.Time.Date()
	return Date{Time: time.Date(y, mon, day, h, m, min(sec, 59), 0, at)}
}

// clock reads 07:15, 7:15:30.123, 0715 and 7:15 pm.
func clock(s string) (h, m, sec int, rest string, ok bool) {
	h, n := number(s, 2)
	if n == 0 || h > 23 {
		return 0, 0, 0, s, false
	}
	s = s[n:]
	colon := s != "" && s[0] == ':'
	if colon {
		s = s[1:]
	}
	m, n = number(s, 2)
	if n != 2 || m > 59 {
		return 0, 0, 0, s, false
	}
	s = s[n:]
	if s != "" && (s[0] == ':') == colon {
		t := strings.TrimPrefix(s, ":")
		if v, n := number(t, 2); n == 2 && v <= 60 {
			sec, s = v, t[n:]
			if s != "" && (s[0] == '.' || s[0] == ',' || s[0] == ':') {
				s = strings.TrimLeft(s[1:], "0123456789")
			}
		}
	}
	s = strings.TrimLeft(s, " ")
	if len(s) >= 2 && (s[1] == 'M' || s[1] == 'm') {
		switch {
		case (s[0] == 'P' || s[0] == 'p') && h < 12:
			h += 12
		case (s[0] == 'A' || s[0] == 'a') && h == 12:
			h = 0
		}
		if s[0]|0x20 == 'p' || s[0]|0x20 == 'a' {
			s = strings.TrimLeft(s[2:], " ")
		}
	}
	return h, m, sec, s, true
}

// zone reads Z, +01:00, -0500, +02, GMT+0100 and the names of zones.
func zone(s string) (east int, ok bool) {
	s = strings.TrimLeft(s, " (")
	n := 0
	for n < len(s) && (s[n] >= 'A' && s[n] <= 'Z' || s[n] == 'z') {
		n++
	}
	name := s[:n]
	s = s[n:]
	east, ok = zones[name]
	if s == "" || s[0] != '+' && s[0] != '-' || name != "" && (!ok || east != 0) {
		return east, ok
	}
	h, n := number(s[1:], 2)
	if n == 0 || h > 14 {
		return east, ok
	}
	m, _ := number(strings.TrimPrefix(s[1+n:], ":"), 2)
	if m > 59 {
		m = 0
	}
	if east = h*60 + m; s[0] == '-' {
		east = -east
	}
	return east, true
}
