package filter

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// invented makes a list as long as the large ones in use: 14,000 rules that
// name no site, of which a tenth have neither an id nor a class, and 30,000
// that name one.
func invented() string {
	var b strings.Builder
	word := func(n int) string {
		const syllables = "bakedilofumaneporasitovuwexazogihelukinotypaqerusomive"
		var w strings.Builder
		for n = n*7919 + 13; n > 0; n /= 27 {
			w.WriteString(syllables[n%27*2 : n%27*2+2])
		}
		return w.String()
	}
	for i := range 14000 {
		switch {
		case i%20 == 0:
			fmt.Fprintf(&b, "##a[href^=\"https://%s.example/\"]\n", word(i))
		case i%20 == 10:
			fmt.Fprintf(&b, "##div[class*=\"%s-\"]\n", word(i))
		case i%50 == 1:
			fmt.Fprintf(&b, "##.%s > .%s-box\n", word(i), word(i/7))
		case i%2 == 0:
			fmt.Fprintf(&b, "###%s-%s\n", word(i), word(i/3))
		default:
			fmt.Fprintf(&b, "##.%s_%s\n", word(i), word(i/5))
		}
	}
	for i := range 30000 {
		fmt.Fprintf(&b, "%s.example,%s.example##.%s\n", word(i/4), word(i), word(i%900))
	}
	for i := range 60 {
		fmt.Fprintf(&b, "paper.example##.%s > div\n", word(i))
	}
	b.WriteString("##.promo-rail\n##div[class*=\"promo-\"]\n")
	return b.String()
}

// inventedPage is a page of some 100 KB with the elements that news pages have.
func inventedPage() string {
	var b strings.Builder
	b.WriteString(`<html><body class="single post-type-news"><header id="top" class="site-header wide"><nav class="menu main-menu">`)
	for i := range 150 {
		fmt.Fprintf(&b, `<li class="menu-item item-%d"><a class="menu-link" href="https://paper.example/section/%d">Section %d</a></li>`, i, i, i)
	}
	b.WriteString(`</nav></header><main><h1>The ferry sails again</h1><div class="entry-content clearfix">`)
	for i := range 60 {
		fmt.Fprintf(&b, `<p class="wp-block-paragraph">Sentence number %d tells of the ferry, of the people who took it, and of the weather on the way, which was not as good as in the year before. `+
			`Those who waited at the quay had brought umbrellas, bread and a great deal of patience, and two of them had brought a dog.</p>`, i)
	}
	b.WriteString(`</div></main><aside class="sidebar">`)
	for i := range 250 {
		fmt.Fprintf(&b, `<div class="teaser teaser--small js-teaser" data-id="%d"><a class="teaser__link" href="https://paper.example/2026/03/%d"><span class="teaser__title">A story of number %d in brief</span></a></div>`, i, i, i)
	}
	b.WriteString(`<div class="promo-rail"><p>Every week the best of the ferry.</p></div></aside></body></html>`)
	return b.String()
}

func BenchmarkHide(b *testing.B) {
	l, err := Read("invented", strings.NewReader(invented()))
	if err != nil || len(l.Faults) > 0 {
		b.Fatal(err, l.Faults)
	}
	s := New(l)
	text := inventedPage()
	doc, err := html.Parse(strings.NewReader(text))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(s.Len()), "rules")
	b.ReportMetric(float64(len(text))/1000, "KB")
	for b.Loop() {
		v := s.Look(doc, "https://www.paper.example/2026/03/1")
		if v.page.admit(v.hits, v.rules, Article{}); len(v.hits) != 2 {
			b.Fatal(len(v.hits))
		}
	}
}

func BenchmarkNew(b *testing.B) {
	text := invented()
	for b.Loop() {
		l, err := Read("invented", strings.NewReader(text))
		if err != nil {
			b.Fatal(err)
		}
		New(l)
	}
}

func BenchmarkParseOfPage(b *testing.B) {
	text := inventedPage()
	for b.Loop() {
		if _, err := html.Parse(strings.NewReader(text)); err != nil {
			b.Fatal(err)
		}
	}
}
