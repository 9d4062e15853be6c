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
	for k, p := range m.pairs {
		if p.alike == 1 {
			gap(p.i, p.j)
			out = append(out, step{i1: p.i, i2: p.i + 1, j1: p.j, j2: p.j + 1})
			i, j = p.i+1, p.j+1
			continue
		}
		toI, toJ := len(usedOld), len(usedNew)
		if k+1 < len(m.pairs) {
			toI, toJ = m.pairs[k+1].i, m.pairs[k+1].j
		}
		s := m.widen(step{op: Replace, i1: p.i, i2: p.i + 1, j1: p.j, j2: p.j + 1}, usedOld, usedNew, i, j, toI, toJ, p.alike)
		gap(s.i1, s.j1)
		out = append(out, s)
		i, j = s.i2, s.j2
	}
	gap(len(usedOld), len(usedNew))
	return out
}

// widen takes neighbours into a pair when that makes both sides more alike: a
// sentence that was cut in two, or two that were joined, or a heading that the
// page runs into its paragraph.
func (m *matching) widen(s step, usedOld, usedNew []bool, fromI, fromJ, toI, toJ int, alike float64) step {
	if m.weigh == nil {
		return s
	}
	for {
		best := s
		try := func(t step) {
			a := overlap(sorted(m.old.passage(t.i1, t.i2).tokens), sorted(m.new.passage(t.j1, t.j2).tokens), m.weigh)
			if a > alike+0.02 {
				best, alike = t, a
			}
		}
		if s.i2 < toI && !usedOld[s.i2] {
			t := s
			t.i2++
			try(t)
		}
		if s.j2 < toJ && !usedNew[s.j2] {
			t := s
			t.j2++
			try(t)
		}
		if s.i1 > fromI && !usedOld[s.i1-1] {
			t := s
			t.i1--
			try(t)
		}
		if s.j1 > fromJ && !usedNew[s.j1-1] {
			t := s
			t.j1--
			try(t)
		}
		if best == s {
			return s
		}
		s = best
	}
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
