package extract

import "strings"

// links drops paragraphs and headings that are nothing but a link, and lists of links.
func (t *trimmer) links() {
	for i := range t.in {
		p := t.at(i)
		if t.gone[i] != 0 || p.runes == 0 {
			continue
		}
		all := p.linked*10 >= p.runes*8
		switch p.kind {
		case Paragraph, Quote:
			if all && p.runes < 300 && !(p.runes >= 40 && strings.HasSuffix(p.text, ".")) {
				t.drop(i, relatedMark, "link")
			}
		case Heading:
			if all && p.level != 1 && !numbered(p.text) && (i+1 >= len(t.in) || t.at(i+1).weight < 60) {
				t.drop(i, relatedMark, "link")
			}
		}
	}
	for i := 0; i < len(t.in); {
		j, linked, runes := i, 0, 0
		for j < len(t.in) && t.at(j).kind == Item {
			linked += t.at(j).linked
			runes += t.at(j).runes
			j++
		}
		if j > i && linked*10 >= runes*7 && !t.introduced(i) {
			for k := i; k < j; k++ {
				t.drop(k, relatedMark, "links")
			}
		}
		i = max(j, i+1)
	}
}

// numbered tells a heading that counts: "3. ", "12) ", "#4 ".
func numbered(s string) bool {
	s = strings.TrimPrefix(s, "#")
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n > 0 && n < 4 && n < len(s) && strings.IndexByte(".): ", s[n]) >= 0
}

// introduced tells whether a sentence of the text leads to the list at i.
func (t *trimmer) introduced(i int) bool {
	if i == 0 || t.gone[i-1] != 0 {
		return false
	}
	p := t.at(i - 1)
	return p.kind == Paragraph && p.runes >= 30 && p.linked*2 < p.runes && (strings.HasSuffix(p.text, ":") || strings.HasSuffix(p.text, "："))
}
