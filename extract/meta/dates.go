package meta

import (
	"net/url"
	"slices"
	"strings"
)

// The names of meta elements that state dates. Sites make up their own, so the
// name is read in parts (see nameRole); these are the exceptions.
var metaDates = map[string]Sighting{
	"article:published_time": {Role: ForPublished, Points: 97}, "og:article:published_time": {Role: ForPublished, Points: 97},
	"article:published": {Role: ForPublished, Points: 95}, "og:published_time": {Role: ForPublished, Points: 95},
	"article:modified_time": {Role: ForModified, Points: 97}, "og:article:modified_time": {Role: ForModified, Points: 97},
	"og:updated_time": {Role: ForModified, Points: 80}, "last-modified": {Role: ForModified, Points: 40},
	"date": {Points: 52}, "dc.date": {Points: 52}, "dcterms.date": {Points: 52}, "dc:date": {Points: 52}, "dcterms.created": {Points: 60},
	"created": {Points: 50}, "datecreated": {Points: 60}, "dc.date.created": {Points: 60}, "article:create": {Points: 60}, "article:create_at": {Points: 70},
	"weibo: article:create_at": {Points: 70}, "displaydate": {Points: 70}, "ptime": {Points: 80}, "gentime": {Points: 60}, "sailthru.date": {Points: 80},
	"parsely-pub-date": {Role: ForPublished, Points: 90}, "citation_date": {Points: 80}, "release_date": {Points: 70}, "newsdate": {Points: 80},
	"rbpubdate": {Role: ForPublished, Points: 80}, "bt:pubdate": {Role: ForPublished, Points: 80}, "eomportal-lastupdate": {Role: ForModified, Points: 60},
	"revised": {Role: ForModified, Points: 60}, "lastmod": {Role: ForModified, Points: 80}, "citation_online_date": {Role: ForPublished, Points: 84},
}

// nameRole reads what a meta element of a name states the date of.
func nameRole(name string) (Sighting, bool) {
	if s, ok := metaDates[name]; ok {
		return s, true
	}
	if len(name) < 4 || len(name) > 48 || containsAny(name, "expir", "event", "valid", "until", "author", "publisher", "unpublish", "birth", "image", "video", "comment", "twitter", "url", "deadline") {
		return Sighting{}, false
	}
	published, modified := containsAny(name, "publish", "pubdate", "pub_date", "pub-date", "publication", "issued", "posted", "post_date", "firstpub"), containsAny(name, "modif", "update", "revis", "last_mod", "lastmod", "moddate", "mod-date")
	dated := containsAny(name, "date", "time", "_on", "_at", "-on", "-at", "create")
	switch {
	case modified && !(published && strings.Contains(name, "last")):
		return Sighting{Role: ForModified, Points: 70}, true
	case published && strings.Contains(name, "last"):
		return Sighting{Points: 50}, true
	case published && (dated || name == "published" || name == "posted" || strings.HasSuffix(name, ".issued") || strings.HasSuffix(name, ":published") || strings.HasSuffix(name, ".published")):
		return Sighting{Role: ForPublished, Points: 84}, true
	case dated && containsAny(name, "articledate", "article_date", "article-date", "articledate", "datepub", "newsdate", "news_date", "creation", "created"):
		return Sighting{Points: 60}, true
	}
	return Sighting{}, false
}

// dates gathers what the page says of its dates, and chooses.
func (s *Survey) dates(f *Facts, main thing, others []thing, page string) {
	host := ""
	if u, err := url.Parse(page); err == nil {
		host = u.Hostname()
	}
	f.MonthFirst = american(f.Language, host)
	c := customs{language: f.Language, monthFirst: f.MonthFirst}
	add := func(text string, x Sighting) {
		if text == "" {
			return
		}
		if r := statedBy(text, c); !r.date.IsZero() {
			x.Date, x.Swapped, x.Clock = r.date, r.swapped, r.clock
			f.Dates = append(f.Dates, x)
		}
	}
	if main != nil {
		add(main.text("datePublished"), Sighting{From: FromLinked, Role: ForPublished, Points: 100})
		add(main.text("dateCreated"), Sighting{From: FromLinked, Points: 60})
		add(main.text("dateModified"), Sighting{From: FromLinked, Role: ForModified, Points: 100})
	}
	for _, t := range others {
		add(t.text("datePublished"), Sighting{From: FromLinked, Role: ForPublished, Points: 75})
		add(t.text("dateModified"), Sighting{From: FromLinked, Role: ForModified, Points: 75})
	}
	for _, name := range s.datedNames() {
		x, _ := nameRole(name)
		x.From = FromMeta
		for _, v := range s.metas[name] {
			add(v, x)
		}
	}
	for _, address := range []string{page, f.Canonical} {
		if d := inAddress(address); !d.IsZero() {
			f.Dates = append(f.Dates, Sighting{Date: d, From: FromAddress, Points: 58, Clock: -1})
			break
		}
	}
	for _, t := range s.titles {
		if t.Source == FromTitle || t.Source == FromGraph {
			if d := trailing(t.Text, c); !d.IsZero() {
				f.Dates = append(f.Dates, Sighting{Date: d, From: FromName, Points: 48, Clock: -1})
				break
			}
		}
	}
	s.shown(f, c)
	published, modified := Settle(f.Dates)
	if published.Date.IsZero() || published.Role == ForModified {
		if f.Dates = append(f.Dates, inState(s.state, c)...); len(f.Dates) > 0 {
			published, modified = Settle(f.Dates)
		}
	}
	f.Published, f.Modified = published.Date, modified.Date
}

// trailing reads the date that stands alone in the last part of a page's name: "… | Daily | 28.04.2023".
func trailing(title string, c customs) Date {
	if !anyDigit(title) {
		return Date{}
	}
	for _, part := range strings.FieldsFunc(title, func(r rune) bool { return r == '|' || r == '–' || r == '—' || r == '•' || r == '·' }) {
		part = strings.TrimSpace(part)
		if f, ok := written(part, 0, c); ok && f.start == 0 && len(part)-f.end < 12 {
			return f.date
		}
	}
	if i := strings.LastIndex(title, " - "); i > 0 {
		for _, part := range strings.Split(title, " - ")[1:] {
			if f, ok := written(part, 0, c); ok && f.start == 0 && len(part)-f.end < 12 {
				return f.date
			}
		}
	}
	return Date{}
}

// datedNames are the meta elements that state dates, in an order that does not change from run to run.
func (s *Survey) datedNames() (names []string) {
	for name := range s.metas {
		if _, ok := nameRole(name); ok {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}
