package notice

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func parsed(t *testing.T, markup string) *html.Node {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(markup))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func visible(doc *html.Node) string { return strings.Join(ReadPage(doc).texts, "\n") }

// TestPages wants Prune to take what stands in [[…]] and nothing else.
func TestPages(t *testing.T) {
	c := newCounts()
	for _, s := range samples(t, "pages.txt") {
		markup := strings.Join(s.lines, "\n")
		rest := markup
		for {
			a, b, ok := strings.Cut(rest, "[[")
			if !ok {
				break
			}
			_, z, _ := strings.Cut(b, "]]")
			rest = a + z
		}
		doc := parsed(t, strings.NewReplacer("[[", "", "]]", "").Replace(markup))
		removed := Prune(doc)
		got, want := visible(doc), visible(parsed(t, rest))
		c.add("pages", got == want, fmt.Sprintf("%s: %v", s.head, removed))
	}
	c.golden(t, "pages.golden")
}
