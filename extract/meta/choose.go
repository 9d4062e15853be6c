package meta

import (
	"regexp"
	"slices"
	"strings"
)

// mainThing finds the JSON-LD object that speaks of the article, and the rest.
func (s *survey) mainThing() (main thing, others []thing) {
	best := 0
	for _, t := range s.things {
		score := 0
		switch {
		case t.is("Article", "BlogPosting", "Report", "Blog Posting"):
			score = 10
		case t.is("Posting", "Review", "Recipe", "CreativeWork", "VideoObject"):
			score = 4
		default:
			continue
		}
		for _, key := range []string{"headline", "datePublished", "author", "articleBody"} {
			if t[key] != nil {
				score++
			}
		}
		if score > best {
			best, main = score, t
		}
	}
	for _, t := range s.things {
		if t.is("WebPage", "Page", "WebSite") {
			others = append(others, t)
		}
	}
	return main, others
}

// describe fills in what needs no weighing.
func (s *survey) describe(f *Facts, main thing, others []thing) {
	f.Titles = s.titles
	add := func(from Source, text string) {
		if text != "" {
			f.Titles = append(f.Titles, Title{from, squeeze(clean(text))})
		}
	}
	add(FromGraph, s.one("og:title", "twitter:title", "dc.title", "title", "sailthru.title", "parsely-title"))
	add(FromJSON, first(main.text("headline"), main.text("name")))
	f.Description = first(s.one("og:description", "description", "twitter:description", "dc.description"), main.text("description"))
	for _, d := range []string{main.text("description"), s.one("og:description"), s.one("description"), s.one("twitter:description"), main.text("alternativeHeadline")} {
		if d != "" {
			f.Descriptions = appendNew(f.Descriptions, strip(d))
		}
	}
	f.Section = first(main.text("articleSection"), s.one("article:section", "og:article:section", "section"), s.section)
	site := s.one("og:site_name", "application-name", "al:ios:app_name")
	if publisher, ok := main["publisher"].(map[string]any); ok {
		site = first(site, thing(publisher).text("name"))
	}
	for _, t := range others {
		if t.is("WebSite") {
			site = first(site, t.text("name"))
		}
	}
	f.SiteName = site
	f.Language = language(first(s.language, main.text("inLanguage"), s.one("og:locale", "content-language", "dc.language", "language")))
	f.ArticleBody = strip(body(main))
	if len(main.types()) > 0 {
		f.Type = main.types()[0]
	} else {
		f.Type = s.one("og:type")
	}
	f.Types, f.Articles = s.types(), s.articles()
	f.Access = s.access(main, others)
	f.Tags = s.tags(main, site)
}

func body(t thing) string {
	if b, ok := t["articleBody"].(string); ok {
		return unescape(b)
	}
	return ""
}

var (
	markup = regexp.MustCompile(`(?s)<(?:script|style)\b.*?</(?:script|style)>|<[a-zA-Z/!][^<>]*>`)
	bcp    = regexp.MustCompile(`^[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*$`)
)

// strip takes markup out of what should be plain text.
func strip(s string) string {
	if strings.Contains(s, "<") {
		s = unescape(markup.ReplaceAllString(s, " "))
	}
	return s
}

// language makes BCP 47 of what pages write.
func language(s string) string {
	s, _, _ = strings.Cut(strings.TrimSpace(s), ",")
	s = strings.TrimSpace(s)
	if !bcp.MatchString(s) {
		return ""
	}
	parts := strings.Split(strings.ReplaceAll(s, "_", "-"), "-")
	parts[0] = strings.ToLower(parts[0])
	for i := 1; i < len(parts); i++ {
		switch len(parts[i]) {
		case 2:
			parts[i] = strings.ToUpper(parts[i])
		case 4:
			parts[i] = strings.ToUpper(parts[i][:1]) + strings.ToLower(parts[i][1:])
		}
	}
	return strings.Join(parts, "-")
}

// people chooses who wrote the article.
func (s *survey) people(f *Facts, main thing) {
	names, agency := s.linkedAuthors(main, f.SiteName)
	try := func(credit string) {
		if strings.Contains(credit, "://") {
			return
		}
		n, a := People(credit)
		if agency == "" {
			agency = a
		}
		for _, one := range n {
			if !s.isSite(one, f.SiteName) || len(names) == 0 {
				names = appendNew(names, one)
			}
		}
	}
	houses := names
	onlyHouse := len(names) == 1 && s.isSite(names[0], f.SiteName)
	if len(names) == 0 || onlyHouse {
		names = nil
		for _, key := range []string{"author", "article:author", "parsely-author", "sailthru.author", "byl", "dc.creator", "dcterms.creator", "dc.contributor", "citation_author", "authors", "article:author_name", "creator", "cxenseparse:author", "twitter:data1"} {
			if key == "twitter:data1" && !strings.Contains(strings.ToLower(s.one("twitter:label1")), "by") {
				continue
			}
			for _, v := range s.metas[key] {
				try(squeeze(unescape(v)))
			}
			if len(names) > 0 {
				break
			}
		}
	}
	if len(names) == 0 || len(names) == 1 && s.isSite(names[0], f.SiteName) {
		before := names
		names = nil
		for rank := 1; rank <= 4 && len(names) == 0; rank++ {
			for _, c := range s.credits {
				if c.rank == rank {
					try(c.text)
					if len(names) > 0 {
						break
					}
				}
			}
		}
		if len(names) == 0 {
			names = before
		}
	}
	if len(names) == 0 {
		names = houses
	}
	f.Byline = slices.DeleteFunc(names, func(n string) bool { return strings.EqualFold(n, agency) })
	f.Agency = agency
}

// isHouse reports whether an organisation is the one that publishes the page.
func (s *survey) isHouse(main thing, name, site string) bool {
	if s.isSite(name, site) {
		return true
	}
	publisher, _ := main["publisher"].(map[string]any)
	house, _ := publisher["name"].(string)
	return house == "" && site == "" || s.isSite(name, house)
}

// isOrganization reports whether a thing is an organisation and not a person.
func isOrganization(v map[string]any) bool {
	kind, _ := v["@type"].(string)
	return strings.HasSuffix(kind, "Organization")
}

func (s *survey) isSite(name, site string) bool {
	return site != "" && (strings.EqualFold(name, site) || strings.Contains(strings.ToLower(site), strings.ToLower(name)) && len(name) > 5)
}

// linkedAuthors reads the authors of JSON-LD, following references within the page.
func (s *survey) linkedAuthors(main thing, site string) (names []string, agency string) {
	var read func(v any, depth int)
	read = func(v any, depth int) {
		if depth == 0 {
			return
		}
		switch v := v.(type) {
		case string:
			if strings.Contains(v, "://") {
				return
			}
			n, a := People(v)
			if agency == "" {
				agency = a
			}
			for _, one := range n {
				names = appendNew(names, one)
			}
		case []any:
			for _, x := range v {
				read(x, depth-1)
			}
		case map[string]any:
			if name := v["name"]; name != nil {
				if org, ok := name.(string); ok && isOrganization(v) && !s.isHouse(main, org, site) {
					if agency == "" {
						agency = squeeze(unescape(org))
					}
					return
				}
				read(name, depth-1)
				return
			}
			if id, ok := v["@id"].(string); ok {
				for _, t := range s.things {
					if t["@id"] == id && t["name"] != nil {
						read(t["name"], depth-1)
						return
					}
				}
			}
		}
	}
	if main != nil {
		read(main["author"], 4)
		if len(names) == 0 {
			read(main["creator"], 4)
		}
	}
	return names, agency
}
