package main

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/goccy/go-yaml"

	"pressmark/extract"
)

// An extractHead says which page an object of extract --json is of.
type extractHead struct {
	URL      string    `json:"url"`
	Final    string    `json:"final,omitempty"`   // the address that answered, when it is another
	Source   string    `json:"source,omitempty"`  // the file, when several are read
	Record   int       `json:"record,omitempty"`  // of a WARC file, counted from 1
	Captured time.Time `json:"captured,omitzero"` // as the WARC file says
}

func (x *extraction) head(s source, p extract.Page) extractHead {
	h := extractHead{URL: p.URL, Record: s.record, Captured: s.captured}
	if p.Final != p.URL {
		h.Final = p.Final
	}
	if !web(s.name) && (x.many || s.record > 0) {
		h.Source = s.name
	}
	return h
}

// write writes an article in the format that was asked for.
func (x *extraction) write(s source, p extract.Page, a extract.Article) error {
	x.count++
	switch x.format {
	case "json":
		return object(x.out, struct {
			extractHead
			extract.Form
		}{x.head(s, p), a.Form()})
	case "html":
		x.warn(s, a)
		_, err := io.WriteString(x.out, a.HTML())
		return err
	}
	x.warn(s, a)
	if x.many && a.Kind != extract.News && a.Kind != extract.Partial {
		return nil // among many, what is no article is only named
	}
	if x.format == "markdown" {
		return x.markdown(p, a)
	}
	return x.plain(s, p, a)
}

// warn says of a page without an article what it is.
func (x *extraction) warn(s source, a extract.Article) {
	switch {
	case a.Kind == extract.News:
	case x.many:
		x.c.say("%s: no article (%s): %s", line(s.String()), a.Kind, line(a.Why))
	default:
		x.c.say("no article (%s): %s", a.Kind, line(a.Why))
	}
}

// between sets articles apart from each other.
func (x *extraction) between(w io.Writer, mark string) error {
	if x.count < 2 {
		return nil
	}
	_, err := fmt.Fprintf(w, "\n%s\n\n", mark)
	return err
}

// A matter is the YAML at the head of an article in Markdown; its keys are
// those of export --format markdown.
type matter struct {
	Site      string   `yaml:"site,omitempty"`
	URL       string   `yaml:"url,omitempty"`
	Title     string   `yaml:"title"`
	Byline    []string `yaml:"byline,omitempty"`
	Agency    string   `yaml:"agency,omitempty"`
	Published string   `yaml:"published,omitempty"`
	Modified  string   `yaml:"modified,omitempty"`
	Language  string   `yaml:"language,omitempty"`
	Section   string   `yaml:"section,omitempty"`
	Tags      []string `yaml:"tags,omitempty"`
}

func (x *extraction) markdown(p extract.Page, a extract.Article) error {
	if x.count > 1 {
		if _, err := io.WriteString(x.out, "\n"); err != nil {
			return err
		}
	}
	head, err := yaml.Marshal(matter{
		Site: a.SiteName, URL: first(a.Canonical, p.Final, p.URL), Title: a.Title, Byline: a.Byline, Agency: a.Agency,
		Published: a.Published.String(), Modified: a.Modified.String(), Language: a.Language, Section: a.Section, Tags: a.Tags,
	})
	if err != nil {
		return fmt.Errorf("front matter: %w", err)
	}
	_, err = fmt.Fprintf(x.out, "---\n%s---\n\n%s\n", head, strings.TrimRight(a.Markdown(), "\n"))
	return err
}

// credits is what stands under a headline: who, when, in which language.
func credits(a extract.Article) string {
	list := append([]string{}, a.Byline...)
	for _, s := range []string{a.Agency, a.Published.String(), a.Language} {
		if s != "" {
			list = append(list, s)
		}
	}
	return line(strings.Join(list, " · "))
}

// plain writes an article to be read here.
func (x *extraction) plain(s source, p extract.Page, a extract.Article) error {
	w := x.shown
	width := min(w.columns(), 88)
	if err := x.between(w, strings.Repeat("─", min(width, 40))); err != nil {
		return err
	}
	if a.Title != "" {
		fmt.Fprintln(w, w.style(bold, wrap(line(a.Title), width)))
	}
	if s := credits(a); s != "" {
		fmt.Fprintln(w, w.style(faint, wrap(s, width)))
	}
	if address := first(p.Final, p.URL); x.many && address != "" {
		fmt.Fprintln(w, w.style(faint, line(address)))
	}
	if dek := line(a.Dek); dek != "" && (len(a.Blocks) == 0 || a.Blocks[0].Kind != extract.Lead) && !strings.Contains(line(a.Text()), dek) {
		fmt.Fprintf(w, "\n%s\n", w.style(bold, wrap(dek, width)))
	}
	for i, b := range a.Blocks {
		gap := "\n"
		if i > 0 && (b.Kind == extract.Item || b.Kind == extract.Row) && a.Blocks[i-1].Kind == b.Kind {
			gap = ""
		}
		if !b.Time.IsZero() {
			fmt.Fprintf(w, "\n%s\n", w.style(faint, b.Time.String()))
		}
		if _, err := fmt.Fprintf(w, "%s%s\n", gap, x.block(b, width)); err != nil {
			return err
		}
	}
	if n := len(a.Removed); n > 0 && !x.many {
		x.c.say("\n%s left out; --explain shows which and why", count(n, "piece of text"))
	}
	return nil
}

// block is a block of text for a screen of that width.
func (x *extraction) block(b extract.Block, width int) string {
	text := clean(b.Text)
	switch b.Kind {
	case extract.Heading, extract.Lead:
		return x.shown.style(bold, wrap(text, width))
	case extract.Item:
		return "• " + strings.ReplaceAll(wrap(text, width-2), "\n", "\n  ")
	case extract.Quote:
		return "> " + strings.ReplaceAll(wrap(text, width-2), "\n", "\n> ")
	case extract.Preformatted:
		return text
	}
	return wrap(text, width)
}

func first(list ...string) string {
	for _, s := range list {
		if s != "" {
			return s
		}
	}
	return ""
}
