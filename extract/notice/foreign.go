package notice

import (
	"math/bits"
	"strings"
)

// foreign finds a notice in a language that no lexicon knows: the one word that
// nearly all languages share, at an edge of the text and nowhere else in it,
// and either that word again or something like buttons behind it.
func (t *text) foreign() (run, bool) {
	first, last := -1, -1
	for i := range t.list {
		if s := &t.list[i]; s.stored() {
			if s.quoted {
				return run{}, false
			}
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	if first < 0 || t.known() {
		return run{}, false
	}
	r := run{first: first, last: last}
	head := t.list[first].block
	switch {
	case t.wordsIn(first, len(t.list)) <= 70 && t.wordsIn(0, first) >= 15 && t.onlyLabels(t.begin[t.list[last].block+1]): // at the end
		r.last = len(t.list) - 1
	case head == 0 && t.list[last].block == 0: // at the beginning
		r.first, r.last = 0, t.begin[1]-1
		for r.last+1 < len(t.list) && t.label(r.last+1) && r.last-t.begin[1] < 4 {
			r.last++
		}
		if t.wordsIn(r.last+1, len(t.list)) < 15 {
			return run{}, false
		}
	case t.list[last].block == head && t.begin[head+1] < len(t.list) && t.label(t.begin[head+1]) && t.wordsIn(0, first) >= 15: // between, with buttons below
		r.first, r.last = t.begin[head], t.begin[head+1]
		for r.last+1 < len(t.list) && t.label(r.last+1) {
			r.last++
		}
	default:
		return run{}, false
	}
	if t.wordsIn(r.first, r.last+1) > 70 {
		return run{}, false
	}
	for i := r.first; i <= r.last; i++ {
		if t.at(i).quoted {
			return run{}, false
		}
	}
	return r, last > first || t.label(r.last)
}

// known tells whether the text is in a language of the lexicons: the small words
// of one are all over its longer sentences.
func (t *text) known() bool {
	words, hits := 0, 0
	var long []string
	for i := range t.list {
		if s := &t.list[i]; t.count(i) >= 8 {
			words += s.words
			if long = append(long, s.text); words > 1200 {
				break
			}
		}
	}
	var n [64]int
	t.x.count(long, &n)
	for _, c := range n {
		hits = max(hits, c)
	}
	return hits*100 >= words*12
}

// label tells a sentence that looks like the label of a button.
func (t *text) label(i int) bool {
	return !t.list[i].stops && t.count(i) <= 4
}

func (t *text) onlyLabels(from int) bool {
	for i := from; i < len(t.list); i++ {
		if !t.label(i) {
			return false
		}
	}
	return true
}

func (t *text) wordsIn(from, to int) int {
	n := 0
	for i := from; i < to; i++ {
		n += t.count(i)
	}
	return n
}

// count counts the small words of each language in a text; the first 8,000 bytes will do.
func (x *lexicon) count(blocks []string, n *[64]int) {
	var buf []byte
	left := 8000
	for _, b := range blocks {
		if left <= 0 {
			break
		}
		b = b[:min(len(b), left)]
		left -= len(b)
		buf = fold(buf[:0], b)
		start := true
		for i := range buf {
			if buf[i] == ' ' {
				start = true
				continue
			}
			if start || buf[i] >= 0xe3 && buf[i] <= 0xe9 { // letters of scripts without spaces
				for _, e := range x.stops.at(buf[i:]) {
					if len(e.text) <= len(buf)-i && string(buf[i:i+len(e.text)]) == e.text {
						for c := e.in; c != 0; c &= c - 1 {
							n[bits.TrailingZeros64(uint64(c))]++
						}
					}
				}
			}
			start = false
		}
	}
}

// home is the set of languages that fit a text about as well as the best.
func (x *lexicon) home(blocks []string) languages {
	var n [64]int
	x.count(blocks, &n)
	most := 0
	for _, c := range n {
		most = max(most, c)
	}
	var set languages
	for i, c := range n {
		if c > 0 && c*4 >= most*3 {
			set |= 1 << i
		}
	}
	return set
}

// homes is the set of languages that the document seems to be in, or is said to be in.
func (t *text) homes() languages {
	if t.home == 0 {
		t.home = t.x.home(t.blocks) | t.x.language(t.stated)
	}
	return t.home
}

// language is the lexicon of a BCP 47 tag, if there is one.
func (x *lexicon) language(tag string) languages {
	tag, _, _ = strings.Cut(strings.ToLower(tag), "-")
	switch tag {
	case "nb", "nn":
		tag = "no"
	case "iw":
		tag = "he"
	case "in":
		tag = "id"
	case "bs":
		tag = "hr"
	}
	for i, name := range x.names {
		if name == tag {
			return 1 << i
		}
	}
	return 0
}
