package extract

import (
	"fmt"
	"strings"
	"testing"
)

const (
	brief   = "The night ferry to Holm stays in harbour until Friday. Its owner named a broken shaft as the reason."
	longish = "The harbour board voted on Tuesday to close the northern quay for the winter, after divers had found cracks in four of its pillars. "
)

// teasers makes a list as the front pages of papers have them.
func teasers(n int, dek bool) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `<div class="x%d"><h3><a href="/n/%d">Headline number %d of the page about a quay</a></h3><span>%d May</span>`, i%3, i, i, i+1)
		if dek {
			fmt.Fprintf(&b, "<p>What happened at quay %d is told in one sentence of some length here.</p>", i)
		}
		b.WriteString("</div>")
	}
	return b.String()
}

// TestKinds reads one page of each kind that a crawl of a paper meets.
func TestKinds(t *testing.T) {
	article := "<h1>Quay to close for the winter</h1><p>" + strings.Repeat(longish, 2) + "</p><p>" + strings.Repeat(longish, 3) + "</p><p>" + longish + "</p>"
	ld := func(s string) string { return `<script type="application/ld+json">` + s + `</script>` }
	for _, c := range []struct {
		name, address, head, body string
		kind                      Kind
	}{
		{"article that says nothing of itself", "/2026/05/04/quay", "", article, News},
		{"article above many teasers", "/2026/05/04/quay", "", article + teasers(30, true), News},
		{"article in a directory of topics", "/topics/harbour/quay-to-close", "", article, News},
		{"brief", "/2026/05/04/ferry", `<meta property="article:published_time" content="2026-05-04T08:00:00Z">`, "<h1>Ferry stays in</h1><p>" + brief + "</p>", News},
		{"brief with JSON-LD on a busy page", "/a/1", ld(`{"@type":"NewsArticle","headline":"Ferry stays in","datePublished":"2026-05-04"}`), "<h1>Ferry stays in</h1><p>" + brief + "</p>" + teasers(40, true), News},
		{"article with a table of prices", "/2026/05/04/fares", `<meta property="og:type" content="article">`, article + "<table>" + strings.Repeat("<tr><td>Holm</td><td>$ 12.50</td></tr>", 9) + "</table>", News},
		{"film beside an article", "/2026/05/04/quay", ld(`[{"@type":"VideoObject","name":"The quay"},{"@type":"NewsArticle","headline":"Quay to close for the winter"}]`), article, News},

		{"section front", "/harbour", `<meta property="og:type" content="website">`, "<h1>Harbour</h1>" + teasers(14, true), Other},
		{"section front that calls itself an article", "/harbour", `<meta property="og:type" content="article">`, "<h1>Harbour</h1>" + teasers(14, true), Other},
		{"front of headlines alone", "/news", "", "<h1>News</h1>" + teasers(25, false), Other},
		{"front that describes what it lists", "/news", ld(`{"@graph":[{"@type":"NewsArticle","headline":"Headline a"},{"@type":"NewsArticle","headline":"Headline b"},{"@type":"NewsArticle","headline":"Headline c"}]}`), "<h1>News</h1>" + teasers(12, true), Other},
		{"tag page with an introduction", "/tag/harbour", "", "<h1>Harbour</h1><p>" + longish + "</p>" + teasers(6, false), Other},
		{"author page", "/autor/jo-lind", ld(`{"@type":"ProfilePage"}`), "<h1>Jo Lind</h1><p>Jo Lind writes about the harbour, the ferries and whoever sails on them, and has done so since 2009.</p>" + teasers(4, true), Other},
		{"search", "/search", "", "<h1>Results for quay</h1>" + teasers(5, true), Other},
		{"film", "/watch/12", ld(`{"@type":"VideoObject","name":"The quay from above"}`), "<h1>The quay from above</h1><p>Our drone flew over the northern quay on a quiet morning in May.</p>", Other},
		{"podcast", "/listen/12", ld(`{"@type":"PodcastEpisode","name":"Quayside"}`), "<h1>Quayside, episode 12</h1><p>Jo Lind talks to the diver who found the cracks in the pillars.</p>", Other},
		{"product", "/shop/lamp", ld(`{"@type":"Product","name":"Lamp"}`), "<h1>Brass lamp</h1><p>€ 49.00</p><p>" + longish + "</p>", Other},
		{"collection", "/lamps", `<meta property="og:type" content="product.group">`, "<h1>Lamps</h1><p>" + longish + "</p>" + strings.Repeat("<div><a href=/l>A lamp of brass</a><p>$ 49.00</p></div>", 8), Other},
		{"forum", "/forum/boats/", "", "<h1>Boats</h1>" + teasers(12, false), Other},
		{"thread whose posts are comments", "/forum/t/12", "", `<h1>Which rope for the quay?</h1><div class="comments"><div class="comment"><p>` + longish + `</p></div><div class="comment"><p>I take the blue one, and it has held in every storm so far, I am glad to say.</p></div></div>`, Other},
		{"login", "/login", "", "<h1>Sign in</h1><p>Enter the address that you gave us and the password that we sent to it.</p><form><input type=password></form>", Other},
		{"not found, status 200", "/2026/05/04/x", "", "<h1>Page not found</h1><p>The page that you asked for has moved, or never was here at all.</p>", Other},
	} {
		t.Run(c.name, func(t *testing.T) {
			title := "The Holm Courier"
			a := Extract(Page{URL: "https://courier.test" + c.address, Body: []byte("<html><head><title>" + title + "</title>" + c.head + "</head><body><main>" + c.body + "</main></body></html>")})
			if a.Kind != c.kind || c.kind == Other && a.Why == "" {
				t.Errorf("kind %q, why %q; want %q\n%s", a.Kind, a.Why, c.kind, a.Text())
			}
			if strings.HasPrefix(c.name, "thread") && !strings.Contains(a.Text(), "the blue one") {
				t.Errorf("what the members wrote is lost: %q", a.Text())
			}
		})
	}
}
