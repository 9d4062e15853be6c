// Package discover finds a site's articles: bytes of a feed, a sitemap or a
// section page in, links out.
//
// What a document is, its bytes say; the declared content type and charset
// are hints, because they are often wrong. A broken feed gives the links that
// can still be read.
package discover

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"pressmark/extract/urlkey"
)

// A Kind says what a link leads to, as far as can be told without asking.
type Kind string

// The kinds of links.
const (
	Feed    Kind = "feed"    // RSS, Atom or JSON Feed
	Sitemap Kind = "sitemap" // sitemap or sitemap index
	Section Kind = "section" // a page that lists articles
	Page    Kind = "page"    // an article, probably
)

// A Link is one link found. URL is as urlkey.Clean makes it.
type Link struct {
	URL       string
	Title     string
	Kind      Kind
	Published time.Time // zero when not said
	Modified  time.Time // zero when not said
}

// Found is what one document yields.
type Found struct {
	Format string        // rss, atom, json, sitemap, sitemap index, url list, html
	Title  string        // of the feed or page
	TTL    time.Duration // how long the document asks to be left alone; 0 when it does not say
	Skips  Skips         // when the document asks to be left alone (RSS)
	Older  string        // where a feed goes on with what is older (RFC 5005, next_url); "" when it does not say
	Links  []Link        // in the document's order, each URL once
	Why    string        // when there are no links: why; when some may be missing: what was wrong
	Hubs   []string      // of a feed: who tells, when asked to, that it has changed (WebSub)
	Self   string        // of a feed: the address that it calls its own, as it is spelt
}

// ErrFormat says that a document is no feed, sitemap or page.
var ErrFormat = errors.New("neither feed nor sitemap nor page")

// Limits on one document.
const (
	maxDocument = 64 << 20 // bytes, unpacked; a sitemap may have 50 MB
	maxLinks    = 50_000   // as many as a sitemap may hold
	maxPageLink = 2_000    // of a section page
	maxTitle    = 500      // bytes
)

// Parse reads a feed, a sitemap, or a section page, whichever it is; gz of
// either too. base is the URL it came from. The error wraps ErrFormat and says
// what the document is instead.
func Parse(body []byte, contentType, base string) (Found, error) {
	return (*Shapes)(nil).Parse(body, contentType, base)
}

// Parse is Parse for a site of which something is known: a section page's links
// are judged by that too.
func (s *Shapes) Parse(body []byte, contentType, base string) (Found, error) {
	text, err := decode(body, contentType)
	if err != nil {
		return Found{}, fmt.Errorf("reading %s: %w", base, err)
	}
	c := &collector{base: base, max: maxLinks, seen: map[string]bool{}}
	f := Found{}
	switch root := sniff(text); root {
	case "rss", "rdf", "feed":
		readFeed(c, &f, text, root)
		readHubs(&f, text, root, base)
	case "json":
		if err = readJSON(c, &f, text); err == nil {
			readHubs(&f, text, root, base)
		}
	case "urlset", "sitemapindex":
		readSitemap(c, &f, text, root)
	case "list":
		readURLList(c, &f, text)
	case "html":
		c.max = maxPageLink
		readSection(c, &f, text, s)
		if announcesXML(contentType) {
			f.Why = join("an HTML page where "+mediaType(contentType)+" was announced", f.Why)
		}
	case "":
		err = fmt.Errorf("%w: %s", ErrFormat, describe(text))
	default:
		err = fmt.Errorf("%w: XML with the root %.40q", ErrFormat, root)
	}
	if err != nil {
		return Found{}, fmt.Errorf("reading %s: %w", base, err)
	}
	f.Links = c.links
	if c.full {
		f.Why = join(f.Why, fmt.Sprintf("only the first %d links taken", c.max))
	}
	return f, nil
}

// A collector gathers links, each once, up to a limit.
type collector struct {
	base  string
	max   int
	links []Link
	seen  map[string]bool
	full  bool
	bad   int // references that are no URL
}

// add takes a reference as the document spells it.
func (c *collector) add(ref string, l Link) {
	ref = strings.TrimSpace(ref)
	if ref == "" || ref[0] == '#' {
		return
	}
	u, err := urlkey.Resolve(c.base, withScheme(c.base, ref))
	if err != nil {
		c.bad++
		return
	}
	if c.seen[u] {
		return
	}
	if len(c.links) >= c.max {
		c.full = true
		return
	}
	c.seen[u] = true
	l.URL, l.Title = u, plainTitle(l.Title)
	l.Published, l.Modified = sane(l.Published), sane(l.Modified)
	c.links = append(c.links, l)
}

// withScheme is a reference that begins with a host, and not with a scheme or
// slashes, as if it had them.
func withScheme(base, ref string) string {
	host, _, _ := strings.Cut(ref, "/")
	scheme, rest, _ := strings.Cut(base, "://")
	own, _, _ := strings.Cut(rest, "/")
	if strings.HasPrefix(strings.ToLower(host), "www.") || host == own && strings.Contains(host, ".") {
		return scheme + "://" + ref
	}
	return ref
}

// sane drops dates that only a broken clock writes.
func sane(t time.Time) time.Time {
	if t.Year() < 1990 || t.Year() > 2100 {
		return time.Time{}
	}
	return t.UTC()
}

func shorten(err error) string {
	s := err.Error()
	if len(s) > 120 {
		s = strings.ToValidUTF8(s[:120], "") + "…"
	}
	return s
}

func join(parts ...string) string {
	var said []string
	for _, p := range parts {
		if p != "" {
			said = append(said, p)
		}
	}
	return strings.Join(said, "; ")
}
