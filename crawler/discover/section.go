package discover

import (
	"fmt"
	"net/url"
	"strings"
	"unicode/utf8"

	"pressmark/extract/urlkey"
)

// enough is how many points make a link one to an article. The shape of a URL
// can reach it alone, or a lesser one with what stands around the link.
const enough = 4

// A candidate is one URL of a page with everything its links say.
type candidate struct {
	url    string
	text   string
	points int
	menu   bool // it stands only in menus
	box    int
}

// readSection takes from a page the links that look like articles of the same
// site.
func readSection(c *collector, f *Found, text string, known *Shapes) {
	f.Format = "html"
	p := scan(text)
	f.Title = plainTitle(p.title)
	all := candidates(&p, c.base)
	menu := 0
	for _, one := range all {
		u := mustParse(one.url)
		points, _ := shape(u)
		points = known.points(u, points)
		if one.menu {
			menu++
		}
		if points+one.points < enough {
			continue
		}
		c.add(one.url, Link{Title: one.text, Kind: Page, Published: parseTime(p.dates[one.box])})
	}
	if len(c.links) == 0 {
		f.Why = fmt.Sprintf("none of the page's %d links to its own site looks like an article's (%d are in menus)", len(all), menu)
	}
}

// candidates are the page's links within its site, each once.
func candidates(p *page, base string) []candidate {
	home, err := urlkey.Group(base)
	if err != nil {
		return nil
	}
	self, _ := urlkey.Of(base)
	base = p.within(base)
	var all []candidate
	at := map[string]int{}
	for _, a := range p.anchors {
		if a.href[0] == '#' || strings.Contains(a.kind, "sponsored") {
			continue
		}
		u, err := urlkey.Resolve(base, a.href)
		if err != nil {
			continue
		}
		i, known := at[u]
		if !known {
			if g, err := urlkey.Group(u); err != nil || g != home {
				continue
			}
			if key, err := urlkey.Of(u); err != nil || key == self {
				continue
			}
			i = len(all)
			at[u] = i
			all = append(all, candidate{url: u, points: surroundings(a), text: a.text, menu: a.place&inMenu != 0, box: a.box})
			continue
		}
		// A teaser often links one article by picture, headline and "more".
		one := &all[i]
		one.points = max(one.points, surroundings(a))
		one.menu = one.menu && a.place&inMenu != 0
		if len(a.text) > len(one.text) {
			one.text = a.text
		}
		if one.box == 0 {
			one.box = a.box
		}
	}
	return all
}

// surroundings scores what stands around a link.
func surroundings(a anchor) int {
	points := 0
	switch n := utf8.RuneCountInString(a.text); {
	case n >= 25 && strings.Count(a.text, " ") >= 3, n >= 12 && len(a.text) >= 3*n-6: // Chinese, Japanese, Korean
		points += 3
	case n >= 18:
		points++
	case n < 10:
		points--
	}
	if a.place&inHeading != 0 {
		points += 2
	}
	if a.place&inTeaser != 0 {
		points++
	}
	if a.place&inMain != 0 {
		points++
	}
	if a.place&inMenu != 0 {
		points -= 3
	}
	return points
}

// mustParse parses what urlkey has cleaned.
func mustParse(clean string) *url.URL {
	u, err := url.Parse(clean)
	if err != nil {
		return &url.URL{}
	}
	return u
}
