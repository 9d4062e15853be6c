package archive

import (
	"cmp"
	"slices"
)

// A filing is a key of a document that is not in the band yet.
type filing struct{ key, doc uint64 }

func (f filing) compare(g filing) int {
	return cmp.Or(cmp.Compare(f.key, g.key), cmp.Compare(f.doc, g.doc))
}

// A cabinet is what is filed. It is not altered: a transaction makes a new one
// of it, which counts when it is committed.
type cabinet struct {
	going  []filing   // is being carried over, sorted; what was in front of it is in the band
	round  uint64     // the last document of those that are being carried over; 0 when none are
	coming [][]filing // the documents after that, each list sorted, and of later ones than the list before it
	count  int        // of documents in coming
	last   uint64     // document filed

	goingMarks, comingMarks *marks // nil where there are none
}

// docs gives the documents that a key is filed for, in order.
func (c *cabinet) docs(key uint64) (docs []uint64) {
	if c.goingMarks.may(key) {
		docs = docsIn(c.going, key, docs)
	}
	if c.comingMarks.may(key) {
		for _, list := range c.coming {
			docs = docsIn(list, key, docs)
		}
	}
	return docs
}

func docsIn(list []filing, key uint64, docs []uint64) []uint64 {
	for at := firstOf(list, key); at < len(list) && list[at].key == key; at++ {
		docs = append(docs, list[at].doc)
	}
	return docs
}

// firstOf finds the first filing of a key, or where it would be. Keys are
// spread evenly: so it looks where it should be, and goes on from there.
func firstOf(list []filing, key uint64) int {
	n := len(list)
	if n == 0 || key <= list[0].key {
		return 0
	}
	low, high := list[0].key, list[n-1].key
	if key > high {
		return n
	}
	from := int(float64(key-low) / float64(high-low) * float64(n-1))
	to := min(from, n-1) // list[from].key < key <= list[to].key, when both are found
	from = to
	for step := 32; list[from].key >= key; step *= 4 {
		to, from = from, max(0, from-step)
	}
	for step := 32; list[to].key < key; step *= 4 {
		from, to = to, min(n-1, to+step)
	}
	for to-from > 1 {
		if middle := int(uint(from+to) / 2); list[middle].key < key {
			from = middle
		} else {
			to = middle
		}
	}
	return to
}

// marks say of a key that nothing is filed for it, without a search: most keys
// that are asked for are nobody's. Those of a transaction that was rolled back
// stay, and cost a search.
type marks [1 << (markBits - 6)]uint64

const markBits = 24 // of 2 MB: of what is nobody's at most one key in ten is sought

func (m *marks) add(list []filing) {
	for _, f := range list {
		m[f.key>>(64-markBits+6)] |= 1 << (f.key >> (64 - markBits) & 63)
	}
}

func (m *marks) may(key uint64) bool {
	return m != nil && m[key>>(64-markBits+6)]>>(key>>(64-markBits)&63)&1 == 1
}

// with gives a cabinet with one more list of filings, which is sorted.
func (c cabinet) with(list []filing) *cabinet {
	if c.comingMarks == nil {
		c.comingMarks = new(marks)
	}
	c.comingMarks.add(list)
	c.coming = append(slices.Clip(c.coming), list)
	for n := len(c.coming); n > 1 && len(c.coming[n-2]) < 2*len(c.coming[n-1]); n-- {
		c.coming = append(c.coming[:n-2:n-2], mergedFilings(c.coming[n-2], c.coming[n-1]))
	}
	return &c
}

func mergedFilings(a, b []filing) []filing {
	all := make([]filing, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		if a[0].compare(b[0]) <= 0 {
			all, a = append(all, a[0]), a[1:]
		} else {
			all, b = append(all, b[0]), b[1:]
		}
	}
	return append(append(all, a...), b...)
}
