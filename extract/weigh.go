package extract

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"
)

// weigh gives every piece its weight as prose, every element the sums of what
// it holds, and decides which elements are furniture.
func (o *outline) weigh(title, statement string) {
	o.anchor = newAnchor(statement, o.pieces)
	o.findTitle(title)
	for i := range o.pieces {
		p := &o.pieces[i]
		p.weight = p.prose()
		if p.in >= 0 {
			e := &o.elements[p.in]
			e.prose += p.weight
			e.links += p.linked
		}
	}
	total := 0
	for i := len(o.elements) - 1; i >= 0; i-- {
		e := &o.elements[i]
		if e.parent >= 0 {
			o.elements[e.parent].prose += e.prose
			o.elements[e.parent].links += e.links
		} else {
			total += e.prose
		}
	}
	o.cutFurniture(total)
}

// prose is how much the piece weighs as running text: long, with sentences, without links.
func (p *piece) prose() int {
	switch p.kind {
	case Heading:
		return 0
	case Row:
		return 0
	case Preformatted:
		return min(p.runes, 400)
	}
	if p.runes > 20 && !strings.Contains(p.text, " ") && strings.Contains(p.text, "://") {
		return 0 // an address
	}
	n := p.runes
	wide := wideRunes(p.text)
	n += wide // a Chinese or Japanese letter says as much as a syllable
	if n < 30 || p.runes == 0 {
		return 0
	}
	if p.linked*10 > p.runes*6 {
		return 0
	}
	n -= n * p.linked / p.runes
	if n < 90 && !sentence(p.text) {
		return 0
	}
	if p.kind == Item && n < 160 {
		return n / 2
	}
	return n
}

// sentence tells whether the text ends as a sentence does.
func sentence(s string) bool {
	if s == "" {
		return false
	}
	switch c := s[len(s)-1]; {
	case c == '.' || c == '!' || c == '?' || c == ':' || c == ';':
		return true
	case c < utf8.RuneSelf && bareASCII[c] != 0:
		return false
	}
	s = strings.TrimRightFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(`"'”’»)]›」』“`, r)
	})
	for _, end := range []string{".", "!", "?", "…", "。", "！", "？", ":", "।", "؟", "۔", ";"} {
		if strings.HasSuffix(s, end) {
			return true
		}
	}
	return false
}

// wideRunes counts the letters of scripts that write without spaces.
func wideRunes(s string) int {
	n := 0
	for i := 0; i < len(s); {
		if s[i] < 0xe0 { // below U+0800, or within a letter
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if r >= 0x0e00 && (r < 0x0e80 || r >= 0x2e80 && r < 0xd7ff || r >= 0xf900 && r < 0xfb00) {
			n++
		}
		i += size
	}
	return n
}

// cutFurniture decides which elements' names are believed. A word that would
// take much of the page's prose in all means something else there, and is
// believed nowhere on the page.
func (o *outline) cutFurniture(total int) {
	distrusted := map[string]bool{}
	for range 5 {
		for i := range o.elements {
			o.elements[i].cut = 0
		}
		again, left := false, total
		for word, prose := range o.believe(total, distrusted) {
			left -= prose
			if prose*100 > total*45 {
				distrusted[word], again = true, true
			}
		}
		if !again && left*10 < total { // each took little, all together took the page
			for i := range o.elements {
				if e := &o.elements[i]; e.cut != 0 && e.cut&(commentsMark|navigationMark|hiddenMark) == 0 {
					again, distrusted[e.word] = true, true
				}
			}
		}
		if !again {
			break
		}
	}
	o.cutCards(total)
	o.cutForms(total)
	o.cutNext()
	for i := range o.pieces {
		p := &o.pieces[i]
		if p.in < 0 {
			continue
		}
		if e := &o.elements[p.in]; e.cut == 0 {
			e.clean += p.weight
		}
	}
	for i := len(o.elements) - 1; i > 0; i-- {
		if e := &o.elements[i]; e.parent >= 0 {
			o.elements[e.parent].clean += e.clean
		}
	}
}

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

// findTitle looks for the piece that shows the headline: an h1 that says it, else
// another heading or short text that does, else the first h1.
func (o *outline) findTitle(title string) {
	k := bare(title)
	o.titleAt = o.h1
	if k == "" {
		return
	}
	best := 0
	o.heads = 0
	for i := range o.pieces {
		p := &o.pieces[i]
		if p.runes > 400 || p.runes < 4 {
			continue
		}
		if p.kind == Heading && p.level == 1 {
			o.heads++
		}
		score := 0
		switch {
		case p.kind == Heading && p.level == 1:
			score = 3
		case p.kind == Heading:
			score = 2
		default:
			score = 1
		}
		if score > best && isBare(p.text, k) {
			best, o.titleAt, o.shown = score, i, true
		}
	}
}
