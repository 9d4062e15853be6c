package crawler_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"pressmark/archive"
	"pressmark/crawler"
	"pressmark/crawler/frontier"
)

// barred takes pages that say so for walls.
func barred(o *crawler.Options) {
	o.Wall = func(c archive.Capture) (string, bool) {
		return "it asks for consent", bytes.Contains(c.Body, []byte("wall"))
	}
}

// A page that shows a wall is asked for again soon, then ever more rarely, and
// without the wall's validators, until the article is back.
func TestWalledPageIsAskedForAgain(t *testing.T) {
	const wall = "200\nETag: \"wall\"\n\nwall"
	w := newWorld(t, entry("A/a.xml", feed("$A/0"))+entry("A/0", "200\nETag: \"news\"\n\nnews")+entry("A/0", wall)+entry("A/0", wall)+entry("A/0", wall)+entry("A/0", "200\n\nnews"), barred)
	site := crawler.Site{Feeds: []string{"$A/a.xml"}}
	var pauses []string
	for i := range 5 {
		w.round(site, crawler.Due)
		for _, r := range w.requests() {
			if r.path == "A/0" && i > 1 && r.header.Get("If-None-Match") != "" {
				t.Errorf("look %d asks whether the wall is unchanged: %s", i, r.header.Get("If-None-Match"))
			}
		}
		for item, err := range w.frontier.List(context.Background(), frontier.Query{Kind: frontier.Page}) {
			if err != nil {
				t.Fatal(err)
			}
			pause := item.Due.Sub(w.clock.now())
			pauses = append(pauses, fmt.Sprintf("%d: %v", item.Walls, pause.Truncate(15*time.Minute)))
			w.clock.turn(pause)
		}
	}
	if got, want := strings.Join(pauses[1:4], "; "), "1: 15m0s; 2: 30m0s; 3: 1h0m0s"; got != want || !strings.HasPrefix(pauses[4], "0: ") {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// A site of which every page is a wall is left alone, each time for longer;
// an article in between shows that it isn't.
func TestSiteOfWallsIsLeftAlone(t *testing.T) {
	text := ""
	var urls []string
	for i := range 20 {
		urls = append(urls, fmt.Sprintf("$A/%d", i))
		text += entry(fmt.Sprintf("A/%d", i), "200\n\nwall")
	}
	w := newWorld(t, text+entry("A/a.xml", feed(urls...)), barred)
	site := crawler.Site{Feeds: []string{"$A/a.xml"}}
	for _, want := range []struct {
		pages int
		off   time.Duration
	}{{5, 30 * time.Minute}, {5, time.Hour}, {5, 2 * time.Hour}} {
		n := w.round(site, crawler.Due)
		why, end, _ := strings.Cut(n.Blocked, ", left alone until ")
		until, err := time.Parse(sentence, end)
		off := until.Sub(w.clock.now().Truncate(time.Second))
		if n.Pages != want.pages || why != "5 pages in a row were walls (it asks for consent)" || err != nil || off < want.off || off > want.off*6/5 {
			t.Fatalf("%d pages, blocked: %q, want %d pages, %v", n.Pages, n.Blocked, want.pages, want.off)
		}
		w.clock.turn(off + time.Second)
	}

	w = newWorld(t, strings.Replace(text, "wall", "news", 1)+entry("A/a.xml", feed(urls[4], urls[3], urls[2], urls[1], urls[0], urls[5], urls[6])), barred)
	if n := w.round(site, crawler.Due); n.Pages != 7 || n.Blocked != "" {
		t.Errorf("with an article among the walls: %d pages, blocked: %q", n.Pages, n.Blocked)
	}
}
