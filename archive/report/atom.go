package report

import (
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"html"
	"io"
	"slices"
	"strings"
	"time"

	"pressmark/extract/change"
)

// feedEntries is how many changes a feed has at most: the newest.
const feedEntries = 200

type atomFeed struct {
	XMLName   xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	ID        string      `xml:"id"`
	Title     string      `xml:"title"`
	Subtitle  string      `xml:"subtitle,omitempty"`
	Updated   string      `xml:"updated"`
	Author    atomPerson  `xml:"author"`
	Generator string      `xml:"generator,omitempty"`
	Links     []atomLink  `xml:"link"`
	Entries   []atomEntry `xml:"entry"`
}

type atomPerson struct {
	Name string `xml:"name"`
}

type atomLink struct {
	Rel   string `xml:"rel,attr"`
	Href  string `xml:"href,attr"`
	Title string `xml:"title,attr,omitempty"`
}

type atomEntry struct {
	Language   string         `xml:"xml:lang,attr,omitempty"`
	ID         string         `xml:"id"`
	Title      string         `xml:"title"`
	Updated    string         `xml:"updated"`
	Published  string         `xml:"published"`
	Author     atomPerson     `xml:"author"`
	Links      []atomLink     `xml:"link"`
	Categories []atomCategory `xml:"category"`
	Content    atomContent    `xml:"content"`
}

type atomCategory struct {
	Term  string `xml:"term,attr"`
	Label string `xml:"label,attr,omitempty"`
}

type atomContent struct {
	Type string `xml:"type,attr"`
	Text string `xml:",chardata"`
}

// Atom writes the report's changes as a feed, an entry for each, the newest
// first. What a reader has seen stays seen: the same change has the same ID in
// every feed, and however often its article was read anew.
func Atom(w io.Writer, r *Report, zone *time.Location) error {
	r = r.shown()
	cards := r.AllCards()
	cards = cards[:min(len(cards), feedEntries)]
	f := atomFeed{
		ID: uuid("feed", r.Title, r.Site, r.Filter), Title: r.Title, Subtitle: r.Filter, Author: atomPerson{"pressmark"}, Generator: r.colophon(),
		Updated: r.Until.UTC().Format(time.RFC3339),
	}
	if r.Site != "" {
		f.Title += " · " + r.Site
	}
	if len(cards) > 0 { // a feed in which nothing is new says the same however often it is written
		f.Updated = cards[0].Before.UTC().Format(time.RFC3339)
	}
	for _, c := range cards {
		f.Entries = append(f.Entries, atomEntryOf(c, zone))
	}
	p := &printer{w: w}
	io.WriteString(p, xml.Header)
	e := xml.NewEncoder(p)
	e.Indent("", " ")
	if err := e.Encode(f); err != nil {
		return fmt.Errorf("write feed: %w", cmp.Or(p.err, err))
	}
	p.line("")
	return p.err
}

// AllCards are all changes of the report, the newest first, with one for those
// that many pages share.
func (r *Report) AllCards() []Card {
	all := slices.Concat(r.Cards, r.Withdrawn, r.Small)
	for _, a := range r.Alike {
		all = append(all, a.AsCard())
	}
	slices.SortStableFunc(all, func(x, y Card) int {
		return cmp.Or(y.Before.Compare(x.Before), cmp.Compare(x.Site, y.Site), cmp.Compare(x.URL, y.URL), cmp.Compare(y.To, x.To))
	})
	return all
}

func atomEntryOf(c Card, zone *time.Location) atomEntry {
	at := c.Before.UTC().Format(time.RFC3339)
	e := atomEntry{
		Language: language(c.Language), ID: c.ID(), Title: c.Site + ": " + c.Title + " (" + c.KindWords() + ")", Updated: at, Published: at,
		Author: atomPerson{c.Site}, Content: atomContent{"html", c.atomHTML(zone)},
	}
	if href(c.URL) != "#" {
		e.Links = append(e.Links, atomLink{Rel: "alternate", Href: c.URL})
	}
	for _, v := range c.kept() {
		e.Links = append(e.Links, atomLink{Rel: "related", Href: v.URI, Title: v.Title})
	}
	for _, k := range c.Kinds {
		e.Categories = append(e.Categories, atomCategory{Term: k, Label: kindWords[k]})
	}
	e.Categories = append(e.Categories, atomCategory{Term: fmt.Sprintf("grade-%d", c.Grade)})
	if c.Furniture {
		e.Categories = append(e.Categories, atomCategory{Term: "furniture"})
	}
	if c.Stealth {
		e.Categories = append(e.Categories, atomCategory{Term: "stealth"})
	}
	for _, w := range c.Watched {
		e.Categories = append(e.Categories, atomCategory{Term: "watch-" + w.Watch})
	}
	return e
}

// ID names the change for ever and everywhere: of its page there is one change
// that was first seen at this moment.
func (c Card) ID() string {
	what := "change"
	if len(c.Alike) > 0 {
		what = "alike" // beside what is the page's own
	}
	return uuid(what, c.Page, c.Before.UTC().Format(time.RFC3339Nano))
}

// uuid is a URN of what is named, of RFC 9562's version 8.
func uuid(parts ...string) string {
	b := sha256.Sum256([]byte("pressmark\x00" + strings.Join(parts, "\x00")))
	b[6], b[8] = b[6]&0x0f|0x80, b[8]&0x3f|0x80
	s := hex.EncodeToString(b[:16])
	return "urn:uuid:" + s[:8] + "-" + s[8:12] + "-" + s[12:16] + "-" + s[16:20] + "-" + s[20:]
}

// A keptVersion is one side of a change, named so that it can be found wherever
// its bytes are.
type keptVersion struct{ Title, URI, Command string }

// kept are the versions before and after the change. Their URIs are those of
// RFC 6920: they name the body of the page by its SHA-256.
func (c Card) kept() (list []keptVersion) {
	for _, x := range []struct {
		word   string
		n      int
		digest string
	}{{"before", c.From, c.DigestOld}, {"after", c.To, c.Digest}} {
		b, err := hex.DecodeString(x.digest)
		if x.digest == "" || err != nil {
			continue
		}
		if c.From == c.To {
			x.word = "the last kept"
		}
		name := fmt.Sprintf("%s@%d", short(c.Page), x.n)
		list = append(list, keptVersion{x.word + ": version " + name, "ni:///sha-256;" + base64.RawURLEncoding.EncodeToString(b), "pressmark show " + name})
	}
	return list
}

// atomHTML is the change as markup that any reader of feeds shows; all that
// comes from the page is escaped in it.
func (c Card) atomHTML(zone *time.Location) string {
	var b strings.Builder
	esc := html.EscapeString
	fmt.Fprintf(&b, "<p>%s <b>%s</b> · %s", c.Sign(), esc(c.Site), esc(c.KindWords()))
	if h := c.Honesty(); h != "" {
		fmt.Fprintf(&b, " · <b>%s</b>", esc(h))
	}
	b.WriteString("</p>\n")
	list, dates, more := c.sorted()
	if len(list) > 0 {
		b.WriteString("<ul>\n")
		for _, e := range list {
			fmt.Fprintf(&b, "<li>%s: %s</li>\n", where(e), words(e, spaced(plainMark)))
		}
		b.WriteString("</ul>\n")
	}
	line := func(s string) {
		if s != "" {
			fmt.Fprintf(&b, "<p>%s</p>\n", esc(s))
		}
	}
	if more > 0 {
		line(c.moreWords(more))
	}
	if w := c.watchWords(); w != "" {
		line("watch: " + w)
	}
	if len(c.Alike) > 0 {
		b.WriteString("<ul>\n")
		for _, x := range c.Alike {
			title := esc(x.Title)
			if href(x.URL) != "#" {
				title = fmt.Sprintf(`<a href="%s">%s</a>`, esc(x.URL), title)
			}
			fmt.Fprintf(&b, "<li>%s (<code>pressmark show %s@%d</code>)</li>\n", title, short(x.Page), x.To)
		}
		b.WriteString("</ul>\n")
	}
	var also []string
	for _, x := range c.Also {
		also = append(also, alsoWords(x))
	}
	if len(also) > 0 {
		line("also told by: " + strings.Join(also, ", "))
	}
	small := []string{"changed " + c.Interval(zone)}
	for _, s := range []string{c.Age(), c.foot(dates, zone)} {
		if s != "" {
			small = append(small, s)
		}
	}
	line(strings.Join(small, " · "))
	b.WriteString("<p>")
	if href(c.URL) != "#" {
		fmt.Fprintf(&b, `<a href="%s">original</a>`, esc(c.URL))
	} else {
		b.WriteString(esc(c.URL))
	}
	for _, v := range c.kept() {
		fmt.Fprintf(&b, ` · %s (<a href="%s">%s</a>)`, esc(v.Title), v.URI, esc(v.Command))
	}
	b.WriteString("</p>\n")
	for _, x := range [][2]string{{"before", c.DigestOld}, {"after", c.Digest}} {
		if x[1] != "" {
			fmt.Fprintf(&b, "<p><small>SHA-256 %s: <code>%s</code></small></p>\n", x[0], esc(x[1]))
		}
	}
	return b.String()
}

// plainMark marks words for readers without style sheets.
func plainMark(op change.Op, text string) string {
	text = html.EscapeString(text)
	switch op {
	case change.Delete:
		return "<del>" + text + "</del>"
	case change.Insert:
		return "<ins>" + text + "</ins>"
	}
	return text
}
