package meta

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A survey is what one walk of the tree finds, before anything is chosen.
type survey struct {
	metas     map[string][]string // by lower-case name, property or itemprop
	things    []thing
	titles    []Title
	language  string
	links     map[string]string // rel → href
	times     []timed
	credits   []credit
	base      string
	section   string
	filed     []string // texts of links that say rel=tag
	itemtypes []string
	onward    []pagelink // links that may lead to the article's other pages
}

// A timed is a place in the page that shows a date.
type timed struct {
	stated  string // datetime attribute
	text    string
	rank    int  // how surely it is the date of publication: lower is surer
	changed bool // of the last change
	after   bool // it stands after the first h1
}

// A credit is a place in the page that names the author.
type credit struct {
	text string
	rank int
}

// most bounds what is kept of each kind: pages repeat themselves.
const most = 60

// Read gathers the facts of a parsed page. pageURL resolves relative addresses and may be empty.
func Read(doc *html.Node, pageURL string) Facts {
	s := look(doc)
	var f Facts
	main, other := s.mainThing()
	s.address(&f, main, pageURL)
	s.describe(&f, main, other)
	s.people(&f, main)
	s.dates(&f, main, other, first(pageURL, f.Canonical))
	return f
}

// look walks the tree once, without recursion.
func look(doc *html.Node) *survey {
	s := &survey{metas: map[string][]string{}, links: map[string]string{}}
	heading := false
	n := doc
	for n != nil {
		descend := true
		if n.Type == html.ElementNode {
			switch n.DataAtom {
			case atom.Html:
				s.language = first(attr(n, "lang"), attr(n, "xml:lang"))
			case atom.Meta:
				s.meta(n)
			case atom.Link:
				if rel := strings.ToLower(attr(n, "rel")); s.links[rel] == "" {
					s.links[rel] = attr(n, "href")
				}
			case atom.Base:
				s.base = first(s.base, attr(n, "href"))
			case atom.Title:
				if n.Parent != nil && n.Parent.DataAtom == atom.Head {
					s.title(FromTitle, content(n, 1000))
				}
				descend = false
			case atom.Script:
				if strings.Contains(strings.ToLower(attr(n, "type")), "ld+json") && n.FirstChild != nil && len(s.things) < 500 {
					s.things = append(s.things, linked(n.FirstChild.Data)...)
				}
				descend = false
			case atom.Style, atom.Noscript, atom.Svg, atom.Template:
				descend = false
			case atom.H1:
				heading = true
				s.title(FromHeading, content(n, 1000))
			default:
				s.inspect(n, heading)
			}
		} else if n.Type == html.TextNode {
			descend = false
		}
		if descend && n.FirstChild != nil {
			n = n.FirstChild
			continue
		}
		for n != nil && n != doc && n.NextSibling == nil {
			n = n.Parent
		}
		if n == nil || n == doc {
			break
		}
		n = n.NextSibling
	}
	return s
}

func (s *survey) title(from Source, text string) {
	if text = squeeze(clean(text)); text != "" && len(s.titles) < most {
		s.titles = append(s.titles, Title{from, text})
	}
}

func (s *survey) meta(n *html.Node) {
	value := attr(n, "content")
	if value == "" {
		return
	}
	for _, key := range []string{"name", "property", "itemprop", "http-equiv"} {
		if name := strings.ToLower(strings.TrimSpace(attr(n, key))); name != "" && len(s.metas[name]) < most {
			s.metas[name] = append(s.metas[name], value)
		}
	}
}

// inspect looks for dates and names of people on any other element.
func (s *survey) inspect(n *html.Node, heading bool) {
	var class, prop, rel, stated string
	for _, a := range n.Attr {
		switch a.Key {
		case "class", "id", "data-testid":
			class += " " + a.Val
		case "itemprop":
			prop = a.Val
		case "itemtype":
			s.itemtype(a.Val)
		case "rel":
			rel = a.Val
		case "datetime":
			stated = a.Val
		case "content":
			if prop != "" || n.DataAtom != atom.A {
				stated = first(stated, a.Val)
			}
		case "title":
			if n.DataAtom == atom.Abbr {
				stated = first(stated, a.Val)
			}
		}
	}
	if n.DataAtom == atom.A {
		s.tagLink(n, rel)
		s.pageLink(n, rel)
	}
	if class == "" && prop == "" && rel == "" && n.DataAtom != atom.Time {
		return
	}
	class = strings.ToLower(class)
	s.maybeTime(n, class, prop, stated, heading)
	s.maybeCredit(n, class, prop, rel)
	if prop == "articleSection" && s.section == "" {
		s.section = squeeze(first(stated, content(n, 200)))
	}
}

func (s *survey) maybeTime(n *html.Node, class, prop, stated string, heading bool) {
	if len(s.times) >= most {
		return
	}
	t := timed{stated: stated, rank: 9, after: heading}
	switch {
	case prop == "datePublished" || prop == "dateCreated":
		t.rank = 1
	case prop == "dateModified":
		t.rank, t.changed = 1, true
	case n.DataAtom == atom.Time:
		t.rank = 4
		if attr(n, "pubdate") != "" || containsAny(class, "publish", "entry-date", "post-date", "pubdate") {
			t.rank = 2
		}
	case n.DataAtom == atom.Abbr && containsAny(class, "published", "date"):
		t.rank = 3
	case containsAny(class, "publish", "pubdate", "post-date", "entry-date", "article-date", "date-published", "postdate", "article__date", "articledate", "news-date", "post__date", "posted-on", "publication", "created", "timestamp", "dateline"):
		t.rank = 5
	case containsAny(class, "date", "datum", "fecha", "time", "meta", "byline", "info", "posted", "veröffentlicht", "article-head", "submitted"):
		t.rank = 6
	default:
		return
	}
	if !t.changed && containsAny(class, "modif", "update") && t.rank > 1 {
		t.changed = true
	}
	if t.stated == "" || t.rank > 1 {
		t.text = squeeze(content(n, 300))
	}
	s.times = append(s.times, t)
}

func (s *survey) maybeCredit(n *html.Node, class, prop, rel string) {
	if len(s.credits) >= most {
		return
	}
	rank := 0
	switch {
	case containsAny(class, "comment"):
		return
	case prop == "author" && n.DataAtom != atom.Meta:
		rank = 1
	case rel == "author" || strings.HasPrefix(rel, "author "):
		rank = 2
	case containsAny(class, "byline", "author-name", "author__name", "authorname", "post-author", "article-author", "article__author", "entry-author", "byline__name", "writer-name", "autor-name"):
		rank = 3
	case containsAny(class, "author", "autor", "auteur", "writer", "verfasser"):
		rank = 4
		if n.DataAtom == atom.Body || n.DataAtom == atom.Img {
			return
		}
	default:
		return
	}
	if text := squeeze(content(n, 300)); text != "" && len(text) < 160 {
		s.credits = append(s.credits, credit{text, rank})
	}
}

// address fills in what places the page.
func (s *survey) address(f *Facts, main thing, pageURL string) {
	base, _ := url.Parse(pageURL)
	if s.base != "" {
		if u, err := url.Parse(s.base); err == nil {
			if base != nil {
				u = base.ResolveReference(u)
			}
			base = u
		}
	}
	resolve := func(ref string) string {
		u, err := url.Parse(strings.TrimSpace(ref))
		if ref == "" || err != nil {
			return ""
		}
		if base != nil {
			u = base.ResolveReference(u)
		}
		if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
			return ""
		}
		return u.String()
	}
	f.Canonical = first(resolve(s.links["canonical"]), resolve(s.one("og:url")))
	f.Image = s.image(main, resolve)
	f.Next, f.Pages = s.pages(first(pageURL, f.Canonical), resolve)
}
