package extract

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"pressmark/extract/memory"
	"pressmark/extract/notice"
)

// An outline is a page as two flat lists in reading order: the elements that
// matter and the pieces of text in them. It is made in one walk of the tree;
// all later work runs over the lists.
type outline struct {
	elements []element
	pieces   []piece
	h1       int  // index of the first piece of the page's h1; -1 when there is none
	heads    int  // how many pieces are h1
	titleAt  int  // index of the piece that shows the headline; -1 when none does
	shown    bool // the piece at titleAt says the title, letter by letter
	board    bool // it is a page of a forum: what members wrote is its text
	anchor   *anchor
	shelf    shelf           // the largest row of teasers
	page     *notice.Page    // the page after its notices were taken
	embedded int             // runes of the article's text that the page holds for scripts only
	trace    *trace          // of Explain; nil otherwise
	memory   *memory.Reading // of the site; nil when there is none
	places   []uint64        // what memory calls the elements; made on demand
}

// An element is a block element, or an inline one with a name.
type element struct {
	node        *html.Node
	parent      int32 // -1 for the first
	first, last int32 // its pieces are [first, last)
	marks       mark
	word        string // the name or tag that says so
	cut         mark   // why its text is furniture; 0 when it is not
	prose       int    // weight of the prose in it
	clean       int    // weight of the prose in it that no furniture holds
	links       int    // weight of link text in it
	tag         atom.Atom
}

// A piece is a run of text in one block of the page.
type piece struct {
	text   string
	kind   BlockKind
	level  int8  // of a heading
	in     int32 // the element
	runes  int
	weight int  // of its text as prose; 0 for what is no prose
	linked int  // runes inside links
	strong bool // all of it is bold
	tag    atom.Atom
	key    string // letters and digits only, lower case, for comparisons; made on demand
}

// skipped elements hold nothing that a reader reads as text.
var skipped = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Template: true, atom.Svg: true, atom.Math: true,
	atom.Iframe: true, atom.Object: true, atom.Embed: true, atom.Video: true, atom.Audio: true, atom.Canvas: true,
	atom.Button: true, atom.Select: true, atom.Textarea: true, atom.Input: true, atom.Head: true, atom.Map: true,
	atom.Datalist: true, atom.Progress: true, atom.Noframes: true, atom.Frameset: true, atom.Dialog: true,
	atom.Rp: true, atom.Rt: true, atom.Rtc: true,
}

var blockTags = map[atom.Atom]bool{
	atom.Address: true, atom.Article: true, atom.Aside: true, atom.Blockquote: true, atom.Body: true, atom.Center: true,
	atom.Dd: true, atom.Details: true, atom.Div: true, atom.Dl: true, atom.Dt: true, atom.Fieldset: true,
	atom.Figcaption: true, atom.Figure: true, atom.Footer: true, atom.Form: true, atom.H1: true, atom.H2: true, atom.H3: true,
	atom.H4: true, atom.H5: true, atom.H6: true, atom.Header: true, atom.Hr: true, atom.Html: true, atom.Li: true, atom.Main: true,
	atom.Nav: true, atom.Ol: true, atom.P: true, atom.Pre: true, atom.Section: true, atom.Summary: true, atom.Table: true,
	atom.Tbody: true, atom.Td: true, atom.Tfoot: true, atom.Th: true, atom.Thead: true, atom.Tr: true, atom.Ul: true,
	atom.Caption: true, atom.Legend: true, atom.Hgroup: true, atom.Menu: true, atom.Dir: true, atom.Search: true,
}

// tagMarks are what the tag alone says.
var tagMarks = map[atom.Atom]mark{
	atom.Nav: navigationMark, atom.Footer: navigationMark, atom.Header: navigationMark, atom.Aside: relatedMark,
	atom.Figcaption: captionMark, atom.Figure: captionMark, atom.Form: newsletterMark, atom.Address: authorMark,
	atom.Caption: captionMark, atom.Menu: navigationMark, atom.Search: navigationMark, atom.Label: newsletterMark, atom.Time: 0,
}

// A tagged is what the outline has to know of a tag.
type tagged struct {
	tag     atom.Atom
	skipped bool
	block   bool
	inline  bool // see walker.inline
	marks   mark
}

// taggeds are all of them by a hash of the tag, one after the other where two have the same.
var taggeds = func() (t [512]tagged) {
	at := func(a atom.Atom) *tagged {
		i := taggedHash(a)
		for t[i].tag != 0 && t[i].tag != a {
			i = (i + 1) % uint32(len(t))
		}
		t[i].tag = a
		return &t[i]
	}
	for a := range skipped {
		at(a).skipped = true
	}
	for a := range blockTags {
		at(a).block = true
	}
	for _, a := range []atom.Atom{atom.Del, atom.S, atom.Strike, atom.Sup, atom.Sub, atom.A} {
		at(a).inline = true
	}
	for a, m := range tagMarks {
		at(a).marks = m
	}
	return t
}()

func taggedHash(a atom.Atom) uint32 { return uint32(a) * 2654435761 >> (32 - 9) }

func lookTag(a atom.Atom) *tagged {
	i := taggedHash(a)
	for taggeds[i].tag != a && taggeds[i].tag != 0 {
		i = (i + 1) % uint32(len(taggeds))
	}
	return &taggeds[i]
}

func kindOf(f frame) BlockKind {
	switch {
	case headingLevel(f.block) > 0:
		return Heading
	case f.pre:
		return Preformatted
	case f.item:
		return Item
	case f.quote:
		return Quote
	}
	return Paragraph
}

func headingLevel(a atom.Atom) int8 {
	switch a {
	case atom.H1:
		return 1
	case atom.H2:
		return 2
	case atom.H3:
		return 3
	case atom.H4:
		return 4
	case atom.H5:
		return 5
	case atom.H6:
		return 6
	}
	return 0
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
