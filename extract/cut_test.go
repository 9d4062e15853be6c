package extract

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
)

// emptied writes a tree down without what cut may leave out.
func emptied(n *html.Node, b *strings.Builder) {
	switch n.Type {
	case html.TextNode:
		b.WriteString(n.Data)
		return
	case html.CommentNode:
		return
	case html.ElementNode:
		data, seen := false, map[string]bool{}
		for _, a := range n.Attr {
			data = data || a.Key == "type" && strings.Contains(strings.ToLower(a.Val), "json")
			if (n.Data == "link" || n.Data == "meta") && len(seen) == 0 && (a.Key == "rel" || a.Key == "name") {
				if seen[a.Key] = true; unreadLink([]byte(a.Val)) {
					return
				}
			}
		}
		if n.Data == "svg" || n.Data == "style" || n.Data == "script" && !data {
			return
		}
		fmt.Fprintf(b, "\x00\x01<%s %s", n.Namespace, n.Data)
		for _, a := range n.Attr {
			t, never := tag{name: []byte(n.Data)}, true
			t.look()
			if a.Namespace == "" && a.Key != "style" && a.Key != "rel" && !(a.Key == "class" && t.flags&inner != 0 && saysNothing([]byte(a.Val))) && !strings.HasPrefix(a.Key, "data-") && !t.unasked(attr{name: []byte(a.Key)}, &never) {
				fmt.Fprintf(b, " %q", a)
			}
		}
		b.WriteString(">\x00")
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		emptied(c, b)
	}
	b.WriteString("\x00\x01<>\x00")
}

func emptiedTree(n *html.Node, nested bool) string {
	var b strings.Builder
	emptied(n, &b)
	parts := strings.Split(b.String(), "\x00")
	b.Reset()
	for _, p := range parts {
		if !strings.HasPrefix(p, "\x01") {
			if p = strings.Join(strings.Fields(p), " "); !nested {
				p = letters(p)
			}
		}
		if p != "" {
			b.WriteString(p + "\n")
		}
	}
	return b.String()
}

func pieceTexts(doc *html.Node) string {
	var b strings.Builder
	for _, p := range newOutline(doc).pieces {
		b.WriteString(p.text + "\n")
	}
	return b.String()
}

// sameTree holds cut to its promise. How words are set apart is compared where
// tags are not nested so wrongly that the parser drops some.
func sameTree(t *testing.T, page []byte, nested bool) {
	t.Helper()
	before := bytes.Clone(page)
	lean := cut(page, nil)
	if !bytes.Equal(before, page) {
		t.Fatal("the page itself was changed")
	}
	if len(lean) > len(page) {
		t.Fatalf("%d bytes became %d", len(page), len(lean))
	}
	whole, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		return
	}
	less, err := html.Parse(bytes.NewReader(lean))
	if err != nil {
		t.Fatalf("what is left cannot be parsed: %v", err)
	}
	if a, b := emptiedTree(whole, nested), emptiedTree(less, nested); a != b {
		t.Fatalf("the tree of %q\nis not that of %q\n%s", clipped(lean), clipped(page), cmp.Diff(strings.Split(a, "\n"), strings.Split(b, "\n")))
	}
	if a, b := pieceTexts(whole), pieceTexts(less); a != b && (nested || letters(a) != letters(b)) {
		t.Fatalf("the text of %q\nis not that of %q\n%s", clipped(lean), clipped(page), cmp.Diff(strings.Split(a, "\n"), strings.Split(b, "\n")))
	}
}

func clipped(b []byte) []byte { return b[:min(len(b), 400)] }

var cutSeeds = []string{
	"<p>a<!-- b --><!----><!--> c <!---> d <!-- e --!> f <!-- g -- h --- i ---> j<!doctype html><!x y> k <? z > l </> m </ n>o",
	"<script>a</script>b<script><!-- <script>c</script> --></script>d<script><!--></script>e<SCRIPT TYPE=application/ld+json>{\"f\":\"</\"}</Script >g",
	"<script><!-- <script > x </script> y </script>z<script><!--- < <script/ --> </script>w",
	"<style>p > a {}</style ><style>a</styles></style>b<title>c<b>d</title>e<textarea>\n f</textarea><noscript><img></noscript>g",
	"<svg viewBox='0 0 1 1'><path d='M0'/><g><title>a</title><use href=#b /></g></svg>b<svg/>c<svg><p>d</svg>e<script>f</script>",
	"<svg><style><a></style></svg><svg><title><script>x</script></title></svg>y<svg><![CDATA[ </svg> ]]></svg>z",
	"<math><mi>a<script>b</script></math>c",
	`<a href="x" onclick='a>b' class="c"title=d data-x=1 style="color:red" style="display:none" target=_blank/ rel=nofollow>e</a><br title=x /><p / title=y>f`,
	`<a class=x title=a href=b class=c>d</a><i title=e class="f">g<b class="h"i="j">k</b><em class=l onclick=m title=n>o</em><img class=p/><span class="q" / title=r>s`,
	`<div =a b = c data-y = "//h" aria-hidden=true aria-label="" hidden>g</div><svg / class=x></svg>h`,
	"<div> <p> a </p> \n <p>b</p> <span> c </span> <b> d </b> </div> <ul> <li>e <li> f</ul> <pre> <p> g </p>\n\n </pre> <p>h",
	"<p><b>a</p> <p>c</b> <p>d <table> <tr> <td> <i>e </table> <p> <a>f <div> g </div> </a> <p> h",
	"<b><table><td></b></td></table> <p>x <p>y", "<select><svg>a</svg><option>b</select> <p>c",
	"<p>a<<!-- -->b>c &am<!-- -->p; &am<script></script>p; d<<svg></svg>e>", "<link rel='canonical icon' href=a> <link rel=stylesheet><meta name=viewport name=x><meta content=a name=author>",
	"<plaintext><script>a</script>", "<script>", "<script", "<style>a", "<!--", "<div a='", "<p a=", "<", "</", "</p", "<svg>", "<frameset><frame></frameset>", "<svg>x</svg><frameset>",
}

func TestCut(t *testing.T) {
	for _, s := range cutSeeds {
		sameTree(t, []byte(s), true)
		sameTree(t, []byte("<!doctype html><html><head><title>x</title></head><body>"+s), true)
	}
	pages, _ := filepath.Glob("testdata/*.html")
	for _, path := range pages {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		sameTree(t, decode(b, ""), true)
	}
}

// FuzzCut: the tree of what is left is the tree of the page, emptied.
func FuzzCut(f *testing.F) {
	for _, s := range cutSeeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, page []byte) {
		if bytes.IndexByte(page, 0) < 0 && bytes.IndexByte(page, 1) < 0 { // separators here
			sameTree(t, page, false)
		}
	})
}

// What is asked for stays: names, addresses, dates, what is hidden, data.
func TestCutKeeps(t *testing.T) {
	for _, c := range []struct{ page, want string }{
		{`<p class=a id="b" style="color:red" onclick="x">c</p>`, `<p class=a id="b">c</p>`},
		{`<p style="Display: none">c</p>`, `<p style="Display: none">c</p>`},
		{`<a href="/x" title="y" target=_blank rel="noopener nofollow">c</a>`, `<a href="/x">c</a>`},
		{`<a href="/x" rel="author nofollow">c</a>`, `<a href="/x" rel="author nofollow">c</a>`},
		{`<abbr title="2026-01-02">c</abbr><time datetime=2026 title=x>d</time>`, `<abbr title="2026-01-02">c</abbr><time datetime=2026 title=x>d</time>`},
		{`<div data-testid=a data-timestamp=1 data-src="//h/i.jpg" data-x="y" data-json='{"a":"b"}'>c</div>`, `<div data-testid=a data-timestamp=1 data-src="//h/i.jpg">c</div>`},
		{`<img src=a alt=b width=1 height=2 srcset="c 1x, d 2x" loading=lazy>`, `<img src=a alt=b>`},
		{`<p>a</p><script>b</script><script type="application/ld+json" id=x async>{}</script><style>c</style><svg><path d="e"/></svg><!-- f --><p>g</p>`,
			`<p>a</p><script type="application/ld+json" id=x>{}</script><p>g</p>`},
		{`<head><link rel=stylesheet href=a><link rel=canonical href=b><meta name=viewport content=c><meta name=author content=d></head>`,
			`<head><link rel=canonical href=b><meta name=author content=d></head>`},
		{"<div>\n  <p> a </p>\n  <p>b <i>c</i> <i>d</i></p>\n</div>", "<div><p> a </p><p>b <i>c</i> <i>d</i></p></div>"},
		{"<pre>\n a\n <b>c</b>\n</pre>\n<p>d</p>", "<pre>\n a\n <b>c</b>\n</pre><p>d</p>"},
		{`<a class="x1" href=y>c</a><span class="x1 x2" style="color:red">d</span><img title=z class=x src=e />`, `<a href=y>c</a><span>d</span><img src=e />`},
		{`<a class="share" href=y>c</a><span class=author>d</span><i class="cookie-bar">e</i><b class=disqus>f</b><b class="youtube">g</b>`,
			`<a class="share" href=y>c</a><span class=author>d</span><i class="cookie-bar">e</i><b class=disqus>f</b><b class="youtube">g</b>`},
		{`<div class="x1">c</div><span class="x1" itemprop=author>d</span><span id=x class=y>e</span>`, `<div class="x1">c</div><span class="x1" itemprop=author>d</span><span id=x class=y>e</span>`},
		{`<p a="b"class="c"title="d">e</p>`, `<p a="b"class="c">e</p>`},
	} {
		page := "<!doctype html><html>" + c.page
		if got := strings.TrimPrefix(string(cut([]byte(page), nil)), "<!doctype html><html>"); got != c.want {
			t.Errorf("%s\nbecame %s\nnot    %s", c.page, got, c.want)
		}
	}
}
