package notice

import (
	"strings"
	"unicode/utf8"
)

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
	if t.cited(r) {
		return false
	}
	if !r.sure && !r.buttons && !e.named {
		return t.bare(r)
	}
	first, last := t.at(r.first), t.at(r.last)
	best, cores, others, words := 0, 0, 0, 0
	plain := false  // a heart of it is one in words of notices alone
	spoken := false // the site speaks of itself
	told := true    // every heart of it has the voice of an article too
	marked := false // names of buttons stand in quotation marks
	for i := r.first; i <= r.last; i++ {
		s := t.at(i)
		best = max(best, s.score)
		spoken = spoken || s.has(voice, site, embedded)
		words += s.words
		marked = marked || quotes(s.text)
		if s.core() {
			cores++
			plain = plain || s.plain()
			told = told && s.has(report)
		} else if s.companion() {
			others++
		}
	}
	whole := r.first == t.begin[first.block] && r.last+1 == t.begin[last.block+1]
	edge := !e.page && (first.block <= 1 && r.first == t.begin[first.block] || r.last >= len(t.list)-3 && last.block >= len(t.blocks)-2)
	if r.first == t.begin[first.block] && !whole && r.last+1 < t.begin[last.block+1] { // the paragraph goes on
		edge = false
	}
	if !spoken && !r.buttons && !e.named && t.baked(r) {
		return false
	}
	about := t.topic(r)
	if (cores > 0 || !t.together(r)) && !plain && !r.buttons && !e.named && (about > 0 || marked || !whole || words > 60 || numbered(t.blocks[first.block])) {
		return false
	}
	score := min(best, 80) + 8*min(max(cores-1, 0), 2) + 4*min(others, 2)
	if r.buttons {
		score += 22
	}
	if r.held {
		score += 25
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
	if whole && about == 0 && !marked && words <= 60 && t.stored == t.storedIn(r) && spoken { // nothing else here is about that
		score += 8
	}
	if e.named {
		score += 20
	}
	if e.page && r.buttons {
		score += 5
	}
	if about > 0 && !spoken {
		score -= 15
	}
	if !spoken && !r.buttons && !e.named && (about > 0 || marked || !whole || t.taught(r)) { // how to deal with such things
		score -= 35
	}
	if told && cores > 0 && !r.buttons {
		score -= 10
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

// cited tells a run that is a quotation as a whole.
func (t *text) cited(r run) bool {
	if !t.at(r.first).quoted || !t.at(r.last).quoted {
		return false
	}
	open, _ := utf8.DecodeRuneInString(t.list[r.first].text)
	end, _ := utf8.DecodeLastRuneInString(t.list[r.last].text)
	return strings.ContainsRune(quoteMarks, open) && strings.ContainsRune(quoteMarks, end)
}

// taught tells whether the text beside the run names buttons in quotation marks, as instructions do.
func (t *text) taught(r run) bool {
	for b, s := range t.blocks {
		if b >= t.list[r.first].block && b <= t.list[r.last].block {
			continue
		}
		for s != "" {
			i := strings.IndexAny(s, quoteMarks)
			if i < 0 {
				break
			}
			_, n := utf8.DecodeRuneInString(s[i:])
			s = s[i+n:]
			if j := strings.IndexAny(s, quoteMarks); j > 0 && j <= 60 && t.x.labels[folded(s[:j])] != 0 {
				return true
			}
		}
	}
	return false
}

// baked tells whether the cookies may be those one eats: nothing in the run
// says where else they would lie, and the text speaks of a kitchen.
func (t *text) baked(r run) bool {
	for i := r.first; i <= r.last; i++ {
		if t.at(i).has(gear, device, purpose, policy, provider) {
			return false
		}
	}
	var m marks
	for _, b := range t.blocks {
		if t.x.read(fold(nil, b), &m); m.in[kitchen] != 0 {
			return true
		}
	}
	return false
}

// numbered tells a step of instructions.
func numbered(block string) bool {
	number, _, ok := strings.Cut(block, " ")
	return ok && len(number) <= 3 && strings.Trim(number, "0123456789") != number && strings.ContainsAny(number, ".)")
}

// bare tells a block of a few words in which the site says that it stores
// something, and of which nothing else in the text speaks.
func (t *text) bare(r run) bool {
	s := t.at(r.first)
	return r.first == r.last && s.words <= 7 && s.has(storage) && s.has(voice, site) && s.faint() &&
		r.first == t.begin[s.block] && r.last+1 == t.begin[s.block+1] && t.stored == t.storedIn(r)
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
