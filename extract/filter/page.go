package filter

import (
	"slices"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// An element is one of a page, with what it holds.
type element struct {
	node     *html.Node
	over     int32 // the element around it; -1 for the first
	before   int32 // the element before it beside it; -1 for none
	end      int32 // the first element behind it that it does not hold
	children int32
	text     int32 // bytes of text in it
	prose    int32 // of them outside of links
}

// A page is a tree as the list of its elements in reading order.
type page struct {
	elements []element
	prose    int32
	heading  int32 // the first h1; -1 when there is none
	found    []found
	seen     sieve
	has      map[string]bool // attributes that rules ask for
	patience int             // steps that matching may still take
}

// A found is an element that a rule may hide.
type found struct {
	at int32
	ref
}

// unread elements show nothing to a reader.
func unread(a atom.Atom) bool {
	switch a {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Svg, atom.Math, atom.Iframe, atom.Object, atom.Head:
		return true
	}
	return false
}

// inline elements are parts of a block.
func inline(a atom.Atom) bool {
	switch a {
	case atom.A, atom.Abbr, atom.B, atom.Bdi, atom.Bdo, atom.Cite, atom.Code, atom.Em, atom.Font, atom.I, atom.Ins, atom.Kbd, atom.Label,
		atom.Mark, atom.Q, atom.S, atom.Small, atom.Span, atom.Strong, atom.Sub, atom.Sup, atom.Time, atom.Tt, atom.U, atom.Var, atom.Big, atom.Del:
		return true
	}
	return false
}

// read walks over the tree once, without recursion, and looks up every element
// on the way.
func (s *Set) read(doc *html.Node, c *scope) *page {
	p := &page{elements: make([]element, 0, 1024), heading: -1, has: map[string]bool{}, patience: patience}
	last := []int32{-1} // the latest child of every open element
	var open []int32
	linked := 0
	for n := doc; n != nil; {
		inside := n.Type == html.DocumentNode
		switch n.Type {
		case html.TextNode:
			p.words(n.Data, open, linked > 0)
		case html.ElementNode:
			if unread(n.DataAtom) {
				break
			}
			at, over := int32(len(p.elements)), int32(-1)
			if len(open) > 0 {
				over = open[len(open)-1]
				p.elements[over].children++
			}
			p.elements = append(p.elements, element{node: n, over: over, before: last[len(last)-1]})
			last[len(last)-1] = at
			if n.DataAtom == atom.H1 && p.heading < 0 {
				p.heading = at
			}
			s.look(p, c, at)
			if n.FirstChild == nil {
				p.elements[at].end = at + 1
				break
			}
			inside = true
			open, last = append(open, at), append(last, -1)
			if n.DataAtom == atom.A {
				linked++
			}
		}
		if inside && n.FirstChild != nil {
			n = n.FirstChild
			continue
		}
		for n != nil && n.NextSibling == nil {
			if n = n.Parent; n == nil || n == doc {
				n = nil
				break
			}
			at := open[len(open)-1]
			open, last = open[:len(open)-1], last[:len(last)-1]
			p.leave(at)
			if n.DataAtom == atom.A {
				linked--
			}
		}
		if n != nil {
			n = n.NextSibling
		}
	}
	if len(p.elements) > 0 {
		p.prose = p.elements[0].prose
	}
	return p
}

// leave sums up an element.
func (p *page) leave(at int32) {
	e := &p.elements[at]
	e.end = int32(len(p.elements))
	if e.over >= 0 {
		over := &p.elements[e.over]
		over.text += e.text
		over.prose += e.prose
	}
}

// words takes up a text.
func (p *page) words(text string, open []int32, linked bool) {
	if len(open) == 0 {
		return
	}
	size := int32(0)
	for i := 0; i < len(text); i++ {
		if text[i] > ' ' {
			size++
		}
	}
	if size == 0 {
		return
	}
	at := open[len(open)-1]
	p.elements[at].text += size
	if linked {
		return
	}
	p.elements[at].prose += size
}

// look finds the rules whose key an element has.
func (s *Set) look(p *page, c *scope, at int32) {
	n := p.elements[at].node
	for _, a := range n.Attr {
		switch a.Key {
		case "id":
			if c.wide {
				p.find(at, s.wide.ids[a.Val])
			}
			p.find(at, c.local.ids[a.Val])
		case "class":
			for v := a.Val; v != ""; {
				i := 0
				for i < len(v) && !spaces[v[i]] {
					i++
				}
				if i > 0 {
					if c.wide {
						p.find(at, s.wide.classes[v[:i]])
					}
					p.find(at, c.local.classes[v[:i]])
				}
				v = v[min(i+1, len(v)):]
			}
		}
		switch {
		case s.attributes[a.Key]:
			p.has[a.Key] = true
			p.seen.add(a.Val)
		case a.Key == "id" || a.Key == "class":
			p.seen.add(a.Val)
		}
	}
}

var spaces = [256]bool{' ': true, '\t': true, '\n': true, '\r': true, '\f': true}

func (p *page) find(at int32, list []ref) {
	for _, r := range list {
		p.found = append(p.found, found{at, r})
	}
}

// search looks for what the selectors without an id or a class match: those of
// them whose names and literals may stand on the page are tried on every element.
func (s *Set) search(p *page, c *scope) {
	var tags map[string][]ref
	var all []ref
	for i, list := range [2][]ref{s.wide.loose, c.local.loose} {
		if i == 0 && !c.wide {
			continue
		}
		for _, r := range list {
			k := &s.selectors[r.rule][r.alternative]
			switch {
			case k.attr != "" && (!p.has[k.attr] || !p.seen.may(k.literal)):
			case slices.ContainsFunc(k.needs, func(name string) bool { return !p.seen.may(name) }):
			case k.tag == "":
				all = append(all, r)
			default:
				if tags == nil {
					tags = map[string][]ref{}
				}
				tags[k.tag] = append(tags[k.tag], r)
			}
		}
	}
	if tags == nil && all == nil {
		return
	}
	for at := range p.elements {
		if tags != nil {
			p.find(int32(at), tags[p.elements[at].node.Data])
		}
		p.find(int32(at), all)
	}
}
