package crawler_test

import (
	"strings"
	"testing"

	"pressmark/crawler"
)

// A page that asks for no copy is kept, and told of, or left out, as it was set.
func TestNoArchive(t *testing.T) {
	for _, tt := range []struct {
		name, answer string
		asks         bool
	}{
		{"nothing", "200\nContent-Type: text/html\n\n<html><p>noarchive", false},
		{"header", "200\nX-Robots-Tag: noindex, NoArchive\n\nnews", true},
		{"header for us", "200\nX-Robots-Tag: pressmark: noarchive\n\nnews", true},
		{"header for another", "200\nX-Robots-Tag: otherbot: noindex, noarchive\n\nnews", false},
		{"second header", "200\nX-Robots-Tag: otherbot: noarchive\nX-Robots-Tag: noarchive\n\nnews", true},
		{"a date is no agent", "200\nX-Robots-Tag: unavailable_after: 25 Jun 2030 15:00:00 PST, noarchive\n\nnews", true},
		{"meta", "200\nContent-Type: text/html\n\n<html><head><META NAME=Robots CONTENT='noindex,noarchive'></head>", true},
		{"meta in capitals", "200\nContent-Type: text/html\n\n<!-- vVv --><META NAME=ROBOTS CONTENT='NOINDEX, NOARCHIVE'>", true},
		{"meta for us", "200\nContent-Type: text/html\n\n<meta name=pressmark content=noarchive>", true},
		{"meta for another", "200\nContent-Type: text/html\n\n<meta name=otherbot content=noarchive>", false},
		{"in the body", "200\nContent-Type: text/html\n\n<body><meta name=robots content=noarchive>", false},
		{"none is about something else", "200\nX-Robots-Tag: none\n\nnews", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, heed := range []bool{false, true} {
				w := newWorld(t, entry("A/a.xml", feed("$A/0"))+entry("A/0", tt.answer), func(o *crawler.Options) {
					o.Agent, o.HeedNoArchive = "pressmark", heed
				})
				n := w.round(crawler.Site{Feeds: []string{"$A/a.xml"}}, crawler.Due)
				kept := len(w.captures()) == 1
				if want := !heed || !tt.asks; kept != want {
					t.Errorf("heed %v: kept %v", heed, kept)
				}
				if told := n.Skipped["noarchive"] == 1; told != (heed && tt.asks) {
					t.Errorf("heed %v: skipped %v", heed, n.Skipped)
				}
				if told := strings.Contains(n.Note, "noarchive"); told != (!heed && tt.asks) {
					t.Errorf("heed %v: note %q", heed, n.Note)
				}
			}
		})
	}
}
