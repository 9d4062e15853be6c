package notice

import (
	"math/bits"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// sorts are the names that consent tools give to sorts of cookies. A list of
// them, each with a description, is a dialog's second page; it often says
// neither whose site it is nor what is stored.
type sorts struct {
	needed, others map[string]languages // folded
	begins         beginnings
}

// beginnings are how phrases of ASCII begin, as a glance looks at them.
type beginnings [1 << 15 / 64]uint64

func (v *beginnings) add(text string) {
	if len(text) >= 3 && text[0]|text[1]|text[2] < utf8.RuneSelf {
		k := glanceKey(text)
		v[k/64] |= 1 << (k % 64)
	}
}

// may tells at a look whether a text can begin as one of the phrases does, or be one.
func (v *beginnings) may(text string) bool {
	if len(text) < 3 || text[0]|text[1]|text[2] >= utf8.RuneSelf || asciiFolds[text[0]] == ' ' {
		return len(text) >= 2
	}
	k := glanceKey(text)
	return v[k/64]&(1<<(k%64)) != 0
}

func (s *sorts) add(text string, kind slot, in languages) {
	if kind == needed {
		s.needed[text] |= in
	} else {
		s.others[text] |= in
	}
	s.begins.add(text)
}

// named is the sort that a whole line names, if it does.
func (s *sorts) named(line string) (name string, in, must languages) {
	if len(line) > 90 || !s.begins.may(line) {
		return "", 0, 0
	}
	name = folded(line)
	in = s.needed[name]
	return name, in | s.others[name], in
}

// heads is the sort whose name a sentence begins with, as a heading does that
// lost its line: "Functional They remember …", "Functional: …".
func (s *sorts) heads(text string) (name string, in, must languages) {
	if !s.begins.may(text) {
		return "", 0, 0
	}
	words, end := 0, 0
	for i, r := range text {
		if i > 60 || words == 4 {
			break
		}
		if r != ' ' && r != ':' && r != '(' && r != '–' {
			continue
		}
		words++
		rest := strings.TrimLeft(text[i:], " :(–")
		next, _ := utf8.DecodeRuneInString(rest)
		if r == ' ' && unicode.IsLower(next) && strings.HasPrefix(text[i:], " "+string(next)) { // the sentence goes on
			continue
		}
		folded := folded(text[:i])
		if must2 := s.needed[folded]; must2|s.others[folded] != 0 && i > end {
			name, in, must, end = folded, must2|s.others[folded], must2, i
		}
	}
	return name, in, must
}

const (
	leastSorts  = 3  // that make a list: the needed one and two others
	sortGap     = 4  // blocks from one name to the next
	sortedWords = 50 // of a description
)

// A sorting follows the names of sorts down a text.
type sorting struct {
	first, last int // where names stand
	gap         int // the least between two of them
	names       []string
	in, must    [64]int8 // names by language
}

func (g *sorting) add(at int, name string, in, must languages) {
	if len(g.names) > 0 {
		g.gap = min(g.gap, at-g.last)
	} else {
		g.first, g.gap = at, sortGap
	}
	g.last = at
	if slices.Contains(g.names, name) {
		return
	}
	g.names = append(g.names, name)
	for ; in != 0; in &= in - 1 {
		g.in[bits.TrailingZeros64(uint64(in))]++
	}
	for ; must != 0; must &= must - 1 {
		g.must[bits.TrailingZeros64(uint64(must))]++
	}
}

// complete tells whether there are enough of one language.
func (g *sorting) complete() bool {
	for i, n := range g.in {
		if n >= leastSorts && g.must[i] > 0 {
			return true
		}
	}
	return false
}

// sheets finds what is a notice by its build alone, in reading order.
func (x *lexicon) sheets(blocks []string) []span {
	list := x.sorted(blocks)
	for _, s := range x.dialogs(blocks) {
		if !slices.ContainsFunc(list, func(o span) bool { return s.from < o.to && o.from < s.to }) {
			list = append(list, s)
		}
	}
	slices.SortFunc(list, func(a, b span) int { return a.from - b.from })
	return list
}

// sorted finds the lists of sorts among blocks: each a name, then a few short blocks.
func (x *lexicon) sorted(blocks []string) (list []span) {
	var g sorting
	end := func() {
		if g.complete() {
			last := g.last + 1
			for last < min(g.last+g.gap, len(blocks)) && describes(blocks[last]) {
				last++
			}
			for last < len(blocks) && x.buttons(blocks[last]) {
				last++
			}
			first := g.first
			if first > 0 && x.heading(blocks[first-1]) {
				first--
			}
			if s := (span{first, last}); x.vouched(blocks[first:last]) {
				list = append(list, s)
			}
		}
		g = sorting{}
	}
	for i, b := range blocks {
		if name, in, must := x.sorts.named(b); in != 0 {
			if len(g.names) > 0 && i-g.last > sortGap {
				end()
			}
			g.add(i, name, in, must)
		} else if len(g.names) > 0 && !describes(b) {
			end()
		}
	}
	end()
	return list
}

// vouched tells that a list of sorts is one of what sites store: it names that,
// or whose site or advertising it is for, or ends with buttons.
func (x *lexicon) vouched(blocks []string) bool {
	var m marks
	for _, b := range blocks {
		if len(blocks) == 1 || wordCount(b) <= 30 { // a longer one may have a notice at its end
			x.read(fold(nil, b), &m)
		}
	}
	end := blocks[len(blocks)-1]
	return m.in[storage]|m.in[device]|m.in[site] != 0 || m.in[purpose]&(m.in[assent]|m.in[gear]|m.in[policy]) != 0 || x.buttons(end) && x.sorts.needed[folded(end)]|x.sorts.others[folded(end)] == 0
}

func describes(block string) bool {
	return wordCount(block) <= sortedWords && !strings.ContainsAny(block, quoteMarks)
}

// sortedIn finds such a list that was flattened into one block.
func (x *lexicon) sortedIn(block string) (span, bool) {
	if !x.sortsIn(block) {
		return span{}, false
	}
	list := sentences(nil, 0, block)
	var g sorting
	for i := range list {
		if list[i].quoted {
			return span{}, false
		}
		if name, in, must := x.sorts.heads(list[i].text); in != 0 {
			g.add(i, name, in, must)
		} else if len(g.names) > 0 && i-g.last > sortGap && !g.complete() {
			g = sorting{}
		}
	}
	if !g.complete() {
		return span{}, false
	}
	words, last := 0, g.last
	for last+1 < len(list) && words+wordCount(list[last+1].text) <= sortedWords {
		last++
		words += wordCount(list[last].text)
	}
	s := span{list[g.first].start, list[last].end}
	return s, x.vouched([]string{block[s.from:s.to]})
}

// sortsIn is a quick look for three sentences that may begin with a name.
func (x *lexicon) sortsIn(block string) bool {
	n := 0
	if x.sorts.begins.may(block) {
		n++
	}
	for i := 0; i+2 < len(block) && n < leastSorts; i++ {
		if c := block[i]; (c == '.' || c == '!' || c == '?') && x.sorts.begins.may(strings.TrimLeft(block[i+1:], " ")) {
			n++
		}
	}
	return n >= leastSorts || strings.ContainsAny(block, "。！？।") && strings.Count(block, "。")+strings.Count(block, "।") >= leastSorts
}
