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
	if p.runes > 160 || lifetime(p.text) {
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
