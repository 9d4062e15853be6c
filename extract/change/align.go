package change

import "strings"

// A Line is one passage of either version, or of both: what a diff with
// context prints.
type Line struct {
	Op     Op // "" when a reader reads the same
	Where  string
	Block  int // in the new text, or in the old one for a deletion; -1 outside the text
	Before string
	After  string
	Spans  []Span // for Replace, and for a Move that was reworded
	Greyed bool   // furniture, which is never a change
}

// Align lists the headline, the standfirst, the byline and the whole text of
// both versions in reading order, what stayed too. What stayed together is one
// Line a paragraph. What Compare takes for no change is none here.
func Align(before, after Snapshot) []Line {
	l := newLexicon()
	old, new := readBoth(l, before.Article, after.Article)
	c := newComparer(l, old, new)
	title := Line{Where: whereTitle, Block: -1, Before: headline(before), After: headline(after)}
	if f, is := c.headlineFinding(before, after, nil); is {
		title = lineOf(f.Edit)
	}
	out := []Line{title}
	if f, is := c.dekFinding(before.Article, after.Article); is {
		out = append(out, lineOf(f.Edit))
	}
	if f, is := bylineFinding(before.Article, after.Article); is {
		out = append(out, lineOf(f.Edit))
	} else if names := strings.Join(after.Article.Byline, ", "); names != "" {
		out = append(out, Line{Where: whereByline, Block: -1, Before: names, After: names})
	}
	m := match(l, old, new)
	v := verdict{before: before, after: after, old: old.size(), new: new.size()}
	v.walled(c.findings(m))
	return append(out, c.lines(m, v.wall)...)
}

func lineOf(e Edit) Line {
	return Line{Op: e.Op, Where: e.Where, Block: e.Block, Before: e.Before, After: e.After, Spans: e.Spans}
}

// lines are those of the text; wall says that a wall came before it, or fell:
// its words are furniture otherwise.
func (c *comparer) lines(m *matching, wall bool) []Line {
	var out []Line
	steps := joinOpening(m, m.steps(), m.old.opening(c.l, m.skipOld), m.new.opening(c.l, m.skipNew))
	i, j := 0, 0
	grey := func(toI, toJ int) {
		for ; i < toI; i++ {
			if m.skipOld[i] {
				out = append(out, Line{Op: Delete, Where: whereText, Block: m.old.block(i), Before: m.old.text(m.old.sentences[i]), Greyed: true})
			}
		}
		for ; j < toJ; j++ {
			if m.skipNew[j] {
				out = append(out, Line{Op: Insert, Where: whereText, Block: m.new.block(j), After: m.new.text(m.new.sentences[j]), Greyed: true})
			}
		}
	}
	for k := 0; k < len(steps); k++ {
		s := steps[k]
		upTo := s.i1
		if s.op == Move { // its old place tells nothing about where we are
			for upTo = i; upTo < len(m.skipOld) && m.skipOld[upTo]; upTo++ {
			}
		}
		grey(upTo, s.j1)
		if s.op == "" {
			for k+1 < len(steps) && steps[k+1].op == "" && steps[k+1].i1 == s.i2 && steps[k+1].j1 == s.j2 && m.new.together(s.j2) && m.old.together(s.i2) {
				k++
				s.i2, s.j2 = steps[k].i2, steps[k].j2
			}
		}
		x, said := c.line(m, s)
		x.Greyed = said == Paywall && !wall
		out = append(out, x)
		if s.op != Move {
			i = max(i, s.i2)
		}
		j = max(j, s.j2)
	}
	grey(len(m.skipOld), len(m.skipNew))
	return out
}

// line is one step; said is what a passage that went or came says of the page.
func (c *comparer) line(m *matching, s step) (x Line, said Kind) {
	x = Line{Op: s.op, Where: whereText}
	var a, b passage
	if s.i1 < s.i2 {
		a = m.old.passage(s.i1, s.i2)
		x.Block, x.Before = m.old.block(s.i1), a.String()
	}
	if s.j1 < s.j2 {
		b = m.new.passage(s.j1, s.j2)
		x.Block, x.After = m.new.block(s.j1), b.String()
	}
	switch s.op {
	case Insert:
		return x, c.said(b)
	case Delete:
		return x, c.said(a)
	case Replace, Move:
		if f := c.replacement(m, s, false); len(f.Kinds) > 0 {
			x.Spans, x.Before, x.After = f.Spans, f.Before, f.After
		} else if s.op == Replace {
			x.Op = ""
		}
	}
	return x, ""
}
