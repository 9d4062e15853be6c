package notice

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Prune takes consent notices and the placeholders of blocked embeds out of
// the tree, before extraction. Where a placeholder stood a comment names the
// provider. It never removes html, head, body, main or article, nor a node
// that holds much of the page's prose, unless all of that is the notice.
func Prune(doc *html.Node) []Removal {
	if doc == nil {
		return nil
	}
	return ReadPage(doc).Prune()
}

// Prune is the same for a page that was read.
func (p *Page) Prune() []Removal {
	c := &cutter{Page: p, x: words()}
	p.hot, p.taken = c.x.hot(p.texts), make([]bool, len(p.texts))
	for _, s := range c.listed {
		c.suspect(s)
	}
	c.unnamed()
	return c.removed
}

// A cutter takes notices out of one page.
type cutter struct {
	*Page
	x       *lexicon
	asked   int                 // bytes of text that names made us read
	above   map[*html.Node]bool // the h1 and what holds it
	removed []Removal
}

// patience is how much text the names of a page may make us read, nested as they are.
const patience = 1 << 20

// most is how much of the page's prose a node may hold that only its name speaks against.
const most = 40 // percent

func (c *cutter) suspect(s suspect) {
	if s.from >= s.to || c.taken[s.from] || c.holdsHeading(s.node) {
		return
	}
	texts := c.texts[s.from:s.to]
	size := 0
	for _, t := range texts {
		if len(t) >= 40 {
			size += len(t)
		}
	}
	if s.known && (size*100 <= c.prose*most || c.says(s.span)) {
		kind := "notice"
		if s.vendor.embed {
			kind = "placeholder"
		}
		c.take(s.node, s.span, kind, "vendor/"+s.vendor.tool)
		return
	}
	if !s.known && size <= 6000 && c.says(s.span) {
		rule := "name/" + name(s.node)
		kind := "notice"
		if heldBack(c.x, texts) {
			kind = "placeholder"
		}
		c.take(s.node, s.span, kind, rule)
	}
}

// name is what to call an element in a rule.
func name(n *html.Node) string {
	for _, key := range []string{"id", "class"} {
		for _, token := range strings.Fields(attr(n, key)) {
			if generic(token) {
				return token
			}
		}
	}
	if role := attr(n, "role"); role != "" {
		return role
	}
	return n.Data
}

// says tells whether texts, whose element a name or role speaks against, are a notice for the most part.
func (c *cutter) says(at span) bool {
	texts := c.texts[at.from:at.to]
	for _, s := range texts {
		c.asked += len(s)
	}
	if c.asked > patience {
		return false
	}
	t := newText(c.x, texts, c.hot[at.from:at.to], "")
	in, total := 0, 0
	for _, r := range t.runs() {
		if !t.decide(r, evidence{named: true}) {
			continue
		}
		for i := r.first; i <= r.last; i++ {
			in += t.at(i).words
		}
	}
	if in == 0 {
		n := t.wordsIn(0, len(t.list))
		return n > 0 && n <= 80 && c.x.mentions(strings.Join(texts, " ")) && !t.known()
	}
	for i := range t.list {
		if s := t.at(i); !c.x.buttons(t.blocks[s.block]) && !c.x.heading(t.blocks[s.block]) && !s.companion() {
			total += s.words
		}
	}
	return in*2 >= total
}

// unnamed looks for notices in what is left, by their words alone. Only whole
// blocks go; a notice glued to a paragraph is left to Blocks.
func (c *cutter) unnamed() {
	texts, hot, at := c.left()
	if lists := c.x.sheets(texts); lists != nil {
		for _, s := range lists {
			c.takeBlocks(c.grown(span{at[s.from], at[s.to-1] + 1}), "notice", "text/dialog")
		}
		texts, hot, at = c.left()
	}
	t := newText(c.x, texts, hot, "")
	for _, r := range t.runs() {
		first, last := t.list[r.first].block, t.list[r.last].block
		if r.first != t.begin[first] || r.last+1 != t.begin[last+1] || !t.decide(r, evidence{page: true}) {
			continue
		}
		size := 0
		for b := first; b <= last; b++ {
			size += len(texts[b])
		}
		if size > 2500 && size*100 > c.prose*most {
			continue
		}
		lang, kind := t.voice(r)
		rule := "text/consent"
		if lang != "" {
			rule += "-" + lang
		}
		c.takeBlocks(c.grown(span{at[first], at[last] + 1}), kind, rule)
	}
	c.prompts()
	if len(c.removed) == 0 && len(t.list) > 0 {
		c.foreign(t)
	}
}

// warm tells whether a text that Prune left may be of a notice.
func (p *Page) warm() bool {
	for i, hot := range p.hot {
		if hot && !p.taken[i] {
			return true
		}
	}
	return p.taken == nil
}

// left gives the texts that were not taken.
func (p *Page) left() (texts []string, hot []bool, at []int) {
	texts, hot, at = make([]string, 0, len(p.texts)), make([]bool, 0, len(p.texts)), make([]int, 0, len(p.texts))
	for i, s := range p.texts {
		if !p.taken[i] {
			texts, hot, at = append(texts, s), append(hot, p.hot[i]), append(at, i)
		}
	}
	return texts, hot, at
}

// foreign looks, in a page of a language without a lexicon, for a small box
// with the word for cookies and a button.
func (c *cutter) foreign(t *text) {
	asked := false
	for i := range c.texts {
		if s := c.texts[i]; c.taken[i] || !c.hot[i] || !ended(s) || wordCount(s) < 6 || !c.x.mentions(s) {
			continue
		}
		if !asked && t.known() {
			return
		}
		asked = true
		at := c.owners[i]
		n := c.all[at].node
		for range 3 {
			if e := &c.all[at]; e.node == n && n.DataAtom != atom.Input && !protected(n) && !c.holdsHeading(n) && c.boxed(e.span) {
				c.take(n, e.span, "notice", "text/foreign")
				break
			}
			if n = n.Parent; n == nil {
				break
			}
			if over := c.all[at].over; c.all[over].node == n {
				at = over
			}
		}
	}
}

func (c *cutter) boxed(s span) bool {
	words, button := 0, false
	for b := s.from; b < s.to && words <= 70; b++ {
		words += wordCount(c.texts[b])
		a := c.all[c.owners[b]].node.DataAtom
		button = button || a == atom.Button || a == atom.Input
	}
	return button && words <= 70
}

// takeBlocks removes the largest elements that hold nothing but the blocks of
// the span, which together are one notice.
func (c *cutter) takeBlocks(s span, kind, rule string) {
	first := len(c.removed)
	defer func() {
		for _, r := range c.removed[min(first+1, len(c.removed)):] {
			c.removed[first].Text += "\n" + r.Text
		}
		c.removed = c.removed[:min(first+1, len(c.removed))]
	}()
	for b := s.from; b < s.to; {
		if c.taken[b] {
			b++
			continue
		}
		i := c.owners[b]
		if !c.inside(i, s) {
			b++
			continue
		}
		for over := c.all[i].over; c.all[over].node == c.all[i].node.Parent && c.inside(over, s); over = c.all[i].over {
			i = over
		}
		e := &c.all[i]
		c.take(e.node, e.span, kind, rule)
		b = max(e.to, b+1)
	}
}

// inside tells whether the element may go and all its text lies in the span.
func (c *cutter) inside(i int32, s span) bool {
	e := &c.all[i]
	return e.from >= s.from && e.to <= s.to && e.from < e.to && !protected(e.node) && !c.holdsHeading(e.node)
}

// holdsHeading tells whether the page's h1 stands in the node.
func (c *cutter) holdsHeading(n *html.Node) bool {
	if c.above == nil {
		c.above = map[*html.Node]bool{}
		for h := c.heading; h != nil; h = h.Parent {
			c.above[h] = true
		}
	}
	return c.above[n]
}

// take removes an element and writes down what it said.
func (c *cutter) take(n *html.Node, s span, kind, rule string) {
	if n.Parent == nil {
		return
	}
	for b := s.from; b < s.to; b++ {
		c.taken[b] = true
	}
	c.removed = append(c.removed, Removal{Kind: kind, Rule: rule, Text: strings.Join(c.texts[s.from:s.to], "\n")})
	if kind == "placeholder" {
		if mark := marker(n); mark != "" {
			n.Parent.InsertBefore(&html.Node{Type: html.CommentNode, Data: mark}, n)
		}
	} else {
		c.pruned = append(c.pruned, c.removed[len(c.removed)-1].Text)
	}
	n.Parent.RemoveChild(n)
}
