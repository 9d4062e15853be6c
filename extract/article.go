package extract

import (
	"strings"

	"pressmark/extract/filter"
	"pressmark/extract/memory"
	"pressmark/extract/meta"
	"pressmark/extract/notice"
)

// A Page is what a server sent for one URL: bytes and what was said of them.
type Page struct {
	URL         string // the URL asked for; may be empty for a loose file
	Final       string // the URL that answered, after redirects; "" means URL
	Status      int    // HTTP status; 0 means 200
	ContentType string // the Content-Type header, whose charset is believed before the page's own; may be empty
	Body        []byte // content-decoded, still in its own charset

	Memory *memory.Reading // what is known of the site's other pages; nil when nothing is
	// Filters are the user's rules for what to leave out; nil when there are none.
	Filters *filter.Set
}

// A Kind says what a page is.
type Kind string

// The kinds of page.
const (
	News    Kind = "article" // an article
	Wall    Kind = "wall"    // a consent wall, a challenge or a region block: never a version
	Partial Kind = "partial" // a teaser above a wall: never compared with the full text
	Other   Kind = "other"   // no article: a section front, a search page, an error page, not HTML
)

// A BlockKind says what a block of text is.
type BlockKind string

// The kinds of block.
const (
	Lead         BlockKind = "lead" // the standfirst set between headline and text; at most one, first
	Paragraph    BlockKind = "paragraph"
	Heading      BlockKind = "heading"
	Item         BlockKind = "item"
	Quote        BlockKind = "quote"
	Row          BlockKind = "row"
	Preformatted BlockKind = "pre"
)

// A Block is one paragraph, heading, list item … of the article, in reading order.
type Block struct {
	Kind BlockKind `json:"kind"`
	Text string    `json:"text"`
	// Time is set on the first block of each post of a live blog: when the post
	// says that it was written. The posts stand in the page's order, mostly the
	// newest first; all blocks up to the next Time belong to the post. It is no
	// part of the text: a clock that moves makes no new version.
	Time meta.Date `json:"time,omitzero"`
}

// A Removal is text that was on the page and is not in the article.
type Removal = notice.Removal

// An Article is the journalism on one page, without the page around it.
type Article struct {
	Title  string
	Dek    string   // the standfirst; when the page shows it above the text it is also the first block
	Byline []string // people, one a name
	Agency string   // the wire service credited, such as "AFP"
	// AgencyFrom is where it is credited: "json-ld", "meta", "byline", "dateline" or "text end".
	AgencyFrom string
	Published  meta.Date
	Modified   meta.Date
	// PublishedFrom is where Published was found: what data and markup state is surer than a line of text.
	PublishedFrom meta.Origin
	Language      string // BCP 47, such as "fr"
	Canonical     string
	Section       string
	Tags          []string    // what the page files the article under, in its own words
	Image         string      // address of the picture that stands for the article
	Access        meta.Access // who may read all of it, as far as the page says
	SiteName      string
	Next          string   // address of the article's next page
	Pages         []string // addresses of its other pages, as far as this one links them, in order
	Kind          Kind
	Why           string // why Kind is not Article, in words for people
	Blocks        []Block
	Removed       []Removal
}

// Text is the article's words: its blocks joined by blank lines.
func (a *Article) Text() string {
	var b strings.Builder
	for i, x := range a.Blocks {
		if i > 0 {
			b.WriteString("\n\n")
		}
		b.WriteString(x.Text)
	}
	return b.String()
}
