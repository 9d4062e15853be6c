package main

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"time"

	"pressmark/archive"
)

// A paper is an invented site: pages with much in common, as those of real
// sites have, so that they are packed as real ones are.
type paper struct {
	name string
	host string
	head string // what all its pages begin with
	foot string
}

// Sites whose captures are treated in a way of their own.
const (
	pruned = "The Forgetful Courier" // its originals are pruned
	doomed = "The Withdrawn Herald"  // its pages are taken down
)

var (
	places  = strings.Fields("Arden Brockwell Calder Dunmore Estrid Fallow Garrick Holm Ivers Jessop Kessel Lorne Marlow Neville Orrin Pell Quist Rowan Stroud Tarn Ulven Varley Wexcombe Yarrow")
	offices = strings.Fields("harbour bridge school tramway library budget market hospital ferry orchard theatre quarry lighthouse museum archive waterworks observatory railway")
	verbs   = strings.Fields("opened closed repaired counted promised refused measured painted sold moved surveyed leased insured restored dismissed audited")
	days    = strings.Fields("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
)

func papers() []*paper {
	names := []string{"The Arden Gazette", "Brockwell Evening Post", "Calder Morning Star", "Dunmore Observer", pruned, doomed}
	var list []*paper
	for i, name := range names {
		r := rand.New(rand.NewPCG(uint64(i), 77))
		p := &paper{name: name, host: strings.ToLower(strings.ReplaceAll(name, " ", "-")) + ".example"}
		var b strings.Builder
		fmt.Fprintf(&b, "<meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><link rel=\"stylesheet\" href=\"/assets/%08x.css\">\n<style>\n", r.Uint32())
		for range 40 {
			fmt.Fprintf(&b, ".%s-%s{margin:%dpx %dpx;color:#%06x;font:%dpx/1.%d serif}\n", offices[r.IntN(len(offices))], verbs[r.IntN(len(verbs))], r.IntN(40), r.IntN(40), r.IntN(1<<24), 10+r.IntN(20), r.IntN(9))
		}
		b.WriteString("</style></head><body><header><nav>\n")
		for range 30 {
			fmt.Fprintf(&b, "<a class=\"nav-item nav-%d\" href=\"/%s/%s\">%s</a>\n", r.IntN(9), strings.ToLower(places[r.IntN(len(places))]), offices[r.IntN(len(offices))], places[r.IntN(len(places))])
		}
		b.WriteString("</nav></header>\n")
		p.head = b.String()
		b.Reset()
		fmt.Fprintf(&b, "<footer><p>%s. All rights reserved.</p><script>window.paper={id:%d,", name, r.Uint32())
		for range 30 {
			fmt.Fprintf(&b, "%s_%s:%d,", offices[r.IntN(len(offices))], verbs[r.IntN(len(verbs))], r.IntN(100000))
		}
		b.WriteString("}</script></footer></body></html>\n")
		p.foot = b.String()
		list = append(list, p)
	}
	return list
}

func (p *paper) url(n int) string { return fmt.Sprintf("https://%s/news/%d/story", p.host, n) }

// A piece is what an article says: the same number is the same text in every
// paper, and an edition that is later has an edit more.
func piece(number uint64, edition int) (title string, paragraphs []string) {
	r := rand.New(rand.NewPCG(number, 5))
	pick := func(r *rand.Rand, list []string) string { return list[r.IntN(len(list))] }
	sentence := func(r *rand.Rand) string {
		return fmt.Sprintf("%s %s, who runs the %s of %s, said on %s that the council had %s the %s and then %s %d lamps of the %s after %d weeks of argument.",
			pick(r, places), pick(r, places), pick(r, offices), pick(r, places), pick(r, days), pick(r, verbs), pick(r, offices), pick(r, verbs), 2+r.IntN(900), pick(r, offices), 2+r.IntN(60))
	}
	title = fmt.Sprintf("The %s of %s is %s on %s, and %s waits", pick(r, offices), pick(r, places), pick(r, verbs), pick(r, days), pick(r, places))
	for range 6 + r.IntN(8) {
		paragraphs = append(paragraphs, sentence(r)+" "+sentence(r)+" "+sentence(r))
	}
	for e := 1; e <= edition; e++ {
		er := rand.New(rand.NewPCG(number, uint64(1000+e)))
		if i := er.IntN(len(paragraphs)); e%3 == 0 {
			paragraphs[i] = sentence(er) + " " + sentence(er)
		} else {
			paragraphs = append(paragraphs, fmt.Sprintf("Correction %d: %s", e, sentence(er)))
		}
		if len(paragraphs) > 24 {
			paragraphs = append(paragraphs[:4], paragraphs[10:]...)
		}
	}
	return title, paragraphs
}

// page is the paper's page of a piece.
func (p *paper) page(number uint64, edition int, more ...string) []byte {
	title, text := piece(number, edition)
	text = append(text, more...)
	return fmt.Appendf(nil, `<!doctype html><html lang="en"><head><title>%[1]s – %[2]s</title>
<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":%[1]q}</script>
%[3]s<main><article><h1>%[1]s</h1>
<p>%[4]s</p>
</article></main>
%[5]s`, title, p.name, p.head, strings.Join(text, "</p>\n<p>"), p.foot)
}

// capture is one of the page, as the network would have brought it.
func (p *paper) capture(n int, body []byte, at time.Time) archive.Capture {
	return archive.Capture{
		URL: p.url(n), Final: p.url(n), Status: 200, FetchedAt: at, Site: p.name, Via: "https://" + p.host + "/feed",
		Header: http.Header{"Content-Type": {"text/html; charset=utf-8"}, "Server": {"nginx"}, "Etag": {fmt.Sprintf("%q", fmt.Sprint(n, len(body)))}}, Body: body,
	}
}
