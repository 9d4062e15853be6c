package extract

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"pressmark/extract/meta"
)

// tricky is an article whose words would be markup if they were not escaped.
var tricky = Article{
	Title: `Ferries & "quays" <b>1 < 2</b>`, Dek: "What </script> the board decided, in a sentence of some length that stands above the text.", Byline: []string{"Jo Lind"}, Agency: "AFP",
	Language: "en", Section: "Harbour", Tags: []string{"Ferries"}, Access: meta.Free, Kind: News, Canonical: "https://x.test/a?b=1&c=2",
	Published: meta.Date{Time: time.Date(2026, 5, 4, 8, 30, 0, 0, time.FixedZone("", 7200))}, PublishedFrom: meta.FromLinked, AgencyFrom: "json-ld",
	Blocks: []Block{
		{Kind: Lead, Text: "What </script> the board decided, in a sentence of some length that stands above the text."},
		{Kind: Paragraph, Text: "The harbour board voted on Tuesday to close the northern quay for the winter, <after> divers had found *cracks* in four pillars & a pier."},
		{Kind: Paragraph, Text: "1. Nobody on the board had asked for it, said its chairman, and nobody was against it, which is how things are done in Holm."},
		{Kind: Heading, Text: "What closes # when"},
		{Kind: Item, Text: "The northern quay closes on the first of November, with the crane that stands on it."},
		{Kind: Item, Text: "The southern quay closes on Sundays only, and in a storm whenever the pilot says so."},
		{Kind: Quote, Text: "We will miss the quay, said the baker, who sells her bread to those who wait for the ferry there."},
		{Kind: Row, Text: "Holm | 12.50"},
		{Kind: Row, Text: "Lind | 8.00"},
		{Kind: Preformatted, Text: "Mo 08:30\nTu 09:30"},
		{Kind: Paragraph, Text: "The board will meet again in spring, when the ice has gone and the divers can be asked what they see."},
	},
}

func TestHTML(t *testing.T) {
	page := tricky.HTML()
	if doc, err := html.Parse(strings.NewReader(page)); err != nil || doc == nil {
		t.Fatal(err)
	}
	if n := strings.Count(page, "</script>"); n != 1 {
		t.Errorf("%d ends of scripts", n)
	}
	for _, c := range [][2]string{{"<ul>", "</ul>"}, {"<table>", "</table>"}, {"<article>", "</article>"}, {"<html", "</html>"}} {
		if strings.Count(page, c[0]) != 1 || strings.Count(page, c[1]) != 1 {
			t.Errorf("not one %s … %s in\n%s", c[0], c[1], page)
		}
	}
	again := Extract(Page{URL: "https://x.test/a", Body: []byte(page)})
	again.Removed = nil
	if d := cmp.Diff(tricky, again); d != "" {
		t.Errorf("extracted again it differs (-was +is): %s", d)
	}
}

// TestAgain extracts the pages of testdata, and then what came of them.
func TestAgain(t *testing.T) {
	pages, _ := filepath.Glob("testdata/*.html")
	for _, path := range pages {
		body, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		a := Extract(Page{URL: "https://www.lindencourier.test/news/x", Body: body})
		if a.Kind != News {
			continue
		}
		again := Extract(Page{URL: "https://www.lindencourier.test/news/x", Body: []byte(a.HTML())})
		if d := cmp.Diff(a.Blocks, again.Blocks); d != "" {
			t.Errorf("%s: %s", path, d)
		}
	}
}

func TestMarkdown(t *testing.T) {
	post := meta.Date{Time: time.Date(2026, 5, 4, 8, 30, 0, 0, time.UTC)}
	a := Article{Title: "A *storm*, live", Blocks: []Block{
		{Kind: Paragraph, Text: "# not a heading", Time: post}, {Kind: Item, Text: "one\ntwo"}, {Kind: Item, Text: "1. three"}, {Kind: Preformatted, Text: "a\n```\nb"}, {Kind: Quote, Text: "x\ny"},
	}}
	want := "# A \\*storm\\*, live\n\n*2026-05-04 08:30*\n\n\\# not a heading\n\n- one\n  two\n- 1\\. three\n\n````\na\n```\nb\n````\n\n> x\n> y\n"
	if d := cmp.Diff(want, a.Markdown()); d != "" {
		t.Error(d)
	}
}

// A table's rows are those of GitHub's Markdown, as wide as the first.
func TestMarkdownTable(t *testing.T) {
	a := Article{Title: "Fares", Blocks: []Block{
		{Kind: Row, Text: "Quay | Price"}, {Kind: Row, Text: "Holm"}, {Kind: Row, Text: "Lind | 8.00 | a|b"},
		{Kind: Paragraph, Text: "From May."}, {Kind: Row, Text: "Alone"},
	}}
	want := "# Fares\n\n| Quay | Price |\n| --- | --- |\n| Holm | |\n| Lind | 8\\.00, a\\|b |\n\nFrom May.\n\n| Alone |\n| --- |\n"
	if d := cmp.Diff(want, a.Markdown()); d != "" {
		t.Error(d)
	}
}
