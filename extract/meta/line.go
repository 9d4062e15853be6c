package meta

import "strings"

// about tells what the text around a date makes of it: its role, and whether it is a
// line that says no more than that.
func about(text string, from int, d found) (role Role, line bool) {
	role, _ = labelled(text[from:d.start])
	rest := d.start + max(0, len(text)-d.end)
	return role, rest <= 40 || role != Unsaid && rest <= 80 || d.start <= 24 && rest <= 120 && apart(text[d.end:]) && !sentence(text)
}

// apart tells a text that begins with a sign that sets it apart from the date before it.
func apart(rest string) bool {
	rest = strings.TrimLeft(rest, " \u00a0")
	for _, sign := range []string{"-", "–", "—", "|", "/", "·", "•", ".", ",", ":", "("} {
		if strings.HasPrefix(rest, sign) {
			return true
		}
	}
	return rest == ""
}

// sentence tells a text that ends as sentences do.
func sentence(text string) bool {
	return len(text) > 60 && strings.IndexByte(".!?", text[len(text)-1]) >= 0
}

// InLine reads the dates of a line of visible text, and what the words before each say of it.
func (f *Facts) InLine(text string) []Sighting {
	var out []Sighting
	inLine(text, customs{language: f.Language, monthFirst: f.MonthFirst}, func(x Sighting, _ found) {
		if x.Role != elsewhere {
			x.From = FromText
			out = append(out, x)
		}
	})
	return out
}

// inLine calls see for each of the first three dates of a text.
func inLine(text string, c customs, see func(Sighting, found)) {
	for from, n := 0, 0; n < 3; n++ {
		d, ok := written(text, from, c)
		if !ok {
			return
		}
		x := Sighting{Date: d.date, Swapped: d.swapped, Clock: d.clock, Opens: d.start < 24}
		x.Role, x.Line = about(text, from, d)
		see(x, d)
		from = d.end
	}
}
