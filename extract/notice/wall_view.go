package notice

import (
	"slices"
	"strings"
)

// A seen is what a page shows, counted in words.
type seen struct {
	consent    int // of notices
	prose      int // of paragraphs that are no notice and no wall
	paragraphs int // how many those are
	rest       int // of everything else: lists, labels, headings
	total      int // all
	home       languages
	asides     int  // words of paragraphs that only speak to the reader
	soft       int  // blocks that sound like consent, and are no notice for certain
	buttons    int  // labels of a choice
	entrance   bool // "before you continue", "accept to read"
	offers     bool // consent, or money
	walls      []wallSort
	spoken     bool      // something else is said
	late       bool      // the first of them comes after it
	head       wallSort  // what the title or a heading says of a wall
	machinery            // beside the text
	pool       wallMarks // what all blocks say of walls
	pooled     marks
	shut       bool     // a block says that something is not to be had where the reader is, in faint words
	pressAs    wallSort // what the label of a button says of one
	headings   int
	asks       bool     // a heading asks something, and not of the reader
	scriptless int      // words for browsers without scripts
	links      int      // words of links to somewhere else
	hint       wallSort // what a heading says of one, taken at its faintest word
	told       int      // words of blocks in the voice of an article
	addressed  int      // words of blocks that speak to the reader, or of the site
	doubts     int      // paragraphs with two words that walls have, and how many words those are
	doubtful   int
	hints      int    // blocks that speak to the reader of data, partners, a choice
	purposes   int    // lines of a list of what is stored, and what for
	policy     bool   // the heading is that of a policy
	buf        []byte // for folding
}

// enough words of paragraphs, or enough paragraphs, are no wall.
const (
	enoughWords      = 60
	enoughParagraphs = 2
	enoughText       = 20000 // bytes
	smallText        = 4000  // bytes of a page whose markup is looked into
)

// view looks at the page until it has seen enough to know that it is no wall;
// whole makes it look to the end.
func view(f Facts, whole bool) seen {
	x := words()
	var v seen
	texts := f.Prose
	var hot []bool
	var places []int    // of the texts in the page
	var pruned []string // blocks that are no longer there
	if f.Page != nil {
		texts, hot, places = f.Page.rest()
		for _, said := range f.Page.pruned {
			v.consent += wordCount(said)
		}
	}
	for i := range f.Page.went() {
		pruned = append(pruned, f.Page.texts[i])
	}
	size := max(len(texts)-1, 0)
	for _, s := range texts {
		size += len(s)
	}
	if f.Page != nil && size < 1500 {
		for _, s := range noscripts(f.Page.doc) {
			texts, size, hot = append(texts, s), size+1+len(s), nil
		}
	}
	if size > enoughText {
		v.paragraphs, v.prose = 99, size
		return v
	}
	if f.Page != nil && size < smallText {
		v.machinery = f.Page.machinery()
		v.guard, v.puzzle = guarded(f.Source)
	}
	t := newText(x, texts, hot, "")
	taken := make([]int, len(texts)) // words of notices, by block
	for _, r := range t.runs() {
		if !t.decide(r, evidence{named: true, page: true}) {
			continue
		}
		for i := r.first; i <= r.last; i++ {
			n := t.at(i).words
			if b := t.list[i].block; b < len(places) && f.Page.where(places[b])&framed != 0 {
				continue
			}
			v.consent += n
			taken[t.list[i].block] += n
		}
	}
	if !whole && v.obvious(x, texts, taken) {
		return v
	}
	v.home = x.tongues(texts, x.language(spoken(f.Page))|x.language(f.Language))
	if f.Title != "" {
		v.head = v.titled(x, f.Title, f.Status)
	}
	for _, s := range pruned {
		v.look(x, s, f.Status)
	}
	for b, s := range texts {
		at := beside
		switch n := wordCount(s); {
		case b < len(places):
			at = f.Page.where(places[b])
		case f.Page == nil && b == 0 && n <= 8 && !ended(s) && len(texts) > 1:
			at = headed
		case f.Page == nil:
			at = 0
			if n <= 4 && n > 0 && !ended(s) {
				v.pressed, v.choices = v.pressed+1, v.choices+1
			}
		}
		if taken[b] > 0 {
			v.block(x, s, taken[b], at, f.Status)
			continue
		}
		for line := range strings.Lines(s) {
			if line = strings.TrimSpace(line); line != "" {
				v.block(x, line, 0, at, f.Status)
			}
		}
	}
	return v
}

// tongues are the languages that a page's words are looked up in: the one that
// it says it is in, if its small words bear that out, else all that they may be
// of. A dozen words have too few of the small ones; whom they speak to helps.
func (x *lexicon) tongues(blocks []string, stated languages) languages {
	size := 0
	for _, s := range blocks {
		size += len(s)
	}
	var n [64]int
	x.count(blocks, &n)
	most := slices.Max(n[:])
	set := stated
	for i, c := range n {
		switch {
		case stated>>i&1 != 0 && c > 0 && c*3 >= most:
			return stated
		case c > 0 && (c*4 >= most*3 || size <= 300 && c*2 >= most || size <= 160):
			set |= 1 << i
		}
	}
	if size <= 160 && stated == 0 {
		var m marks
		for _, s := range blocks {
			x.read(fold(nil, s), &m)
		}
		set |= m.in[you] | m.in[voice] | m.in[site]
	}
	if set == 0 {
		return every
	}
	return set
}

// obvious looks only for paragraphs that are too long for anything else.
func (v *seen) obvious(x *lexicon, texts []string, taken []int) bool {
	w := *v
	w.home = every
	for b, s := range texts {
		if len(s) > 240 && taken[b] == 0 && ended(s) {
			w.block(x, s, 0, 0, 0)
			if w.paragraphs >= enoughParagraphs || w.prose >= enoughWords {
				*v = w
				return true
			}
		}
	}
	return false
}
