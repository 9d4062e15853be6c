package filter

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func TestUndo(t *testing.T) {
	page := `<p class="a">one</p><p class="a">two</p><p>three <b class="a">four</b></p><div class="b"><p class="a">five</p></div><p class="a">six</p>`
	doc := tree(t, page)
	v := New(read(t, "##.a\n##.b\n")).Look(doc, "https://paper.example/")
	before := shown(t, doc)
	hidden, _ := v.Hide(Article{})
	if after := shown(t, doc); len(hidden) == 0 || after == before {
		t.Fatalf("nothing was hidden: %s", after)
	}
	refused := v.Undo(hidden)
	if after := shown(t, doc); after != before {
		t.Errorf("the page is %s, and was %s", after, before)
	}
	if len(refused) != len(hidden) || !refused[0].Greedy() {
		t.Errorf("what was put back is not told: %v", refused)
	}
}

func shown(t *testing.T, doc *html.Node) string {
	t.Helper()
	var b strings.Builder
	if err := html.Render(&b, doc); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
