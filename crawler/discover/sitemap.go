package discover

import (
	"fmt"
	"strings"

	"golang.org/x/net/html"
)

// readSitemap reads a sitemap or an index of sitemaps, tag after tag as a feed:
// of a broken one every entry that can be told apart counts.
func readSitemap(c *collector, f *Found, text, root string) {
	f.Format = "sitemap"
	r := &sitemapReader{c: c, root: root, entry: "url", kind: Page, own: "", news: map[string]bool{"news": true}}
	if root == "sitemapindex" {
		f.Format, r.entry, r.kind = "sitemap index", "sitemap", Sitemap
	}
	text, whole := withoutCDATA(text)
	z := html.NewTokenizer(strings.NewReader(text))
	for more := true; more && !c.full; {
		switch z.Next() {
		case html.ErrorToken:
			more = false
		case html.TextToken:
			if r.field != "" && r.text.Len() < 8<<10 {
				r.text.Write(z.Raw())
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			name, attrs := z.TagName()
			tag := string(name)
			for attrs && tag != r.entry && len(r.news) < 10 {
				var k, v []byte
				k, v, attrs = z.TagAttr()
				if prefix, ok := strings.CutPrefix(string(k), "xmlns:"); ok && strings.Contains(string(v), "/sitemap-news/") {
					r.news[prefix] = true
				}
			}
			r.start(tag)
			z.NextIsNotRawText()
		case html.EndTagToken:
			name, _ := z.TagName()
			r.end(string(name))
		}
	}
	if r.ended { // an entry that the end of the file cuts off may have half an address
		r.finish()
	}
	switch {
	case c.full:
	case !r.ended || !whole:
		f.Why = "the " + f.Format + " is broken off"
	}
	switch {
	case r.entries == 0:
		f.Why = join(f.Why, "the "+f.Format+" has no entries")
	case len(c.links) == 0:
		f.Why = join(f.Why, fmt.Sprintf("none of the %d entries of the %s has a usable link", r.entries, f.Format))
	}
}

type sitemapReader struct {
	c           *collector
	root, entry string
	kind        Kind
	own         string          // prefix of the sitemap's own elements: image:loc is no page
	news        map[string]bool // prefixes of the elements for news

	open    bool // an entry
	link    Link
	loc     string
	field   string
	text    strings.Builder
	entries int
	ended   bool
}

// name is an element's name, when it is the sitemap's own or one for news.
func (r *sitemapReader) name(tag string) string {
	prefix, local, ok := strings.Cut(tag, ":")
	if !ok {
		prefix, local = "", tag
	}
	if prefix == r.own || r.news[prefix] {
		return local
	}
	return ""
}

func (r *sitemapReader) start(tag string) {
	prefix, local, ok := strings.Cut(tag, ":")
	if !ok {
		prefix, local = "", tag
	}
	if local == r.root {
		r.own, r.ended = prefix, false
		return
	}
	switch name := r.name(tag); name {
	case r.entry:
		r.finish()
		r.open = true
		r.entries++
	case "loc", "lastmod", "publication_date", "title":
		r.close()
		if r.open {
			r.field = name
			r.text.Reset()
		}
	}
}

func (r *sitemapReader) end(tag string) {
	switch name := r.name(tag); {
	case name == r.root:
		r.finish()
		r.ended = true
	case name == r.entry:
		r.finish()
	case name != "" && name == r.field:
		r.close()
	}
}

// close takes the text of the open field.
func (r *sitemapReader) close() {
	text := linkText(unescaped(r.text.String()))
	switch r.field {
	case "loc":
		if r.loc == "" {
			r.loc = text
		}
	case "lastmod":
		r.link.Modified = parseTime(text)
	case "publication_date":
		r.link.Published = parseTime(text)
	case "title":
		r.link.Title = text
	}
	r.field = ""
	r.text.Reset()
}

// finish ends the open entry, if there is one.
func (r *sitemapReader) finish() {
	if r.close(); r.open {
		r.link.Kind = r.kind
		r.c.add(r.loc, r.link)
	}
	r.open, r.link, r.loc = false, Link{}, ""
}

// readURLList reads the plainest sitemap: a URL a line.
func readURLList(c *collector, f *Found, text string) {
	f.Format = "url list"
	for _, line := range strings.FieldsFunc(text, func(c rune) bool { return c == '\n' || c == '\r' }) {
		if c.full {
			break
		}
		c.add(line, Link{Kind: Page})
	}
	if c.bad > len(c.links) {
		f.Why = "most lines are no URL"
	}
}
