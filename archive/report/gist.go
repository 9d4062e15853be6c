package report

import "pressmark/extract/change"

// Gist is the words that went and came in a line, as [-went-] and {+came+};
// escape, if there is one, is done to each run.
func (c Card) Gist(escape func(string) string) string {
	if escape == nil {
		escape = func(s string) string { return s }
	}
	c = c.shown()
	return c.gist(textMark(func(name, text string) string { return escape(text) }).escaped(escape))
}

// escaped is a mark that escapes what stays too.
func (m mark) escaped(escape func(string) string) mark {
	return func(op change.Op, text string) string {
		if op == "" {
			return escape(text)
		}
		return m(op, text)
	}
}
