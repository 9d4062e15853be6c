package notice

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// pruned begins the comment that stands where a notice stood: Wall, which is
// asked later, still has to know what the page said.
const pruned = "pressmark:notice "

// Prune takes consent notices and the placeholders of blocked embeds out of
// the tree, before extraction. A comment node stays in their place: with the
// words of a notice, with the provider of an embed. It never removes html, head, body, main or article, nor a node
// that holds much of the page's prose, unless all of that is the notice.
func Prune(doc *html.Node) []Removal {
	if doc == nil {
		return nil
	}
	c := &cutter{page: readPage(doc), x: words()}
	c.taken = make([]bool, len(c.texts))
	c.above = map[*html.Node]bool{}
	for h := c.heading; h != nil; h = h.Parent {
		c.above[h] = true
	}
	for _, s := range c.listed {
		c.suspect(s)
	}
	c.unnamed()
	return c.removed
}

// A cutter takes notices out of one page.
type cutter struct {
	*page
	x       *lexicon
	taken   []bool              // by block
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
	if s.known && (size*100 <= c.prose*most || c.says(texts)) {
		kind := "notice"
		if s.vendor.embed {
			kind = "placeholder"
		}
		c.take(s.node, s.span, kind, "vendor/"+s.vendor.tool)
		return
	}
	if !s.known && size <= 6000 && c.says(texts) {
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
func (c *cutter) says(texts []string) bool {
	for _, s := range texts {
		c.asked += len(s)
	}
	if c.asked > patience {
		return false
	}
	t := newText(c.x, texts, "")
	in, total := 0, 0
	for _, r := range t.runs() {
		if !t.decide(r, evidence{named: true}) {
			continue
		}
		for i := r.first; i <= r.last; i++ {
			in += t.list[i].words
		}
	}
	if in == 0 {
		n := t.wordsIn(0, len(t.list))
		return n > 0 && n <= 80 && c.x.mentions(strings.Join(texts, " ")) && !t.known()
	}
	for i := range t.list {
		if s := &t.list[i]; !c.x.buttons(t.blocks[s.block]) && !c.x.heading(t.blocks[s.block]) && !s.companion() {
			total += s.words
		}
	}
	return in*2 >= total
}

// unnamed looks for notices in what is left, by their words alone. Only whole
// blocks go; a notice glued to a paragraph is left to Blocks.
func (c *cutter) unnamed() {
	var texts []string
	var at []int
	for i, s := range c.texts {
		if !c.taken[i] {
			texts, at = append(texts, s), append(at, i)
		}
	}
	t := newText(c.x, texts, "")
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
		c.takeBlocks(span{at[first], at[last] + 1}, kind, rule)
	}
	if len(c.removed) == 0 && len(t.list) > 0 && !t.known() {
		c.foreign()
	}
}

// foreign looks, in a page of a language without a lexicon, for a small box
// with the word for cookies and a button.
func (c *cutter) foreign() {
	for i := range c.texts {
		if s := c.texts[i]; c.taken[i] || !ended(s) || wordCount(s) < 6 || !c.x.mentions(s) {
			continue
		}
		n := c.owners[i]
		for range 3 {
			if s, ok := c.spans[n]; ok && !protected(n) && !c.holdsHeading(n) && c.boxed(s) {
				c.take(n, s, "notice", "text/foreign")
				break
			}
			if n = n.Parent; n == nil {
				break
			}
		}
	}
}

func (c *cutter) boxed(s span) bool {
	words, button := 0, false
	for b := s.from; b < s.to && words <= 70; b++ {
		words += wordCount(c.texts[b])
		button = button || c.owners[b].DataAtom == atom.Button || c.owners[b].DataAtom == atom.Input
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
		n := c.owners[b]
		if !c.inside(n, s) {
			b++
			continue
		}
		for n.Parent != nil && c.inside(n.Parent, s) {
			n = n.Parent
		}
		r, ok := c.spans[n]
		if !ok { // an input
			r = span{b, b + 1}
		}
		c.take(n, r, kind, rule)
		b = max(r.to, b+1)
	}
}

// inside tells whether the element may go and all its text lies in the span.
func (c *cutter) inside(n *html.Node, s span) bool {
	if protected(n) || c.holdsHeading(n) {
		return false
	}
	r, ok := c.spans[n]
	if !ok {
		return n.DataAtom == atom.Input
	}
	return r.from >= s.from && r.to <= s.to && r.from < r.to
}

func (c *cutter) holdsHeading(n *html.Node) bool { return c.above[n] }

// take removes an element and writes down what it said.
func (c *cutter) take(n *html.Node, s span, kind, rule string) {
	if n.Parent == nil {
		return
	}
	for b := s.from; b < s.to; b++ {
		c.taken[b] = true
	}
	c.removed = append(c.removed, Removal{Kind: kind, Rule: rule, Text: strings.Join(c.texts[s.from:s.to], "\n")})
	mark := pruned + c.removed[len(c.removed)-1].Text
	if kind == "placeholder" {
		mark = marker(n)
	}
	if mark != "" {
		n.Parent.InsertBefore(&html.Node{Type: html.CommentNode, Data: mark}, n)
	}
	n.Parent.RemoveChild(n)
}
