package extract

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files again")

// TestGolden compares whole articles with those in testdata. Notices have their own tests.
func TestGolden(t *testing.T) {
	pages, err := filepath.Glob("testdata/*.html")
	if err != nil || len(pages) == 0 {
		t.Fatalf("no pages: %v", err)
	}
	for _, path := range pages {
		t.Run(filepath.Base(path), func(t *testing.T) {
			body, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			name := strings.TrimSuffix(filepath.Base(path), ".html")
			a := Extract(Page{URL: "https://www.lindencourier.test/news/" + name, Body: body})
			var got bytes.Buffer
			enc := json.NewEncoder(&got)
			enc.SetEscapeHTML(false)
			enc.SetIndent("", "  ")
			if err := enc.Encode(a.Form()); err != nil {
				t.Fatal(err)
			}
			golden := strings.TrimSuffix(path, ".html") + ".json"
			if *update {
				if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(string(want), got.String()); d != "" {
				t.Errorf("article differs (-want +got):\n%s", d)
			}
		})
	}
}

func TestNoArticle(t *testing.T) {
	page := "<html><head><title>Not found</title></head><body><h1>Not found</h1><p>The page that you asked for has moved or never was here at all.</p></body></html>"
	for _, c := range []struct {
		name string
		page Page
		kind Kind
		why  string // part of it
	}{
		{"empty", Page{}, Other, "empty"},
		{"spaces", Page{Body: []byte(" \n\t ")}, Other, "empty"},
		{"pdf", Page{Body: []byte("%PDF-1.7 ..."), ContentType: "text/html"}, Other, "PDF"},
		{"png", Page{Body: []byte("\x89PNG\r\n\x1a\n\x00\x00"), ContentType: "image/png"}, Other, "image"},
		{"json", Page{Body: []byte(`{"error":"no such page"}`), ContentType: "application/json"}, Other, "JSON"},
		{"plain text", Page{Body: []byte("hello there"), ContentType: "text/plain"}, Other, "text/plain"},
		{"binary", Page{Body: []byte("ab\x00\x01cd"), ContentType: "text/html"}, Other, "binary"},
		{"feed", Page{Body: []byte(`<?xml version="1.0"?><rss version="2.0"><channel></channel></rss>`)}, Other, "feed"},
		{"404", Page{Status: 404, Body: []byte(page)}, Other, "404"},
		{"500", Page{Status: 500, Body: []byte(page)}, Other, "500"},
		{"soft 404", Page{Body: []byte(page)}, Other, "error page"},
		{"no text", Page{Body: []byte("<html><body><img src=x></body></html>")}, Other, "no text"},
		{"too large", Page{Body: bytes.Repeat([]byte("<p>x"), MaxBody/4+1)}, Other, "larger"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := Extract(c.page)
			if a.Kind != c.kind || !strings.Contains(a.Why, c.why) {
				t.Errorf("kind %q, why %q; want %q with %q", a.Kind, a.Why, c.kind, c.why)
			}
		})
	}
}

// TestSections takes an address of a search and one of a front page.
func TestSections(t *testing.T) {
	front, err := os.ReadFile("testdata/front.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range []string{"https://www.lindencourier.test/", "https://www.lindencourier.test/search?q=bridge", "https://www.lindencourier.test/city/"} {
		if a := Extract(Page{URL: u, Body: front}); a.Kind != Other || a.Why == "" {
			t.Errorf("%s: kind %q, why %q; want other", u, a.Kind, a.Why)
		}
	}
}

func TestFormRoundTrip(t *testing.T) {
	body, err := os.ReadFile("testdata/news.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range []Article{Extract(Page{URL: "https://x.test/a", Body: body}), {Kind: Other, Why: "empty"}} {
		b, err := json.Marshal(a)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(b, []byte("null")) {
			t.Errorf("null in %s", b)
		}
		var back Article
		if err := json.Unmarshal(b, &back); err != nil {
			t.Fatal(err)
		}
		if again, _ := json.Marshal(back); !bytes.Equal(b, again) {
			t.Errorf("not the same after reading:\n%s\n%s", b, again)
		}
		if back.Text() != a.Text() {
			t.Error("text differs after reading")
		}
	}
	out, err := json.Marshal(struct {
		ID string `json:"id"`
		Form
	}{"x", Article{Title: "T"}.Form()})
	if err != nil || !bytes.HasPrefix(out, []byte(`{"id":"x","canonical":`)) {
		t.Errorf("embedded: %s, %v", out, err)
	}
}

func TestClean(t *testing.T) {
	a := Clean("First paragraph.\r\n\r\n\r\nSecond   one.\nThird line.\n", "en")
	var texts []string
	for _, b := range a.Blocks {
		texts = append(texts, b.Text)
	}
	if d := cmp.Diff([]string{"First paragraph.", "Second one.", "Third line."}, texts); d != "" {
		t.Error(d)
	}
	if a.Kind != News || a.Language != "en" {
		t.Errorf("kind %q, language %q", a.Kind, a.Language)
	}
	if a := Clean(" \n ", ""); a.Kind != Other || a.Why == "" {
		t.Errorf("empty text: %q %q", a.Kind, a.Why)
	}
	wrapped := "The harbour bridge will close to all traffic on Sunday night and\nstay closed until January, the port authority said on Wednesday,\nafter divers had found the cracks in a routine check of the\npiers."
	if a := Clean(wrapped, "en"); len(a.Blocks) != 1 {
		t.Errorf("wrapped text became %d blocks", len(a.Blocks))
	}
}

// What moves a terminal's cursor is no text, however it got into the page.
func TestControlCharacters(t *testing.T) {
	body := "<html><head><title>Quiet &#27;[31mtown\x07</title><meta name=author content='Jane &#x1b;[2J Doe'></head><body><article><h1>Quiet &#27;[31mtown\x07</h1>" +
		"<p>The ferry was late again on Tuesday,\x08 &#155;said the captain, and nobody on the quay was surprised by it.</p>" +
		"<p>On Wednesday it came an hour early,\x1b]0;x\x07 which was worse, because the baker had not yet opened and the mail was still in its sack.</p>" +
		"<p>The council will hear both complaints in April, together with that of the lighthouse keeper about the new lamp.</p></article></body></html>"
	a := Extract(Page{URL: "https://example.com/a", Body: []byte(body), ContentType: "text/html; charset=utf-8"})
	for _, s := range append([]string{a.Title, a.Dek, a.Text()}, a.Byline...) {
		if i := strings.IndexFunc(s, func(r rune) bool { return unicode.IsControl(r) && r != '\n' }); i >= 0 {
			t.Errorf("%q holds a control character", s)
		}
	}
	if a.Kind != News {
		t.Errorf("kind %s: %s", a.Kind, a.Why)
	}
}
