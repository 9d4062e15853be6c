package change

import (
	"slices"
	"strings"
	"unicode"
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
	if c.figures(old, new) {
		return Numbers
	}
	if quotedShare(slices.Concat(old, new)) == 1 {
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
		w = strings.ToLower(w)
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

// misspelt reports that the change repairs a spelling: a doubled word, or a
// word that differs by a letter or two swapped letters from what it should be.
func (c *comparer) misspelt(a, b passage, h hunk, old, new []token) bool {
	switch {
	case len(old) == 1 && len(new) == 0: // the the
		return old[0].class == word && (h.i1 > 0 && a.tokens[h.i1-1].id == old[0].id || h.i2 < len(a.tokens) && a.tokens[h.i2].id == old[0].id)
	case len(new) == 1 && len(old) == 0:
		return new[0].class == word && (h.j1 > 0 && b.tokens[h.j1-1].id == new[0].id || h.j2 < len(b.tokens) && b.tokens[h.j2].id == new[0].id)
	case len(old) != 1 || len(new) != 1 || old[0].class != word || new[0].class != word:
		return false
	case old[0].script != spacedScript || new[0].script != spacedScript:
		return false
	}
	wrong, right := strings.ToLower(c.l.words[old[0].id]), strings.ToLower(c.l.words[new[0].id])
	if _, ok := amounts()[wrong]; ok {
		return false
	}
	if _, ok := amounts()[right]; ok {
		return false
	}
	// A word that stands elsewhere in the text too is a word, not a slip.
	stands := c.count(old[0].id) > 1
	return slip([]rune(wrong), []rune(right), old[0].upper && new[0].upper, !stands, c.count(new[0].id) > 1)
}

// slip tells a slip of the pen from another word, without a dictionary.
// Swapped, doubled and undoubled letters are slips nearly always; one other
// letter is when the word is long, or the right form stands elsewhere.
func slip(wrong, right []rune, name, alone, known bool) bool {
	if !alone || min(len(wrong), len(right)) < 3 {
		return false
	}
	head := 0
	for head < len(wrong) && head < len(right) && wrong[head] == right[head] {
		head++
	}
	tail := 0
	for tail < len(wrong)-head && tail < len(right)-head && wrong[len(wrong)-1-tail] == right[len(right)-1-tail] {
		tail++
	}
	w, r := wrong[head:len(wrong)-tail], right[head:len(right)-tail]
	if len(w) > 2 || len(r) > 2 {
		return false
	}
	switch {
	case len(w) == 2 && len(r) == 2:
		return w[0] == r[1] && w[1] == r[0] && len(wrong) >= 4
	case len(w)+len(r) == 1: // one letter too many or too few
		x := append(slices.Clone(w), r...)[0]
		if !unicode.IsLetter(x) {
			return true // its, it's
		}
		longer := wrong
		if len(r) == 1 {
			longer = right
		}
		doubled := head > 0 && longer[head-1] == x || head+1 < len(longer) && longer[head+1] == x
		if doubled && len(longer) >= 5 && head+1 < len(longer) {
			return true
		}
		return !name && tail >= 2 && head >= 1 && (known || len(longer) >= 7)
	case len(w) == 1 && len(r) == 1:
		if bare(w[0]) == bare(r[0]) {
			return true // an accent
		}
		return !name && tail >= 2 && head >= 1 && (known || len(wrong) >= 8)
	}
	return false
}
