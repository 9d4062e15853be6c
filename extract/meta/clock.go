package meta

import "strings"

// clockAt reads the time of day behind a date, in minutes; -1 when none stands there.
func (r *dateReader) clockAt(i int) int {
	for n := 0; n < 3 && r.at(i).word != ""; n++ {
		i++
	}
	h, m := r.at(i), r.at(i+1)
	if !h.dayLike() || i > 0 && len(r.gap(i)) > 12 {
		return -1
	}
	sep := strings.TrimSpace(r.gap(i + 1))
	if m.is("h", "H", "時", "시", "Uhr") && r.at(i+2).dayLike() {
		m, sep = r.at(i+2), ":"
	}
	if m.digits != 2 || sep != ":" && sep != "." || h.number > 23 || m.number > 59 {
		return -1
	}
	minutes := h.number*60 + m.number
	half := strings.ToLower(r.at(i + 2).word)
	if half == "" || len(half) > 2 {
		return minutes
	}
	switch {
	case half[0] == 'p' && h.number < 12:
		minutes += 12 * 60
	case half[0] == 'a' && h.number == 12:
		minutes -= 12 * 60
	}
	return minutes
}
