package meta

import "strings"

// eastern reads the month and the day behind a year and its sign.
func (r *dateReader) eastern(i, year int) (Date, int) {
	m, d := r.at(i+2), r.at(i+4)
	if year == 0 || !m.dayLike() || !r.at(i+3).is("月", "월") || !d.dayLike() {
		return Date{}, 0
	}
	next := i + 5
	if r.at(next).is("日", "일") {
		next++
	}
	return r.day(year, m.number, d.number), next
}

// eraYear gives the year of our count for the year at i: of a Japanese era, of
// the Republic of China, or as it stands.
func (r *dateReader) eraYear(i int) int {
	n := r.at(i).number
	if i > 0 && len(r.gap(i)) <= 3 {
		if era := japanese(r.at(i - 1).word); era > 0 && n < 100 {
			return era + n
		}
		if w := r.at(i - 1).word; strings.HasSuffix(w, "民國") || strings.HasSuffix(w, "民国") {
			return 1911 + n
		}
	}
	switch {
	case n >= 1900:
		return n
	case n >= 90 && n < 200 && strings.HasPrefix(strings.ToLower(r.language), "zh"): // 113年
		return 1911 + n
	}
	return 0
}

// japanese gives the year before the first of an era.
func japanese(word string) int {
	word = strings.TrimSuffix(word, "元")
	switch {
	case strings.HasSuffix(word, "令和"):
		return 2018
	case strings.HasSuffix(word, "平成"):
		return 1988
	case strings.HasSuffix(word, "昭和"):
		return 1925
	}
	return 0
}
