package meta

import (
	"slices"
	"strings"
	"testing"
)

func TestAuthors(t *testing.T) {
	ld := func(s string) string { return `<script type="application/ld+json">` + s + `</script>` }
	for _, c := range []struct {
		name, page string
		byline     []string
		agency     string
		from       string
	}{
		{"json-ld, one", ld(`{"@type":"NewsArticle","author":{"@type":"Person","name":"Mara Ellingham"}}`), []string{"Mara Ellingham"}, "", ""},
		{"json-ld, several, an agency among them", ld(`{"@type":"NewsArticle","author":[{"@type":"Person","name":"By Mara Ellingham"},{"@type":"Organization","name":"Reuters"},"Tobias Reeve"]}`),
			[]string{"Mara Ellingham", "Tobias Reeve"}, "Reuters", "json-ld"},
		{"json-ld, a reference", ld(`{"@graph":[{"@type":"Article","author":{"@id":"#m"}},{"@type":"Person","@id":"#m","name":"Mara Ellingham"}]}`), []string{"Mara Ellingham"}, "", ""},
		{"json-ld, creator", ld(`{"@type":"Article","creator":["Mara Ellingham"]}`), []string{"Mara Ellingham"}, "", ""},
		{"json-ld, in two fields", ld(`{"@type":"Article","author":{"@type":"Person","givenName":"Mara","familyName":"Ellingham"}}`), []string{"Mara Ellingham"}, "", ""},
		{"json-ld, of the page around it", ld(`{"@graph":[{"@type":"Article","headline":"x"},{"@type":"WebPage","author":{"name":"Mara Ellingham"}}]}`), []string{"Mara Ellingham"}, "", ""},
		{"an agency alone is nobody", ld(`{"@type":"Article","author":{"@type":"Person","name":"dpa"}}`), nil, "dpa", "json-ld"},
		{"the house gives way to a person", `<meta property="og:site_name" content="Evening Quay">` + ld(`{"@type":"Article","author":{"@type":"Organization","name":"Evening Quay"}}`) +
			`<h1>x</h1><div class="byline">By Mara Ellingham, Evening Quay</div>`, []string{"Mara Ellingham"}, "", ""},
		{"the house alone signs", ld(`{"@type":"Article","author":{"@type":"Organization","name":"Evening Quay"}}`), []string{"Evening Quay"}, "", ""},
		{"a name of one word grows", ld(`{"@type":"Article","author":{"name":"Mara"}}`) + `<h1>x</h1><span class="author">Mara Ellingham</span>`, []string{"Mara Ellingham"}, "", ""},
		{"a name of one word stays beside strangers", ld(`{"@type":"Article","author":{"name":"Mara"}}`) + `<h1>x</h1><span class="author">Tobias Reeve</span>`, []string{"Mara"}, "", ""},
		{"meta", `<meta name="author" content="Mara Ellingham, Tobias Reeve">`, []string{"Mara Ellingham", "Tobias Reeve"}, "", ""},
		{"meta, several", `<meta name="citation_author" content="Mara Ellingham"><meta name="citation_author" content="Tobias Reeve">`, []string{"Mara Ellingham", "Tobias Reeve"}, "", ""},
		{"meta, an address", `<meta property="article:author" content="https://social.test/quay"><h1>x</h1><p class="author">Mara Ellingham</p>`, []string{"Mara Ellingham"}, "", ""},
		{"meta, an agency", `<meta name="author" content="Agence France-Presse">`, nil, "AFP", "meta"},
		{"twitter's label", `<meta name="twitter:label1" content="Geschrieben von"><meta name="twitter:data1" content="Mara Ellingham">`, []string{"Mara Ellingham"}, "", ""},
		{"twitter's label of something else", `<meta name="twitter:label1" content="Reading time"><meta name="twitter:data1" content="Five Minutes">`, nil, "", ""},
		{"microdata", `<h1>x</h1><span itemprop="author" itemscope><span itemprop="name">Mara Ellingham</span></span>`, []string{"Mara Ellingham"}, "", ""},
		{"rel=author", `<h1>x</h1><a rel="author" href="/x">Mara Ellingham</a>`, []string{"Mara Ellingham"}, "", ""},
		{"a link to an author's page", `<h1>x</h1><p><a href="/authors/mara-ellingham">Mara Ellingham</a></p>`, []string{"Mara Ellingham"}, "", ""},
		{"such a link far below is somebody else's", `<h1>x</h1>` + strings.Repeat("<p><b>text</b></p>", 60) + `<a href="/authors/reeve">Tobias Reeve</a>`, nil, "", ""},
		{"a name and a job in two elements", `<h1>x</h1><div class="byline"><span>By</span> <a href="/m">Mara Ellingham</a> <span>Senior Harbour Reporter</span></div>`, []string{"Mara Ellingham"}, "", ""},
		{"a name in two elements", `<h1>x</h1><div class="author"><span>Mara</span> <span>Ellingham</span></div>`, []string{"Mara Ellingham"}, "", ""},
		{"two beside each other", `<h1>x</h1><div><span class="author-name">Mara Ellingham</span><span class="author-name">Tobias Reeve</span></div>`, []string{"Mara Ellingham", "Tobias Reeve"}, "", ""},
		{"agency in the byline", `<h1>x</h1><p class="byline">AFP</p>`, nil, "AFP", "byline"},
		{"not of comments", `<h1>x</h1><p class="author">Mara Ellingham</p><div class="comments"><div class="author-name">Tobias Reeve</div></div>`, []string{"Mara Ellingham"}, "", ""},
		{"not of related articles", `<div class="related-teaser"><span class="byline">Tobias Reeve</span></div><h1>x</h1><p class="author">Mara Ellingham</p>`, []string{"Mara Ellingham"}, "", ""},
		{"not who is filed under the article", `<h1>x</h1><div class="byline-meta">filed under: <a>Harbour Life</a></div><div class="byline">by <a>Mara Ellingham</a></div>`, []string{"Mara Ellingham"}, "", ""},
		{"a desk", `<h1>x</h1><p class="byline">Von <span>Redaktion Hafen</span></p>`, []string{"Redaktion Hafen"}, "", ""},
		{"a sentence is no desk", `<h1>x</h1><p class="author-report">Have you found a mistake?</p>`, nil, "", ""},
		{"templates' leftovers", `<meta name="author" content="admin"><h1>x</h1><p class="author">See all posts</p>`, nil, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := read(t, c.page, "https://quay.test/a")
			if !slices.Equal(f.Byline, c.byline) || f.Agency != c.agency || f.AgencyFrom != c.from {
				t.Errorf("byline %q, agency %q from %q; want %q, %q from %q", f.Byline, f.Agency, f.AgencyFrom, c.byline, c.agency, c.from)
			}
		})
	}
}

// A caller that walks the page itself gets the same facts.
func TestSurvey(t *testing.T) {
	page := `<title>Ferry - Evening Quay</title><h1><span>Harbour</span> The ferry runs again</h1><p class="byline">By Mara Ellingham</p>`
	f := read(t, page, "")
	if len(f.Titles) != 2 || f.Titles[1].Kicker != "Harbour" || f.Titles[1].Text != "Harbour The ferry runs again" {
		t.Errorf("titles %+v", f.Titles)
	}
}

func FuzzLinked(f *testing.F) {
	f.Add(`{"@type":"Article","author":[{"name":"Mara Ellingham"},{"@id":"#x"}],"headline":"a "b" c",}`)
	f.Add(`<!-- {"@graph":[{"@type":["Article"]},[[[[[[]]]]]]]} --> {"@type":"NewsArticle"}`)
	f.Add(`{"@type":"NewsArticle" "headline":"a\u12" "datePublished":"2026-03-04"`)
	f.Fuzz(func(t *testing.T, script string) {
		s := NewSurvey()
		s.scripts = []string{script}
		facts := s.Facts("https://quay.test/a")
		if len(s.things) > 600 {
			t.Fatalf("%d objects", len(s.things))
		}
		for _, n := range facts.Byline {
			if strings.TrimSpace(n) == "" || strings.Contains(n, "@") || len(strings.Fields(n)) > 6 {
				t.Fatalf("author %q", n)
			}
		}
	})
}
