package report

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"time"

	"pressmark/extract/change"
)

//go:embed report.html
var page string

// HTML writes the report as one file that needs nothing from anywhere: it can
// be mailed, put in a folder, printed, and read without a network or scripts.
func HTML(w io.Writer, r *Report, zone *time.Location) error {
	t, err := template.New("report").Funcs(template.FuncMap{
		"words": func(e change.Edit) template.HTML {
			return template.HTML(words(e, htmlMark)) // htmlMark escapes each span
		},
		"where":    where,
		"interval": func(c Card) string { return c.Interval(zone) },
		"fromto":   func(c Card) string { return c.fromTo() },
		"short":    short,
		"percent":  percent,
		"plural":   plural,
		"class":    func(c Card) string { return fmt.Sprintf("g%d", c.Grade) },
		"day":      func(t time.Time) string { return t.In(zone).Format("Mon 2 Jan 15:04") },
		"sign": func(c Card) string {
			switch {
			case c.Has(change.Unpublished):
				return "✕"
			case c.Has(change.Restored):
				return "↺"
			}
			return c.Dots()
		},
	}).Parse(page)
	if err != nil {
		return fmt.Errorf("report template: %w", err)
	}
	if err := t.Execute(w, struct {
		*Report
		Interval, Summary string
		How               []string
	}{r, r.interval(zone), r.summary(), howToRead}); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	return nil
}

// htmlMark marks words by colour, by line and, for who can't see either, by words.
func htmlMark(op change.Op, text string) string {
	text = template.HTMLEscapeString(text)
	switch op {
	case change.Delete:
		return `<del><span class="v">removed: </span>` + text + `</del>`
	case change.Insert:
		return `<ins><span class="v">added: </span>` + text + `</ins>`
	}
	return text
}
