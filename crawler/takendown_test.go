package crawler_test

import (
	"context"
	"testing"
	"time"

	"pressmark/archive"
	"pressmark/crawler"
	"pressmark/extract/urlkey"
)

// A page that was taken down is not asked for again, and what leads to it is
// not kept; the rest of the site is crawled as ever.
func TestTakenDownPageIsLeftAlone(t *testing.T) {
	w := newWorld(t, entry("A/a.xml", feed("$A/0", "$A/1"))+entry("A/a.xml", feed("$A/0", "$A/1", "$A/2", "$A/3"))+
		entry("A/0", "200\n\nto be taken down")+entry("A/1", "200\n\nnews")+entry("A/1", "200\n\nmore news")+
		entry("A/2", "200\n\nto be taken down")+entry("A/3", "302\nLocation: $A/0\n\n"))
	site := crawler.Site{Feeds: []string{"$A/a.xml"}}
	w.round(site, crawler.All)
	page, err := urlkey.Of(w.filled("$A/0"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.store.Takedown(context.Background(), archive.TakedownOptions{Pages: []urlkey.Key{page}, KeepDigests: true}); err != nil {
		t.Fatal(err)
	}
	w.requests()
	w.clock.turn(time.Hour)
	n := w.round(site, crawler.All)
	for _, r := range w.requests() {
		if r.path == "A/0" {
			t.Error("it was asked for again")
		}
	}
	if n.Skipped["taken down"] < 2 || len(n.Failed) > 0 || n.Blocked != "" {
		t.Errorf("%+v", n)
	}
	for c, err := range w.store.Captures(context.Background(), 0) {
		if err != nil || c.Page == page || c.URL == w.filled("$A/2") {
			t.Errorf("%s is archived: %v", c.URL, err)
		}
	}
}
