package dedup

import (
	"slices"
	"sync"
)

// The keys of a sketch: under how many of each sort it is filed. A key is eight bytes on disk and its posting some five more.
const (
	shingleKeys = 28 // three content words in a row, which are five or six running words
	anchorKeys  = 18 // three landmarks in a row, which survive a paraphraser
	quoteKeys   = 6  // three content words in a row inside a quotation, which most rewrites keep
)

// A spot is a key and where in the body it stands.
type spot struct {
	key      uint64
	from, to int // tokens of the body, both counted in
}

// Keys gives what the sketch is filed under and what its earlier relatives are looked up by. They follow from the sketch alone.
func (s Sketch) Keys() []uint64 {
	spots := s.spots()
	keys := make([]uint64, len(spots))
	for i, m := range spots {
		keys[i] = m.key
	}
	return keys
}

// The seeds keep the sorts of keys apart.
const (
	shingleSeed = iota + 1
	anchorSeed
	quoteSeed
	titleSeed
	wholeSeed
)

// drafts hold the spots that a sketch has before the lowest are picked: many, and for a moment only.
var drafts = sync.Pool{New: func() any { return new(draft) }}

type draft struct{ all, anchors, quotes []spot }

func (s Sketch) spots() []spot {
	d := drafts.Get().(*draft)
	defer drafts.Put(d)
	all, anchors, quotes := d.all[:0], d.anchors[:0], d.quotes[:0]
	var last, before int = -1, -1
	for i, t := range s.body {
		if i >= 2 {
			k := triple(shingleSeed, s.body[i-2], s.body[i-1], t)
			all = append(all, spot{k, i - 2, i})
			if t.quoted() && s.body[i-1].quoted() && s.body[i-2].quoted() {
				quotes = append(quotes, spot{triple(quoteSeed, s.body[i-2], s.body[i-1], t), i - 2, i})
			}
		}
		if t.anchored() {
			if last >= 0 && t.hash() == s.body[last].hash() {
				continue
			}
			if before >= 0 {
				anchors = append(anchors, spot{triple(anchorSeed, s.body[before], s.body[last], t), before, i})
			}
			before, last = last, i
		}
	}
	d.all, d.anchors, d.quotes = all, anchors, quotes
	out := make([]spot, 0, shingleKeys+anchorKeys+quoteKeys+2)
	out = append(out, lowest(all, shingleKeys)...)
	out = append(out, lowest(anchors, anchorKeys)...)
	out = append(out, lowest(quotes, quoteKeys)...)
	if len(s.title) >= 3 {
		out = append(out, spot{bag(titleSeed, s.title), 0, -1})
	}
	if len(s.body) > 0 {
		out = append(out, spot{sequence(wholeSeed, s.body), 0, -1})
	}
	return out
}

// lowest gives the n spots with the lowest keys, each key once. Two texts that share much share many of their lowest, whatever
// stands before or after.
func lowest(spots []spot, n int) []spot {
	// The keys are spread evenly, so that the lowest n most likely lie below a bound that can be told: sort those only.
	if len(spots) > 6*n {
		bound := uint64(1<<64-1) / uint64(len(spots)) * uint64(2*n)
		below := make([]spot, 0, 3*n)
		for _, s := range spots {
			if s.key <= bound {
				below = append(below, s)
			}
		}
		if len(below) < len(spots)/2 { // else few keys come again and again
			if low := lowest(below, n); len(low) == n {
				return low
			}
		}
	}
	slices.SortFunc(spots, func(a, b spot) int {
		switch {
		case a.key < b.key:
			return -1
		case a.key > b.key:
			return 1
		}
		return a.from - b.from
	})
	spots = slices.CompactFunc(spots, func(a, b spot) bool { return a.key == b.key })
	return spots[:min(n, len(spots))]
}

func triple(seed uint64, a, b, c token) uint64 {
	return mix(seed<<48 | uint64(a.hash())<<28 | uint64(b.hash())<<14 | uint64(c.hash()))
}

func sequence(seed uint64, tokens []token) uint64 {
	h := mix(seed)
	for _, t := range tokens {
		h = mix(h ^ uint64(t.hash()))
	}
	return h
}

// bag is a hash that does not depend on the order.
func bag(seed uint64, tokens []token) uint64 {
	var h uint64
	for _, t := range tokens {
		h += mix(seed<<48 | uint64(t.hash()))
	}
	return mix(h)
}
