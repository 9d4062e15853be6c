package extract

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// cutThreads finds what readers wrote below the article, whatever it is called
// and in whatever language: siblings that each begin with a name and the day or
// the hour when it was written, and end alike ("Reply"), hold one another, or
// link to themselves. Chronologies, lists of events and the posts of a live
// blog have no names at their head, or none of the three.
func (o *outline) cutThreads() {
	if o.board {
		return
	}
	type thread struct {
		entries                 []int32
		alike, within, anchored int             // entries that end as the one before, hold others, link to themselves
		labels                  map[string]bool // short lines of the entry before, without digits
		names                   map[string]bool
	}
	var threads map[int32]*thread // by parent
	var order []int32
	for i := range o.elements {
		e := &o.elements[i]
		if e.cut != 0 || e.parent < 0 || e.last-e.first < 2 || int(e.first) <= o.titleAt || leafTag(e.tag) && e.tag != atom.Li {
			continue
		}
		name, ok := o.entry(e)
		if !ok {
			continue
		}
		t := threads[e.parent]
		if t == nil {
			if threads == nil {
				threads = map[int32]*thread{}
			}
			t = &thread{names: map[string]bool{}}
			threads[e.parent] = t
			order = append(order, e.parent)
		}
		if n := len(t.entries); n > 0 && o.elements[t.entries[0]].tag != e.tag {
			continue
		}
		t.entries = append(t.entries, int32(i))
		t.names[name] = true
		labels, alike := map[string]bool{}, false
		for _, k := range o.labels(e) {
			alike = alike || t.labels[k]
			labels[k] = true
		}
		if t.labels = labels; alike {
			t.alike++
		}
		if linksToItself(e.node) {
			t.anchored++
		}
		for at := o.elements[e.parent].parent; at >= 0; at = o.elements[at].parent { // a reply stands in what it replies to
			if up := threads[o.elements[at].parent]; up != nil && len(up.entries) > 0 && up.entries[len(up.entries)-1] == at && e.first > o.elements[at].first {
				up.within++
				break
			}
		}
	}
	for _, parent := range order {
		t := threads[parent]
		n := len(t.entries)
		if n < 2 || len(t.names)*3 < n || o.elements[parent].cut != 0 {
			continue
		}
		if (t.alike+1)*2 < n+1 && t.within == 0 && t.anchored*2 < n || t.alike == 0 && t.within == 0 && t.anchored == 0 {
			continue
		}
		o.cutThread(parent, t.entries)
	}
}

// cutThread cuts the entries with the box they stand in: its heading and the entries of another make.
func (o *outline) cutThread(parent int32, entries []int32) {
	prose, above := 0, 0
	for _, i := range entries {
		prose += o.elements[i].prose
	}
	for i := o.titleAt + 1; i < int(o.elements[entries[0]].first); i++ {
		above += o.pieces[i].weight
	}
	if above < 120 {
		return // they are what the page is for
	}
	box := int32(-1)
	for at := parent; at > 0; at = o.elements[at].parent {
		e := &o.elements[at]
		if e.tag == atom.Body || e.tag == atom.Article || e.tag == atom.Main || e.prose*100 > prose*115+4000 || o.titleAt >= int(e.first) && o.titleAt < int(e.last) {
			break
		}
		box = at
	}
	if box >= 0 {
		entries = []int32{box}
	}
	for _, i := range entries {
		last := o.elements[i].last
		for j := i; int(j) < len(o.elements) && o.elements[j].first < last; j++ {
			if e := &o.elements[j]; e.first < e.last {
				e.cut |= commentsMark
			}
		}
		o.elements[i].word = "thread"
	}
}

// entry tells whether an element begins as what a reader wrote does, and gives
// the letters of the name at its head.
func (o *outline) entry(e *element) (name string, ok bool) {
	const head = 5 // lines that may stand above the text: name, place, date, what is answered
	stamped := false
	for i := e.first; i < min(e.last, e.first+head); i++ {
		p := &o.pieces[i]
		if p.kind == Heading && p.level < 4 || p.kind == Row {
			return "", false
		}
		if p.runes > 90 || p.weight > 0 && !strings.HasSuffix(p.text, ":") {
			return name, stamped && name != ""
		}
		day, clock := stamp(p.text)
		if name == "" {
			if name = leading(p.text); name == "" || clock < 12 && !day && clock >= 0 {
				return "", false // a time at the head is that of a chronology
			}
			stamped = clock >= 0 || day && p.runes > 28 && p.runes <= 60 // longer ones are sources
			continue
		}
		stamped = stamped || day || clock >= 0
	}
	return name, stamped && e.last-e.first > 2
}

// leading is the letters before the first digit, in lower case.
func leading(s string) string {
	if i := strings.IndexFunc(s, unicode.IsDigit); i >= 0 {
		s = s[:i]
	}
	if s = bare(s); len(s) < 2 {
		return ""
	}
	return s
}

// stamp tells whether a line has a year beside another number, and where in it a time of day stands; -1 for nowhere.
func stamp(s string) (day bool, clock int) {
	clock = -1
	year, other := false, false
	for i := 0; i < len(s); {
		if s[i] < '0' || s[i] > '9' {
			i++
			continue
		}
		j := i
		for j < len(s) && s[j] >= '0' && s[j] <= '9' {
			j++
		}
		switch {
		case j-i == 4 && (s[i:i+2] == "20" || s[i:i+2] == "19"):
			year = true
		case j-i <= 2:
			other = true
			if j+2 < len(s) && (s[j] == ':' || s[j] == 'h') && digit(s[j+1]) && digit(s[j+2]) && clock < 0 {
				clock = i
			}
		}
		i = j
	}
	return year && other, clock
}

// labels are the letters of the short lines of an entry below its name, with no
// digit in them, and of its last: "Reply", "3 likes".
func (o *outline) labels(e *element) []string {
	var keys []string
	for i := e.first + 1; i < e.last; i++ {
		if i == e.first+4 {
			i = max(i, e.last-1)
		}
		p := &o.pieces[i]
		if p.runes > 40 || p.weight > 0 || i < e.last-1 && strings.ContainsAny(p.text, "0123456789") {
			continue
		}
		k := strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) {
				return unicode.ToLower(r)
			}
			return -1
		}, p.text)
		if k != "" {
			keys = append(keys, k)
		}
	}
	return keys
}

// linksToItself tells whether one of the first links in an element leads to a place on a page.
func linksToItself(n *html.Node) bool {
	look := 60
	for x := range n.Descendants() {
		if look--; look == 0 {
			return false
		}
		if x.DataAtom == atom.A {
			href := attribute(x, "href")
			if i := strings.IndexByte(href, '#'); i >= 0 && i+3 < len(href) && strings.ContainsAny(href[i:], "0123456789") {
				return true
			}
		}
	}
	return false
}
