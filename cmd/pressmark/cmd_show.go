package main

import (
	"fmt"
	"html"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"pressmark/archive"
	"pressmark/archive/export"
	"pressmark/extract"
)

var showFormats = []string{"text", "md", "html", "json", "raw", "headers", "removed"}

func (c *cli) showCommand() *cobra.Command {
	var format string
	var n int
	cmd := &cobra.Command{
		Use:   "show ID",
		Short: "Show one article",
		Long: `Show an article's latest version, or the one that ID names (7f3a@2).

ID is the beginning of an article's ID as ls prints it, at least four digits,
or its URL.

Formats:
  text     to read here (the default)
  md       Markdown with the facts in front
  html     a page with nothing but the article
  json     everything that is known of the version, as export writes it
  removed  what was left out (cookie notices, captions …) and by which rule
  headers  what the server said of the page when this version was first seen
  raw      the page's bytes as they were received; a terminal gets no control characters`,
		Example: "  pressmark show 7f3a\n  pressmark show 7f3a@1 --format md\n  pressmark show https://www.example.org/article --format raw > page.html",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if c.json {
				format = "json"
			}
			if !slices.Contains(showFormats, format) {
				return usage(fmt.Errorf("--format is %q: write %s", format, strings.Join(showFormats, ", ")))
			}
			asked := cmd.Flags().Changed("version")
			if asked && n < 1 {
				return usage(fmt.Errorf("--version %d: versions are numbered from 1", n))
			}
			return c.reading(func(store *archive.Store) error {
				p, at, err := page(store, args[0])
				if err != nil {
					return err
				}
				if asked && at > 0 && at != n {
					return usage(fmt.Errorf("%s and --version %d name two versions", args[0], n))
				}
				if !asked {
					n = at
				}
				v, err := version(store, p, n)
				if err != nil {
					return err
				}
				return c.show(store, p, v, format)
			})
		},
	}
	cmd.Flags().StringVar(&format, "format", "text", "write it as this `FORMAT`, one of those above")
	cmd.Flags().IntVar(&n, "version", 0, "version `N` (default: the latest)")
	return cmd
}

func (c *cli) show(store *archive.Store, p archive.Page, v archive.Version, format string) error {
	if v.Erased != "" && (format == "removed" || format == "md" || format == "html") {
		c.say("%s %s: %s", v.ID, archive.ErrErased, line(v.Article.Why))
	}
	switch format {
	case "json":
		record, err := export.RecordOf(store, v)
		if err != nil {
			return err
		}
		return object(c.out, record)
	case "raw", "headers":
		capture, err := store.Capture(v.First)
		if err != nil {
			return err
		}
		if format == "raw" {
			_, err = c.exact().Write(capture.Body)
			return err
		}
		fmt.Fprintf(c.out, "%s\nfetched %s\nstatus %d\nsha256 %s\n\n", line(capture.Final), capture.FetchedAt.UTC().Format("2006-01-02T15:04:05Z07:00"), capture.Status, capture.Digest)
		for _, name := range slices.Sorted(maps.Keys(capture.Header)) {
			for _, value := range capture.Header[name] {
				fmt.Fprintf(c.out, "%s: %s\n", line(name), line(value))
			}
		}
		return nil
	case "removed":
		if len(v.Article.Removed) == 0 && v.Erased == "" {
			c.say("nothing was left out of %s", v.ID)
		}
		for _, r := range v.Article.Removed {
			fmt.Fprintf(c.out, "%s  %s\n  %s\n", c.out.style(yellow, r.Kind), c.out.style(faint, r.Rule), line(r.Text))
		}
		return nil
	case "md":
		return export.Markdown(c.exact(), v)
	case "html":
		return articleHTML(c.exact(), v.Article)
	}
	return c.showText(p, v)
}

func (c *cli) showText(p archive.Page, v archive.Version) error {
	a, zone := v.Article, c.zone()
	fmt.Fprintln(c.out, c.out.style(bold, line(a.Title)))
	about := []string{line(v.Site)}
	if len(a.Byline) > 0 {
		about = append(about, "by "+strings.Join(a.Byline, ", "))
	}
	for _, s := range []string{a.Agency, a.Published.String(), a.Language} {
		if s != "" {
			about = append(about, s)
		}
	}
	fmt.Fprintln(c.out, c.out.style(faint, line(strings.Join(about, " · "))))
	fmt.Fprintln(c.out, c.out.style(faint, line(v.URL)))
	state := fmt.Sprintf("%s  version %d of %d, seen %s to %s", v.ID, v.ID.N, p.Head, clock(v.FirstSeen, zone), clock(v.LastSeen, zone))
	if p.State != archive.Live {
		state += " · now " + string(p.State) + ": " + line(p.Why)
	}
	fmt.Fprintln(c.out, c.out.style(faint, state))
	if v.Erased != "" {
		fmt.Fprintf(c.out, "\n%s: %s\n", archive.ErrErased, line(a.Why))
	}
	for _, b := range a.Blocks {
		text := clean(b.Text)
		switch b.Kind {
		case extract.Heading, extract.Lead:
			text = c.out.style(bold, text)
		case extract.Item:
			text = "• " + text
		case extract.Quote:
			text = "> " + strings.ReplaceAll(text, "\n", "\n> ")
		}
		if _, err := fmt.Fprintf(c.out, "\n%s\n", wrap(text, min(c.out.columns(), 88))); err != nil {
			return err
		}
	}
	if n := len(a.Removed); n > 0 {
		c.say("\n%s left out: pressmark show %s --format removed", count(n, "piece of text"), v.ID)
	}
	return nil
}

// tags are the elements that blocks are written as.
var tags = map[extract.BlockKind]string{
	extract.Lead: "p", extract.Paragraph: "p", extract.Heading: "h2", extract.Item: "li",
	extract.Quote: "blockquote", extract.Row: "p", extract.Preformatted: "pre",
}

// articleHTML writes an article as plain, self-contained HTML.
func articleHTML(w io.Writer, a extract.Article) error {
	e := html.EscapeString
	if _, err := fmt.Fprintf(w, "<!doctype html>\n<html lang=%q>\n<meta charset=\"utf-8\">\n<title>%s</title>\n<article>\n<h1>%s</h1>\n", e(a.Language), e(a.Title), e(a.Title)); err != nil {
		return err
	}
	list := false
	for _, b := range a.Blocks {
		if item := b.Kind == extract.Item; item != list {
			if list = item; list {
				fmt.Fprintln(w, "<ul>")
			} else {
				fmt.Fprintln(w, "</ul>")
			}
		}
		fmt.Fprintf(w, "<%[1]s>%[2]s</%[1]s>\n", tags[b.Kind], e(b.Text))
	}
	if list {
		fmt.Fprintln(w, "</ul>")
	}
	_, err := fmt.Fprintln(w, "</article>")
	return err
}
