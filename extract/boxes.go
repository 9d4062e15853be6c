package extract

import "golang.org/x/net/html/atom"

// cutNext finds the stories that a page goes on with for readers who scroll:
// articles after the first one, each with a main headline of its own.
func (o *outline) cutNext() {
	if o.titleAt < 0 || o.pieces[o.titleAt].kind != Heading || o.pieces[o.titleAt].level != 1 {
		return
	}
	own := o.within(o.pieces[o.titleAt].in, atom.Article)
	if own < 0 {
		return
	}
	above := 0 // prose of the story before
	at := o.titleAt
	for i := range o.elements {
		e := &o.elements[i]
		if e.tag != atom.Article || e.cut != 0 || e.first < o.elements[own].last || e.prose < 200 {
			continue
		}
		for ; at < int(e.first); at++ {
			above += o.pieces[at].weight
		}
		if above < 400 || !o.headed(e) {
			continue
		}
		e.cut, e.word = relatedMark, "next"
		for j := i + 1; j < len(o.elements) && o.elements[j].first < e.last; j++ {
			o.elements[j].cut |= relatedMark
		}
	}
}

// headed tells whether an article begins with a main headline.
func (o *outline) headed(e *element) bool {
	for i := e.first; i < e.last; i++ {
		switch p := &o.pieces[i]; {
		case p.kind == Heading && p.level == 1:
			return true
		case p.weight > 0:
			return false
		}
	}
	return false
}

// cutForms takes what stands in one box with a form: the few lines that ask a
// reader to sign up, vote or search.
func (o *outline) cutForms(total int) {
	for i := range o.elements {
		if o.elements[i].tag != atom.Form {
			continue
		}
		box := int32(-1)
		for at := o.elements[i].parent; at >= 0; at = o.elements[at].parent {
			e := &o.elements[at]
			if e.cut != 0 || e.tag == atom.Article || e.tag == atom.Main || e.tag == atom.Body || e.last-e.first > 12 ||
				e.prose > 350 || e.prose*100 > total*10 || o.tabular(e) || o.titleAt >= int(e.first) && o.titleAt < int(e.last) {
				break
			}
			box = at
		}
		if box < 0 {
			continue
		}
		e := &o.elements[box]
		e.cut, e.word = newsletterMark, "form"
		for j := box + 1; int(j) < len(o.elements) && o.elements[j].first < e.last; j++ {
			o.elements[j].cut |= newsletterMark
		}
	}
}

// tabular tells whether an element holds rows of a table.
func (o *outline) tabular(e *element) bool {
	for i := e.first; i < e.last; i++ {
		if o.pieces[i].kind == Row {
			return true
		}
	}
	return false
}
