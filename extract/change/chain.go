package change

import (
	"cmp"
	"slices"
)

// A pair says that old sentence i became new sentence j.
type pair struct {
	i, j   int
	weight float64 // what it is worth to keep it in place
	alike  float64 // 1 when both read the same
}

// chain chooses the heaviest pairs that stand in one order on both sides.
// What is left out has moved. Weights are words, so that the shorter passage
// counts as the one that moved.
func chain(pairs []pair) []pair {
	slices.SortFunc(pairs, func(a, b pair) int {
		if c := cmp.Compare(a.i, b.i); c != 0 {
			return c
		}
		return cmp.Compare(b.j, a.j) // so that one old sentence is never used twice
	})
	last := 0
	for _, p := range pairs {
		last = max(last, p.j)
	}
	best := make([]int32, last+2) // a Fenwick tree: the best chain that ends before j, as index+1
	sum := make([]float64, len(pairs))
	from := make([]int32, len(pairs))
	for k, p := range pairs {
		var before int32
		for x := p.j; x > 0; x -= x & -x {
			if b := best[x]; b > 0 && (before == 0 || sum[b-1] > sum[before-1]) {
				before = b
			}
		}
		sum[k], from[k] = p.weight, before
		if before > 0 {
			sum[k] += sum[before-1]
		}
		for x := p.j + 1; x < len(best); x += x & -x {
			if b := best[x]; b == 0 || sum[k] > sum[b-1] {
				best[x] = int32(k + 1)
			}
		}
	}
	top := -1
	for k := range sum {
		if top < 0 || sum[k] > sum[top] {
			top = k
		}
	}
	var out []pair
	for k := top; k >= 0; k = int(from[k]) - 1 {
		out = append(out, pairs[k])
	}
	slices.Reverse(out)
	return out
}
