package report

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"strings"
	"time"

	"pressmark/extract/change"
)

//go:embed report.html
var page string

//go:embed report.css
var sheet string

// HTML writes the report as one file that needs nothing from anywhere: it can
// be mailed, put in a folder, printed, and read without a network or scripts.
func HTML(w io.Writer, r *Report, zone *time.Location) error {
	t, err := template.New("report").Funcs(functions(zone)).Parse(page)
	if err != nil {
		return fmt.Errorf("report template: %w", err)
	}
	r = r.shown()
	var b strings.Builder
	if err := t.Execute(&b, struct {
		*Report
		Sheet                                  template.CSS
		Span, Summary, Empty, Program, Witness string
		Cards, Withdrawn                       folded
		How                                    []string
		Busiest                                int
	}{r, template.CSS(sheet), r.span(zone), r.summary(), r.empty(), r.colophon(), r.Checkpoint.words(zone), fold(r.Cards), fold(r.Withdrawn), howToRead, r.busiest()}); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	p := &printer{w: w}
	if _, err := io.WriteString(p, b.String()); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	return nil
}

// folded are cards, of which more than a reader takes in are folded away.
type folded struct{ Open, Rest []Card }

func fold(list []Card) folded {
	n := min(full, len(list))
	return folded{list[:n], list[n:]}
}

func (r *Report) busiest() int {
	n := 1
	for _, p := range r.Papers {
		n = max(n, p.Changed)
	}
	return n
}

func functions(zone *time.Location) template.FuncMap {
	return template.FuncMap{
		"view":     func(c Card) view { return viewOf(c, zone) },
		"words":    htmlWords,
		"gist":     func(c Card) template.HTML { return template.HTML(c.gist(htmlMark)) }, // htmlMark escapes each run
		"where":    where,
		"copy":     func(c Copy) string { return copyWords(c, zone) },
		"moment":   func(t time.Time) string { return moment(t, zone) },
		"short":    short,
		"plural":   plural,
		"times":    times,
		"clip":     clip,
		"alike":    Alike.words,
		"sort":     Alike.sort,
		"pages":    shownOf,
		"language": language,
		"href":     href,
		"watches":  Card.watchWords,
		"median":   Paper.firstEdit,
		"notSeen":  func() string { return unseenHead },
		"share":    func(n, of int) int { return 100 * n / max(of, 1) },
	}
}

// A view is a card as the page shows it.
type view struct {
	Card
	Class    string
	Headline template.HTML
	Places   []change.Edit
	More     string
	Interval string
	FromTo   string
	Small    string
	Also     []string
	Quote    string
}

func viewOf(c Card, zone *time.Location) view {
	list, dates, more := c.sorted()
	v := view{Card: c, Class: fmt.Sprintf("g%d", c.Grade), Headline: template.HTML(template.HTMLEscapeString(c.Title)),
		Interval: c.Interval(zone), FromTo: c.fromTo(), Small: c.foot(dates, zone), Quote: c.Cite(zone)}
	if len(list) > 0 && list[0].Where == "title" {
		v.Headline, list = htmlWords(list[0]), list[1:]
	}
	v.Places = list
	if more > 0 {
		v.More = c.moreWords(more)
	}
	for _, x := range c.Also {
		v.Also = append(v.Also, alsoWords(x))
	}
	return v
}

// shownOf are the pages of a group to name, and the rest.
func shownOf(a Alike) (x struct {
	List []AlikePage
	More int
}) {
	x.List, x.More = a.shownPages()
	return x
}

// href is the address of a page of the web; nothing else is linked to.
func href(url string) string {
	if !strings.HasPrefix(url, "http://") && !strings.HasPrefix(url, "https://") {
		return "#"
	}
	return url
}

// language is what the lang attribute may say; an empty one says "unknown",
// and not that of the page around it.
func language(s string) string {
	for _, r := range s {
		if (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '-' {
			return ""
		}
	}
	return s
}

func htmlWords(e change.Edit) template.HTML {
	return template.HTML(words(e, spaced(htmlMark))) // htmlMark escapes each run
}

// htmlMark marks words by colour, by line and, for who can't see either, by words.
func htmlMark(op change.Op, text string) string {
	text = template.HTMLEscapeString(text)
	switch op {
	case change.Delete:
		return `<del><span class="v">[removed: </span>` + text + `<span class="v">]</span></del>`
	case change.Insert:
		return `<ins><span class="v">[added: </span>` + text + `<span class="v">]</span></ins>`
	}
	return text
}
