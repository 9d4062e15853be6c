package meta

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// one gives the first value of the first of the names that has one.
func (s *survey) one(names ...string) string {
	for _, n := range names {
		for _, v := range s.metas[n] {
			if v = squeeze(unescape(v)); v != "" {
				return v
			}
		}
	}
	return ""
}

// content is the text under n, at most most bytes of it.
func content(n *html.Node, most int) string {
	var b strings.Builder
	at := n.FirstChild
	for at != nil && b.Len() < most {
		skip := at.Type == html.ElementNode && (at.DataAtom == atom.Script || at.DataAtom == atom.Style || at.DataAtom == atom.Noscript || at.DataAtom == atom.Svg || at.DataAtom == atom.Template)
		if at.Type == html.TextNode {
			b.WriteString(at.Data)
		} else if at.Type == html.ElementNode {
			switch at.DataAtom {
			case atom.Br, atom.P, atom.Div, atom.Li, atom.Span, atom.Time:
				b.WriteByte(' ')
			}
		}
		if !skip && at.FirstChild != nil {
			at = at.FirstChild
			continue
		}
		for at != n && at.NextSibling == nil {
			at = at.Parent
		}
		if at == n {
			break
		}
		at = at.NextSibling
	}
	return b.String()
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
