package discover

import (
	"strings"
	"unicode/utf8"
)

const (
	maxFeeds    = 30
	maxSections = 60
)

// Autodiscover finds the feeds, sitemaps and sections that a home page names:
// first the feeds, best known first, then the sitemaps, then the sections in
// the order of its menus.
func Autodiscover(body []byte, contentType, base string) []Link {
	text, err := decode(body, contentType)
	if err != nil || sniff(text) != "html" {
		return nil
	}
	p := scan(text)
	feeds := &collector{base: p.within(base), max: maxFeeds, seen: map[string]bool{}}
	maps := &collector{base: feeds.base, max: maxFeeds, seen: feeds.seen}
	for _, l := range p.links {
		rel := " " + l.kind + " "
		switch {
		case l.href == "":
		case strings.Contains(rel, " sitemap "):
			maps.add(l.href, Link{Title: l.text, Kind: Sitemap})
		case (strings.Contains(rel, " alternate ") || strings.Contains(rel, " feed ")) && isFeedType(l.typ) && !ofComments(l.href, l.text):
			feeds.add(l.href, Link{Title: l.text, Kind: Feed})
		}
	}
	for _, a := range p.anchors {
		switch path := strings.ToLower(a.href); {
		case looksLikeFeed(path) && !ofComments(path, a.text):
			feeds.add(a.href, Link{Title: a.text, Kind: Feed})
		case looksLikeSitemap(path):
			maps.add(a.href, Link{Title: a.text, Kind: Sitemap})
		}
	}
	sections := &collector{base: base, max: maxSections, seen: feeds.seen}
	all := candidates(&p, base)
	for _, menus := range []bool{true, false} { // what only the text links comes last
		for _, one := range all {
			n := utf8.RuneCountInString(strings.TrimSpace(one.text))
			if _, section := shape(mustParse(one.url)); section && one.menu == menus && n > 0 && n <= 40 {
				sections.add(one.url, Link{Title: one.text, Kind: Section})
			}
		}
	}
	return append(append(feeds.links, maps.links...), sections.links...)
}

func isFeedType(t string) bool {
	switch t {
	case "application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml",
		"text/rss+xml", "text/atom+xml", "application/x-rss+xml", "application/rss", "application/atom", "text/xml", "application/xml", "text/rss":
		return true
	}
	return false
}

// ofComments tells the feeds that blogs announce of their readers' letters.
func ofComments(href, title string) bool {
	for _, w := range []string{"comment", "kommentar", "commentaire", "comentario"} {
		if strings.Contains(strings.ToLower(href), w) || strings.Contains(strings.ToLower(title), w) {
			return true
		}
	}
	return false
}

func looksLikeFeed(href string) bool {
	path, _, _ := strings.Cut(href, "#")
	path, _, _ = strings.Cut(path, "?")
	path = strings.TrimSuffix(path, "/")
	last := path[strings.LastIndexByte(path, '/')+1:]
	switch last {
	case "rss.xml", "feed.xml", "atom.xml", "rss.php", "feed.json", "index.rss", "index.rdf", "feed", "atom":
		return true
	}
	return strings.HasSuffix(last, ".rss") || strings.HasSuffix(last, ".atom") || strings.HasSuffix(last, ".rdf") ||
		strings.HasSuffix(last, ".xml") && (strings.Contains(path, "/rss") || strings.Contains(path, "/feed"))
}

func looksLikeSitemap(href string) bool {
	path, _, _ := strings.Cut(href, "?")
	return strings.Contains(path, "sitemap") && (strings.HasSuffix(path, ".xml") || strings.HasSuffix(path, ".xml.gz"))
}
