package discover

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// parseTime reads a date in any of the forms that feeds and sitemaps have in
// the field; zero when it is none. A time without a zone is taken as UTC.
func parseTime(s string) time.Time {
	if s = strings.TrimSpace(s); s == "" || len(s) > 100 {
		return time.Time{}
	}
	for _, layout := range []string{time.RFC3339, time.RFC1123Z, time.RFC1123, "2006-01-02"} {
		if t, err := time.Parse(layout, s); err == nil && (layout != time.RFC1123 || strings.HasSuffix(s, "GMT") || strings.HasSuffix(s, "UTC")) {
			return t
		}
	}
	if n := len(s); (n == 10 || n == 13) && strings.Trim(s, "0123456789") == "" { // seconds, or thousandths
		n, _ := strconv.ParseInt(s[:10], 10, 64)
		return time.Unix(n, 0)
	}
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Cf, r):
			return -1
		case unicode.IsSpace(r):
			return ' '
		}
		return unicode.ToLower(r)
	}, s)
	d := date{year: -1, day: -1}
	rest, ok := d.iso(s)
	if !ok {
		rest, ok = d.words(s)
	}
	if !ok || !d.clock(rest) {
		return time.Time{}
	}
	return d.time()
}

// A date is what has been read of one.
type date struct {
	year, month, day int
	hour, min, sec   int
	east             time.Duration // of UTC
}

var (
	isoDate   = regexp.MustCompile(`^(\d{4})(?:[-/.](\d\d?)(?:[-/.](\d\d?))?|(\d\d)(\d\d))(?:$|[t ,z]\s*)`)
	shortDate = regexp.MustCompile(`^(?:[\p{L}]+\.?,? ?)?(\d\d?)([/.])(\d\d?)[/.](\d{4})(?:$|[ ,]\s*)`)
	dayMonth  = regexp.MustCompile(`(?:^|[^\d:])(\d\d?)(?:st|nd|rd|th)?\.?[ -]+(?:de |d')?(\p{L}{3,})\.?,?[ -]+(?:de )?(\d{4}|\d\d)(?:$|[ ,])`)
	monthDay  = regexp.MustCompile(`(?:^|[^\p{L}])(\p{L}{3,})\.? (\d\d?)(?:st|nd|rd|th)?,? (\d{4})(?:$|[ ,t])`)
	unixDate  = regexp.MustCompile(`^\p{L}{3} (\p{L}{3}) +(\d\d?) (\d\d?:\d\d:\d\d)((?: [a-z]{3,4}| [+-]\d{4})?) (\d{4})$`)
	clockTime = regexp.MustCompile(`^(\d\d?):(\d\d)(?::(\d\d)(?:[.,]\d+)?)? ?([ap]\.?m\.?)?`)
	compact   = regexp.MustCompile(`^(\d\d)(\d\d)(\d\d)?`)
	offset    = regexp.MustCompile(`([+-])(\d\d?)(?::?(\d\d))?`)
)

// iso reads a date that begins with its year.
func (d *date) iso(s string) (rest string, ok bool) {
	m := isoDate.FindStringSubmatch(s)
	if m == nil {
		return "", false
	}
	d.year, d.day = number(m[1]), 1
	if d.month = number(m[2] + m[4]); m[3]+m[5] != "" {
		d.day = number(m[3] + m[5])
	}
	return s[len(m[0]):], true
}

// words reads a date with a month's name, or with the year at its end.
func (d *date) words(s string) (rest string, ok bool) {
	s = strings.Join(strings.Fields(s), " ")
	if m := unixDate.FindStringSubmatch(s); m != nil { // Sat Nov 14 07:30:00 UTC 2026
		d.month, d.day, d.year = monthNamed(m[1]), number(m[2]), number(m[5])
		return m[3] + m[4], d.month > 0
	}
	if m := dayMonth.FindStringSubmatchIndex(s); m != nil {
		d.day, d.month, d.year = number(s[m[2]:m[3]]), monthNamed(s[m[4]:m[5]]), number(s[m[6]:m[7]])
		if m[7]-m[6] == 2 {
			if d.year += 2000; d.year > 2069 {
				d.year -= 100
			}
		}
		return s[m[1]:], d.month > 0
	}
	if m := monthDay.FindStringSubmatchIndex(s); m != nil {
		d.month, d.day, d.year = monthNamed(s[m[2]:m[3]]), number(s[m[4]:m[5]]), number(s[m[6]:m[7]])
		return s[m[1]:], d.month > 0
	}
	if m := shortDate.FindStringSubmatch(s); m != nil {
		d.day, d.month, d.year = number(m[1]), number(m[3]), number(m[4])
		if m[2] == "/" && d.month > 12 || m[2] == "/" && d.day <= 12 { // 11/14/2026, and 3/4/2026 is March's too
			d.day, d.month = d.month, d.day
		}
		return s[len(m[0]):], true
	}
	return "", false
}

// clock reads the time of the day and the zone that follow a date.
func (d *date) clock(s string) bool {
	s = strings.TrimLeft(s, " ,-–at")
	if m := clockTime.FindStringSubmatch(s); m != nil {
		d.hour, d.min, d.sec = number(m[1]), number(m[2]), number(m[3])
		s = s[len(m[0]):]
		half := m[4]
		if half == "" { // or after the seconds and a blank
			if word, _, _ := strings.Cut(strings.TrimSpace(s), " "); word == "am" || word == "pm" {
				half = word
			}
		}
		switch {
		case strings.HasPrefix(half, "p") && d.hour < 12:
			d.hour += 12
		case strings.HasPrefix(half, "a") && d.hour == 12:
			d.hour = 0
		}
	} else if m := compact.FindStringSubmatch(s); m != nil {
		d.hour, d.min, d.sec = number(m[1]), number(m[2]), number(m[3])
		s = s[len(m[0]):]
	}
	return d.zone(strings.TrimSpace(s))
}

// zone reads an offset, or an abbreviation that means one thing to most.
func (d *date) zone(s string) bool {
	if m := offset.FindStringSubmatch(s); m != nil {
		h, min := number(m[2]), number(m[3])
		if h > 14 || min > 59 {
			return false
		}
		d.east = time.Duration(h)*time.Hour + time.Duration(min)*time.Minute
		if m[1] == "-" {
			d.east = -d.east
		}
		return true
	}
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return r < 'a' || r > 'z' }) {
		if minutes, ok := zones[w]; ok {
			d.east = time.Duration(minutes) * time.Minute
			break
		}
	}
	return true
}

func (d *date) time() time.Time {
	if d.month < 1 || d.month > 12 || d.day < 1 || d.day > 31 || d.hour > 24 || d.min > 59 || d.sec > 60 {
		return time.Time{}
	}
	return time.Date(d.year, time.Month(d.month), d.day, d.hour, d.min, d.sec, 0, time.UTC).Add(-d.east)
}

// zones are minutes east of UTC. Where an abbreviation has several meanings, it
// is the one that most feeds have.
var zones = map[string]int{
	"est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420,
	"akst": -540, "akdt": -480, "hst": -600, "ast": -240, "adt": -180, "nst": -210, "brt": -180, "art": -180, "clt": -240,
	"bst": 60, "wet": 0, "west": 60, "cet": 60, "cest": 120, "mez": 60, "mesz": 120, "eet": 120, "eest": 180, "msk": 180, "trt": 180,
	"sast": 120, "eat": 180, "wat": 60, "gst": 240, "pkt": 300, "ist": 330, "wib": 420, "ict": 420, "sgt": 480, "hkt": 480, "myt": 480, "pht": 480,
	"jst": 540, "kst": 540, "awst": 480, "acst": 570, "aest": 600, "aedt": 660, "nzst": 720, "nzdt": 780,
}

// monthNamed knows a month by how its name begins, in the languages whose
// programs write them into feeds.
func monthNamed(word string) int {
	for i, names := range months {
		for _, n := range names {
			if strings.HasPrefix(word, n) {
				return i + 1
			}
		}
	}
	return 0
}

var months = [12][]string{
	{"jan", "jän", "ene", "gen", "янв", "січ", "sty", "oca", "ιαν", "led", "ian"},
	{"feb", "fév", "fev", "фев", "лют", "lut", "şub", "φεβ", "únor", "helmi"},
	{"mar", "mär", "mrt", "maa", "мар", "бер", "μαρ", "břez", "mrz"},
	{"apr", "avr", "abr", "апр", "кві", "kwi", "nis", "απρ", "dub", "huhti"},
	{"may", "mai", "mei", "mag", "maj", "май", "мая", "тра", "μαΐ", "μάι", "květ", "touko", "maio"},
	{"jun", "juin", "giu", "июн", "чер", "cze", "haz", "ιουν", "červn", "kesä"},
	{"jul", "juil", "lug", "июл", "лип", "lip", "tem", "ιουλ", "červen", "heinä"},
	{"aug", "aoû", "aou", "ago", "авг", "сер", "sie", "ağu", "αυγ", "srp", "elo"},
	{"sep", "set", "сен", "вер", "wrz", "eyl", "σεπ", "září", "syys"},
	{"oct", "okt", "out", "ott", "окт", "жов", "paź", "eki", "οκτ", "říj", "loka"},
	{"nov", "ноя", "лис", "lis", "kas", "νοε", "marras"},
	{"dec", "dez", "déc", "dic", "des", "дек", "гру", "gru", "ara", "δεκ", "pros", "joulu"},
}

func number(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}
