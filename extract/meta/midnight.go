package meta

import (
	"strings"
	"time"
)

// A program that knows a day only often writes the midnight at which it begins,
// in universal time: 22:00 or 23:00 of the day before in Berlin, 15:00 in Tokyo.
// The language tells where that may be.
var midnights = map[string]struct {
	east   int // minutes
	summer bool
}{
	"de": {60, true}, "fr": {60, true}, "it": {60, true}, "es-ES": {60, true}, "ca": {60, true}, "eu": {60, true}, "nl": {60, true}, "da": {60, true}, "sv": {60, true},
	"nb": {60, true}, "nn": {60, true}, "no": {60, true}, "pl": {60, true}, "cs": {60, true}, "sk": {60, true}, "hu": {60, true}, "sl": {60, true}, "hr": {60, true},
	"sr": {60, true}, "sq": {60, true}, "mk": {60, true}, "fi": {120, true}, "et": {120, true}, "lv": {120, true}, "lt": {120, true}, "el": {120, true}, "ro": {120, true}, "bg": {120, true}, "uk": {120, true},
	"tr": {180, false}, "ru": {180, false}, "be": {180, false}, "fa": {210, false}, "hi": {330, false}, "th": {420, false}, "vi": {420, false}, "id": {420, false},
	"zh": {480, false}, "ms": {480, false}, "fil": {480, false}, "ja": {540, false}, "ko": {540, false},
}

// withoutMidnight makes a day of a moment that is midnight where the page is written.
func withoutMidnight(d Date, language string) Date {
	if d.IsZero() || d.DayOnly || d.Time.Second() != 0 || d.Time.Minute()%30 != 0 {
		return d
	}
	if _, east := d.Time.Zone(); east != 0 {
		return d
	}
	zone, ok := midnights[language]
	if !ok {
		tongue, country, _ := strings.Cut(language, "-")
		if zone, ok = midnights[tongue]; !ok || tongue == "fr" && country == "CA" {
			return d
		}
	}
	east := zone.east
	if zone.summer && summer(d.Time) {
		east += 60
	}
	here := d.Time.Add(time.Duration(east) * time.Minute)
	if here.Hour() != 0 || here.Minute() != 0 {
		return d
	}
	return day(here.Year(), int(here.Month()), here.Day())
}

// summer tells the months of summer time in Europe: from the last Sunday of
// March to that of October, at one o'clock universal time.
func summer(t time.Time) bool {
	lastSunday := func(m time.Month) time.Time {
		d := time.Date(t.Year(), m, 31, 1, 0, 0, 0, time.UTC)
		return d.AddDate(0, 0, -int(d.Weekday()))
	}
	return !t.Before(lastSunday(time.March)) && t.Before(lastSunday(time.October))
}
