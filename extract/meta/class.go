package meta

import "strings"

// A classed is what the names on an element say. Pages use few distinct values
// many times, so each is read once.
type classed struct {
	time      int8 // rank of a date; 0 for none
	credit    int8 // rank of a credit; 0 for none
	published bool // of the publication, not of just any date
	changed   bool // of the last change
	away      bool // no name stands there: a picture, a caption, a life
	undated   bool // a date inside is not the article's
	aside     bool // what is inside belongs to something else: a comment, a teaser
}

// classed reads the value of a class or an id.
func (s *Survey) classed(value string) classed {
	c, seen := s.classes[value]
	if !seen {
		c = readClass(strings.ToLower(value))
		s.classes[value] = c
	}
	return c
}

func readClass(v string) (c classed) {
	switch {
	case containsAny(v, "publish", "pubdate", "post-date", "entry-date", "article-date", "postdate", "article__date", "articledate", "news-date", "post__date", "posted-on", "publication", "created", "timestamp", "dateline"):
		c.time = 5
	case containsAny(v, "date", "datum", "fecha", "time", "meta", "byline", "info", "posted", "veröffentlicht", "article-head", "submitted"):
		c.time = 6
	}
	c.published = containsAny(v, "publish", "entry-date", "post-date", "pubdate")
	c.changed = containsAny(v, "modif", "update")
	switch {
	case containsAny(v, "byline", "author-name", "author__name", "author_name", "authorname", "post-author", "article-author", "article__author", "article_author", "articleauthor",
		"entry-author", "writer-name", "autor-name", "autorname", "posted-by", "postedby", "news-author", "story-author"):
		c.credit = 3
	case containsAny(v, "author", "autor", "auteur", "writer", "verfasser", "redakteur", "journalist", "contributor", "reporter", "skribent", "forfatter", "yazar", "penulis"):
		c.credit = 4
	}
	c.away = containsAny(v, "comment", "kommentar", "avatar", "caption", "copyright", "photo", "authority", "authoriz", "author-bio", "author-desc", "authorbio", "author__bio", "author-img", "author-image", "share")
	c.aside = containsAny(v, "comment", "kommentar", "related", "teaser", "recommend", "sidebar", "widget", "popular", "trending", "citation", "references", "most-read", "read-more", "latest", "carousel", "modal")
	c.undated = c.aside || undated(v)
	return c
}

func (c *classed) add(o classed) {
	if o.time > 0 && (c.time == 0 || o.time < c.time) {
		c.time = o.time
	}
	if o.credit > 0 && (c.credit == 0 || o.credit < c.credit) {
		c.credit = o.credit
	}
	c.published = c.published || o.published
	c.changed = c.changed || o.changed
	c.away = c.away || o.away
	c.aside = c.aside || o.aside
	c.undated = c.undated || o.undated
}

// personPlaces are the folders in which sites keep their authors' pages.
var personPlaces = []string{
	"author", "autor", "auteur", "contributor", "staff", "journalist", "people", "profile", "profil", "writer", "redakt", "reporter", "columnist", "user",
	"team", "person", "byline", "skribent", "forfatter", "creator", "redacteur", "yazar", "penulis", "by", "bio",
}

// toPerson tells whether an address is that of an author's page: a folder for people and one name in it.
func toPerson(href string) bool {
	href, _, _ = strings.Cut(href, "?")
	href, _, _ = strings.Cut(href, "#")
	href = strings.TrimRight(href, "/")
	last := strings.LastIndexByte(href, '/')
	if last <= 0 || last == len(href)-1 {
		return false
	}
	for range 2 { // /author/ana-vidal, /authors/a/ana-vidal
		rest := href[:last]
		folder := strings.ToLower(rest[strings.LastIndexByte(rest, '/')+1:])
		for _, p := range personPlaces {
			if strings.HasPrefix(folder, p) && len(folder) <= len(p)+3 {
				return true
			}
		}
		if last = strings.LastIndexByte(rest, '/'); last <= 0 {
			return false
		}
	}
	return false
}
