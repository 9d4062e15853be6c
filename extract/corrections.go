package extract

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"
)

// noteWords begin what a paper says about its own text: that it corrects, clarifies or
// adds to it. They agree with the notes that extract/change knows.
var noteWords = []string{
	"correction", "corrections", "clarification", "clarifications", "corrected", "erratum", "corrigendum", "editor's note", "editor’s note", "editors' note", "editors’ note",
	"editors note", "retraction", "update", "updates", "berichtigung", "korrektur", "korrekturhinweis", "richtigstellung", "präzisierung", "anmerkung der redaktion",
	"hinweis der redaktion", "aktualisierung", "rectificatif", "rectification", "précision", "mise à jour", "note de la rédaction", "corrección", "correcciones",
	"rectificación", "aclaración", "fe de errores", "fe de erratas", "actualización", "nota de la redacción", "nota del editor", "rettifica", "errata", "errata corrige", "correzione",
	"precisazione", "aggiornamento", "nota della redazione", "correção", "retificação", "erramos", "atualização", "nota da redação", "correctie", "rectificatie",
	"verbetering", "sprostowanie", "korekta", "rättelse", "rättning", "korrigering", "rettelse", "oikaisu", "korjaus", "täsmennys", "oprava", "helyesbítés", "helyreigazítás",
	"rectificare", "erată", "исправление", "поправка", "уточнение", "обновлено", "виправлення", "уточнення", "düzeltme", "διόρθωση", "訂正", "おわびと訂正", "追記", "更正", "정정",
	"תיקון", "تصحيح", "تصويب", "แก้ไข", "koreksi", "ralat", "đính chính",
}

var noteSpotter = newSpotter(noteWords)

// notes tells whether a text begins as a note of the paper's on its own article does: with such
// words, alone or before a colon, a comma, a date in figures.
func notes(text string) bool {
	text = strings.TrimLeft(text, "*•–—-[(【（<＜■▼◆ \t")
	head := text
	if len(head) > 120 {
		n := 120
		for !utf8.RuneStart(head[n]) {
			n--
		}
		head = head[:n]
	}
	head = strings.ToLower(head)
	if !noteSpotter.starts(head) {
		return false
	}
	for _, w := range noteWords {
		rest, ok := strings.CutPrefix(head, w)
		if !ok {
			continue
		}
		before, r := rest, rune(0)
		rest = strings.TrimLeft(rest, " \u00a0\u202f\t")
		if rest == "" {
			return w != "updates" // which heads lists of other things as well
		}
		r, _ = utf8.DecodeRuneInString(rest)
		if strings.ContainsRune(":：,،;.。–—-|/]】)）(（[［>＞、", r) && !(r == '-' && len(before) == len(rest)) || unicode.IsDigit(r) {
			return true
		}
		// "Correction, ...", "Update at 14:00: ...", "Rättelse den 3 maj: ...": a colon soon after a figure
		if i := strings.IndexAny(rest, ":：."); i > 0 && i < 48 && len(before) > len(rest) && strings.ContainsAny(rest[:i], "0123456789") {
			return true
		}
	}
	return false
}

// noted tells the elements that hold a note of the paper's on its article, by their names or
// by how their text begins, whatever else their names and tags say.
func (o *outline) noted(i int) bool {
	e := &o.elements[i]
	if e.first == e.last || e.last-e.first > 8 || e.prose > 2000 {
		return false
	}
	runes, linked, bears := 0, 0, false
	for k := e.first; k < e.last; k++ {
		runes += o.pieces[k].runes
		linked += o.pieces[k].linked
	}
	if linked*2 > runes || runes < 20 {
		return false
	}
	switch {
	case notes(o.pieces[e.first].text):
		bears = true
	case e.marks&noteMark != 0 && e.marks&(boilerplateMark|commentsMark|newsletterMark|hiddenMark|advertMark) == 0:
		bears = e.prose > 0 && !o.asksForErrors(e)
	}
	return bears && o.ofArticle(i)
}

// asksForErrors tells an element that asks readers to report mistakes: its name says correction, too.
func (o *outline) asksForErrors(e *element) bool {
	for k := e.first; k < e.last; k++ {
		if text := o.pieces[k].text; strings.ContainsAny(text, "@?？؟") || plea(strings.ToLower(text)) {
			return true
		}
	}
	return false
}

// ofArticle tells whether an element stands in one that says that it holds the article.
func (o *outline) ofArticle(i int) bool {
	for p := o.elements[i].parent; p >= 0; p = o.elements[p].parent {
		e := &o.elements[p]
		if e.tag == atom.Article || e.tag == atom.Main || e.marks&bodyMark != 0 && e.tag != atom.Body && e.tag != atom.Html {
			return true
		}
	}
	return false
}

// unnotable are the cuts that a note cannot be taken out of: readers' words, and what nobody sees.
const unnotable = commentsMark | hiddenMark | advertMark | newsletterMark | authorMark

// withNotes adds to the pieces of a body the paper's notes that stand beside it in the article's
// own element, below its headline.
func (o *outline) withNotes(in []int) []int {
	if len(in) == 0 {
		return in
	}
	first, last := in[0], in[len(in)-1]
	outer := o.pieces[first].in
	for outer >= 0 && (o.elements[outer].tag != atom.Article || int(o.elements[outer].last) <= last) {
		outer = o.elements[outer].parent
	}
	if outer < 0 {
		return in
	}
	var before, after []int
	until := 0 // pieces up to it are in
	for i := int(outer) + 1; i < len(o.elements) && o.elements[i].first < o.elements[outer].last; i++ {
		e := &o.elements[i]
		from, to := int(e.first), int(e.last)
		if from < until || from <= o.titleAt || from >= to || to > first && from <= last || e.cut != 0 || !o.noted(i) || o.storyOf(i) != outer {
			continue
		}
		until = to
		for k := from; k < to; k++ {
			switch {
			case o.elements[o.pieces[k].in].cut != 0:
			case k < first:
				before = append(before, k)
			default:
				after = append(after, k)
			}
		}
	}
	if len(before)+len(after) == 0 || len(before)+len(after) > 16 {
		return in
	}
	return slices.Concat(before, in, after)
}

// storyOf is the article element that an element stands in.
func (o *outline) storyOf(i int) int32 {
	p := o.elements[i].parent
	for p >= 0 && o.elements[p].tag != atom.Article {
		p = o.elements[p].parent
	}
	return p
}

// indexed tells a table of contents by name that is none: it holds running text.
func (o *outline) indexed(e *element) bool {
	return (e.word == "toc" || e.word == "tableofcontents") && e.prose-e.links > 300 && e.links*3 < e.prose
}
