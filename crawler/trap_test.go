package crawler_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pressmark/archive"
	"pressmark/crawler"
)

const article = "200\nContent-Type: text/html\n\n<html><body><h1>%[1]s</h1><p>The council of %[1]s has decided that the bridge stays closed until the autumn, said its chair after a long debate.</p></body></html>"

// Pages of a shape that shows no article are asked for until that is known, and
// then no more, which is said; articles of the same site are.
func TestShapeWithoutArticles(t *testing.T) {
	var links []string
	text := ""
	for i := range 80 {
		p := fmt.Sprintf("/events?month=%d", i)
		links = append(links, "$A"+p)
		text += entry("A"+p, page())
	}
	for i := range 40 {
		p := fmt.Sprintf("/news/the-council-of-town-%d-votes", i)
		links = append(links, "$A"+p)
		text += entry("A"+p, fmt.Sprintf(article, fmt.Sprintf("town %d", i)))
	}
	w := newWorld(t, text+entry("A/list.xml", "200\n\n<urlset><url><loc>"+strings.Join(links, "</loc></url><url><loc>")+"</loc></url></urlset>"))
	site := crawler.Site{Sitemaps: []string{"$A/list.xml"}, MaxPages: 25}
	asked := map[string]int{}
	said := ""
	for range 6 {
		n := w.round(site, crawler.Due)
		said += fmt.Sprint(n.Skipped["trap"], n.Misses)
		for _, p := range w.paths() {
			switch {
			case strings.HasPrefix(p, "/events"):
				asked["event"]++
				w.conclude(p, archive.Page{URL: "$A" + p, State: archive.NoArticle})
			case strings.HasPrefix(p, "/news"):
				asked["article"]++
				w.conclude(p, archive.Page{URL: "$A" + p, State: archive.Live})
			}
		}
		w.clock.turn(10 * time.Minute)
	}
	if asked["article"] < 40 {
		t.Errorf("%d articles were asked for, of 40", asked["article"])
	}
	if asked["event"] < 30 || asked["event"] > 60 {
		t.Errorf("%d calendar pages were asked for, of 80", asked["event"])
	}
	if !strings.Contains(said, "30 pages of the shape /events?month were asked for, and none is an article") {
		t.Errorf("it is not said: %s", said)
	}
}

// Addresses that can only be a trap are not asked for, which is said, whatever
// lists them.
func TestTrapsByAddress(t *testing.T) {
	good := []string{
		"/2026/03/02/the-council-votes-on-the-bridge", "/news/news/the-council-votes-on-the-bridge",
		"/a/b/a/b/the-council-votes-on-the-bridge", "/2040/the-year-in-which-the-bridge-will-stand",
		"/story?id=1&lang=en&a=1&b=2&c=3", "/0/0/0/the-council-votes-on-the-bridge",
	}
	bad := map[string]string{
		"/calendar/2028/07/what-happens-in-the-town":                              "a calendar: it is of the year 2028",
		"/en/events/2031/7/what-happens-in-the-town":                              "a calendar: it is of the year 2031",
		"/a/a/a/a/a/the-council-votes":                                            "its path repeats itself",
		"/a/b/a/b/a/b/a/b/the-council-votes":                                      "its path repeats itself",
		"/x/a/b/c/a/b/c/a/b/c/a/b/c/a/b/c/the-votes":                              "its path repeats itself",
		"/the-list" + strings.Repeat("/x/y-z/q", 6):                               "its path repeats itself",
		"/deep/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17/18/19/20/21/22/23/24/25": "its path is 26 segments deep",
		"/l?a=1&b=1&c=1&d=1&e=1&f=1&g=1&h=1&i=1&j=1&k=1&l=1&n=1":                  "its query has 13 parameters",
		"/l?f=1&f=2&f=3&f=4&f=5":                                                  "its query repeats itself",
	}
	text := ""
	var links []string
	for i, p := range good {
		text += entry("A"+p, fmt.Sprintf(article, strings.Repeat("a", i+1)))
		links = append(links, "$A"+p)
	}
	for p := range bad {
		links = append(links, "$A"+p)
	}
	w := newWorld(t, text+entry("A/a.xml", feed(strings.Split(strings.ReplaceAll(strings.Join(links, " "), "&", "&amp;"), " ")...)))
	n := w.round(crawler.Site{Feeds: []string{"$A/a.xml"}}, crawler.All)
	got := w.paths()[1:]
	slices.Sort(got)
	slices.Sort(good)
	if diff := cmp.Diff(good, got); diff != "" {
		t.Errorf("asked for (-want +got):\n%s", diff)
	}
	why := map[string]string{}
	for _, m := range n.Misses {
		if m.Reason == "trap" {
			why[strings.TrimPrefix(m.URL, w.filled("$A"))] = m.Detail
		}
	}
	if diff := cmp.Diff(bad, why); diff != "" {
		t.Errorf("said (-want +got):\n%s", diff)
	}
	if n.Skipped["trap"] != len(bad) {
		t.Errorf("%d skipped", n.Skipped["trap"])
	}
}

// A chain of pages each of which names the next as the canonical one ends.
func TestCanonicalChain(t *testing.T) {
	text := ""
	for i := range 9 {
		text += entry(fmt.Sprintf("A/%d", i), fmt.Sprintf("200\nContent-Type: text/html\n\n<link rel=canonical href=/%d>", i+1))
	}
	w := newWorld(t, text+entry("A/a.xml", feed("$A/0")))
	w.round(crawler.Site{Feeds: []string{"$A/a.xml"}}, crawler.All)
	if diff := cmp.Diff([]string{"/a.xml", "/0", "/1"}, w.paths()); diff != "" {
		t.Errorf("asked for (-want +got):\n%s", diff)
	}
}

// A server that answers 200 to anything is found out by one request a week;
// what it says to dead addresses is no page.
func TestSoftGone(t *testing.T) {
	const regrets = "200\nContent-Type: text/html\n\n<html><body><h1>Dear reader</h1><p>We are sorry to say that what you came for is not here, and hope that you find something else at %d seconds past noon.</p></body></html>"
	var links []string
	for i := range 12 {
		links = append(links, fmt.Sprintf("$A/news/dead-story-%d", i))
	}
	live := "/news/the-council-votes"
	w := newWorld(t, entry("A/a.xml", feed(append(links, "$A"+live)...)), func(o *crawler.Options) { o.Workers = 1 })
	w.answers["A"+live] = []string{fmt.Sprintf(article, "Ravenna")}
	probes := 0
	w.otherwise = func(path string) string {
		if strings.Contains(path, "pressmark-") {
			probes++
		}
		return fmt.Sprintf(regrets, len(path))
	}
	site := crawler.Site{Feeds: []string{"$A/a.xml"}}
	n := w.round(site, crawler.All)
	if probes != 1 || n.Skipped["soft 404"] != 11 {
		t.Errorf("%d probes, skipped %v", probes, n.Skipped)
	}
	if got := w.captures(); len(got) != 2 {
		t.Errorf("captured %v", got)
	}
	for range 5 {
		w.clock.turn(24 * time.Hour)
		w.round(site, crawler.All)
	}
	if probes != 1 {
		t.Errorf("%d probes in a week", probes)
	}

	// An article that the archive has is kept as what became of it.
	w.answers["A"+live] = nil
	w.clock.turn(time.Hour)
	n = w.round(site, crawler.All)
	kept := 0
	for _, c := range w.captures() {
		if strings.HasPrefix(c, live) {
			kept++
		}
	}
	if kept < 2 || n.Skipped["soft 404"] == 0 {
		t.Errorf("the article was captured %d times, skipped %v", kept, n.Skipped)
	}
}

// Two addresses of one text are no soft 404 where an address that cannot exist
// is refused; nor are pages that bring their article in a script.
func TestNoSoftGone(t *testing.T) {
	two := entry("A/one", fmt.Sprintf(article, "Ravenna")) + entry("A/two", fmt.Sprintf(article, "Ravenna"))
	w := newWorld(t, entry("A/a.xml", feed("$A/one", "$A/two"))+two)
	n := w.round(crawler.Site{Feeds: []string{"$A/a.xml"}}, crawler.All)
	if got := w.captures(); len(got) != 2 || len(n.Skipped) > 0 {
		t.Errorf("captured %v, skipped %v", got, n.Skipped)
	}

	const shell = "200\nContent-Type: text/html\n\n<html><body><p>One moment please, while this page is being put together for you by your browser.</p><script>%s</script></body></html>"
	w = newWorld(t, entry("A/a.xml", feed("$A/one", "$A/two"))+
		entry("A/one", fmt.Sprintf(shell, strings.Repeat("a", 3000)))+entry("A/two", fmt.Sprintf(shell, strings.Repeat("b", 5000))))
	w.otherwise = func(string) string { return fmt.Sprintf(shell, "") }
	n = w.round(crawler.Site{Feeds: []string{"$A/a.xml"}}, crawler.All)
	if got := w.captures(); len(got) != 2 || len(n.Skipped) > 0 {
		t.Errorf("captured %v, skipped %v", got, n.Skipped)
	}
}

// A wall that stands before every address is a wall and no soft 404.
func TestWallIsNoSoftGone(t *testing.T) {
	w := newWorld(t, entry("A/a.xml", feed("$A/one", "$A/two", "$A/three")), func(o *crawler.Options) {
		o.Wall = func(c archive.Capture) (string, bool) {
			return "a consent wall", strings.Contains(string(c.Body), "cookies")
		}
	})
	w.otherwise = func(string) string {
		return "200\nContent-Type: text/html\n\n<p>We and our partners use cookies and the like on this site: please say whether you accept all of them.</p>"
	}
	n := w.round(crawler.Site{Feeds: []string{"$A/a.xml"}}, crawler.All)
	if diff := cmp.Diff([]string{"/a.xml", "/one", "/two", "/three"}, w.paths()); diff != "" || len(n.Skipped) > 0 {
		t.Errorf("asked for (-want +got):\n%s, skipped %v", diff, n.Skipped)
	}
}
