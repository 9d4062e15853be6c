package extract

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// captions drops the line that shares a box with a picture and with nothing
// else: what stands under pictures is set so whatever its names are. Where much
// of the text is set so, boxes with pictures are how the page tells its story.
func (t *trimmer) captions() {
	var found []int
	prose := 0
	for i := range t.in {
		p := t.at(i)
		if t.gone[i] != 0 {
			continue
		}
		if p.weight > 0 {
			prose++
		}
		if p.kind == Paragraph && p.runes <= 160 && p.linked*2 <= p.runes && t.o.pictured(t.in[i]) {
			found = append(found, i)
		}
	}
	if len(found)*3 > prose {
		return
	}
	for _, i := range found {
		t.drop(i, captionMark, "picture")
	}
}

// pictured tells whether a piece stands in a box with a picture. It looks a few
// elements up, as far as they hold no other text.
func (o *outline) pictured(i int) bool {
	at, box := o.pieces[i].in, int32(-1)
	for range 4 {
		if at < 0 {
			break
		}
		e := &o.elements[at]
		if e.last-e.first > 1 || e.tag == atom.Td || e.tag == atom.Li || e.tag == atom.Article || e.tag == atom.Body {
			break
		}
		if e.tag != atom.P {
			box = at
		}
		at = e.parent
	}
	return box >= 0 && picture(o.elements[box].node)
}

// picture looks for a picture among the first few nodes in n.
func picture(n *html.Node) bool {
	at := n
	for range 40 {
		switch {
		case at.FirstChild != nil:
			at = at.FirstChild
		default:
			for at != n && at.NextSibling == nil {
				at = at.Parent
			}
			if at == n {
				return false
			}
			at = at.NextSibling
		}
		switch at.DataAtom {
		case atom.Img, atom.Picture, atom.Video, atom.Iframe:
			return true
		}
	}
	return false
}
