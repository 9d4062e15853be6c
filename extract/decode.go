package extract

import (
	"bytes"
	"mime"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
)

// A declared charset is worth a trial; these are how far one is followed.
const (
	metaReach  = 8 << 10  // where a page's own declaration is looked for
	trialReach = 64 << 10 // how much of a page is decoded to compare charsets

	validUTF8 = "UTF-8" // that needs no mending
)

// decode gives a body as UTF-8. Declarations lie, so the bytes are asked first:
// what is valid UTF-8 with more than ASCII in it is UTF-8 whatever is declared.
// Then the byte order mark, the Content-Type header, the page's own meta
// element and at last a guess from the bytes.
func decode(body []byte, contentType string) []byte { return (*trace)(nil).decode(body, contentType) }

func (t *trace) decode(body []byte, contentType string) []byte {
	name, from, body := charsetOf(body, contentType)
	t.charset(name, from)
	return unmangle(as(body, name))
}

// unmangle mends text that was encoded as UTF-8 twice. Control characters that
// no text has, or a capital A with circumflex before a hard space, give it away.
func unmangle(page []byte) []byte {
	if !mangled(page) {
		return page
	}
	out := make([]byte, 0, len(page))
	for i := 0; i < len(page); {
		j, run := i, []byte(nil)
		for j < len(page) && (page[j] == 0xc2 || page[j] == 0xc3) && j+1 < len(page) && page[j+1]&0xc0 == 0x80 {
			run = append(run, page[j+1]|(page[j]&1)<<6)
			j += 2
		}
		switch {
		case j == i:
			out = append(out, page[i])
			i++
		case utf8.Valid(run):
			out = append(out, run...)
			i = j
		default:
			out = append(out, page[i:j]...)
			i = j
		}
	}
	return out
}

func mangled(page []byte) bool {
	for i := 0; ; i++ {
		n := bytes.IndexByte(page[i:], 0xc3)
		if i += n; n < 0 || i+3 >= len(page) {
			return false
		}
		if page[i+2] == 0xc2 && page[i+1] >= 0x82 && (page[i+3] < 0xa0 || page[i+1] == 0x82 && page[i+3] == 0xa0) {
			return true
		}
	}
}

// charsetOf tells a body's charset, and what said so; rest is the body without its mark.
func charsetOf(body []byte, contentType string) (name, from string, rest []byte) {
	if e, rest := byMark(body); e != "" {
		return e, "byte order mark", rest
	}
	escaped := bytes.Contains(body[:min(len(body), trialReach)], []byte{0x1b, '$'}) // ISO-2022-JP is all ASCII
	if !escaped && utf8.Valid(body) {
		return validUTF8, "the bytes", body
	}
	declared, own := headerCharset(contentType), metaCharset(body)
	if bad := invalid(body); bad*400 < len(body)-ascii(body) || bad <= 2 {
		if declared == "utf-8" || own == "utf-8" || declared == "" && own == "" {
			return "utf-8", "the bytes, nearly all", body // cut in the middle of a letter, or one bad letter
		}
	}
	said := []struct{ name, from string }{{declared, "Content-Type"}, {own, "meta"}}
	if declared == "windows-1252" && own != "" && own != "utf-8" {
		said[0], said[1] = said[1], said[0] // the header is a server's default, the page knows better
	}
	for _, s := range said {
		if s.name == "" || s.name == "utf-8" || s.name == "replacement" {
			continue
		}
		if fits(body, s.name) {
			return s.name, s.from, body
		}
	}
	return guess(body), "a guess from the bytes", body
}

// byMark reads a byte order mark.
func byMark(body []byte) (name string, rest []byte) {
	switch {
	case bytes.HasPrefix(body, []byte{0xef, 0xbb, 0xbf}):
		if utf8.Valid(body) {
			return "utf-8", body[3:]
		}
	case bytes.HasPrefix(body, []byte{0xfe, 0xff}):
		return "utf-16be", body[2:]
	case bytes.HasPrefix(body, []byte{0xff, 0xfe}):
		return "utf-16le", body[2:]
	}
	return "", body
}

// headerCharset is the charset that a Content-Type names, by its standard name, or "".
func headerCharset(contentType string) string {
	_, params, err := mime.ParseMediaType(contentType)
	label := params["charset"]
	if err != nil { // "text/html; charset=utf-8; charset" and worse
		_, label, _ = strings.Cut(strings.ToLower(contentType), "charset=")
		label, _, _ = strings.Cut(label, ";")
	}
	_, name := charset.Lookup(strings.Trim(label, `"' `))
	return name
}

// metaCharset is the charset that the page declares in its head, or "".
func metaCharset(body []byte) string {
	head := bytes.ToLower(body[:min(len(body), metaReach)])
	for {
		i := bytes.Index(head, []byte("charset"))
		if i < 0 {
			return ""
		}
		head = bytes.TrimLeft(head[i+len("charset"):], " \t\r\n")
		if len(head) == 0 || head[0] != '=' {
			continue
		}
		label := bytes.TrimLeft(head[1:], " \t\r\n\"'\\")
		if end := bytes.IndexAny(label, " \t\r\n\"'\\>;/"); end >= 0 {
			label = label[:end]
		}
		if _, name := charset.Lookup(string(label)); name != "" {
			if strings.HasPrefix(name, "utf-16") { // it could not have been read as ASCII
				return "utf-8"
			}
			return name
		}
	}
}

// fits tells whether the body can be of that charset: decoding it makes hardly an unknown letter.
func fits(body []byte, name string) bool {
	part := body[:min(len(body), trialReach)]
	wide := len(part) - ascii(part)
	bad := bytes.Count(as(part, name), []byte("\uFFFD"))
	return bad <= 1+wide/100
}

// as decodes the body from the named charset.
func as(body []byte, name string) []byte {
	if name == validUTF8 {
		return body
	}
	if name == "utf-8" {
		return bytes.ToValidUTF8(body, []byte("\uFFFD"))
	}
	enc, _ := charset.Lookup(name)
	if enc == nil {
		return bytes.ToValidUTF8(body, []byte("\uFFFD"))
	}
	out, err := enc.NewDecoder().Bytes(body)
	if err != nil {
		return bytes.ToValidUTF8(body, []byte("\uFFFD"))
	}
	return out
}

// ascii counts the bytes that mean the same in nearly every charset.
func ascii(b []byte) int {
	n := 0
	for _, c := range b {
		if c < utf8.RuneSelf {
			n++
		}
	}
	return n
}

// invalid counts the places where b is no UTF-8.
func invalid(b []byte) int {
	n := 0
	for len(b) > 0 {
		if b[0] < utf8.RuneSelf {
			b = b[1:]
			continue
		}
		r, size := utf8.DecodeRune(b)
		if r == utf8.RuneError && size == 1 {
			n++
		}
		b = b[size:]
	}
	return n
}
