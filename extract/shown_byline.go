package extract

import (
	"strings"

	"pressmark/extract/meta"
)

// sign completes who wrote the article, and which agency, from the visible text
// where the page does not say it of itself.
func (o *outline) sign(a *Article, facts *meta.Facts) {
	a.Byline, a.Agency, a.AgencyFrom = facts.Byline, facts.Agency, facts.AgencyFrom
	if facts.Unsigned && a.Agency == "" {
		if names, agency := o.shownByline(facts.Language); len(names) > 0 || agency != "" {
			a.Byline, a.Agency, a.AgencyFrom = names, agency, ""
			if agency != "" {
				a.AgencyFrom = "byline"
			}
		}
	}
	if a.Agency == "" {
		a.Agency, a.AgencyFrom = agencyIn(a.Blocks)
	}
}

// shownByline reads who wrote the article from the visible text when the page
// states it nowhere: the short lines around the headline first, then those
// that end the text.
func (o *outline) shownByline(language string) (names []string, agency string) {
	if o.titleAt >= 0 {
		from, to := max(o.titleAt-4, 0), min(o.titleAt+14, len(o.pieces))
		for i := from; i < to; i++ {
			if p := &o.pieces[i]; i != o.titleAt && p.runes <= 110 && p.kind != Heading && !o.navigates(i) {
				if names, agency = o.signed(i); len(names) > 0 || agency != "" {
					return names, agency
				}
			}
		}
		for i := from; i < min(to, o.titleAt+7); i++ {
			if i != o.titleAt {
				if names = o.besideDate(i, language); len(names) > 0 {
					return names, ""
				}
			}
		}
	}
	last := -1
	for i := range o.pieces {
		if p := &o.pieces[i]; p.weight > 80 && p.in >= 0 && o.elements[p.in].cut == 0 {
			last = i
		}
	}
	best, from := -1, 0
	if o.titleAt < last {
		from = max(o.titleAt, 0)
	}
	for i := from; last >= 0 && i < min(last+20, len(o.pieces)); i++ {
		p := &o.pieces[i]
		if p.runes > 110 || i == o.titleAt || !strings.ContainsAny(p.text, ":：") && !namesAuthor(p.text) {
			continue
		}
		if n, a := o.signed(i); len(n) > 0 || a != "" {
			if best < 0 || abs(i-last) <= abs(best-last) {
				best, names, agency = i, n, a
			}
		}
	}
	return names, agency
}

// navigates tells whether a piece stands in a menu.
func (o *outline) navigates(i int) bool {
	in := o.pieces[i].in
	return in >= 0 && o.elements[in].cut&navigationMark != 0
}

func abs(n int) int { return max(n, -n) }

// signed reads a line that signs, or a "by" and the line after it.
func (o *outline) signed(i int) (names []string, agency string) {
	text := o.pieces[i].text
	if i+1 < len(o.pieces) && len(text) < 28 && o.pieces[i+1].runes < 60 && !strings.ContainsAny(text, "0123456789") {
		if names, agency = meta.Signed(text); len(names) == 0 && agency == "" {
			return meta.Signed(text + " " + o.pieces[i+1].text)
		}
		return names, agency
	}
	return meta.Signed(text)
}

// besideDate reads a name that stands alone in the line of the date or next to it.
func (o *outline) besideDate(i int, language string) []string {
	p := &o.pieces[i]
	if p.runes > 80 || p.runes < 5 || p.weight > 60 || p.kind == Heading {
		return nil
	}
	if lifetime(p.text) {
		return nil
	}
	dated := !meta.Written(p.text, language).IsZero()
	for _, k := range [2]int{i - 1, i + 1} {
		if !dated && k >= 0 && k < len(o.pieces) && k != o.titleAt && o.pieces[k].runes < 60 {
			dated = !meta.Written(o.pieces[k].text, language).IsZero()
		}
	}
	if !dated {
		return nil
	}
	names, _ := meta.People(p.text)
	if len(names) != 1 || len(strings.Fields(names[0])) < 2 || len(strings.Fields(names[0])) > 3 || !meta.IsPerson(names[0]) {
		return nil
	}
	return names
}

// lifetime tells a line with two years far apart: "born 4 May 1931; died 2 March 2025" is of the subject.
func lifetime(line string) bool {
	least, most, digits, n := 9999, 0, 0, 0
	for i := 0; i <= len(line); i++ {
		if i < len(line) && line[i] >= '0' && line[i] <= '9' {
			n, digits = n*10+int(line[i]-'0'), digits+1
			if digits <= 4 {
				continue
			}
		}
		if digits == 4 && n >= 1000 && n < 2100 {
			least, most = min(least, n), max(most, n)
		}
		n, digits = 0, 0
	}
	return most-least > 5
}

// namesAuthor tells a line that begins with the word for an author, though no colon follows it.
func namesAuthor(line string) bool {
	line = strings.ToLower(line[:min(len(line), 24)])
	for _, word := range [...]string{"written by ", "author", "autor", "auteur", "autore", "автор", "skribent", "författare"} {
		if strings.HasPrefix(line, word) {
			return true
		}
	}
	return false
}

// agencyIn finds the wire service that the text itself credits, and where.
func agencyIn(blocks []Block) (agency, from string) {
	paragraphs := make([]string, 0, 4)
	for _, b := range blocks[:min(len(blocks), 3)] {
		paragraphs = append(paragraphs, b.Text)
	}
	if len(blocks) > 3 {
		paragraphs = append(paragraphs, blocks[len(blocks)-1].Text)
	}
	return meta.Credited(paragraphs)
}
