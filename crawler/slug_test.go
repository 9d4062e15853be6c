package crawler_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pressmark/archive"
	"pressmark/crawler"
	"pressmark/extract/urlkey"
)

// finals are the captures with the addresses that answered.
func (w *world) finals() []string {
	w.t.Helper()
	var list []string
	for c, err := range w.store.Captures(context.Background(), 0) {
		if err != nil {
			w.t.Fatal(err)
		}
		text := c.URL
		if c.Final != c.URL {
			text += " → " + c.Final
		}
		list = append(list, strings.ReplaceAll(text, w.servers["A"].URL, ""))
	}
	return list
}

// A page that the archive has is followed when it moves, so that its history
// can go on, and is asked for at its new address from then on.
func TestKnownPageMoves(t *testing.T) {
	w := newWorld(t, entry("A/a.xml", feed("$A/old-name"))+
		entry("A/old-name", "200\nETag: \"1\"\n\nnews")+entry("A/old-name", "301\nLocation: /new-name\n\n")+
		entry("A/new-name", "200\n\nnews, and more"))
	site := crawler.Site{Feeds: []string{"$A/a.xml"}}
	w.round(site, crawler.All)
	w.clock.turn(time.Hour)
	w.paths()
	w.round(site, crawler.All)
	if diff := cmp.Diff([]string{"/a.xml", "/old-name", "/new-name"}, w.paths()); diff != "" {
		t.Errorf("asked for (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"/old-name", "/old-name → /new-name"}, w.finals()); diff != "" {
		t.Errorf("captured (-want +got):\n%s", diff)
	}
	w.conclude("/old-name", archive.Page{URL: "$A/new-name", Head: 1, State: archive.Live})
	w.clock.turn(2 * time.Hour)
	w.round(site, crawler.All)
	if diff := cmp.Diff([]string{"/a.xml", "/new-name"}, w.paths()); diff != "" {
		t.Errorf("asked for when it is known to have moved (-want +got):\n%s", diff)
	}
	w.clock.turn(15 * 24 * time.Hour) // it may be back
	w.round(site, crawler.All)
	if got := strings.Join(w.paths(), " "); !strings.Contains(got, "/old-name") {
		t.Errorf("asked for after two weeks: %s", got)
	}
}

// conclude writes what ingest would of a page.
func (w *world) conclude(path string, p archive.Page) {
	w.t.Helper()
	key, err := urlkey.Of(w.filled("$A" + path))
	if err != nil {
		w.t.Fatal(err)
	}
	p.Key, p.URL = key, w.filled(p.URL)
	if err := w.store.Update(context.Background(), func(tx *archive.Tx) error {
		if p.Head > 0 {
			if err := tx.PutVersion(&archive.Version{ID: archive.VersionID{Page: key, N: 1}, First: 1, Last: 1}); err != nil {
				return err
			}
		}
		return tx.PutPage(p)
	}); err != nil {
		w.t.Fatal(err)
	}
}

// An article that leads to the home page is seen to do so, and counts as missing.
func TestKnownPageLeadsHome(t *testing.T) {
	w := newWorld(t, entry("A/a.xml", feed("$A/one"))+entry("A/", page())+
		entry("A/one", "200\n\nnews")+entry("A/one", "302\nLocation: /\n\n"))
	site := crawler.Site{Feeds: []string{"$A/a.xml"}}
	w.round(site, crawler.All)
	w.clock.turn(time.Hour)
	n := w.round(site, crawler.All)
	if diff := cmp.Diff([]string{"/one", "/one → /"}, w.finals()); diff != "" {
		t.Errorf("captured (-want +got):\n%s", diff)
	}
	if n.Skipped["redirect"] != 1 || n.Misses[0].Detail != "leads to the home page" {
		t.Errorf("%+v", n)
	}
}

// The address that a page names as canonical is looked at, when it may be one.
func TestCanonical(t *testing.T) {
	link := func(attributes string) string {
		return "200\nContent-Type: text/html\n\n<html><head><title>Canonical</title>" + attributes + "</head><body><p>News of the day</p></body></html>\n"
	}
	for _, tt := range []struct {
		name, head string
		asked      []string
	}{
		{"another page", `<link rel="canonical" href="$A/story">`, []string{"/lite?7", "/story"}},
		{"relative, in other words and order", `<LINK HREF='/story' data-x rel='alternate Canonical'/>`, []string{"/lite?7", "/story"}},
		{"with entities", `<link rel=canonical href="/story?a=1&amp;b=2">`, []string{"/lite?7", "/story?a=1&b=2"}},
		{"itself", `<link rel="canonical" href="$A/lite?7">`, []string{"/lite?7"}},
		{"itself, printed", `<link rel="canonical" href="$A/lite?7&print=1">`, []string{"/lite?7"}},
		{"the home page", `<link rel="canonical" href="$A/">`, []string{"/lite?7"}},
		{"another site", `<link rel="canonical" href="https://example.com/story">`, []string{"/lite?7"}},
		{"a denied address", `<link rel="canonical" href="/denied/story">`, []string{"/lite?7"}},
		{"no address", `<link rel="canonical" href="javascript:1">`, []string{"/lite?7"}},
		{"nothing", `<link rel="canonical">`, []string{"/lite?7"}},
		{"in a text", `<meta name="description" content="canonical"><script>"<link rel=canonical"</script>`, []string{"/lite?7"}},
		{"in a text before it", `<meta name="canonical" content="x"><link rel="canonical" href="/story">`, []string{"/lite?7", "/story"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t, entry("A/a.xml", feed("$A/lite?7"))+entry("A/lite?7", link(tt.head))+
				entry("A/story", link(""))+entry("A/story?a=1&b=2", link("")))
			w.round(crawler.Site{Feeds: []string{"$A/a.xml"}, Deny: []string{"/denied/"}}, crawler.All)
			if diff := cmp.Diff(append([]string{"/a.xml"}, tt.asked...), w.paths()); diff != "" {
				t.Errorf("asked for (-want +got):\n%s", diff)
			}
		})
	}
}
