package filter

import (
	"strings"

	"golang.org/x/net/html"
)

// textOf is what a reader reads in an element, a block a line; its beginning
// when most is not negative.
func textOf(n *html.Node, most int) string {
	var b strings.Builder
	space, line := false, false
	for at := n; at != nil && (most < 0 || b.Len() < most); {
		switch {
		case at.Type == html.TextNode:
			writeWords(&b, at.Data, &space, &line)
		case at.Type == html.ElementNode && !inline(at.DataAtom):
			line = true
		}
		if at.FirstChild != nil && !(at.Type == html.ElementNode && unread(at.DataAtom)) {
			at = at.FirstChild
			continue
		}
		for at != n && at.NextSibling == nil {
			if at = at.Parent; !inline(at.DataAtom) {
				line = true
			}
		}
		if at == n {
			break
		}
		if !inline(at.DataAtom) && at.Type == html.ElementNode {
			line = true
		}
		at = at.NextSibling
	}
	return b.String()
}

// writeWords writes text with every run of space as one.
func writeWords(b *strings.Builder, s string, space, line *bool) {
	for _, r := range s {
		if r <= ' ' {
			*space = true
			continue
		}
		switch {
		case b.Len() == 0:
		case *line:
			b.WriteByte('\n')
		case *space:
			b.WriteByte(' ')
		}
		*space, *line = false, false
		b.WriteRune(r)
	}
}
