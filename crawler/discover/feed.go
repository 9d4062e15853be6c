package discover

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	"github.com/mmcdole/gofeed/rss"
)

// maxTTL bounds what a feed may ask for: some say a year and mean nothing.
const maxTTL = 7 * 24 * time.Hour

func newParser() *gofeed.Parser {
	p := gofeed.NewParser()
	p.KeepOriginalFeed = true // the TTL is only there
	p.RSSTranslator = &gofeed.DefaultRSSTranslator{DisableContentImageScan: true}
	return p
}

// readFeed reads RSS or Atom; when the XML is broken, the entries that can be
// told apart in it.
func readFeed(c *collector, f *Found, text, root string) {
	f.Format = "rss"
	if root == "feed" {
		f.Format = "atom"
	}
	// The text is UTF-8 by now, whatever its declaration says.
	text = text[max(earliest(text[:min(len(text), 8<<10)], "<rss", "<feed", "<rdf:rdf", "<atom:feed", "<rdf"), 0):]
	var feed *gofeed.Feed
	err := checkNesting(text)
	if err == nil {
		feed, err = newParser().ParseString(text)
	}
	if err == nil {
		take(c, f, feed)
		if len(c.links) >= min(strings.Count(text, "<item")+strings.Count(text, "<entry"), c.max) {
			return
		}
	}
	// Something is missing: a link here and there, or all that came after a
	// mistake in the XML.
	read := len(c.links)
	salvaged, salvageErr := newParser().ParseString(salvage(text))
	if salvageErr == nil {
		title, ttl := f.Title, f.TTL
		f.Why = ""
		take(c, f, salvaged)
		f.Title, f.TTL = title, ttl
	}
	switch {
	case err != nil:
		f.Why = join(fmt.Sprintf("the feed is broken (%s)", shorten(err)), f.Why)
	case len(c.links) > read:
		f.Why = join("the feed is broken: some entries run into each other", f.Why)
	}
}

// readJSON reads a JSON Feed.
func readJSON(c *collector, f *Found, text string) error {
	f.Format = "json"
	if head := text[:min(len(text), 64<<10)]; !strings.Contains(head, "jsonfeed.org") && !strings.Contains(head, `"items"`) {
		return fmt.Errorf("%w: JSON, but no JSON Feed", ErrFormat)
	}
	feed, err := newParser().ParseString(text)
	if err != nil {
		return fmt.Errorf("%w: broken JSON: %v", ErrFormat, shorten(err))
	}
	take(c, f, feed)
	return nil
}

// take turns entries into links.
func take(c *collector, f *Found, feed *gofeed.Feed) {
	f.Title = plainTitle(feed.Title)
	f.TTL = ttl(feed)
	for _, item := range feed.Items {
		if item == nil {
			continue
		}
		l := Link{Title: item.Title, Kind: Page}
		if item.PublishedParsed != nil {
			l.Published = *item.PublishedParsed
		}
		if item.UpdatedParsed != nil {
			l.Modified = *item.UpdatedParsed
		}
		c.add(address(item), l)
	}
	switch {
	case len(feed.Items) == 0:
		f.Why = join(f.Why, "the feed has no entries")
	case len(c.links) == 0:
		f.Why = join(f.Why, fmt.Sprintf("none of the feed's %d entries has a usable link", len(feed.Items)))
	}
}

// address is where an entry's article is: past the counter of FeedBurner, and
// the GUID when it is a URL and there is nothing better.
func address(item *gofeed.Item) string {
	if links := item.Extensions["feedburner"]["origLink"]; len(links) > 0 && links[0].Value != "" {
		return links[0].Value
	}
	for _, link := range append([]string{item.Link}, item.Links...) {
		if strings.TrimSpace(link) != "" {
			return link
		}
	}
	if id := strings.TrimSpace(item.GUID); strings.HasPrefix(id, "http://") || strings.HasPrefix(id, "https://") {
		return id
	}
	return ""
}

// ttl is RSS's own in minutes, or else what the syndication module says.
func ttl(feed *gofeed.Feed) time.Duration {
	var wait time.Duration
	if original, ok := feed.OriginalFeed().(*rss.Feed); ok {
		if minutes, err := strconv.Atoi(strings.TrimSpace(original.TTL)); err == nil && minutes > 0 {
			wait = time.Duration(min(minutes, int(maxTTL/time.Minute))) * time.Minute
		}
	}
	value := func(name string) string {
		if v := feed.Extensions["sy"][name]; len(v) > 0 {
			return strings.ToLower(strings.TrimSpace(v[0].Value))
		}
		return ""
	}
	period := map[string]time.Duration{
		"hourly": time.Hour, "daily": 24 * time.Hour, "weekly": 7 * 24 * time.Hour,
		"monthly": 30 * 24 * time.Hour, "yearly": 365 * 24 * time.Hour,
	}[value("updatePeriod")]
	if period > 0 {
		if n, err := strconv.Atoi(value("updateFrequency")); err == nil && n > 1 {
			period /= time.Duration(n)
		}
		wait = max(wait, period)
	}
	return min(wait, maxTTL)
}

// maxNesting is far more than a feed needs. The parser descends into unknown
// elements with a call and a map of name spaces for each level.
const maxNesting = 200

// checkNesting counts open elements without regard to their names.
func checkNesting(text string) error {
	depth, spaces := 0, strings.Count(text, "xmlns")
	if spaces > 5000 {
		return errors.New("too many name spaces")
	}
	for {
		i := strings.IndexByte(text, '<')
		if i < 0 || i+1 >= len(text) {
			return nil
		}
		text = text[i+1:]
		end := ">"
		switch {
		case strings.HasPrefix(text, "![CDATA["):
			end = "]]>"
		case strings.HasPrefix(text, "!--"):
			end = "-->"
		case text[0] == '!' || text[0] == '?':
		case text[0] == '/':
			depth--
		default:
			depth++
		}
		j := strings.Index(text, end)
		if j < 0 {
			return nil
		}
		if end == ">" && j > 0 && text[j-1] == '/' && text[0] != '/' && text[0] != '!' && text[0] != '?' {
			depth--
		}
		if depth > maxNesting {
			return errors.New("elements nested too deep")
		}
		text = text[j+len(end):]
	}
}

func shorten(err error) string {
	s := err.Error()
	if len(s) > 120 {
		s = strings.ToValidUTF8(s[:120], "") + "…"
	}
	return s
}
