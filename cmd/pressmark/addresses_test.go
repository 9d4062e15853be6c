package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
)

// storyAt is the page of an article with a headline and the address that it
// calls its own.
func storyAt(title, canonical string) string {
	return fmt.Sprintf(`<!doctype html><html lang="en"><head><title>%[1]s</title><link rel="canonical" href="%[2]s">
<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"%[1]s"}</script></head><body><article><h1>%[1]s</h1>
<p>The harbour board will raise the fares on all its ferries in April, the second increase in twelve months, its director said on Monday morning.</p>
<p>A single crossing is to cost 4.20, up from 3.80, while the price of a monthly pass stays what it has been since the spring of last year.</p>
<p>The passengers’ association counted 62 sailings that had been cancelled between November and January, most of them on the northern route.</p>
<p>“We are asked to pay more for boats that do not come,” said its chairman, Edmund Vane, who has crossed the sound every day since 1994.</p>
</article></body></html>`, title, canonical)
}

// An article whose headline is rewritten, and with it the slug, has one history,
// which every one of its addresses shows: the old, the new, and that for print.
func TestOneHistory(t *testing.T) {
	for _, tt := range []struct {
		name     string
		old, new string
		redirect bool
	}{
		{"the old address leads to the new one", "/2026/ferry-fares-go-up", "/2026/passengers-pay-for-fewer-boats", true},
		{"both answer, under one number", "/news/ferry-fares-go-up-1234567", "/news/passengers-pay-for-fewer-boats-1234567", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var renamed atomic.Bool
			srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				address, title := tt.old, "Ferry fares go up in April"
				if renamed.Load() {
					address, title = tt.new, "Passengers pay for fewer boats"
				}
				switch r.URL.RequestURI() {
				case "/feed.xml":
					w.Header().Set("Content-Type", "application/rss+xml")
					fmt.Fprintf(w, `<rss version="2.0"><channel><title>N</title><item><title>%[1]s</title><link>http://%[2]s%[3]s</link></item><item><title>%[1]s</title><link>http://%[2]s/lite.php?s=ferry</link></item></channel></rss>`, title, r.Host, address)
				case tt.old, tt.new, "/lite.php?s=ferry":
					w.Header().Set("Content-Type", "text/html; charset=utf-8")
					if r.URL.Path == tt.old && renamed.Load() {
						if tt.redirect {
							http.Redirect(w, r, tt.new, http.StatusMovedPermanently)
							return
						}
						title, address = "Ferry fares go up in April", tt.old
					}
					fmt.Fprint(w, storyAt(title, "http://"+r.Host+address))
				default:
					http.NotFound(w, r)
				}
			}))
			t.Cleanup(srv.Close)
			dir := t.TempDir()
			write(t, dir, "crawl: {delay: 0s, private_networks: allow}\nsites: [{url: \"%[1]s\", name: Harbour, every: 9999h, feeds: [\"%[1]s/feed.xml\"]}]\n", srv.URL)
			crawl := func() {
				t.Helper()
				if r := typed(t, dir, "", "crawl"); r.Code != 0 {
					t.Fatalf("%+v", r)
				}
			}
			crawl()
			renamed.Store(true)
			crawl()
			crawl()
			want := typed(t, dir, "", "log "+srv.URL+tt.old)
			if want.Code != 0 || strings.Count(want.Out, "seen ") != 2 ||
				!strings.Contains(want.Out, "Ferry fares go up in April") || !strings.Contains(want.Out, "Passengers pay for fewer boats") {
				t.Errorf("the history under the old address: %+v", want)
			}
			for _, address := range []string{tt.new, "/lite.php?s=ferry"} {
				if got := typed(t, dir, "", "log "+srv.URL+address); got != want {
					t.Errorf("under %s it is another:\n%+v\nwant\n%+v", address, got, want)
				}
			}
			if got := typed(t, dir, "", "ls --json"); strings.Count(got.Out, "\n") != 1 {
				t.Errorf("listed:\n%s", got.Out)
			}
			if got := typed(t, dir, "", "verify --deep"); got.Code != 0 {
				t.Errorf("%+v", got)
			}
			if got := typed(t, dir, "", "takedown --yes --by editor --reason order "+srv.URL+tt.new); got.Code != 0 {
				t.Errorf("%+v", got)
			}
			if got := typed(t, dir, "", "ls --all"); strings.Contains(got.Out, "erry") {
				t.Errorf("left after the takedown: %+v", got)
			}
		})
	}
}
