package notice

import (
	"fmt"
	"html"
	"strings"
	"testing"
)

// TestPlaced sets every notice into a page in places whose markup says nothing,
// and makes walls of the consent sheets.
func TestPlaced(t *testing.T) {
	articles := map[string][]string{}
	for _, a := range samples(t, "articles.txt") {
		articles[a.head] = a.lines
	}
	c := newCounts()
	for _, n := range samples(t, "notices.txt") {
		lang, kind, _ := strings.Cut(n.head, " ")
		news := articles[lang]
		box := `<div class="x7f3">`
		for _, line := range n.lines {
			if labels, ok := strings.CutPrefix(line, "> "); ok {
				for _, l := range strings.Split(labels, " | ") {
					box += "<button>" + html.EscapeString(l) + "</button> "
				}
			} else {
				box += "<p>" + html.EscapeString(line) + "</p>"
			}
		}
		box += "</div>"
		p := make([]string, len(news))
		for i := range news {
			p[i] = "<p>" + html.EscapeString(news[i]) + "</p>"
		}
		head := `<html lang="` + lang + `"><body><ul><li><a href="/a">A</a></li><li><a href="/b">B</a></li></ul>`
		for _, way := range []struct{ name, markup string }{
			{"above", head + box + "<article>" + strings.Join(p, "") + "</article>"},
			{"below", head + "<article>" + strings.Join(p, "") + "</article>" + box},
			{"inside", head + "<article>" + strings.Join(p, "") + box + "</article>"},
			{"between", head + "<article>" + p[0] + box + p[1] + p[2] + "</article>"},
		} {
			doc := parsed(t, way.markup)
			page := ReadPage(doc)
			page.Prune()
			kept, _ := Blocks(ReadPage(doc).texts, Options{Language: lang})
			got, want := compact(kept), "A\nB\n"+strings.Join(news, "\n")
			c.add("placed "+way.name, got == want, fmt.Sprintf("%s %s: %s", n.head, way.name, clip(strings.TrimPrefix(got, want))))
			if why, is := Wall(Facts{Page: page, Prose: kept}); is {
				c.add("article under a notice", false, fmt.Sprintf("%s %s: %s", n.head, way.name, why))
			} else {
				c.add("article under a notice", true, "")
			}
		}
		if kind == "tcf" || kind == "pay" {
			doc := parsed(t, head+box)
			page := ReadPage(doc)
			page.Prune()
			_, is := Wall(Facts{Page: page, Prose: ReadPage(doc).texts})
			c.add("wall", is, n.head+": not known as a wall: "+clip(n.lines[0]))
			doc = parsed(t, head+p[0]+p[2]+box)
			page = ReadPage(doc)
			page.Prune()
			why, is := Wall(Facts{Page: page, Prose: news[:2]})
			c.add("brief article", !is, n.head+": "+why)
		}
	}
	c.golden(t, "placed.golden")
}
