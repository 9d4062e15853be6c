package extract

import (
	"strings"
	"time"

	"golang.org/x/net/html"

	"pressmark/extract/meta"
)

// A trace writes down how the article of a page is found, while it is found.
// Extract has none: every method of a nil trace does nothing.
type trace struct {
	began time.Time
	laps  []lap

	encoded [2]string // the charset, and what said so
	facts   *meta.Facts
	claims  []meta.Claim
	outline *outline
	places  []place
	kept    []int // pieces of the article, in reading order
	lead    int   // the piece that went into the text as its standfirst; -1 when there is none
	fates   map[int]fate
	noticed []Removal // taken from the article's own blocks, by their words
	refused []Refusal // what filters would have taken
}

// A lap is a stage of the work and how long it took.
type lap struct {
	stage string
	took  time.Duration
}

// A place is a candidate that was looked at, and what was thought of it.
type place struct {
	candidate
	stated int // weight of its text that the page states to be the article's
	chosen bool
}

// A fate is why a piece of the chosen place went.
type fate struct {
	why  mark
	rule string
}

// lap ends a stage.
func (t *trace) lap(stage string) {
	if t == nil {
		return
	}
	now := time.Now()
	t.laps = append(t.laps, lap{stage, now.Sub(t.began)})
	t.began = now
}

// charset notes how the bytes were read.
func (t *trace) charset(name, from string) {
	if t != nil {
		t.encoded = [2]string{strings.ToLower(name), from}
	}
}

// read notes what the page says of itself.
func (t *trace) read(doc *html.Node, address string, facts *meta.Facts) {
	if t != nil {
		t.facts, t.claims = facts, meta.Claims(doc, address)
		t.began = time.Now() // Extract does not ask for claims
	}
}

// follow lets the outline write down what is decided about its pieces.
func (t *trace) follow(o *outline) {
	if t != nil {
		o.trace, t.outline = t, o
	}
}

// looksAt notes a candidate for the article's place.
func (t *trace) looksAt(c candidate) {
	if t == nil {
		return
	}
	p := place{candidate: c}
	p.roots = append([]int32(nil), c.roots...)
	if t.outline.anchor != nil {
		p.stated = t.outline.stated(c)
	}
	t.places = append(t.places, p)
}

// chooses notes which candidate won. It may be a part of one that was looked
// at; a later choice replaces an earlier one.
func (t *trace) chooses(c candidate) {
	if t == nil {
		return
	}
	for i := range t.places {
		t.places[i].chosen = false
	}
	for i := range t.places {
		if p := &t.places[i]; sameRoots(p.roots, c.roots) {
			p.chosen, p.from = true, c.from
			return
		}
	}
	t.looksAt(c)
	t.places[len(t.places)-1].chosen = true
}

func sameRoots(a, b []int32) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// trimmed notes what the trimmer dropped, and why.
func (t *trace) trimmed(x *trimmer) {
	if t == nil {
		return
	}
	for i, why := range x.gone {
		if why != 0 {
			t.fates[x.in[i]] = fate{why, "text/" + x.rules[i]}
		}
	}
}

// keeps notes the pieces that are the article, and which of them is its lead.
func (t *trace) keeps(keep []int, lead int) {
	if t == nil {
		return
	}
	t.kept, t.lead = append([]int(nil), keep...), lead
}

// cleans notes the notices that were found in the article's own text.
func (t *trace) cleans(removed []Removal) {
	if t != nil {
		t.noticed = removed
	}
}
