package change

import "slices"

// A finding is an Edit together with what the verdict needs to know of it.
type finding struct {
	Edit
	lost int // words that went
	came int
}

// findings turns the steps into what a journalist would call them.
func (c *comparer) findings(m *matching) []finding {
	var out []finding
	openOld, openNew := m.old.opening(c.l, m.skipOld), m.new.opening(c.l, m.skipNew)
	steps := joinOpening(m, m.steps(), openOld, openNew)
	for _, s := range steps {
		open := s.j1 < openNew && s.i1 < openOld
		switch s.op {
		case "":
			continue
		case Insert:
			out = append(out, c.insertion(m, s, open && inside(m.new, s.j1, s.j2)))
		case Delete:
			out = append(out, c.deletion(m, s, open && inside(m.old, s.i1, s.i2)))
		case Move:
			f := c.replacement(m, s, false)
			f.Op = Move
			f.Kinds = append([]Kind{Moved}, f.Kinds...)
			if f.Before == "" {
				f.Before, f.After = m.old.passage(s.i1, s.i2).String(), m.new.passage(s.j1, s.j2).String()
			}
			out = append(out, f)
		case Replace:
			if f := c.replacement(m, s, open); len(f.Kinds) > 0 {
				out = append(out, f)
			}
		}
	}
	return out
}

// joinOpening makes one replacement of a first paragraph that was written anew.
func joinOpening(m *matching, steps []step, openOld, openNew int) []step {
	var gone, came step
	n := 0
	for n < len(steps) && (steps[n].op == Delete && steps[n].i2 <= openOld && gone.op == "" || steps[n].op == Insert && steps[n].j2 <= openNew && came.op == "") {
		if steps[n].op == Delete {
			gone = steps[n]
		} else {
			came = steps[n]
		}
		n++
	}
	if gone.op == "" || came.op == "" || gone.i1 > 0 && !onlySkipped(m.skipOld[:gone.i1]) || came.j1 > 0 && !onlySkipped(m.skipNew[:came.j1]) {
		return steps
	}
	whole := step{op: Replace, i1: gone.i1, i2: gone.i2, j1: came.j1, j2: came.j2}
	return append([]step{whole}, steps[n:]...)
}

func onlySkipped(skip []bool) bool { return !slices.Contains(skip, false) }

// inside reports that the sentences are a part of their line only.
func inside(d *document, from, to int) bool {
	x := &d.lines[d.sentences[from].line]
	return from > x.first || to < x.end
}

func (d *document) block(sentence int) int { return d.lines[d.sentences[sentence].line].block }

// size counts the tokens that are more than punctuation.
func size(ts []token) int {
	n := 0
	for _, t := range ts {
		if t.class != mark {
			n++
		}
	}
	return n
}

func (c *comparer) insertion(m *matching, s step, open bool) finding {
	p := m.new.passage(s.j1, s.j2)
	f := finding{Edit: Edit{Where: whereText, Block: m.new.block(s.j1), Op: Insert, After: p.String()}, came: size(p.tokens)}
	f.Kinds = []Kind{Added}
	if open {
		f.Kinds = []Kind{Lede}
	}
	if k := c.said(p); k != "" {
		f.Kinds = []Kind{k}
	}
	return f
}

func (c *comparer) deletion(m *matching, s step, open bool) finding {
	p := m.old.passage(s.i1, s.i2)
	f := finding{Edit: Edit{Where: whereText, Block: m.old.block(s.i1), Op: Delete, Before: p.String()}, lost: size(p.tokens)}
	f.Kinds = []Kind{Removed}
	if open {
		f.Kinds = []Kind{Lede}
	}
	if c.said(p) == Paywall {
		f.Kinds = []Kind{Paywall}
	}
	return f
}

// said is what a passage says about the text or the page itself, if it does:
// Correction, Retraction, Paywall, or updated.
func (c *comparer) said(p passage) Kind {
	if quotedShare(p.tokens) > 0.5 {
		return ""
	}
	words := fold(c.l, p.text, p.tokens)
	switch noteIn(words) {
	case retractionNote:
		return Retraction
	case correctionNote:
		return Correction
	case updateNote:
		return updated
	}
	if len(words) <= 70 && walls().in(words) {
		return Paywall
	}
	return ""
}

// replacement looks at each changed place of a passage.
func (c *comparer) replacement(m *matching, s step, open bool) finding {
	a, b := m.old.passage(s.i1, s.i2), m.new.passage(s.j1, s.j2)
	f := finding{Edit: Edit{Where: whereText, Block: m.new.block(s.j1), Op: Replace}}
	if a.readsLike(b) {
		return f
	}
	hunks := c.hunks(a.tokens, b.tokens)
	f.Spans = c.spans(a, b, hunks)
	f.Before, f.After = sides(f.Spans)
	if k := c.said(b); k == Correction || k == Retraction || k == updated && c.said(a) == "" {
		f.Kinds = []Kind{k}
		return f
	}
	weight := map[Kind]int{}
	for _, h := range hunks {
		n := size(a.tokens[h.i1:h.i2]) + size(b.tokens[h.j1:h.j2])
		f.lost, f.came = f.lost+size(a.tokens[h.i1:h.i2]), f.came+size(b.tokens[h.j1:h.j2])
		if k := c.kindOf(a, b, h); k != "" {
			weight[k] += n
		}
	}
	f.Kinds = settle(weight, open)
	return f
}

// settle makes the kinds of one passage from those of its changed places. In a
// passage that was written anew, the places are not told one by one.
func settle(weight map[Kind]int, open bool) []Kind {
	if weight[Reworded] > 0 {
		delete(weight, Typo)
		if weight[Reworded] > 2 {
			delete(weight, Quotes)
		}
		if open {
			weight[Lede] = weight[Reworded]
			delete(weight, Reworded)
		}
	}
	var out []Kind
	for _, k := range order {
		if weight[k] > 0 {
			out = append(out, k)
		}
	}
	return out
}
