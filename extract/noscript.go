package extract

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"pressmark/extract/meta"
)

// scriptless gives the text that a page keeps for readers without scripts:
// some that scripts draw hold all of it in a noscript element, as markup.
func scriptless(doc *html.Node, address string) []Block {
	longest := ""
	for n := range doc.Descendants() {
		if n.Type == html.TextNode && n.Parent != nil && n.Parent.DataAtom == atom.Noscript && len(n.Data) > max(len(longest), 3*stateText) && strings.Contains(n.Data, "<p") {
			longest = n.Data
		}
	}
	if longest == "" {
		return nil
	}
	inner, err := parse([]byte("<body>" + longest))
	if err != nil {
		return nil
	}
	a, facts := Article{}, meta.Read(inner, address)
	o := newOutline(inner)
	o.weigh("", "")
	o.read(&a, &facts)
	if proseLength(a.Blocks) == 0 {
		a.Blocks = o.thread()
	}
	return a.Blocks
}
