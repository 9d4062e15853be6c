package discover

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseSitemaps(t *testing.T) {
	tests := []struct {
		name, body string
		want       Found
	}{
		{"news", `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc> https://www.gazette.example/news/1?utm_source=x </loc><lastmod>2026-11-14T10:00:00+01:00</lastmod>
<news:news><news:publication><news:name>Gazette</news:name><news:language>en</news:language></news:publication>
<news:publication_date>2026-11-14</news:publication_date><news:title>Ferry &amp; fog</news:title></news:news>
<image:image><image:loc>https://cdn.example/1.jpg</image:loc><image:title>A ferry</image:title></image:image></url>
<url><loc><![CDATA[https://www.gazette.example/news/2?a=1&b=2]]></loc><lastmod>yesterday</lastmod></url>
<url><loc>https://www.gazette.example/news/1</loc></url><url><loc></loc></url><url><loc>ftp://x.example/</loc></url></urlset>`,
			Found{Format: "sitemap", Links: []Link{
				{URL: "https://www.gazette.example/news/1", Title: "Ferry & fog", Kind: Page, Published: at("2026-11-14T00:00:00Z"), Modified: at("2026-11-14T09:00:00Z")},
				{URL: "https://www.gazette.example/news/2?a=1&b=2", Kind: Page}}}},
		{"index", `<sitemapindex><sitemap><loc>/sitemap-2026-11.xml.gz</loc><lastmod>2026-11</lastmod></sitemap></sitemapindex>`,
			Found{Format: "sitemap index", Links: []Link{{URL: "https://www.gazette.example/sitemap-2026-11.xml.gz", Kind: Sitemap, Modified: at("2026-11-01T00:00:00Z")}}}},
		{"with a prefix", `<s:urlset xmlns:s="http://www.sitemaps.org/schemas/sitemap/0.9"><s:url><s:loc>/a</s:loc></s:url></s:urlset>`,
			Found{Format: "sitemap", Links: []Link{{URL: "https://www.gazette.example/a", Kind: Page}}}},
		{"cut off", `<urlset><url><loc>/a</loc></url><url><loc>/b`,
			Found{Format: "sitemap", Why: "the sitemap is broken off", Links: []Link{{URL: "https://www.gazette.example/a", Kind: Page}}}},
		{"empty", `<urlset></urlset>`, Found{Format: "sitemap", Why: "the sitemap has no entries"}},
		{"nothing usable", `<urlset><url><loc>data:x</loc></url></urlset>`, Found{Format: "sitemap", Why: "none of the 1 entries of the sitemap has a usable link"}},
		{"a million laughs", `<!DOCTYPE urlset [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><urlset><url><loc>/a</loc><lastmod>&b;</lastmod></url></urlset>`,
			Found{Format: "sitemap", Links: []Link{{URL: "https://www.gazette.example/a", Kind: Page}}}},
		{"nested without end", `<urlset><url><loc>/a</loc></url>` + strings.Repeat("<x xmlns='y'>", 200_000),
			Found{Format: "sitemap", Why: "the sitemap is broken off", Links: []Link{{URL: "https://www.gazette.example/a", Kind: Page}}}},
		{"a URL a line", "https://www.gazette.example/a\r\n\nhttps://www.gazette.example/b\n",
			Found{Format: "url list", Links: []Link{{URL: "https://www.gazette.example/a", Kind: Page}, {URL: "https://www.gazette.example/b", Kind: Page}}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, body := range [][]byte{[]byte(tt.body), packed([]byte(tt.body))} {
				got, err := Parse(body, "application/xml", "https://www.gazette.example/sitemap.xml")
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(tt.want, got); diff != "" {
					t.Error(diff)
				}
			}
		})
	}
}

func TestSitemapLimit(t *testing.T) {
	var b strings.Builder
	b.WriteString("<urlset>")
	for i := range maxLinks + 10 {
		fmt.Fprintf(&b, "<url><loc>/%d</loc></url>", i)
	}
	got, err := Parse([]byte(b.String()+"</urlset>"), "", base)
	if err != nil || len(got.Links) != maxLinks || !strings.Contains(got.Why, "only the first 50000") {
		t.Errorf("%d links, %q, %v", len(got.Links), got.Why, err)
	}
}
