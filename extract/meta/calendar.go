package meta

import "strings"

// A found date is one that stands in a text.
type found struct {
	date       Date
	swapped    Date // the other reading, when the order of day and month is a guess
	start, end int  // where it stands
	clock      int  // minutes of the day that stand beside it; -1 when none do
}

// Written reads the first date in a text that people wrote, in any of the
// languages known. language settles whether 3/4 is in March or April.
func Written(text, language string) Date {
	f, _ := written(text, 0, customs{language: language, monthFirst: american(language, "")})
	return f.date
}

// enough of a text, in bytes, to find its date.
const enough = 2000

// written reads the first date that begins at or after a place in the text.
func written(text string, from int, c customs) (found, bool) {
	if len(text) > enough {
		text = text[:enough]
	}
	if from >= len(text) || !anyDigit(text[from:]) {
		return found{}, false
	}
	var room [64]token
	r := dateReader{text: text, customs: c, ts: tokens(text, room[:0])}
	for i := range r.ts {
		if r.ts[i].start < from {
			continue
		}
		if date, swapped, next := r.dateAt(i); !date.IsZero() {
			f := found{date: date, swapped: swapped, start: r.ts[i].start, end: r.ts[next-1].end, clock: -1}
			f.clock = r.clockAt(next)
			return f, true
		}
	}
	return found{}, false
}

// A dateReader reads dates from tokens.
type dateReader struct {
	customs
	text string
	ts   []token
}

// at gives a token; one with nothing in it behind the end.
func (r *dateReader) at(i int) token {
	if i >= 0 && i < len(r.ts) {
		return r.ts[i]
	}
	return token{start: len(r.text), end: len(r.text)}
}

// gap is the text before a token.
func (r *dateReader) gap(i int) string {
	if i == 0 || i >= len(r.ts) {
		return ""
	}
	return r.text[r.ts[i-1].end:r.ts[i].start]
}

// skip goes over words that stand inside dates.
func (r *dateReader) skip(i, most int) int {
	for n := 0; n < most && r.at(i).word != "" && filler[r.at(i).word]; n++ {
		i++
	}
	return i
}

// month reads the name of a month, of one word or two.
func (r *dateReader) month(i int) (m, next int) {
	t := r.at(i)
	if t.word == "" {
		return 0, i
	}
	if m := monthIn(t.word, r.language); m > 0 {
		return m, i + 1
	}
	if n := r.at(i + 1); n.word != "" && (t.word[0] == 0xd8 || t.word[0] == 0xd9) {
		if m := twofold[t.word+" "+n.word]; m > 0 {
			return m, i + 2
		}
	}
	return 0, i
}

func (t token) is(words ...string) bool {
	for _, w := range words {
		if t.word == w {
			return true
		}
	}
	return false
}

func (t token) dayLike() bool { return t.digits > 0 && t.digits <= 2 }

// dateAt reads a date that begins with a token. next is the token after it.
func (r *dateReader) dateAt(i int) (date, swapped Date, next int) {
	first := r.at(i)
	switch {
	case first.digits == 4:
		date, next = r.yearFirst(i)
	case first.dayLike() || first.digits == 3:
		if r.at(i + 1).is("年") {
			date, next = r.eastern(i, r.eraYear(i))
		} else if first.dayLike() {
			date, swapped, next = r.dayFirst(i)
		}
	case first.word != "":
		if era := japanese(first.word); era > 0 && r.at(i+1).is("年") && strings.HasSuffix(first.word, "元") {
			return r.wrap(r.eastern(i, era+1))
		}
		if m, after := r.month(i); m > 0 {
			date, next = r.monthFirstAt(m, after)
		}
	}
	return date, swapped, next
}

func (*dateReader) wrap(d Date, next int) (Date, Date, int) { return d, Date{}, next }

// yearFirst reads 2024-03-04, 2024年3月4日, 2024 March 4 and their kin.
func (r *dateReader) yearFirst(i int) (Date, int) {
	year := r.at(i).number
	if t := r.at(i + 1); t.is("年", "년") {
		return r.eastern(i, r.eraYear(i))
	}
	second, third := r.at(i+1), r.at(i+2)
	if second.dayLike() && third.dayLike() && between(r.gap(i+1)) && between(r.gap(i+2)) && !r.inside(i) {
		return r.day(year, second.number, third.number), i + 3
	}
	j := r.skip(i+1, 2) // 2024. gada 4. marts, 2024 m. kovo 4 d.
	if n := r.at(j); n.dayLike() {
		if m, after := r.month(j + 1); m > 0 && r.at(i+1).is("gada", "жылғы", "жылдың") {
			return r.day(year, m, n.number), after
		}
		if d := r.at(j + 2); r.at(j+1).is("сарын") && d.dayLike() { // 2024 оны 3 сарын 4
			return r.day(year, n.number, d.number), j + 3
		}
		return Date{}, 0
	}
	m, after := r.month(j)
	if d := r.at(after); m > 0 && d.dayLike() && len(r.gap(after)) < 4 {
		k := r.skip(after+1, 3)
		if y := r.at(k); y.digits == 4 && plausible(y.number) { // "… of 2024 March 4, 2023": the year is part of what was said before
			return Date{}, 0
		}
		return r.day(year, m, d.number), after + 1
	}
	return Date{}, 0
}

// dayFirst reads 4 March 2024 and 4.3.2024.
func (r *dateReader) dayFirst(i int) (date, swapped Date, next int) {
	first := r.at(i)
	if j := r.skip(i+1, 3); r.at(j).word != "" {
		if m, after := r.month(j); m > 0 {
			year, next := r.year(after)
			return r.day(year, m, first.number), Date{}, next
		}
		if n := r.at(j + 1); r.at(j).is("tháng", "Tháng") && n.dayLike() { // 4 tháng 3 năm 2024
			year, next := r.year(j + 2)
			return r.day(year, n.number, first.number), Date{}, next
		}
		return Date{}, Date{}, 0
	}
	second, third := r.at(i+1), r.at(i+2)
	sep := r.gap(i + 1)
	if !second.dayLike() || !between(sep) || strings.TrimSpace(sep) != strings.TrimSpace(r.gap(i+2)) || r.inside(i) {
		return Date{}, Date{}, 0
	}
	year := third.number
	switch {
	case third.digits == 4:
	case third.digits == 2 && year >= 5 && year < 40:
		year += 2000
	default:
		return Date{}, Date{}, 0
	}
	d, m := first.number, second.number
	if m > 12 || d <= 12 && r.monthFirst && strings.ContainsAny(sep, "/-") {
		d, m = m, d
	}
	date = r.day(year, m, d)
	if d <= 12 && m != d {
		swapped = r.day(year, d, m)
	}
	return date, swapped, i + 3
}

// monthFirstAt reads what follows the name of a month.
func (r *dateReader) monthFirstAt(m, i int) (Date, int) {
	i = r.skip(i, 1)
	d := r.at(i)
	if !d.dayLike() || r.at(i+1).digits > 0 && between(r.gap(i+1)) {
		return Date{}, 0
	}
	year, next := r.year(i + 1)
	return r.day(year, m, d.number), next
}

// year reads the year behind a day and a month. Two digits count only where
// nothing else can be meant.
func (r *dateReader) year(i int) (int, int) {
	i = r.skip(i, 4)
	y, gap := r.at(i), r.gap(i)
	switch {
	case y.digits == 4 && len(gap) < 8:
		return y.number, i + 1
	case y.digits == 2 && strings.ContainsAny(gap, "'’-"):
		return 2000 + y.number, i + 1
	case y.digits == 2 && i > 0 && thai(r.at(i-1).word):
		return 2500 + y.number, i + 1
	}
	return 0, i
}

// inside tells a date's first number that is part of something longer: a
// version, an address, a telephone number.
func (r *dateReader) inside(i int) bool {
	if i > 0 && r.gap(i) == "" && r.ts[i-1].word != "" && r.ts[i-1].word[0] < 0x80 && !strings.HasSuffix(r.ts[i-1].word, "T") {
		return true
	}
	if i > 0 && r.ts[i-1].digits > 0 && between(r.gap(i)) && len(r.gap(i)) == 1 {
		return true
	}
	return r.at(i+3).digits > 0 && len(r.gap(i+3)) == 1 && between(r.gap(i+3))
}

// day makes a Date of a year in the calendar that it must be of.
func (r *dateReader) day(y, m, d int) Date {
	switch {
	case m > 100:
		return persian(y, m-100, d)
	case y >= 1300 && y < 1450 && strings.HasPrefix(r.language, "fa"):
		return persian(y, m, d)
	case y >= 2500 && y < 2643: // Thailand counts from the Buddha
		y -= 543
	}
	if y < firstYear { // a life's dates are no news
		return Date{}
	}
	return day(y, m, d)
}
