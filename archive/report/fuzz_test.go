package report

import (
	"bytes"
	"encoding/xml"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"

	"pressmark/extract/change"
)

// Whatever a page says, the feed is XML that a reader of feeds takes, and no
// tag in an entry is one that the page wrote.
func FuzzFeed(f *testing.F) {
	f.Add("Fares up", "62 sailings", "26 <b>sailings</b>", "https://e.example/?a=1&b=2")
	f.Add("]]>\x00\u202e", "<script>", "&lt;\xff", "javascript:alert(1)")
	f.Fuzz(func(t *testing.T, title, before, after, url string) {
		c := Card{Page: "0123456789", From: 1, To: 2, Site: title, Title: title, URL: url, Kinds: []string{"numbers"}, Grade: 3, Reason: before,
			Digest: strings.Repeat("ab", 32), DigestOld: after, Watched: []Watched{{Watch: after, Words: []string{before}}},
			Edits: []change.Edit{{Where: "text", Op: change.Replace, Before: before, After: after, Spans: []change.Span{{Op: change.Delete, Text: before}, {Op: change.Insert, Text: after}}}}}
		var b bytes.Buffer
		if err := Atom(&b, &Report{Title: title, Cards: []Card{c}, Until: monday}, time.UTC); err != nil {
			t.Fatal(err)
		}
		d := xml.NewDecoder(bytes.NewReader(b.Bytes()))
		for {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatalf("%v\n%s", err, b.String())
			}
		}
		feed, err := gofeed.NewParser().ParseString(b.String())
		if err != nil || len(feed.Items) != 1 {
			t.Fatalf("%v\n%s", err, b.String())
		}
		text := c.shown().atomHTML(time.UTC)
		for _, tag := range []string{"p", "b", "ul", "li", "del", "ins", "small", "code"} {
			text = strings.ReplaceAll(strings.ReplaceAll(text, "<"+tag+">", ""), "</"+tag+">", "")
		}
		for _, a := range strings.Split(text, "<a href=\"")[1:] {
			if !strings.HasPrefix(a, "http://") && !strings.HasPrefix(a, "https://") && !strings.HasPrefix(a, "ni:///") {
				t.Errorf("a link to %.40q", a)
			}
		}
		text = strings.ReplaceAll(strings.ReplaceAll(text, "<a href=\"", ""), "</a>", "")
		if strings.Contains(text, "<") {
			t.Errorf("a page writes markup: %q", text)
		}
	})
}

// Words of a watch are found where they are, and only there.
func FuzzWatch(f *testing.F) {
	f.Add("three of its pillars", "three")
	f.Add("港口管理局", "管理")
	f.Fuzz(func(t *testing.T, text, word string) {
		list, err := ParseWords(word)
		if err != nil {
			return
		}
		c := Card{Edits: []change.Edit{{Where: "text", Op: change.Insert, After: text}}}
		m, ok := Watch{Name: word, Words: list}.match(c)
		if ok != (len(m.Words) > 0) {
			t.Errorf("%q in %q: %v, %v", word, text, ok, m)
		}
		for _, w := range m.Words {
			if !strings.Contains(string(foldRunes(text)), string(foldRunes(strings.TrimSuffix(w, "*")))) {
				t.Errorf("%q is not in %q", w, text)
			}
		}
		if c.Edits[0].Op = change.Move; ok {
			if _, ok := (Watch{Words: list}).match(c); ok {
				t.Errorf("%q is watched in what only moved", text)
			}
		}
	})
}
