package crawler_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pressmark/archive/ingest"
	"pressmark/crawler"
)

// What pages of a site turned out to be decides which links of its section
// pages are followed: after a restart too, as the archive knows it.
func TestSectionsLearn(t *testing.T) {
	article := func(n int) string {
		return fmt.Sprintf("200\nContent-Type: text/html\n\n<html><head><title>Story %[1]d</title><meta property=\"og:type\" content=\"article\"></head><body><article><h1>What was said of matter %[1]d</h1>%[2]s</article></body></html>\n",
			n, strings.Repeat(fmt.Sprintf("<p>The council met on the matter of the %dth quay again, and the mayor said that nothing had been decided, though many had come to hear it.</p>\n", n), 12))
	}
	text := entry("A/p/", "200\nContent-Type: text/html\n\n<html>nothing</html>")
	var links []string
	for i := range 12 {
		text += entry(fmt.Sprintf("A/p/k%d", i), article(i))
		text += entry(fmt.Sprintf("A/services/the-guide-to-our-town-%d", i), "200\nContent-Type: text/html\n\n<html><body><nav><a href=/>x</a></nav><form><input></form></body></html>")
		if i < 6 {
			links = append(links, fmt.Sprintf("$A/p/k%d", i), fmt.Sprintf("$A/services/the-guide-to-our-town-%d", i))
		}
	}
	w := newWorld(t, text+entry("A/f", feed(links...)))
	site := crawler.Site{Feeds: []string{"$A/f"}, Sections: []string{"$A/p/"}}
	w.round(site, crawler.All)
	in := ingest.New(w.store, ingest.Options{})
	done := make(chan struct{}, 1)
	close(done)
	if err := in.Follow(context.Background(), done); err != nil {
		t.Fatal(err)
	}
	w.crawler = crawler.New(w.parts) // as after a restart
	w.paths()
	w.set("A/p/", `200
Content-Type: text/html

<html><body><main><ul><li><a href="/p/k7">Council</a></li><li><a href="/p/k8">Harbour</a></li>
<li><a href="/services/the-guide-to-our-town-9">The guide to our town and all its services</a></li></ul></main></body></html>`)
	w.clock.turn(24 * time.Hour)
	w.round(site, crawler.All)
	got := w.paths()
	if !slices.Contains(got, "/p/k7") || !slices.Contains(got, "/p/k8") {
		t.Errorf("articles of a form that is known were not followed: %v", got)
	}
	if slices.Contains(got, "/services/the-guide-to-our-town-9") {
		t.Errorf("what never is an article was followed: %v", got)
	}
}
