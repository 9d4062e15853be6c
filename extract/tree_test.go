package extract

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
)

// written gives a tree, node by node; of a comment and a doctype only that it is there.
func written(root *html.Node) string {
	var b strings.Builder
	depth := 0
	for n := root; n != nil; {
		fmt.Fprintf(&b, "%d %d %d", depth, n.Type, n.DataAtom)
		if n.Type == html.ElementNode || n.Type == html.TextNode {
			fmt.Fprintf(&b, " %q %q %q", n.Namespace, n.Data, n.Attr)
		}
		b.WriteByte('\n')
		if n.FirstChild != nil {
			n = n.FirstChild
			depth++
			continue
		}
		for n != root && n.NextSibling == nil {
			n = n.Parent
			depth--
		}
		if n == root {
			break
		}
		n = n.NextSibling
	}
	return b.String()
}

// asParsed holds tree to its promise, and tells whether it built one.
func asParsed(t *testing.T, page []byte) bool {
	t.Helper()
	before := bytes.Clone(page)
	ours := tree(page)
	if !bytes.Equal(before, page) {
		t.Fatal("the page itself was changed")
	}
	if ours == nil {
		return false
	}
	theirs, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatalf("%q has a tree, but html.Parse says: %v", clipped(page), err)
	}
	if a, b := written(theirs), written(ours); a != b {
		t.Fatalf("the tree of %q is another\n%s", clipped(page), cmp.Diff(strings.Split(a, "\n"), strings.Split(b, "\n")))
	}
	return true
}

var treeTags = strings.Fields("html head body title meta link script style noscript template p div ul li dl dt dd h1 h2 pre form button a b i em nobr font object " +
	"table caption colgroup col tbody thead tr td th select option optgroup input textarea hr br img image svg ruby rt rp span article x-y section iframe center address")

// Pages of tags in any order are built as html.Parse builds them, if at all.
func TestTreeOfNonsense(t *testing.T) {
	r := rand.New(rand.NewPCG(1, uint64(nonsense)))
	built := 0
	for range nonsense {
		var b strings.Builder
		few := treeTags
		if n := r.IntN(3); n > 0 { // of few tags more meet
			from := r.IntN(len(treeTags) - 8)
			few = append([]string{"p", "b", "table", "td", "tr"}, treeTags[from:from+8]...)
		}
		if r.IntN(2) == 0 {
			b.WriteString("<!doctype html><html><head></head><body>")
		}
		for range 2 + r.IntN(24) {
			name := few[r.IntN(len(few))]
			switch r.IntN(9) {
			case 0, 1, 2:
				b.WriteString("<" + name + ">")
			case 3:
				fmt.Fprintf(&b, "<%s a=%d type=hidden>", name, r.IntN(2))
			case 4, 5, 6:
				b.WriteString("</" + name + ">")
			case 7:
				b.WriteString([]string{" ", "\n", " <!-- --> ", "<!doctype x>"}[r.IntN(4)])
			default:
				b.WriteString([]string{"x", " y", "&lt z", "\n&#13;"}[r.IntN(4)])
			}
		}
		if asParsed(t, []byte(b.String())) {
			built++
		}
	}
	if built < nonsense/10 {
		t.Errorf("of %d pages only %d were built", nonsense, built)
	}
	t.Log(built)
}

const nonsense = 6000 // pages

func FuzzTree(f *testing.F) {
	for _, s := range append(cutSeeds, treeSeeds...) {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, page []byte) { asParsed(t, page) })
}

var treeSeeds = []string{
	"<p>a<b>b<p>c</b>d</i></p></p></br>e<a href=a?b=c&amp;d&copy;=e&lt=f&notit;&semi;&#x41;&#65x&>f<a>g</a></a>",
	"<!doctype html public \"-//w3c//dtd html 3.2//en\"><p>a<table><tr><td>b<td>c<tr><th>d</table>e",
	"<table> <caption>a<td>b</caption><col><colgroup><col></colgroup><thead><tr></thead><form><input type=hidden></form><tbody><tr><td><i>c</td><td>d</table>e",
	"<ul><li>a<li>b<ul><li>c</ul></ul><dl><dt>a<dd>b<dt>c</dl><select><option>a<optgroup><option>b<input></select><ruby>a<rt>b<rp>c</ruby>",
	"<form><div></form><form>a</form></div><button>a<button>b</button><h1>a<h2>b</h3><nobr>a<nobr>b<hr><pre>\n\na</pre><textarea>\n&amp;</textarea>",
	"<head><title>a &amp; b</title></head> <meta><script>a</script> <body a=1> <body b=2><html c=3>a</body> </html> b <!-- c --></html>",
	"<svg/>a<svg class=b></svg><template><div>a</template>b<object><b>c</object>d<template><template></template><tr></template>",
	"a < b <3 <c D=e F='g' d=h/><IMG/src=a><image><svg a a=/>x\r\ny\rz",
}
