package extract

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A scope is how far a tag sees: an end tag in a table cell closes nothing outside the table.
type scope int8

const (
	generalScope scope = iota
	itemScope          // of list items
	buttonScope
	tableScope
)

// stops tells the elements that end a scope.
func stops(s scope, a atom.Atom) bool {
	switch a {
	case atom.Html, atom.Table, atom.Template:
		return true
	case atom.Applet, atom.Caption, atom.Td, atom.Th, atom.Marquee, atom.Object, atom.Select:
		return s != tableScope
	case atom.Ol, atom.Ul:
		return s == itemScope
	case atom.Button:
		return s == buttonScope
	}
	return false
}

// inScope finds the innermost open element of that tag; -1 when none is in scope.
func (b *builder) inScope(s scope, tag atom.Atom) int {
	if tag == atom.P && b.paragraphs == 0 {
		return -1
	}
	for i := len(b.open) - 1; i >= 0; i-- {
		a := b.open[i].DataAtom
		if a == tag {
			return i
		}
		if stops(s, a) {
			return -1
		}
	}
	return -1
}

// closeIf closes the innermost element of that tag, and all in it, if it is in scope.
func (b *builder) closeIf(s scope, tag atom.Atom) bool {
	i := b.inScope(s, tag)
	if i < 0 {
		return false
	}
	b.closeTo(i)
	return true
}

func (b *builder) endParagraph() { b.closeIf(buttonScope, atom.P) }

// endItem ends the item before this one, of a list, and begins this one.
func (b *builder) endItem(one, other atom.Atom) {
	for i := len(b.open) - 1; i >= 0; i-- {
		a := b.open[i].DataAtom
		if a == one || a == other {
			b.closeTo(i)
			break
		}
		if a != atom.Address && a != atom.Div && a != atom.P && special(a) {
			break
		}
	}
	b.endParagraph()
	b.push()
}

// endImplied closes the elements that need no end tag, but for one kind.
func (b *builder) endImplied(but atom.Atom) {
	i := len(b.open)
	for ; i > 0; i-- {
		a := b.open[i-1].DataAtom
		switch a {
		case atom.Dd, atom.Dt, atom.Li, atom.Optgroup, atom.Option, atom.P, atom.Rb, atom.Rp, atom.Rt, atom.Rtc:
			if a != but {
				continue
			}
		}
		break
	}
	b.closeTo(i)
}

// endOther ends an element that nothing is to be said of.
func (b *builder) endOther(tag atom.Atom, name string) {
	for i := len(b.open) - 1; i >= 0; i-- {
		n := b.open[i]
		if n.DataAtom == tag && (tag != 0 || n.Data == name) {
			b.closeTo(i)
			return
		}
		if special(n.DataAtom) {
			return
		}
	}
}

// special tells the elements that an end tag within a line does not reach over.
func special(a atom.Atom) bool {
	switch a {
	case atom.Address, atom.Applet, atom.Area, atom.Article, atom.Aside, atom.Base, atom.Basefont, atom.Bgsound, atom.Blockquote, atom.Body,
		atom.Br, atom.Button, atom.Caption, atom.Center, atom.Col, atom.Colgroup, atom.Dd, atom.Details, atom.Dir, atom.Div, atom.Dl, atom.Dt,
		atom.Embed, atom.Fieldset, atom.Figcaption, atom.Figure, atom.Footer, atom.Form, atom.Frame, atom.Frameset, atom.H1, atom.H2, atom.H3,
		atom.H4, atom.H5, atom.H6, atom.Head, atom.Header, atom.Hgroup, atom.Hr, atom.Html, atom.Iframe, atom.Img, atom.Input, atom.Keygen,
		atom.Li, atom.Link, atom.Listing, atom.Main, atom.Marquee, atom.Menu, atom.Meta, atom.Nav, atom.Noembed, atom.Noframes, atom.Noscript,
		atom.Object, atom.Ol, atom.P, atom.Param, atom.Plaintext, atom.Pre, atom.Script, atom.Section, atom.Select, atom.Source, atom.Style,
		atom.Summary, atom.Table, atom.Tbody, atom.Td, atom.Template, atom.Textarea, atom.Tfoot, atom.Th, atom.Thead, atom.Title, atom.Tr,
		atom.Track, atom.Ul, atom.Wbr, atom.Xmp:
		return true
	}
	return false
}

// format opens an element of formatting, which the next block opens again
// unless it is closed; of four that are alike only three.
func (b *builder) format() {
	n := b.push()
	slices.SortFunc(n.Attr, func(x, y html.Attribute) int { return strings.Compare(x.Key, y.Key) })
	alike := 0
	for i := len(b.formats) - 1; i >= 0 && b.formats[i] != nil; i-- {
		if f := b.formats[i]; f.DataAtom == n.DataAtom && slices.Equal(f.Attr, n.Attr) {
			if alike++; alike >= 3 {
				b.unformat(f)
			}
		}
	}
	b.formats = append(b.formats, n)
}

func (b *builder) unformat(n *html.Node) {
	if i := last(b.formats, n); i >= 0 {
		b.formats = append(b.formats[:i], b.formats[i+1:]...)
	}
}

// reopen opens the formatting again that was left open in the block before.
func (b *builder) reopen() {
	i := len(b.formats)
	for i > 0 && b.formats[i-1] != nil && last(b.open, b.formats[i-1]) < 0 {
		i--
	}
	for ; i < len(b.formats); i++ {
		f, n := b.formats[i], b.node()
		n.Type, n.DataAtom, n.Data, n.Attr = f.Type, f.DataAtom, f.Data, slices.Clone(f.Attr)
		b.top().AppendChild(n)
		b.opened(n)
		b.formats[i] = n
		if len(b.open) > deepest {
			b.lost = true
			return
		}
	}
}

// forgetFormats drops the formatting of a cell, or whatever else it does not get out of.
func (b *builder) forgetFormats() {
	for n := len(b.formats); n > 0; n-- {
		f := b.formats[n-1]
		b.formats = b.formats[:n-1]
		if f == nil {
			return
		}
	}
}

// endFormat ends formatting.
func (b *builder) endFormat(tag atom.Atom, name string) {
	if n := b.top(); n.Data == name && last(b.formats, n) < 0 {
		b.pop()
		return
	}
	var f *html.Node
	for i := len(b.formats) - 1; i >= 0 && b.formats[i] != nil && f == nil; i-- {
		if b.formats[i].DataAtom == tag {
			f = b.formats[i]
		}
	}
	if f == nil {
		b.endOther(tag, name)
		return
	}
	at := last(b.open, f)
	if at < 0 {
		b.unformat(f)
		return
	}
	if b.inScope(generalScope, tag) < 0 {
		return
	}
	for _, n := range b.open[at:] {
		if special(n.DataAtom) { // it crosses a block
			b.lost = true
			return
		}
	}
	b.closeTo(at)
	b.unformat(f)
}
