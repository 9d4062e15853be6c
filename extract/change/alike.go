package change

import (
	"cmp"
	"math"
	"slices"
	"strings"
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
	for id, k := range in {
		if k > 0 {
			out[id] = math.Log(1 + float64(n)/float64(k))
			if grammar()[strings.ToLower(l.words[id])] {
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
	where := make(map[uint32][]int)
	for _, j := range restNew {
		for _, t := range m.new.tokens(m.new.sentences[j]) {
			w := where[t.id]
			if t.class != mark && len(w) <= rare && (len(w) == 0 || w[len(w)-1] != j) {
				where[t.id] = append(w, j)
			}
		}
	}
	score := make(map[int]float64)
	for _, i := range restOld {
		clear(score)
		ids := ids(m.old, m.oldIDs, i)
		for k, id := range ids {
			if w := where[id]; len(w) <= rare && (k == 0 || ids[k-1] != id) {
				for _, j := range w {
					score[j] += m.weigh[id]
				}
			}
		}
		js := make([]int, 0, len(score))
		for j := range score {
			js = append(js, j)
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
