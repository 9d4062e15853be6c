// Package discover finds a site's articles: bytes of a feed, a sitemap or a
// section page in, links out.
package discover

import "time"

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
	Format string        // rss, atom, json, sitemap, sitemap index, html
	Title  string        // of the feed or page
	TTL    time.Duration // how long the document asks to be left alone; 0 when it does not say
	Links  []Link
	Hubs   []string // WebSub hubs that the feed names
	Self   string   // the feed's own address, if it says
	Why    string   // when there are no links: why; when some are missing: what was cut
}

// Parse reads a feed, a sitemap, or a section page, whichever it is; gz of
// either too. base is the URL it came from. The error means that it is none of
// them and says what it is instead.
func Parse(body []byte, contentType, base string) (Found, error) { return Found{}, nil }

// Autodiscover finds the feeds, sitemaps and sections that a home page names.
func Autodiscover(body []byte, contentType, base string) []Link { return nil }
