package extract

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

var benchPages = flag.String("pages-dir", "", "a folder of *.html to measure with, instead of an invented page")

// newsPage is a page of some 100 KB as papers have them: a head full of scripts
// and links, menus, an article with pictures, teasers, a footer and a notice.
func newsPage() []byte {
	var b strings.Builder
	b.WriteString(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Harbour bridge closes until January - Linden Courier</title>` +
		`<meta property="og:title" content="Harbour bridge closes until January"><meta property="article:published_time" content="2026-03-04T18:20:00+01:00">` +
		`<meta name="description" content="The harbour bridge will close to all traffic on Sunday night."><link rel="canonical" href="https://www.lindencourier.test/news/bridge">`)
	for i := range 20 {
		fmt.Fprintf(&b, "\n  <link rel=\"preload\" as=\"script\" href=\"/static/chunk-%d.js\" crossorigin>\n  <script>window.q=window.q||[];q.push(%s)</script>", i, strings.Repeat(`{"k":"value"},`, 60))
	}
	b.WriteString("\n<style>" + strings.Repeat(".c-card__title{font-size:1rem;line-height:1.4}", 200) + "</style>\n" +
		`<script type="application/ld+json">{"@type":"NewsArticle","headline":"Harbour bridge closes until January","datePublished":"2026-03-04T18:20:00+01:00","author":{"@type":"Person","name":"Ruth Page"}}</script></head>` +
		"\n<body class=\"page page--article\">\n  <header class=\"site-header\">\n    <nav class=\"main-nav\">\n      <ul class=\"nav-list\">")
	for i := range 80 {
		fmt.Fprintf(&b, "\n        <li class=\"nav-list__item nav-list__item--%d\" data-track=\"nav\"><a class=\"nav-link\" href=\"/section/%d\" onclick=\"track('nav')\"><svg viewBox=\"0 0 16 16\"><path d=\"%s\"/></svg><span>Section %d</span></a></li>", i, i, strings.Repeat("M1 2l3 4z", 12), i)
	}
	b.WriteString("\n      </ul>\n    </nav>\n  </header>\n  <main>\n    <article class=\"article\">\n      <h1 class=\"article__title\">Harbour bridge closes until January</h1>\n      <p class=\"article__byline\">By Ruth Page</p>")
	for i := range 30 {
		fmt.Fprintf(&b, "\n      <p class=\"article__paragraph\" data-index=\"%d\">The harbour bridge will close to all traffic on Sunday night, the port authority said on Wednesday, after divers had found cracks in pier %d. <a href=\"/news/%d\">A ferry</a> will run every twenty minutes, and councillor <em>Ann Marsh</em> said it would cost nothing until spring.</p>", i, i, i)
		if i%8 == 3 {
			fmt.Fprintf(&b, "\n      <figure class=\"article__figure\"><img src=\"/i/%d.jpg\" srcset=\"%s\" sizes=\"100vw\" loading=\"lazy\" width=\"800\" height=\"450\" alt=\"The bridge\"><figcaption class=\"caption\">The bridge on Monday. Photo: R. Page</figcaption></figure>", i, strings.Repeat("/i/a.jpg 400w, ", 8))
		}
	}
	b.WriteString("\n    </article>\n    <aside class=\"related\">\n      <h2>Related</h2>")
	for i := range 60 {
		fmt.Fprintf(&b, "\n      <div class=\"card card--small\" style=\"order:%d\"><a href=\"/news/%d\" aria-describedby=\"c%d\"><img src=\"/i/t%d.jpg\" srcset=\"/i/t.jpg 2x\" alt=\"\"><h3 class=\"card__title\">Council puts off the new school, number %d</h3></a><span class=\"card__time\">2 hours ago</span></div>", i, i, i, i, i)
	}
	b.WriteString("\n    </aside>\n  </main>\n  <footer class=\"site-footer\"><p>Linden Courier, all rights reserved. <a href=\"/privacy\">Cookie policy</a></p></footer>\n  <div id=\"cookie-bar\"><p>We use cookies to improve your experience. By continuing you agree to this.</p><button>Accept</button></div>\n</body></html>")
	return []byte(b.String())
}

func benchmarkPages(b *testing.B) (pages [][]byte) {
	if *benchPages == "" {
		return [][]byte{newsPage()}
	}
	files, err := filepath.Glob(filepath.Join(*benchPages, "*.html"))
	if err != nil || len(files) == 0 {
		b.Fatalf("no pages in %s: %v", *benchPages, err)
	}
	for _, f := range files {
		body, err := os.ReadFile(f)
		if err != nil {
			b.Fatal(err)
		}
		pages = append(pages, body)
	}
	return pages
}

func benchmark(b *testing.B, f func(page []byte)) {
	pages := benchmarkPages(b)
	size := 0
	for _, p := range pages {
		size += len(p)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, p := range pages {
			f(p)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(pages)), "ns/page")
}

func BenchmarkExtract(b *testing.B) {
	benchmark(b, func(page []byte) { Extract(Page{Body: page}) })
}

func BenchmarkParseAlone(b *testing.B) {
	benchmark(b, func(page []byte) {
		if _, err := html.Parse(bytes.NewReader(page)); err != nil {
			b.Log(err) // nested deeper than it goes
		}
	})
}

func BenchmarkParseCut(b *testing.B) {
	benchmark(b, func(page []byte) {
		if _, err := parse(page); err != nil {
			b.Log(err)
		}
	})
}
