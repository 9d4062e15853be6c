package extract

// gram is how many letters in a row make two texts the same there.
const gram = 14

// An anchor is the article's text as the page states it for machines. It is
// often cut short, stale or without the lead, so that it shows where the
// article is and what does not belong, and is never the text itself.
type anchor struct {
	grams map[uint64]struct{}
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
	a := &anchor{grams: map[uint64]struct{}{}, said: make([]float32, len(pieces))}
	each(bare(statement), func(h uint64) {
		a.grams[h] = struct{}{}
		a.runes++
	})
	if a.runes < 100 {
		return nil
	}
	found := map[uint64]struct{}{}
	for i := range pieces {
		if pieces[i].runes < 20 {
			continue
		}
		all, hit := 0, 0
		each(bare(pieces[i].text), func(h uint64) {
			all++
			if _, ok := a.grams[h]; ok {
				hit++
				found[h] = struct{}{}
			}
		})
		if all > 0 {
			a.said[i] = float32(hit) / float32(all)
		}
	}
	if len(found)*10 < len(a.grams)*3 {
		return nil // the statement is of another text
	}
	a.whole = len(found)*10 >= len(a.grams)*8
	return a
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
