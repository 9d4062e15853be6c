package extract

import (
	"strings"

	"golang.org/x/net/html/atom"
)

func (b *builder) inBody() bool {
	switch b.kind {
	case textToken:
		d := b.data
		if n := b.top(); (n.DataAtom == atom.Pre || n.DataAtom == atom.Listing) && n.FirstChild == nil {
			d = withoutNewline(d)
		}
		if strings.IndexByte(d, 0) >= 0 {
			d = strings.ReplaceAll(d, "\x00", "")
		}
		if d != "" {
			b.reopen()
			b.say(d)
		}
	case startToken:
		return b.bodyStart()
	case endToken:
		return b.bodyEnd()
	case commentToken:
		b.comment(b.top())
	}
	return true
}

func (b *builder) bodyStart() bool {
	switch b.tag {
	case atom.Html, atom.Body:
		if b.templates > 0 {
			return true
		}
		if b.tag == atom.Html {
			b.adopt(b.open[0])
		} else if len(b.open) >= 2 && b.open[1].DataAtom == atom.Body {
			b.adopt(b.open[1])
		}
	case atom.Base, atom.Basefont, atom.Bgsound, atom.Link, atom.Meta, atom.Noframes, atom.Script, atom.Style, atom.Template, atom.Title:
		return b.metadata()
	case atom.Frameset, atom.Plaintext, atom.Math:
		return b.lose()
	case atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Center, atom.Details, atom.Dialog, atom.Dir, atom.Div, atom.Dl,
		atom.Fieldset, atom.Figcaption, atom.Figure, atom.Footer, atom.Header, atom.Hgroup, atom.Main, atom.Menu, atom.Nav, atom.Ol,
		atom.P, atom.Search, atom.Section, atom.Summary, atom.Ul, atom.Pre, atom.Listing:
		b.endParagraph()
		b.push()
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		b.endParagraph()
		if headingLevel(b.top().DataAtom) > 0 {
			b.pop()
		}
		b.push()
	case atom.Form:
		if b.form != nil && b.templates == 0 {
			return true
		}
		b.endParagraph()
		if n := b.push(); b.templates == 0 {
			b.form = n
		}
	case atom.Li:
		b.endItem(atom.Li, atom.Li)
	case atom.Dd, atom.Dt:
		b.endItem(atom.Dd, atom.Dt)
	case atom.Button:
		if i := b.inScope(generalScope, atom.Button); i >= 0 {
			b.closeTo(i)
		}
		b.reopen()
		b.push()
	case atom.A:
		for i := len(b.formats) - 1; i >= 0 && b.formats[i] != nil; i-- {
			if n := b.formats[i]; n.DataAtom == atom.A {
				b.endFormat(atom.A, "a")
				b.remove(n)
				b.unformat(n)
				break
			}
		}
		b.reopen()
		b.format()
	case atom.B, atom.Big, atom.Code, atom.Em, atom.Font, atom.I, atom.S, atom.Small, atom.Strike, atom.Strong, atom.Tt, atom.U:
		b.reopen()
		b.format()
	case atom.Nobr:
		b.reopen()
		if b.inScope(generalScope, atom.Nobr) >= 0 {
			b.endFormat(atom.Nobr, "nobr")
			b.reopen()
		}
		b.format()
	case atom.Applet, atom.Marquee, atom.Object:
		b.reopen()
		b.push()
		b.formats = append(b.formats, nil)
	case atom.Table:
		if !b.quirks {
			b.endParagraph()
		}
		b.push()
		b.mode = inTable
	case atom.Image:
		b.tag, b.name = atom.Img, atom.Img.String()
		return false
	case atom.Input:
		if i := b.inScope(generalScope, atom.Select); i >= 0 {
			b.closeTo(i)
		}
		b.reopen()
		b.add()
	case atom.Area, atom.Br, atom.Embed, atom.Img, atom.Keygen, atom.Wbr:
		b.reopen()
		b.add()
	case atom.Param, atom.Source, atom.Track:
		b.add()
	case atom.Hr:
		if i := b.inScope(buttonScope, atom.P); i >= 0 {
			b.closeTo(i)
		}
		if b.inScope(generalScope, atom.Select) >= 0 {
			b.endImplied(0)
		}
		b.add()
	case atom.Textarea, atom.Iframe, atom.Noembed:
		b.addRaw()
	case atom.Xmp:
		b.endParagraph()
		b.reopen()
		b.addRaw()
	case atom.Noscript:
		b.addRaw()
	case atom.Select:
		if i := b.inScope(generalScope, atom.Select); i >= 0 {
			b.closeTo(i)
			return true
		}
		b.reopen()
		b.push()
	case atom.Option, atom.Optgroup:
		if b.inScope(generalScope, atom.Select) >= 0 {
			if b.tag == atom.Option {
				b.endImplied(atom.Optgroup)
			} else {
				b.endImplied(0)
			}
		} else if b.top().DataAtom == atom.Option {
			b.pop()
		}
		b.reopen()
		b.push()
	case atom.Rb, atom.Rtc:
		if b.inScope(generalScope, atom.Ruby) >= 0 {
			b.endImplied(0)
		}
		b.push()
	case atom.Rp, atom.Rt:
		if b.inScope(generalScope, atom.Ruby) >= 0 {
			b.endImplied(atom.Rtc)
		}
		b.push()
	case atom.Svg:
		return b.drawing()
	case atom.Caption, atom.Col, atom.Colgroup, atom.Frame, atom.Head, atom.Tbody, atom.Td, atom.Tfoot, atom.Th, atom.Thead, atom.Tr:
	default:
		b.reopen()
		b.push()
	}
	return true
}

// drawing adds an svg element that is empty, as those are that were cut.
func (b *builder) drawing() bool {
	for _, a := range b.attr {
		switch a.Key {
		case "class", "id", "width", "height", "fill", "role", "style", "title", "hidden":
		default:
			return b.lose() // some are written otherwise there
		}
	}
	if !b.closed {
		const end = "</svg>"
		if !strings.HasPrefix(b.text[b.at:], end) {
			return b.lose()
		}
		b.at += len(end)
	}
	b.reopen()
	b.add().Namespace = "svg"
	return true
}

func (b *builder) bodyEnd() bool {
	switch b.tag {
	case atom.Body, atom.Html:
		if b.inScope(generalScope, atom.Body) >= 0 {
			b.mode = afterBody
			return b.tag == atom.Body
		}
	case atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Button, atom.Center, atom.Details, atom.Dialog, atom.Dir, atom.Div,
		atom.Dl, atom.Fieldset, atom.Figcaption, atom.Figure, atom.Footer, atom.Header, atom.Hgroup, atom.Listing, atom.Main, atom.Menu,
		atom.Nav, atom.Ol, atom.Pre, atom.Search, atom.Section, atom.Select, atom.Summary, atom.Ul, atom.Dd, atom.Dt:
		b.closeIf(generalScope, b.tag)
	case atom.Form:
		b.endForm()
	case atom.P:
		if b.inScope(buttonScope, atom.P) < 0 {
			b.imply(atom.P)
		}
		b.closeIf(buttonScope, atom.P)
	case atom.Li:
		b.closeIf(itemScope, atom.Li)
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		for i := len(b.open) - 1; i >= 0; i-- {
			if headingLevel(b.open[i].DataAtom) > 0 {
				b.closeTo(i)
				break
			}
			if stops(generalScope, b.open[i].DataAtom) {
				break
			}
		}
	case atom.A, atom.B, atom.Big, atom.Code, atom.Em, atom.Font, atom.I, atom.Nobr, atom.S, atom.Small, atom.Strike, atom.Strong, atom.Tt, atom.U:
		b.endFormat(b.tag, b.name)
	case atom.Applet, atom.Marquee, atom.Object:
		if b.closeIf(generalScope, b.tag) {
			b.forgetFormats()
		}
	case atom.Br:
		b.kind = startToken
		return false
	case atom.Template:
		return b.endTemplate()
	default:
		b.endOther(b.tag, b.name)
	}
	return true
}

func (b *builder) endForm() {
	if b.templates > 0 {
		b.closeIf(generalScope, atom.Form)
		return
	}
	n := b.form
	b.form = nil
	if i := b.inScope(generalScope, atom.Form); n != nil && i >= 0 && b.open[i] == n {
		b.endImplied(0)
		b.remove(n)
	}
}

// inTemplate waits for the first element of a template, which says what is in it.
func (b *builder) inTemplate() bool {
	switch b.kind {
	case startToken:
		switch b.tag {
		case atom.Caption, atom.Colgroup, atom.Tbody, atom.Tfoot, atom.Thead, atom.Col, atom.Tr, atom.Td, atom.Th:
			return b.lose()
		case atom.Base, atom.Basefont, atom.Bgsound, atom.Link, atom.Meta, atom.Noframes, atom.Script, atom.Style, atom.Template, atom.Title:
			return b.metadata()
		}
		b.mode = inBody
		return false
	case endToken:
		if b.tag == atom.Template {
			return b.endTemplate()
		}
		return true
	case endOfPage:
		return b.lose()
	}
	return b.inBody()
}

func (b *builder) endTemplate() bool {
	if b.templates == 0 {
		return true
	}
	b.endImplied(0)
	for i := len(b.open) - 1; i >= 0; i-- {
		if b.open[i].DataAtom == atom.Template {
			b.closeTo(i)
			break
		}
	}
	b.templates--
	b.forgetFormats()
	b.resume()
	return true
}
