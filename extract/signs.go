package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// signs are counts over a whole page that tell an article from a page that
// only leads to articles, or sells things.
type signs struct {
	shown   int // runes outside of furniture; rows of teasers are counted in
	linked  int // of these, in links
	heads   int // links as long as headlines
	prose   int // weight of the prose outside of furniture
	teased  int // of that, what stands right under a link as long as a headline
	teasers int // how often that is so
	prices  int // short lines that name a sum of money
	under   int // weight of the prose between a headline of several words and the first teaser
}

// reach is how many pieces after its headline a teaser's text may stand:
// a label, the byline and the date come between.
const reach = 4

// signs counts, in one pass over the pieces.
func (o *outline) signs() signs {
	var s signs
	since := reach + 1 // pieces since the last headline that is a link
	headed := false    // the page's own headline stands just above
	for i := range o.pieces {
		p := &o.pieces[i]
		if p.in >= 0 && o.elements[p.in].cut&^relatedMark != 0 {
			continue
		}
		if p.runes < 60 && priced(p.text) {
			s.prices++
		}
		s.shown += p.runes
		s.linked += p.linked
		since++
		switch {
		case i == o.titleAt:
			headed = headlong(p) && (wideRunes(p.text) > 0 || strings.Count(p.text, " ") >= 3)
		case headlong(p) && p.linked*10 >= p.runes*9:
			s.heads++
			since = 0
			headed = headed && s.under == 0 // a link between headline and text is no teaser
		case p.weight > 0:
			s.prose += p.weight
			if headed {
				s.under += p.weight
			}
			if since <= reach && p.weight < 600 {
				s.teased += p.weight
				s.teasers++
			}
			since = reach + 1
		}
	}
	return s
}

// own is the weight of the prose that stands under no teaser's headline.
func (s *signs) own() int { return s.prose - s.teased }

// headlong tells a text as long as headlines are.
func headlong(p *piece) bool {
	return p.runes < 250 && (p.runes >= 20 || p.runes >= 9 && wideRunes(p.text) >= 9)
}

// priced tells whether a line names a sum of money.
func priced(s string) bool {
	for i, r := range s {
		if r == '$' || r >= 0xa2 && unicode.Is(unicode.Sc, r) {
			before := strings.TrimRight(s[:i], " \u00a0")
			after := strings.TrimLeft(s[i+utf8.RuneLen(r):], " \u00a0")
			return before != "" && digit(before[len(before)-1]) || after != "" && digit(after[0])
		}
	}
	return false
}

func digit(c byte) bool { return c >= '0' && c <= '9' }
