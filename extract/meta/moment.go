package meta

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

var isoMoment = regexp.MustCompile(`^(\d{4})-?(\d\d)-?(\d\d)(?:[Tt _]+(\d{1,2}):?(\d\d)(?::?(\d\d)(?:[.,:]\d+)?)?\s*(Z|z|UTC|GMT|[A-Z]{2,4}|[+-]\d\d:?\d\d|[+-]\d\d)?)?`)

// zones are the abbreviations that mean one thing in practice, in minutes east of Greenwich.
var zones = map[string]int{
	"UTC": 0, "GMT": 0, "Z": 0, "z": 0, "EST": -300, "EDT": -240, "CST": -360, "CDT": -300, "MST": -420, "MDT": -360,
	"PST": -480, "PDT": -420, "CET": 60, "CEST": 120, "MEZ": 60, "MESZ": 120, "BST": 60, "JST": 540, "MSK": 180, "EET": 120, "EEST": 180,
}

var layouts = []string{
	time.RFC1123Z, time.RFC1123, time.RFC850, time.RFC822Z, time.RFC822, time.UnixDate, time.RubyDate, time.ANSIC,
	"Mon Jan 02 2006 15:04:05 GMT-0700", "January 2, 2006 3:04 PM", "January 2, 2006 15:04:05",
	"2006-01-02 03:04:05 PM", "01/02/2006 15:04:05",
}

// stated reads a date as machines write it, and failing that as people do.
func stated(s, language string) Date {
	s = strings.TrimSpace(s)
	if s == "" || len(s) > 200 {
		return Date{}
	}
	if m := isoMoment.FindStringSubmatch(s); m != nil && (len(s) == len(m[0]) || s[len(m[0])] > '9' || s[len(m[0])] < '0') {
		return fromISO(m)
	}
	if n, err := strconv.ParseInt(s, 10, 64); err == nil {
		switch {
		case len(s) == 10 && n > 8e8:
			return Date{Time: time.Unix(n, 0).UTC()}
		case len(s) == 13 && n > 8e11:
			return Date{Time: time.UnixMilli(n).UTC()}
		}
		return Date{}
	}
	for _, l := range layouts {
		if t, err := time.Parse(l, s); err == nil && plausible(t.Year()) {
			if name, offset := t.Zone(); offset == 0 && zones[name] != 0 {
				t = time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, time.FixedZone("", zones[name]*60))
			}
			return Date{Time: t}
		}
	}
	return Written(s, language)
}

// fromISO makes a Date of the parts of an ISO 8601 moment.
func fromISO(m []string) Date {
	n := func(i int) int { v, _ := strconv.Atoi(m[i]); return v }
	d := day(n(1), n(2), n(3))
	if d.IsZero() || m[4] == "" {
		return d
	}
	if n(4) > 23 || n(5) > 59 || n(6) > 60 {
		return d
	}
	zone := time.UTC
	if z := m[7]; z != "" {
		if east, known := zones[z]; known {
			if east != 0 {
				zone = time.FixedZone("", east*60)
			}
		} else if z[0] == '+' || z[0] == '-' {
			digits := strings.ReplaceAll(z[1:], ":", "")
			h, _ := strconv.Atoi(digits[:2])
			mins := 0
			if len(digits) == 4 {
				mins, _ = strconv.Atoi(digits[2:])
			}
			if h <= 15 && mins < 60 {
				east := h*60 + mins
				if z[0] == '-' {
					east = -east
				}
				if east != 0 {
					zone = time.FixedZone("", east*60)
				}
			}
		}
	}
	return Date{Time: time.Date(n(1), time.Month(n(2)), n(3), n(4), n(5), min(n(6), 59), 0, zone)}
}

var (
	urlDay     = regexp.MustCompile(`(?:^|[/_-])((?:19|20)\d\d)(?:[/_-](\d{1,2})[/_-](\d{1,2})|[/_-]?(\d\d)(\d\d))(?:[/_.-]|$)`)
	urlDayLast = regexp.MustCompile(`(?:^|[/_-])(\d{1,2})[/_-](\d{1,2})[/_-]((?:19|20)\d\d)(?:[/_.-]|$)`)
)

// inAddress reads a day from the path of a URL.
func inAddress(u string) Date {
	if _, rest, ok := strings.Cut(u, "://"); ok {
		u = rest
	}
	_, path, _ := strings.Cut(u, "/")
	path, _, _ = strings.Cut(path, "?")
	n := func(s string) int { v, _ := strconv.Atoi(s); return v }
	if m := urlDay.FindStringSubmatch("/" + path); m != nil {
		return day(n(m[1]), n(m[2]+m[4]), n(m[3]+m[5]))
	}
	if m := urlDayLast.FindStringSubmatch("/" + path); m != nil {
		return day(n(m[3]), n(m[2]), n(m[1]))
	}
	return Date{}
}
