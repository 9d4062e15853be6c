package extract

import "bytes"

// drawing handles an svg element: one that holds nothing but a drawing is left
// out, or emptied where formatting is open that the parser would set into it. It
// gives where to go on, or -1 to leave the rest of the page as it is: HTML in a
// drawing ends it or not by rules that only a tree can follow.
func (c *cutter) drawing(t tag, at, end int) int {
	if t.is("math") {
		return -1
	}
	body := c.body
	c.body, c.begun = true, true
	if t.self {
		c.last, c.beside = end, false
		return end
	}
	stop := drawingEnd(c.page, end)
	if stop < 0 {
		return -1
	}
	c.drawn = true
	next := stop + len("</svg>")
	if body && c.apart(at) && c.open == 0 && !c.twisted {
		c.leave(at, next)
		return next
	}
	c.drop(end, stop)
	c.last, c.beside = next, false
	return next
}

// drawingEnd is where the end tag of the svg element begins whose content
// begins at i; -1 if anything but a well-formed drawing is in it.
func drawingEnd(s []byte, i int) int {
	var open [32][]byte
	depth := 0
	for {
		n := bytes.IndexByte(s[i:], '<')
		if n < 0 || i+n+2 >= len(s) {
			return -1
		}
		i += n
		rest := s[i:]
		switch b := rest[1]; {
		case bytes.HasPrefix(rest, []byte("<!--")):
			i += commentEnd(rest)
		case b == '!' || b == '?':
			return -1
		case b == '/':
			name := tagName(rest[2:])
			if depth == 0 {
				if !closes(rest, []byte("svg")) || rest[5] != '>' {
					return -1
				}
				return i
			}
			if !bytes.EqualFold(name, open[depth-1]) {
				return -1
			}
			depth--
			if i = tagEnd(s, i+2+len(name)); i < 0 {
				return -1
			}
		case letter(b):
			name := tagName(rest[1:])
			if !drawn(name) || depth > 0 && lettered(open[depth-1]) {
				return -1
			}
			end := tagEnd(s, i+1+len(name))
			if end < 0 {
				return -1
			}
			if s[end-2] != '/' {
				if depth == len(open) {
					return -1
				}
				open[depth] = name
				depth++
			} else if s[end-3] == '=' {
				return -1 // "<path d=/>" does not close itself
			}
			i = end
		default:
			i++
		}
	}
}

func tagName(s []byte) []byte {
	for i, b := range s {
		if ends(b) {
			return s[:i]
		}
	}
	return s
}

// tagEnd is where the tag ends whose attributes begin at i; -1 when it does not.
func tagEnd(s []byte, i int) int {
	for {
		for i < len(s) && blankByte(s[i]) {
			i++
		}
		if i >= len(s) {
			return -1
		}
		if s[i] == '>' {
			return i + 1
		}
		if _, i = readAttr(s, i); i < 0 {
			return -1
		}
	}
}

// lettered tells the elements of a drawing in which HTML may stand.
func lettered(name []byte) bool { return equal(name, "title") || equal(name, "desc") }

// drawn tells the elements that a drawing consists of.
func drawn(name []byte) bool {
	if len(name) == 0 {
		return false
	}
	switch name[0] | 0x20 {
	case 'p':
		return oneOf(name, "path", "polygon", "polyline", "pattern")
	case 'g':
		return equal(name, "g")
	case 'u':
		return equal(name, "use")
	case 'r':
		return oneOf(name, "rect", "radialgradient")
	case 'c':
		return oneOf(name, "circle", "clippath")
	case 'l':
		return oneOf(name, "line", "lineargradient")
	case 'e':
		return equal(name, "ellipse")
	case 'd':
		return oneOf(name, "defs", "desc")
	case 's':
		return oneOf(name, "symbol", "stop", "style")
	case 'm':
		return oneOf(name, "mask", "metadata")
	case 't':
		return oneOf(name, "title", "text", "tspan")
	case 'i':
		return equal(name, "image")
	case 'f':
		return equal(name, "filter") || len(name) > 4 && name[1]|0x20 == 'e'
	case 'a':
		return hasFold(name, "animate")
	}
	return false
}
