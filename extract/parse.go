package extract

import (
	"bytes"
	"fmt"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"pressmark/extract/filter"
)

// maxNesting is how deep elements may nest when a page is parsed again because
// it nests deeper than the parser allows.
const maxNesting = 200

// maxTags is how many tags of a page are read. The largest live blogs have some
// 50,000; a page of 20 MB that is nothing but tags would take gigabytes.
const maxTags = 200_000

// parse makes the tree of a page. A page that nests deeper than the parser
// allows is flattened first: tags below maxNesting go, their text stays.
func parse(page []byte) (*html.Node, error) {
	doc, _, err := parseFor(nil, page)
	return doc, err
}

// parseFor is parse, and keeps the attributes that filters ask for. It tells
// how many tags were left unread at the page's end.
func parseFor(filters *filter.Set, page []byte) (doc *html.Node, unread int, err error) {
	buf := pages.Get().(*[]byte)
	lean := cutFor(filters, page, *buf)
	defer func() {
		if cap(lean) > keptPage || len(page) > 0 && len(lean) > 0 && &lean[0] == &page[0] {
			lean = nil
		}
		*buf = lean
		pages.Put(buf)
	}()
	read, unread := withinTags(lean)
	if doc, err = html.Parse(bytes.NewReader(read)); err == nil {
		return doc, unread, nil
	}
	if doc, err = html.Parse(bytes.NewReader(flatten(read))); err != nil {
		return nil, unread, fmt.Errorf("parse page: %w", err)
	}
	return doc, unread, nil
}

// withinTags gives the page up to its last tag that is read, and how many follow.
func withinTags(page []byte) ([]byte, int) {
	unread := bytes.Count(page, []byte("<")) - maxTags
	if unread <= 0 {
		return page, 0
	}
	at := 0
	for range maxTags {
		at += bytes.IndexByte(page[at:], '<') + 1
	}
	return page[:at+bytes.IndexByte(page[at:], '<')], unread
}

// flatten writes the page again without the tags that nest too deep. Formatting
// elements are dropped altogether: the parser opens them anew in every block.
func flatten(page []byte) []byte {
	var out bytes.Buffer
	depth, dropped := 0, map[string]int{}
	z := html.NewTokenizer(bytes.NewReader(page))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return out.Bytes()
		case html.StartTagToken:
			raw := z.Raw()
			name, _ := z.TagName()
			switch tag := atom.Lookup(name); {
			case tag == atom.Script || tag == atom.Style || tag == atom.Title || tag == atom.Textarea || void[tag]:
				out.Write(raw)
			case formatting[tag]:
			case depth >= maxNesting:
				dropped[string(name)]++
			default:
				depth++
				out.Write(raw)
			}
		case html.EndTagToken:
			raw := z.Raw()
			name, _ := z.TagName()
			switch tag := atom.Lookup(name); {
			case formatting[tag]:
			case dropped[string(name)] > 0:
				dropped[string(name)]--
			default:
				if depth > 0 && tag != atom.Script && tag != atom.Style && tag != atom.Title && tag != atom.Textarea {
					depth--
				}
				out.Write(raw)
			}
		default:
			out.Write(z.Raw())
		}
	}
}

var void = map[atom.Atom]bool{
	atom.Area: true, atom.Base: true, atom.Br: true, atom.Col: true, atom.Embed: true, atom.Hr: true, atom.Img: true,
	atom.Input: true, atom.Link: true, atom.Meta: true, atom.Param: true, atom.Source: true, atom.Track: true, atom.Wbr: true,
}

var formatting = map[atom.Atom]bool{
	atom.B: true, atom.Big: true, atom.Code: true, atom.Em: true, atom.Font: true, atom.I: true, atom.Nobr: true,
	atom.S: true, atom.Small: true, atom.Strike: true, atom.Strong: true, atom.Tt: true, atom.U: true, atom.Span: true,
}
