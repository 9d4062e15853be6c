package crawler_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pressmark/crawler"
	"pressmark/crawler/frontier"
)

// dated is a feed whose entries were published so many hours before the world's
// first morning; older is where it goes on.
func dated(older string, entries ...string) string {
	var b strings.Builder
	b.WriteString("200\nContent-Type: application/rss+xml\n\n<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\"><channel><title>News</title>\n")
	if older != "" {
		fmt.Fprintf(&b, "<atom:link rel=\"next\" href=\"%s\"/>\n", older)
	}
	for _, e := range entries {
		u, when, _ := strings.Cut(e, " ")
		d, err := time.ParseDuration(when)
		if err != nil {
			panic(err)
		}
		fmt.Fprintf(&b, "<item><title>x</title><link>%s</link><pubDate>%s</pubDate></item>\n", u, morning.Add(d).Format(time.RFC1123Z))
	}
	b.WriteString("</channel></rss>\n")
	return b.String()
}

func (w *world) set(name, answer string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.answers[name] = []string{answer}
}

// item is what the frontier knows of one URL.
func (w *world) item(path string) frontier.Item {
	w.t.Helper()
	for it, err := range w.frontier.List(context.Background(), frontier.Query{}) {
		if err != nil {
			w.t.Fatal(err)
		}
		if it.URL == w.filled("$"+path[:1])+path[1:] {
			return it
		}
	}
	w.t.Fatalf("%s is not in the frontier", path)
	return frontier.Item{}
}

// A feed with pages is read back to what was known at the last look, and no
// further; at the first look its past is left alone.
func TestPagedFeed(t *testing.T) {
	text := entry("A/f", dated("$A/f?p=2", "$A/3 -1h", "$A/2 -2h")) + entry("A/f?p=2", dated("$A/f?p=3", "$A/1 -30h"))
	for i := range 12 {
		text += entry(fmt.Sprintf("A/%d", i), page())
	}
	w := newWorld(t, text)
	site := crawler.Site{Feeds: []string{"$A/f"}}
	w.round(site, crawler.Due)
	if diff := cmp.Diff([]string{"/f", "/3", "/2"}, w.paths()); diff != "" {
		t.Errorf("the first look (-want +got):\n%s", diff)
	}

	w.clock.turn(24 * time.Hour) // seven were published, the feed holds two
	w.set("A/f", dated("/f?p=2", "$A/10 23h", "$A/9 22h"))
	w.set("A/f?p=2", dated("/f?p=3", "$A/8 20h", "$A/7 19h"))
	w.set("A/f?p=3", dated("/f?p=4", "$A/6 18h", "$A/3 -1h"))
	w.set("A/f?p=4", dated("", "$A/2 -2h", "$A/1 -30h"))
	w.round(site, crawler.Due)
	got := w.paths()
	if diff := cmp.Diff([]string{"/f", "/f?p=2", "/f?p=3"}, got[:min(3, len(got))]); diff != "" {
		t.Errorf("the second look (-want +got):\n%s", diff)
	}
	for _, p := range []string{"/10", "/9", "/8", "/7", "/6"} {
		if !slices.Contains(got, p) {
			t.Errorf("%s was missed: %v", p, got)
		}
	}
	w.clock.turn(24 * time.Hour)
	w.set("A/f", dated("/f?p=2", "$A/11 40h", "$A/10 23h"))
	w.round(site, crawler.Due)
	if got := w.paths(); slices.ContainsFunc(got, func(p string) bool { return strings.Contains(p, "?") }) {
		t.Errorf("nothing was missed, and older pages were read: %v", got)
	}

	// Pages without end are read to a bound, which is told; one that fails is no
	// failure of the feed, and the robots hold for them too.
	w.clock.turn(24 * time.Hour)
	w.set("A/f", dated("/f?p=1", "$A/new/0 70h"))
	for i := 1; i < 30; i++ {
		w.set(fmt.Sprintf("A/f?p=%d", i), dated(fmt.Sprintf("/f?p=%d", i+1), fmt.Sprintf("$A/new/%d 70h", i)))
	}
	n := w.round(site, crawler.Due)
	if older := countOf(w.paths(), "/f?p="); older != 10 || !strings.Contains(n.Note, "more was listed since the last look") {
		t.Errorf("%d older pages, note %q", older, n.Note)
	}
	w.clock.turn(24 * time.Hour)
	w.set("A/f", dated("/f?p=1", "$A/newer 94h"))
	w.set("A/f?p=1", "404\n\n")
	w.round(site, crawler.Due)
	if it := w.item("A/f"); it.State != frontier.Live || it.Failures != 0 || countOf(w.paths(), "/newer") != 1 {
		t.Errorf("%+v", it)
	}
}

func countOf(paths []string, part string) int {
	n := 0
	for _, p := range paths {
		if strings.Contains(p, part) {
			n++
		}
	}
	return n
}

// A list that names the same pages as before counts as unchanged, also when
// its server knows no 304.
func TestSameLinks(t *testing.T) {
	w := newWorld(t, entry("A/", "200\nContent-Type: text/html\n\n<html>no links</html>")+entry("A/politics/", page("$A/2026/03/02/harbour-bridge-closed-after-the-storm"))+
		entry("A/2026/03/02/harbour-bridge-closed-after-the-storm", page()))
	site := crawler.Site{Sections: []string{"$A/politics/"}}
	for range 12 {
		w.round(site, crawler.Due)
		w.clock.turn(6 * time.Hour)
	}
	it := w.item("A/politics/")
	if it.Unchanged < 4 || it.LastChanged.After(morning.Add(time.Minute)) {
		t.Errorf("%+v", it)
	}
	w.set("A/politics/", page("$A/2026/03/06/the-bridge-is-open-again-after-days"))
	w.clock.turn(24 * time.Hour)
	w.round(site, crawler.Due)
	if it := w.item("A/politics/"); it.Unchanged != 0 {
		t.Errorf("a new link is news: %+v", it)
	}
}

// A feed that lists nothing new for much longer than it used to, while the home
// page has new links: section pages are followed, and so it says. When the home
// page has none, the site is quiet, and that is all.
func TestQuietFeed(t *testing.T) {
	const home = "200\nContent-Type: text/html\n\n<html><head><link rel=alternate type=\"application/rss+xml\" href=\"/a.xml\"></head><body><nav><a href=\"/politics/\">Politics</a></nav><main>%s</main></body></html>\n"
	story := func(n int) string {
		return fmt.Sprintf("<h2><a href=\"/2026/03/02/what-the-council-said-on-day-%d\">What the council said on its day %d</a></h2>", n, n)
	}
	for _, tt := range []struct {
		name, feed string
		note       string
	}{
		{"by the dates of its entries", dated("", "$A/a -80h", "$A/b -82h", "$A/c -85h"), "/a.xml has listed nothing new since 2026-02-26, and the home page links to new pages: section pages were followed"},
		{"by what was seen of it", strings.Replace(feed("$A/a"), "200\n", "200\nETag: \"1\"\n", 1), ""},
		{"it is slow by nature", dated("", "$A/a -80h", "$A/b -380h", "$A/c -780h"), ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text := entry("A/", fmt.Sprintf(home, story(1)+story(2)+story(3))) + entry("A/a.xml", tt.feed) + entry("A/politics/", page())
			w := newWorld(t, text)
			if n := w.round(crawler.Site{}, crawler.All); strings.TrimPrefix(n.Note, w.filled("$A")) != tt.note {
				t.Errorf("note %q", n.Note)
			}
			if followed := countOf(w.paths(), "/politics/") > 0; followed != (tt.note != "") {
				t.Errorf("section followed: %v", followed)
			}
			// Ten days later neither has anything new.
			w.clock.turn(10 * 24 * time.Hour)
			if n := w.round(crawler.Site{}, crawler.All); strings.Contains(n.Note, "followed") {
				t.Errorf("note %q of a site that is quiet", n.Note)
			}
			// Then the home page does.
			w.set("A/", fmt.Sprintf(home, story(4)+story(5)+story(6)))
			w.clock.turn(time.Hour)
			n := w.round(crawler.Site{}, crawler.All)
			if want := tt.name != "it is slow by nature"; strings.Contains(n.Note, "has listed nothing new since") != want {
				t.Errorf("note %q", n.Note)
			}
			if it := w.item("A/a.xml"); tt.name != "it is slow by nature" && !strings.HasPrefix(it.LastError, "quiet: has listed nothing new since 2026-0") {
				t.Errorf("%+v", it)
			}
		})
	}
}

// A configured feed that lists nothing: the home page is followed, and so it says.
func TestEmptyConfiguredFeed(t *testing.T) {
	w := newWorld(t, entry("A/a.xml", feed())+entry("A/", page("$A/2026/03/02/harbour-bridge-closed-after-the-storm"))+
		entry("A/2026/03/02/harbour-bridge-closed-after-the-storm", page()))
	site := crawler.Site{Feeds: []string{"$A/a.xml"}}
	for range 2 {
		n := w.round(site, crawler.All)
		if n.Note != "no feed or sitemap lists articles: the home page was followed" || n.Pages != 1 {
			t.Errorf("note %q, %d pages", n.Note, n.Pages)
		}
		if n.Skipped[crawler.ListsNothing] != 1 || len(n.Misses) != 1 || !strings.HasSuffix(n.Misses[0].URL, "/a.xml") ||
			n.Misses[0].Detail != "it lists nothing: the feed has no entries: the home page was followed" {
			t.Errorf("counted %v, told %+v", n.Skipped, n.Misses)
		}
		w.clock.turn(time.Hour)
	}
}
