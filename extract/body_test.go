package extract

import (
	"strings"
	"testing"
)

// Three paragraphs that stand in every page of TestBody and must be kept.
const (
	ferry = `<p>The ferry to the islands will not sail before Thursday, the harbour master said on Monday, after ice had bent one of her two propellers.</p>`
	smith = `<p>A smith from the mainland has been sent for, and the council has voted forty crowns for the work, which is to be done in the old dry dock.</p>`
	mail  = `<p>Until then the mail goes by sledge, as it did in the winter of the great frost, and nobody on the quay could say when the flour would come.</p>`
	story = ferry + smith + mail
)

// TestBody takes pages that are made like many on the web, each with one thing
// that is easily kept or lost by mistake.
func TestBody(t *testing.T) {
	for _, c := range []struct {
		name, html string
		keep, gone []string // beside the three paragraphs
	}{
		{"teasers", `<article>` + story + `<div class="k"><div class="q"><h4><a href="/1">Lantern makers ask for a later closing hour</a></h4><p>They fear for their trade in the dark months.</p></div>
			<div class="q"><h4><a href="/2">Two swans were seen on the mill pond again</a></h4><p>The miller has asked for quiet.</p></div>
			<div class="q"><h4><a href="/3">The school on the hill gets a new stove</a></h4><p>It was paid for by the parents.</p></div></div></article>`,
			nil, []string{"Lantern makers", "quiet", "stove"}},
		{"a teaser between paragraphs", `<article>` + ferry + `<div class="z"><h4><a href="/1">Lantern makers ask for a later closing hour</a></h4><p>They fear for their trade in the dark months, and the gas works will not say how long the new lamps burn.</p></div>` + smith + mail + long + long2 + `</article>`,
			nil, []string{"Lantern makers", "gas works"}},
		{"sections that begin with a heading are no teasers", `<article>` + story + `<div class="part"><h2>Which lantern burns the longest of them all</h2><p><a href="https://shop.example/a">The tin one from the mill</a></p><p>It burnt for nine hours in the tower and did not smoke once, whatever the wind did.</p></div>
			<div class="part"><h2>Which lantern is the lightest to carry far</h2><p><a href="https://shop.example/b">The horn one from the quay</a></p><p>A child carried it to the lighthouse and back without once putting it down on the ground.</p></div>
			<div class="part"><h2>Which lantern would we rather not buy again</h2><p><a href="https://shop.example/c">The paper one from the fair</a></p><p>It was gone in the first rain, and so was most of the paint that had been on it.</p></div>` + long + long2 + `</article>`,
			[]string{"nine hours", "lighthouse and back", "first rain"}, nil},
		{"the next story", `<main><article class="article-body"><h1>Ferry waits for a smith</h1>` + story + story2 + `</article><article><h1>Mill wheel turns once more</h1><p>The wheel of the upper mill turned for the first time in nine years on Sunday, to the sound of the brass band and of some hundred dogs.</p><p>The miller, who is eighty, said that he would sleep beside it for the first week, since no wheel is to be trusted in the dark.</p></article></main>`,
			nil, []string{"upper mill", "eighty"}},
		{"sections of one body", `<div><section class="article-body a">` + ferry + `</section><h2>What the smith needs for it</h2><section class="article-body b">` + smith + `</section><section class="article-body a">` + mail + `</section></div>`,
			[]string{"What the smith needs"}, nil},
		{"above the headline", `<div id="x"><div class="k1"><p>Our house delivers coal to every door in the lower town, and to the upper town on Saturdays before noon.</p></div><h1>Ferry waits for a smith</h1>` + story + `</div>`,
			nil, []string{"delivers coal"}},
		{"a name on what holds the headline", `<div class="promo-a"><p>Free delivery on all orders of coal above nine crowns, to every door in the town.</p><p>Free delivery on all orders of peat above ten crowns, to every door in the town.</p>` + strings.ReplaceAll(long2, "<p>", "<p>As our house has long told: ") + `</div><section id="page_terms"><h1>Ferry waits for a smith</h1>` + story + `</section>`,
			nil, []string{"orders of peat"}},
		{"headings made of their text", `<article>` + ferry + `<h2 id="newsletter-of-the-harbour">A letter goes round</h2>` + smith + `<h2 class="widget-title">The sledge</h2>` + mail + `</article>`,
			[]string{"A letter goes round", "The sledge"}, nil},
		{"hidden under a condition", `<article>` + ferry + `<div class="hidden md:block">` + smith + `</div><div class="field field--label-hidden">` + mail + `</div>` + long + long2 + `</article>`, nil, nil},
		{"heads of sections", `<article><h1>Ferry waits for a smith</h1>` + ferry + `<div class="accordion-header-wrap">` + smith + `</div>` + mail + `</article>`, nil, nil},
		{"a table in a figure", `<article>` + story + `<figure class="wp-block-table"><table><tr><td>Monday</td><td>nine barrels</td></tr><tr><td>Tuesday</td><td>two barrels</td></tr></table></figure></article>`,
			[]string{"nine barrels"}, nil},
		{"a quoted post", `<article>` + ferry + `<div class="social-embed share"><blockquote><p>We have flour for nine days and oats for thirty, the islands write.</p></blockquote></div>` + smith + mail + long + `</article>`,
			[]string{"oats for thirty"}, nil},
		{"paragraphs for subscribers", `<article>` + ferry + strings.Replace(smith, "<p>", `<p class="paywall" aria-hidden="true">`, 1) + mail + long + `</article>`, nil, nil},
		{"a text in the box of an advertisement", `<article>` + long2 + `<div class="ad-container">` + story + `</div>` + long + `</article>`, nil, nil},
		{"a text among buttons", `<article>` + long + long2 + `<div class="fontsize-m">` + story + `</div></article>`, nil, nil},
		{"a pulled quotation", `<article>` + ferry + `<p>“She has lost a tooth and will bite no ice this week,” said the harbour master, who has steered her for nineteen years without a scratch.</p><figure><blockquote>She has lost a tooth and will bite no ice this week</blockquote></figure>` + smith + mail + `</article>`,
			[]string{"nineteen years"}, []string{"\nShe has lost a tooth and will bite no ice this week\n"}},
		{"a caption without a name", `<article>` + ferry + `<div class="m"><div><img src="a.jpg"></div><div class="t"><p>The bent blade in the old dock.</p></div></div>` + smith + mail + long + `</article>`,
			nil, []string{"bent blade"}},
		{"a box around a form", `<article>` + ferry + `<div class="w9"><h3>Tides in your letter box</h3><p>The week on the quay, every Friday before breakfast.</p><form action="/s"><label>Address</label><input type="email"></form></div>` + smith + mail + long + `</article>`,
			nil, []string{"before breakfast", "letter box"}},
		{"a list that a sentence leads to", `<article>` + story + `<p>These three houses have offered their sledges to the post office:</p><ul><li><a href="https://a.example/">The bakery on the quay</a></li><li><a href="https://b.example/">The inn at the bridge</a></li><li><a href="https://c.example/">The school on the hill</a></li></ul>` + long + `</article>`,
			[]string{"The inn at the bridge"}, nil},
		{"a list of links on its own", `<article>` + story + long + `<ul><li><a href="/1">Lantern makers ask for later hours</a></li><li><a href="/2">Two swans on the pond</a></li></ul></article>`,
			nil, []string{"Two swans"}},
		{"labels that come again", `<article>` + ferry + `<p>What it costs:</p>` + smith + `<p>What it costs:</p>` + mail + `<p>What it costs:</p>` + long + `</article>`,
			[]string{"What it costs:"}, nil},
		{"addresses of scripts", `<div class="main">` + story + `</div><div>https://cdn.harbour.example/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r/s/t/u/v/w/x/y/z/0123456789/loader.min.js?version=20260704113000</div>`,
			nil, []string{"loader.min"}},
		{"sources", `<article>` + story + long + `<h3>Quellen</h3><p><a href="https://a.example/">Logbuch des Hafens</a></p><p>Blatt vom Montag, mit einer Karte der Bucht, gezeichnet von der Lotsin des Hafens.</p></article>`,
			nil, []string{"Quellen", "Logbuch", "Blatt vom Montag"}},
		{"who wrote it", `<head><meta name="author" content="Ansa Berling"></head><article>` + story + long + `<p>Ansa Berling keeps the tide tables of this paper and has a boat of her own.</p></article>`,
			nil, []string{"tide tables"}},
		{"about the company", `<article>` + story + long + long2 + `<h3>Über Lindenwerft</h3><p>Lindenwerft baut Fähren und flickt sie, seit es auf den Inseln Mehl gibt.</p></article>`,
			nil, []string{"Lindenwerft"}},
		{"voices of customers", `<div class="s1"><div class="s2"><h1>Ferry waits for a smith</h1></div><div class="s3"><div class="s4">` + story + long + `</div></div><div class="s5"><div class="s6"><div class="s7"><div class="s8"><p>Everyone at the shop was kind to me and to my goose, and the coal was black, as it should be, and dry.</p></div><div class="s9">Berit L.</div></div><div class="s7"><div class="s8"><p>We have burnt their coal for nine winters and would burn it for nine more if it were up to us.</p></div><div class="s9">Olav H.</div></div></div></div></div>`,
			nil, []string{"my goose", "Olav H."}},
		{"sections of nameless boxes", `<div class="s1"><div class="s2"><h1>Ferry waits for a smith</h1></div><div class="s3 a"><div class="s4">` + story + long + `</div></div><div class="s3 b"><div class="s5"><h2>What the smith needs</h2><p>Everyone on the quay knows what a smith needs, and the council has been told of it by everyone on the quay.</p>` + long2 + `</div></div></div>`,
			[]string{"What the smith needs", "told of it"}, nil},
		{"a line that leads on", `<article>` + story + long + `<p>See how the old dock looked in the morning:</p></article>`,
			nil, []string{"in the morning:"}},
		{"a standfirst told twice", `<head><meta name="description" content="The islands wait for flour while a smith is on his way from the mainland."></head><header><h1>Ferry waits for a smith</h1><p>The islands wait for flour while a smith is on his way from the mainland.</p></header><div class="article-body"><p>The islands wait for flour while a smith is on his way from the mainland.</p>` + story + `</div>`,
			[]string{"The islands wait"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			head, body := `<title>Ferry waits for a smith</title>`, c.html
			if strings.HasPrefix(body, "<head>") {
				h, rest, _ := strings.Cut(strings.TrimPrefix(body, "<head>"), "</head>")
				head, body = head+h, rest
			}
			a := Extract(Page{URL: "https://harbour.example/2026/ferry", Body: []byte("<!doctype html><html><head>" + head + "</head><body>" + body + "</body></html>")})
			text := "\n" + a.Text() + "\n"
			for _, s := range append([]string{"ice had bent", "voted forty crowns", "goes by sledge"}, c.keep...) {
				switch n := strings.Count(text, s); {
				case n == 0:
					t.Errorf("lost: %q", s)
				case n > 1 && !strings.HasSuffix(s, ":"):
					t.Errorf("%d times: %q", n, s)
				}
			}
			for _, s := range c.gone {
				if strings.Contains(text, s) {
					t.Errorf("kept: %q", s)
				}
			}
			if t.Failed() {
				t.Logf("text:%s\nremoved: %+v", text, a.Removed)
			}
		})
	}
}

const (
	story2 = `<p>The last time that a propeller was bent here was in the year of the two comets, when the dock had no roof and the smith lost his hat to the wind.</p>`
	long   = story2 + `<p>The old men of the quay remember a colder year, when carts went over the strait and a dance was held on the ice, with lamps and a fiddle.</p>
<p>They also remember that the ice broke up in a single night, and that the fiddle was found in May by a boy from the far side of the bay.</p>
<p>None of it is in the books of the harbour, which begin with the present pier and were twice under water before anybody thought of a shelf.</p>
<p>The council will come together once more on Friday, with the smith if he is there, and with the baker, who has asked to be heard on flour.</p>`
	long2 = `<p>A dock without a roof is no dock, as the smith of that year is said to have told the mayor, who gave him a hat and no roof.</p>
<p>There are nineteen hats in the museum, all of them from that one year, and the keeper says that none of them would fit a smith.</p>
<p>The keeper also has the first propeller of the ferry, cast in bronze, on which the children of the lower town like to ring with spoons.</p>
<p>It will not be lent to the ferry, since the shaft was made thicker in the year of the flood, by a hand that nobody wants to name.</p>
<p>So the islands wait, and bake with oats, and write letters that are not read before the sledge has been there and back again.</p>`
)
