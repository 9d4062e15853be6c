package meta

import (
	"maps"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// A Claim is one thing that a page says of its article in one place. Claims
// contradict each other; Facts are what comes of weighing them.
type Claim struct {
	About  string `json:"about"`  // "title", "published", "modified", "byline", "language", "site name"
	Source string `json:"source"` // such as "json-ld", "meta article:author", "<time>"
	Text   string `json:"text"`   // as the page writes it
	Means  string `json:"means"`  // as it is understood: a date or a name; "" for what makes no sense
}

// Claims lists what a page says of itself and where, for people who ask how
// its facts came about. It reads what Read reads.
func Claims(doc *html.Node, pageURL string) []Claim {
	s := survey(doc)
	f := s.Facts(pageURL)
	var list []Claim
	add := func(about, source, text, means string) {
		if text = squeeze(clean(text)); text == "" {
			return
		}
		c := Claim{about, source, text, means}
		if len(list) < 4*most && !slices.Contains(list, c) {
			list = append(list, c)
		}
	}
	for _, t := range f.Titles {
		add("title", string(t.Source), t.Text, t.Text)
	}
	main, others := s.mainThing()
	for _, t := range append([]thing{main}, others...) {
		for _, key := range []string{"datePublished", "dateCreated", "dateModified"} {
			about := "published"
			if key == "dateModified" {
				about = "modified"
			}
			v := t.text(key)
			add(about, "json-ld "+key, v, stated(v, f.Language).String())
		}
	}
	for _, key := range slices.Sorted(maps.Keys(s.metas)) {
		for _, v := range s.metas[key] {
			switch d := stated(v, f.Language); {
			case containsAny(key, "date", "time", "publi", "modif", "update", "issued", "created") && !d.IsZero():
				about := "published"
				if containsAny(key, "modif", "update", "revis") {
					about = "modified"
				}
				add(about, "meta "+key, v, d.String())
			case containsAny(key, "author", "creator", "byline") || key == "byl":
				names, agency := People(v)
				add("byline", "meta "+key, v, joined(names, agency))
			}
		}
	}
	for _, t := range s.times {
		about, source := "published", "on the page"
		if t.changed {
			about = "modified"
		}
		d := stated(t.stated, f.Language)
		if d.IsZero() {
			d = Written(t.text, f.Language)
		}
		if !d.IsZero() {
			add(about, source, first(t.text, t.stated), d.String())
		}
	}
	add("published", "address", pageURL, inAddress(pageURL).String())
	if sig := s.linkedAuthors(main, others, f.SiteName); len(sig.people) > 0 || sig.agency != "" {
		names := joined(sig.people, sig.agency)
		add("byline", "json-ld author", names, names)
	}
	for _, c := range s.credits {
		text := c.text
		if text == "" && c.node != nil {
			text = content(c.node, 160)
		}
		names, agency := People(text)
		add("byline", "on the page", text, joined(names, agency))
	}
	add("language", "html lang", s.language, f.Language)
	add("site name", "page", f.SiteName, f.SiteName)
	return slices.DeleteFunc(list, func(c Claim) bool { return c.Source == "address" && c.Means == "" })
}

func joined(names []string, agency string) string {
	if agency != "" {
		names = appendNew(slices.Clone(names), agency)
	}
	return strings.Join(names, ", ")
}
