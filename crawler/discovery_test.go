package crawler_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pressmark/crawler"
)

func TestDiscovery(t *testing.T) {
	const home = "200\nContent-Type: text/html\n\n<html><head>%s</head><body>%s</body></html>\n"
	const sitemap = "200\nContent-Type: application/xml\n\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">%s</urlset>\n"
	for _, tt := range []struct {
		name  string
		site  crawler.Site
		text  string
		asked []string
		note  string
	}{
		{
			name:  "a configured feed, and nothing else",
			site:  crawler.Site{Feeds: []string{"$A/news.xml"}},
			text:  entry("A/news.xml", feed("$A/one", "$A/two")) + entry("A/one", page()) + entry("A/two", page()),
			asked: []string{"/news.xml", "/one", "/two"},
		},
		{
			name: "a feed that the home page names, on another host",
			text: entry("A/", fmt.Sprintf(home, `<link rel=alternate type="application/rss+xml" href="$B/a.xml">`, "")) +
				entry("B/a.xml", feed("$A/one")) + entry("A/one", page()),
			asked: []string{"/", "B/a.xml", "/one"},
		},
		{
			name: "a feed that has moved to another host",
			site: crawler.Site{Feeds: []string{"$A/feed"}},
			text: entry("A/feed", "302\nLocation: $B/a.xml\n\n") +
				entry("B/a.xml", feed("$A/one")) + entry("A/one", page()),
			asked: []string{"/feed", "B/a.xml", "/one"},
		},
		{
			name: "a feed that nobody names",
			text: entry("A/", fmt.Sprintf(home, "", "")) +
				entry("A/rss.xml", feed("$A/one")) + entry("A/one", page()) + entry("A/feed", page("$A/not-a-feed")),
			asked: []string{"/", "/feed", "/rss.xml", "/feed.xml", "/atom.xml", "/feed.json", "/one"},
		},
		{
			name: "robots.txt names an index, whose old part is left alone",
			text: entry("A/robots.txt", "200\n\nUser-agent: *\nSitemap: $A/index.xml\n") +
				entry("A/", fmt.Sprintf(home, "", "")) +
				entry("A/index.xml", `200
Content-Type: application/xml

<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>$A/new.xml</loc><lastmod>2026-03-01</lastmod></sitemap>
<sitemap><loc>$A/old.xml</loc><lastmod>2020-03-01</lastmod></sitemap>
<sitemap><loc>$B/strange.xml</loc></sitemap>
</sitemapindex>`) + entry("A/new.xml", fmt.Sprintf(sitemap, "<url><loc>$A/one</loc></url>")) + entry("A/one", page()) + entry("B/strange.xml", ""),
			asked: []string{"/", "/index.xml", "/new.xml", "/one"},
		},
		{
			name: "the newest of a sitemap come first, those without a date last",
			site: crawler.Site{Sitemaps: []string{"$A/map.xml"}},
			text: entry("A/map.xml", fmt.Sprintf(sitemap, `<url><loc>$A/undated</loc></url>
<url><loc>$A/january</loc><lastmod>2026-01-01</lastmod></url>
<url><loc>$A/saturday</loc><lastmod>2026-02-28</lastmod></url>
<url><loc>$A/today</loc><lastmod>2026-03-02T05:00:00Z</lastmod></url>
<url><loc>$A/sunday</loc><lastmod>2026-03-01</lastmod></url>`)),
			asked: []string{"/map.xml", "/today", "/sunday", "/saturday", "/undated", "/january"},
		},
		{
			name: "an empty feed: section pages, and so it says",
			text: entry("A/", fmt.Sprintf(home, `<link rel=alternate type="application/rss+xml" href="/a.xml">`, `<nav><a href="/politics/">Politics</a></nav>`)) +
				entry("A/a.xml", feed()) + entry("A/politics/", page("$A/politics/2026/03/02/harbour-bridge-closed-after-the-storm")) +
				entry("A/politics/2026/03/02/harbour-bridge-closed-after-the-storm", page()),
			asked: []string{"/", "/a.xml", "/politics/", "/politics/2026/03/02/harbour-bridge-closed-after-the-storm"},
			note:  "no feed or sitemap lists articles: section pages were followed",
		},
		{
			name: "sections are not followed when a feed lists articles",
			text: entry("A/", fmt.Sprintf(home, `<link rel=alternate type="application/rss+xml" href="/a.xml">`, `<nav><a href="/politics/">Politics</a></nav>`)) +
				entry("A/a.xml", feed("$A/one")) + entry("A/one", page()),
			asked: []string{"/", "/a.xml", "/one"},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t, tt.text)
			n := w.round(tt.site, crawler.All)
			if diff := cmp.Diff(tt.asked, w.paths()); diff != "" {
				t.Errorf("asked for (-want +got):\n%s", diff)
			}
			if n.Note != tt.note {
				t.Errorf("note %q, want %q", n.Note, tt.note)
			}
			w.alone()
		})
	}
}

// What has not changed is asked for with its tag, and a quiet site is told
// from one that lists nothing.
func TestSecondLook(t *testing.T) {
	tagged := strings.Replace(feed("$A/one", "$A/two"), "200\n", "200\nETag: \"f1\"\n", 1)
	w := newWorld(t, entry("A/a.xml", tagged)+
		entry("A/one", "200\nETag: \"p1\"\n\nfirst")+entry("A/two", "200\n\nsecond"))
	site := crawler.Site{Feeds: []string{"$A/a.xml"}}
	w.round(site, crawler.All)
	w.requests()

	w.clock.turn(time.Hour)
	n := w.round(site, crawler.All)
	var tags []string
	for _, a := range w.requests() {
		tags = append(tags, a.path+" "+a.header.Get("If-None-Match"))
	}
	slices.Sort(tags)
	if diff := cmp.Diff([]string{`A/a.xml "f1"`, `A/one "p1"`, "A/two "}, tags); diff != "" {
		t.Errorf("asked for (-want +got):\n%s", diff)
	}
	if n.Pages != 2 || n.NotModified != 1 {
		t.Errorf("%d pages, %d not modified", n.Pages, n.NotModified)
	}

	// Half an hour later the feed is due and no page is.
	w.clock.turn(30 * time.Minute)
	for range 8 {
		n = w.round(site, crawler.Due)
		if len(w.requests()) > 0 && n.Pages == 0 {
			break
		}
		w.clock.turn(10 * time.Minute)
	}
	if n.Note != crawler.NothingNew || n.Requests == 0 {
		t.Errorf("note %q after %d requests", n.Note, n.Requests)
	}
}

// Feeds that nobody names and that are not there are looked for once, not with
// every round that a person asks for.
func TestUsualPlaces(t *testing.T) {
	w := newWorld(t, entry("A/", page("$A/politics/2026/03/02/harbour-bridge-closed-after-the-storm")))
	var asked []int
	for range 3 {
		n := w.round(crawler.Site{}, crawler.All)
		asked = append(asked, len(w.paths()))
		if n.Failed != nil {
			t.Errorf("failed: %v", n.Failed)
		}
		w.clock.turn(time.Hour)
	}
	if diff := cmp.Diff([]int{7, 2, 2}, asked); diff != "" {
		t.Errorf("requests a round (-want +got):\n%s", diff)
	}
}

// A feed that is not due yet, or fails for once, is no reason for section pages.
func TestNoFallBack(t *testing.T) {
	home := `200

<html><head><link rel=alternate type="application/rss+xml" href="/a.xml"></head><body><nav><a href="/politics/">Politics</a></nav></body></html>
`
	w := newWorld(t, entry("A/", home)+entry("A/a.xml", feed("$A/one"))+entry("A/a.xml", "500\n\n")+entry("A/one", "200\n\nfirst"))
	w.round(crawler.Site{}, crawler.All)
	for range 3 {
		w.clock.turn(time.Hour)
		if n := w.round(crawler.Site{}, crawler.All); n.Note != "" {
			t.Errorf("note %q", n.Note)
		}
	}
	for _, p := range w.paths() {
		if p == "/politics/" {
			t.Error("the section page was followed")
		}
	}
}

// Sitemap indexes that name new ones without end are followed to the second, in
// the next round too, and so it says.
func TestEndlessIndex(t *testing.T) {
	w := newWorld(t, entry("A/", page()))
	n := 0
	w.before = func(path string, _ *http.Request) {
		if strings.HasPrefix(path, "A/index") {
			w.mu.Lock()
			defer w.mu.Unlock()
			n++
			w.answers[path] = []string{fmt.Sprintf("200\n\n<sitemapindex><sitemap><loc>$A/index%d.xml</loc></sitemap></sitemapindex>", n)}
		}
	}
	run := w.round(crawler.Site{Sitemaps: []string{"$A/index.xml"}}, crawler.All)
	if n != 3 || !strings.Contains(run.Note, "followed 2 deep") {
		t.Errorf("%d indexes were read, and it says %q", n, run.Note)
	}
}

// A run's record does not grow with what a site refuses or lists.
func TestManyMisses(t *testing.T) {
	var urls []string
	for i := range 5000 {
		urls = append(urls, fmt.Sprintf("$B/%d", i), fmt.Sprintf("$A/private/%d", i))
	}
	w := newWorld(t, entry("A/a.xml", feed(urls...))+entry("A/robots.txt", "200\n\nUser-agent: *\nDisallow: /private/\n")+entry("B/", ""))
	n := w.round(crawler.Site{Feeds: []string{"$A/a.xml"}}, crawler.All)
	if diff := cmp.Diff(map[string]int{"scope": 5000, "robots": 5000}, n.Skipped); diff != "" {
		t.Errorf("skipped (-want +got):\n%s", diff)
	}
	if len(n.Misses) != 200 || n.Listed != 5000 {
		t.Errorf("%d misses, %d listed", len(n.Misses), n.Listed)
	}
}

// What a broken feed still lists is crawled, and that it is broken is told.
func TestBrokenFeed(t *testing.T) {
	w := newWorld(t, entry("A/a.xml", strings.Replace(feed("$A/one", "$A/two"), "</item>", "</itm>", 1))+entry("A/one", page())+entry("A/two", page()))
	n := w.round(crawler.Site{Feeds: []string{"$A/a.xml"}}, crawler.All)
	if n.Pages == 0 || !strings.Contains(n.Note, "/a.xml: the feed is broken") {
		t.Errorf("%d pages, note %q", n.Pages, n.Note)
	}
}

// A round that asks for nothing says why.
func TestNothingDue(t *testing.T) {
	w := newWorld(t, entry("A/a.xml", feed("$A/one"))+entry("A/one", page()))
	site := crawler.Site{Feeds: []string{"$A/a.xml"}}
	w.round(site, crawler.Due)
	if n := w.round(site, crawler.Due); n.Requests != 0 || !strings.HasPrefix(n.Note, "nothing is due before 20") {
		t.Errorf("%d requests, note %q", n.Requests, n.Note)
	}
}

// A round that asks for nothing, since a server is left alone, says that it
// still is, and until when.
func TestStillAlone(t *testing.T) {
	w := newWorld(t, entry("A/a.xml", feed("$A/one", "$A/two"))+entry("A/one", "429\nRetry-After: 3600\n\nslow down")+entry("A/two", page()))
	site := crawler.Site{Feeds: []string{"$A/a.xml"}}
	first := w.round(site, crawler.Due)
	n := w.round(site, crawler.Due)
	if n.Requests != 0 || first.Blocked == "" || n.Blocked != first.Blocked || n.Note != "" || n.Skipped["blocked"] != 1 {
		t.Errorf("%d requests, blocked %q and before %q, note %q, skipped %v", n.Requests, n.Blocked, first.Blocked, n.Note, n.Skipped)
	}
}
