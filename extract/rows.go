package extract

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// isLayout tells whether a table cell is a part of the page and not of a row: it
// holds another table, or more than one paragraph of text that is long enough to be read.
func isLayout(cell *html.Node) bool {
	const enough = 160   // bytes
	const mostNodes = 60 // that are looked at
	paragraphs, size, breaks, nodes := 0, 0, 2, 0
	for n := range cell.Descendants() {
		if nodes++; nodes > mostNodes {
			return false
		}
		switch {
		case n.Type == html.TextNode:
			text := strings.TrimSpace(n.Data)
			if text == "" || n.Parent != cell && lookTag(n.Parent.DataAtom).skipped {
				continue
			}
			if n.PrevSibling == nil && n.Parent != cell && lookTag(n.Parent.DataAtom).block || n.PrevSibling != nil && lookTag(n.PrevSibling.DataAtom).block {
				breaks = 2
			}
			if breaks > 1 {
				paragraphs++
			}
			breaks = 0
			if size += len(text); paragraphs > 1 && size >= enough {
				return true
			}
		case n.DataAtom == atom.Br:
			breaks++
		case n.DataAtom == atom.Table:
			return true
		case lookTag(n.DataAtom).block:
			breaks = 2
		}
	}
	return false
}

// isShort tells whether a block within a cell is no more than the cell's text.
func isShort(block *html.Node) bool {
	const most = 100 // bytes
	_, ok := inlineText(block, most, true)
	return ok
}
