package notice

import (
	"iter"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Where a block stands.
type where int8

const (
	framed  where = 1 << iota // in the page's header, footer or menu
	headed                    // it is a heading
	linked                    // it is a link to somewhere else
	pressed                   // it is a button
	beside                    // it is for browsers without scripts
)

// rest gives the texts that Prune left, or all when it was not asked, and which they are.
func (p *Page) rest() (texts []string, hot []bool, places []int) {
	n := len(p.texts) + 8 // room for what noscript says
	texts, hot, places = make([]string, 0, n), make([]bool, 0, n), make([]int, 0, n)
	for i, s := range p.texts {
		if p.taken != nil && p.taken[i] {
			continue
		}
		texts, hot, places = append(texts, s), append(hot, p.hot != nil && p.hot[i]), append(places, i)
	}
	if p.hot == nil {
		hot = nil
	}
	return texts, hot, places
}

// went yields the blocks that Prune took.
func (p *Page) went() iter.Seq[int] {
	return func(yield func(int) bool) {
		if p == nil {
			return
		}
		for i, taken := range p.taken {
			if taken && !yield(i) {
				return
			}
		}
	}
}

// where tells where a block stands.
func (p *Page) where(i int) (at where) {
	own := p.all[p.owners[i]].node
	switch own.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		at |= headed
	}
	if own.DataAtom == atom.Button || own.DataAtom == atom.Input || attr(own, "role") == "button" {
		at |= pressed
	} else {
		for c := own.FirstChild; c != nil; c = c.NextSibling {
			if c.DataAtom == atom.A && c.Type == html.ElementNode && len(attr(c, "href")) > 1 && !strings.HasPrefix(attr(c, "href"), "javascript:") {
				at |= linked
			}
		}
	}
	for n := own; n != nil; n = n.Parent {
		switch n.DataAtom {
		case atom.Header, atom.Footer, atom.Nav:
			return at | framed
		}
	}
	return at
}

// spoken is the language that the page says it is in.
func spoken(p *Page) string {
	if p == nil {
		return ""
	}
	for n := range p.doc.ChildNodes() {
		if n.DataAtom == atom.Html {
			return attr(n, "lang")
		}
	}
	return ""
}

// noscripts gives what the page says to a browser without scripts.
func noscripts(doc *html.Node) []string {
	var list []string
	for n := range doc.Descendants() {
		if n.Type == html.TextNode && n.Parent != nil && n.Parent.DataAtom == atom.Noscript && !strings.Contains(n.Data, "<img") &&
			!strings.Contains(n.Data, "<iframe") && !strings.Contains(n.Data, "<link") && !strings.Contains(n.Data, "<style") && len(n.Data) < 2000 {
			if s := strings.TrimSpace(Untagged(n.Data)); s != "" {
				list = append(list, s)
			}
		}
	}
	return list
}

// Untagged drops tags from markup that was not parsed, and leaves a space for each.
func Untagged(s string) string {
	var b strings.Builder
	for {
		text, rest, ok := strings.Cut(s, "<")
		b.WriteString(text)
		if !ok {
			return b.String()
		}
		if _, s, ok = strings.Cut(rest, ">"); !ok {
			return b.String()
		}
		b.WriteByte(' ')
	}
}

func ended(s string) bool {
	s = strings.TrimRight(s, " \n\t\"'”’»)")
	for _, end := range []string{".", "!", "?", "…", "。", "！", "？", "।", "؟", "۔", ":"} {
		if strings.HasSuffix(s, end) {
			return true
		}
	}
	return false
}
