package change

import (
	"slices"
	"unicode"
)

// misspelt reports that the change repairs a spelling: a doubled word, or a
// word that differs by a letter or two swapped letters from what it should be.
func (c *comparer) misspelt(a, b passage, h hunk, old, new []token) bool {
	switch {
	case len(old) == 1 && len(new) == 0: // the the
		return old[0].class == word && (h.i1 > 0 && a.tokens[h.i1-1].id == old[0].id || h.i2 < len(a.tokens) && a.tokens[h.i2].id == old[0].id)
	case len(new) == 1 && len(old) == 0:
		return new[0].class == word && (h.j1 > 0 && b.tokens[h.j1-1].id == new[0].id || h.j2 < len(b.tokens) && b.tokens[h.j2].id == new[0].id)
	case inClusters(old) && inClusters(new):
		return crossed([]rune(a.text[old[0].start:old[len(old)-1].end]), []rune(b.text[new[0].start:new[len(new)-1].end]))
	case len(old) != 1 || len(new) != 1 || old[0].class != word || new[0].class != word:
		return false
	case old[0].script != spacedScript || new[0].script != spacedScript:
		return false
	}
	wrong, right := c.l.lower(old[0].id), c.l.lower(new[0].id)
	if _, ok := amounts()[wrong]; ok {
		return false
	}
	if confused()[wrong] && confused()[right] {
		return false
	}
	// A word that stands elsewhere in the text too is a word, not a slip.
	stands := c.count(old[0].id) > 1
	return slip([]rune(wrong), []rune(right), old[0].upper && new[0].upper, !stands, c.count(new[0].id) > 1)
}

// inClusters reports that all tokens are of a script whose words run together.
func inClusters(ts []token) bool {
	return len(ts) > 0 && !slices.ContainsFunc(ts, func(t token) bool { return t.class != word || t.script != clusterScript })
}

// crossed reports that two neighbouring letters changed places, and nothing else.
func crossed(wrong, right []rune) bool {
	if len(wrong) != len(right) {
		return false
	}
	i := 0
	for i < len(wrong) && wrong[i] == right[i] {
		i++
	}
	return i+1 < len(wrong) && wrong[i] == right[i+1] && wrong[i+1] == right[i] && slices.Equal(wrong[i+2:], right[i+2:])
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
		return !name && tail >= 1 && head >= 1 && len(longer) >= 5 && (tail >= 2 || known || len(longer) >= 7)
	case len(w) == 1 && len(r) == 1:
		if bare(w[0]) == bare(r[0]) {
			return true // an accent
		}
		return !name && tail >= 2 && head >= 1 && (known || len(wrong) >= 8)
	}
	return false
}

// confused are words that are one letter from another word: to put one for
// the other is more than spelling.
var confused = words(`
county country though through thorough thought bother brother fiend friend costal coastal later latter desert dessert loose lose resign reign
staring starting starving created crated sated stated tying trying dying drying signing singing trail trial form from united untied casual causal martial marital
sacred scared angle angel quite quiet diary dairy unclear nuclear pubic public planed planned hoping hopping super supper former farmer prison poison
adopted adapted adopt adapt affect effect accept except insure ensure advice advise device devise party parity morality mortality immorality immortality
exits exists exit exist expect except contact contract content contest contend intend statue statute prosecute persecute sever severe moral morale immigrant emigrant
war wear wars wears place palace police policy poll pool kill kills bill bills rest arrest raise raze rise price prince bomb tomb black back slave save
sein seien den denn wieder wider seid seit der er ist isst rat rad staat stadt leben lieben neben nebel`)
