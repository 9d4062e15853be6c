package change

import "strings"

// spans renders the difference of two passages. Changes with only words of
// grammar between them become one, as a reader would mark them. Typography
// that differs in text that stayed is given as it is in the new text.
func (c *comparer) spans(old, new passage, hunks []hunk) []Span {
	out := make(spanList, 0, 3*len(hunks)+1)
	i, j := 0, 0
	same := func(toI, toJ int) {
		if j < toJ {
			out.add("", new.run(j, toJ))
		}
		i, j = toI, toJ
	}
	for _, h := range c.phrases(old.tokens, new.tokens, hunks) {
		same(h.i1, h.j1)
		gone, came := old.run(h.i1, h.i2), new.run(h.j1, h.j2)
		switch {
		case h.i1 == h.i2:
			gone = ""
		case h.j1 == h.j2:
			came = ""
		case old.gap(h.i1) != "" && new.gap(h.j1) != "": // the blank stayed
			out.add("", new.gap(h.j1))
			gone, came = old.slice(h.i1, h.i2), new.slice(h.j1, h.j2)
		}
		i, j = h.i2, h.j2
		// Where a blank follows on one side only, as when a text begins with the
		// change, it goes with the change.
		bare := false
		if i < len(old.tokens) && j < len(new.tokens) && (old.gap(i) == "") != (new.gap(j) == "") {
			gone, came, bare = gone+old.gap(i), came+new.gap(j), true
		}
		out.add(Delete, gone)
		out.add(Insert, came)
		if bare {
			out.add("", new.slice(j, j+1))
			i, j = i+1, j+1
		}
	}
	same(len(old.tokens), len(new.tokens))
	return out
}

type spanList []Span

func (s *spanList) add(op Op, text string) {
	if text == "" {
		return
	}
	if n := len(*s); n > 0 && (*s)[n-1].Op == op {
		(*s)[n-1].Text += text
		return
	}
	*s = append(*s, Span{op, text})
}

// sides are the two texts that spans stand for.
func sides(spans []Span) (before, after string) {
	var a, b strings.Builder
	n, m := 0, 0
	for _, s := range spans {
		if s.Op != Insert {
			n += len(s.Text)
		}
		if s.Op != Delete {
			m += len(s.Text)
		}
	}
	a.Grow(n)
	b.Grow(m)
	for _, s := range spans {
		if s.Op != Insert {
			a.WriteString(s.Text)
		}
		if s.Op != Delete {
			b.WriteString(s.Text)
		}
	}
	return a.String(), b.String()
}

// phrases joins hunks that a reader would mark as one, and widens those that
// would cut a word of a script without spaces.
func (c *comparer) phrases(a, b []token, hunks []hunk) []hunk {
	out := make([]hunk, 0, len(hunks))
	for k, h := range hunks {
		fromI, toI := 0, len(a)
		if k > 0 {
			fromI = out[len(out)-1].i2
		}
		if k+1 < len(hunks) {
			toI = hunks[k+1].i1
		}
		h = c.whole(a, b, h, fromI, toI)
		if n := len(out); n > 0 {
			p := &out[n-1]
			full := p.i1 < p.i2 && p.j1 < p.j2 || h.i1 < h.i2 && h.j1 < h.j2
			if p.i2 == h.i1 || full && c.thin(a[p.i2:h.i1]) {
				p.i2, p.j2 = h.i2, h.j2
				continue
			}
		}
		out = append(out, h)
	}
	return out
}

// thin reports whether what stands between two changes is too little to stay
// unmarked: two words of grammar, or one character of Chinese.
func (c *comparer) thin(between []token) bool {
	n := 0
	for _, t := range between {
		switch {
		case t.class == mark:
			if t.spaced && len(between) > 1 {
				return false
			}
		case t.script == spacedScript && c.isLight(t):
			n += 2
		case t.script == clusterScript:
			n += 2
		case t.script != spacedScript:
			n += 4
		default:
			return false
		}
	}
	return n > 0 && n <= 4
}
