package notice

import (
	"bytes"
	"hash/maphash"
	"slices"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A Page is a tree as the list of its blocks of text in reading order, and
// the elements that may be a notice. It is read once; [Page.Prune] and [Wall]
// work on it.
type Page struct {
	doc     *html.Node
	texts   []string
	owners  []int32 // the element that each text stands in
	hot     []bool  // whether a text may be of a notice
	taken   []bool  // whether Prune took it
	prose   int     // bytes of text in all blocks that are more than a label
	listed  []suspect
	all     []element
	heading *html.Node // the first h1
	pruned  []string   // what Prune took as notices
}

// A span is a range of blocks.
type span struct{ from, to int }

// An element is one that ends a block of text, or a button that is an input.
type element struct {
	node *html.Node
	over int32 // the element around it; the first stands in itself
	span
}

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

// A reader walks over one tree.
type reader struct {
	*Page
	names   *namings
	buf     []byte // the text of all blocks, one after the other
	start   int    // of the block that is being read
	ends    []int  // of the blocks that were
	owner   int32
	opened  []int32 // open elements
	suspect []int   // open suspects

	elements []element // of the page; its own are copies
	owned    []int32   // the same for owners
}

// ReadPage walks over the tree once, without recursion.
func ReadPage(doc *html.Node) *Page {
	r := readers.Get().(*reader)
	r.Page = &Page{doc: doc}
	r.all = append(r.elements, element{node: doc})
	r.opened = append(r.opened, 0)
	for n := doc; n != nil; {
		if r.enter(n) && n.FirstChild != nil {
			n = n.FirstChild
			continue
		}
		for n != nil {
			r.leave(n)
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
	r.flush()
	return r.done()
}

// done gives the page, its lists no longer than they need be, and puts the
// reader away for the next one.
func (r *reader) done() *Page {
	p := r.Page
	elements := p.all
	p.all, p.owners = slices.Clone(elements), slices.Clone(r.owned)
	all := string(r.buf)
	p.texts = make([]string, len(r.owned))
	for i := range p.texts {
		p.texts[i] = all[r.ends[2*i]:r.ends[2*i+1]]
		if len(p.texts[i]) >= 40 {
			p.prose += len(p.texts[i])
		}
	}
	clear(elements) // it would hold on to the tree
	const kept = 1 << 20
	if cap(elements) <= kept/32 && cap(r.buf) <= kept {
		*r = reader{
			names: r.names, elements: elements[:0], owned: r.owned[:0], buf: r.buf[:0], ends: r.ends[:0], opened: r.opened[:0], suspect: r.suspect[:0],
		}
		readers.Put(r)
	}
	return p
}

var readers = sync.Pool{New: func() any { return &reader{names: &namings{seed: maphash.MakeSeed()}} }}

// enter reads a node and tells whether to go inside.
func (r *reader) enter(n *html.Node) bool {
	switch n.Type {
	case html.DocumentNode:
		return true
	case html.TextNode:
		r.buf = squeeze(r.buf, n.Data)
		r.owner = r.opened[len(r.opened)-1]
		return false
	case html.ElementNode:
	default:
		return false
	}
	switch {
	case unread(n.DataAtom):
		return false
	case n.DataAtom == atom.Input:
		r.flush()
		if v := strings.TrimSpace(attr(n, "value")); v != "" && n.Parent != nil && clickable(n) {
			r.owner = r.element(n)
			r.buf = append(r.buf, v...)
			r.flush()
			r.all[len(r.all)-1].to++
		}
	case n.DataAtom == atom.Br:
		r.buf = append(r.buf, '\n')
	case inline(n.DataAtom):
		if n.DataAtom == atom.A {
			r.buf = append(r.buf, ' ')
		}
	default:
		r.flush()
		r.opened = append(r.opened, r.element(n))
		if n.DataAtom == atom.H1 && r.heading == nil {
			r.heading = n
		}
	}
	if s, ok := r.names.suspicious(n); ok {
		if inline(n.DataAtom) {
			r.flush()
		}
		s.from = len(r.owned)
		r.suspect = append(r.suspect, len(r.listed))
		r.listed = append(r.listed, s)
	}
	return true
}

// leave ends what enter began.
func (r *reader) leave(n *html.Node) {
	if n.Type != html.ElementNode || unread(n.DataAtom) {
		return
	}
	if k := len(r.suspect); k > 0 && r.listed[r.suspect[k-1]].node == n {
		r.flush()
		r.listed[r.suspect[k-1]].to = len(r.owned)
		r.suspect = r.suspect[:k-1]
	}
	if k := len(r.opened); k > 1 && r.all[r.opened[k-1]].node == n {
		r.flush()
		r.all[r.opened[k-1]].to = len(r.owned)
		r.opened = r.opened[:k-1]
	} else if n.DataAtom == atom.A {
		r.buf = append(r.buf, ' ')
	}
}

func (r *reader) element(n *html.Node) int32 {
	r.all = append(r.all, element{node: n, over: r.opened[len(r.opened)-1], span: span{len(r.owned), len(r.owned)}})
	return int32(len(r.all) - 1)
}

// flush ends the block that is being read.
func (r *reader) flush() {
	if r.start == len(r.buf) {
		return
	}
	text := bytes.TrimLeftFunc(r.buf[r.start:], unicode.IsSpace)
	if len(text) == 0 {
		r.buf = r.buf[:r.start]
		return
	}
	from := len(r.buf) - len(text)
	r.ends = append(r.ends, from, from+len(bytes.TrimRightFunc(text, unicode.IsSpace)))
	r.owned = append(r.owned, r.owner)
	r.start = len(r.buf)
}

// squeeze adds text with every run of space as one.
func squeeze(b []byte, s string) []byte {
	for s != "" {
		i := 0
		for i < len(s) && !spaces[s[i]] {
			i++
		}
		b = append(b, s[:i]...)
		if i == len(s) {
			break
		}
		b = append(b, ' ')
		for i++; i < len(s) && spaces[s[i]]; i++ {
		}
		s = s[i:]
	}
	return b
}

var spaces = [256]bool{' ': true, '\t': true, '\n': true, '\r': true, '\f': true}

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
