package meta

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func ld(s string) string { return `<script type="application/ld+json">` + s + `</script>` }

func TestTags(t *testing.T) {
	for name, c := range map[string]struct {
		page string
		want []string
	}{
		"article:tag":          {`<meta property="article:tag" content="Harbour"><meta property="article:tag" content="Ferries"><meta name="keywords" content="news, today">`, []string{"Harbour", "Ferries"}},
		"JSON-LD list":         {ld(`{"@type":"NewsArticle","headline":"x","keywords":["Harbour","Holm, town of"," harbour "]}`), []string{"Harbour", "Holm", "town of"}},
		"JSON-LD text":         {ld(`{"@type":"NewsArticle","headline":"x","keywords":"Harbour, Ferries"}`), []string{"Harbour", "Ferries"}},
		"JSON-LD terms":        {ld(`{"@type":"NewsArticle","headline":"x","keywords":[{"@type":"DefinedTerm","name":"Harbour"}]}`), []string{"Harbour"}},
		"codes":                {ld(`{"@type":"NewsArticle","headline":"x","keywords":["type:article","section:news","Ferry: the film"]}`), []string{"Ferry: the film"}},
		"keywords":             {`<meta name="keywords" content="Hafen; Fähre;; Hafen">`, []string{"Hafen", "Fähre"}},
		"full width commas":    {`<meta name="keywords" content="港、フェリー">`, []string{"港", "フェリー"}},
		"links":                {`<p><a rel="tag" href="/t/1">#Harbour</a> <a rel="nofollow tag" href="/t/2">Ferries</a> <a rel="tagged" href="/x">no</a></p>`, []string{"Harbour", "Ferries"}},
		"the site is no tag":   {`<meta property="og:site_name" content="Holm Courier"><meta name="keywords" content="Holm Courier, Harbour">`, []string{"Harbour"}},
		"nothing":              {`<p>x`, nil},
		"of what is not a tag": {`<meta name="keywords" content="https://x.test/a">`, nil},
	} {
		if d := cmp.Diff(c.want, read(t, c.page, "https://x.test/a").Tags); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}

func TestImage(t *testing.T) {
	for name, c := range map[string]struct{ page, want string }{
		"og":        {`<meta property="og:image" content="/i/a.jpg">`, "https://x.test/i/a.jpg"},
		"twitter":   {`<meta name="twitter:image" content="//cdn.test/a.jpg">`, "https://cdn.test/a.jpg"},
		"text":      {ld(`{"@type":"Article","image":"a.jpg"}`), "https://x.test/n/a.jpg"},
		"object":    {ld(`{"@type":"Article","image":{"@type":"ImageObject","url":"/b.jpg"}}`), "https://x.test/b.jpg"},
		"list":      {ld(`{"@type":"Article","image":[{"@type":"ImageObject"},"/c.jpg"]}`), "https://x.test/c.jpg"},
		"reference": {ld(`{"@graph":[{"@type":"Article","image":{"@id":"#i"}},{"@type":"ImageObject","@id":"#i","contentUrl":"/d.jpg"}]}`), "https://x.test/d.jpg"},
		"data":      {`<meta property="og:image" content="data:image/png;base64,AAAA">`, ""},
		"none":      {`<p>x`, ""},
	} {
		if got := read(t, c.page, "https://x.test/n/1").Image; got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestAccess(t *testing.T) {
	for name, c := range map[string]struct {
		page string
		want Access
	}{
		"free":              {ld(`{"@type":"NewsArticle","isAccessibleForFree":true}`), Free},
		"paid, as text":     {ld(`{"@type":"NewsArticle","isAccessibleForFree":"False"}`), Paid},
		"as an address":     {ld(`{"@type":"NewsArticle","isAccessibleForFree":"https://schema.org/False"}`), Paid},
		"a part":            {ld(`{"@type":"NewsArticle","isAccessibleForFree":true,"hasPart":{"@type":"WebPageElement","isAccessibleForFree":"False","cssSelector":".paid"}}`), Paid},
		"one of the parts":  {ld(`{"@type":"NewsArticle","hasPart":[{"isAccessibleForFree":true,"cssSelector":".a"},{"isAccessibleForFree":false,"cssSelector":".b"}]}`), Paid},
		"of the page":       {ld(`[{"@type":"NewsArticle"},{"@type":"WebPage","isAccessibleForFree":false}]`), Paid},
		"tier":              {`<meta property="article:content_tier" content="Metered">`, Metered},
		"tier and JSON-LD":  {`<meta property="article:content_tier" content="metered">` + ld(`{"@type":"NewsArticle","isAccessibleForFree":false}`), Metered},
		"locked":            {`<meta name="content-tier" content="locked">`, Paid},
		"a house's own":     {`<meta name="hc:paywall" content="true">`, Paid},
		"a house's own, no": {`<meta name="ispremium" content="0">`, Free},
		"nonsense":          {`<meta name="premium" content="skin:blue">`, ""},
		"nothing":           {`<p>x`, ""},
	} {
		if got := read(t, c.page, "").Access; got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestPages(t *testing.T) {
	for name, c := range map[string]struct {
		url, page, next string
		all             []string
	}{
		"link rel=next":       {"https://x.test/a/long-read", `<link rel="next" href="/a/long-read?page=2">`, "https://x.test/a/long-read?page=2", []string{"https://x.test/a/long-read?page=2"}},
		"numbers":             {"https://x.test/a/long-read.html", `<div><b>1</b> <a href="long-read,2.html">2</a> <a href="long-read,3.html"><span>3</span></a></div>`, "https://x.test/a/long-read,2.html", []string{"https://x.test/a/long-read,2.html", "https://x.test/a/long-read,3.html"}},
		"on its second page":  {"https://x.test/a/the-long-read/2", `<a href="/a/the-long-read">1</a> 2 <a href="/a/the-long-read/3">3</a>`, "https://x.test/a/the-long-read/3", []string{"https://x.test/a/the-long-read", "https://x.test/a/the-long-read/3"}},
		"words of a language": {"https://x.test/a/das-lange-stück", `<a rel=next href="/a/das-lange-stück/seite-2">weiter</a>`, "https://x.test/a/das-lange-st%C3%BCck/seite-2", []string{"https://x.test/a/das-lange-st%C3%BCck/seite-2"}},
		"kept parameters":     {"https://x.test/a?id=77", `<a href="/a?id=77&amp;p=2">2</a><a href="/a?id=78&amp;p=2">2</a>`, "https://x.test/a?id=77&p=2", []string{"https://x.test/a?id=77&p=2"}},

		"the next article of a blog": {"https://x.test/2026/05/a-ferry", `<link rel="next" href="/2026/05/a-quay"><a rel="next" href="/2026/05/a-quay">A quay</a>`, "", nil},
		"ids, not pages":             {"https://x.test/news/12", `<a rel=next href="/news/13">next</a>`, "", nil},
		"comments":                   {"https://x.test/a/long-read", `<div class="comments-pager"><a href="?page=2">2</a></div>`, "", nil},
		"another site":               {"https://x.test/a/long-read", `<a href="https://y.test/a/long-read?page=2">2</a>`, "", nil},
		"a number that lies":         {"https://x.test/a/long-read", `<a href="/a/long-read?page=7">2</a>`, "", nil},
		"a list of ten":              {"https://x.test/a/top-10", `<a href="/a/top-11">11</a><a href="#2">2</a>`, "", nil},
	} {
		f := read(t, c.page, c.url)
		if f.Next != c.next {
			t.Errorf("%s: next %q, want %q", name, f.Next, c.next)
		}
		if d := cmp.Diff(c.all, f.Pages); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}

func TestTypes(t *testing.T) {
	f := read(t, `<meta property="og:type" content="product.group">`+ld(`{"@graph":[{"@type":"WebSite"},{"@type":["Article","NewsArticle"],"headline":"a"},{"@type":"NewsArticle","headline":"b"},{"@type":"NewsArticle","headline":"a"}]}`)+
		`<div itemscope itemtype="https://schema.org/Product"></div>`, "")
	if d := cmp.Diff([]string{"Article", "NewsArticle", "Product", "product.group"}, f.Types); d != "" {
		t.Error(d)
	}
	if f.Articles != 2 {
		t.Errorf("%d articles, want 2", f.Articles)
	}
}
