package extract

import (
	"slices"

	"golang.org/x/net/html/atom"
)

// believe cuts, from the outside in, the elements whose names say that they are
// furniture, and tells how much prose went by each word. Names alone take
// small parts of a page; what holds most of its prose stays.
func (o *outline) believe(total int, distrusted map[string]bool) map[string]int {
	taken := map[string]int{}
	for i := range o.elements {
		e := &o.elements[i]
		if e.parent >= 0 {
			e.cut = o.elements[e.parent].cut
		}
		if e.cut != 0 {
			if e.cut&unnotable == 0 && e.marks&unnotable == 0 && o.noted(i) { // in the article's footer, with its tags
				e.cut = 0
			}
			continue
		}
		m := e.marks & furniture
		if m == 0 || distrusted[e.word] || o.exempt(i, m) {
			continue
		}
		if o.anchored(e) {
			continue
		}
		limit := 40
		switch {
		case m&commentsMark != 0:
			limit = 95
		case e.tag == atom.Article || e.tag == atom.Main:
			limit = 15
		case e.tag == atom.Nav || e.tag == atom.Footer:
			limit = 60
		case m&hiddenMark != 0 && m&^hiddenMark == 0:
			limit = 30
		}
		if m&commentsMark != 0 && o.h1 >= int(e.first) && o.h1 < int(e.last) {
			continue
		}
		if total > 0 && e.prose*100 > total*limit {
			continue
		}
		e.cut = m
		if m&commentsMark == 0 {
			taken[e.word] += e.prose
		}
	}
	return taken
}

// exempt tells the elements whose names are no reason to take their text:
// where else the name is used, and what they hold that furniture does not.
func (o *outline) exempt(i int, m mark) bool {
	e := &o.elements[i]
	switch {
	case e.tag == atom.Body || e.tag == atom.Html:
		return true
	case e.marks&bodyMark != 0 && m&(commentsMark|relatedMark) == 0:
		return true // "article-body ad-free"
	case headingLevel(e.tag) > 0 && m&(hiddenMark|captionMark|shareMark|advertMark|commentsMark) == 0:
		return true // its id is made of its text, its class tells how it is set
	case m == shareMark && (e.prose > 300 || o.holds(i, atom.Blockquote)):
		return true // buttons have no text; posts of others are what the article quotes
	case m&^hiddenMark == paywallMark && leafTag(e.tag) && e.prose > 0:
		return true // a paragraph that is for subscribers, which search engines want named
	case m == advertMark && o.paragraphs(e) > 2:
		return true // what the page's maker put round the text to set advertisements beside it
	case e.tag == atom.Figure && m == captionMark && o.holds(i, atom.Table, atom.Pre, atom.Blockquote):
		return true // some papers put their tables and quotations in figures
	case o.titleAt >= int(e.first) && o.titleAt < int(e.last) && o.pieces[o.titleAt].level <= 2 && m&(commentsMark|hiddenMark) == 0 && o.below(e) >= 300:
		return true // the headline with a text under it
	case e.word == "header" && e.tag != atom.Header && m == navigationMark && o.titleAt >= 0 && o.titleAt < int(e.first) && e.prose > 0:
		return true // the head of a section, below the page's own
	case m&unnotable == 0 && o.noted(i):
		return true // the paper's word on its own article
	case m == navigationMark && o.indexed(e):
		return true // a table of contents is short, and of links
	case e.word == "aria-hidden" && e.prose > 0:
		return true // hidden from screen readers is not hidden
	}
	return false
}

// paragraphs counts the longer texts in an element.
func (o *outline) paragraphs(e *element) int {
	n := 0
	for i := e.first; i < e.last; i++ {
		if o.pieces[i].weight >= 120 {
			n++
		}
	}
	return n
}

// below is the weight of the prose in an element that stands under the headline.
func (o *outline) below(e *element) int {
	sum := 0
	for i := o.titleAt + 1; i < int(e.last); i++ {
		sum += o.pieces[i].weight
	}
	return sum
}

// holds tells whether an element has one of the tags in it.
func (o *outline) holds(i int, tags ...atom.Atom) bool {
	e := &o.elements[i]
	for j := i + 1; j < len(o.elements) && o.elements[j].first < e.last; j++ {
		if slices.Contains(tags, o.elements[j].tag) && o.elements[j].first < o.elements[j].last {
			return true
		}
	}
	return false
}

// anchored tells whether most of an element's text is stated to be the article's.
func (o *outline) anchored(e *element) bool {
	if o.anchor == nil || e.prose == 0 {
		return false
	}
	sum := 0
	for i := e.first; i < e.last; i++ {
		if o.anchor.states(int(i)) {
			sum += o.pieces[i].weight
		}
	}
	return sum*10 > e.prose*6
}
