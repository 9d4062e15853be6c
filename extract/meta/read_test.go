package meta

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
)

func read(t *testing.T, page, url string) Facts {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return Read(doc, url)
}

func TestPublished(t *testing.T) {
	ld := func(s string) string { return `<script type="application/ld+json">` + s + `</script>` }
	for _, c := range []struct{ name, url, page, published, modified string }{
		{"json-ld", "", ld(`{"@type":"NewsArticle","datePublished":"2026-03-04T07:15:00+01:00","dateModified":"2026-03-05T08:00:00Z"}`), "2026-03-04T07:15:00+01:00", "2026-03-05T08:00:00Z"},
		{"graph", "", ld(`{"@graph":[{"@type":"WebPage","datePublished":"2020-01-01"},{"@type":["Article","BlogPosting"],"headline":"x","datePublished":"2026-03-04"}]}`), "2026-03-04", ""},
		{"broken json-ld", "", ld("<!-- {\"@type\":\"NewsArticle\",\"headline\":\"a\nb\",\"datePublished\":\"2026-03-04\",} -->"), "2026-03-04", ""},
		{"bare quotes", "", ld(`{"@type":"NewsArticle","headline":"He said "no" twice","datePublished":"2026-03-04"}`), "2026-03-04", ""},
		{"beyond mending", "", ld(`{"@type":"NewsArticle" "headline":"a" "datePublished":"2026-03-04"`), "2026-03-04", ""},
		{"two values", "", ld(`{"@type":"WebSite"}{"@type":"NewsArticle","datePublished":"2026-03-04"}`), "2026-03-04", ""},
		{"meta", "", `<meta property="article:published_time" content="2026-03-04 07:15:00"><meta property="article:modified_time" content="2026-03-05">`, "2026-03-04T07:15:00Z", "2026-03-05"},
		{"the hour wins over the day in the address", "https://p.test/2026/03/04/x", `<meta property="article:published_time" content="2026-03-04T07:15:00Z">`, "2026-03-04T07:15:00Z", ""},
		{"microdata", "", `<span itemprop="datePublished" content="2026-03-04T07:15+0100">yesterday</span>`, "2026-03-04T07:15:00+01:00", ""},
		{"time", "", `<h1>x</h1><time datetime="2026-03-04">Wednesday</time><time datetime="2026-01-01">other story</time>`, "2026-03-04", ""},
		{"time before the headline", "", `<time datetime="2026-01-01">today</time><h1>x</h1><time datetime="2026-03-04">Wednesday</time>`, "2026-03-04", ""},
		{"address", "https://p.test/news/2026/03/04/bridge", `<p>text</p>`, "2026-03-04", ""},
		{"address with dashes", "https://p.test/a/2026-03-04-bridge.html", ``, "2026-03-04", ""},
		{"address with december", "https://p.test/2025/12/22/bridge", ``, "2025-12-22", ""},
		{"address in one piece", "https://p.test/a/20260304-bridge", ``, "2026-03-04", ""},
		{"address, day first", "https://p.test/newsroom/04-03-2026-bridge", ``, "2026-03-04", ""},
		{"no date in an id", "https://p.test/a/20991399123", ``, "", ""},
		{"class, german", "", `<html lang="de"><h1>x</h1><div class="article-date">Mittwoch, 4. März 2026, 7.15 Uhr</div>`, "2026-03-04", ""},
		{"only the change is known", "", `<meta property="og:updated_time" content="2026-03-05T08:00:00Z">`, "2026-03-05T08:00:00Z", "2026-03-05T08:00:00Z"},
		{"no such day", "", `<meta name="date" content="2026-02-31">`, "", ""},
		{"epoch", "", `<meta name="pubdate" content="1772608500">`, "2026-03-04T07:15:00Z", ""},
		{"none", "https://p.test/about", `<p>© 2026 The paper</p>`, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := read(t, c.page, c.url)
			if f.Published.String() != c.published || f.Modified.String() != c.modified {
				t.Errorf("published %q modified %q, want %q and %q", f.Published, f.Modified, c.published, c.modified)
			}
		})
	}
}

func TestWritten(t *testing.T) {
	for _, c := range []struct{ text, language, want string }{
		{"March 4, 2026", "en", "2026-03-04"},
		{"Updated Mar. 4th, 2026 at 7:15 a.m.", "en", "2026-03-04"},
		{"Wednesday 4 March 2026", "en-GB", "2026-03-04"},
		{"03/04/2026", "en-US", "2026-03-04"},
		{"03/04/2026", "fr", "2026-04-03"},
		{"25/04/2026", "en-US", "2026-04-25"},
		{"4.3.2026 klo 7.15", "fi", "2026-03-04"},
		{"04.03.26", "de", "2026-03-04"},
		{"4 de marzo de 2026", "es", "2026-03-04"},
		{"4 mars 2026 à 07h15", "fr", "2026-03-04"},
		{"1er août 2025", "fr", "2025-08-01"},
		{"4 marca 2026", "pl", "2026-03-04"},
		{"4. března 2026", "cs", "2026-03-04"},
		{"4 марта 2026 г., 07:15", "ru", "2026-03-04"},
		{"4 Mart 2026", "tr", "2026-03-04"},
		{"2026年3月4日 07:15", "ja", "2026-03-04"},
		{"2026년 3월 4일", "ko", "2026-03-04"},
		{"4 مارس 2026", "ar", "2026-03-04"},
		{"2026-03-04", "", "2026-03-04"},
		{"Flight 4/3 at gate 2026", "en", ""},
		{"version 1.2.3", "en", ""},
		{"12:30:45", "en", ""},
		{"31 February 2026", "en", ""},
		{"", "", ""},
	} {
		if got := Written(c.text, c.language).String(); got != c.want {
			t.Errorf("Written(%q, %q) = %q, want %q", c.text, c.language, got, c.want)
		}
	}
}

func TestFacts(t *testing.T) {
	f := read(t, `<html lang="pt-br"><head><base href="https://p.test/sub/"><title>Ponte fecha &amp; reabre</title>
<link rel="canonical" href="../noticia/1"><meta property="og:image" content="/i.jpg"><meta property="og:site_name" content="O Porto">
<meta name="description" content="Fecha no domingo."><script type="application/ld+json">
{"@context":"https://schema.org","@graph":[{"@type":"Person","@id":"#a","name":"Ana Vidal"},
{"@type":"NewsArticle","headline":"Ponte fecha","isAccessibleForFree":"False","articleSection":["Cidade","Porto"],"author":{"@id":"#a"},
"articleBody":"<p>A ponte &amp; o porto.</p>"}]}</script></head><body><h1>Ponte  fecha</h1></body></html>`, "https://p.test/a/b")
	want := Facts{
		Titles:      []Title{{Source: FromTitle, Text: "Ponte fecha & reabre"}, {Source: FromHeading, Text: "Ponte fecha"}, {Source: FromJSON, Text: "Ponte fecha"}},
		Description: "Fecha no domingo.", Descriptions: []string{"Fecha no domingo."}, Byline: []string{"Ana Vidal"}, Language: "pt-BR",
		Canonical: "https://p.test/noticia/1", Image: "https://p.test/i.jpg", Section: "Cidade", SiteName: "O Porto", Type: "NewsArticle",
	}
	if f.Access != Paid {
		t.Error("the page says that it is not free")
	}
	if strings.TrimSpace(f.ArticleBody) != "A ponte & o porto." {
		t.Errorf("articleBody %q", f.ArticleBody)
	}
	f.Access, f.ArticleBody, f.Types, f.Articles = "", "", nil, 0
	if d := cmp.Diff(want, f); d != "" {
		t.Error(d)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(`<script type="application/ld+json">{"@type":"Article","author":[{"name":"x"}],"datePublished":"2026-01-01"}</script><time datetime="1.2.26">`, "https://a.test/2026/1/2/x")
	f.Add(`<meta name=author content="By X and Y"><meta name=date content="4 de marzo de 2026"><base href=:><link rel=canonical href=//x>`, ":")
	f.Fuzz(func(t *testing.T, page, url string) {
		doc, err := html.Parse(strings.NewReader(page))
		if err != nil {
			return
		}
		facts := Read(doc, url)
		for _, d := range []Date{facts.Published, facts.Modified} {
			if back, err := ParseDate(d.String()); err != nil || !back.Equal(d) {
				t.Fatalf("date %v does not come back: %v, %v", d, back, err)
			}
		}
		for _, n := range facts.Byline {
			if strings.TrimSpace(n) == "" {
				t.Fatal("a person without a name")
			}
		}
		if facts.Canonical != "" && !strings.HasPrefix(facts.Canonical, "http") {
			t.Fatalf("canonical %q", facts.Canonical)
		}
	})
}
