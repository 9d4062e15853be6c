package extract

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// FuzzExtract holds four promises against any page: no panic, every word of
// the text stands in the page (where readers see it, or in its data), a page
// without an article says why, and an article that is written as HTML and
// extracted again says nothing that it did not say before.
func FuzzExtract(f *testing.F) {
	pages, _ := filepath.Glob("testdata/*.html")
	for _, path := range pages {
		if b, err := os.ReadFile(path); err == nil {
			f.Add(b, "text/html")
		}
	}
	f.Add([]byte("<p>a<table><tr><td>b<td>c</table><pre>d\n e</pre><br>f<script>g"), "text/html; charset=shift_jis")
	f.Add([]byte("<article><h1>x</h1><p>y z.</p><ul><li>1<li>2</ul>"), "")
	f.Add([]byte(tricky.HTML()), "")
	f.Add([]byte(livePage(`<script type="application/ld+json">{"@type":"LiveBlogPosting","headline":"x"}</script>`, "x, live", func(at, head, text string) string {
		return "<section><time datetime=" + at + "></time><h2>" + head + "</h2><p>" + text + "</section>"
	})), "")
	f.Add([]byte(`<title>a long headline</title><script type="application/json">{"title":"a long headline","a":[{"t":"`+longish+`"},{"t":"`+longish+longish+`"}]}</script><script>x={"y":1}</script>`), "")
	f.Add([]byte(`<h1>in pictures</h1><figure><figcaption>`+longish+`</figcaption></figure><figure><figcaption>`+longish[3:]+`</figcaption></figure><figure><figcaption>`+longish[7:]+`</figcaption></figure>`), "")
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
		page := letters(allText(doc, false) + allText(doc, true) + dataText(doc, decode(body, contentType)))
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
		before := letters(a.Text())
		for _, b := range Extract(Page{URL: "https://paper.test/2026/01/02/x", Body: []byte(a.HTML())}).Blocks {
			if !strings.Contains(before, letters(strings.ReplaceAll(b.Text, " | ", ""))) && !strings.Contains(strings.ReplaceAll(before, "|", ""), strings.ReplaceAll(letters(b.Text), "|", "")) {
				t.Fatalf("%q is said only when the article is extracted again", b.Text)
			}
		}
	})
}

// dataText is every text in a page's scripts and attributes, whatever escapes hide it.
func dataText(doc *html.Node, page []byte) string {
	var b strings.Builder
	add := func(s string) {
		for range 3 {
			b.WriteString(s)
			var plain strings.Builder
			if n, err := parse([]byte(s)); err == nil { // HTML within JSON
				plain.WriteString(allText(n, false) + allText(n, true))
			}
			b.WriteString(plain.String())
			s = html.UnescapeString(unescapeJSON(s))
		}
	}
	for n := range doc.Descendants() {
		for _, a := range n.Attr {
			add(a.Val)
		}
	}
	add(string(page))
	return b.String()
}

// unescapeJSON undoes the escapes of strings, wherever they stand.
func unescapeJSON(s string) string {
	var b strings.Builder
	for {
		i := strings.IndexByte(s, '\\')
		if i < 0 || i+1 == len(s) {
			b.WriteString(s)
			return b.String()
		}
		b.WriteString(s[:i])
		r, _, rest, err := strconv.UnquoteChar(s[i:], '"')
		if err != nil { // such as \/
			r, rest = rune(s[i+1]), s[i+2:]
		}
		b.WriteRune(r)
		s = rest
	}
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

// allText is every text of a page that readers may see, one after the other;
// as it is said, without what is left out of a sentence and with raised digits, or as it is written.
func allText(doc *html.Node, said bool) string {
	var b strings.Builder
	for n := range doc.Descendants() {
		seen := n.Type == html.TextNode
		text := n.Data
		for p := n.Parent; seen && p != nil; p = p.Parent {
			seen = !skipped[p.DataAtom] && !(said && leftOut(p, true))
			if s := scripted(p); said && s != "" && (p.DataAtom == atom.Sup || p.DataAtom == atom.Sub) {
				text = s
			}
		}
		if seen {
			b.WriteString(text)
		}
	}
	return b.String()
}
