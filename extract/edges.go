package extract

import (
	"strings"
	"unicode"

	"pressmark/extract/meta"
)

// top drops what stands between the headline and the first sentence: bylines, dates, labels.
func (t *trimmer) top() {
	for i := range t.in {
		p := t.at(i)
		if t.gone[i] != 0 {
			continue
		}
		if p.weight > 0 && !t.bylineLike(p) {
			t.under(i + 1)
			return
		}
		switch {
		case p.kind == Row || p.kind == Preformatted:
			return
		case t.bylineLike(p), p.kind == Paragraph && credit(p.text):
			t.drop(i, bylineMark, "top")
		case p.kind == Heading:
		case p.kind == Item && p.runes > 30:
			return
		case p.runes < 60 && !sentence(p.text):
			t.drop(i, boilerplateMark, "top")
		}
	}
}

// under drops credits and dates that stand below the standfirst.
func (t *trimmer) under(from int) {
	for i := from; i < min(from+5, len(t.in)); i++ {
		p := t.at(i)
		if t.gone[i] == 0 && p.kind == Paragraph && p.runes < 90 && !strings.HasSuffix(p.text, ".") && (t.bylineLike(p) || credit(p.text)) {
			t.drop(i, bylineMark, "top")
		}
	}
}

// credit tells a line that begins with "by" in some language and goes on as a name does.
func credit(s string) bool {
	words := strings.Fields(s)
	if len(words) < 2 || len(words) > 7 {
		return false
	}
	switch strings.ToLower(strings.TrimSuffix(words[0], ":")) {
	case "by", "von", "par", "por", "di", "af", "av", "door", "kolumne", "autor", "autorin", "author", "text", "written", "posted", "foto", "photo", "фото", "автор", "författare", "tekst":
		r := []rune(words[len(words)-1])
		return unicode.IsUpper(r[0])
	}
	return false
}

// bylineLike tells a line that credits people or gives a date.
func (t *trimmer) bylineLike(p *piece) bool {
	if p.runes > 160 {
		return false
	}
	dated := !meta.Written(p.text, t.facts.Language).IsZero()
	if dated && p.runes < 110 && p.weight < 60 {
		return true
	}
	for _, name := range t.facts.Byline {
		if len(name) <= 4 || !strings.Contains(strings.ToLower(p.text), strings.ToLower(name)) {
			continue
		}
		// A name with two dates, "published … updated …", is long and still no sentence.
		if p.runes < len(name)+50 && !sentence(p.text) || dated && !strings.ContainsAny(p.text[len(p.text)-1:], ".!?") {
			return true
		}
	}
	return false
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
		if (p.kind == Heading || p.strong || p.runes < 40) && phrases[p.key]&ends != 0 && after*100 < total*25 && i > 2 &&
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
	for i := last + 1; i < len(t.in); i++ {
		p := t.at(i)
		switch {
		case colophon(strings.ToLower(p.text)):
			t.drop(i, bylineMark, "tail")
		case p.kind == Heading, p.linked*2 > p.runes, p.runes < 60 && !sentence(p.text), t.bylineLike(p):
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
	for _, p := range []string{"contributed to this report", "contributed reporting", "may be reached at", "can be reached at", "contributed to this story", "contributed to this article"} {
		if strings.Contains(lower, p) {
			return true
		}
	}
	return false
}
