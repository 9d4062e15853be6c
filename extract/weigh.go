package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"
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
	for _, end := range []string{".", "!", "?", "…", "。", "！", "？", ":", "।", "؟", "۔", "։", "።", "།", "။", "។", ";"} {
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
	o.cutThreads()
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
