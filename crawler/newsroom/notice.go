package newsroom

import (
	"fmt"
	"html"
	"html/template"
	"regexp"
	"strings"
)

// A placed notice is one of content/notices: its markup and its words. The
// first part of its name says where it stands on a page: start and end are the
// first and last thing inside the article's container, tail is glued to the
// last paragraph, page is at the end of the body, embed in the middle of the text.
type placed struct {
	place string
	html  template.HTML
	text  string
}

var tag = regexp.MustCompile(`<[^>]*>`)

func notice(name string) (placed, error) {
	markup, err := files.ReadFile("content/notices/" + name + ".html")
	if err != nil {
		return placed{}, fmt.Errorf("notice %q: %w", name, err)
	}
	place, _, _ := strings.Cut(name, "-")
	return placed{
		place: place,
		html:  template.HTML(strings.TrimRight(string(markup), "\n")),
		text:  fold(html.UnescapeString(tag.ReplaceAllString(string(markup), " "))),
	}, nil
}

// fold makes all white space single spaces.
func fold(s string) string { return strings.Join(strings.Fields(s), " ") }

// notices are those on a page in an edition.
func (a *article) notices(e *edition) ([]placed, error) {
	var names []string
	if e.notice != "" {
		names = append(names, e.notice)
	}
	if e.banner {
		names = append(names, "end-visitor-"+a.paper.Language)
	}
	if a.embed {
		names = append(names, "embed")
	}
	var all []placed
	for _, name := range names {
		n, err := notice(name)
		if err != nil {
			return nil, err
		}
		all = append(all, n)
	}
	return all, nil
}
