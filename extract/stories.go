package extract

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// bodyName is the part of an element's names that says that it holds the text.
func bodyName(n *html.Node) string {
	name := ""
	for _, token := range strings.Fields(attribute(n, "class")) {
		if len(name) < 200 && names(token).marks&bodyMark != 0 {
			name += token + " "
		}
	}
	if name == "" {
		name = attribute(n, "itemprop")
	}
	return name
}

// oneStory leaves a candidate the roots of one article: where they stand in
// several, those of the one that shows the headline. A page may go on with the
// next story.
func (o *outline) oneStory(c *candidate) {
	if len(c.roots) < 2 || c.name == "article" {
		return
	}
	var own int32 = -1
	for _, r := range c.roots {
		a := o.within(r, atom.Article)
		if a < 0 {
			return
		}
		if e := &o.elements[a]; o.titleAt >= int(e.first) && o.titleAt < int(e.last) {
			own = a
		}
	}
	if own < 0 {
		return
	}
	roots, clean := c.roots[:0], 0
	for _, r := range c.roots {
		if o.within(r, atom.Article) == own {
			roots = append(roots, r)
			clean += o.elements[r].clean
		}
	}
	c.roots, c.clean = roots, clean
}

// within is the nearest element of a tag that is e or around it; -1 when there is none.
func (o *outline) within(e int32, tag atom.Atom) int32 {
	for e >= 0 && o.elements[e].tag != tag {
		e = o.elements[e].parent
	}
	return e
}

// headlined tells whether the page shows its title as its one main heading.
func (o *outline) headlined() bool { return o.shown && o.heads == 1 && o.h1 == o.titleAt }

// above is the first piece of a candidate that does not stand above its headline.
func (o *outline) above(c candidate) int32 {
	t := o.titleAt
	if t <= int(o.elements[c.roots[0]].first) || o.pieces[t].kind != Heading || o.pieces[t].level > 2 {
		return 0
	}
	before, after, beside := 0, 0, 0
	holder := o.elements[o.pieces[t].in].parent
	for _, r := range c.roots {
		for i := o.elements[r].first; i < o.elements[r].last; i++ {
			if p := &o.pieces[i]; o.elements[p.in].cut != 0 {
			} else if int(i) >= t {
				after += p.weight
			} else if before += p.weight; p.weight > 0 && o.elements[p.in].parent == holder {
				beside++
			}
		}
	}
	if beside > 2 {
		return 0 // it is the heading of a section
	}
	if before*8 > after && (!o.headlined() || after < 400) {
		return 0 // headings of its sections are h1 too, and the headline is one of them
	}
	return int32(t)
}
