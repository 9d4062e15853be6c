package crawler_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pressmark/crawler"
)

func sitemapOf(head string, rows ...string) string {
	var b strings.Builder
	b.WriteString("200\nContent-Type: application/xml\n" + head + "\n<urlset>\n")
	for _, r := range rows {
		u, mod, _ := strings.Cut(r, " ")
		fmt.Fprintf(&b, "<url><loc>%s</loc>", u)
		if mod != "" {
			fmt.Fprintf(&b, "<lastmod>%s</lastmod>", mod)
		}
		b.WriteString("</url>\n")
	}
	return b.String() + "</urlset>\n"
}

func indexOf(rows ...string) string {
	r := strings.NewReplacer("urlset", "sitemapindex", "<url>", "<sitemap>", "</url>", "</sitemap>")
	return r.Replace(sitemapOf("", rows...))
}

// A sitemap is retired by what it holds and how it is sent, not by its name: it
// is looked at very rarely then, until an index says that it was modified.
func TestDeadSitemaps(t *testing.T) {
	const oldHeader, newHeader = "Last-Modified: Tue, 03 Jun 2025 10:00:00 GMT\n", "Last-Modified: Mon, 02 Mar 2026 05:59:00 GMT\n"
	for _, tt := range []struct {
		name, body string
		first      string // what is known after the first look, and after a day
		second     string
	}{
		{"old entries", sitemapOf("", "$A/1 2024-05-01", "$A/2 2024-06-01"), "retired until 2026-05-31: the newest that it lists is of 2024-06-01", "retired until 2026-05-31: the newest that it lists is of 2024-06-01"},
		{"old entries, and a server that calls all new", sitemapOf(newHeader, "$A/1 2024-05-01", "$A/2 2024-06-01"), "", "retired until 2026-06-01: the newest that it lists is of 2024-06-01"},
		{"no dates, long unmodified", sitemapOf(oldHeader, "$A/1", "$A/2"), "retired until 2026-05-31: unmodified since 2025-06-03", "retired until 2026-05-31: unmodified since 2025-06-03"},
		{"no dates", sitemapOf("", "$A/1", "$A/2"), "", ""},
		{"one entry of today", sitemapOf("", "$A/1 2024-05-01", "$A/2 2026-03-02"), "", ""},
		{"a few old dates among none", sitemapOf("", "$A/1 2024-05-01", "$A/2", "$A/3"), "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t, entry("A/2026-news-today.xml", tt.body)+entry("A/1", page())+entry("A/2", page())+entry("A/3", page()))
			site := crawler.Site{Sitemaps: []string{"$A/2026-news-today.xml"}}
			w.round(site, crawler.All)
			it := w.item("A/2026-news-today.xml")
			if it.LastError != tt.first {
				t.Errorf("first look: %q, want %q", it.LastError, tt.first)
			}
			if n := countOf(w.paths(), "/1"); n != 1 {
				t.Errorf("what it lists was asked for %d times", n)
			}
			w.clock.turn(25 * time.Hour)
			w.round(site, crawler.All)
			it = w.item("A/2026-news-today.xml")
			if it.LastError != tt.second {
				t.Errorf("second look: %q, want %q", it.LastError, tt.second)
			}
			if rest := it.Due.Sub(w.clock.now()); (rest > 80*24*time.Hour) != (tt.second != "") {
				t.Errorf("it rests for %v", rest)
			}
			if asked := countOf(w.paths(), "today.xml"); (asked == 0) != (tt.first != "") {
				t.Errorf("asked for %d times a day later", asked)
			}
		})
	}
}

// What is retired comes back when an index says that it was modified, and is
// retired again when that was not so.
func TestSitemapComesBack(t *testing.T) {
	w := newWorld(t, entry("A/index.xml", indexOf("$A/m.xml"))+entry("A/m.xml", sitemapOf("", "$A/1 2024-05-01"))+entry("A/1", page())+entry("A/2", page()))
	site := crawler.Site{Sitemaps: []string{"$A/index.xml"}}
	w.round(site, crawler.All)
	if it := w.item("A/m.xml"); !strings.HasPrefix(it.LastError, "retired until ") {
		t.Fatalf("%+v", it)
	}
	w.paths()
	w.clock.turn(48 * time.Hour)
	w.round(site, crawler.All)
	if got := w.paths(); slices.Contains(got, "/m.xml") {
		t.Errorf("a retired sitemap was asked for: %v", got)
	}
	w.clock.turn(time.Hour)
	w.set("A/index.xml", indexOf("$A/m.xml "+w.clock.now().Format(time.RFC3339)))
	w.set("A/m.xml", sitemapOf("", "$A/1 2024-05-01", "$A/2 "+w.clock.now().Format(time.RFC3339)))
	w.clock.turn(time.Hour)
	w.round(site, crawler.All)
	if got := w.paths(); !slices.Contains(got, "/m.xml") || !slices.Contains(got, "/2") {
		t.Errorf("its index says that it was modified, and asked for were %v", got)
	}
	if it := w.item("A/m.xml"); it.LastError != "" {
		t.Errorf("it is alive again: %+v", it)
	}
}

// A site with 20,000 sitemaps: the newest are read, and the news does not wait
// for the others.
func TestManySitemaps(t *testing.T) {
	const many = 20_000
	var rows []string
	text := entry("A/feed.xml", feed("$A/news/1", "$A/news/2")) + entry("A/news/1", page()) + entry("A/news/2", page()) + entry("A/fresh", page())
	for i := range many {
		rows = append(rows, fmt.Sprintf("$A/s/%d.xml", i))
	}
	for i := range 200 { // a minute apart, the newest in the middle
		rows = append(rows, fmt.Sprintf("$A/d/%d.xml %s", i, morning.Add(-time.Hour-time.Duration((i*37)%200)*time.Minute).Format(time.RFC3339)))
	}
	w := newWorld(t, text+entry("A/index.xml", indexOf(rows...)))
	site := crawler.Site{Feeds: []string{"$A/feed.xml"}, Sitemaps: []string{"$A/index.xml"}}
	n := w.round(site, crawler.All)
	got := w.paths()
	for _, p := range []string{"/news/1", "/news/2"} {
		if i := slices.Index(got, p); i < 0 || i > 5 {
			t.Errorf("%s came as request %d of %d", p, i, len(got))
		}
	}
	if d, s := countOf(got, "/d/"), countOf(got, "/s/"); d != 50 || s != 20 || !slices.Contains(got, "/d/0.xml") {
		t.Errorf("%d of the newest sitemaps, %d of the others", d, s)
	}
	if want := "names 20200 sitemaps: 70 were followed"; !strings.Contains(n.Note, want) {
		t.Errorf("note %q", n.Note)
	}
	w.clock.turn(24 * time.Hour) // others come with the next look
	w.round(site, crawler.All)
	if again := w.paths(); !slices.ContainsFunc(again, func(p string) bool { return strings.HasPrefix(p, "/s/") && !slices.Contains(got, p) }) {
		t.Error("the next look brought no other sitemaps")
	}
}
