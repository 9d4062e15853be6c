package extract

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// What comes before the body.

func (b *builder) initial() bool {
	switch b.kind {
	case textToken:
		if b.data = b.data[blankStart(b.data):]; b.data == "" {
			return true
		}
	case commentToken:
		b.comment(b.doc)
		return true
	case doctypeToken:
		b.doctype()
		b.mode = beforeHTML
		return true
	}
	b.quirks, b.mode = true, beforeHTML
	return false
}

// doctype sets the doctype. What an old one means html.Parse knows: in what it
// calls quirks a table does not end a paragraph.
func (b *builder) doctype() {
	n := b.node()
	n.Type, n.Data = html.DoctypeNode, atom.Html.String()
	b.doc.AppendChild(n)
	if strings.EqualFold(b.data, "<!doctype html>") {
		return
	}
	probe, err := html.Parse(strings.NewReader(b.data + "<p><table>"))
	if err != nil {
		b.lost = true
		return
	}
	for n := range probe.Descendants() {
		b.quirks = b.quirks || n.DataAtom == atom.Table && n.Parent.DataAtom == atom.P
	}
}

func (b *builder) beforeHTML() bool {
	switch b.kind {
	case doctypeToken:
		return true
	case textToken:
		if b.data = b.data[blankStart(b.data):]; b.data == "" {
			return true
		}
	case startToken:
		if b.tag == atom.Html {
			b.push()
			b.mode = beforeHead
			return true
		}
	case endToken:
		if !endsHead(b.tag) {
			return true
		}
	case commentToken:
		b.comment(b.doc)
		return true
	}
	b.imply(atom.Html)
	b.mode = beforeHead
	return false
}

// endsHead tells the end tags that imply what was not said before them.
func endsHead(a atom.Atom) bool {
	return a == atom.Head || a == atom.Body || a == atom.Html || a == atom.Br
}

func (b *builder) beforeHead() bool {
	switch b.kind {
	case doctypeToken:
		return true
	case textToken:
		if b.data = b.data[blankStart(b.data):]; b.data == "" {
			return true
		}
	case startToken:
		switch b.tag {
		case atom.Head:
			b.head = b.push()
			b.mode = inHead
			return true
		case atom.Html:
			b.adopt(b.open[0])
			return true
		}
	case endToken:
		if !endsHead(b.tag) {
			return true
		}
	case commentToken:
		b.comment(b.top())
		return true
	}
	b.head = b.imply(atom.Head)
	b.mode = inHead
	return false
}

func (b *builder) inHead() bool {
	switch b.kind {
	case doctypeToken:
		return true
	case textToken:
		if n := blankStart(b.data); n > 0 {
			b.say(b.data[:n])
			if b.data = b.data[n:]; b.data == "" {
				return true
			}
		}
	case commentToken:
		b.comment(b.top())
		return true
	case startToken:
		switch b.tag {
		case atom.Html:
			b.adopt(b.open[0])
			return true
		case atom.Head:
			return true
		}
		if b.metadata() {
			return true
		}
	case endToken:
		if !endsHead(b.tag) {
			return true
		}
		b.pop()
		b.mode = afterHead
		return b.tag == atom.Head
	}
	b.pop()
	b.mode = afterHead
	return false
}

// metadata adds an element that says something of the page, wherever it stands;
// false when it is none. A template is one of them.
func (b *builder) metadata() bool {
	switch b.tag {
	case atom.Base, atom.Basefont, atom.Bgsound, atom.Link, atom.Meta:
		b.add()
	case atom.Script, atom.Title, atom.Noframes, atom.Style:
		b.addRaw()
	case atom.Noscript:
		if b.mode != inHead {
			return false
		}
		b.addRaw()
	case atom.Template:
		if b.mode == afterHead || b.templates > 0 {
			return b.lose()
		}
		b.push()
		b.templates++
		b.formats = append(b.formats, nil)
		b.mode = inTemplate
	default:
		return false
	}
	return true
}

// addRaw adds an element whose content is no markup, with its content and its end.
func (b *builder) addRaw() {
	n := b.add()
	tag := b.tag
	text, ok := b.rawText()
	if !ok {
		b.lost = true
		return
	}
	if tag == atom.Textarea {
		text = withoutNewline(text)
	}
	if text != "" {
		t := b.node()
		t.Type, t.Data = html.TextNode, text
		n.AppendChild(t)
	}
}

// withoutNewline takes off the one at the beginning.
func withoutNewline(s string) string {
	return strings.TrimPrefix(strings.TrimPrefix(s, "\r"), "\n")
}

func (b *builder) afterHead() bool {
	switch b.kind {
	case doctypeToken:
		return true
	case textToken:
		if n := blankStart(b.data); n > 0 {
			b.say(b.data[:n])
			if b.data = b.data[n:]; b.data == "" {
				return true
			}
		}
	case commentToken:
		b.comment(b.top())
		return true
	case startToken:
		switch b.tag {
		case atom.Html:
			b.adopt(b.open[0])
			return true
		case atom.Head:
			return true
		case atom.Body:
			b.push()
			b.mode = inBody
			return true
		case atom.Frameset:
			return b.lose()
		case atom.Noscript:
		default:
			b.open = append(b.open, b.head)
			if b.metadata() {
				b.open = b.open[:len(b.open)-1]
				return true
			}
			b.open = b.open[:len(b.open)-1]
		}
	case endToken:
		if !endsHead(b.tag) || b.tag == atom.Head {
			if b.tag == atom.Template {
				return b.lose()
			}
			return true
		}
	}
	b.imply(atom.Body)
	b.mode = inBody
	return b.kind == endOfPage
}

// afterBody is for what follows the body's or the page's end.
func (b *builder) afterBody() bool {
	switch b.kind {
	case endOfPage:
		return true
	case textToken:
		if blankStart(b.data) == len(b.data) {
			return b.inBody()
		}
	case startToken:
		if b.tag == atom.Html {
			return b.inBody()
		}
	case endToken:
		if b.tag == atom.Html && b.mode == afterBody {
			b.mode = afterAfterBody
			return true
		}
	case commentToken:
		if b.mode == afterBody {
			b.comment(b.open[0])
		} else {
			b.comment(b.doc)
		}
		return true
	case doctypeToken:
		if b.mode == afterAfterBody {
			return true
		}
	}
	b.mode = inBody
	return false
}
