package extract

import "math/bits"

// gram is how many letters in a row make two texts the same there.
const gram = 14

// An anchor is the article's text as the page states it for machines. It is
// often cut short, stale or without the lead, so that it shows where the
// article is and what does not belong, and is never the text itself.
type anchor struct {
	grams gramSet
	runes int
	said  []float32 // for every piece, the share of it that the statement has
	whole bool      // nearly all of the statement is on the page
}

// newAnchor compares the statement with the pieces; nil when there is too little of it.
func newAnchor(statement string, pieces []piece) *anchor {
	const least, most = 300, 1 << 20
	if len(statement) < least || len(statement) > most {
		return nil
	}
	a := &anchor{grams: newGramSet(len(statement)), said: make([]float32, len(pieces))}
	each(bare(statement), func(h uint64) {
		a.grams.add(h)
		a.runes++
	})
	if a.runes < 100 {
		return nil
	}
	found := 0 // grams
	for i := range pieces {
		if pieces[i].runes < 20 {
			continue
		}
		all, hit := 0, 0
		each(bare(pieces[i].text), func(h uint64) {
			all++
			if known, first := a.grams.find(h); known {
				hit++
				if first {
					found++
				}
			}
		})
		if all > 0 {
			a.said[i] = float32(hit) / float32(all)
		}
	}
	if found*10 < a.grams.n*3 {
		return nil // the statement is of another text
	}
	a.whole = found*10 >= a.grams.n*8
	return a
}

// A gramSet is a set of hashes that knows which of them were found.
type gramSet struct {
	slots []uint64 // two bits at the foot of each hash give way: that it is there, that it was found
	n     int
}

const (
	gramThere = 1 << iota
	gramFound
)

// newGramSet makes room for the grams of a text of that many bytes.
func newGramSet(size int) gramSet {
	return gramSet{slots: make([]uint64, 1<<bits.Len(uint(size+size/2)))}
}

// mixed spreads a hash: grams that differ in their last letter only differ at its foot.
func mixed(h uint64) uint64 {
	h *= 0x9E3779B97F4A7C15
	return h ^ h>>32
}

// slot is where the hash stands, or where it is to stand.
func (s *gramSet) slot(h uint64) *uint64 {
	last := uint64(len(s.slots) - 1)
	for i := h >> 20 & last; ; i = (i + 1) & last {
		if at := &s.slots[i]; *at == 0 || *at|gramThere|gramFound == h|gramThere|gramFound {
			return at
		}
	}
}

func (s *gramSet) add(h uint64) {
	h = mixed(h)
	if at := s.slot(h); *at == 0 {
		*at = h&^gramFound | gramThere
		s.n++
	}
}

// find tells whether the hash is in the set, and was not asked for before.
func (s *gramSet) find(h uint64) (known, first bool) {
	at := s.slot(mixed(h))
	if *at == 0 {
		return false, false
	}
	first = *at&gramFound == 0
	*at |= gramFound
	return true, first
}

// each gives the hash of every gram of s.
func each(s string, f func(uint64)) {
	const base = 0x100000001b3
	var power, h uint64 = 1, 0
	for range gram {
		power *= base
	}
	runes := []rune(s)
	for i, r := range runes {
		h = h*base + uint64(r) + 1
		if i >= gram {
			h -= power * (uint64(runes[i-gram]) + 1)
		}
		if i >= gram-1 {
			f(h)
		}
	}
}

// states tells whether the statement has the piece.
func (a *anchor) states(i int) bool { return a != nil && a.said[i] >= 0.6 }
