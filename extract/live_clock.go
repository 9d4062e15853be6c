package extract

import (
	"strings"
	"time"
	"unicode/utf8"

	"pressmark/extract/meta"
)

// clockLength is the longest text that is a time of day and no more: "Updated at 14:05 CET".
const clockLength = 24

// clockLike tells whether a short text is a time of day, or has one for its first or last word.
func clockLike(s string) bool { return clockIn(s) >= 0 }

// clockIn reads a time of day in a short text, in minutes since midnight:
// 14:05, 14.05, 2:05 pm, 14h05, 14時05分; -1 when there is none.
func clockIn(s string) int {
	if utf8.RuneCountInString(s) > clockLength {
		return -1
	}
	for i := 0; i < len(s); i++ {
		if !digit(s[i]) {
			continue
		}
		if i > 0 && (s[i-1] == ':' || s[i-1] == '.' || s[i-1] == '-' || s[i-1] == '/') {
			return -1 // within a date or a score
		}
		j := i
		for j < len(s) && digit(s[j]) {
			j++
		}
		hour := small(s[i:j])
		rest, ok := s[j:], false
		for _, sep := range []string{":", ".", "h", "時", "시 ", "시", "u"} {
			if after, cut := strings.CutPrefix(rest, sep); cut && len(after) >= 2 && digit(after[0]) && digit(after[1]) && (len(after) == 2 || !digit(after[2])) {
				rest, ok = after, true
				break
			}
		}
		if !ok {
			i = j
			continue
		}
		minute := small(rest[:2])
		if rest = rest[2:]; hour < 0 || hour > 24 || minute > 59 || strings.HasPrefix(rest, ".") && len(rest) > 1 || strings.HasPrefix(rest, "/") {
			return -1
		}
		switch half := strings.ToLower(strings.ReplaceAll(strings.TrimLeft(rest, " \u00a0"), ".", "")); {
		case strings.HasPrefix(half, "pm") && hour < 12:
			hour += 12
		case strings.HasPrefix(half, "am") && hour == 12:
			hour = 0
		}
		return hour%24*60 + minute
	}
	return -1
}

// small reads a number of one or two digits; -1 for any other.
func small(s string) int {
	switch len(s) {
	case 1:
		return int(s[0] - '0')
	case 2:
		return int(s[0]-'0')*10 + int(s[1]-'0')
	}
	return -1
}

// A calendar gives times of day their dates, post by post. The posts of one
// page run one way, nearly always back in time; when a time of day jumps, a
// midnight was passed.
type calendar struct {
	day  time.Time // zero when the page names none
	last int       // minutes of the post before; -1 before the first
}

func newCalendar(f *meta.Facts) *calendar {
	d := f.Modified
	if d.IsZero() {
		d = f.Published
	}
	return &calendar{day: d.Time, last: -1}
}

func (c *calendar) on(minutes int) meta.Date {
	if c.day.IsZero() {
		return meta.Date{}
	}
	const half = 12 * 60
	if c.last >= 0 {
		switch step := minutes - c.last; {
		case step > half:
			c.day = c.day.AddDate(0, 0, -1)
		case step < -half:
			c.day = c.day.AddDate(0, 0, 1)
		}
	}
	c.last = minutes
	y, m, d := c.day.Date()
	return meta.Date{Time: time.Date(y, m, d, minutes/60, minutes%60, 0, 0, c.day.Location())}
}
