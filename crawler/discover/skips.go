package discover

import (
	"strconv"
	"strings"
	"time"
)

// Skips are the hours of the day and the days of the week, by Greenwich time,
// at which a feed asks to be left alone: RSS's skipHours and skipDays.
type Skips struct {
	Hours uint32 // bit n is the hour from n o'clock on
	Days  uint8  // bit n is a time.Weekday
}

const (
	everyHour = 1<<24 - 1
	everyDay  = 1<<7 - 1
)

// skips are Skips as they are being read, word after word.
type skips Skips

// skipping are the elements that say when, by the element of each time in them.
var skipping = map[string]string{"skiphours": "hour", "skipdays": "day"}

// fieldOf is what an element's text is to us at this place, "" for nothing.
func (r *feedReader) fieldOf(name string) string {
	if r.within != "" && skipping[r.within] == name {
		return name
	}
	return fieldOf[name]
}

// take reads one hour or day. What is none says nothing. RSS 0.91 counted the
// hours from 1 to 24, and so do feeds of today.
func (s *skips) take(field, text string) {
	if field == "hour" {
		if n, err := strconv.Atoi(text); err == nil && n >= 0 && n <= 24 {
			s.Hours |= 1 << (n % 24)
		}
		return
	}
	for day := time.Sunday; day <= time.Saturday; day++ {
		if name := day.String(); strings.EqualFold(text, name) || strings.EqualFold(text, name[:3]) {
			s.Days |= 1 << day
		}
	}
}

// sane leaves out what nobody means: a feed that is never to be asked for.
func (s skips) sane() Skips {
	if s.Hours == everyHour {
		s.Hours = 0
	}
	if s.Days == everyDay {
		s.Days = 0
	}
	return Skips(s)
}
