package dedup

import "sync"

// An alignment lays the bodies of two sketches beside each other. Equal words that follow each other in both, with at most reach
// words between, form a chain; what lies in a long enough chain is shared, whether it moved or not, and the words inside a chain
// that are not equal were replaced.
type alignment struct {
	a, b side
}

// A side is what the alignment says of one of the texts.
type side struct {
	shared []bool // the token lies in a chain
	equal  []bool // the token itself is in the other text, in the chain
}

const (
	slack         = 2 // by how much the two distances may differ
	reach         = 8 // how far apart two equal words may be and still be neighbours
	step          = 4 // how far from the rest the first and the last word of a chain may be
	repeats       = 6 // a word that stands oftener in a text than this says nothing about where we are
	minChainShort = 3 // in a brief
	minChain      = 5 // equal words that make a chain
)

// A pair is two equal tokens.
type pair struct {
	a, b  int16
	chain int16 // equal words in the longest chain through here
	prev  int16 // the pair before in that chain, -1 for none
	after int16 // equal words in the longest chain from here on
}

// An aligner keeps the memory of one alignment for the next.
type aligner struct {
	head  [1 << 14]int16 // token hash → last position in b + 1
	next  []int16        // position in b → the one before with the same hash + 1
	count [1 << 14]uint8
	pairs []pair
	begin []int32 // first pair of each position of a
}

// aligners are those that nobody uses: one is 50 KB.
var aligners = sync.Pool{New: func() any { return new(aligner) }}

func (l *aligner) align(a, b []token, need int) alignment {
	for i := range l.next {
		l.next[i] = 0
	}
	if cap(l.next) < len(b) {
		l.next = make([]int16, len(b))
	}
	l.next = l.next[:len(b)]
	for j, t := range b {
		h := t.hash()
		l.next[j] = l.head[h]
		l.head[h] = int16(j + 1)
		if l.count[h] < 255 {
			l.count[h]++
		}
	}
	l.pairs, l.begin = l.pairs[:0], l.begin[:0]
	for i, t := range a {
		l.begin = append(l.begin, int32(len(l.pairs)))
		h := t.hash()
		if l.count[h] == 0 || l.count[h] > repeats {
			continue
		}
		for j := l.head[h]; j > 0; j = l.next[j-1] {
			l.pairs = append(l.pairs, pair{a: int16(i), b: j - 1, chain: 1, prev: -1, after: 1})
		}
	}
	for _, t := range b { // leave the tables clean
		l.head[t.hash()], l.count[t.hash()] = 0, 0
	}
	l.begin = append(l.begin, int32(len(l.pairs)))
	for x := range l.pairs {
		p := &l.pairs[x]
		near := int16(1000)
		for y := l.begin[max(0, int(p.a)-reach)]; y < l.begin[p.a]; y++ {
			q := &l.pairs[y]
			if d := p.b - q.b; d > 0 && d <= reach && d-(p.a-q.a) <= slack && p.a-q.a-d <= slack {
				// The longest chain, and of equal ones the nearest.
				gap := max(d, p.a-q.a)
				if gap > step && q.chain < 2 {
					continue
				}
				if q.chain+1 > p.chain || q.chain+1 == p.chain && gap < near {
					p.chain, p.prev, near = q.chain+1, int16(y), gap
				}
			}
		}
	}
	for x := len(l.pairs) - 1; x >= 0; x-- {
		if p := &l.pairs[x]; p.prev >= 0 {
			q := &l.pairs[p.prev]
			if p.after < 2 && max(p.a-q.a, p.b-q.b) > step {
				p.prev, p.chain = -1, 1
				continue
			}
			q.after = max(q.after, p.after+1)
		}
	}
	out := alignment{
		a: side{make([]bool, len(a)), make([]bool, len(a))},
		b: side{make([]bool, len(b)), make([]bool, len(b))},
	}
	for x := range l.pairs {
		p := &l.pairs[x]
		if int(p.chain+p.after-1) < need {
			continue
		}
		out.a.equal[p.a], out.b.equal[p.b] = true, true
		fromA, fromB := p.a, p.b
		if p.prev >= 0 {
			fromA, fromB = l.pairs[p.prev].a, l.pairs[p.prev].b
			// Words too frequent to begin a chain stand between its words as well.
			for i, j := fromA+1, fromB+1; i < p.a; i++ {
				for k := j; k < p.b; k++ {
					if a[i].hash() == b[k].hash() {
						out.a.equal[i], out.b.equal[k] = true, true
						j = k + 1
						break
					}
				}
			}
		}
		for i := fromA; i <= p.a; i++ {
			out.a.shared[i] = true
		}
		for j := fromB; j <= p.b; j++ {
			out.b.shared[j] = true
		}
	}
	return out
}

// carry gives the weights of b's tokens in the last alignment: those that lie beside a common passage of a are common too.
func (l *aligner) carry(n int, weightA []uint8, need int) []uint8 {
	w := make([]uint8, n)
	for j := range w {
		w[j] = 1
	}
	for x := range l.pairs {
		p := &l.pairs[x]
		if int(p.chain+p.after-1) < need || weightA[p.a] != 0 {
			continue
		}
		w[p.b] = 0
		if p.prev >= 0 {
			if q := l.pairs[p.prev]; weightA[q.a] == 0 {
				for j := q.b; j < p.b; j++ {
					w[j] = 0
				}
			}
		}
	}
	return w
}
