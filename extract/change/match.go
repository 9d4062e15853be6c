package change

import (
	"cmp"
	"slices"
)

// A step is one stretch of the way from the old text to the new one.
type step struct {
	op     Op // "" equal, Insert, Delete, Replace, Move (which may be reworded too)
	i1, i2 int
	j1, j2 int
}

// A matching pairs the sentences of two documents.
type matching struct {
	old, new *document
	weigh    []float64  // by token id: rare words tell more
	oldIDs   [][]uint32 // the sorted tokens of each sentence, made when asked for
	newIDs   [][]uint32
	pairs    []pair // in place, in order
	moved    []pair // elsewhere
	skipOld  []bool // furniture
	skipNew  []bool
	cells    int // and cells that may be filled to align repeated sentences
	patience int // tokens that may still be read to widen pairs, which bounds the time
}

const (
	alikeAnywhere = 0.33 // sentences as like as this may be one sentence reworded
	alikeInPlace  = 0.20 // …when what stands before and after them is the same
	alikeMoved    = 0.65 // …when it stands elsewhere now
)

// match finds which sentence of the old text is which of the new.
func match(l *lexicon, old, new *document) *matching {
	m := &matching{old: old, new: new, cells: 1 << 22, patience: 1 << 21, skipOld: make([]bool, len(old.sentences)), skipNew: make([]bool, len(new.sentences)),
		oldIDs: make([][]uint32, len(old.sentences)), newIDs: make([][]uint32, len(new.sentences))}
	exact, restOld, restNew := m.exact()
	restOld = furniture(l, old, restOld, m.skipOld)
	restNew = furniture(l, new, restNew, m.skipNew)
	var similar []pair
	if len(restOld) > 0 && len(restNew) > 0 {
		m.weigh = weights(l, old, new)
		similar = m.similar(restOld, restNew)
	}
	m.pairs = chain(slices.Concat(exact, similar))
	m.moves(l, exact, 1)
	m.fillGaps()
	slices.SortStableFunc(similar, func(a, b pair) int { return cmp.Compare(b.alike, a.alike) })
	m.moves(l, similar, alikeMoved)
	slices.SortFunc(m.moved, func(a, b pair) int { return a.j - b.j })
	return m
}

// used tells which sentences have their partner, or are none.
func (m *matching) used() (old, new []bool) {
	old, new = slices.Clone(m.skipOld), slices.Clone(m.skipNew)
	for _, pairs := range [][]pair{m.pairs, m.moved} {
		for _, p := range pairs {
			old[p.i], new[p.j] = true, true
		}
	}
	return old, new
}

// fillGaps pairs what is left between two pairs, in order, when it is alike at all.
func (m *matching) fillGaps() {
	usedOld, usedNew := m.used()
	var found []pair
	i, j := 0, 0
	for k := 0; k <= len(m.pairs); k++ {
		toI, toJ := len(usedOld), len(usedNew)
		if k < len(m.pairs) {
			toI, toJ = m.pairs[k].i, m.pairs[k].j
		}
		left, right := unused(usedOld, i, toI), unused(usedNew, j, toJ)
		if n := len(left) * len(right); n > 0 && n <= 400 {
			var candidates []pair
			for _, a := range left {
				for _, b := range right {
					s := m.alike(a, b)
					if n == 1 && m.old.sentences[a].size <= 4 && m.new.sentences[b].size <= 4 {
						s = max(s, alikeInPlace) // a table's cell, a list's item: its place names it
					}
					if s >= alikeInPlace {
						candidates = append(candidates, pair{a, b, s, s})
					}
				}
			}
			found = append(found, chain(candidates)...)
		}
		i, j = toI+1, toJ+1
	}
	if len(found) > 0 {
		m.pairs = append(m.pairs, found...)
		slices.SortFunc(m.pairs, func(a, b pair) int { return a.i - b.i })
	}
}

func unused(used []bool, from, to int) []int {
	var out []int
	for i := from; i < to; i++ {
		if !used[i] {
			out = append(out, i)
		}
	}
	return out
}

// moves takes the pairs that would be in the text twice, were they not one
// passage that stands elsewhere now. Furniture may stand where it likes.
func (m *matching) moves(l *lexicon, candidates []pair, least float64) {
	usedOld, usedNew := m.used()
	var found []pair
	var restOld, restNew []int
	for _, p := range candidates {
		if p.alike >= least && !usedOld[p.i] && !usedNew[p.j] {
			usedOld[p.i], usedNew[p.j] = true, true
			found = append(found, p)
			restOld, restNew = append(restOld, p.i), append(restNew, p.j)
		}
	}
	furniture(l, m.old, restOld, m.skipOld)
	furniture(l, m.new, restNew, m.skipNew)
	for _, p := range found {
		if m.skipOld[p.i] || m.skipNew[p.j] {
			m.skipOld[p.i], m.skipNew[p.j] = true, true
			continue
		}
		m.moved = append(m.moved, p)
	}
}
