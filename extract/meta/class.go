package meta

import (
	"hash/maphash"
	"strings"
	"sync"
)

// A classed is what the names on an element say. Pages use few distinct values
// many times, so each is read once.
type classed struct {
	time      int8 // rank of a date; 0 for none
	credit    int8 // rank of a credit; 0 for none
	published bool // of the publication, not of just any date
	changed   bool // of the last change
	away      bool // no name stands there: a picture, a caption, a life
	undated   bool // a date inside is not the article's
	closing   bool // the article's own, whatever else it says: its foot, its single page
	aside     bool // what is inside belongs to something else: a comment, a teaser
}

// A classBook keeps what was read of the latest classes. Pages repeat the same
// few hundred, pages of one site the same ones.
type classBook struct {
	seed  maphash.Seed
	slots [2048]struct {
		key  uint64 // hash of the class
		says classed
	}
}

// longestKept is the longest class that is kept.
const longestKept = 300

var classBooks = sync.Pool{New: func() any { return &classBook{seed: maphash.MakeSeed()} }}

// classed reads the value of a class or an id.
func (s *Survey) classed(value string) classed {
	switch n := len(value); {
	case n < 3:
		return classed{}
	case n > longestKept:
		return readClass(strings.ToLower(value))
	}
	if s.classes == nil {
		s.classes = classBooks.Get().(*classBook)
	}
	key := maphash.String(s.classes.seed, value)
	slot := &s.classes.slots[key%uint64(len(s.classes.slots))]
	if slot.key != key {
		slot.key, slot.says = key, readClass(strings.ToLower(value))
	}
	return slot.says
}

// Unnamed tells a class that says nothing of a date, a person or readers' talk.
func Unnamed(class string) bool {
	return readClass(strings.ToLower(class)) == classed{} && len(class) <= longestClass && !talk(class)
}

func readClass(v string) (c classed) {
	v = v[:min(len(v), longestClass)]
	for i := 0; i+3 < len(v); i++ {
		for _, w := range classWords[v[i]&31][v[i+1]&31] {
			if strings.HasPrefix(v[i:], w.stem) {
				c.add(w.says)
			}
		}
	}
	c.undated = (c.aside || c.undated) && !c.closing
	return c
}

// longestClass bounds what is read of a class: lists of utility classes go on for long.
const longestClass = 240

// A classWord is a stem in a class, anywhere in it, and what it says.
type classWord struct {
	stem string
	says classed
}

// classWords are the stems by their first two letters.
var classWords = func() (index [32][32][]classWord) {
	for _, row := range []struct {
		says  classed
		stems string
	}{
		{classed{time: 5}, "publish pubdate post-date entry-date article-date postdate article__date articledate news-date post__date posted-on publication created timestamp dateline"},
		{classed{time: 6}, "date datum fecha time meta byline info posted veröffentlicht article-head submitted"},
		{classed{published: true}, "publish entry-date post-date pubdate"},
		{classed{changed: true}, "modif update"},
		{classed{credit: 3}, `byline author-name author__name author_name authorname post-author article-author article__author article_author articleauthor entry-author
			writer-name autor-name autorname posted-by postedby news-author story-author`},
		{classed{credit: 4}, "author autor auteur writer verfasser redakteur journalist contributor reporter skribent forfatter yazar penulis"},
		{classed{away: true}, `comment kommentar avatar caption copyright photo authority authoriz author-bio author-desc authorbio author__bio author-img author-image share`},
		{classed{aside: true}, `comment kommentar related teaser recommend sidebar widget popular trending citation references most-read read-more latest carousel modal`},
		{classed{undated: true}, `comment footer listing read-next swiper slider recent suggest more- todays-date today-date current-date currentdate weather event navtop topbar top-bar masthead breaking ticker`},
		{classed{closing: true}, "entry-footer article-footer post-footer single"},
	} {
		for _, stem := range strings.Fields(row.stems) {
			at := &index[stem[0]&31][stem[1]&31]
			*at = append(*at, classWord{stem, row.says})
		}
	}
	return index
}()

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
	c.closing = c.closing || o.closing
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
