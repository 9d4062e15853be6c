package change

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// kindOf says what a journalist would call one changed place. "" is nothing
// that a reader sees as a change.
func (c *comparer) kindOf(a, b passage, h hunk) Kind {
	old, new := heard(a.tokens[h.i1:h.i2]), heard(b.tokens[h.j1:h.j2])
	if len(old)+len(new) == 0 {
		return ""
	}
	if k, is := c.caseOnly(old, new); is {
		return k
	}
	if c.misspelt(a, b, h, old, new) {
		return Typo
	}
	quoted := quotedShare(slices.Concat(old, new)) == 1
	if !quoted && titled(a, h.i1, h.i2) && titled(b, h.j1, h.j2) {
		return Names // before figures: 三 and 千 are parts of names, too
	}
	if c.figures(old, new) {
		return Numbers
	}
	if quoted {
		return Quotes
	}
	if c.names(a, h.i1, h.i2) && c.names(b, h.j1, h.j2) {
		return Names
	}
	return Reworded
}

// heard are the tokens without mere punctuation.
func heard(ts []token) []token {
	out := make([]token, 0, len(ts))
	for _, t := range ts {
		if t.class != mark {
			out = append(out, t)
		}
	}
	return out
}

// caseOnly reports that only capital letters differ. Words set in capitals are typography.
func (c *comparer) caseOnly(old, new []token) (Kind, bool) {
	if len(old) != len(new) {
		return "", false
	}
	kind := Kind("")
	for k := range old {
		a, b := c.l.words[old[k].id], c.l.words[new[k].id]
		if !strings.EqualFold(a, b) {
			return "", false
		}
		if a != b && !(shouted(a) || shouted(b)) {
			kind = Typo
		}
	}
	return kind, true
}

func shouted(w string) bool {
	return utf8.RuneCountInString(w) > 1 && strings.ToUpper(w) == w && strings.ToLower(w) != w
}

// figures reports that a number, a day or a month was changed for another, or
// that one was put in or taken out.
func (c *comparer) figures(old, new []token) bool {
	a, inA := c.values(old)
	b, inB := c.values(new)
	if !inA && !inB || slices.Equal(a, b) {
		return false
	}
	if len(old) == 0 || len(new) == 0 {
		return len(old)+len(new) <= 3
	}
	// With many other words around it, a number is not what changed.
	return inA && inB && len(old)+len(new)-len(a)-len(b) <= 6
}

// values are the amounts that tokens name, in order.
func (c *comparer) values(ts []token) (out []string, any bool) {
	for _, t := range ts {
		w := c.l.words[t.id]
		if t.class == number {
			out, any = append(out, w), true
			continue
		}
		if t.class == sign {
			continue
		}
		w = c.l.lower(t.id)
		if v, ok := amounts()[w]; ok && (t.upper || !months()[w]) {
			out, any = append(out, v), true
		} else if t.script == hanScript && strings.ContainsAny(w, "〇二三四五六七八九十百千万萬亿億兆") {
			out, any = append(out, w), true
		}
	}
	return out, any
}

// names reports that tokens from to before to are a name: words that begin
// with a capital letter where a common word would not.
func (c *comparer) names(p passage, from, to int) bool {
	capitals, sure := 0, false
	for i := from; i < to; i++ {
		t := p.tokens[i]
		switch {
		case t.class == mark:
		case t.class != word || t.script != spacedScript:
			return false
		case t.upper && !c.isLight(t):
			capitals++
			if c.proper()[t.id] {
				sure = true
			}
		case t.upper || c.isLight(t) || strings.HasPrefix(c.l.words[t.id], "al"):
			// of, the, and, de, van …, inside a name
		default:
			return false
		}
	}
	if capitals == 0 {
		return false
	}
	if !c.nounsUpper {
		return sure || capitals > 1
	}
	// Where every noun has a capital, a name is two in a row.
	return capitals > 1 || neighbour(c, p, from-1) || neighbour(c, p, to)
}

func neighbour(c *comparer, p passage, i int) bool {
	return i >= 0 && i < len(p.tokens) && p.tokens[i].upper && !c.isLight(p.tokens[i])
}

// proper are the words that stand with a capital inside a sentence somewhere.
func (c *comparer) proper() map[uint32]bool {
	if c.properWords != nil {
		return c.properWords
	}
	c.properWords = map[uint32]bool{}
	all, upper := 0, 0
	for _, d := range c.docs {
		for _, s := range d.sentences {
			begun := false
			for _, t := range d.tokens(s) {
				if t.class == mark {
					if t.end-t.start == 1 && d.lines[s.line].text[t.start] == ':' {
						begun = false
					}
					continue
				}
				if begun && t.class == word {
					all++
					if t.upper {
						upper++
						c.properWords[t.id] = true
					}
				}
				begun = true
			}
		}
	}
	c.nounsUpper = c.german || all > 60 && upper*100 > all*24
	return c.properWords
}
