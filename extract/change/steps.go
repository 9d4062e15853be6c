package change

import (
	"slices"

	"pressmark/extract"
)

// steps is the whole way from the old text to the new one, in the order of the
// new. A passage that was deleted stands where it was.
func (m *matching) steps() []step {
	usedOld, usedNew := m.used()
	movedFrom, movedTo := map[int]bool{}, map[int]int{}
	for _, p := range m.moved {
		movedFrom[p.i], movedTo[p.j] = true, p.i
	}
	var out []step
	i, j := 0, 0
	gap := func(toI, toJ int) {
		for ; i < toI; i++ {
			if !usedOld[i] {
				out = m.grow(out, step{op: Delete, i1: i, i2: i + 1, j1: j, j2: j})
			}
		}
		for ; j < toJ; j++ {
			from, moved := movedTo[j]
			switch {
			case moved:
				out = m.grow(out, step{op: Move, i1: from, i2: from + 1, j1: j, j2: j + 1})
			case !usedNew[j]:
				out = m.grow(out, step{op: Insert, i1: i, i2: i, j1: j, j2: j + 1})
			}
		}
	}
	for k := 0; ; k++ {
		next := k // the next pair that reads the same
		for next < len(m.pairs) && m.pairs[next].alike < 1 {
			next++
		}
		toI, toJ := len(usedOld), len(usedNew)
		if next < len(m.pairs) {
			toI, toJ = m.pairs[next].i, m.pairs[next].j
		}
		if m.cutElsewhere(i, toI, j, toJ) {
			out = append(out, step{i1: i, i2: toI, j1: j, j2: toJ})
			i, j, k = toI, toJ, next
		}
		for ; k < next; k++ {
			upI, upJ := toI, toJ
			if k+1 < next {
				upI, upJ = m.pairs[k+1].i, m.pairs[k+1].j
			}
			s := m.widen(m.pairs[k], usedOld, usedNew, step{i1: i, i2: upI, j1: j, j2: upJ})
			gap(s.i1, s.j1)
			out = append(out, s)
			i, j = s.i2, s.j2
		}
		gap(toI, toJ)
		if next == len(m.pairs) {
			return out
		}
		out = append(out, step{i1: toI, i2: toI + 1, j1: toJ, j2: toJ + 1})
		i, j = toI+1, toJ+1
	}
}

// cutElsewhere reports that a stretch of text reads the same when where its
// sentences and paragraphs end is put aside. A label that was run into the
// paragraph after it is no label any more: furniture is read here too.
func (m *matching) cutElsewhere(i1, i2, j1, j2 int) bool {
	if i1 >= i2 || j1 >= j2 {
		return false
	}
	for _, p := range m.moved {
		if p.i >= i1 && p.i < i2 || p.j >= j1 && p.j < j2 {
			return false
		}
	}
	return m.old.passage(i1, i2).readsLike(m.new.passage(j1, j2))
}

// widen takes neighbours into a pair, within limits, when that makes both
// sides more alike: a sentence that was cut in two, or two that were joined,
// or a heading that the page runs into its paragraph.
func (m *matching) widen(p pair, usedOld, usedNew []bool, limits step) step {
	s := step{op: Replace, i1: p.i, i2: p.i + 1, j1: p.j, j2: p.j + 1}
	alike := p.alike
	for m.patience > 0 {
		best := s
		try := func(t step) {
			a, b := m.old.passage(t.i1, t.i2).tokens, m.new.passage(t.j1, t.j2).tokens
			m.patience -= len(a) + len(b)
			if x := overlap(sorted(a), sorted(b), m.weigh); x > alike+0.02 {
				best, alike = t, x
			}
		}
		if s.i2 < limits.i2 && !usedOld[s.i2] {
			try(step{Replace, s.i1, s.i2 + 1, s.j1, s.j2})
		}
		if s.j2 < limits.j2 && !usedNew[s.j2] {
			try(step{Replace, s.i1, s.i2, s.j1, s.j2 + 1})
		}
		if s.i1 > limits.i1 && !usedOld[s.i1-1] {
			try(step{Replace, s.i1 - 1, s.i2, s.j1, s.j2})
		}
		if s.j1 > limits.j1 && !usedNew[s.j1-1] {
			try(step{Replace, s.i1, s.i2, s.j1 - 1, s.j2})
		}
		if best == s {
			break
		}
		s = best
	}
	return s
}

// grow adds a sentence to the steps, to the last one when it goes on there.
func (m *matching) grow(out []step, s step) []step {
	if n := len(out); n > 0 {
		p := &out[n-1]
		switch {
		case p.op != s.op:
		case s.op == Delete && p.i2 == s.i1 && m.old.together(s.i1):
			p.i2 = s.i2
			return out
		case s.op == Insert && p.j2 == s.j1 && m.new.together(s.j1):
			p.j2 = s.j2
			return out
		case s.op == Move && p.i2 == s.i1 && p.j2 == s.j1 && m.old.together(s.i1) && m.new.together(s.j1):
			p.i2, p.j2 = s.i2, s.j2
			return out
		}
	}
	return append(out, s)
}

// together reports whether a sentence stands in one line with the one before it.
func (d *document) together(i int) bool {
	return i > 0 && d.sentences[i].line == d.sentences[i-1].line
}

// opening is the range of sentences of the text's first paragraph, and of a
// standfirst over it.
func (d *document) opening(l *lexicon, skip []bool) (end int) {
	for at := range d.lines {
		x := &d.lines[at]
		if !slices.Contains(skip[x.first:x.end], false) || d.furnished(l, at) {
			continue
		}
		end = x.end
		if x.kind != extract.Lead && x.kind != extract.Heading {
			break
		}
	}
	return end
}
