package notice

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// TestWalls asks about every page twice: as it came, and after Prune and Blocks.
func TestWalls(t *testing.T) {
	c := newCounts()
	for _, s := range samples(t, "walls.txt") {
		head := strings.Fields(s.head)
		f := Facts{URL: "https://paper.example/a"}
		for _, h := range head[2:] {
			switch key, value, _ := strings.Cut(h, "="); key {
			case "status":
				n, err := strconv.Atoi(value)
				if err != nil && key == "status" {
					t.Fatal(err)
				}
				f.Status = n
			case "final":
				f.Final = value
			}
		}
		for _, pruned := range []bool{false, true} {
			doc := parsed(t, strings.Join(s.lines, "\n"))
			f.Page, f.Prose = ReadPage(doc), nil
			if pruned {
				f.Page.Prune()
			}
			for n := range doc.Descendants() {
				if n.DataAtom == atom.Title && n.FirstChild != nil {
					f.Title = n.FirstChild.Data
				}
				if n.DataAtom == atom.P && n.Type == html.ElementNode {
					f.Prose = append(f.Prose, visible(n))
				}
			}
			if pruned {
				f.Prose, _ = Blocks(f.Prose, Options{})
			}
			why, is := Wall(f)
			c.add(head[0], is == (head[0] == "wall"), fmt.Sprintf("%s pruned=%v: %q %+v", s.head, pruned, why, view(f, true)))
		}
	}
	c.golden(t, "walls.golden")
}
