package extract

import (
	"bytes"
	"hash/maphash"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// walker holds the state of the one walk.
type walker struct {
	o      *outline
	buf    []byte
	space  bool // a space is due before the next letter
	linked int
	strong int // runes in bold
	frames []frame
	breaks int // br in a row
	names  *nameBook
	text   []byte // of all pieces, one after the other
	ends   []int  // where each ends

	elements []element // of the outline; its own are copies
	pieces   []piece
	row      []byte // the cells so far of the open table row
	rowLink  int
}

// A frame is an open element.
type frame struct {
	element             int32 // innermost listed element
	block               atom.Atom
	link, bold, pre     bool
	item, quote, inRow  bool
	ownElement, isBlock bool
}

// newOutline walks the tree without recursion.
// Its pieces are not yet weighed.
func newOutline(doc *html.Node) *outline {
	w := walkers.Get().(*walker)
	w.o = &outline{h1: -1}
	w.o.elements, w.o.pieces = w.elements, w.pieces
	w.frames = append(w.frames, frame{element: -1})
	n := doc
	for n != nil {
		descend := true
		switch n.Type {
		case html.TextNode:
			w.words(n.Data)
			descend = false
		case html.ElementNode:
			descend = w.open(n)
		case html.DocumentNode:
		default:
			descend = false
		}
		if descend && n.FirstChild != nil {
			n = n.FirstChild
			continue
		}
		if descend && n.Type == html.ElementNode {
			w.close()
		}
		for n != nil && n.NextSibling == nil {
			n = n.Parent
			if n == nil || n == doc {
				n = nil
				break
			}
			w.close()
		}
		if n != nil {
			n = n.NextSibling
		}
	}
	w.flush()
	w.flushRow()
	return w.done()
}

// done gives the outline, its lists no longer than they need be, and puts the
// walker away for the next page.
func (w *walker) done() *outline {
	o := w.o
	elements, pieces := o.elements, o.pieces
	o.elements, o.pieces = slices.Clone(elements), slices.Clone(pieces)
	all, from := string(w.text), 0
	for i, end := range w.ends {
		o.pieces[i].text = all[from:end]
		from = end
	}
	clear(elements) // it would hold on to the tree
	if cap(elements) <= keptLists && cap(pieces) <= keptLists && cap(w.text) <= keptPage {
		*w = walker{
			names: w.names, elements: elements[:0], pieces: pieces[:0],
			buf: w.buf[:0], frames: w.frames[:0], row: w.row[:0], text: w.text[:0], ends: w.ends[:0],
		}
		walkers.Put(w)
	}
	return o
}

var walkers = sync.Pool{New: func() any { return &walker{names: &nameBook{seed: maphash.MakeSeed()}} }}

// keptLists is how long the lists of a walker may be that is kept for the next page.
const keptLists = 1 << 13

// open enters an element and tells whether to go inside.
func (w *walker) open(n *html.Node) bool {
	if n.DataAtom == atom.Br {
		if w.frames[len(w.frames)-1].pre {
			if len(w.buf) > 0 {
				w.buf = append(w.buf, '\n')
			}
			return false
		}
		if w.breaks++; w.breaks > 1 {
			w.flush()
		}
		w.space = true
		return false
	}
	if n.DataAtom == atom.Hr {
		w.flush()
		return false
	}
	tag := lookTag(n.DataAtom)
	if tag.skipped || tag.inline && w.inline(n) {
		return false
	}
	top := &w.frames[len(w.frames)-1]
	f := *top
	f.ownElement, f.isBlock = false, tag.block
	marks, word := w.marks(n, tag.marks)
	if n.DataAtom == atom.A && attribute(n, "href") != "" {
		f.link = true
	}
	if n.DataAtom == atom.B || n.DataAtom == atom.Strong {
		f.bold = true
	}
	if f.isBlock {
		if n.DataAtom == atom.Td || n.DataAtom == atom.Th {
			w.flush()
		} else {
			w.flush()
			if n.DataAtom != atom.Tr {
				w.flushRowUnless(top.inRow)
			}
		}
		f.block = n.DataAtom
		switch n.DataAtom {
		case atom.Li, atom.Dd, atom.Dt:
			f.item = true
		case atom.Blockquote:
			f.quote = true
		case atom.Pre:
			f.pre = true
		case atom.Td, atom.Th:
			f.inRow = !isLayout(n)
			f.item = false
		case atom.P, atom.Div, atom.Center:
			f.inRow = top.inRow && isShort(n)
		default:
			f.inRow = false
		}
	} else if marks&(captionMark|shareMark|advertMark|hiddenMark|newsletterMark) != 0 && !f.link {
		w.flush() // a named span is a block of its own kind
		f.isBlock = true
	}
	if f.isBlock || marks != 0 {
		f.element = int32(len(w.o.elements))
		f.ownElement = true
		w.o.elements = append(w.o.elements, element{node: n, parent: top.element, first: int32(len(w.o.pieces)), marks: marks, word: word, tag: n.DataAtom})
	}
	w.frames = append(w.frames, f)
	return true
}

// close leaves the innermost element.
func (w *walker) close() {
	if len(w.frames) < 2 {
		return
	}
	f := w.frames[len(w.frames)-1]
	if f.isBlock {
		w.flush()
		if f.block == atom.Tr || f.block == atom.Table {
			w.flushRow()
		}
	}
	if f.ownElement {
		w.o.elements[f.element].last = int32(len(w.o.pieces))
	}
	w.frames = w.frames[:len(w.frames)-1]
}

// marks reads what the element's tag, class, id and other attributes say.
func (w *walker) marks(n *html.Node, of mark) (mark, string) {
	var m named
	for i := range n.Attr {
		a := &n.Attr[i]
		switch a.Key {
		case "class", "id":
			m.add(w.names.look(a.Val))
		case "itemprop":
			switch a.Val {
			case "articleBody":
				m.add(named{bodyMark, a.Key})
			case "headline", "name":
				m.add(named{titleMark, a.Key})
			case "author":
				m.add(named{bylineMark, a.Key})
			case "caption":
				m.add(named{captionMark, a.Key})
			}
		case "role":
			switch a.Val {
			case "navigation", "banner", "search", "menu", "menubar", "contentinfo", "toolbar":
				m.add(named{navigationMark, a.Key})
			case "complementary":
				m.add(named{relatedMark, a.Key})
			case "dialog", "alertdialog", "alert":
				m.add(named{boilerplateMark, a.Key})
			}
		case "hidden":
			m.add(named{hiddenMark, a.Key})
		case "aria-hidden":
			if a.Val == "true" {
				m.add(named{hiddenMark, a.Key})
			}
		case "aria-modal":
			m.add(named{boilerplateMark, a.Key})
		case "style":
			if style := strings.ReplaceAll(strings.ToLower(a.Val), " ", ""); strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden") {
				m.add(named{hiddenMark, a.Key})
			}
		}
	}
	if m.marks&furniture == 0 { // a name says more than a tag
		m.add(named{of, n.Data})
	}
	return m.marks, m.word
}

// flush ends the piece that is being read.
func (w *walker) flush() {
	w.space, w.breaks = false, 0
	if len(w.buf) == 0 {
		return
	}
	f := &w.frames[len(w.frames)-1]
	text := bytes.TrimSpace(w.buf)
	linked, strong := w.linked, w.strong
	w.buf, w.linked, w.strong = w.buf[:0], 0, 0
	if len(text) == 0 {
		return
	}
	if f.inRow && len(text) < 300 {
		if len(w.row) > 0 {
			w.row = append(w.row, " | "...)
		}
		w.row = append(w.row, text...)
		w.rowLink += linked
		return
	}
	w.flushRow()
	w.emit(f, text, kindOf(*f), linked, strong)
}

// flushRowUnless ends an open row before a block that is not one of its cells.
func (w *walker) flushRowUnless(inRow bool) {
	if !inRow {
		w.flushRow()
	}
}

// flushRow ends the table row that is being read.
func (w *walker) flushRow() {
	if len(w.row) == 0 {
		return
	}
	text, linked := w.row, w.rowLink
	w.row, w.rowLink = w.row[:0], 0
	w.emit(&w.frames[len(w.frames)-1], text, Row, linked, 0)
}

func (w *walker) emit(f *frame, text []byte, kind BlockKind, linked, strong int) {
	p := piece{kind: kind, in: f.element, linked: linked, tag: f.block, runes: utf8.RuneCount(text)}
	p.strong = strong > 0 && strong*10 >= p.runes*8
	if kind == Heading {
		p.level = headingLevel(f.block)
		if f.block == atom.H1 && w.o.h1 < 0 {
			w.o.h1 = len(w.o.pieces)
		}
	}
	w.text = append(w.text, text...)
	w.ends = append(w.ends, len(w.text))
	w.o.pieces = append(w.o.pieces, p)
}

// A nameBook remembers what class and id attributes say. Pages repeat the same
// few hundred of them, pages of one site the same ones.
type nameBook struct {
	seed  maphash.Seed
	slots [2048]struct {
		key uint64 // hash of the attribute
		named
	}
}

func (b *nameBook) look(attr string) named {
	const most = 300 // bytes of an attribute that is kept
	if attr == "" || len(attr) > most {
		return names(attr)
	}
	key := maphash.String(b.seed, attr)
	slot := &b.slots[key%uint64(len(b.slots))]
	if slot.key != key {
		slot.key, slot.named = key, names(attr)
	}
	return slot.named
}
