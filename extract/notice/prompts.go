package notice

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A prompt is a small box of a few words and a button: the shape of a notice in
// any language and wording. The words need say little then, but what is stored
// or held back, and that it is the reader's to decide.

const (
	promptWords = 90 // in the box of a notice
	heldWords   = 45 // in that of an embed held back
	promptLabel = 7  // words on a button
	promptBytes = 120
	promptRest  = 200 // bytes of prose around it
)

// prompts takes the boxes around buttons that were left, where their words allow it.
func (c *cutter) prompts() {
	if !slices.Contains(c.hot, true) {
		return
	}
	looks := 200
	for b := range c.texts {
		if c.taken[b] || !c.pressed(b) {
			continue
		}
		if looks--; looks < 0 {
			return
		}
		if box, ok := c.prompt(b); ok {
			texts := c.texts[box.from:box.to]
			if !slices.Contains(c.hot[box.from:box.to], true) {
				continue
			}
			if kind := c.asks(texts); kind != "" && c.aside(box) {
				c.takeBlocks(box, kind, "text/prompt")
			}
		}
	}
}

// pressed tells a block that is a button or looks like one to a reader.
func (c *cutter) pressed(b int) bool {
	n, text := c.all[c.owners[b]].node, c.texts[b]
	if len(text) > promptBytes {
		return false
	}
	button := false
	switch n.DataAtom {
	case atom.Button:
		button = attr(n, "aria-expanded") == "" && attr(n, "aria-controls") == "" // such a one opens what stands below it
	case atom.Input:
		button = true
	default:
		button = attr(n, "role") == "button"
		for a := n.FirstChild; a != nil && !button; a = a.NextSibling {
			if a.Type == html.ElementNode {
				button = leadsNowhere(a) && text == strings.TrimSpace(textIn(a))
				break
			}
		}
	}
	return button && wordCount(text) <= promptLabel
}

// leadsNowhere tells a link that only a script makes something of.
func leadsNowhere(n *html.Node) bool {
	if n.DataAtom != atom.A {
		return n.DataAtom == atom.Button || attr(n, "role") == "button"
	}
	href := strings.TrimSpace(attr(n, "href"))
	return href == "" || href == "#" || strings.HasPrefix(href, "javascript:") || attr(n, "role") == "button"
}

// textIn is the text of an element that holds little, with single spaces.
func textIn(n *html.Node) string {
	var buf []byte
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			if buf = squeeze(buf, d.Data); len(buf) > 200 {
				break
			}
		}
	}
	return string(buf)
}

// prompt is the largest box around a button that has some text above the button and is small.
func (c *cutter) prompt(b int) (box span, ok bool) {
	i := c.owners[b]
	for range 6 {
		e := &c.all[i]
		if protected(e.node) || c.holdsHeading(e.node) || e.to-e.from > 16 {
			break
		}
		words, above := 0, false
		for k := e.from; k < e.to && words <= promptWords; k++ {
			n := wordCount(c.texts[k])
			words += n
			above = above || k < b && n >= 3 && !c.pressed(k)
		}
		if words > promptWords {
			break
		}
		if above {
			box, ok = e.span, true
		}
		if e.over == i {
			break
		}
		i = e.over
	}
	return box, ok
}

// asks reads the texts of a box for what prompts ask, and tells the kind.
func (c *cutter) asks(texts []string) string {
	var m marks
	words := 0
	for _, s := range texts {
		if quotes(s) {
			return ""
		}
		c.x.read(fold(nil, s), &m)
		words += wordCount(s)
	}
	decides := m.in[act] | m.in[assent] | m.in[held]
	speaks := m.in[voice] | m.in[site] | m.in[you]
	told := m.in[report]
	if one := (m.in[storage] | m.in[device]&m.in[act]&(m.in[purpose]|m.in[policy])) & decides & speaks; one&^told != 0 {
		return "notice"
	}
	if one := m.in[provider] & decides & (m.in[embedded] | m.in[held] | m.in[you]); one&^told != 0 && words <= heldWords {
		return "placeholder"
	}
	return ""
}

// aside tells that the box is not what the page is about: there is prose
// outside of it, and none of that names what is stored.
func (c *cutter) aside(box span) bool {
	rest := 0
	for b, s := range c.texts {
		if c.taken[b] || b >= box.from && b < box.to {
			continue
		}
		if len(s) >= 40 {
			rest += len(s)
			if c.hot[b] && c.x.stores(s) {
				return false
			}
		}
	}
	return rest >= promptRest
}

// stores tells whether a text names what is stored, in any language.
func (x *lexicon) stores(s string) bool {
	var m marks
	x.read(fold(nil, s), &m)
	return m.in[storage] != 0
}
