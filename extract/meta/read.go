package meta

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A Survey is what one walk of a page finds, before anything is chosen. A
// caller that walks the page anyway calls See for each element, in document
// order, and Facts at the end; Read does both.
type Survey struct {
	metas     map[string][]string // by lower-case name, property or itemprop
	scripts   []string            // JSON-LD, not yet parsed
	things    []thing
	titles    []Title
	language  string
	links     map[string]string // rel → href
	times     []timed
	credits   []credit
	classes   *classBook // while it is needed
	base      string
	section   string
	filed     []string // texts of links that say rel=tag
	itemtypes []string
	onward    []pagelink   // links that may lead to the article's other pages
	seen      int          // elements so far
	headed    int          // seen when the last h1 came; 0 before the first
	headings  []int        // seen when each h1 came
	state     []string     // other JSON that the page's program works with
	above     []*html.Node // the elements that hold an h1
}

// A timed is a place in the page that shows a date.
type timed struct {
	stated  string // datetime attribute
	text    string
	rank    int  // how surely it is the date of publication: lower is surer
	changed bool // of the last change
	prop    bool // an itemprop says so
	class   string
	at      int // elements before it
	node    *html.Node
}

// A credit is a place in the page that names the author.
type credit struct {
	node  *html.Node
	text  string // of an attribute; else the node's own text counts
	rank  int8
	after bool // it stands after the first h1
	at    int  // elements before it
}

// most bounds what is kept of each kind: pages repeat themselves.
const most = 60

// byHeadline is how many elements below an h1 a link to an author's page is taken for the byline.
const byHeadline = 60

// Read gathers the facts of a parsed page. pageURL resolves relative addresses and may be empty.
func Read(doc *html.Node, pageURL string) Facts { return survey(doc).Facts(pageURL) }

// survey walks a page.
func survey(doc *html.Node) *Survey {
	s := NewSurvey()
	n := doc
	for n != nil {
		if (n.Type != html.ElementNode || s.See(n)) && n.FirstChild != nil {
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

// NewSurvey gives a survey that has seen nothing.
func NewSurvey() *Survey {
	return &Survey{metas: map[string][]string{}, links: map[string]string{}}
}

// Facts weighs what was seen. pageURL resolves relative addresses and may be empty.
func (s *Survey) Facts(pageURL string) Facts {
	for _, script := range s.scripts {
		if len(s.things) < 500 {
			s.things = append(s.things, linked(script)...)
		}
	}
	s.scripts = nil
	var f Facts
	main, other := s.mainThing()
	s.address(&f, main, pageURL)
	s.describe(&f, main, other)
	s.people(&f, main, other)
	s.dates(&f, main, other, first(pageURL, f.Canonical))
	if s.classes != nil {
		classBooks.Put(s.classes)
		s.classes = nil
	}
	return f
}

// See takes up an element and tells whether what is inside it may matter.
func (s *Survey) See(n *html.Node) bool {
	s.seen++
	switch n.DataAtom {
	case atom.Html:
		s.language = first(attr(n, "lang"), attr(n, "xml:lang"))
	case atom.Meta:
		s.meta(n)
		if prop := attr(n, "itemprop"); strings.HasPrefix(prop, "date") {
			s.maybeTime(n, classed{}, prop, attr(n, "content"), "")
		}
	case atom.Link:
		if rel := strings.ToLower(attr(n, "rel")); s.links[rel] == "" {
			s.links[rel] = attr(n, "href")
		}
	case atom.Base:
		s.base = first(s.base, attr(n, "href"))
	case atom.Title:
		if n.Parent != nil && n.Parent.DataAtom == atom.Head {
			s.title(Title{Source: FromTitle, Text: content(n, 1000)})
		}
		return false
	case atom.Script:
		switch kind := attr(n, "type"); {
		case n.FirstChild == nil || len(s.scripts) >= most:
		case isLinkedData(kind):
			s.scripts = append(s.scripts, n.FirstChild.Data)
		case len(s.state) < most && strings.Contains(kind, "json"):
			s.state = append(s.state, n.FirstChild.Data)
		}
		return false
	case atom.Style, atom.Noscript, atom.Svg, atom.Template:
		return false
	case atom.H1:
		s.headed = s.seen
		s.head(n)
		s.title(heading(n))
	default:
		if len(n.Attr) > 0 || n.DataAtom == atom.Time {
			s.inspect(n)
		}
	}
	return true
}

func isLinkedData(kind string) bool {
	return len(kind) >= len("ld+json") && strings.Contains(strings.ToLower(kind), "ld+json")
}

func (s *Survey) title(t Title) {
	t.Text, t.Kicker = squeeze(clean(t.Text)), squeeze(clean(t.Kicker))
	if t.Text != "" && len(s.titles) < most {
		s.titles = append(s.titles, t)
	}
}

func (s *Survey) meta(n *html.Node) {
	value := first(attr(n, "content"), attr(n, "value"))
	if value == "" {
		return
	}
	for _, a := range n.Attr {
		switch a.Key {
		case "itemprop":
			if a.Val == "author" || a.Val == "creator" { // microdata: it may be somebody else's, of a comment or a citation
				s.credit(credit{node: n, text: value, rank: 1})
				continue
			}
			if strings.HasPrefix(a.Val, "date") { // it may be a comment's, too
				continue
			}
		case "name", "property", "http-equiv":
		default:
			continue
		}
		if name := strings.ToLower(strings.TrimSpace(a.Val)); name != "" && len(s.metas[name]) < most {
			s.metas[name] = append(s.metas[name], value)
		}
	}
}

// inspect looks for dates and names of people on any other element.
func (s *Survey) inspect(n *html.Node) {
	var c classed
	var class, prop, rel, stated, href string
	for i := range n.Attr {
		a := &n.Attr[i]
		switch a.Key {
		case "class", "id", "data-testid":
			c.add(s.classed(a.Val))
			class = first(class, a.Val)
		case "itemprop":
			prop = a.Val
		case "itemtype":
			s.itemtype(a.Val)
		case "rel":
			rel = a.Val
		case "datetime":
			stated = a.Val
		case "href":
			href = a.Val
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
	s.maybeTime(n, c, prop, stated, class)
	s.maybeCredit(n, c, prop, rel, href)
	if prop == "articleSection" && s.section == "" {
		s.section = squeeze(first(stated, content(n, 200)))
	}
}

func (s *Survey) maybeTime(n *html.Node, c classed, prop, stated, class string) {
	t := timed{stated: stated, class: class, at: s.seen, node: n}
	switch {
	case prop == "datePublished" || prop == "dateCreated":
		t.rank, t.prop = 1, true
	case prop == "dateModified":
		t.rank, t.prop, t.changed = 1, true, true
	case n.DataAtom == atom.Time && (c.published || attr(n, "pubdate") != ""):
		t.rank = 2
	case n.DataAtom == atom.Time:
		t.rank = 4
	case n.DataAtom == atom.Abbr && c.time > 0:
		t.rank = 3
	case c.time > 0:
		t.rank = int(c.time)
	default:
		return
	}
	if len(s.times) >= most {
		return
	}
	if c.changed && t.rank > 1 {
		t.changed = true
	}
	text := content(n, 300)
	if t.stated == "" && !anyDigit(text) {
		return
	}
	t.text = squeeze(text)
	s.times = append(s.times, t)
}

func (s *Survey) maybeCredit(n *html.Node, c classed, prop, rel, href string) {
	rank := c.credit
	switch {
	case c.away:
		return
	case prop == "author" || prop == "creator":
		rank = 1
	case rel == "author" || strings.HasPrefix(rel, "author "):
		rank = 2
	case rank == 0 && n.DataAtom == atom.A && s.headed > 0 && s.seen-s.headed < byHeadline && toPerson(href):
		rank = 4
	}
	if rank == 0 || n.DataAtom == atom.Body || n.DataAtom == atom.Img {
		return
	}
	s.credit(credit{node: n, rank: rank})
}

func (s *Survey) credit(c credit) {
	if len(s.credits) < most {
		c.after, c.at = s.headed > 0, s.seen
		s.credits = append(s.credits, c)
	}
}

// address fills in what places the page.
func (s *Survey) address(f *Facts, main thing, pageURL string) {
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
