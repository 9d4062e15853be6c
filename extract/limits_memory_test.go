package extract

import (
	"runtime"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// TestMemoryIsBounded makes hostile pages eight times as long and asserts that
// what is allocated for each byte stays about the same: where a list is copied
// for each of its entries, it is eight times as much.
func TestMemoryIsBounded(t *testing.T) {
	const sentence = "The harbour bridge will close to all traffic on Sunday night, the port authority said. "
	allocated := func(page string) float64 {
		var before, after runtime.MemStats
		body := []byte("<html><body>" + page)
		Extract(Page{Body: body}) // tables are made, buffers are there
		runtime.ReadMemStats(&before)
		Extract(Page{Body: body})
		runtime.ReadMemStats(&after)
		return float64(after.TotalAlloc-before.TotalAlloc) / float64(len(body))
	}
	for _, c := range []struct {
		name string
		page func(n int) string
	}{
		{"tiny elements", func(n int) string { return strings.Repeat("<i>a</i>", n) }},
		{"tiny blocks", func(n int) string { return strings.Repeat("<div>a</div>", n) }},
		{"class words", func(n int) string {
			return `<div class="` + strings.Repeat("article-body related cookie-bar ", n) + `">` + sentence
		}},
		{"attributes", func(n int) string { return "<div " + strings.Repeat("data-a=b onclick=c style=d ", n) + ">" + sentence }},
		{"unclosed scripts", func(n int) string { return strings.Repeat("<script>a<!-- <script>", n) }},
		{"comments", func(n int) string { return strings.Repeat("a<!-- - -- --! <!-->", n) }},
		{"quotes", func(n int) string { return strings.Repeat(`<p a="x' b='y">`, n) }},
		{"unclosed drawings", func(n int) string { return strings.Repeat("<svg><path/>", n) }},
		{"drawings", func(n int) string { return strings.Repeat("<svg><path/></svg>", n) + "<svg>" }},
		{"less-than", func(n int) string { return strings.Repeat("< </", n) }},
		{"notices", func(n int) string {
			return strings.Repeat("<div class=cookie-bar><p>We use cookies to do it.</p><button>x</button></div>", n)
		}},
		{"rows", func(n int) string { return "<table>" + strings.Repeat("<tr><td>a. <td>b", n) }},
		{"headings", func(n int) string { return strings.Repeat("<h2>"+sentence+"</h2><p>"+sentence+"</p>", n/4) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			const n = 1500
			short, long := allocated(c.page(n)), allocated(c.page(8*n))
			if long > short*4+200 { // lists that are long are not kept for the next page
				t.Errorf("%.0f bytes for each of the page, %.0f for a page eight times as long", short, long)
			}
		})
	}
}

// TestLargest reads a page as large as any that is read.
func TestLargest(t *testing.T) {
	paragraph := "<p>" + strings.Repeat("The ferry was late again on Tuesday, said the captain, and nobody on the quay was surprised by it. ", 300) + "</p>\n"
	body := []byte("<html><body><article>" + strings.Repeat(paragraph, (MaxBody-100)/len(paragraph)))
	if a := Extract(Page{Body: body}); a.Kind != News && a.Kind != Partial && a.Kind != Other || len(a.Blocks) == 0 {
		t.Errorf("kind %q (%s), %d blocks", a.Kind, a.Why, len(a.Blocks))
	}
	if a := Extract(Page{Body: append(body, make([]byte, MaxBody)...)}); a.Kind != Other {
		t.Errorf("a page over the limit is %q", a.Kind)
	}
}

// A million attributes that nobody asks for never reach the parser.
func TestMillionAttributes(t *testing.T) {
	page := []byte("<html><body><div " + strings.Repeat("data-a=b ", 1_000_000) + "><p>The ferry was late again.</p></div>")
	lean := cut(page, nil)
	if len(lean) > 100 {
		t.Fatalf("%d bytes are left", len(lean))
	}
	if _, err := html.Parse(strings.NewReader(string(lean))); err != nil {
		t.Fatal(err)
	}
}
