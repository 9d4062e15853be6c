package extract

import (
	"bytes"
	"hash/maphash"
	"sync"

	"pressmark/extract/meta"
	"pressmark/extract/notice"
)

// A classSpan is where the class of the tag stands that is being read.
type classSpan struct {
	from, to int
	out      int  // where it comes to stand in what cut gives; -1 when there is none
	kept     bool // it stays
}

// weighClass looks at an attribute of an element within a line. Where it is a
// class that says nothing to anybody, and nothing else makes the element one
// that anybody looks at, hush leaves it out.
func (c *cutter) weighClass(class *classSpan, a attr, gap, end int) {
	switch {
	case !equal(a.name, "class"):
		class.kept = !oneOf(a.name, "href", "src", "alt", "type", "name", "value", "aria-label", "data-src")
	case class.out >= 0, end >= len(c.page), !ends(c.page[end]), c.page[gap-1] == '/', c.asks != nil, !c.quiet(a.value):
		class.kept = true
	default:
		class.from, class.to, class.out = gap, end, len(c.out)+gap-c.from
	}
}

// hush leaves the class out.
func (c *cutter) hush(class classSpan) {
	switch {
	case class.kept || class.out < 0:
	case c.from <= class.from:
		c.drop(class.from, class.to)
	default: // it is written already
		c.out = append(c.out[:class.out], c.out[class.out+class.to-class.from:]...)
	}
}

// A quietBook remembers which classes say nothing.
type quietBook struct {
	seed  maphash.Seed
	slots [2048]struct {
		key   uint64 // hash of the class
		quiet bool
	}
}

var quietBooks = sync.Pool{New: func() any { return &quietBook{seed: maphash.MakeSeed()} }}

func (c *cutter) quiet(class []byte) bool {
	if len(class) > 300 {
		return false
	}
	if c.classes == nil {
		c.classes = quietBooks.Get().(*quietBook)
	}
	key := maphash.Bytes(c.classes.seed, class)
	slot := &c.classes.slots[key%uint64(len(c.classes.slots))]
	if slot.key != key {
		slot.key, slot.quiet = key, saysNothing(class)
	}
	return slot.quiet
}

// saysNothing tells a class that nobody reads.
func saysNothing(class []byte) bool {
	if bytes.IndexByte(class, '&') >= 0 || bytes.IndexByte(class, 0) >= 0 || bytes.IndexByte(class, '\r') >= 0 {
		return false
	}
	s := string(class)
	return names(s).marks == 0 && meta.Unnamed(s) && notice.Unnamed(s)
}
