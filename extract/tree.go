package extract

import (
	"bytes"
	"strings"
	"sync"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// tree builds the tree of a page as html.Parse does, with far less work: names,
// values and texts are parts of one copy of the page, nodes are made by the
// hundred, nothing is read twice. It follows the page as far as pages go on
// most days: what is left open, implied, closed too late. From what is rarer
// (frames, mathematics, text between the cells of a table, formatting that
// crosses blocks) it keeps its hands: then the result is nil, and html.Parse is
// to be asked. FuzzTree holds it to giving the same tree or none; of a doctype
// and of comments only that they are there is the same.
func tree(page []byte) *html.Node {
	b := builders.Get().(*builder)
	doc := b.build(page)
	b.forget()
	builders.Put(b)
	return doc
}

// A builder makes the tree of one page.
type builder struct {
	page []byte
	text string // the page; all strings of the tree are parts of it
	at   int

	doc, head, form *html.Node
	open            []*html.Node // elements, the last is the innermost
	formats         []*html.Node // formatting that is to be opened again in the next block; nil is where it ends
	paragraphs      int          // open p elements
	templates       int          // open ones
	mode            mode
	quirks          bool
	lost            bool // the page is none for us
	joined          int  // bytes copied to join texts

	lexeme
	nodes []html.Node      // to come
	attrs []html.Attribute // the same
	found []html.Attribute // of the tag that is being read
	lines []byte           // room for a page whose lines end otherwise
}

// A lexeme is a tag, a text, a comment.
type lexeme struct {
	kind   tokenKind
	tag    atom.Atom
	name   string
	attr   []html.Attribute
	data   string // of a text
	closed bool   // the tag closes itself
}

type tokenKind int8

const (
	textToken tokenKind = iota
	startToken
	endToken
	commentToken
	doctypeToken
	endOfPage
)

// A mode says in which part of a page the builder is.
type mode int8

const (
	initial mode = iota
	beforeHTML
	beforeHead
	inHead
	afterHead
	inBody
	inTable
	inTableBody
	inRow
	inCell
	inCaption
	inColumns
	inTemplate
	afterBody
	afterAfterBody
)

const (
	deepest   = 500     // nesting that html.Parse would not refuse
	mostJoins = 1 << 20 // bytes that may be copied to join texts
	nodeSlab  = 128
	attrSlab  = 128
)

var builders = sync.Pool{New: func() any { return new(builder) }}

// forget lets go of the page.
func (b *builder) forget() {
	lines := b.lines
	clear(b.open[:cap(b.open)])
	clear(b.formats[:cap(b.formats)])
	clear(b.found[:cap(b.found)])
	*b = builder{open: b.open[:0], formats: b.formats[:0], found: b.found[:0], nodes: b.nodes, attrs: b.attrs}
	if cap(lines) <= keptPage {
		b.lines = lines
	}
}

func (b *builder) build(page []byte) *html.Node {
	if bytes.IndexByte(page, 0) >= 0 {
		return nil
	}
	if bytes.IndexByte(page, '\r') >= 0 {
		b.lines = unixLines(b.lines[:0], page)
		page = b.lines
	}
	b.page, b.text = page, string(page)
	b.doc = b.node()
	b.doc.Type = html.DocumentNode
	for !b.lost && b.next() {
		b.take()
	}
	if b.kind = endOfPage; !b.lost && b.templates == 0 {
		b.take()
		if !b.lost {
			return b.doc
		}
	}
	return nil
}

// unixLines appends a text whose lines end with a line feed, and nothing else.
func unixLines(out, s []byte) []byte {
	for {
		n := bytes.IndexByte(s, '\r')
		if n < 0 {
			return append(out, s...)
		}
		out = append(append(out, s[:n]...), '\n')
		if s = s[n+1:]; len(s) > 0 && s[0] == '\n' {
			s = s[1:]
		}
	}
}

// take runs the token through the modes until one has it.
func (b *builder) take() {
	for !b.lost {
		if b.handle() || len(b.open) > deepest {
			break
		}
	}
	b.lost = b.lost || len(b.open) > deepest
}

// handle gives the token to the mode; false when another mode is to have it.
func (b *builder) handle() bool {
	switch b.mode {
	case initial:
		return b.initial()
	case beforeHTML:
		return b.beforeHTML()
	case beforeHead:
		return b.beforeHead()
	case inHead:
		return b.inHead()
	case afterHead:
		return b.afterHead()
	case inBody:
		return b.inBody()
	case inTable:
		return b.inTable()
	case inTableBody:
		return b.inTableBody()
	case inRow:
		return b.inRow()
	case inCell:
		return b.inCell()
	case inCaption:
		return b.inCaption()
	case inColumns:
		return b.inColumns()
	case inTemplate:
		return b.inTemplate()
	}
	return b.afterBody()
}

// lose leaves the page to html.Parse.
func (b *builder) lose() bool {
	b.lost = true
	return true
}

func (b *builder) node() *html.Node {
	if len(b.nodes) == 0 {
		b.nodes = make([]html.Node, nodeSlab)
	}
	n := &b.nodes[0]
	b.nodes = b.nodes[1:]
	return n
}

func (b *builder) top() *html.Node {
	if len(b.open) == 0 {
		return b.doc
	}
	return b.open[len(b.open)-1]
}

// add makes an element of the tag, inside the innermost one.
func (b *builder) add() *html.Node {
	n := b.node()
	n.Type, n.DataAtom, n.Data, n.Attr = html.ElementNode, b.tag, b.name, b.attr
	b.top().AppendChild(n)
	return n
}

// push is add, and opens it.
func (b *builder) push() *html.Node {
	n := b.add()
	b.opened(n)
	return n
}

func (b *builder) opened(n *html.Node) {
	b.open = append(b.open, n)
	if n.DataAtom == atom.P {
		b.paragraphs++
	}
}

// imply is push for an element that the page does not name.
func (b *builder) imply(tag atom.Atom) *html.Node {
	n := b.node()
	n.Type, n.DataAtom, n.Data = html.ElementNode, tag, tag.String()
	b.top().AppendChild(n)
	b.opened(n)
	return n
}

// closeTo closes all elements from the ith on.
func (b *builder) closeTo(i int) {
	if b.paragraphs > 0 {
		for _, n := range b.open[i:] {
			if n.DataAtom == atom.P {
				b.paragraphs--
			}
		}
	}
	b.open = b.open[:i]
}

func (b *builder) pop() { b.closeTo(len(b.open) - 1) }

// remove takes an element out of the open ones, wherever it stands.
func (b *builder) remove(n *html.Node) {
	if i := last(b.open, n); i >= 0 {
		b.open = append(b.open[:i], b.open[i+1:]...)
		if n.DataAtom == atom.P {
			b.paragraphs--
		}
	}
}

// last finds a node, from the end.
func last(list []*html.Node, n *html.Node) int {
	for i := len(list) - 1; i >= 0; i-- {
		if list[i] == n {
			return i
		}
	}
	return -1
}

// say adds text to the innermost element.
func (b *builder) say(text string) {
	if text == "" {
		return
	}
	t := b.top()
	if n := t.LastChild; n != nil && n.Type == html.TextNode {
		if b.joined += len(n.Data) + len(text); b.joined > mostJoins {
			b.lost = true
			return
		}
		n.Data += text
		return
	}
	n := b.node()
	n.Type, n.Data = html.TextNode, text
	t.AppendChild(n)
}

func (b *builder) comment(in *html.Node) {
	n := b.node()
	n.Type, n.Data = html.CommentNode, b.data
	in.AppendChild(n)
}

// adopt gives an element the attributes of the tag that it has not got.
func (b *builder) adopt(n *html.Node) {
	for _, a := range b.attr {
		if !hasAttr(n.Attr, a.Key) {
			n.Attr = append(n.Attr, a)
		}
	}
}

func hasAttr(list []html.Attribute, key string) bool {
	for i := range list {
		if list[i].Key == key {
			return true
		}
	}
	return false
}

// blankStart is how much of a text is white space at its beginning.
func blankStart(s string) int { return len(s) - len(strings.TrimLeft(s, " \t\r\n\f")) }
