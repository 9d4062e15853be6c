package extract

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"

	"pressmark/extract/meta"
	"pressmark/extract/notice"
)

// A page that is drawn by scripts has its text only in the data for them.
const (
	bareText  = 600 // runes of visible text up to which a page's data are looked at
	stateText = 300 // runes of prose that data must hold to be an article
	mostState = 8 << 20
)

// embedded gives the text of a page that shows hardly any and is no list, from where it is
// stated for scripts and search engines: the embedded state, the posts of a
// live blog in JSON-LD, JSON-LD's articleBody. It gives nil when none has far
// more than the page shows. raw is the page before the parser was spared its
// scripts. What is not free to read is not taken from behind a page's wall.
func embedded(doc *html.Node, raw []byte, title string, f *meta.Facts, shown []Block) []Block {
	visible := proseLength(shown)
	if visible > 0 && (f.Access == meta.Paid || f.Access == meta.Metered) {
		return nil
	}
	enough := max(stateText, 3*visible)
	s := newStateReader(title, f)
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode && n.Data == "script" && n.FirstChild != nil {
			if kind := strings.ToLower(attribute(n, "type")); strings.Contains(kind, "json") && !strings.Contains(kind, "ld+json") {
				s.read([]byte(n.FirstChild.Data))
			}
		}
	}
	s.assignments(raw)
	if s.best.prose >= enough && s.best.near > 0 {
		if blocks := s.best.blocks(); proseLength(blocks) >= enough {
			return withoutTitle(blocks, f)
		}
	}
	var blocks []Block
	for _, u := range f.Updates {
		post := len(blocks)
		if u.Headline != "" {
			blocks = append(blocks, Block{Kind: Heading, Text: u.Headline})
		}
		for _, t := range paragraphs(u.Body) {
			blocks = append(blocks, Block{Kind: Paragraph, Text: t})
		}
		if post < len(blocks) {
			blocks[post].Time = u.Time
		}
	}
	if proseLength(blocks) >= enough {
		return blocks
	}
	blocks = nil
	for _, t := range paragraphs(f.ArticleBody) {
		blocks = append(blocks, Block{Kind: Paragraph, Text: t})
	}
	if proseLength(blocks) >= enough {
		return blocks
	}
	return nil
}

// take makes embedded text the article's.
func (o *outline) take(text []Block, a *Article, f *meta.Facts) {
	if text != nil {
		o.fill(text, a, f)
		o.embedded = proseLength(a.Blocks)
	}
}

// fill makes text that was found apart from the article's place its text.
func (o *outline) fill(text []Block, a *Article, f *meta.Facts) {
	f.Language = spokenIn(f.Language, text)
	blocks, removed := withoutNotices(text, notice.Options{Language: f.Language})
	a.Language, a.Blocks, a.Dek = f.Language, blocks, ""
	a.Removed = append(a.Removed, removed...)
}

// proseLength counts the runes of blocks that read as text.
func proseLength(blocks []Block) int {
	n := 0
	for _, b := range blocks {
		if length := utf8.RuneCountInString(b.Text) + wideRunes(b.Text); b.Kind != Heading && (length >= 40 || sentence(b.Text)) {
			n += length
		}
	}
	return n
}

// withoutTitle drops the page's title from the head of its text.
func withoutTitle(blocks []Block, f *meta.Facts) []Block {
	for len(blocks) > 1 {
		k, is := bare(blocks[0].Text), false
		for _, t := range f.Titles {
			is = is || bare(t.Text) == k
		}
		if !is {
			break
		}
		blocks = blocks[1:]
	}
	return blocks
}

// fragment gives the blocks of a text that is written as HTML.
func fragment(text string) []Block {
	doc, err := parse([]byte(text))
	if err != nil {
		return nil
	}
	var blocks []Block
	o := newOutline(doc)
	for i := range o.pieces {
		p := &o.pieces[i]
		if p.in >= 0 && o.bears(p.in, captionMark) || p.runes > 0 && p.linked*10 >= p.runes*9 && p.runes < 250 {
			continue
		}
		blocks = append(blocks, Block{Kind: p.kind, Text: p.text})
	}
	return blocks
}
