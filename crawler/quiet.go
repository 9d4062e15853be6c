package crawler

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Hours are times of the day at which a site is left alone, such as
// "22:00-06:00, 12:30-13:00". They go by the clock on the wall: where that is
// put forward a part of them may not happen, and where it is put back a part
// may happen twice.
type Hours struct {
	spans []span
}

// A span goes from one minute of the day up to another. It is over midnight
// when it ends before it begins.
type span struct{ from, to int }

const dayMinutes = 24 * 60

// ParseHours reads what the configuration says. Nothing, or "none", is no hours.
func ParseHours(text string) (Hours, error) {
	var h Hours
	if text = strings.TrimSpace(text); text == "" || text == "none" {
		return h, nil
	}
	var quiet [dayMinutes]bool
	for part := range strings.SplitSeq(text, ",") {
		part = strings.TrimSpace(part)
		from, to, ok := strings.Cut(part, "-")
		a, aok := minuteOf(from)
		b, bok := minuteOf(to)
		switch {
		case !ok || !aok || !bok || a == dayMinutes:
			return Hours{}, fmt.Errorf("%q is no time of the day from and to: write 22:00-06:00", part)
		case a == b:
			return Hours{}, fmt.Errorf("%q ends as it begins: write 22:00-06:00", part)
		}
		s := span{a, b}
		h.spans = append(h.spans, s)
		for m := range quiet {
			quiet[m] = quiet[m] || s.has(m)
		}
	}
	for _, q := range quiet {
		if !q {
			return h, nil
		}
	}
	return Hours{}, errors.New("the whole day is quiet: paused keeps a site in the file and does not crawl it")
}

// minuteOf reads 6:00, 06:00 or 24:00.
func minuteOf(text string) (minute int, ok bool) {
	h, m, ok := strings.Cut(strings.TrimSpace(text), ":")
	if !ok || len(h) < 1 || len(h) > 2 || len(m) != 2 {
		return 0, false
	}
	n := 0
	for _, c := range h + m {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	minute = n/100*60 + n%100
	return minute, n%100 < 60 && minute <= dayMinutes
}

func (s span) has(minute int) bool {
	if s.from < s.to {
		return s.from <= minute && minute < s.to
	}
	return minute >= s.from || minute < s.to
}

// Until tells whether it is quiet at t, on the clock of its zone, and until when.
func (h Hours) Until(t time.Time) (end time.Time, quiet bool) {
	if !h.at(t) {
		return time.Time{}, false
	}
	// Step by step: no calculation survives each way to put a clock forward or back.
	for end = t.Truncate(time.Minute).Add(time.Minute); h.at(end); end = end.Add(time.Minute) {
	}
	return end, true
}

func (h Hours) at(t time.Time) bool {
	if len(h.spans) == 0 {
		return false
	}
	hour, minute, _ := t.Clock()
	for _, s := range h.spans {
		if s.has(hour*60 + minute) {
			return true
		}
	}
	return false
}

// String is how the configuration would say it.
func (h Hours) String() string {
	parts := make([]string, len(h.spans))
	for i, s := range h.spans {
		parts[i] = fmt.Sprintf("%02d:%02d-%02d:%02d", s.from/60, s.from%60, s.to/60, s.to%60)
	}
	return strings.Join(parts, ", ")
}
