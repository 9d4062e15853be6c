package discover

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"
)

const front = `<!DOCTYPE html><html><head><title>Le Courrier d’Essai – Accueil</title>
<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">
<link rel="alternate" type="application/json" href="/wp-json/x"><link rel="alternate" hreflang="en" href="/en/">
</head><body class="nav-open">
<nav><a href="/">Accueil</a> <a href="/politique/">Politique</a> <a href="/societe">Société</a>
<a href="/abonnement">S’abonner</a> <a href="/2026/11/">Novembre</a>
<a href="/politique/le-budget-adopte-en-premiere-lecture.html">Budget</a></nav>
<main>
<article><h2><a href="/politique/le-maire-demissionne-apres-vingt-ans.html?xtor=RSS-1">Le maire démissionne après vingt ans à l’hôtel de ville</a></h2>
<time datetime="2026-11-14T08:00:00+01:00">ce matin</time></article>
<div class="teaser"><a href="pluie.html"><img alt="Photo" src="p.jpg"></a><h3><a href="pluie.html">Après la pluie, l’été revient sur Orléans</a></h3>
<a href="pluie.html">Lire</a></div>
<p><a href="/a/88213">Une affaire qui dure depuis longtemps</a></p>
<p><a href="https://autre.example/2026/11/14/un-article-dun-autre-site-tout-entier.html">Ailleurs</a>
<a href="/photos/grand-format-de-la-fete-du-village.jpg">Une photo de la fête du village en grand format</a>
<a href="/auteur/odile-fontclaire">Odile Fontclaire</a> <a href="/tag/grand-prix-de-la-ville-et-des-environs">Grand prix</a>
<a href="javascript:void(0)">Partager</a> <a href="#haut">Haut</a> <a href="mailto:x@example.com">Écrire</a></p>
<a href="/politique/page/2">Articles plus anciens, à la page suivante</a>
</main>
<footer><a href="/mentions-legales">Mentions légales</a> <a href="/politique-de-confidentialite-et-cookies-du-site.html">Cookies</a></footer>
</body></html>`

// A French front page in windows-1252, without a feed: the articles are found,
// with accents whole, whether header or meta element says the charset.
func TestParseSection(t *testing.T) {
	want := []Link{
		{URL: "https://courrier.example/politique/le-budget-adopte-en-premiere-lecture.html", Title: "Budget", Kind: Page},
		{URL: "https://courrier.example/politique/le-maire-demissionne-apres-vingt-ans.html", Title: "Le maire démissionne après vingt ans à l’hôtel de ville", Kind: Page, Published: at("2026-11-14T07:00:00Z")},
		{URL: "https://courrier.example/pluie.html", Title: "Après la pluie, l’été revient sur Orléans", Kind: Page},
		{URL: "https://courrier.example/a/88213", Title: "Une affaire qui dure depuis longtemps", Kind: Page},
	}
	body := inCharset(t, charmap.Windows1252, front)
	for ctype, b := range map[string][]byte{
		"text/html":                     body,
		"text/html; charset=iso-8859-1": []byte(strings.Replace(string(body), "windows-1252", "", 1)), // which browsers read as windows-1252
		"text/html;charset=utf-8":       []byte(front),
	} {
		got, err := Parse(b, ctype, "https://courrier.example/")
		if err != nil {
			t.Fatal(err)
		}
		links := got.Links
		if len(links) > 0 && links[0].Title == "Budget" { // a menu may hold an article: its slug says so
			links = links[1:]
		}
		if diff := cmp.Diff(want[1:], links); diff != "" {
			t.Errorf("%s: %s", ctype, diff)
		}
		if got.Format != "html" || got.Title != "Le Courrier d’Essai – Accueil" || got.Why != "" {
			t.Errorf("%s: %+v", ctype, got)
		}
	}
}

func TestSectionWithoutArticles(t *testing.T) {
	got, err := Parse([]byte(`<html><body><nav><a href="/a">A</a><a href="/b">B</a></nav><p>Checking your browser</p></body></html>`), "application/rss+xml", base)
	if err != nil || len(got.Links) != 0 || !strings.Contains(got.Why, "an HTML page where application/rss+xml was announced") || !strings.Contains(got.Why, "2 links") {
		t.Errorf("%+v, %v", got, err)
	}
	var many strings.Builder
	for i := range maxPageLink + 5 {
		fmt.Fprintf(&many, `<h2><a href="/2026/11/14/story-number-%d-of-many">Story</a></h2>`, i)
	}
	got, err = Parse([]byte("<!doctype html>"+many.String()), "text/html", base)
	if err != nil || len(got.Links) != maxPageLink || got.Why == "" {
		t.Errorf("%d links, %q, %v", len(got.Links), got.Why, err)
	}
	if _, err := Parse([]byte("<html>"+strings.Repeat("<div><b>", 200_000)), "", base); err != nil {
		t.Error(err)
	}
}

func TestBaseElement(t *testing.T) {
	got, err := Parse([]byte(`<html><head><base href="/en/"></head><h2><a href="story-about-a-very-long-bridge">A story about a very long bridge</a></h2>`), "", "https://a.example/x/y")
	if err != nil || len(got.Links) != 1 || got.Links[0].URL != "https://a.example/en/story-about-a-very-long-bridge" {
		t.Errorf("%+v, %v", got, err)
	}
}

// The form of a URL alone: articles reach enough points, sections are known.
func TestShape(t *testing.T) {
	articles := []string{
		"/2026/11/14/city/ferry-runs-aground", "/news/ferry-runs-aground-off-the-north-quay", "/article/2026-11-14/fog",
		"/story/3000000218734/fog", "/sport/a-long-race-in-the-rain/74555143.html", "/artikel/fog,3412544.html",
		"/news/articles/c4gp2x1y9z8o", "/world/fog-in-the-channel-2026-11-14/", "/doc/7715044", "/cnt/dmf20261114_96887132",
		"/a/ferry-aground-in-the-fog/7585813.html", "/2026/POLITICS/11/14/fog.in.harbour/index.html",
		"/weather/storm-hits-the-whole-north-coast", "/شعر-وردي-يشعل-السخرية/ar/2026/11/14/x",
	}
	for _, p := range articles {
		if n, section := shape(parsed(t, p)); n < enough || section {
			t.Errorf("%s: %d points, section %v; want an article", p, n, section)
		}
	}
	sections := []string{"/politics", "/politics/", "/news/local", "/city-hall/", "/sport/index.html", "/ville"}
	for _, p := range sections {
		if n, section := shape(parsed(t, p)); n >= enough || !section {
			t.Errorf("%s: %d points, section %v; want a section", p, n, section)
		}
	}
	neither := []string{
		"/", "/?page=2", "/2026/11/", "/2026/11/14/", "/archive/2026-11-14", "/tag/ferry", "/author/mara-quillfeather",
		"/login", "/search?q=fog", "/privacy-policy", "/a-picture-of-the-old-harbour.jpg", "/subscribe/", "/about",
		"/style.css", "/news/page/2", "/impressum.html", "/newsletter", "/rss",
	}
	for _, p := range neither {
		if n, section := shape(parsed(t, p)); n >= enough || section {
			t.Errorf("%s: %d points, section %v; want neither", p, n, section)
		}
	}
}

func parsed(t *testing.T, path string) *url.URL {
	t.Helper()
	u, err := url.Parse("https://a.example" + path)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func TestAutodiscover(t *testing.T) {
	const home = `<html><head><title>x</title>
<link rel="alternate" type="application/rss+xml" title="All news" href="/feed.xml">
<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed">
<link rel="ALTERNATE" type="application/atom+xml; charset=utf-8" href="https://feeds.example.net/gazette">
<link rel="alternate" type="application/feed+json" href="/feed.json"><link rel="alternate" type="application/json" href="/wp-json/">
<link rel="sitemap" type="application/xml" href="/sitemap.xml"><link rel="stylesheet" href="/s.css"></head>
<body><div class="menu-main"><a href="/">Home</a><a href="/world">World</a><a href="/city-hall">City Hall</a><a href="/login">Log in</a></div>
<h2><a href="/news/a-ferry-runs-aground-in-fog">A ferry runs aground in fog</a></h2>
<p>More in <a href="/opinion">Opinion</a>. <a href="https://other.example/world">Other</a></p>
<footer><a href="/privacy">Privacy</a><a href="/rss/sport.xml">RSS: Sport</a><a href="/world">World</a><a href="/news-sitemap.xml">Sitemap</a></footer></body></html>`
	var got []string
	for _, l := range Autodiscover([]byte(home), "text/html", "https://www.gazette.example/") {
		got = append(got, string(l.Kind)+" "+strings.TrimPrefix(l.URL, "https://www.gazette.example")+" "+l.Title)
	}
	want := []string{
		"feed /feed.xml All news", "feed https://feeds.example.net/gazette ", "feed /feed.json ", "feed /rss/sport.xml RSS: Sport",
		"sitemap /sitemap.xml ", "sitemap /news-sitemap.xml Sitemap",
		"section /world World", "section /city-hall City Hall", "section /opinion Opinion",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for _, no := range []string{"", rss2, "%PDF", "\x1f\x8b"} {
		if got := Autodiscover([]byte(no), "", base); got != nil {
			t.Errorf("Autodiscover(%.20q) = %v", no, got)
		}
	}
}

// Whatever a document holds, every link is an absolute http or https URL and
// stands once, limits hold, and an empty result says why.
func FuzzParse(f *testing.F) {
	for _, s := range []string{
		rss2, front, `{"version":"https://jsonfeed.org/version/1","items":[{"url":"/a"}]}`,
		`<urlset><url><loc>/a</loc><lastmod>2026</lastmod></url></urlset>`, "https://a.example/\nx",
		`<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="a"/></entry></feed>`,
		"<rss><channel><item><title>x</link>", "\xff\xfe<\x00r\x00s\x00s\x00", "<a href=x><b><base href=//y><a href=z>",
		string(packed([]byte(rss2))), "<!doctype x [<!entity a 'b'>]><rss>",
	} {
		f.Add([]byte(s), "text/xml; charset=iso-8859-1")
		f.Add([]byte(s), "")
	}
	for _, tt := range fieldFeeds() {
		f.Add([]byte(tt.body), tt.ctype)
	}
	f.Fuzz(func(t *testing.T, body []byte, ctype string) {
		found, err := Parse(body, ctype, base)
		if err == nil && len(found.Links) == 0 && found.Why == "" {
			t.Fatal("nothing found, and no reason given")
		}
		seen := map[string]bool{}
		for _, l := range append(found.Links, Autodiscover(body, ctype, base)...) {
			u, err := url.Parse(l.URL)
			if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.Fragment != "" {
				t.Fatalf("link %q (%v)", l.URL, err)
			}
			if l.Kind == "" || len(l.Title) > maxTitle || strings.ContainsAny(l.Title, "\n\t") {
				t.Fatalf("link %+v", l)
			}
			if l.Kind == Page && seen[l.URL] {
				t.Fatalf("%s stands twice", l.URL)
			}
			seen[l.URL] = true
		}
		if len(found.Links) > maxLinks || found.TTL < 0 || found.TTL > maxTTL {
			t.Fatalf("%d links, TTL %v", len(found.Links), found.TTL)
		}
	})
}

func BenchmarkSection(b *testing.B) {
	var page strings.Builder
	page.WriteString("<!doctype html><body><main>")
	for i := range 60 {
		fmt.Fprintf(&page, `<article class="teaser"><h2><a href="/news/2026/11/14/a-story-about-harbour-%d.html">A story about the harbour, number %d</a></h2><p>%s</p></article>`, i, i, strings.Repeat("All the news that is fit to print. ", 10))
	}
	body := []byte(page.String())
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		if f, err := Parse(body, "text/html", "https://a.example/"); err != nil || len(f.Links) != 60 {
			b.Fatal(len(f.Links), err)
		}
	}
}
