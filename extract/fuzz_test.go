package extract

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"
)

// FuzzExtract holds three promises against any page: no panic, every word of
// the text stands in the page, and a page without an article says why.
func FuzzExtract(f *testing.F) {
	pages, _ := filepath.Glob("testdata/*.html")
	for _, path := range pages {
		if b, err := os.ReadFile(path); err == nil {
			f.Add(b, "text/html")
		}
	}
	f.Add([]byte("<p>a<table><tr><td>b<td>c</table><pre>d\n e</pre><br>f<script>g"), "text/html; charset=shift_jis")
	f.Add([]byte("<article><h1>x</h1><p>y z.</p><ul><li>1<li>2</ul>"), "")
	f.Fuzz(func(t *testing.T, body []byte, contentType string) {
		a := Extract(Page{URL: "https://paper.test/2026/01/02/x", Body: body, ContentType: contentType})
		if a.Kind == "" || a.Kind != News && a.Why == "" {
			t.Fatalf("kind %q without a reason", a.Kind)
		}
		if len(a.Blocks) == 0 {
			return
		}
		doc, err := parse(decode(body, contentType))
		if err != nil {
			t.Fatalf("an article from a page that cannot be parsed: %v", err)
		}
		page := letters(allText(doc))
		for _, b := range a.Blocks {
			if b.Text == "" || strings.TrimSpace(b.Text) != b.Text {
				t.Fatalf("block %q", b.Text)
			}
			for _, w := range strings.FieldsFunc(b.Text, func(r rune) bool { return unicode.IsSpace(r) || r == '|' }) {
				if !strings.Contains(page, letters(w)) {
					t.Fatalf("the word %q is not in the page", w)
				}
			}
		}
	})
}

// FuzzClean holds that cleaning makes up nothing and that clean text stays as it is.
func FuzzClean(f *testing.F) {
	f.Add("One.\n\nTwo.\nThree.", "en")
	f.Add("We use cookies to improve your experience. Accept Read More\n\nThe bridge is closed.", "")
	f.Fuzz(func(t *testing.T, text, lang string) {
		a := Clean(text, lang)
		all := letters(strings.ToValidUTF8(text, "\uFFFD"))
		for _, w := range strings.Fields(a.Text()) {
			if !strings.Contains(all, letters(w)) {
				t.Fatalf("the word %q is not in the text", w)
			}
		}
	})
}

// letters drops white space and what is not seen.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == 0x200b || r == 0xfeff || r == 0xad {
			return -1
		}
		return r
	}, s)
}

// allText is every text of a page that readers may see, one after the other.
func allText(doc *html.Node) string {
	var b strings.Builder
	for n := range doc.Descendants() {
		seen := n.Type == html.TextNode
		for p := n.Parent; seen && p != nil; p = p.Parent {
			seen = !skipped[p.DataAtom]
		}
		if seen {
			b.WriteString(n.Data)
		}
	}
	return b.String()
}
