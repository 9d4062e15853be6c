package discover

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"pressmark/extract/urlkey"
)

// What the surroundings of a link say about it.
type place uint8

const (
	inMenu    place = 1 << iota // navigation, header, footer, side matter
	inTeaser                    // an article's box in a list
	inHeading                   // h1 to h4
	inMain                      // <main>
)

// An anchor is a link of a page with what stands around it.
type anchor struct {
	href  string
	text  string
	place place
	box   int    // number of the innermost <article>; 0 for none
	kind  string // of <link> elements: their rel and type
	typ   string
}

// A page is what one pass over the tokens of an HTML document gathers.
type page struct {
	title   string
	base    string // of <base href>
	anchors []anchor
	links   []anchor       // <link> elements
	dates   map[int]string // first <time datetime> of each <article>
}

// within is the URL that the page's links are relative to.
func (p *page) within(url string) string {
	if b, err := urlkey.Resolve(url, p.base); err == nil && p.base != "" {
		return b
	}
	return url
}

const (
	maxAnchors = 20_000
	maxOpen    = 120 // open elements that are remembered
	maxText    = 400 // bytes of an anchor's text
)

type element struct {
	name  atom.Atom
	place place // with that of its parents
	box   int
}

// A scanner walks the tokens of a page. It keeps a light stack of open elements
// instead of building a tree: a nesting that never ends costs nothing.
type scanner struct {
	page
	open  []element
	boxes int
	last  int // index of the open anchor; -1 for none
	text  strings.Builder
	title bool
}

func scan(text string) page {
	s := &scanner{page: page{dates: map[int]string{}}, last: -1}
	z := html.NewTokenizer(strings.NewReader(text))
	for {
		switch z.Next() {
		case html.ErrorToken:
			s.closeAnchor()
			return s.page
		case html.TextToken:
			if s.last >= 0 && s.text.Len() < maxText {
				s.text.Write(z.Text())
			} else if s.title && len(s.page.title) < maxTitle {
				s.page.title += string(z.Text())
			}
		case html.StartTagToken:
			t := z.Token()
			s.start(t, false)
		case html.SelfClosingTagToken:
			s.start(z.Token(), true)
		case html.EndTagToken:
			name, _ := z.TagName()
			s.end(atom.Lookup(name))
		}
	}
}

func attr(t html.Token, name string) string {
	for _, a := range t.Attr {
		if a.Key == name {
			return strings.TrimSpace(a.Val)
		}
	}
	return ""
}

func (s *scanner) here() element {
	if len(s.open) == 0 {
		return element{}
	}
	return s.open[len(s.open)-1]
}

func (s *scanner) start(t html.Token, closed bool) {
	switch t.DataAtom {
	case atom.A:
		s.closeAnchor()
		if href := attr(t, "href"); href != "" && len(s.anchors) < maxAnchors {
			e := s.here()
			s.anchors = append(s.anchors, anchor{href: href, text: attr(t, "title"),
				place: e.place | placeOf(t), box: e.box, kind: attr(t, "rel")})
			s.last = len(s.anchors) - 1
		}
		return
	case atom.Img:
		if s.last >= 0 && s.anchors[s.last].text == "" {
			s.anchors[s.last].text = attr(t, "alt")
		}
		return
	case atom.Base:
		if s.base == "" {
			s.base = attr(t, "href")
		}
		return
	case atom.Link:
		if len(s.links) < maxAnchors {
			s.links = append(s.links, anchor{href: attr(t, "href"), text: attr(t, "title"),
				kind: strings.ToLower(attr(t, "rel")), typ: mediaType(attr(t, "type"))})
		}
		return
	case atom.Title:
		s.title = len(s.open) < 4 && s.page.title == "" // not that of an SVG
		return
	case atom.Time:
		if box := s.here().box; box > 0 && s.dates[box] == "" {
			s.dates[box] = attr(t, "datetime")
		}
	case atom.Br, atom.Hr, atom.Input, atom.Meta, atom.Source, atom.Wbr, atom.Area, atom.Col, atom.Embed, atom.Track, atom.Param:
		if s.last >= 0 {
			s.text.WriteByte(' ')
		}
		return
	}
	if closed || len(s.open) >= maxOpen {
		return
	}
	e := element{name: t.DataAtom, place: s.here().place | placeOf(t), box: s.here().box}
	switch t.DataAtom {
	case atom.Html, atom.Body, atom.Main, atom.Article:
		e.place &^= inMenu // a class such as "menu-closed", or a menu that was never closed
	}
	if t.DataAtom == atom.Article {
		s.boxes++
		e.box = s.boxes
	}
	if s.last >= 0 {
		s.anchors[s.last].place |= e.place & (inHeading | inTeaser)
		s.text.WriteByte(' ')
	}
	s.open = append(s.open, e)
}

func (s *scanner) end(name atom.Atom) {
	switch name {
	case atom.A:
		s.closeAnchor()
		return
	case atom.Title:
		s.title = false
		return
	}
	if s.last >= 0 {
		s.text.WriteByte(' ')
	}
	for i := len(s.open) - 1; i >= 0; i-- {
		if name == 0 && i < len(s.open)-1 {
			return // of elements that HTML does not know, only the innermost can be told
		}
		if s.open[i].name == name {
			s.open = s.open[:i]
			return
		}
	}
}

func (s *scanner) closeAnchor() {
	if s.last >= 0 {
		if text := strings.TrimSpace(s.text.String()); text != "" {
			s.anchors[s.last].text = text
		}
	}
	s.last = -1
	s.text.Reset()
}

// placeOf reads an element's name, role and the words of its class and id.
func placeOf(t html.Token) place {
	var p place
	switch t.DataAtom {
	case atom.Nav, atom.Footer, atom.Aside, atom.Dialog:
		p |= inMenu
	case atom.Article:
		p |= inTeaser
	case atom.H1, atom.H2, atom.H3, atom.H4:
		p |= inHeading
	case atom.Main:
		p |= inMain
	}
	for _, a := range t.Attr {
		switch a.Key {
		case "role":
			switch a.Val {
			case "navigation", "menu", "menubar", "contentinfo", "banner", "dialog":
				p |= inMenu
			case "article", "main":
				p |= inTeaser
			}
		case "class", "id":
			p |= classPlace(a.Val)
		}
	}
	return p
}

func classPlace(class string) place {
	var p place
	words := strings.FieldsFunc(strings.ToLower(class), func(c rune) bool {
		return !('a' <= c && c <= 'z')
	})
	if len(words) > 40 {
		words = words[:40]
	}
	for _, w := range words {
		switch w {
		case "nav", "navigation", "navbar", "menu", "submenu", "footer", "breadcrumb", "breadcrumbs", "cookie",
			"consent", "social", "share", "sharing", "sponsor", "sponsored", "advertisement", "pagination", "legal":
			p |= inMenu
		case "teaser", "story", "headline", "headlines", "card", "article", "entry", "post", "news", "item", "titre", "artikel":
			p |= inTeaser
		}
	}
	return p
}
