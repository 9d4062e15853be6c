package meta

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// mostTags bounds the tags of an article: some pages list their whole site's.
const mostTags = 40

// tags are what the page files the article under. Of the places that say so the
// first that has any is taken: what people tagged by hand before what was
// written for search engines.
func (s *Survey) tags(main thing, site string) []string {
	for _, list := range [][]string{s.metas["article:tag"], s.filed, keywords(main["keywords"]), s.metas["og:article:tag"],
		s.metas["news_keywords"], s.metas["parsely-tags"], s.metas["sailthru.tags"], s.metas["keywords"]} {
		var out []string
		seen := map[string]bool{}
		for _, raw := range list {
			for _, tag := range cutTags(squeeze(clean(unescape(raw)))) {
				key := strings.ToLower(tag)
				if tag = strings.TrimPrefix(tag, "#"); tag == "" || seen[key] || strings.EqualFold(tag, site) || !readable(tag) {
					continue
				}
				seen[key] = true
				if out = append(out, tag); len(out) == mostTags {
					return out
				}
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	return nil
}

// cutTags cuts a list of tags that was written as one text.
func cutTags(s string) []string {
	sep := ","
	for _, other := range []string{";", "|", "،", "、", "，"} {
		if !strings.Contains(s, sep) && strings.Contains(s, other) {
			sep = other
		}
	}
	parts := strings.Split(s, sep)
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return parts
}

// readable tells a tag made for readers from a code made for machines, such as "type:article".
func readable(tag string) bool {
	if n := utf8.RuneCountInString(tag); n > 60 || len(tag) < 2 || strings.Contains(tag, "://") {
		return false
	}
	before, _, coded := strings.Cut(tag, ":")
	return !coded || strings.Contains(tag, ": ") && before != ""
}

// keywords reads JSON-LD's, which are a text, a list of texts, or of defined terms.
func keywords(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{v}
	case []any:
		var out []string
		for _, x := range v[:min(len(v), 4*mostTags)] {
			if s := plain(x, 2); s != "" {
				out = append(out, s)
			}
		}
		return out
	case map[string]any:
		return []string{plain(v, 2)}
	}
	return nil
}

// tagLink notes the text of a link that says rel=tag.
func (s *Survey) tagLink(n *html.Node, rel string) {
	if len(s.filed) >= mostTags || !strings.Contains(rel, "tag") {
		return
	}
	for _, word := range strings.Fields(rel) {
		if word == "tag" {
			// a comma in a tag's own link is part of the tag
			s.filed = append(s.filed, strings.ReplaceAll(squeeze(content(n, 200)), ",", " "))
			return
		}
	}
}
