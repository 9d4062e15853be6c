package filter

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/andybalholm/cascadia"
	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
)

func read(t testing.TB, text string) *List {
	t.Helper()
	l, err := Read("list.txt", strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func tree(t testing.TB, page string) *html.Node {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

const header = `[Adblock Plus 2.0]
! Title: What annoys us
! Expires: 4 days
`

func TestRead(t *testing.T) {
	l := read(t, "\ufeff"+header+`
##.promo
###promo-box
paper.example,~sport.paper.example##.offer > p
other.*#@#.promo
@@||quiet.example^$generichide
@@||free.example^$script,elemhide
||ads.example^$third-party
/banner/*/img^
127.0.0.1 tracker.example
##.a:has-text(Buy)
paper.example##+js(abort-on-property-read, x)
paper.example#?#div:-abp-has(.ad)
paper.example#$#body { overflow: auto }
paper.example##.x:style(display: block)
##p:is(.a, .b)
##^script
##.broken[
##
-.example,,x##.a
what is this line doing here
`)
	var got []string
	for _, r := range l.Rules {
		got = append(got, fmt.Sprintf("%d %s", r.Line, r.String()))
	}
	want := []string{"5 ##.promo", "6 ###promo-box", "7 paper.example,~sport.paper.example##.offer > p", "8 other.*#@#.promo",
		"9 @@||quiet.example^$generichide", "10 @@||free.example^$elemhide"}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("rules:\n%s", d)
	}
	if d := cmp.Diff(map[string]int{Requests: 4, Scripts: 1, Styles: 2, Extended: 2, Selectors: 1}, l.Passed); d != "" {
		t.Errorf("passed over:\n%s", d)
	}
	var faults []string
	for _, f := range l.Faults {
		faults = append(faults, f.Error())
	}
	want = []string{
		"list.txt:21: a bracket or parenthesis is not closed",
		"list.txt:22: the selector is empty",
		`list.txt:23: "-.example" is no domain`,
		"list.txt:24: neither a comment nor a rule: a selector stands behind ##",
	}
	if d := cmp.Diff(want, faults); d != "" {
		t.Errorf("faults:\n%s", d)
	}
	if l.Title != "What annoys us" {
		t.Errorf("title %q", l.Title)
	}
}

func TestNoList(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"it is binary": "##.a\n\x00\x01", "it is compressed": "\x1f\x8b\x08", "it is a web page": "\n<!DOCTYPE html><p>Not found", "it is JSON": `{"a":1}`,
	} {
		file := filepath.Join(dir, "list")
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(file); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%q: %v", text, err)
		}
	}
	if _, err := Open(dir); err == nil || !strings.Contains(err.Error(), "folder") {
		t.Error(err)
	}
	large := filepath.Join(dir, "large")
	f, err := os.Create(large)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Truncate(100 << 20); err != nil {
		t.Fatal(err)
	}
	f.Close()
	if _, err := Open(large); err == nil || !strings.Contains(err.Error(), "more than 64 MB") {
		t.Error(err)
	}
	if _, err := Read("endless", endless{}); err == nil || !strings.Contains(err.Error(), "more than 64 MB") {
		t.Error(err)
	}
}

type endless struct{}

func (endless) Read(b []byte) (int, error) {
	return copy(b, bytes.Repeat([]byte("!\n"), len(b)/2+1)), nil
}

const article = `<html><head><title>The mill turns again</title></head><body class="no-js"><header class="top">The Mill Post</header>
<main id="content"><div class="story"><h1>The mill turns again</h1>
<p class="par">The wheel of the upper mill turned on Monday for the first time since the flood, and the miller's daughter opened the sluice herself.</p>
<p class="par">Forty people stood on the bridge and waited for the water, which came at noon and brought a boot, two planks and a very old hat.</p>
<div class="promo" id="box-1"><p>Read the mill's news every week:<br>subscribe <b>now</b>.</p></div>
<p class="par">The flour of the first sack was given to the baker of the lower town, who had lent his horse to the works all winter long.</p>
<p class="par">Nobody could say whose hat it was; it hangs at the town hall, where it may be looked at on weekdays between nine and noon.</p></div></main>
<div class="promo">Win a goose</div><aside class="teaser" data-slot="x"><a href="https://ads.example/goose?id=1">Geese for the feast</a></aside></body></html>`

// hide hides with the paragraphs of class par as the article.
func hide(s *Set, doc *html.Node, address string) (hidden, refused []Hidden) {
	holds := map[*html.Node]int{}
	a := Article{In: func(n *html.Node) int { return holds[n] }}
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode && n.Data == "p" && slices.Contains(n.Attr, html.Attribute{Key: "class", Val: "par"}) {
			size := len(n.FirstChild.Data)
			a.Size += size
			for at := n; at != nil; at = at.Parent {
				holds[at] += size
			}
		}
	}
	return s.Look(doc, address).Hide(a)
}

func rules(list []Hidden) (out []string) {
	for _, h := range list {
		s := h.Rule.String() + " | " + h.Text
		if h.Why != "" {
			s = h.Rule.String() + " | " + h.Why
		}
		out = append(out, s)
	}
	return out
}

func TestHide(t *testing.T) {
	const box, goose, geese = "Read the mill's news every week:\nsubscribe now.", "Win a goose", "Geese for the feast"
	for _, c := range []struct {
		list, url string
		want      []string
	}{
		{"##.promo", "", []string{"##.promo | " + box, "##.promo | " + goose}},
		{"###box-1", "", []string{"###box-1 | " + box}},
		{"##.promo\n##.promo p", "", []string{"##.promo | " + box, "##.promo | " + goose}},
		{"##div.promo[id^=\"box-\"]", "", []string{`##div.promo[id^="box-"] | ` + box}},
		{"##[data-slot]", "", []string{"##[data-slot] | " + geese}},
		{`##a[href*="ADS.example" i]`, "", []string{`##a[href*="ADS.example" i] | ` + geese}},
		{`##a[href*="ads.elsewhere"]`, "", nil},
		{"##aside", "", []string{"##aside | " + geese}},
		{"##main + .promo", "", []string{"##main + .promo | " + goose}},
		{"##main ~ aside", "", []string{"##main ~ aside | " + geese}},
		{"##.story > .promo", "", []string{"##.story > .promo | " + box}},
		{"##.story > div:has(> p)", "", []string{"##.story > div:has(> p) | " + box}},
		{"##div:has(b):not(.story)", "", []string{"##div:has(b):not(.story) | " + box}},
		{"##.none, .teaser", "", []string{"##.none, .teaser | " + geese}},
		{"##.Promo", "", nil},
		{`##.\70romo`, "", []string{`##.\70romo | ` + box, `##.\70romo | ` + goose}},
		// Sites.
		{"mill.example##.promo", "https://www.mill.example/a", []string{"mill.example##.promo | " + box, "mill.example##.promo | " + goose}},
		{"mill.example##.promo", "https://windmill.example/a", nil},
		{"mill.example##.promo", "", nil},
		{"~www.mill.example##.promo", "https://www.mill.example/a", nil},
		{"~www.mill.example##.teaser", "https://mill.example/a", []string{"~www.mill.example##.teaser | " + geese}},
		{"mill.example,~www.mill.example##.promo", "https://www.mill.example/a", nil},
		{"mill.*##.teaser", "https://www.mill.co.uk/a", []string{"mill.*##.teaser | " + geese}},
		{"MÜHLE.example##.teaser", "https://xn--mhle-0ra.example/", []string{"xn--mhle-0ra.example##.teaser | " + geese}},
		// Exceptions.
		{"##.promo\n#@#.promo", "https://mill.example/", nil},
		{"##.promo\nmill.example#@#.promo", "https://mill.example/", nil},
		{"##.teaser\nmill.example#@#.teaser", "https://other.example/", []string{"##.teaser | " + geese}},
		{"##.teaser\n~mill.example#@#.teaser", "https://other.example/", nil},
		{"##.teaser\nmill.example##aside\n@@||mill.example^$generichide", "https://mill.example/", []string{"mill.example##aside | " + geese}},
		{"##.teaser\nmill.example##aside\n@@||mill.example^$elemhide", "https://mill.example/", nil},
		{"##.teaser\nmill.example##aside\n@@||mill.example^$shide", "https://mill.example/", []string{"##.teaser | " + geese}},
	} {
		doc := tree(t, article)
		l := read(t, c.list)
		if len(l.Faults) > 0 || len(l.Passed) > 0 {
			t.Errorf("%s: %v %v", c.list, l.Faults, l.Passed)
		}
		hidden, _ := hide(New(l), doc, c.url)
		if d := cmp.Diff(c.want, rules(hidden)); d != "" {
			t.Errorf("%s at %s:\n%s", c.list, c.url, d)
		}
		var out strings.Builder
		if err := html.Render(&out, doc); err != nil {
			t.Fatal(err)
		}
		for _, h := range hidden {
			if first, _, _ := strings.Cut(h.Text, "\n"); strings.Contains(out.String(), first) {
				t.Errorf("%s: %q is still there", c.list, first)
			}
		}
	}
}

// Whatever a list says, the article stays, and it is told why.
func TestHostile(t *testing.T) {
	for list, want := range map[string]string{
		"##*": "", "##html": frame, "##body": frame, "##main": frame, "###content": frame, "##.no-js": frame, "##:root": frame,
		"##.story": headline, "##div": nameless, "##h1": headline, "##p": nameless, "##p:not(.x)": nameless, "##.par": journal,
		"##.par:nth-child(odd)": journal, "##.story > .par": journal, "##[class]": "", "##body *": "", "##.top ~ *": "",
		"mill.example##p":                journal,
		"mill.example##main p:not([id])": journal,
		"##.story p:nth-of-type(n+2)":    journal,
		"##.par:nth-child(2)\n##.par:nth-of-type(1)\n##.par:nth-of-type(3)\n##.par:nth-of-type(4)": "",
	} {
		doc := tree(t, article)
		hidden, refused := hide(New(read(t, list)), doc, "https://mill.example/")
		lost := 0
		for _, h := range hidden {
			for _, words := range []string{"The mill turns again", "The wheel of the upper mill", "Forty people stood", "The flour of the first", "Nobody could say"} {
				if strings.Contains(h.Text, words) {
					lost++
				}
			}
		}
		if lost > 1 || lost > 0 && !strings.Contains(list, "\n") {
			t.Errorf("%s: took %q", list, rules(hidden))
		}
		if want != "" && !slices.ContainsFunc(refused, func(h Hidden) bool { return h.Why == want }) {
			t.Errorf("%s: refused %q, not because %s", list, rules(refused), want)
		}
		if len(refused) == 0 {
			t.Errorf("%s: nobody is told", list)
		}
	}
}

// The index finds what trying every selector on every element finds.
func TestIndex(t *testing.T) {
	doc := tree(t, article)
	list := strings.Split(`.promo¦#box-1¦div.promo¦.promo > p¦p > b¦b¦[class]¦[data-slot="x"]¦[data-slot='y']¦a[href^="https://ads"]¦a[href$="id=1"]¦
		[href*="goose"]¦[href*="GOOSE" i]¦[href*="no"]¦[id|="box"]¦[class~="promo"]¦:not(p)¦div:not(.story):not(#x)¦*¦body > *¦aside a¦main .story .promo b¦
		.par:nth-child(2)¦.par + .par¦.par ~ .promo¦p:has(b)¦div:has(> .par)¦:empty¦p:first-of-type¦div[class="promo"]¦h1 + .par ~ .par¦.a\:b¦[class^="te"][data-slot]¦
		[href="a]b"]¦[data-slot!="x"]¦ASIDE¦#box-1.promo¦.promo#box-1¦.promo[id]`, "¦")
	var elements []*html.Node
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode && n.Data != "head" && n.Data != "title" {
			elements = append(elements, n)
		}
	}
	for _, text := range list {
		text = strings.TrimSpace(text)
		l := read(t, "##"+text)
		if len(l.Rules) != 1 {
			t.Fatalf("%s: %v %v", text, l.Faults, l.Passed)
		}
		s := New(l)
		c := s.scope("")
		p := s.read(doc, &c)
		s.search(p, &c)
		got := map[*html.Node]bool{}
		for _, f := range p.found {
			if p.match(&s.selectors[f.rule][f.alternative], f.at) {
				got[p.elements[f.at].node] = true
			}
		}
		sel, err := cascadia.Parse(strings.ReplaceAll(text, ":has(> ", ":haschild("))
		if err != nil {
			t.Fatal(err)
		}
		want := map[*html.Node]bool{}
		for _, n := range elements {
			if sel.Match(n) {
				want[n] = true
			}
		}
		if !maps.Equal(got, want) {
			t.Errorf("%s: %d elements, not %d", text, len(got), len(want))
		}
	}
}

func TestDigest(t *testing.T) {
	a := New(read(t, "##.a\nx.example##.b\n")).Digest()
	if b := New(read(t, header+"x.example##.b"), read(t, "! more\n##.a\n##.a")).Digest(); a != b {
		t.Errorf("the same rules have digests %s and %s", a, b)
	}
	for _, list := range []string{"##.a", "##.a\nx.example##.b\nx.example#@#.a", "##.a\ny.example##.b"} {
		if b := New(read(t, list)).Digest(); a == b || b == "" {
			t.Errorf("%q has digest %q", list, b)
		}
	}
	if d := New(read(t, "! nothing")).Digest(); d != "" {
		t.Errorf("no rules have digest %s", d)
	}
}

// A page made to keep a matcher busy does not.
func TestPatience(t *testing.T) {
	page := strings.Repeat(`<div class="a b c d e f">`, 400) + strings.Repeat(`<i class="x">y</i>`, 2000)
	l := read(t, "##.q .a .b .c .d .e .f .x\n##.q ~ .x ~ .x ~ .x ~ .x\n##.a:has(.zz) .x\n##.x:nth-last-child(2n)")
	if hidden, _ := hide(New(l), tree(t, page), ""); len(hidden) > 2000 {
		t.Error(len(hidden))
	}
}

// FuzzRead: nothing panics, what is read prints as a rule that reads the same,
// and what is hidden leaves the paragraphs where they are.
func FuzzRead(f *testing.F) {
	f.Add(header + "##.promo\npaper.example,~a.paper.example#@##x\n@@||a.example^$ghide\n##a[href*=\"x\"]:not(.b) > i")
	f.Add("##.a\\:b:nth-child(2n+1)\n##p:has(> b), .x ~ y\n#?#.x\n\x00")
	f.Add("a,b.*##*|*\n##[a|=b i]\n##:has(")
	f.Fuzz(func(t *testing.T, text string) {
		l, err := Read("x", strings.NewReader(text))
		if err != nil {
			return
		}
		for _, r := range l.Rules {
			again := read(t, r.String())
			if len(again.Rules) != 1 {
				t.Fatalf("%q is read as %v %v", r.String(), again.Faults, again.Passed)
			}
			again.Rules[0].List, again.Rules[0].Line = r.List, r.Line
			if d := cmp.Diff(r, again.Rules[0]); d != "" {
				t.Fatalf("%q is read as another rule:\n%s", r.String(), d)
			}
		}
		doc := tree(t, article)
		hidden, _ := hide(New(l), doc, "https://a.example/")
		for _, h := range hidden {
			if strings.Contains(h.Text, "The wheel of") && strings.Contains(h.Text, "Forty people") || strings.Contains(h.Text, "The mill turns again") {
				t.Fatalf("%s hides %q", h.Rule, h.Text)
			}
		}
	})
}
