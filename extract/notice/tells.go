package notice

import (
	"bytes"
	"html"

	"golang.org/x/net/html/atom"
)

// What Tells wants to see before it is sure: a wall has not so much to say.
const (
	glancedParagraphs = 6
	glancedBytes      = 120 // of each
	fewParagraphs     = 3   // that are as good, if there is much in them
	muchBytes         = 1500
)

// Tells reports, at a glance and without a tree, whether a page tells so much
// that it can't be a wall: six paragraphs of prose, or three long ones, in which
// not a word speaks of what is stored or asks for consent. That it does not tell so much says
// nothing.
func Tells(page []byte) bool {
	x := words()
	s := tagScanner{page: page}
	var text []byte
	found, size, within, quiet := 0, 0, false, 0
	for s.next() {
		if within && quiet == 0 && len(text) < 4<<10 {
			text = append(text, s.text...)
		}
		switch a := s.tag; {
		case a == atom.P && !s.ends:
			text, within = text[:0], true
		case a == atom.P && within:
			within = false
			if text = bytes.TrimSpace(text); len(text) < glancedBytes {
				continue
			}
			prose := string(text)
			if bytes.IndexByte(text, '&') >= 0 {
				prose = html.UnescapeString(prose)
			}
			if len(prose) < glancedBytes || x.hot([]string{prose})[0] {
				continue
			}
			size += len(prose)
			if found++; found == glancedParagraphs || found >= fewParagraphs && size >= muchBytes {
				return true
			}
		case aside(a) && !s.ends:
			quiet++
		case aside(a) && quiet > 0:
			quiet--
		case !s.ends && (a == atom.Div || a == atom.Section || a == atom.Ul || a == atom.Table):
			within = false
		}
	}
	return false
}

// aside reports whether an element holds what stands beside an article, or
// nothing that is shown.
func aside(a atom.Atom) bool {
	switch a {
	case atom.Nav, atom.Footer, atom.Aside, atom.Header, atom.Form, atom.Dialog, atom.Noscript, atom.Template, atom.Button:
		return true
	}
	return false
}
