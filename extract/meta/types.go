package meta

import (
	"slices"
	"strings"
)

// mostTypes bounds what a page says of its own nature.
const mostTypes = 20

// types lists what the page says that it is: the types of its JSON-LD objects,
// without those of parts that every page has, the types of microdata, and og:type.
// A list that repeats a type, as shops do, is known by it.
func (s *Survey) types() []string {
	var out []string
	add := func(t string) {
		t = t[strings.LastIndexAny(t, "/:#")+1:]
		if t != "" && len(out) < mostTypes && !everywhere[t] && !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	for _, t := range s.things {
		for _, name := range t.types() {
			add(name)
		}
	}
	for _, t := range s.itemtypes {
		add(t)
	}
	add(s.one("og:type"))
	return out
}

// everywhere are types that say nothing of the page's nature.
var everywhere = map[string]bool{
	"WebSite": true, "WebPage": true, "Organization": true, "NewsMediaOrganization": true, "Person": true, "ImageObject": true, "BreadcrumbList": true,
	"ListItem": true, "SearchAction": true, "SiteNavigationElement": true, "WPHeader": true, "WPFooter": true, "WPSideBar": true, "PostalAddress": true,
	"website": true, "Corporation": true, "Thing": true, "Brand": true, "EntryPoint": true, "ContactPoint": true,
}

// itemtype notes a type of microdata.
func (s *Survey) itemtype(value string) {
	if len(s.itemtypes) < most {
		if fields := strings.Fields(value); len(fields) > 0 {
			s.itemtypes = append(s.itemtypes, fields[0])
		}
	}
}

// articles counts the articles that the page describes, by headline, in JSON-LD,
// else in microdata. A front page may describe each of those that it lists.
func (s *Survey) articles() int {
	n := 0
	var names []string
	for _, t := range s.things {
		if !t.is("Article", "BlogPosting", "Blog Posting", "Report", "Recipe") {
			continue
		}
		name := first(t.text("headline"), t.text("name"))
		if name != "" && slices.Contains(names, name) {
			continue
		}
		names = append(names, name)
		n++
	}
	if n > 0 {
		return n
	}
	for _, t := range s.itemtypes {
		if strings.HasSuffix(t, "Article") || strings.HasSuffix(t, "/BlogPosting") {
			n++
		}
	}
	return n
}
