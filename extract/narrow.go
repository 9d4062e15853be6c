package extract

// narrow takes a step from a page's element to the box of the article, where no
// name or tag says which it is: the box in or below the headline whose prose
// stands in one flow, when what is around it is set otherwise, as the voices of
// customers, the next story and the words in the page's foot are.
func (o *outline) narrow(c candidate) candidate {
	if o.titleAt < 0 || !o.shown {
		return c
	}
	for range 4 {
		box := o.flowBox(c.roots[0])
		if box < 0 {
			break
		}
		c.roots, c.clean = []int32{box}, o.elements[box].clean
	}
	return c
}

// flowBox is the element right in root that narrow steps to; -1 when there is none.
func (o *outline) flowBox(root int32) int32 {
	e := &o.elements[root]
	sums := map[int32]int{} // of prose, by the element that it stands right in
	flow, most := int32(-1), 0
	for i := max(int(e.first), o.titleAt); i < int(e.last); i++ {
		p := &o.pieces[i]
		if p.weight == 0 || o.elements[p.in].cut != 0 {
			continue
		}
		in := o.elements[p.in].parent
		if sums[in] += p.weight; sums[in] > most {
			flow, most = in, sums[in]
		}
	}
	if flow < 0 || most < 600 || most*2 < e.clean {
		return -1
	}
	box := flow
	for box > 0 && o.elements[box].parent != root {
		box = o.elements[box].parent
	}
	b := &o.elements[box]
	if box <= 0 || box == root || most*4 < b.clean*3 || o.titleAt >= int(b.last) {
		return -1
	}
	for i := max(int(e.first), o.titleAt); i < int(e.last); i++ {
		p := &o.pieces[i]
		switch {
		case i >= int(b.first) && i < int(b.last) || o.elements[p.in].cut != 0:
		case i > o.titleAt && p.kind == Heading && p.level == 1 && i >= int(b.last):
			return box // another story begins
		case p.weight == 0:
		case i < int(b.first):
			return -1 // text between headline and box
		case o.elements[p.in].parent == root, o.alikeBuilt(o.elements[p.in].parent, flow), o.alikePlaced(o.elements[p.in].parent, flow, root):
			return -1 // a section of the same text
		}
	}
	return box
}

// alikePlaced tells whether the same tags lead from root to both elements.
func (o *outline) alikePlaced(a, b, root int32) bool {
	for a != root && b != root && a > 0 && b > 0 {
		if o.elements[a].tag != o.elements[b].tag {
			return false
		}
		a, b = o.elements[a].parent, o.elements[b].parent
	}
	return a == b
}
