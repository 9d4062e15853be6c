package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	htmlcharset "golang.org/x/net/html/charset"

	"pressmark/extract"
)

func (c *cli) extractCommand() *cobra.Command {
	var file, format, base, charset string
	cmd := &cobra.Command{
		Use:   "extract FILE|URL|-",
		Short: "Read the article of one page, without an archive",
		Long: `Read the article of one page: a file (.gz too), an address, or standard input.

What was left out, and why, is in the JSON under removed. A page that holds no
article is no error: kind and why say what it is.

With --list, read one JSON object a line and answer each with one, in order:
  {"id", "path"|"html"|"text", "url"?, "charset"?, "language"?}
  {"id", "url", "title", … "kind", "why", "text", "blocks", "removed", "ms"}
text is text without markup, to be cleaned of cookie notices; ms is the time it
took. A line that can't be read is answered with {"id", "error"}, and the
command ends with 3.`,
		Example: "  pressmark extract page.html\n  curl -s https://www.example.org/article | pressmark extract - --json\n  pressmark extract https://www.example.org/article --format html\n  pressmark extract --list pages.jsonl > articles.jsonl",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if file != "" && len(args) > 0 {
				return usage(errors.New("name a page or --list, not both"))
			}
			if charset != "" {
				if e, _ := htmlcharset.Lookup(charset); e == nil {
					return usage(fmt.Errorf("--charset: %q is no charset: write utf-8, windows-1252, shift_jis …", charset))
				}
			}
			if file != "" {
				return list(cmd.Context(), c, file, 1, extractLine)
			}
			if len(args) == 0 {
				return usage(hint(errors.New("no page is named"), "pressmark extract FILE, URL, - or --list FILE"))
			}
			if c.json {
				format = "json"
			}
			if !slices.Contains([]string{"text", "html", "json"}, format) {
				return usage(fmt.Errorf("--format is %q: write text, html or json", format))
			}
			p, err := c.readPage(cmd.Context(), args[0], base, charset)
			if err != nil {
				return err
			}
			return c.printArticle(p, extract.Extract(p), format)
		},
	}
	cmd.Flags().StringVar(&file, "list", "", "answer each line of `FILE` (- is standard input)")
	cmd.Flags().StringVar(&format, "format", "text", "write it as this `FORMAT`: text, html or json")
	cmd.Flags().StringVar(&base, "url", "", "the page's `URL`, when it is read from a file")
	cmd.Flags().StringVar(&charset, "charset", "", "the page's `CHARSET`, when it is read from a file and does not say")
	return cmd
}

// readPage reads a page from where arg says.
func (c *cli) readPage(ctx context.Context, arg, base, charset string) (extract.Page, error) {
	p := extract.Page{URL: base, ContentType: contentType(charset)}
	var err error
	switch {
	case arg == "-":
		p.Body, err = io.ReadAll(io.LimitReader(c.in, extract.MaxBody+1))
	case strings.HasPrefix(arg, "http://"), strings.HasPrefix(arg, "https://"):
		return c.fetchPage(ctx, arg)
	case strings.Contains(arg, "://"):
		return p, usage(fmt.Errorf("%s: only http:// and https:// can be asked", arg))
	default:
		p.Body, err = readFile(arg)
	}
	if err != nil {
		return p, fmt.Errorf("read page: %w", err)
	}
	return p, nil
}

func contentType(charset string) string {
	if charset == "" {
		return ""
	}
	return "text/html; charset=" + charset
}

// readFile reads a page's file, gzip or not, up to what an extraction takes.
func readFile(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, extract.MaxBody+1))
	if err != nil || !bytes.HasPrefix(b, []byte{0x1f, 0x8b}) {
		return b, err
	}
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err == nil {
		b, err = io.ReadAll(io.LimitReader(z, extract.MaxBody+1))
	}
	if err != nil {
		return nil, fmt.Errorf("gunzip %s: %w", name, err)
	}
	return b, nil
}

// fetchPage asks for one page, following redirects, as a person at a browser
// would: no robots.txt, no archive.
func (c *cli) fetchPage(ctx context.Context, raw string) (extract.Page, error) {
	conf, err := c.configuration()
	if err != nil && !errors.Is(err, errNoConfig) {
		return extract.Page{}, err
	}
	if conf == nil {
		conf = defaultConfig()
	}
	f, err := newFetcher(conf, c.log)
	if err != nil {
		return extract.Page{}, err
	}
	defer f.Close()
	res, final, err := follow(ctx, f, raw, nil)
	if err != nil {
		return extract.Page{}, err
	}
	return extract.Page{URL: raw, Final: final, Status: res.Status, ContentType: res.Header.Get("Content-Type"), Body: res.Body}, nil
}

func (c *cli) printArticle(p extract.Page, a extract.Article, format string) error {
	switch format {
	case "json":
		return object(c.out, struct {
			URL string `json:"url"`
			extract.Form
		}{p.URL, a.Form()})
	case "html":
		return articleHTML(c.exact(), a)
	}
	if a.Kind != extract.News {
		c.say("no article (%s): %s", a.Kind, a.Why)
	}
	if a.Title != "" {
		fmt.Fprintf(c.out, "%s\n", c.out.style(bold, line(a.Title)))
	}
	about := append([]string{}, a.Byline...)
	for _, s := range []string{a.Agency, a.Published.String(), a.Language} {
		if s != "" {
			about = append(about, s)
		}
	}
	if len(about) > 0 {
		fmt.Fprintf(c.out, "%s\n", c.out.style(faint, line(strings.Join(about, " · "))))
	}
	for _, b := range a.Blocks {
		if _, err := fmt.Fprintf(c.out, "\n%s\n", wrap(clean(b.Text), min(c.out.columns(), 88))); err != nil {
			return err
		}
	}
	if n := len(a.Removed); n > 0 {
		c.say("\n%s left out; --json shows which and why", count(n, "piece of text"))
	}
	return nil
}

// A pageLine is a line of extract --list.
type pageLine struct {
	ID      json.RawMessage `json:"id"`
	Path    string          `json:"path"`
	HTML    *string         `json:"html"`
	Text    *string         `json:"text"`
	URL     string          `json:"url"`
	Charset string          `json:"charset"`
	Lang    string          `json:"language"`
}

func extractLine(in pageLine) (any, error) {
	p := extract.Page{URL: in.URL, ContentType: contentType(in.Charset)}
	var err error
	switch {
	case in.Path != "":
		if p.Body, err = readFile(in.Path); err != nil {
			return nil, err
		}
	case in.HTML != nil:
		p.Body = []byte(*in.HTML)
	case in.Text == nil:
		return nil, errors.New("a line needs path, html or text")
	}
	start := time.Now()
	var a extract.Article
	if in.Text != nil {
		a = extract.Clean(*in.Text, in.Lang)
	} else {
		a = extract.Extract(p)
	}
	took := time.Since(start)
	return struct {
		ID  json.RawMessage `json:"id"`
		URL string          `json:"url"`
		extract.Form
		MS float64 `json:"ms"`
	}{idOf(in.ID), in.URL, a.Form(), float64(took.Microseconds()) / 1000}, nil
}
