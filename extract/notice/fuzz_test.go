package notice

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// subsequence tells whether kept can be had from text by leaving bytes out.
func subsequence(kept, text string) bool {
	i := 0
	for j := 0; i < len(kept) && j < len(text); j++ {
		if kept[i] == text[j] {
			i++
		}
	}
	return i == len(kept)
}

// silent tells whether no word of a text speaks of storage or consent, and no line is machinery.
func silent(texts []string) bool {
	x := words()
	for _, s := range texts {
		var m marks
		x.read(fold(nil, s), &m)
		if m.in[storage]|m.in[device]|m.in[act]|m.in[held]|m.in[terms] != 0 || x.residue(s) != "" {
			return false
		}
		if _, ok := x.sortedIn(s); ok {
			return false
		}
	}
	return len(x.sheets(texts)) == 0
}

// FuzzBlocks: what is kept is a subsequence of what was there, and a text
// without a word of storage or consent stays whole.
func FuzzBlocks(f *testing.F) {
	f.Add("The council voted.\nThis website uses cookies to improve your experience. We'll assume you're ok with this, but you can opt-out if you wish. Accept Read More", true)
	f.Add("Käytämme evästeitä.Jatkamalla hyväksyt.Hyväksy kaikki\n“Nein, „ja”\n«a»", false)
	f.Add("本网站使用Cookie。继续使用即表示您同意。接受\nيستخدم هذا الموقع ملفات تعريف الارتباط. موافق", true)
	f.Add("同意\n0 0\nStrictly necessary\nx\nFunctional\ny\nMarketing\nz cookies. Analytics: b", true)
	f.Add("Read also: a\n\n \ncookies\nOK\nOK\n\xff\xfe", false)
	f.Fuzz(func(t *testing.T, s string, flat bool) {
		texts := strings.Split(s, "\n")
		kept, removed := Blocks(texts, Options{Flat: flat})
		if len(kept) != len(texts) {
			t.Fatalf("%d blocks of %d", len(kept), len(texts))
		}
		changed := false
		for i := range kept {
			if !subsequence(kept[i], texts[i]) {
				t.Fatalf("%q is not a part of %q", kept[i], texts[i])
			}
			if utf8.ValidString(texts[i]) && !utf8.ValidString(kept[i]) {
				t.Fatalf("%q was cut into a letter: %q", texts[i], kept[i])
			}
			changed = changed || kept[i] != texts[i]
		}
		if changed != (len(removed) > 0) {
			t.Fatalf("changed: %v, but %d removals", changed, len(removed))
		}
		if changed && silent(texts) {
			t.Fatalf("removed without a word of storage or consent: %v", removed)
		}
	})
}

// FuzzPrune: the tree stays a tree, html, head and body stay, and Wall answers.
func FuzzPrune(f *testing.F) {
	f.Add(newsPage())
	f.Add(`<div id="onetrust-consent-sdk"><p>x<div class=cookie-bar><p>We use cookies. <b>Accept</b><input type=submit value=OK></div>`)
	f.Add(`<dialog><table><tr><td>cookies<form><p>We and our partners store data on your device.<button>Agree`)
	f.Add(`<noscript>Enable JavaScript</noscript><a>Just a moment<h1></a><p style="position:fixed">cookies`)
	f.Fuzz(func(t *testing.T, markup string) {
		doc, err := html.Parse(strings.NewReader(markup))
		if err != nil {
			return
		}
		page := ReadPage(doc)
		before := page.texts
		removed := page.Prune()
		elements := 0
		for n := range doc.Descendants() {
			if n.Parent == nil {
				t.Fatal("a node has lost its parent")
			}
			if n.Parent == doc || n.Parent.Parent == doc {
				elements++
			}
		}
		if elements < 3 {
			t.Fatal("html, head or body is gone")
		}
		after := ReadPage(doc).texts
		if len(removed) == 0 && strings.Join(before, "\n") != strings.Join(after, "\n") {
			t.Fatal("text is gone without a Removal")
		}
		if len(removed) > 0 && len(strings.Join(after, "")) >= len(strings.Join(before, "")) {
			t.Fatalf("a Removal, but the text is all there: %v", removed)
		}
		Wall(Facts{Page: page, Prose: after, Title: "Just a moment"})
	})
}
