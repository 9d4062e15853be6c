package notice

import (
	"bytes"

	"golang.org/x/net/html/atom"
)

// A tagScanner goes from tag to tag of a page, and steps over what is no markup
// in a leap: scripts and styles are most of a page. What it can't be sure of
// ends it.
type tagScanner struct {
	page []byte
	at   int

	text []byte // before the tag, as it is written
	tag  atom.Atom
	ends bool // it is an end tag
	shut bool // it ends itself
}

// next goes to the next tag or comment, and tells whether there is one. Of a tag
// that ends itself, and one that no table knows, it says as little as of a comment.
func (s *tagScanner) next() bool {
	from := s.at
	for {
		n := bytes.IndexByte(s.page[s.at:], '<')
		if n < 0 || s.at+n+2 >= len(s.page) {
			return false
		}
		s.text = s.page[from : s.at+n]
		s.at += n + 1
		c := s.page[s.at]
		switch s.ends = c == '/'; {
		case s.ends && isLetter(s.page[s.at+1]):
			s.at++
			return s.name()
		case isLetter(c):
			return s.name() && s.leap()
		case c == '!' || c == '?' || s.ends:
			s.tag = 0
			return s.declaration()
		}
	}
}

// name reads the tag at whose name the scanner stands, to its end.
func (s *tagScanner) name() bool {
	from := s.at
	for s.at < len(s.page) && !endsName(s.page[s.at]) {
		s.at++
	}
	var low [12]byte // no name that matters is longer
	s.tag = 0
	if n := s.at - from; n <= len(low) {
		for i, c := range s.page[from:s.at] {
			if 'A' <= c && c <= 'Z' {
				c |= 0x20
			}
			low[i] = c
		}
		s.tag = atom.Lookup(low[:n])
	}
	for {
		s.blanks()
		if s.at == len(s.page) {
			return false
		}
		if s.page[s.at] == '>' {
			s.shut = s.page[s.at-1] == '/'
			s.at++
			return true
		}
		if !s.attribute() {
			return false
		}
		if s.at < len(s.page) && s.page[s.at] == '>' { // a '/' before it may be of a value
			s.shut = s.shut && s.page[s.at-1] == '/'
			s.at++
			return true
		}
	}
}

// attribute steps over an attribute or a stray sign; a value may hold a '>'.
func (s *tagScanner) attribute() bool {
	for from := s.at; s.at < len(s.page) && !endsName(s.page[s.at]) && (s.page[s.at] != '=' || s.at == from); {
		s.at++
	}
	s.blanks()
	s.shut = true
	if s.at == len(s.page) {
		return false
	}
	switch s.page[s.at] {
	case '/':
		s.at++
		return true
	case '=':
		s.at++
	default:
		return true
	}
	s.blanks()
	if s.at == len(s.page) {
		return false
	}
	switch q := s.page[s.at]; q {
	case '>':
	case '"', '\'':
		end := bytes.IndexByte(s.page[s.at+1:], q)
		s.at += end + 2
		return end >= 0
	default:
		s.shut = false
		for s.at < len(s.page) && s.page[s.at] != '>' && !isBlank(s.page[s.at]) {
			s.at++
		}
	}
	return true
}

func (s *tagScanner) blanks() {
	for s.at < len(s.page) && isBlank(s.page[s.at]) {
		s.at++
	}
}

// leap steps over the content of an element that holds no markup.
func (s *tagScanner) leap() bool {
	element := s.tag
	if s.shut {
		s.tag = 0
	}
	switch element {
	case atom.Plaintext:
		return false
	case atom.Script, atom.Style, atom.Title, atom.Textarea, atom.Iframe, atom.Noembed, atom.Noframes, atom.Noscript, atom.Xmp:
	default:
		return true
	}
	name, from := element.String(), s.at
	for {
		n := bytes.Index(s.page[s.at:], []byte("</"))
		if n < 0 {
			return false
		}
		s.at += n
		if end := s.at + 2 + len(name); end < len(s.page) && endsName(s.page[end]) && bytes.EqualFold(s.page[s.at+2:end], []byte(name)) {
			break
		}
		s.at += 2
	}
	// In a comment a script may hold another, which ends with the same tag.
	content := s.page[from:s.at]
	return element != atom.Script || !bytes.Contains(content, []byte("<!--")) || !bytes.Contains(bytes.ToLower(content), []byte("<script"))
}

// declaration steps over a comment, or what is taken for one.
func (s *tagScanner) declaration() bool {
	rest := s.page[s.at:]
	end := bytes.IndexByte(rest, '>')
	if bytes.HasPrefix(rest, []byte("!--")) {
		if end = bytes.Index(rest[1:], []byte("-->")); end >= 0 { // "<!-->" is one
			end += 3
			if bytes.Contains(rest[:end], []byte("--!>")) {
				return false
			}
		}
	}
	s.at += end + 1
	return end >= 0
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func isBlank(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' }

func endsName(c byte) bool { return isBlank(c) || c == '/' || c == '>' }
