package extract

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"pressmark/extract/meta"
)

var stateParagraphs = []string{
	"The harbour board voted on Tuesday to close the northern quay for the winter, after divers had found cracks in four of its pillars.",
	"Nobody had asked for it, said its chairman, and nobody was against it, which is how things are done in Holm.",
	"The ferry will leave from the southern quay until the ice has gone and the pillars can be mended, which may take a year.",
}

func asJSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// TestEmbedded reads pages that scripts draw, in the shapes that frameworks give to their data.
func TestEmbedded(t *testing.T) {
	type m = map[string]any
	var elements, spans, portable, plain []any
	for i, p := range stateParagraphs {
		at := strings.IndexByte(p, ',')
		elements = append(elements, m{"type": "paragraph", "id": fmt.Sprint("a", i), "content": p}, m{"type": "image", "caption": "A picture of the quay, taken from the lighthouse by somebody."})
		spans = append(spans, m{"nodeType": "p", "content": []any{m{"nodeType": "text", "value": p[:at]}, m{"nodeType": "link", "href": "https://x.test/elsewhere", "value": p[at : at+8]}, m{"nodeType": "text", "value": p[at+8:]}}})
		portable = append(portable, m{"_type": "block", "style": "normal", "_key": fmt.Sprint(i), "children": []any{m{"_type": "span", "text": p}}})
		plain = append(plain, p)
	}
	heading := m{"type": "heading", "content": "What the divers saw"}
	other := m{"headline": "Another story that is longer by far", "url": "/other", "body": strings.Repeat("It is told at length elsewhere and has no place in this one at all, says its author. ", 9)}
	story := func(key string, body any) m {
		return m{"props": m{"page": m{"story": m{"id": 7, "headline": "Quay to close for the winter", "url": "/7", key: body}, "more": []any{other, other}}, "labels": m{"accept": "We ask you for nothing here, and this text is only a label that is shown somewhere else."}}}
	}
	html := "<p>" + strings.Join(stateParagraphs, "</p><p>") + "</p>"
	script := func(v any) string {
		return `<script id="d" type="application/json">` + asJSON(v) + `</script>`
	}
	for name, page := range map[string]string{
		"elements with a type":    script(story("elements", elements)),
		"spans":                   script(story("content", spans)),
		"portable text":           script(story("body", portable)),
		"plain array":             script(story("paragraphs", plain)),
		"HTML":                    script(story("bodyHtml", html)),
		"plain text":              script(story("text", strings.Join(stateParagraphs, "\n\n"))),
		"JSON within JSON":        script(m{"cache": asJSON(story("bodyHtml", html))}),
		"an assignment":           `<script>window.__STATE__ = ` + asJSON(story("bodyHtml", html)) + `; window.go();</script>`,
		"an undefined within it":  `<script>var a=1;window.__STATE__={"a":undefined,"b":` + asJSON(story("bodyHtml", html)) + `};</script>`,
		"JSON.parse":              `<script>window.__STATE__ = JSON.parse(` + asJSON(asJSON(story("bodyHtml", html))) + `);</script>`,
		"JSON-LD":                 `<script type="application/ld+json">` + asJSON(m{"@type": "NewsArticle", "headline": "Quay to close for the winter", "articleBody": strings.Join(stateParagraphs, "\n\n")}) + `</script>`,
		"microdata in the head":   `<meta itemprop="articleBody" content="` + strings.Join(stateParagraphs, "\n\n") + `">`,
		"with the headline first": script(story("elements", append([]any{m{"type": "h1", "content": "Quay to close for the winter"}}, elements...))),
	} {
		t.Run(name, func(t *testing.T) {
			a := Extract(Page{URL: "https://x.test/news/quay", Body: []byte(`<!doctype html><html lang="en"><head><title>Quay to close for the winter</title><meta property="og:type" content="article">` + page +
				`</head><body><div id="root"></div><noscript>You need to enable JavaScript to run this app.</noscript></body></html>`)})
			if a.Kind != News {
				t.Fatalf("kind %q: %s", a.Kind, a.Why)
			}
			var got []string
			for _, b := range a.Blocks {
				got = append(got, b.Text)
			}
			want := stateParagraphs
			if name == "microdata in the head" { // white space of attributes is not kept
				want = []string{strings.Join(stateParagraphs, " ")}
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Error(d)
			}
		})
	}
	a := Extract(Page{Body: []byte(`<html><head><title>Quay to close for the winter</title></head><body>` + script(story("elements", append([]any{elements[0], heading, m{"type": "list", "items": []any{"The crane goes first.", m{"text": "The wall goes <b>last</b>."}}}}, elements[1:]...))) + `</body></html>`)})
	var got []string
	for _, b := range a.Blocks {
		got = append(got, string(b.Kind)+" "+b.Text[:min(len(b.Text), 22)])
	}
	if d := cmp.Diff([]string{"paragraph The harbour board vote", "heading What the divers saw", "item The crane goes first.", "item The wall goes last.", "paragraph Nobody had asked for i", "paragraph The ferry will leave f"}, got); d != "" {
		t.Error(d)
	}
}

// What a page shows is its article, whatever its data hold; and a wall is not gone around.
func TestNotEmbedded(t *testing.T) {
	hidden := `<script type="application/json">{"headline":"Quay to close for the winter","body":` + asJSON(strings.Repeat("This text is in the data and nobody sees it on the page. ", 40)) + `}</script>`
	shown := "<article><h1>Quay to close for the winter</h1><p>" + strings.Join(stateParagraphs, "</p><p>") + "</p><p>" + strings.Repeat(longish, 3) + "</p></article>"
	for name, page := range map[string]string{
		"a page with text": "<html><body>" + hidden + shown + "</body></html>",
		"a teaser that is not free": `<html><head><script type="application/ld+json">{"@type":"NewsArticle","headline":"Quay to close for the winter","isAccessibleForFree":false}</script></head><body>` +
			hidden + "<article><h1>Quay to close for the winter</h1><p>" + stateParagraphs[0] + "</p></article></body></html>",
		"labels alone": `<html><body><script type="application/json">{"labels":{"a":"Enter the address that you gave us, please.","b":"` + strings.Repeat("x y ", 300) + `"},"css":"` + strings.Repeat(".a{color:red} ", 60) + `"}</script></body></html>`,
	} {
		if a := Extract(Page{Body: []byte(page)}); strings.Contains(a.Text(), "nobody sees it") || strings.Contains(a.Text(), "x y x") || strings.Contains(a.Text(), "color") {
			t.Errorf("%s: %q", name, a.Text())
		}
	}
}

// Some pages that scripts draw keep their text for readers without scripts.
func TestScriptless(t *testing.T) {
	a := Extract(Page{URL: "https://x.test/news/quay", Body: []byte(`<html lang="en"><head><title>Quay to close for the winter</title><meta property="og:type" content="article"></head><body><div id="app"></div><noscript><h1>Quay to close for the winter</h1><p>` +
		strings.Join(stateParagraphs, "</p><p>") + `</p><p>` + strings.Repeat(longish, 5) + `</p></noscript></body></html>`)})
	if a.Kind != News || len(a.Blocks) != 4 || a.Blocks[0].Text != stateParagraphs[0] {
		t.Errorf("kind %q (%s): %q", a.Kind, a.Why, a.Text())
	}
}

// FuzzState holds that data of any shape make no panic, that the same data give
// the same text, and that nothing is made up.
func FuzzState(f *testing.F) {
	f.Add(`{"title":"Quay to close for the winter","a":[{"t":"` + longish + `"},{"t":["` + longish + `",{"t":"x"}]}]}`)
	f.Add(`{"headline":"Quay to close for the winter","body":"<p>` + longish + `</p><ul><li>a<li>b</ul>"}`)
	f.Add(`x={"headline":"Quay to close for the winter","b":undefined,"body":"` + longish + longish + longish + `"};JSON.parse("[\"` + longish + `\"]")`)
	f.Fuzz(func(t *testing.T, data string) {
		facts := &meta.Facts{Titles: []meta.Title{{Text: "Quay to close for the winter"}}}
		read := func() []Block {
			s := newStateReader("", facts)
			s.read([]byte(data))
			s.script([]byte(data))
			return s.best.blocks()
		}
		blocks := read()
		if d := cmp.Diff(blocks, read()); d != "" {
			t.Fatalf("the same data give another text: %s", d)
		}
		all := letters(strings.ToValidUTF8(data, "\uFFFD") + dataText(&html.Node{}, []byte(data)))
		for _, b := range blocks {
			for _, w := range strings.Fields(strings.ReplaceAll(b.Text, " | ", " ")) {
				if letters(w) != "" && !strings.Contains(all, letters(w)) && !strings.ContainsRune(w, '\uFFFD') {
					t.Fatalf("the word %q is not in the data", w)
				}
			}
		}
	})
}
