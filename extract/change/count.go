package change

// Words counts the words that an edit took away and brought. Where a script has
// no spaces, each character counts, or each letter with its marks; a passage
// that moved brings only the words that were changed on the way.
func (e Edit) Words() (went, came int) {
	if e.Where == whereDate || e.Where == whereStatus {
		return 0, 0
	}
	l := newLexicon()
	n := func(s string) int { return size(l.tokens(s)) }
	switch {
	case len(e.Spans) > 0:
		for _, s := range e.Spans {
			switch s.Op {
			case Delete:
				went += n(s.Text)
			case Insert:
				came += n(s.Text)
			}
		}
		return went, came
	case e.Op == Move:
		return 0, 0
	}
	return n(e.Before), n(e.After)
}
