package crawler_test

import (
	"testing"

	"pressmark/crawler"
)

// A run says whether it was only pages that failed, or what they are found by, too.
func TestOnlyPagesFail(t *testing.T) {
	w := newWorld(t, entry("A/a.xml", feed("$A/0"))+entry("A/0", "500\n\nno")+entry("B/b.xml", "500\n\nno"))
	if n := w.round(crawler.Site{Feeds: []string{"$A/a.xml"}}, crawler.Due); n.Note != crawler.OnlyPages {
		t.Errorf("a page failed: %q", n.Note)
	}
	if n := w.round(crawler.Site{Feeds: []string{"$B/b.xml"}}, crawler.Due); n.Note == crawler.OnlyPages {
		t.Error("the feed failed, and only pages are said to")
	}
}
