package extract

import (
	"bytes"
	"flag"
	"fmt"
	"hash/crc32"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

var changes = flag.String("unseen", "", "only these ways to make a page unlike those that the rules were made on: names, joined by +; more than one by commas")

// TestUnseen measures the body on pages made unlike those that the rules were
// made on: what the rules lose with the names, tags or data of a page is what
// they may lose on a site that nobody looked at. The figures go to the log.
func TestUnseen(t *testing.T) {
	var all []*known
	for _, k := range readSample(t) {
		if slices.Contains([]string{"zyte", "fundus", "wcxb", "trafilatura"}, k.Corpus) {
			all = append(all, k)
		}
	}
	list := []string{"plain", "names", "halfnames", "jsonld", "description", "tags", "paragraphs", "data", "words",
		"names+jsonld", "names+jsonld+description+data", "names+jsonld+description+data+tags", "names+words", "names+jsonld+description+data+tags+words"}
	if *changes != "" {
		list = strings.Split(*changes, ",")
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%-42s", "")
	for _, corpus := range []string{"zyte", "fundus", "wcxb", "trafilatura"} {
		fmt.Fprintf(&b, "  %-17s", corpus+" A B")
	}
	b.WriteByte('\n')
	for _, name := range list {
		c := newChange(name)
		restore := c.forget()
		tallies := map[string]*tally{}
		var pages []verdict
		for i, a := range extracted(t, all, func(_ *known, p Page) Article { return Extract(c.page(p)) }) {
			k := all[i]
			for n, key := range []string{k.Corpus, k.Corpus + k.half()} {
				if tallies[key] == nil {
					tallies[key] = &tally{}
				}
				if v := tallies[key].add(k, &a); n == 0 {
					pages = append(pages, v)
				}
			}
		}
		restore()
		fmt.Fprintf(&b, "%-42s", name)
		for _, corpus := range []string{"zyte", "fundus", "wcxb", "trafilatura"} {
			for _, half := range []string{"", "A", "B"} {
				y := tallies[corpus+half]
				f1, _, _ := y.body.sums()
				if corpus == "trafilatura" {
					f1, _, _ = y.segments.sums()
				}
				fmt.Fprintf(&b, " %.3f", f1)
			}
			b.WriteString("  ")
		}
		b.WriteByte('\n')
		if *samplePage != "" {
			writePages(t, *samplePage+"."+name, pages)
		}
	}
	t.Log("\n" + b.String())
}

// A change makes a page unlike it was.
type change struct {
	names, half, jsonld, description, tags, paragraphs, data, words bool
}

func newChange(name string) change {
	var c change
	for _, part := range strings.Split(name, "+") {
		switch part {
		case "names":
			c.names = true
		case "halfnames":
			c.half = true
		case "jsonld":
			c.jsonld = true
		case "description":
			c.description = true
		case "tags":
			c.tags = true
		case "paragraphs":
			c.paragraphs = true
		case "data":
			c.data = true
		case "words":
			c.words = true
		case "plain":
		default:
			panic("no such change: " + part)
		}
	}
	return c
}

// forget switches the lists of words off, as on a page in a language without one.
func (c change) forget() (restore func()) {
	if !c.words {
		return func() {}
	}
	p, o, l, q, r, a := phrases, openings, pleas, calls, claims, abouts
	none := newSpotter(nil)
	phrases, openings, pleas, calls, claims, abouts = nil, none, none, none, none, nil
	return func() { phrases, openings, pleas, calls, claims, abouts = p, o, l, q, r, a }
}

// page writes the page again, changed.
func (c change) page(p Page) Page {
	var t *trace
	doc, err := html.Parse(bytes.NewReader(t.decode(p.Body, p.ContentType)))
	if err != nil {
		return p
	}
	var gone []*html.Node
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		n.Attr = c.attributes(n)
		switch {
		case n.DataAtom == atom.Script && c.jsonld && strings.Contains(attribute(n, "type"), "ld+json"):
			gone = append(gone, n)
		case n.DataAtom == atom.Meta && c.description && strings.Contains(strings.ToLower(attribute(n, "name")+attribute(n, "property")+attribute(n, "itemprop")), "description"):
			gone = append(gone, n)
		case c.tags && (n.DataAtom == atom.Article || n.DataAtom == atom.Main || n.DataAtom == atom.Section || n.DataAtom == atom.Aside || n.DataAtom == atom.Header || n.DataAtom == atom.Footer || n.DataAtom == atom.Figure || n.DataAtom == atom.Figcaption || n.DataAtom == atom.Address || n.DataAtom == atom.Nav),
			c.paragraphs && n.DataAtom == atom.P:
			n.Data, n.DataAtom = "div", atom.Div
		}
	}
	for _, n := range gone {
		n.Parent.RemoveChild(n)
	}
	var b bytes.Buffer
	if html.Render(&b, doc) != nil {
		return p
	}
	p.Body, p.ContentType = b.Bytes(), "text/html; charset=utf-8"
	return p
}

func (c change) attributes(n *html.Node) []html.Attribute {
	kept := n.Attr[:0]
	for _, a := range n.Attr {
		switch {
		case a.Key == "class" || a.Key == "id":
			tokens := strings.Fields(a.Val)
			for i, token := range tokens {
				sum := crc32.ChecksumIEEE([]byte(token))
				if c.names || c.half && sum%2 == 0 {
					tokens[i] = fmt.Sprintf("q%08x", sum)
				}
			}
			a.Val = strings.Join(tokens, " ")
		case c.data && (a.Key == "itemprop" || a.Key == "itemtype" || a.Key == "role" || a.Key == "rel" && n.DataAtom == atom.A || strings.HasPrefix(a.Key, "data-") || strings.HasPrefix(a.Key, "aria-")):
			continue
		}
		kept = append(kept, a)
	}
	return kept
}
