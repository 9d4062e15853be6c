package discover

import (
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/html"

	"pressmark/extract/urlkey"
)

// A Subscription is what an OPML file, as feed readers write them, says of one
// publication.
type Subscription struct {
	Title   string
	Home    string   // its home page
	Feeds   []string // none: they are to be found
	Folders []string // the folders and categories that it stands in
}

// Limits on one OPML file.
const (
	maxSubscriptions = 10_000
	maxFolders       = 50 // open at once
	maxFolderName    = 60 // bytes
)

// An outline is an open element of an OPML file.
type outline struct {
	folder string // its name, when it is no publication
	title  string // when it is one, and its feeds stand inside
	home   string
}

// ParseOPML reads OPML 1.0, 1.1 and 2.0, broken files too: each publication
// once, whatever the number of its feeds and folders. skipped are the outlines
// that name no address, by their text. The error wraps ErrFormat.
func ParseOPML(body []byte) (title string, subs []Subscription, skipped []string, err error) {
	text, err := decode(body, "")
	if err != nil {
		return "", nil, nil, fmt.Errorf("reading OPML: %w", err)
	}
	switch root := sniff(text); root {
	case "opml", "outline", "body", "head":
	case "":
		return "", nil, nil, fmt.Errorf("reading OPML: %w: %s", ErrFormat, describe(text))
	case "html":
		if earliest(text, "<opml", "<outline") < 0 {
			return "", nil, nil, fmt.Errorf("reading OPML: %w: a page, and no list of feeds", ErrFormat)
		}
	default:
		return "", nil, nil, fmt.Errorf("reading OPML: %w: its root is %.40q", ErrFormat, root)
	}
	r := &opmlReader{at: map[string]int{}}
	z := html.NewTokenizer(strings.NewReader(text))
	for {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			return plainTitle(unescaped(r.title.String())), r.subs, r.skipped, nil
		case html.TextToken:
			if r.inTitle && r.title.Len() < maxTitle {
				r.title.Write(z.Raw())
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			z.NextIsNotRawText()
			if t.Data == "outline" {
				r.outline(t, kind == html.SelfClosingTagToken)
			}
			r.inTitle = t.Data == "title" && len(r.subs) == 0
		case html.EndTagToken:
			r.inTitle = false
			if name, _ := z.TagName(); string(name) == "outline" && len(r.open) > 0 {
				r.open = r.open[:len(r.open)-1]
			}
		}
	}
}

type opmlReader struct {
	open    []outline
	at      map[string]int // index in subs, by the publication
	subs    []Subscription
	skipped []string
	title   strings.Builder
	inTitle bool
}

func (r *opmlReader) outline(t html.Token, closed bool) {
	name := plainTitle(attr(t, "title"))
	if name == "" {
		name = plainTitle(attr(t, "text"))
	}
	feed, home := attr(t, "xmlurl"), attr(t, "htmlurl")
	if feed == "" && strings.EqualFold(attr(t, "type"), "rss") {
		feed = attr(t, "url")
	}
	here := outline{folder: name}
	if feed != "" || home != "" {
		here = r.publication(t, name, feed, home)
	}
	if !closed && len(r.open) < maxFolders {
		r.open = append(r.open, here)
	}
}

// publication takes an outline that has an address.
func (r *opmlReader) publication(t html.Token, name, feed, home string) outline {
	given := feed
	feed, home = feedAddress(feed), feedAddress(home)
	parent := outline{}
	if len(r.open) > 0 {
		parent = r.open[len(r.open)-1]
	}
	switch {
	case parent.home != "" && feed != "": // a publication's outline with its feeds inside
		home, name = parent.home, parent.title
	case home == "" && feed != "":
		home = resolved(feed, "/")
	}
	if home == "" || feed == "" && given != "" {
		if len(r.skipped) < maxSubscriptions {
			r.skipped = append(r.skipped, join(strings.TrimSpace(name+" "+given)))
		}
		return outline{folder: name}
	}
	key, err := urlkey.Group(home)
	if err != nil {
		return outline{folder: name}
	}
	i, known := r.at[key]
	if !known {
		if len(r.subs) == maxSubscriptions {
			return outline{}
		}
		i = len(r.subs)
		r.at[key] = i
		r.subs = append(r.subs, Subscription{Title: name, Home: home})
	}
	s := &r.subs[i]
	if s.Home != home { // sections of one publication
		s.Home = resolved(home, "/")
	}
	if s.Title != name {
		s.Title = shared(s.Title, name)
	}
	if feed != "" && !slices.Contains(s.Feeds, feed) && len(s.Feeds) < 1000 {
		s.Feeds = append(s.Feeds, feed)
	}
	for _, f := range r.folders(t) {
		if !slices.Contains(s.Folders, f) && len(s.Folders) < maxFolders {
			s.Folders = append(s.Folders, f)
		}
	}
	if feed != "" {
		return outline{} // what stands inside is none of its own: it was not closed
	}
	return outline{title: name, home: home}
}

// folders are the names that a publication is filed under.
func (r *opmlReader) folders(t html.Token) []string {
	var names []string
	for _, o := range r.open {
		names = append(names, o.folder)
	}
	for _, c := range strings.Split(attr(t, "category"), ",") {
		names = append(names, strings.Split(c, "/")...)
	}
	kept := names[:0]
	for _, n := range names {
		if n = plainTitle(n); n != "" && len(n) <= maxFolderName && !slices.Contains(kept, n) {
			kept = append(kept, n)
		}
	}
	return kept
}

// feedAddress is an address as a reader's file has it, feed: and all; "" when
// it is none.
func feedAddress(raw string) string {
	raw = linkText(raw)
	for _, lead := range []string{"feed:http", "feed:", "itpc:", "pcast:"} {
		if rest, ok := cutFold(raw, lead); ok && lead == "feed:http" {
			raw = "http" + rest
		} else if ok {
			raw = "http:" + rest
		}
	}
	if !isAddress(strings.ToLower(raw)) {
		return ""
	}
	u, err := urlkey.Clean(raw)
	if err != nil {
		return ""
	}
	return u
}

func cutFold(s, lead string) (rest string, ok bool) {
	if len(s) < len(lead) || !strings.EqualFold(s[:len(lead)], lead) {
		return s, false
	}
	return s[len(lead):], true
}

// shared is what two titles begin with, such as a paper's name before its
// sections'; "" when that is no word.
func shared(a, b string) string {
	words, others := strings.Fields(a), strings.Fields(b)
	n := 0
	for n < len(words) && n < len(others) && words[n] == others[n] {
		n++
	}
	return strings.TrimRight(strings.Join(words[:n], " "), " :-–—|·»›,")
}

// WriteOPML writes publications as OPML 2.0, as ParseOPML reads them: one with
// several feeds as an outline that holds them, one whose feeds are to be found
// as a link to its home page.
func WriteOPML(w io.Writer, title string, made time.Time, subs []Subscription) error {
	type element struct {
		Text     string    `xml:"text,attr"`
		Title    string    `xml:"title,attr,omitempty"`
		Type     string    `xml:"type,attr,omitempty"`
		URL      string    `xml:"url,attr,omitempty"`
		Feed     string    `xml:"xmlUrl,attr,omitempty"`
		Home     string    `xml:"htmlUrl,attr,omitempty"`
		Category string    `xml:"category,attr,omitempty"`
		Inside   []element `xml:"outline"`
	}
	file := struct {
		XMLName xml.Name  `xml:"opml"`
		Version string    `xml:"version,attr"`
		Title   string    `xml:"head>title"`
		Made    string    `xml:"head>dateCreated"`
		Body    []element `xml:"body>outline"`
	}{Version: "2.0", Title: title, Made: made.UTC().Format(time.RFC1123)}
	for _, s := range subs {
		e := element{Text: s.Title, Title: s.Title, Home: s.Home, Category: strings.Join(s.Folders, ",")}
		switch len(s.Feeds) {
		case 0:
			e.Type, e.URL = "link", s.Home
		case 1:
			e.Type, e.Feed = "rss", s.Feeds[0]
		default:
			for _, f := range s.Feeds {
				e.Inside = append(e.Inside, element{Text: s.Title, Title: s.Title, Type: "rss", Feed: f, Home: s.Home})
			}
		}
		file.Body = append(file.Body, e)
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return fmt.Errorf("write OPML: %w", err)
	}
	x := xml.NewEncoder(w)
	x.Indent("", "  ")
	if err := x.Encode(file); err != nil {
		return fmt.Errorf("write OPML: %w", err)
	}
	_, err := io.WriteString(w, "\n")
	return err
}
