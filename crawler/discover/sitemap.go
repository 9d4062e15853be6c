package discover

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
)

// readSitemap reads a sitemap or an index of sitemaps. Raw tokens are enough:
// they cost no memory for nesting or name spaces, and of a broken file the
// beginning counts.
func readSitemap(c *collector, f *Found, text, root string) {
	f.Format = "sitemap"
	entry, kind := "url", Page
	if root == "sitemapindex" {
		f.Format, entry, kind = "sitemap index", "sitemap", Sitemap
	}
	d := xml.NewDecoder(strings.NewReader(text))
	d.Strict = false
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // it is UTF-8 by now
	var prefix string                                                                  // of the sitemap's own elements: image:loc is no page
	var open, complete bool
	var at string
	var value strings.Builder
	l, loc := Link{Kind: kind}, ""
	entries := 0
	for !c.full {
		t, err := d.RawToken()
		if err != nil {
			switch {
			case err != io.EOF:
				f.Why = fmt.Sprintf("the %s is broken (%s)", f.Format, shorten(err))
			case !complete:
				f.Why = "the " + f.Format + " is broken off"
			}
			break
		}
		switch t := t.(type) {
		case xml.StartElement:
			at = ""
			value.Reset()
			switch {
			case t.Name.Local == root:
				prefix = t.Name.Space
			case t.Name.Local == entry && t.Name.Space == prefix:
				open, l, loc = true, Link{Kind: kind}, ""
			case open && t.Name.Space == prefix, open && t.Name.Space == "news":
				at = t.Name.Local
			}
		case xml.CharData:
			if at != "" && value.Len() < 8<<10 {
				value.Write(t)
			}
		case xml.EndElement:
			switch text := strings.TrimSpace(value.String()); at {
			case "loc":
				loc = text
			case "lastmod":
				l.Modified = parseTime(text)
			case "publication_date":
				l.Published = parseTime(text)
			case "title":
				l.Title = text
			}
			at = ""
			complete = complete || t.Name.Local == root
			if open && t.Name.Local == entry && t.Name.Space == prefix {
				entries++
				c.add(loc, l)
				open = false
			}
		}
	}
	switch {
	case entries == 0:
		f.Why = join(f.Why, "the "+f.Format+" has no entries")
	case len(c.links) == 0:
		f.Why = join(f.Why, fmt.Sprintf("none of the %d entries of the %s has a usable link", entries, f.Format))
	}
}

// readURLList reads the plainest sitemap: a URL a line.
func readURLList(c *collector, f *Found, text string) {
	f.Format = "url list"
	for line := range strings.Lines(text) {
		if c.full {
			break
		}
		c.add(line, Link{Kind: Page})
	}
	if c.bad > len(c.links) {
		f.Why = "most lines are no URL"
	}
}
