package extract

import (
	"bytes"
	"strings"
)

// A tag is one that stands in the page.
type tag struct {
	name   []byte
	number uint8 // of those whose opening and closing is counted; 0 for any other
	flags  tagFlags
	json   bool // of a script: its content is data
	self   bool // it closes itself
	unread bool // a link or a meta element that nobody reads
}

// tagFlags are what the cutter has to know of a tag.
type tagFlags uint32

const (
	format  tagFlags = 1 << (iota + 4) // the parser opens it again in the next block
	block                              // white space beside it says nothing
	once                               // a second one is not heeded
	cell                               // it is heeded in tables only
	marker                             // formatting does not get out of it
	keeps                              // white space in it is kept
	raw                                // its content is no markup
	foreign                            // its content is not HTML
	frameset
	titled // its title attribute is read
	said   // its rel or name tells what it is good for
	top    // it stands in the head, or around it
	inner  // its class matters only for what it says
)

func (t tag) is(name string) bool { return len(t.name) == len(name) && equalFold(t.name, name) }

// equalFold compares with a name in small letters.
func equalFold(b []byte, name string) bool {
	for i := range name {
		if b[i]|0x20 != name[i] {
			return false
		}
	}
	return true
}

// packed is the beginning of a name as a number, whatever its case.
func packed[T string | []byte](name T) uint64 {
	var k uint64
	for i := 0; i < min(len(name), 8); i++ {
		k = k<<8 | uint64(name[i]|0x20)
	}
	return k
}

type tagRow struct {
	key    uint64
	size   int
	number uint8
	flags  tagFlags
}

// tagTable finds what is known of a tag.
var tagTable, tableNumber = newTagTable()

func newTagTable() (*[512][2]tagRow, uint8) {
	var t [512][2]tagRow
	n, table := uint8(0), uint8(0)
	add := func(flags tagFlags, names string) {
		for _, name := range strings.Fields(names) {
			k := packed(name)
			rows := &t[tagSlot(k)]
			for i := range rows {
				if rows[i].size == 0 {
					rows[i] = tagRow{key: k, size: len(name)}
				}
				if rows[i].key == k && rows[i].size == len(name) {
					rows[i].flags |= flags
					if rows[i].number == 0 && flags&(format|block) != 0 {
						n++
						rows[i].number = n
					}
					if name == "table" {
						table = rows[i].number
					}
					break
				}
			}
		}
	}
	add(format, "a b big code em font i nobr s small strike strong tt u")
	add(block, "div ul ol li p section article nav header footer main aside table h1 h2 h3 h4 h5 h6 figure figcaption blockquote dl dt dd center address details summary fieldset")
	add(block|once, "html head body form")
	add(block|cell, "tbody thead tfoot tr td th")
	add(marker, "td th caption applet object marquee template select")
	add(keeps, "pre listing")
	add(raw, "iframe noembed noframes noscript plaintext script style textarea title xmp")
	add(foreign, "svg math")
	add(frameset, "frameset")
	add(titled, "abbr time link")
	add(said, "link meta")
	add(inner, "a span img i b em strong small button input picture")
	add(top, "html head meta link base script style title")
	return &t, table
}

func tagSlot(k uint64) uint64 { return k * 0x9E3779B97F4A7C15 >> (64 - 9) }

// look finds what is known of the tag's name. Eight letters are compared, and the length.
func (t *tag) look() {
	k := packed(t.name)
	rows := &tagTable[tagSlot(k)]
	for i := range rows {
		if r := &rows[i]; r.key == k && r.size == len(t.name) {
			t.number, t.flags = r.number, r.flags
			if t.flags&raw != 0 && r.size == len("plaintext") && !t.is("plaintext") {
				t.flags = 0
			}
		}
	}
}

// tag reads the tag at at, drops the attributes of a start tag that nobody asks
// for, and gives where it ends; -1 when it does not.
func (c *cutter) tag(at int, start bool) (t tag, end int) {
	s := c.page
	i := at + 1
	if !start {
		i++
	}
	from := i
	for i < len(s) && !ends(s[i]) {
		i++
	}
	if i >= len(s) {
		return t, -1
	}
	t.name = s[from:i]
	t.look()
	if !c.body && (c.last < 0 || !allBlank(c.page[c.last:at])) {
		c.body = true // text ends the head
	}
	c.space(at, c.breaks(t, start))
	c.before, c.beforeFrom = len(c.out), c.from
	styled, told := false, false
	class := classSpan{out: -1}
	for {
		gap := i // white space before an attribute goes with it
		for i < len(s) && blankByte(s[i]) {
			i++
		}
		if i >= len(s) {
			return t, -1
		}
		if s[i] == '>' {
			t.self = s[i-1] == '/'
			c.hush(class)
			return t, i + 1
		}
		var a attr
		if a, i = readAttr(s, i); i < 0 {
			return t, -1
		}
		if !start || a.slashed {
			class.kept = class.kept || len(a.name) > 0
			continue
		}
		if t.flags&raw != 0 && equal(a.name, "type") && jsonType(a.value) {
			t.json = true
		}
		if t.flags&said != 0 && !told && (equal(a.name, "rel") || equal(a.name, "name")) {
			told, t.unread = true, unreadLink(a.value) // of two the first counts
		}
		if i < len(s) && ends(s[i]) && s[gap-1] != '/' && t.unasked(a, &styled) && !c.asks.Asks(a.name) { // a slash would close the tag without it
			c.drop(gap, i)
		} else if t.flags&inner != 0 && !class.kept {
			c.weighClass(&class, a, gap, i)
		}
	}
}

func equal(name []byte, to string) bool { return len(name) == len(to) && equalFold(name, to) }

func jsonType(v []byte) bool {
	return bytes.Contains(v, []byte("json")) || bytes.Contains(bytes.ToLower(v), []byte("json"))
}

// An attr is an attribute as it stands in the page.
type attr struct {
	name, value []byte
	slashed     bool // it is only a slash, or ends with one that may close the tag
}

// readAttr reads the attribute at i and gives where it ends; -1 when it does not.
func readAttr(s []byte, i int) (a attr, end int) {
	from := i
	for i < len(s) && !ends(s[i]) && (s[i] != '=' || i == from) {
		i++
	}
	a.name = s[from:i]
	for i < len(s) && blankByte(s[i]) {
		i++
	}
	if i >= len(s) {
		return a, -1
	}
	if s[i] == '/' {
		a.slashed = true
		return a, i + 1
	}
	if s[i] != '=' {
		if blankByte(s[i-1]) { // the space belongs to the next
			for blankByte(s[i-1]) {
				i--
			}
		}
		return a, i
	}
	i++
	for i < len(s) && blankByte(s[i]) {
		i++
	}
	if i >= len(s) {
		return a, -1
	}
	switch q := s[i]; q {
	case '>':
		return a, i
	case '"', '\'':
		n := bytes.IndexByte(s[i+1:], q)
		if n < 0 {
			return a, -1
		}
		a.value = s[i+1 : i+1+n]
		return a, i + n + 2
	}
	from = i
	for i < len(s) && s[i] != '>' && !blankByte(s[i]) {
		i++
	}
	if i >= len(s) {
		return a, -1
	}
	a.value = s[from:i]
	a.slashed = s[i-1] == '/' // "<p a=/>" does not close itself; keep it so
	return a, i
}
