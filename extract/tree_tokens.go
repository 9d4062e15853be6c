package extract

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// next reads the next token; false at the end of the page.
func (b *builder) next() bool {
	if b.at >= len(b.page) {
		return false
	}
	from := b.at
	for i := from; ; i++ {
		n := bytes.IndexByte(b.page[i:], '<')
		if n < 0 || i+n+1 == len(b.page) {
			i = len(b.page)
		} else if i += n; !opensMarkup(b.page[i+1]) {
			continue
		}
		if b.at = i; from < i {
			b.kind, b.data = textToken, html.UnescapeString(b.text[from:i])
			return true
		}
		return b.markup()
	}
}

func opensMarkup(c byte) bool { return letter(c) || c == '/' || c == '!' || c == '?' }

// markup reads what begins with a '<'.
func (b *builder) markup() bool {
	rest := b.page[b.at:]
	if len(rest) < 3 {
		return !b.lose()
	}
	switch c := rest[1]; {
	case letter(c):
		return b.startTag()
	case c == '/' && letter(rest[2]):
		b.kind, b.attr = endToken, nil
		if b.at = tagEnd(b.page, b.named(b.at+2)); b.at < 0 {
			b.at = len(b.page) // as if it were not there
			return false
		}
		return true
	case bytes.HasPrefix(rest, []byte("<!--")):
		b.kind, b.data = commentToken, ""
		b.at += commentEnd(rest)
		return true
	}
	b.kind, b.data = commentToken, ""
	if len(rest) > len("<!doctype") && bytes.EqualFold(rest[:len("<!doctype")], []byte("<!doctype")) {
		b.kind = doctypeToken
	}
	end := bytes.IndexByte(rest, '>')
	if end < 0 {
		return !b.lose()
	}
	b.data = b.text[b.at : b.at+end+1]
	b.at += end + 1
	return true
}

// named reads the name of the tag that begins there, and gives where it ends.
func (b *builder) named(from int) (end int) {
	i, capitals := from, false
	for i < len(b.page) && !ends(b.page[i]) {
		capitals = capitals || b.page[i]-'A' < 26
		i++
	}
	name := b.page[from:i]
	if capitals {
		name = inSmall(name)
	}
	if b.tag = atom.Lookup(name); b.tag != 0 {
		b.name = b.tag.String()
	} else if b.name = b.text[from:i]; capitals {
		b.name = string(name)
	}
	return i
}

// inSmall gives a copy with the letters of ASCII small, whatever else is in it.
func inSmall(s []byte) []byte {
	s = bytes.Clone(s)
	for i := range s {
		if s[i]-'A' < 26 {
			s[i] |= 0x20
		}
	}
	return s
}

// startTag reads the start tag that begins here, with its attributes.
func (b *builder) startTag() bool {
	b.kind = startToken
	i := b.named(b.at + 1)
	b.found = b.found[:0]
	slashed := false
	for {
		for i < len(b.page) && blankByte(b.page[i]) {
			i++
		}
		if i >= len(b.page) {
			b.at = len(b.page)
			return false
		}
		if b.page[i] == '>' {
			break
		}
		var name, value part
		if name, value, slashed, i = attrParts(b.page, i); i < 0 {
			b.at = len(b.page)
			return false
		}
		ofValue := slashed && value.to > value.from
		slashed = false
		if name.from == name.to {
			continue
		}
		key := b.text[name.from:name.to]
		if hasCapital(key) {
			key = string(inSmall(b.page[name.from:name.to]))
		}
		if !hasAttr(b.found, key) {
			b.found = append(b.found, html.Attribute{Key: key, Val: unescapeValue(b.text[value.from:value.to])})
			slashed = ofValue // which closes nothing
		}
		if len(b.found) > 200 {
			return !b.lose()
		}
	}
	b.closed = b.page[i-1] == '/' && !slashed
	b.at = i + 1
	b.attr = nil
	if n := len(b.found); n > 0 {
		if len(b.attrs) < n {
			b.attrs = make([]html.Attribute, max(attrSlab, n))
		}
		b.attr = b.attrs[:n:n]
		b.attrs = b.attrs[n:]
		copy(b.attr, b.found)
	}
	return true
}

func hasCapital(s string) bool {
	for i := range len(s) {
		if s[i]-'A' < 26 {
			return true
		}
	}
	return false
}

// rawText reads the text of the element whose start tag was read, up to its end
// tag and over it.
func (b *builder) rawText() (text string, ok bool) {
	from := b.at
	var stop int
	if b.tag == atom.Script {
		stop = scriptEnd(b.page[from:])
	} else {
		stop = rawEnd(b.page[from:], []byte(b.name))
	}
	if stop += from; stop >= len(b.page) {
		return "", false
	}
	if b.at = tagEnd(b.page, stop+2+len(b.name)); b.at < 0 {
		return "", false
	}
	text = b.text[from:stop]
	if b.tag == atom.Textarea || b.tag == atom.Title {
		text = html.UnescapeString(text)
	}
	return text, true
}

// unescapeValue undoes the entities of an attribute. A named one without its
// semicolon is none where letters or an equals sign follow, as in an address.
func unescapeValue(s string) string {
	at := strings.IndexByte(s, '&')
	if at < 0 {
		return s
	}
	var out strings.Builder
	for at >= 0 {
		out.WriteString(s[:at])
		s = s[at:]
		n, numeric := reference(s)
		piece := s[:n]
		plain := html.UnescapeString(piece)
		switch shut := piece[n-1] == ';'; {
		case numeric, shut && (plain == ";" || plain[len(plain)-1] != ';'):
			piece = plain
		case !shut && utf8.RuneCountInString(plain) == 1 && (n == len(s) || s[n] != '='):
			piece = plain
		}
		out.WriteString(piece)
		s = s[n:]
		at = strings.IndexByte(s, '&')
	}
	out.WriteString(s)
	return out.String()
}

// reference measures the entity that begins the text, and tells whether it is a number.
func reference(s string) (n int, numeric bool) {
	n = 1
	if strings.HasPrefix(s, "&#") {
		for n = 2; n < len(s) && (isDigit(s[n]) || n == 2 && s[n]|0x20 == 'x' || len(s) > 2 && s[2]|0x20 == 'x' && 'a' <= s[n]|0x20 && s[n]|0x20 <= 'f'); n++ {
		}
		numeric = true
	} else {
		for n < len(s) && (letter(s[n]) || isDigit(s[n])) {
			n++
		}
	}
	if n < len(s) && s[n] == ';' {
		n++
	}
	return n, numeric
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
