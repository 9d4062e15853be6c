package filter

// patience is how many steps matching may take on a page. Pages are made to
// be looked at, and some to make a matcher try all ways through them.
const patience = 1 << 20

// match tells whether a selector matches an element.
func (p *page) match(x *selector, at int32) bool { return p.matchPart(x, len(x.parts)-1, at) }

func (p *page) matchPart(x *selector, part int, at int32) bool {
	c, e := &x.parts[part], &p.elements[at]
	p.patience -= 1 + c.looks*int(e.end-at)
	if c.sibling && e.over >= 0 {
		p.patience -= int(p.elements[e.over].children)
	}
	if p.patience < 0 {
		return false
	}
	if c.match != nil && !c.match.Match(e.node) {
		return false
	}
	if part == 0 {
		return true
	}
	switch x.joins[part-1] {
	case '>':
		return e.over >= 0 && p.matchPart(x, part-1, e.over)
	case '+':
		return e.before >= 0 && p.matchPart(x, part-1, e.before)
	case '~':
		for at = e.before; at >= 0; at = p.elements[at].before {
			if p.matchPart(x, part-1, at) {
				return true
			}
		}
		return false
	}
	for at = e.over; at >= 0; at = p.elements[at].over {
		if p.matchPart(x, part-1, at) {
			return true
		}
	}
	return false
}
