package month

import "time"

// What a site's lists are called, here and in their addresses.
const (
	feedList    = "feed"
	sitemapList = "sitemap"
	sectionList = "section"
)

// How far a news sitemap and a home page reach.
const (
	sitemapAge = 48 * time.Hour
	homeSize   = 40
)

// A Listed article is one line of a list.
type Listed struct {
	*Article
	Published, Modified time.Time // as the list says; zero when it doesn't
}

// Lists names the lists that a crawler would ask a site for: a feed and a
// sitemap where there are any, or else the home page.
func (s *Site) Lists() []string {
	var list []string
	if s.Feed != "" {
		list = append(list, feedList)
	}
	if s.Sitemap != "" {
		list = append(list, sitemapList)
	}
	if list == nil {
		list = append(list, sectionList)
	}
	return list
}

// List is what one of them says at a time. A news sitemap names some of what
// lies in the archive too.
func (s *Site) List(kind string, now time.Time) []Listed {
	var list []Listed
	switch kind {
	case feedList:
		for _, a := range s.Latest(now, s.FeedSize, now.Sub(time.Time{})) {
			l := Listed{Article: a, Published: a.Born}
			if s.Tells {
				l.Modified = a.Modified(now)
			}
			list = append(list, l)
		}
	case sitemapList:
		for _, a := range s.Latest(now, len(s.Articles), sitemapAge) {
			list = append(list, s.mapped(a, now))
		}
		for _, a := range s.Articles {
			if !a.Stock {
				break
			}
			list = append(list, s.mapped(a, now))
		}
	case sectionList:
		for _, a := range s.Latest(now, homeSize, now.Sub(time.Time{})) {
			list = append(list, Listed{Article: a})
		}
	}
	return list
}

func (s *Site) mapped(a *Article, now time.Time) Listed {
	l := Listed{Article: a, Published: a.Born, Modified: a.Born}
	switch s.Sitemap {
	case "honest":
		l.Modified = a.Modified(now)
	case "crying":
		l.Modified = now
	}
	return l
}

// Holds reports whether a site's validators are worth asking with: a document
// that is as it was gets a 304.
func (s *Site) Holds() bool {
	return s.Sitemap != "crying" && s.Server != None && s.Server != Random && s.Server != Future
}
