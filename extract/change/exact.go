package change

// exact pairs the sentences that read the same: those that keep their place,
// and those that stand once in each text, wherever. What has no counterpart is
// given back for other means.
func (m *matching) exact() (pairs []pair, restOld, restNew []int) {
	m.inPlace(0, len(m.old.sentences), 0, len(m.new.sentences), &pairs)
	placedOld, placedNew := make([]bool, len(m.old.sentences)), make([]bool, len(m.new.sentences))
	for _, p := range pairs {
		placedOld[p.i], placedNew[p.j] = true, true
	}
	// Equal sentences that are in order on no side: the first with the first, and so on.
	where := map[uint64][]int{}
	for i, s := range m.old.sentences {
		if !placedOld[i] {
			where[s.key] = append(where[s.key], i)
		}
	}
	for j, s := range m.new.sentences {
		if placedNew[j] {
			continue
		}
		if w := where[s.key]; len(w) > 0 {
			pairs = append(pairs, m.same(w[0], j))
			placedOld[w[0]] = true
			where[s.key] = w[1:]
			continue
		}
		restNew = append(restNew, j)
	}
	return pairs, unused(placedOld, 0, len(placedOld)), restNew
}

func (m *matching) same(i, j int) pair {
	return pair{i, j, float64(m.old.sentences[i].size) + 1, 1}
}

// inPlace pairs equal sentences in one order: what both stretches begin and
// end with, then those that stand once in each, then the stretches between.
func (m *matching) inPlace(i1, i2, j1, j2 int, pairs *[]pair) {
	old, new := m.old.sentences, m.new.sentences
	for i1 < i2 && j1 < j2 && old[i1].key == new[j1].key {
		*pairs = append(*pairs, m.same(i1, j1))
		i1, j1 = i1+1, j1+1
	}
	for i1 < i2 && j1 < j2 && old[i2-1].key == new[j2-1].key {
		i2, j2 = i2-1, j2-1
		*pairs = append(*pairs, m.same(i2, j2))
	}
	m.cells -= i2 - i1 + j2 - j1
	if i1 == i2 || j1 == j2 || m.cells < 0 {
		return
	}
	once := m.once(i1, i2, j1, j2)
	if len(once) == 0 {
		if n := (i2 - i1) * (j2 - j1); n <= m.cells {
			m.cells -= n
			m.common(i1, i2, j1, j2, pairs)
		}
		return
	}
	for _, p := range once {
		m.inPlace(i1, p.i, j1, p.j, pairs)
		*pairs = append(*pairs, p)
		i1, j1 = p.i+1, p.j+1
	}
	m.inPlace(i1, i2, j1, j2, pairs)
}

// once gives the equal sentences that stand once in each stretch, as far as
// they are in one order.
func (m *matching) once(i1, i2, j1, j2 int) []pair {
	type places struct{ old, new, i, j int }
	seen := make(map[uint64]places, i2-i1)
	for i := i1; i < i2; i++ {
		p := seen[m.old.sentences[i].key]
		p.old, p.i = p.old+1, i
		seen[m.old.sentences[i].key] = p
	}
	for j := j1; j < j2; j++ {
		if p, ok := seen[m.new.sentences[j].key]; ok {
			p.new, p.j = p.new+1, j
			seen[m.new.sentences[j].key] = p
		}
	}
	var out []pair
	for i := i1; i < i2; i++ {
		if p := seen[m.old.sentences[i].key]; p.old == 1 && p.new == 1 {
			out = append(out, m.same(p.i, p.j))
		}
	}
	return chain(out)
}

// common pairs equal sentences of two stretches of repeated ones: the longest
// common sequence.
func (m *matching) common(i1, i2, j1, j2 int, pairs *[]pair) {
	n, w := i2-i1, j2-j1+1
	longest := make([]int32, (n+1)*w)
	for i := n - 1; i >= 0; i-- {
		for j := w - 2; j >= 0; j-- {
			switch {
			case m.old.sentences[i1+i].key == m.new.sentences[j1+j].key:
				longest[i*w+j] = longest[(i+1)*w+j+1] + 1
			default:
				longest[i*w+j] = max(longest[(i+1)*w+j], longest[i*w+j+1])
			}
		}
	}
	for i, j := 0, 0; i < n && j < w-1; {
		switch {
		case m.old.sentences[i1+i].key == m.new.sentences[j1+j].key:
			*pairs = append(*pairs, m.same(i1+i, j1+j))
			i, j = i+1, j+1
		case longest[(i+1)*w+j] >= longest[i*w+j+1]:
			i++
		default:
			j++
		}
	}
}
