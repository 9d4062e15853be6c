package discover

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"
)

func TestParseOPML(t *testing.T) {
	const gazette = `<outline text="The Gazette" type="rss" xmlUrl="https://www.gazette.example/feed.xml" htmlUrl="https://www.gazette.example/"/>`
	one := []Subscription{{Title: "The Gazette", Home: "https://www.gazette.example/", Feeds: []string{"https://www.gazette.example/feed.xml"}}}
	in := func(s Subscription, folders ...string) []Subscription {
		s.Folders = folders
		return []Subscription{s}
	}
	for _, tt := range []struct {
		name, body string
		want       []Subscription
		skipped    []string
	}{
		{"OPML 2.0", `<?xml version="1.0"?><opml version="2.0"><head><title>Mine</title></head><body>` + gazette + `</body></opml>`, one, nil},
		{"OPML 1.0, title beside text", `<opml version="1.0"><head><title>Mine</title></head><body><outline title="The Gazette" text="x" xmlUrl="https://www.gazette.example/feed.xml" htmlUrl="https://www.gazette.example/"></outline></body></opml>`, one, nil},
		{"folders in folders", `<opml><head><title>Mine</title></head><body><outline text="News"><outline text="Local">` + gazette + `</outline></outline></body></opml>`, in(one[0], "News", "Local"), nil},
		{"in two folders", `<opml><head><title>Mine</title></head><body><outline text="News">` + gazette + `</outline><outline text="Best">` + gazette + `</outline></body></opml>`, in(one[0], "News", "Best"), nil},
		{"categories", `<opml><head><title>Mine</title></head><body>` + strings.Replace(gazette, "/>", ` category="/News/Local,paper"/>`, 1) + `</body></opml>`, in(one[0], "News", "Local", "paper"), nil},
		{"no home page", `<opml><head><title>Mine</title></head><body><outline text="The Gazette" xmlUrl="https://www.gazette.example/feed.xml"/></body></opml>`, one, nil},
		{"attributes in other letters", `<opml><head><title>Mine</title></head><body>` + strings.NewReplacer("xmlUrl", "xmlurl", "htmlUrl", "HTMLURL").Replace(gazette) + `</body></opml>`, one, nil},
		{"cut off, nothing closed", `<opml><head><title>Mine</title></head><body><outline text="News">` + strings.Replace(gazette, "/>", ">", 1) + `<outline text="ha`, in(one[0], "News"), nil},
		{"bare ampersands", `<opml><head><title>Mine</title></head><body><outline text="Law & Order" xmlUrl="https://law.example/rss?a=1&b=2" htmlUrl="https://law.example/"/></body></opml>`,
			[]Subscription{{Title: "Law & Order", Home: "https://law.example/", Feeds: []string{"https://law.example/rss?a=1&b=2"}}}, nil},
		{"a paper's sections", `<opml><head><title>Mine</title></head><body><outline text="Le Petit - Politique" xmlUrl="https://petit.example/politique/rss" htmlUrl="https://petit.example/politique"/>
<outline text="Le Petit - Sport" xmlUrl="https://petit.example/sport/rss" htmlUrl="https://petit.example/sport"/></body></opml>`,
			[]Subscription{{Title: "Le Petit", Home: "https://petit.example/", Feeds: []string{"https://petit.example/politique/rss", "https://petit.example/sport/rss"}}}, nil},
		{"feeds inside their publication", `<opml><head><title>Mine</title></head><body><outline text="P" htmlUrl="https://p.example/"><outline text="a" xmlUrl="https://feeds.example/a"/><outline text="b" xmlUrl="https://feeds.example/b"/></outline></body></opml>`,
			[]Subscription{{Title: "P", Home: "https://p.example/", Feeds: []string{"https://feeds.example/a", "https://feeds.example/b"}}}, nil},
		{"odd addresses", `<opml><head><title>Mine</title></head><body><outline text="F" xmlUrl="feed://f.example/rss"/><outline text="G" xmlUrl="feed:https://g.example/rss"/><outline text="Bad" xmlUrl="file:///etc/passwd"/><outline text="Search" xmlUrl="local:search?q=x" type="rss"/><outline text="A note"/></body></opml>`,
			[]Subscription{{Title: "F", Home: "http://f.example/", Feeds: []string{"http://f.example/rss"}}, {Title: "G", Home: "https://g.example/", Feeds: []string{"https://g.example/rss"}}},
			[]string{"Bad file:///etc/passwd", "Search local:search?q=x"}},
		{"no title anywhere", `<opml><head><title>Mine</title></head><body><outline xmlUrl="https://www.gazette.example/feed.xml"/></body></opml>`,
			[]Subscription{{Home: "https://www.gazette.example/", Feeds: []string{"https://www.gazette.example/feed.xml"}}}, nil},
		{"Latin-1", coded(`<?xml version="1.0" encoding="ISO-8859-1"?><opml><head><title>Mine</title></head><body><outline text="Été" xmlUrl="https://e.example/rss"/></body></opml>`, charmap.ISO8859_1),
			[]Subscription{{Title: "Été", Home: "https://e.example/", Feeds: []string{"https://e.example/rss"}}}, nil},
		{"nested without end", `<opml><head><title>Mine</title></head>` + strings.Repeat(`<outline text="n">`, 5_000) + gazette, in(one[0], "n"), nil},
		{"nothing", `<opml version="2.0"><head><title>Mine</title></head><body></body></opml>`, nil, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			title, got, skipped, err := ParseOPML([]byte(tt.body))
			if err != nil || title != "Mine" {
				t.Errorf("title %q, %v", title, err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(tt.skipped, skipped); diff != "" {
				t.Error("skipped", diff)
			}
		})
	}
	for _, no := range []string{"", rss2, front, "%PDF-1", `{"a":1}`, "https://a.example/\n"} {
		if _, _, _, err := ParseOPML([]byte(no)); !errors.Is(err, ErrFormat) {
			t.Errorf("ParseOPML(%.20q): %v", no, err)
		}
	}
	var many strings.Builder
	for i := range maxSubscriptions + 5 {
		fmt.Fprintf(&many, `<outline xmlUrl="https://s%d.example/rss">`, i)
	}
	if _, subs, _, err := ParseOPML([]byte("<opml>" + many.String())); len(subs) != maxSubscriptions || err != nil {
		t.Errorf("%d publications, %v", len(subs), err)
	}
}

// Whatever a file holds: every address is one, no publication stands twice, and
// what is written is read again as it was.
func FuzzParseOPML(f *testing.F) {
	f.Add([]byte(`<opml><body><outline text="A"><outline text="x" xmlUrl="https://a.example/rss" htmlUrl="https://a.example"/></outline></body></opml>`))
	f.Add([]byte(`<opml><outline text="A/B,C" category="x,/y/z" htmlUrl="http://a.example"><outline xmlUrl="feed://b.example/1"><outline xmlUrl="http://c.example/&amp;"`))
	f.Add([]byte("\xff\xfe<\x00o\x00p\x00m\x00l\x00>\x00"))
	f.Fuzz(func(t *testing.T, body []byte) {
		_, subs, _, err := ParseOPML(body)
		if err != nil {
			return
		}
		seen := map[string]bool{}
		for _, s := range subs {
			for _, u := range append([]string{s.Home}, s.Feeds...) {
				if feedAddress(u) != u {
					t.Fatalf("address %q", u)
				}
			}
			if seen[s.Home] || len(s.Title) > maxTitle {
				t.Fatalf("%+v", s)
			}
			seen[s.Home] = true
		}
		var out bytes.Buffer
		if err := WriteOPML(&out, "x", time.Time{}, subs); err != nil {
			t.Fatal(err)
		}
		_, again, skipped, err := ParseOPML(out.Bytes())
		if err != nil || len(skipped) > 0 || len(again) != len(subs) {
			t.Fatalf("%d of %d publications, %v, %v\n%s", len(again), len(subs), skipped, err, out.Bytes())
		}
		for i := range subs {
			if diff := cmp.Diff(subs[i].Feeds, again[i].Feeds); diff != "" || subs[i].Home != again[i].Home {
				t.Fatalf("%s %s %s", subs[i].Home, again[i].Home, diff)
			}
		}
	})
}
