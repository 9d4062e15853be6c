package meta

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// one gives the first value of the first of the names that has one.
func (s *Survey) one(names ...string) string {
	for _, n := range names {
		for _, v := range s.metas[n] {
			if v = squeeze(unescape(v)); v != "" {
				return v
			}
		}
	}
	return ""
}

// content is the text under n, at most most bytes of it. White space beside
// blocks is not in the tree, so that every block stands apart here.
func content(n *html.Node, most int) string {
	var b strings.Builder
	at := n.FirstChild
	for at != nil && b.Len() < most {
		skip := at.Type == html.ElementNode && (at.DataAtom == atom.Script || at.DataAtom == atom.Style || at.DataAtom == atom.Noscript || at.DataAtom == atom.Svg || at.DataAtom == atom.Template)
		if at.Type == html.TextNode {
			b.WriteString(at.Data)
		} else if boxed(at) || at.DataAtom == atom.Span || at.DataAtom == atom.Time {
			b.WriteByte(' ')
		}
		if !skip && at.FirstChild != nil {
			at = at.FirstChild
			continue
		}
		for at != n && at.NextSibling == nil {
			if at = at.Parent; at != n && boxed(at) {
				b.WriteByte(' ')
			}
		}
		if at == n {
			break
		}
		if boxed(at) {
			b.WriteByte(' ')
		}
		at = at.NextSibling
	}
	return b.String()
}

// boxed tells the elements that stand apart from the text around them.
func boxed(n *html.Node) bool {
	if n.Type != html.ElementNode {
		return false
	}
	switch n.DataAtom {
	case atom.Br, atom.P, atom.Div, atom.Li, atom.Ul, atom.Ol, atom.Section, atom.Article, atom.Nav, atom.Header, atom.Footer, atom.Main, atom.Aside,
		atom.Table, atom.Tbody, atom.Thead, atom.Tfoot, atom.Tr, atom.Td, atom.Th, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6,
		atom.Figure, atom.Figcaption, atom.Blockquote, atom.Dl, atom.Dt, atom.Dd, atom.Center, atom.Address, atom.Details, atom.Summary,
		atom.Fieldset, atom.Form:
		return true
	}
	return false
}

// segments is the text under n, at most most bytes of it, white space squeezed,
// with a line break wherever an element begins or ends.
func segments(n *html.Node, most int) string {
	b := make([]byte, 0, 64)
	border := func() {
		for len(b) > 0 && b[len(b)-1] == ' ' {
			b = b[:len(b)-1]
		}
		if len(b) > 0 && b[len(b)-1] != '\n' {
			b = append(b, '\n')
		}
	}
	steps := 0
	for at := n.FirstChild; at != nil && len(b) < most && steps < 200; steps++ {
		descend := false
		switch at.Type {
		case html.TextNode:
			b = appendSqueezed(b, at.Data[:min(len(at.Data), most)])
		case html.ElementNode:
			switch at.DataAtom {
			case atom.Script, atom.Style, atom.Noscript, atom.Svg, atom.Template, atom.Time, atom.Button, atom.Figure:
				border()
			case atom.B, atom.Strong, atom.Em, atom.I, atom.U, atom.Font:
				descend = true
			default:
				border()
				descend = true
			}
		}
		if descend && at.FirstChild != nil {
			at = at.FirstChild
			continue
		}
		for at != n && at.NextSibling == nil {
			if at = at.Parent; at != n {
				border()
			}
		}
		if at == n {
			break
		}
		if at.Type == html.ElementNode {
			border()
		}
		at = at.NextSibling
	}
	return strings.TrimSpace(string(b))
}

// appendSqueezed appends text with each run of white space as one space.
func appendSqueezed(b []byte, text string) []byte {
	for _, r := range text {
		switch {
		case !unicode.IsSpace(r) && !unicode.IsControl(r):
			b = utf8.AppendRune(b, r)
		case len(b) > 0 && b[len(b)-1] != ' ' && b[len(b)-1] != '\n':
			b = append(b, ' ')
		}
	}
	return b
}

// heading reads an h1. A kicker is a short element before the rest of it.
func heading(n *html.Node) Title {
	t := Title{Source: FromHeading, Text: content(n, 1000)}
	box := n
	for box.FirstChild != nil && only(box) != nil {
		box = only(box)
	}
	for c := box.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.TextNode && strings.TrimSpace(c.Data) == "" || c.Type == html.CommentNode {
			continue
		}
		if c.Type == html.ElementNode && c.NextSibling != nil && c.DataAtom != atom.Em && c.DataAtom != atom.I && c.DataAtom != atom.A && c.DataAtom != atom.Br && c.DataAtom != atom.Q && c.DataAtom != atom.Mark {
			t.Kicker = content(c, 200)
		}
		break
	}
	return t
}

// only gives the one element that holds all of n's text; nil when there is none.
func only(n *html.Node) (found *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode && strings.TrimSpace(c.Data) == "" || c.Type == html.CommentNode:
		case c.Type == html.ElementNode && found == nil:
			found = c
		default:
			return nil
		}
	}
	return found
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func first(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

func containsAny(s string, parts ...string) bool {
	for _, p := range parts {
		if strings.Contains(s, p) {
			return true
		}
	}
	return false
}

// clean drops letters that are not seen: soft hyphens and spaces of no width.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case 0xad, 0x200b, 0x2060, 0xfeff, 0x200e, 0x200f:
			return -1
		}
		return r
	}, s)
}
