package change

import "slices"

// Chinese, Japanese and Thai set no blanks between words, and no word list
// comes with the program. The texts themselves tell: two characters that stand
// together more than once are most likely one word.

// bonds counts how often two tokens of such a script stand side by side.
func (c *comparer) bonds() map[[2]uint32]int {
	if c.bonded != nil {
		return c.bonded
	}
	c.bonded = map[[2]uint32]int{}
	for _, d := range c.docs {
		for i := range d.lines {
			ts := d.lines[i].tokens
			for k := 1; k < len(ts); k++ {
				if ts[k].bonds(ts[k-1]) {
					c.bonded[[2]uint32{ts[k-1].id, ts[k].id}]++
				}
			}
		}
	}
	return c.bonded
}

// bonds reports that a token may be one word with the one before it.
func (t token) bonds(before token) bool {
	return !t.spaced && t.class == word && before.class == word && t.script != spacedScript && before.script != spacedScript
}

// whole widens a change that would begin or end inside a word of a script
// without blanks. It stays between the changes before and after it.
func (c *comparer) whole(a, b []token, h hunk, fromI, toI int) hunk {
	const most = 3
	for n := 0; n < most && h.i1 > fromI && (c.splits(a, h.i1, h.i2, h.i1) || c.splits(b, h.j1, h.j2, h.j1)); n++ {
		h.i1, h.j1 = h.i1-1, h.j1-1
	}
	for n := 0; n < most && h.i2 < toI && (c.splits(a, h.i1, h.i2, h.i2) || c.splits(b, h.j1, h.j2, h.j2)); n++ {
		h.i2, h.j2 = h.i2+1, h.j2+1
	}
	return h
}

// splits reports that the edge at of a change of tokens from to before to lies
// inside a word.
func (c *comparer) splits(ts []token, from, to, at int) bool {
	if from == to || at == 0 || at == len(ts) || !ts[at].bonds(ts[at-1]) {
		return false
	}
	left, right := ts[at-1], ts[at]
	if at == from && left.script == hanScript && right.script == kanaScript {
		// The ending of a Japanese verb belongs to its stem; a particle does not.
		return !slices.Contains(particles, c.l.words[right.id])
	}
	if left.script != right.script {
		return false
	}
	if left.script == kanaScript {
		return false
	}
	bond := c.bonds()[[2]uint32{left.id, right.id}]
	// What stands outside may belong to its other neighbour more closely.
	other := 0
	if at == from && at > 1 && left.bonds(ts[at-2]) {
		other = c.bonds()[[2]uint32{ts[at-2].id, left.id}]
	}
	if at == to && at+1 < len(ts) && ts[at+1].bonds(right) {
		other = c.bonds()[[2]uint32{right.id, ts[at+1].id}]
	}
	return bond > 2 && bond >= other // both versions count, so that two is once
}

// particles stand after a word without being part of it, and so do the forms
// of the verb "to do".
var particles = []string{"し", "す", "さ", "せ", "は", "が", "を", "に", "の", "と", "で", "も", "へ", "や", "か", "よ", "ね"}
