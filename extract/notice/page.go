package notice

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A page is the tree as the list of its blocks of text in reading order, and
// the elements that may be a notice.
type page struct {
	texts   []string
	owners  []*html.Node // the block element that each text stands in
	prose   int          // bytes of text in all blocks that are more than a label
	listed  []suspect    // elements whose names say something, in order of opening
	spans   map[*html.Node]span
	heading *html.Node // the first h1
	pruned  []string   // what stood where Prune has been
}

// A span is a range of blocks.
type span struct{ from, to int }

// A suspect is an element that a name or a role speaks against.
type suspect struct {
	node   *html.Node
	vendor vendor
	known  bool // by the table of vendors
	span
}

// unread elements hold nothing that a reader reads as text of the page.
func unread(a atom.Atom) bool {
	switch a {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Svg, atom.Math, atom.Iframe, atom.Object, atom.Select,
		atom.Textarea, atom.Head, atom.Video, atom.Audio, atom.Canvas, atom.Datalist, atom.Map:
		return true
	}
	return false
}

// inline elements don't end a block. A button does.
func inline(a atom.Atom) bool {
	switch a {
	case atom.A, atom.Abbr, atom.B, atom.Bdi, atom.Bdo, atom.Cite, atom.Code, atom.Data, atom.Del, atom.Dfn, atom.Em, atom.Font, atom.I,
		atom.Img, atom.Ins, atom.Kbd, atom.Label, atom.Mark, atom.Q, atom.S, atom.Samp, atom.Small, atom.Span, atom.Strong, atom.Sub, atom.Sup,
		atom.Time, atom.Tt, atom.U, atom.Var, atom.Wbr, atom.Picture, atom.Source, atom.Script, atom.Style, atom.Svg, atom.Big, 0:
		return true
	}
	return false
}

// readPage walks the tree once, without recursion.
func readPage(doc *html.Node) *page {
	p := &page{spans: map[*html.Node]span{}}
	known := knownVendors()
	judged := map[string]naming{}
	verdict := func(names string) naming {
		j, ok := judged[names]
		if !ok {
			j = known.judge(names)
			judged[names] = j
		}
		return j
	}
	var buf strings.Builder
	var owner *html.Node // of the text in buf
	flush := func() {
		if text := strings.TrimSpace(buf.String()); text != "" {
			p.texts = append(p.texts, text)
			p.owners = append(p.owners, owner)
			if len(text) >= 40 {
				p.prose += len(text)
			}
		}
		buf.Reset()
	}
	opened := []*html.Node{doc} // open block elements
	var suspects []int          // open suspects, as indexes of listed
	n := doc
	for n != nil {
		down := n.Type == html.ElementNode || n.Type == html.DocumentNode
		if n.Type == html.TextNode {
			squeeze(&buf, n.Data)
			owner = opened[len(opened)-1]
		}
		if n.Type == html.CommentNode {
			if said, ok := strings.CutPrefix(n.Data, pruned); ok {
				p.pruned = append(p.pruned, said)
			}
		}
		if n.Type == html.ElementNode {
			switch {
			case unread(n.DataAtom):
				down = false
			case n.DataAtom == atom.Input:
				flush()
				if v := attr(n, "value"); v != "" && n.Parent != nil && clickable(n) {
					p.texts, p.owners = append(p.texts, strings.TrimSpace(v)), append(p.owners, n)
				}
			case n.DataAtom == atom.Br:
				buf.WriteByte('\n')
			case inline(n.DataAtom):
				if n.DataAtom == atom.A {
					buf.WriteByte(' ')
				}
			default:
				flush()
				opened = append(opened, n)
				p.spans[n] = span{from: len(p.texts)}
				if n.DataAtom == atom.H1 && p.heading == nil {
					p.heading = n
				}
			}
			if down {
				if s, ok := suspicious(n, verdict); ok {
					s.from = len(p.texts)
					if inline(n.DataAtom) && buf.Len() > 0 {
						flush()
						s.from = len(p.texts)
					}
					suspects = append(suspects, len(p.listed))
					p.listed = append(p.listed, s)
				}
			}
		}
		if down && n.FirstChild != nil {
			n = n.FirstChild
			continue
		}
		for n != nil {
			if n.Type == html.ElementNode && !unread(n.DataAtom) {
				if len(suspects) > 0 && p.listed[suspects[len(suspects)-1]].node == n {
					flush()
					p.listed[suspects[len(suspects)-1]].to = len(p.texts)
					suspects = suspects[:len(suspects)-1]
				}
				if opened[len(opened)-1] == n && len(opened) > 1 {
					flush()
					s := p.spans[n]
					s.to = len(p.texts)
					p.spans[n] = s
					opened = opened[:len(opened)-1]
				} else if n.DataAtom == atom.A {
					buf.WriteByte(' ')
				}
			}
			if n == doc {
				n = nil
			} else if n.NextSibling != nil {
				n = n.NextSibling
				break
			} else {
				n = n.Parent
			}
		}
	}
	flush()
	return p
}

// squeeze adds text with every run of space as one.
func squeeze(b *strings.Builder, s string) {
	space := false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; c {
		case ' ', '\t', '\n', '\r', '\f':
			space = true
		default:
			if space {
				b.WriteByte(' ')
				space = false
			}
			b.WriteByte(c)
		}
	}
	if space {
		b.WriteByte(' ')
	}
}

func clickable(n *html.Node) bool {
	switch strings.ToLower(attr(n, "type")) {
	case "submit", "button", "reset":
		return true
	}
	return false
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// A naming is what the names in an attribute say.
type naming struct {
	vendor         vendor
	known, generic bool
}

func (v *vendors) judge(names string) (j naming) {
	for _, token := range strings.Fields(names) {
		if j.vendor, j.known = v.find(token); j.known {
			return j
		}
	}
	j.generic = generic(names)
	return j
}

// suspicious reads an element's names and role.
func suspicious(n *html.Node, verdict func(string) naming) (suspect, bool) {
	if protected(n) {
		return suspect{}, false
	}
	s := suspect{node: n}
	found := false
	for _, a := range n.Attr {
		switch a.Key {
		case "id", "class":
			if j := verdict(a.Val); j.known && !s.known {
				s.vendor, s.known, found = j.vendor, true, true
			} else if j.generic {
				found = true
			}
		case "role":
			found = found || a.Val == "dialog" || a.Val == "alertdialog"
		case "aria-modal":
			found = found || a.Val == "true"
		case "data-nosnippet": // search engines are asked not to quote it
			found = true
		case "style":
			found = found || strings.Contains(a.Val, "position:fixed") || strings.Contains(a.Val, "position: fixed")
		}
	}
	return s, found || n.DataAtom == atom.Dialog
}

// protected elements are never taken, whatever their names.
func protected(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Html, atom.Head, atom.Body, atom.Main, atom.Article, atom.H1:
		return true
	}
	return n.Type != html.ElementNode
}
