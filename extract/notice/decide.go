package notice

// threshold is the evidence, in tenths, that a run needs to be taken out.
const threshold = 55

// evidence is what is known beside the words.
type evidence struct {
	flat  bool // the text was flattened
	named bool // an element's name or role speaks against it
	page  bool // the blocks are those of a whole page: its edges mean nothing
}

// decide weighs a run against the rest of the text.
func (t *text) decide(r run, e evidence) bool {
	if !r.sure && !r.buttons && !e.named {
		return false
	}
	first, last := t.at(r.first), t.at(r.last)
	best, cores, others, words := 0, 0, 0, 0
	spoken := false // the site speaks of itself
	for i := r.first; i <= r.last; i++ {
		s := t.at(i)
		best = max(best, s.score)
		spoken = spoken || s.has(voice, site, embedded)
		words += s.words
		if s.core() {
			cores++
		} else if s.companion() {
			others++
		}
	}
	score := min(best, 80) + 8*min(max(cores-1, 0), 2) + 4*min(others, 2)
	whole := r.first == t.begin[first.block] && r.last+1 == t.begin[last.block+1]
	edge := !e.page && (first.block <= 1 && r.first == t.begin[first.block] || r.last >= len(t.list)-3 && last.block >= len(t.blocks)-2)
	if r.buttons {
		score += 22
	}
	if edge {
		score += 10
	}
	if whole {
		score += 10
	}
	if e.flat {
		score += 4
	}
	if e.named {
		score += 20
	}
	if e.page && r.buttons {
		score += 5
	}
	about := t.topic(r)
	if about > 0 && !spoken {
		score -= 15
	}
	switch n := about; {
	case n >= 4:
		score -= 28
	case n >= 2:
		score -= 20
	case n == 1:
		score -= 10
	}
	if words > 300 {
		score -= 15
	}
	need := threshold
	if !whole && !edge && !e.named {
		need += 15
	}
	return score >= need
}

// topic counts the sentences about storage outside the run, and outside other runs that are notices too.
func (t *text) topic(r run) int {
	n := t.stored - t.storedApart
	if !r.apart {
		n -= t.storedIn(r)
	}
	return n
}

func (t *text) storedIn(r run) int {
	n := 0
	for i := r.first; i <= r.last; i++ {
		if t.list[i].stored() {
			n++
		}
	}
	return n
}
