package change

import (
	"cmp"
	"math"
	"slices"
)

// weights tells how much each token says about the sentence it stands in:
// the fewer sentences have it, the more, and words of grammar little.
func weights(l *lexicon, docs ...*document) []float64 {
	in := make([]int32, len(l.words))
	seen := make([]int32, len(l.words))
	n := int32(0)
	for _, d := range docs {
		for _, s := range d.sentences {
			n++
			for _, t := range d.tokens(s) {
				if t.class != mark && seen[t.id] != n {
					seen[t.id] = n
					in[t.id]++
				}
			}
		}
	}
	out := make([]float64, len(l.words))
	light := grammar()
	for id, k := range in {
		if k > 0 {
			out[id] = math.Log(1 + float64(n)/float64(k))
			if light[l.lower(uint32(id))] {
				out[id] *= 0.3
			}
		}
	}
	return out
}

// similar finds for each old sentence the new ones that may be the same
// sentence reworded. Only sentences that share a rare word are looked at,
// unless there are few, so that the time stays bounded.
func (m *matching) similar(restOld, restNew []int) []pair {
	var out []pair
	add := func(i, j int) {
		if s := m.alike(i, j); s >= alikeAnywhere {
			size := min(m.old.sentences[i].size, m.new.sentences[j].size)
			out = append(out, pair{i, j, s * float64(size), s})
		}
	}
	if len(restOld)*len(restNew) <= 64 {
		for _, i := range restOld {
			for _, j := range restNew {
				add(i, j)
			}
		}
		return out
	}
	const rare, tries = 12, 4
	where := m.places(restNew, rare+1)
	score := make([]float64, len(m.new.sentences))
	var js []int
	for _, i := range restOld {
		for _, j := range js {
			score[j] = 0
		}
		js = js[:0]
		ids := ids(m.old, m.oldIDs, i)
		for k, id := range ids {
			if w := where.of(id); len(w) <= rare && (k == 0 || ids[k-1] != id) {
				for _, j := range w {
					if score[j] == 0 {
						js = append(js, int(j))
					}
					score[j] += m.weigh[id]
				}
			}
		}
		slices.SortFunc(js, func(a, b int) int {
			if c := cmp.Compare(score[b], score[a]); c != 0 {
				return c
			}
			return a - b
		})
		for _, j := range js[:min(tries, len(js))] {
			add(i, j)
		}
	}
	return out
}

// places tell in which sentences each token stands.
type places struct {
	end []int32 // by token id, of its share of in
	in  []int32
}

func (p places) of(id uint32) []int32 {
	if id == 0 {
		return p.in[:p.end[0]]
	}
	return p.in[p.end[id-1]:p.end[id]]
}

// places lists where the tokens of some new sentences stand, each in no more
// than the first so many of them.
func (m *matching) places(sentences []int, most int32) places {
	n := len(m.weigh)
	count, last := make([]int32, n), make([]int32, n)
	each := func(take func(id uint32, j int32)) {
		clear(last)
		for at, j := range sentences {
			for _, t := range m.new.tokens(m.new.sentences[j]) {
				if t.class != mark && last[t.id] != int32(at+1) && count[t.id] < most {
					last[t.id] = int32(at + 1)
					take(t.id, int32(j))
				}
			}
		}
	}
	each(func(id uint32, _ int32) { count[id]++ })
	p := places{end: make([]int32, n)}
	sum := int32(0)
	for id, c := range count {
		p.end[id], count[id] = sum, 0 // its beginning, as yet
		sum += c
	}
	p.in = make([]int32, sum)
	each(func(id uint32, j int32) {
		p.in[p.end[id]] = j
		p.end[id]++
		count[id]++
	})
	return p
}

// ids are the tokens of a sentence, sorted.
func ids(d *document, made [][]uint32, i int) []uint32 {
	if made[i] == nil {
		made[i] = sorted(d.tokens(d.sentences[i]))
	}
	return made[i]
}

// sorted gives the ids of tokens in order, punctuation left out.
func sorted(ts []token) []uint32 {
	out := make([]uint32, 0, len(ts))
	for _, t := range ts {
		if t.class != mark {
			out = append(out, t.id)
		}
	}
	slices.Sort(out)
	return out
}

// alike is the weighted share of words that two sentences have in common: 0 to 1.
func (m *matching) alike(i, j int) float64 {
	if m.weigh == nil {
		return 0
	}
	return overlap(ids(m.old, m.oldIDs, i), ids(m.new, m.newIDs, j), m.weigh)
}

func overlap(a, b []uint32, weigh []float64) float64 {
	var common, all float64
	for i, j := 0, 0; i < len(a) || j < len(b); {
		switch {
		case j == len(b) || i < len(a) && a[i] < b[j]:
			all += weigh[a[i]]
			i++
		case i == len(a) || b[j] < a[i]:
			all += weigh[b[j]]
			j++
		default:
			common += 2 * weigh[a[i]]
			all += 2 * weigh[a[i]]
			i, j = i+1, j+1
		}
	}
	if all == 0 {
		return 0
	}
	return common / all
}
