package newsroom

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"strings"
	"time"
)

// feed is the feed or sitemap at a path.
func (r *Room) feed(p *paper, path string, now time.Time) (document, error) {
	d := document{modified: p.changed(now)}
	var err error
	switch p.key + path {
	case "gazette/feed.xml":
		d.kind = "application/rss+xml; charset=utf-8"
		d.body, err = p.rss(now)
	case "gazette/sitemap.xml":
		d.kind = "application/xml"
		d.body = fmt.Appendf(nil, "%s<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"+
			"<sitemap><loc>%s/sitemap-news.xml</loc><lastmod>%s</lastmod></sitemap>\n</sitemapindex>\n",
			xml.Header, p.base, d.modified.Format(time.RFC3339))
	case "gazette/sitemap-news.xml":
		d.kind = "application/xml"
		for _, a := range p.articles {
			if out := a.published.Add(newsAge); out.Before(now) && out.After(d.modified) {
				d.modified = out
			}
		}
		d.body, err = p.newsSitemap(now)
	case "wire/atom.xml":
		d.kind = "application/atom+xml"
		d.body, err = p.atom(now)
	case "spin/feed.json":
		d.kind = "application/feed+json"
		d.body, err = p.jsonFeed(now)
	default:
		return d, errNoPage
	}
	return d, err
}

func asXML(root any) ([]byte, error) {
	text, err := xml.MarshalIndent(root, "", " ")
	return append([]byte(xml.Header), append(text, '\n')...), err
}

func (p *paper) rss(now time.Time) ([]byte, error) {
	type item struct {
		Title       string `xml:"title"`
		Link        string `xml:"link"`
		GUID        string `xml:"guid"`
		Published   string `xml:"pubDate"`
		Category    string `xml:"category,omitempty"`
		Description string `xml:"description,omitempty"`
	}
	type channel struct {
		Title       string `xml:"title"`
		Link        string `xml:"link"`
		Description string `xml:"description"`
		Language    string `xml:"language"`
		Built       string `xml:"lastBuildDate"`
		TTL         int    `xml:"ttl"`
		Items       []item `xml:"item"`
	}
	c := channel{Title: p.Name, Link: p.base + "/", Description: "News from Port Merrow", Language: "en-gb",
		Built: p.changed(now).Format(time.RFC1123Z), TTL: 15}
	for _, a := range p.latest(now, "") {
		e := a.at(now)
		c.Items = append(c.Items, item{Title: e.title, Link: p.base + a.listed(), GUID: a.url(),
			Published: a.published.Format(time.RFC1123Z), Category: e.section, Description: e.dek})
	}
	c.Items = append(c.Items, item{Title: "Advertisement: Spring sale at Ketch Point", Link: p.base + "/out/spring-sale",
		GUID: p.base + "/out/spring-sale", Published: Start.AddDate(0, 0, -1).Format(time.RFC1123Z)})
	return asXML(struct {
		XMLName xml.Name `xml:"rss"`
		Version string   `xml:"version,attr"`
		Channel channel  `xml:"channel"`
	}{Version: "2.0", Channel: c})
}

// listed is the path under which the feed names an article.
func (a *article) listed() string {
	switch {
	case a.old != "":
		return a.old
	case a.tracked != "":
		return a.tracked
	}
	return a.path
}

// newsAge is how long an article stays in a news sitemap.
const newsAge = 48 * time.Hour

func (p *paper) newsSitemap(now time.Time) ([]byte, error) {
	type publication struct {
		Name     string `xml:"news:name"`
		Language string `xml:"news:language"`
	}
	type news struct {
		Publication publication `xml:"news:publication"`
		Date        string      `xml:"news:publication_date"`
		Title       string      `xml:"news:title"`
	}
	type entry struct {
		Loc     string `xml:"loc"`
		LastMod string `xml:"lastmod"`
		News    news   `xml:"news:news"`
	}
	var entries []entry
	for _, a := range p.latest(now, "") {
		e := a.at(now)
		if a.published.Add(newsAge).Before(now) {
			continue
		}
		entries = append(entries, entry{a.url(), e.modified.Format(time.RFC3339),
			news{publication{p.Name, p.Language}, a.published.Format(time.RFC3339), e.title}})
	}
	return asXML(struct {
		XMLName xml.Name `xml:"urlset"`
		NS      string   `xml:"xmlns,attr"`
		News    string   `xml:"xmlns:news,attr"`
		Entries []entry  `xml:"url"`
	}{NS: "http://www.sitemaps.org/schemas/sitemap/0.9", News: "http://www.google.com/schemas/sitemap-news/0.9", Entries: entries})
}

func (p *paper) atom(now time.Time) ([]byte, error) {
	type href struct {
		Rel  string `xml:"rel,attr,omitempty"`
		Type string `xml:"type,attr,omitempty"`
		Href string `xml:"href,attr"`
	}
	type author struct {
		Name string `xml:"name"`
	}
	type entry struct {
		Title     string   `xml:"title"`
		Link      href     `xml:"link"`
		ID        string   `xml:"id"`
		Published string   `xml:"published"`
		Updated   string   `xml:"updated"`
		Authors   []author `xml:"author"`
		Summary   string   `xml:"summary,omitempty"`
	}
	type feed struct {
		XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
		Title   string   `xml:"title"`
		ID      string   `xml:"id"`
		Links   []href   `xml:"link"`
		Updated string   `xml:"updated"`
		Entries []entry  `xml:"entry"`
	}
	f := feed{Title: p.Name, ID: p.base + "/", Updated: p.changed(now).Format(time.RFC3339),
		Links: []href{{"self", "application/atom+xml", p.base + "/atom.xml"}, {"alternate", "text/html", p.base + "/"}}}
	for _, a := range p.latest(now, "") {
		e := a.at(now)
		x := entry{Title: e.title, Link: href{"alternate", "text/html", a.url()}, ID: a.url(),
			Published: a.published.Format(time.RFC3339), Updated: e.modified.Format(time.RFC3339), Summary: e.dek}
		for _, name := range e.byline {
			x.Authors = append(x.Authors, author{name})
		}
		f.Entries = append(f.Entries, x)
	}
	return asXML(f)
}

func (p *paper) jsonFeed(now time.Time) ([]byte, error) {
	type author struct {
		Name string `json:"name"`
	}
	type item struct {
		ID        string   `json:"id"`
		URL       string   `json:"url"`
		Title     string   `json:"title"`
		Summary   string   `json:"content_text"`
		Published string   `json:"date_published"`
		Modified  string   `json:"date_modified"`
		Authors   []author `json:"authors"`
	}
	items := []item{}
	for _, a := range p.latest(now, "") {
		e := a.at(now)
		first, _, _ := strings.Cut(e.blocks[0].Text, ". ")
		x := item{ID: a.url(), URL: a.url(), Title: e.title, Summary: first,
			Published: a.published.In(p.zone).Format(time.RFC3339), Modified: e.modified.In(p.zone).Format(time.RFC3339)}
		for _, name := range e.byline {
			x.Authors = append(x.Authors, author{name})
		}
		items = append(items, x)
	}
	return json.MarshalIndent(map[string]any{
		"version": "https://jsonfeed.org/version/1.1", "title": p.Name, "home_page_url": p.base + "/",
		"feed_url": p.base + "/feed.json", "language": p.Language, "items": items,
	}, "", " ")
}
