package change

import (
	"strings"
	"unicode/utf8"
)

// A hunk is one changed place of a passage: tokens i1 to before i2 of the old
// text became j1 to before j2 of the new.
type hunk struct{ i1, i2, j1, j2 int }

// A comparer aligns words. Its budget bounds the work of one comparison: when
// it is used up, passages are shown as replaced whole.
type comparer struct {
	l      *lexicon
	light  map[uint32]bool // whether a token is a word of grammar, as far as known
	budget int
	sum    []int32
	way    []byte

	docs        []*document
	german      bool              // nouns have capitals
	nounsUpper  bool              // known after proper
	properWords map[uint32]bool   // see proper
	bonded      map[[2]uint32]int // see bonds
	counts      []int32           // how often each token stands in both texts
}

const (
	cellsAtOnce = 1 << 22 // two passages of 2,000 words
	cellsInAll  = 1 << 26
)

func newComparer(l *lexicon, docs ...*document) *comparer {
	c := &comparer{l: l, light: map[uint32]bool{}, budget: cellsInAll, docs: docs}
	for _, d := range docs {
		c.german = c.german || strings.HasPrefix(d.language, "de") || strings.HasPrefix(d.language, "lb")
	}
	return c
}

// count is how often a token stands in the texts.
func (c *comparer) count(id uint32) int {
	if c.counts == nil {
		c.counts = make([]int32, len(c.l.words))
		for _, d := range c.docs {
			for i := range d.lines {
				for _, t := range d.lines[i].tokens {
					c.counts[t.id]++
				}
			}
		}
	}
	if int(id) >= len(c.counts) {
		return 0
	}
	return int(c.counts[id])
}

// hunks finds where two passages differ. Words of content weigh more than
// words of grammar, and those more than punctuation, so that what stays is
// what a reader recognises.
func (c *comparer) hunks(a, b []token) []hunk {
	head := 0
	for head < len(a) && head < len(b) && a[head].id == b[head].id {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail].id == b[len(b)-1-tail].id {
		tail++
	}
	var out []hunk
	i1, j1 := head, head
	close := func(i2, j2 int) {
		if i2 > i1 || j2 > j1 {
			out = append(out, hunk{i1, i2, j1, j2})
		}
	}
	for _, p := range c.align(a[head:len(a)-tail], b[head:len(b)-tail]) {
		close(head+p[0], head+p[1])
		i1, j1 = head+p[0]+1, head+p[1]+1
	}
	close(len(a)-tail, len(b)-tail)
	for k := range out {
		out[k] = c.slide(a, b, out[k])
	}
	return out
}

const (
	stepBoth byte = iota
	stepOld
	stepNew
)

// align is the heaviest common subsequence, as pairs of indices.
func (c *comparer) align(a, b []token) [][2]int {
	n, m := len(a), len(b)
	if n == 0 || m == 0 || n > cellsAtOnce/(m+1) || n*m > c.budget {
		return nil
	}
	c.budget -= n * m
	w := m + 1
	if len(c.way) < (n+1)*w {
		c.way = make([]byte, (n+1)*w)
	}
	if len(c.sum) < 2*w {
		c.sum = make([]int32, 2*w)
	}
	before, now := c.sum[:w], c.sum[w:2*w]
	clear(before)
	for i := n - 1; i >= 0; i-- {
		now[m] = 0
		value := c.value(a[i])
		for j := m - 1; j >= 0; j-- {
			best, step := before[j], stepOld
			if now[j+1] > best {
				best, step = now[j+1], stepNew
			}
			if a[i].id == b[j].id {
				v := before[j+1] + value
				if i+1 < n && j+1 < m && a[i+1].id == b[j+1].id && c.way[(i+1)*w+j+1] == stepBoth {
					v += 2 // runs are better than scattered words
				}
				if v >= best {
					best, step = v, stepBoth
				}
			}
			now[j] = best
			c.way[i*w+j] = step
		}
		before, now = now, before
	}
	var out [][2]int
	for i, j := 0, 0; i < n && j < m; {
		switch c.way[i*w+j] {
		case stepBoth:
			out = append(out, [2]int{i, j})
			i, j = i+1, j+1
		case stepOld:
			i++
		default:
			j++
		}
	}
	return out
}

func (c *comparer) value(t token) int32 {
	switch {
	case t.class == mark:
		return 1
	case t.script != spacedScript:
		return 5
	case c.isLight(t):
		return 4
	}
	return 10
}

// isLight reports words of grammar, which carry no fact.
func (c *comparer) isLight(t token) bool {
	if t.class == mark {
		return true
	}
	if t.class != word || t.script != spacedScript {
		return false
	}
	light, known := c.light[t.id]
	if !known {
		w := c.l.lower(t.id)
		light = grammar()[w] || utf8.RuneCountInString(w) == 1
		c.light[t.id] = light
	}
	return light
}

// slide moves a bare insertion or deletion so that it begins after a mark or
// at a capital letter when it may: "[, who is ill,] said" rather than
// "who is ill, [said, who is ill,]".
func (c *comparer) slide(a, b []token, h hunk) hunk {
	ts, from, to := b, h.j1, h.j2
	if h.i1 < h.i2 {
		if h.j1 < h.j2 {
			return h
		}
		ts, from, to = a, h.i1, h.i2
	}
	best, shift := border(ts, from, to), 0
	for k := 1; from-k >= 0 && h.i1-k >= 0 && h.j1-k >= 0 && ts[from-k].id == ts[to-k].id && k <= 40; k++ {
		if a[h.i1-k].id != b[h.j1-k].id {
			break
		}
		if s := border(ts, from-k, to-k); s > best {
			best, shift = s, k
		}
	}
	return hunk{h.i1 - shift, h.i2 - shift, h.j1 - shift, h.j2 - shift}
}

// border tells how well tokens from to before to are set off by punctuation.
func border(ts []token, from, to int) int {
	s := 0
	if from == 0 || ts[from-1].class == mark {
		s += 2
	}
	if to == len(ts) || ts[to-1].class == mark {
		s += 2
	}
	if to < len(ts) && ts[to].class == mark && ts[from].class != mark {
		s++
	}
	return s
}

var grammar = words(`
a an the and or but nor so of in on at to by for from with as is are was were be been being it its it's this that these those there than then
he she they his her their who whom whose which what when where while has have had do does did will would can could may might must shall should not no if into about over after before up out also
der die das den dem des ein eine einen einem einer eines und oder aber von im in am an auf zu zum zur bei mit nach aus für als wie ist sind war waren wird werden wurde wurden hat haben hatte es er sie sich nicht auch dass
le la les un une des du de d' et ou mais en dans sur à au aux par pour avec que qui ne pas est sont était a ont il elle ils elles se sa son ses ce cette ces
el los las unos unas y o pero en sobre al del por para con que se su sus es son fue era ha han no lo
il lo i gli una uno e ed di da nel nella sul sulla al alla dei delle per con che si è sono era ha hanno non
o os as um uma e mas em no na nos nas do da dos das ao à por para com que se é são foi era tem não
het een en of maar van op te bij met naar uit voor als is zijn was waren wordt werd heeft hebben had hij zij ze zich niet ook dat die dit`)
