package extract

import (
	"sort"

	"golang.org/x/net/html/atom"
)

// A candidate is a set of elements, apart from each other and in reading order, that may hold the article.
type candidate struct {
	name  string
	roots []int32
	clean int
	from  int32 // the first piece, when text between headline and roots belongs to it; else -1
	top   int32 // pieces before it stand above the headline, and are not the article's
}

// density goes from the page inwards as long as one child holds nearly all the
// prose that its parent holds.
func (o *outline) density() candidate {
	heavy := make([]int32, len(o.elements))
	for i := range heavy {
		heavy[i] = -1
	}
	for i := len(o.elements) - 1; i > 0; i-- {
		e := &o.elements[i]
		if e.cut != 0 || e.parent < 0 {
			continue
		}
		if h := heavy[e.parent]; h < 0 || e.clean >= o.elements[h].clean {
			heavy[e.parent] = int32(i)
		}
	}
	at := int32(0)
	for {
		next := heavy[at]
		if next < 0 || o.elements[next].clean*100 < o.elements[at].clean*80 || leafTag(o.elements[next].tag) {
			return candidate{name: "density", roots: []int32{at}, clean: o.elements[at].clean}
		}
		at = next
	}
}

// leafTag names the elements that hold a paragraph, not an article.
func leafTag(a atom.Atom) bool {
	switch a {
	case atom.P, atom.Li, atom.Blockquote, atom.Pre, atom.H1, atom.H2, atom.H3, atom.Ul, atom.Ol, atom.Span, atom.A, atom.Dd, atom.Dl:
		return true
	}
	return false
}

// semantic gives, for every name or tag that marks an article's text, the elements that bear it.
func (o *outline) semantic() []candidate {
	groups := map[string]*candidate{}
	var order []string
	for i := range o.elements {
		e := &o.elements[i]
		if e.cut != 0 || e.clean == 0 || leafTag(e.tag) {
			continue
		}
		name := ""
		switch {
		case e.marks&bodyMark != 0 && e.tag != atom.Body && e.tag != atom.Html:
			name = "named " + bodyName(e.node)
		case e.tag == atom.Article:
			name = "article"
		case e.tag == atom.Main || attribute(e.node, "role") == "main":
			name = "main"
		default:
			continue
		}
		g := groups[name]
		if g == nil {
			g = &candidate{name: name}
			groups[name] = g
			order = append(order, name)
		}
		if n := len(g.roots); n > 0 && e.first < o.elements[g.roots[n-1]].last {
			continue // inside one that bears the same name
		}
		g.roots = append(g.roots, int32(i))
		g.clean += e.clean
	}
	var out []candidate
	for _, name := range order {
		g := groups[name]
		o.oneStory(g)
		out = append(out, *g)
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].clean > out[j].clean })
	return out
}

// judge chooses where the article is, and how far before that it begins.
func (o *outline) judge() candidate {
	c := o.held(o.chosen())
	c.from = -1
	first := o.elements[c.roots[0]].first
	c.top = o.above(c)
	between, start := 0, -1
	for i := o.titleAt + 1; o.titleAt >= 0 && i < int(first); i++ {
		if p := &o.pieces[i]; p.in >= 0 && o.elements[p.in].cut == 0 {
			between += p.weight
			if p.weight >= 80 && start < 0 {
				start = i
			}
		}
	}
	if start >= 0 && between <= c.clean {
		c.from = int32(start)
	}
	o.trace.chooses(c)
	return c
}

// chosen is the best of the candidates.
func (o *outline) chosen() candidate {
	best := o.weighed()
	if o.anchor == nil {
		return best
	}
	c := o.around()
	o.trace.looksAt(c)
	if c.clean > 0 && o.stated(c) > o.stated(best)*5/4 {
		return c
	}
	return best
}

// stated is the weight of the text in a candidate that the page states to be the article's.
func (o *outline) stated(c candidate) int {
	sum := 0
	for _, r := range c.roots {
		for i := o.elements[r].first; i < o.elements[r].last; i++ {
			if o.anchor.states(int(i)) && o.elements[o.pieces[i].in].cut == 0 {
				sum += o.pieces[i].weight
			}
		}
	}
	return sum
}

// around is the smallest element that holds nearly all text that is stated to be the article's.
func (o *outline) around() candidate {
	sums := make([]int, len(o.elements))
	total := 0
	for i := range o.pieces {
		if p := &o.pieces[i]; p.in >= 0 && o.anchor.states(i) {
			sums[p.in] += p.weight
			total += p.weight
		}
	}
	for i := len(sums) - 1; i > 0; i-- {
		if p := o.elements[i].parent; p >= 0 {
			sums[p] += sums[i]
		}
	}
	at := -1
	for i := range sums { // an inner element comes after the outer
		if sums[i]*100 >= total*90 && !leafTag(o.elements[i].tag) {
			at = i
		}
	}
	if at < 0 || total == 0 {
		return candidate{}
	}
	return candidate{name: "stated", roots: []int32{int32(at)}, clean: o.elements[at].clean}
}

// weighed chooses by weight and by what elements are called.
func (o *outline) weighed() candidate {
	base := o.density()
	best := base
	o.trace.looksAt(base)
	for _, c := range o.semantic() {
		o.trace.looksAt(c)
		switch {
		case c.clean*100 < base.clean*60:
			continue
		case o.headlined() && int(o.elements[c.roots[len(c.roots)-1]].last) <= o.titleAt:
			continue // no article stands above its headline
		case c.name == "article" && len(c.roots) > 1:
			big := c.roots[0] // one article among teasers, or a list of them
			for _, r := range c.roots {
				if o.elements[r].clean > o.elements[big].clean {
					big = r
				}
			}
			own := int32(-1) // the one under this headline
			for _, r := range c.roots {
				if e := &o.elements[r]; o.titleAt >= int(e.first) && o.titleAt < int(e.last) {
					own = r
				}
			}
			switch {
			case own >= 0 && o.elements[own].clean >= 250 && o.elements[own].clean*5 >= base.clean:
				c.roots, c.clean = []int32{own}, o.elements[own].clean
				return c
			case o.elements[big].clean*100 < c.clean*60:
				continue
			}
			c.roots, c.clean = []int32{big}, o.elements[big].clean
			if c.clean*100 < base.clean*60 {
				continue
			}
		}
		if c.clean <= best.clean && (c.clean*100 >= best.clean*70 || best.name == "density") {
			best = c
		}
	}
	if best.name == base.name {
		return o.narrow(best)
	}
	return best
}
