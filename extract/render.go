package extract

import (
	"encoding/json"
	"html"
	"strings"
	"time"

	"pressmark/extract/meta"
)

// HTML is the article as a page of its own, whole and well-formed: nothing of
// the page that it came from but its words. Its head says for machines what
// the article says of itself, so that the page can be extracted again.
func (a *Article) HTML() string {
	var b strings.Builder
	e := html.EscapeString
	b.WriteString("<!doctype html>\n<html")
	if a.Language != "" {
		b.WriteString(` lang="` + e(a.Language) + `"`)
	}
	b.WriteString(">\n<head>\n<meta charset=\"utf-8\">\n<title>" + e(a.Title) + "</title>\n")
	if a.Canonical != "" {
		b.WriteString(`<link rel="canonical" href="` + e(a.Canonical) + "\">\n")
	}
	if a.SiteName != "" {
		b.WriteString(`<meta property="og:site_name" content="` + e(a.SiteName) + "\">\n")
	}
	if a.Kind == News || a.Kind == Partial {
		b.WriteString(`<script type="application/ld+json">` + a.described() + "</script>\n")
	}
	b.WriteString("</head>\n<body>\n<article>\n<h1>" + e(a.Title) + "</h1>\n")
	a.writeBlocks(&b)
	b.WriteString("</article>\n</body>\n</html>\n")
	return b.String()
}

// described is what the article says of itself, as JSON-LD. Marshal escapes
// what would end a script.
func (a *Article) described() string {
	type person struct {
		Type string `json:"@type"`
		Name string `json:"name"`
	}
	said := struct {
		Context     string    `json:"@context"`
		Type        string    `json:"@type"`
		Headline    string    `json:"headline"`
		Description string    `json:"description,omitempty"`
		Author      []person  `json:"author,omitempty"`
		Published   meta.Date `json:"datePublished,omitzero"`
		Modified    meta.Date `json:"dateModified,omitzero"`
		Section     string    `json:"articleSection,omitempty"`
		Keywords    []string  `json:"keywords,omitempty"`
		Image       string    `json:"image,omitempty"`
		Free        *bool     `json:"isAccessibleForFree,omitempty"`
	}{
		Context: "https://schema.org", Type: "NewsArticle", Headline: a.Title, Description: a.Dek,
		Published: a.Published, Modified: a.Modified, Section: a.Section, Keywords: a.Tags, Image: a.Image,
	}
	for _, b := range a.Blocks {
		if !b.Time.IsZero() {
			said.Type = "LiveBlogPosting"
			break
		}
	}
	for _, name := range a.Byline {
		said.Author = append(said.Author, person{"Person", name})
	}
	if a.Agency != "" {
		said.Author = append(said.Author, person{"Organization", a.Agency})
	}
	if a.Access != "" {
		free := a.Access == meta.Free
		said.Free = &free
	}
	out, err := json.Marshal(said)
	if err != nil { // dates and texts always can be written
		return "{}"
	}
	return string(out)
}

// writeBlocks writes the text: items in lists, rows in tables, the posts of a live blog in sections.
func (a *Article) writeBlocks(b *strings.Builder) {
	e := html.EscapeString
	within, post := "", false
	enter := func(element string) {
		if within == element {
			return
		}
		if within != "" {
			b.WriteString("</" + within + ">\n")
		}
		if within = element; element != "" {
			b.WriteString("<" + element + ">\n")
		}
	}
	for _, x := range a.Blocks {
		if !x.Time.IsZero() {
			enter("")
			if post {
				b.WriteString("</section>\n")
			}
			post = true
			b.WriteString(`<section class="live-post">` + "\n" + `<time datetime="` + e(x.Time.String()) + `">` + e(clockOf(x.Time)) + "</time>\n")
		}
		switch x.Kind {
		case Item:
			enter("ul")
			b.WriteString("<li>" + e(x.Text) + "</li>\n")
			continue
		case Row:
			enter("table")
			b.WriteString("<tr>")
			for _, cell := range strings.Split(x.Text, " | ") {
				b.WriteString("<td>" + e(cell) + "</td>")
			}
			b.WriteString("</tr>\n")
			continue
		}
		enter("")
		switch x.Kind {
		case Lead:
			b.WriteString(`<p class="standfirst">` + e(x.Text) + "</p>\n")
		case Heading:
			b.WriteString("<h2>" + e(x.Text) + "</h2>\n")
		case Quote:
			b.WriteString("<blockquote>" + e(x.Text) + "</blockquote>\n")
		case Preformatted:
			b.WriteString("<pre>\n" + e(x.Text) + "</pre>\n") // a parser drops the first line end
		default:
			b.WriteString("<p>" + e(x.Text) + "</p>\n")
		}
	}
	enter("")
	if post {
		b.WriteString("</section>\n")
	}
}

// clockOf is a post's time for readers.
func clockOf(d meta.Date) string {
	if d.DayOnly {
		return d.String()
	}
	return d.Time.Format(time.DateOnly + " 15:04")
}
