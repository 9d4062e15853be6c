package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// leftOut tells of an inline element whose text is not what the page says now:
// struck text and the marks of footnotes. tight is whether it stands directly behind
// a word. What an element that was never closed took in is kept.
func leftOut(n *html.Node, tight bool) bool {
	const most = 2000 // bytes of struck text
	switch n.DataAtom {
	case atom.Del:
		_, ok := inlineText(n, most, true)
		return ok
	case atom.S, atom.Strike:
		if !beside(n) {
			return false
		}
		_, ok := inlineText(n, most, false)
		return ok
	case atom.Sup:
		return isNote(n, true)
	case atom.A:
		return isNote(n, tight)
	}
	return false
}

// isNote tells whether an element is the mark of a footnote: "1", "[2]", "*".
func isNote(n *html.Node, tight bool) bool {
	const most = 12 // bytes
	text, ok := inlineText(n, most, false)
	text = strings.TrimSpace(text)
	if !ok || text == "" || utf8.RuneCountInString(text) > 4 {
		return false
	}
	link := n
	if n.DataAtom == atom.Sup {
		link = firstLink(n)
	}
	inner := strings.Trim(text, "[]()")
	number, sign := inner != "", inner != ""
	for _, r := range inner {
		number = number && unicode.IsDigit(r)
		sign = sign && strings.ContainsRune("*†‡§¶", r)
	}
	switch {
	case !number && !sign && utf8.RuneCountInString(inner) > 2:
		return false
	case isNoteName(attribute(n, "class")) || isNoteName(attribute(n, "role")):
		return number || sign || n.DataAtom == atom.Sup
	case link == nil || !strings.Contains(attribute(link, "href"), "#"):
		return false
	case isNoteName(attribute(link, "class")) || isNoteName(attribute(link, "role")):
		return number || sign || n.DataAtom == atom.Sup
	case n.DataAtom == atom.Sup:
		return true
	}
	return (number || sign) && tight && strings.HasPrefix(attribute(link, "href"), "#") && len(attribute(link, "href")) > 1
}

func isNoteName(s string) bool {
	s = strings.ToLower(s)
	return strings.Contains(s, "footnote") || strings.Contains(s, "noteref")
}

// inlineText is the text of an element of at most so many bytes; ok is false when it
// is longer, or when it holds blocks though it may not.
func inlineText(n *html.Node, most int, blocks bool) (text string, ok bool) {
	const mostNodes = 100
	var b strings.Builder
	nodes := 0
	for d := range n.Descendants() {
		nodes++
		switch {
		case nodes > mostNodes:
			return "", false
		case d.Type == html.TextNode:
			if b.Len()+len(d.Data) > most {
				return "", false
			}
			b.WriteString(d.Data)
		case d.Type == html.ElementNode && !blocks && lookTag(d.DataAtom).block:
			return "", false
		}
	}
	return b.String(), true
}

// beside tells whether text stands next to an element, within the same sentence.
func beside(n *html.Node) bool {
	for s := n.PrevSibling; s != nil; s = s.PrevSibling {
		if inSentence(s) {
			return true
		}
		if s.Type == html.ElementNode && (s.DataAtom == atom.Br || lookTag(s.DataAtom).block) {
			break
		}
	}
	for s := n.NextSibling; s != nil; s = s.NextSibling {
		if inSentence(s) {
			return true
		}
		if s.Type == html.ElementNode && (s.DataAtom == atom.Br || lookTag(s.DataAtom).block) {
			break
		}
	}
	return false
}

func inSentence(n *html.Node) bool {
	if n.Type == html.TextNode {
		return strings.IndexFunc(n.Data, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) >= 0
	}
	return n.DataAtom == atom.Ins
}

func firstLink(n *html.Node) *html.Node {
	for d := range n.Descendants() {
		if d.DataAtom == atom.A {
			return d
		}
	}
	return nil
}

const (
	raised  = "⁰¹²³⁴⁵⁶⁷⁸⁹"
	lowered = "₀₁₂₃₄₅₆₇₈₉"
)

// scripted writes the digits of a sup or sub as the page shows them, so that 10⁶ is
// not read as 106; "" when it holds anything else.
func scripted(n *html.Node) string {
	const most = 8 // bytes
	digits, plus, minus := []rune(raised), "⁺", "⁻"
	if n.DataAtom == atom.Sub {
		digits, plus, minus = []rune(lowered), "₊", "₋"
	}
	text, ok := inlineText(n, most, false)
	if !ok || firstLink(n) != nil {
		return ""
	}
	var b strings.Builder
	number := false
	for _, r := range strings.TrimSpace(text) {
		switch {
		case r >= '0' && r <= '9':
			b.WriteRune(digits[r-'0'])
			number = true
		case r == '-' || r == '−' || r == '–':
			b.WriteString(minus)
		case r == '+':
			b.WriteString(plus)
		default:
			return ""
		}
	}
	if !number {
		return ""
	}
	return b.String()
}

// tight tells whether what comes next stands directly behind a word or number.
func (w *walker) tight() bool {
	if w.space || len(w.buf) == 0 {
		return false
	}
	r, _ := utf8.DecodeLastRune(w.buf)
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Pe, r) || unicode.Is(unicode.Pf, r) || strings.ContainsRune(".,;:!?\"'%。、", r)
}

// inline takes up an element that is not said as its letters stand, and tells whether it was one.
func (w *walker) inline(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Del, atom.S, atom.Strike, atom.A:
		return leftOut(n, w.tight())
	case atom.Sup, atom.Sub:
		if leftOut(n, true) {
			return true
		}
		if !w.tight() {
			return false
		}
		s := scripted(n)
		w.words(s)
		return s != ""
	}
	return false
}
