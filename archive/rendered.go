package archive

import "strings"

// A capture may be what a program made of a page by running its scripts. It is
// one of its own, after that of the page, and its Via says so: no server has a
// say in that.
const (
	renderedBy   = "rendered by "
	renderedFrom = " from "
)

// RenderedVia is the Via of what a program made of a page's bytes.
func RenderedVia(by string, from Digest) string {
	return renderedBy + by + renderedFrom + from.String()
}

// Rendered reports whether a capture is what a program made of a page, and the
// digest of the page's bytes, in hexadecimal.
func (c Capture) Rendered() (from string, is bool) {
	rest, is := strings.CutPrefix(c.Via, renderedBy)
	if !is {
		return "", false
	}
	return rest[strings.LastIndex(rest, " ")+1:], true
}
