package extract

import (
	"bytes"
	"slices"
	"sync"

	"pressmark/extract/filter"
)

// cut leaves out of a page what no reader sees and no rule asks for, so that
// the parser need not build it: comments, scripts that are not JSON, styles,
// drawings, links to them, attributes of design and behaviour, and white space
// beside block tags. It reads tags as the parser's tokenizer does,
// and from the first place where that depends on the tree (mathematics,
// drawings with HTML inside, plaintext) it leaves the page as it is.
//
// The tree of what it gives is the tree of the page without those; FuzzCut
// holds it to that.
func cut(page, out []byte) []byte { return cutFor(nil, page, out) }

// cutFor is cut, and leaves the attributes that filters ask for.
func cutFor(filters *filter.Set, page, out []byte) []byte {
	c := cutter{page: page, asks: filters, out: slices.Grow(out[:0], len(page))}
	whole := !c.run()
	if c.classes != nil {
		quietBooks.Put(c.classes)
	}
	if whole {
		return page
	}
	return append(c.out, page[c.from:]...)
}

// A cutter walks over the tags of one page.
type cutter struct {
	page    []byte
	out     []byte
	asks    *filter.Set // for attributes; nil when nobody does
	classes *quietBook  // while it is needed
	from    int         // what is before is in out, or left out
	last    int         // end of the last tag; -1 when text that is read stands behind it

	beside  bool      // the last tag is one that white space beside it says nothing
	pre     int       // open elements that keep white space
	opened  [64]int32 // elements by number that begin and have not ended
	open    int       // those of formatting
	twisted bool      // formatting may come back where no tag of it stands: white space stays
	drawn   bool      // a drawing has been emptied
	body    bool      // the head is over
	begun   bool      // there was a tag

	before, beforeFrom int // len(out) and from before the tag that was read last
}

// pages are buffers for what cut gives. The parser copies all it keeps.
var pages = sync.Pool{New: func() any { return new([]byte) }}

// most of a buffer that is kept for the next page.
const keptPage = 1 << 20

// run goes over the page; false when it must stay as it is.
func (c *cutter) run() bool {
	at := 0
	for at >= 0 {
		next := bytes.IndexByte(c.page[at:], '<')
		if next < 0 || at+next+1 >= len(c.page) {
			break
		}
		at += next
		switch b := c.page[at+1]; {
		case letter(b):
			t, end := c.tag(at, true)
			if end < 0 {
				return true
			}
			if t.flags&frameset != 0 && c.drawn { // the parser asks whether there was text before
				return false
			}
			at = c.opening(t, at, end)
		case b == '/' && at+2 < len(c.page) && letter(c.page[at+2]):
			t, end := c.tag(at, false)
			if end < 0 {
				return true
			}
			c.closing(t, end)
			at = end
		case b == '!' || b == '?' || b == '/':
			at = c.declaration(at)
		default:
			at++
			c.last = -1
		}
	}
	return true
}

// breaks tells whether white space beside the tag says nothing: it begins or
// ends a block, and the parser will heed it; before the body, any of the head's does.
func (c *cutter) breaks(t tag, start bool) bool {
	switch {
	case !c.body && t.flags&top != 0:
		return true
	case t.flags&block == 0:
		return false
	case !start:
		return c.opened[t.number] > 0
	case t.flags&once != 0:
		return c.opened[t.number] == 0
	case t.flags&cell != 0:
		return c.opened[tableNumber] > 0
	}
	return true
}

// apart tells whether what begins at at may be left out whole: the text before
// it and the text behind it make neither a tag nor an entity together.
func (c *cutter) apart(at int) bool {
	return at == 0 || c.page[at-1] == '>' || blankByte(c.page[at-1])
}

// leave leaves out the element that begins at at with the tag that was read last.
func (c *cutter) leave(at, end int) {
	c.out, c.from = c.out[:c.before], c.beforeFrom
	c.drop(at, end)
	c.last = end
}

// drop leaves a stretch out.
func (c *cutter) drop(from, to int) {
	if from < to {
		c.out = append(c.out, c.page[c.from:from]...)
		c.from = to
	}
}

// space drops the white space between the last tag and the one at at, if one of
// the two begins or ends a block.
func (c *cutter) space(at int, beside bool) {
	if c.last >= 0 && c.last < at && (beside || c.beside) && c.open == 0 && c.pre == 0 && !c.twisted && allBlank(c.page[c.last:at]) {
		c.drop(c.last, at)
	}
}

func allBlank(s []byte) bool {
	for _, b := range s {
		if !blankByte(b) {
			return false
		}
	}
	return true
}

// opening handles a start tag and gives where to go on; -1 to leave the rest as it is.
func (c *cutter) opening(t tag, at, end int) int {
	if t.unread && c.begun && c.apart(at) {
		c.leave(at, end)
		return end
	}
	beside := c.beside && c.last >= 0 && allBlank(c.page[c.last:at])
	c.last, c.beside = end, c.breaks(t, true)
	c.body = c.body || t.flags&top == 0
	c.opened[t.number]++
	c.begun = c.begun || t.flags&(raw|foreign) == 0
	if t.flags&marker != 0 && c.open > 0 {
		c.twisted = true
	}
	switch {
	case t.flags&format != 0:
		c.open++
	case t.flags&keeps != 0:
		c.pre++
	case t.flags&foreign != 0:
		c.beside = beside
		return c.drawing(t, at, end)
	case t.flags&raw != 0:
		c.beside = beside
		return c.rawText(t, at, end)
	}
	return end
}

func (c *cutter) closing(t tag, end int) {
	c.last, c.beside = end, c.breaks(t, false)
	c.body = c.body || t.flags&top == 0
	known := c.opened[t.number] > 0
	if known {
		c.opened[t.number]--
	}
	switch {
	case t.flags&format != 0:
		if known {
			c.open--
		}
	case t.flags&keeps != 0 && c.pre > 0:
		c.pre--
	}
}

// declaration handles what begins as a comment, a doctype or an instruction.
func (c *cutter) declaration(at int) int {
	rest := c.page[at:]
	if bytes.HasPrefix(rest, []byte("<!--")) {
		end := at + commentEnd(rest)
		if c.last >= 0 {
			c.beside = c.beside && allBlank(c.page[c.last:at])
			c.space(at, false)
		}
		if c.apart(at) {
			c.drop(at, end)
		} else if bytes.HasSuffix(c.page[at+4:end], []byte("-->")) {
			c.drop(at+4, end-3)
		}
		c.last = end
		return end
	}
	c.last = -1
	end := bytes.IndexByte(rest, '>')
	if end < 0 {
		return -1
	}
	return at + end + 1
}

// commentEnd is where a comment that begins the text ends.
func commentEnd(s []byte) int {
	at := len("<!--")
	if len(s) > at && s[at] == '>' {
		return at + 1
	}
	if bytes.HasPrefix(s[at:], []byte("->")) {
		return at + 2
	}
	for {
		n := bytes.Index(s[at:], []byte("--"))
		if n < 0 {
			return len(s)
		}
		at += n + 2
		for at < len(s) && s[at] == '-' {
			at++
		}
		if at < len(s) && s[at] == '>' {
			return at + 1
		}
		if at+1 < len(s) && s[at] == '!' && s[at+1] == '>' {
			return at + 2
		}
	}
}

// rawText handles an element whose content is no markup.
func (c *cutter) rawText(t tag, at, end int) int {
	if t.is("plaintext") {
		return -1
	}
	var stop int
	if t.is("script") {
		stop = scriptEnd(c.page[end:])
	} else {
		stop = rawEnd(c.page[end:], t.name)
	}
	if stop += end; stop >= len(c.page) { // an unclosed one is the rest of the page
		return -1
	}
	begun, before, from := c.begun, c.before, c.beforeFrom
	c.begun = true
	c.last = -1
	next := tagEnd(c.page, stop+2+len(t.name))
	if next < 0 {
		return -1
	}
	if t.is("style") || t.is("script") && !t.json {
		if begun && c.apart(at) {
			c.before, c.beforeFrom = before, from
			c.leave(at, next)
			return next
		}
		c.drop(end, stop)
	}
	c.last, c.beside = next, !c.body && t.flags&top != 0
	return next
}

// rawEnd is where the end tag of that name begins.
func rawEnd(s, name []byte) int {
	for at := 0; ; {
		n := bytes.Index(s[at:], []byte("</"))
		if n < 0 {
			return len(s)
		}
		at += n
		if closes(s[at:], name) {
			return at
		}
		at += 2
	}
}

// closes tells whether an end tag of that name begins the text.
func closes(s, name []byte) bool {
	n := 2 + len(name)
	return len(s) > n && ends(s[n]) && bytes.EqualFold(s[2:n], name)
}

func ends(b byte) bool { return b <= ' ' && blankByte(b) || b == '/' || b == '>' }

func blankByte(b byte) bool { return b == ' ' || b == '\n' || b == '\t' || b == '\r' || b == '\f' }

func letter(b byte) bool { return 'a' <= b|0x20 && b|0x20 <= 'z' }

var scriptName = []byte("script")

// scriptEnd is where the end tag of a script begins. In a comment within it,
// which old pages have for browsers older still, a script may hold another.
func scriptEnd(s []byte) int {
	const data, escaped, doubled = 0, 1, 2
	state := data
	for at := 0; at < len(s); {
		n := bytes.IndexAny(s[at:], "<-")
		if state == data {
			n = bytes.IndexByte(s[at:], '<')
		}
		if n < 0 {
			break
		}
		at += n
		rest := s[at:]
		switch {
		case rest[0] == '-':
			if bytes.HasPrefix(rest, []byte("-->")) {
				state = data
				at += 3
				continue
			}
			at++
		case len(rest) < 2:
			return len(s)
		case rest[1] == '/' && closes(rest, scriptName):
			if state != doubled {
				return at
			}
			state = escaped
			at += len("</script>")
		case state == data && bytes.HasPrefix(rest, []byte("<!--")):
			state = escaped
			at += 2 // "<!-->" ends at once
		case state == escaped && rest[1] != '/' && !letter(rest[1]):
			state = data // as the parser's tokenizer has it
			at++
		case state == escaped && len(rest) > 7 && bytes.EqualFold(rest[1:7], scriptName) && ends(rest[7]):
			state = doubled
			at += 8
		default:
			at++
		}
	}
	return len(s)
}
