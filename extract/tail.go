package extract

import "strings"

// end drops, from the last line upwards, what comes after the article: who wrote
// it, where it is from, and a line that leads to something that is gone.
func (t *trimmer) end() {
	const most = 60 // lines that are looked at
	total := 0
	for i := range t.in {
		if t.gone[i] == 0 {
			total += t.at(i).weight
		}
	}
	after, at := 0, len(t.in)
	for i := len(t.in) - 1; i > max(2, len(t.in)-most) && after*100 <= total*12; i-- {
		if t.gone[i] != 0 {
			continue
		}
		p := t.at(i)
		after += p.weight
		switch {
		case t.signed(p):
			last := i + 1
			if t.listed(last) && !t.opens(last) {
				last = len(t.in)
			}
			for k := i; k < last; k++ {
				t.drop(k, authorMark, "signed")
			}
			at = i
		case t.presents(i):
			for k := i; k < at; k++ {
				t.drop(k, boilerplateMark, "about")
			}
			at = i
		case p.kind != Heading && p.linked > 0 && p.runes < 220 && called(strings.ToLower(p.text)) && !t.outward(p):
			t.drop(i, newsletterMark, "call")
		case p.runes < 40 && phrases[p.key]&sourceMark != 0 && t.listed(i+1):
			for k := i; k < len(t.in); k++ {
				t.drop(k, boilerplateMark, "sources")
			}
			at = i
		}
	}
	for at--; at > 2; at-- {
		if p := t.at(at); t.gone[at] == 0 {
			if p.kind == Paragraph && p.runes < 160 && strings.HasSuffix(p.text, ":") {
				t.drop(at, relatedMark, "leads on")
			}
			break
		}
	}
}

// presents tells a line such as "About Linden Mills" above a text that begins
// with "Linden Mills": press releases end so.
func (t *trimmer) presents(i int) bool {
	p := t.at(i)
	if p.runes > 60 || p.weight > 0 || i+1 >= len(t.in) || t.gone[i+1] != 0 {
		return false
	}
	line, next := strings.ToLower(p.text), strings.ToLower(t.at(i+1).text)
	first, _, _ := strings.Cut(next, " ")
	if len(first) < 3 || len(line) <= len(first) || !strings.Contains(line, first) {
		return false
	}
	for _, w := range abouts {
		if strings.HasPrefix(line, w+" ") || strings.HasSuffix(line, " "+w) || len(w) > 4 && strings.HasPrefix(line, w) && w[0] >= 0x80 {
			for _, j := range t.in[:i] { // a section of several: about the towns, about the islands
				if q := &t.o.pieces[j]; q.kind == p.kind && q.runes <= 60 && strings.HasPrefix(strings.ToLower(q.text), w+" ") {
					return false
				}
			}
			return true
		}
	}
	return false
}

// signed tells a paragraph about one of the article's authors: it names them at once,
// or says little more. Who is quoted, or told of as saying something, is a subject of the text.
func (t *trimmer) signed(p *piece) bool {
	if p.runes > 600 || strings.ContainsAny(p.text, "“”„«»「『") {
		return false
	}
	for _, name := range t.facts.Byline {
		if len(name) < 7 || !strings.Contains(name, " ") {
			continue
		}
		i := strings.Index(p.text, name)
		// A subject of the text is named within a sentence, an author at its head or beside a link.
		if i >= 0 && (i < 12 || (i < 40 || p.runes < 250) && (p.linked > 0 || strings.Contains(p.text, "@") || !sentence(p.text))) {
			return true
		}
	}
	return false
}

// opens tells whether a list that is not of links begins at i, under a heading.
func (t *trimmer) opens(i int) bool {
	return i+1 < len(t.in) && t.at(i).kind == Heading && t.gone[i] == 0 && t.at(i+1).kind == Item && t.gone[i+1] == 0 && t.at(i+1).linked*2 < t.at(i+1).runes
}

// listed tells whether from i on there are only short lines and links.
func (t *trimmer) listed(i int) bool {
	for ; i < len(t.in); i++ {
		if p := t.at(i); t.gone[i] == 0 && p.kind == Paragraph && p.weight > 160 {
			return false
		}
	}
	return true
}

// tail drops what follows the last sentence, and everything from a heading such as "Related stories" on.
func (t *trimmer) tail() {
	total, last := 0, -1
	for i := range t.in {
		if t.gone[i] == 0 {
			total += t.at(i).weight
		}
	}
	after := total
	for i := range t.in {
		p := t.at(i)
		if t.gone[i] == 0 {
			after -= p.weight
		}
		ends := relatedMark | commentsMark | newsletterMark | authorMark | shareMark
		if (p.kind == Heading || p.strong || p.runes < 40) && phrases[p.key]&ends != 0 && after*100 < total*25 && i > 2 && (phrases[p.key]&authorMark != 0 || !t.heads(i)) &&
			(p.kind == Heading || phrases[p.key]&(commentsMark|authorMark) != 0 && after*100 < total*12) {
			for k := i; k < len(t.in); k++ {
				t.drop(k, phrases[p.key]&ends, "after")
			}
			break
		}
	}
	for i := len(t.in) - 1; i >= 0; i-- {
		if t.gone[i] != 0 {
			continue
		}
		if p := t.at(i); p.weight > 0 || p.kind == Row || p.kind == Preformatted || p.kind == Item && p.linked*2 < p.runes && p.runes > 8 {
			last = i
			break
		}
	}
	if last < 0 {
		return
	}
	verse := t.verse(last + 1)
	for i := last + 1; i < len(t.in); i++ {
		p := t.at(i)
		switch {
		case i < verse, t.notes(i):
		case colophon(strings.ToLower(p.text)):
			t.drop(i, bylineMark, "tail")
		case p.kind == Heading, p.linked*2 > p.runes, p.runes < 60 && !sentence(p.text) && !t.patterned(i), t.bylineLike(p):
			t.drop(i, boilerplateMark, "tail")
		}
	}
	for i := last; i >= 0 && i > last-4; i-- {
		p := t.at(i)
		if t.gone[i] != 0 {
			continue
		}
		if p.runes > 300 || !colophon(strings.ToLower(p.text)) {
			break
		}
		t.drop(i, bylineMark, "tail")
	}
}

// colophon tells a last line that says who worked on the article or how to reach them.
func colophon(lower string) bool {
	for _, p := range []string{"reporting by", "(reporting by", "additional reporting by", "editing by", "have a tip?", "— with files from", "with files from", "mit material von", "(mit material"} {
		if strings.HasPrefix(lower, p) {
			return true
		}
	}
	for _, p := range []string{"contributed to this report", "contributed reporting", "contributed to this story", "contributed to this article"} {
		if strings.Contains(lower, p) {
			return true
		}
	}
	return (strings.Contains(lower, "may be reached at") || strings.Contains(lower, "can be reached at")) && strings.Contains(lower, "@")
}
