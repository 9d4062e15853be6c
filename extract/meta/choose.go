package meta

import (
	"regexp"
	"strings"
)

// mainThing finds the JSON-LD object that speaks of the article, and the rest.
func (s *Survey) mainThing() (main thing, others []thing) {
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
func (s *Survey) describe(f *Facts, main thing, others []thing) {
	f.Titles = s.titles
	add := func(from Source, text string) {
		if text != "" {
			f.Titles = append(f.Titles, Title{Source: from, Text: squeeze(clean(text))})
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
	f.ArticleBody = first(strip(body(main)), strip(s.one("articlebody"))) // of JSON-LD, of microdata in the head
	if len(main.types()) > 0 {
		f.Type = main.types()[0]
	} else {
		f.Type = s.one("og:type")
	}
	f.Types, f.Articles = s.types(), s.articles()
	f.Access = s.access(main, others)
	f.Updates = updates(main, f.Language)
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
