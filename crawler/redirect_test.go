package crawler_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pressmark/archive"
	"pressmark/crawler"
)

func TestRedirects(t *testing.T) {
	const noPrint = "200\n\nUser-agent: *\nDisallow: /print\n"
	for _, tt := range []struct {
		name     string
		text     string
		deny     []string
		asked    []string
		captured []string
		missed   string // reason: detail
	}{
		{
			name:     "for good, to a new address",
			text:     entry("A/one", "301\nLocation: /new\n\n") + entry("A/new", "200\n\nnews"),
			asked:    []string{"/one", "/new"},
			captured: []string{"/new 200"},
		},
		{
			name:     "for the time being",
			text:     entry("A/one", "302\nLocation: /new\n\n") + entry("A/new", "308\nLocation: $A/newer\n\n") + entry("A/newer", "200\n\nnews"),
			asked:    []string{"/one", "/new", "/newer"},
			captured: []string{"/newer 200"},
		},
		{
			name:     "to another spelling of the same page",
			text:     entry("A/one", "302\nLocation: /one?utm_source=rss\n\n") + entry("A/one", "200\n\nnews"),
			asked:    []string{"/one", "/one"},
			captured: []string{"/one 200"},
		},
		{
			name:     "to a gate that knows the way back",
			text:     entry("A/one", "302\nLocation: /consent?return=/one\n\n") + entry("A/consent?return=/one", "200\n\nwe value your privacy"),
			asked:    []string{"/one", "/consent?return=/one"},
			captured: []string{"/one 200"},
		},
		{
			name:   "to a gate of another site",
			text:   entry("A/one", "302\nLocation: $B/consent?return=/one\n\n") + entry("B/consent", ""),
			asked:  []string{"/one"},
			missed: "gate: a gate stands before it, $B/consent?return=/one, on another site, ",
		},
		{
			name:   "to another site",
			text:   entry("A/one", "301\nLocation: $B/shop\n\n") + entry("B/shop", "200\n\nbuy"),
			asked:  []string{"/one"},
			missed: "outside: leads to $B/shop: on another site, ",
		},
		{
			name:   "to what the site's patterns deny",
			text:   entry("A/one", "301\nLocation: /shop\n\n") + entry("A/shop", "200\n\nbuy"),
			deny:   []string{"/shop"},
			asked:  []string{"/one"},
			missed: "outside: leads to $A/shop: denied by /shop",
		},
		{
			name:   "to what robots.txt forbids",
			text:   entry("A/one", "301\nLocation: /print/one\n\n") + entry("A/print/one", "200\n\nnews") + entry("A/robots.txt", noPrint),
			asked:  []string{"/one"},
			missed: "robots: ",
		},
		{
			name:   "on the way to itself, to what robots.txt forbids",
			text:   entry("A/one", "301\nLocation: /print?back=/one\n\n") + entry("A/robots.txt", noPrint),
			asked:  []string{"/one"},
			missed: "robots: ",
		},
		{
			name:   "home",
			text:   entry("A/one", "302\nLocation: /\n\n") + entry("A/", page()),
			asked:  []string{"/one"},
			missed: "redirect: leads to the home page",
		},
		{
			name:   "in a circle",
			text:   entry("A/one", "302\nLocation: /two\n\n") + entry("A/two", "302\nLocation: /one\n\n"),
			asked:  []string{"/one", "/two"},
			missed: "redirect: leads in a circle, over $A/one",
		},
		{
			name:   "to itself without end",
			text:   entry("A/one", "302\nLocation: /one\n\n"),
			asked:  []string{"/one", "/one", "/one", "/one", "/one", "/one"},
			missed: "redirect: more than 5 redirects",
		},
		{
			name:   "to nowhere",
			text:   entry("A/one", "302\n\n"),
			asked:  []string{"/one"},
			missed: "redirect: status 302, and no address",
		},
		{
			name:   "to a file",
			text:   entry("A/one", "302\nLocation: file:///etc/passwd\n\n"),
			asked:  []string{"/one"},
			missed: "redirect: leads to file:///etc/passwd: ",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t, entry("A/a.xml", feed("$A/one"))+tt.text)
			n := w.round(crawler.Site{Feeds: []string{"$A/a.xml"}, Deny: tt.deny}, crawler.All)
			if diff := cmp.Diff(append([]string{"/a.xml"}, tt.asked...), w.paths()); diff != "" {
				t.Errorf("asked for (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.captured, w.captures()); diff != "" {
				t.Errorf("captured (-want +got):\n%s", diff)
			}
			missed := ""
			for _, m := range n.Misses {
				missed += m.Reason + ": " + m.Detail
			}
			if want := w.filled(tt.missed); want == "" != (missed == "") || !strings.HasPrefix(missed, want) {
				t.Errorf("missed %q, want %q", missed, want)
			}
		})
	}
}

// A page asked for by hand is followed to its new address, and a server that
// wants to be left alone is.
func TestPage(t *testing.T) {
	w := newWorld(t, entry("A/one", "301\nLocation: /new\n\n")+entry("A/new", "200\n\nnews")+
		entry("A/busy", "429\nRetry-After: 3600\n\n"))
	ctx := context.Background()
	site := w.site(crawler.Site{})
	if _, err := w.crawler.Page(ctx, w.run(), site, w.filled("$A/one")); err != nil {
		t.Fatal(err)
	}
	n, err := w.crawler.Page(ctx, w.run(), site, w.filled("$A/busy"))
	if err != nil || n.Failed["429"] != 1 {
		t.Fatalf("%+v, %v", n, err)
	}
	if diff := cmp.Diff([]string{"/one", "/new", "/busy"}, w.paths()); diff != "" {
		t.Errorf("asked for (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"/new 200"}, w.captures()); diff != "" {
		t.Errorf("captured (-want +got):\n%s", diff)
	}
	w.clock.turn(30 * time.Minute)
	if _, err := w.crawler.Page(ctx, w.run(), site, w.filled("$A/new")); err == nil || !strings.Contains(err.Error(), "left alone until 2026-03-02 07:00:00 UTC") {
		t.Errorf("within the pause: %v", err)
	}
	w.clock.turn(30 * time.Minute)
	if _, err := w.crawler.Page(ctx, w.run(), site, w.filled("$A/new")); err != nil {
		t.Error(err)
	}
	if _, err := w.crawler.Page(ctx, w.run(), site, "https://example.com/elsewhere"); err == nil {
		t.Error("another site's page was asked for")
	}
	if got := w.paths(); !slices.Equal(got, []string{"/new"}) {
		t.Errorf("asked for %v", got)
	}
}

// Sites without a home on the network, or with patterns that are none, are refused.
func TestBadSites(t *testing.T) {
	w := newWorld(t, entry("A/", page()))
	for _, s := range []crawler.Site{{Name: "x", URL: "ftp://example.com/"}, {Name: "x", URL: "https://example.com/", Allow: []string{"("}}} {
		if _, err := w.crawler.Round(context.Background(), archive.Run{}, []crawler.Site{s}, crawler.All); err == nil {
			t.Errorf("%+v is taken", s)
		}
	}
}
