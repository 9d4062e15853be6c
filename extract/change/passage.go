package change

import "strings"

// A passage is the text that one side of an edit is about: a sentence, part of
// a line, or lines that follow each other.
type passage struct {
	text   string
	tokens []token // with places in text
}

// passage gives the sentences from i to before j as one passage; pieces of
// different lines are set apart by a blank line.
func (d *document) passage(i, j int) passage {
	first, last := d.sentences[i], d.sentences[j-1]
	if first.line == last.line {
		x := &d.lines[first.line]
		return passage{x.text, x.tokens[first.from:last.to]}
	}
	var p passage
	var b strings.Builder
	letters, count := 0, 0
	for at := first.line; at <= last.line; at++ {
		letters, count = letters+len(d.lines[at].text)+2, count+len(d.lines[at].tokens)
	}
	b.Grow(letters)
	p.tokens = make([]token, 0, count)
	for at := first.line; at <= last.line; at++ {
		x := &d.lines[at]
		from, to := 0, len(x.tokens)
		if at == first.line {
			from = first.from
		}
		if at == last.line {
			to = last.to
		}
		if b.Len() > 0 {
			b.WriteString("\n\n")
		}
		shift := int32(b.Len()) - x.tokens[from].start
		for k, t := range x.tokens[from:to] {
			t.start += shift
			t.end += shift
			t.spaced = t.spaced || k == 0
			p.tokens = append(p.tokens, t)
		}
		b.WriteString(x.text[x.tokens[from].start:x.tokens[to-1].end])
	}
	p.text = b.String()
	return p
}

// String is the passage's own text.
func (p passage) String() string { return p.slice(0, len(p.tokens)) }

// slice is the text of some tokens, with what stands between them.
func (p passage) slice(from, to int) string {
	if from >= to {
		return ""
	}
	return p.text[p.tokens[from].start:p.tokens[to-1].end]
}

// run is a slice with the white space before it.
func (p passage) run(from, to int) string {
	if from == 0 || from >= to {
		return p.slice(from, to)
	}
	return p.text[p.tokens[from-1].end:p.tokens[to-1].end]
}

// gap is the white space before token i; before the first there is none.
func (p passage) gap(i int) string {
	if i == 0 || i >= len(p.tokens) {
		return ""
	}
	return p.text[p.tokens[i-1].end:p.tokens[i].start]
}

// readsLike reports whether a reader reads the same in both.
func (p passage) readsLike(q passage) bool {
	a, n := fingerprint(p.tokens)
	b, m := fingerprint(q.tokens)
	return a == b && n == m
}
