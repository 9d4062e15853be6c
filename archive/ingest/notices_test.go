package ingest

import (
	"fmt"
	"strings"
	"testing"

	"pressmark/archive"
	"pressmark/archive/archivetest"
	"pressmark/extract"
)

// notices that one page shows one after the other: other words, another
// vendor, no markup to go by, a placeholder, none.
var notices = []struct{ name, markup, words string }{
	{"a vendor's", `<div id="onetrust-banner-sdk"><p>By clicking “Accept All Cookies”, you agree to the storing of cookies on your device.</p><button>Accept All Cookies</button></div>`, "the storing of cookies on your device"},
	{"the same in other words", `<div id="onetrust-banner-sdk"><p>We value your privacy. We and our 712 partners store information on your device to show you ads.</p><button>Agree</button></div>`, "our 712 partners"},
	{"another vendor's", `<div id="CybotCookiebotDialog"><h2>This website uses cookies</h2><p>We use cookies to personalise content and ads and to analyse our traffic.</p><button>Allow all</button></div>`, "analyse our traffic"},
	{"home-made", `<div class="x7"><p>This website uses cookies to improve your experience. We'll assume you're ok with this, but you can opt-out if you wish.</p><a href="#">Accept</a> <a href="/c">Read More</a></div>`, "improve your experience"},
	{"none", ``, ""},
	{"in another language", `<div class="x8"><p>Wir verwenden Cookies, um Inhalte und Anzeigen zu personalisieren. Sie können Ihre Einwilligung jederzeit widerrufen.</p><button>Akzeptieren</button></div>`, "jederzeit widerrufen"},
}

// A changed notice is never a changed article, wherever the notice stands, and
// what was taken is kept with the rule that took it.
func TestChangedNoticeIsNoChange(t *testing.T) {
	for place, at := range map[string]string{"above": "<article>", "below": "</article>", "inside": "</p></article>"} {
		store := archivetest.Open(t)
		for i, n := range notices {
			body := strings.Replace(whole, at, at+n.markup, 1)
			switch place {
			case "above":
				body = strings.Replace(whole, at, n.markup+at, 1)
			case "inside":
				body = strings.Replace(whole, at, "</p>"+n.markup+"</article>", 1)
			}
			c := take(t, store, i, look{body: body})
			if n.words == "" {
				continue
			}
			a := extract.Extract(extract.Page{URL: c.URL, Body: []byte(body)})
			kept := false
			for _, r := range a.Removed {
				kept = kept || r.Rule != "" && strings.Contains(r.Text, n.words)
			}
			if !kept || strings.Contains(a.Text(), n.words) {
				t.Errorf("%s, %s: %q is in the text, or not among what was removed: %+v", n.name, place, n.words, a.Removed)
			}
		}
		var got []string
		drain(t, New(store, Options{Seen: func(s archive.Sighting, c *archive.Change) {
			got = append(got, fmt.Sprintf("%s v%d %v", s.Outcome, s.Version, c == nil))
		}}))
		want := "new v1 true" + strings.Repeat(", same v1 true", len(notices)-1)
		if s := strings.Join(got, ", "); s != want {
			t.Errorf("%s: %s, want %s", place, s, want)
		}
		v := dump(t, store).Versions[0]
		if len(v.Article.Removed) == 0 || !strings.Contains(v.Article.Removed[0].Text, notices[0].words) || v.Article.Removed[0].Rule == "" {
			t.Errorf("%s: the version keeps nothing of its notice: %+v", place, v.Article.Removed)
		}
	}
}

// A wall between two looks changes nothing, however often it stands there and
// whatever it is; a beginning is kept as such until the whole text is shown.
func TestWallsChangeNothing(t *testing.T) {
	const head = `<!doctype html><html lang="en"><head><title>%s</title></head><body><h1>%s</h1><p>%s</p></body></html>`
	page := func(title, text string) string { return fmt.Sprintf(head, title, title, text) }
	store := archivetest.Open(t)
	for i, l := range []look{
		{body: whole}, {body: wall},
		{status: 403, body: page("Just a moment...", "Checking your browser before accessing the site. This may take a few seconds.")},
		{body: page("Log in to continue reading", "This article is for subscribers only.")},
		{body: page("We'll be back soon", "Our site is down for maintenance. Please try again later.")},
		{body: page("Are you over 18?", "You must be 18 or older to view this content.")},
		{status: 451}, {body: teaser}, {body: wall}, {body: teaser}, {body: whole},
	} {
		take(t, store, i, l)
	}
	var got []string
	drain(t, New(store, Options{Seen: func(s archive.Sighting, c *archive.Change) {
		got = append(got, told(t, store, s, c))
	}}))
	want := []string{
		"new v1 live", "wall v0 walled", "wall v0 walled", "wall v0 walled", "wall v0 walled", "wall v0 walled", "wall v0 walled",
		"partial v0 partial", "wall v0 walled", "partial v0 partial", "unchanged v1 live",
	}
	if a, b := strings.Join(got, "\n"), strings.Join(want, "\n"); a != b {
		t.Errorf("got\n%s\nwant\n%s", a, b)
	}
	if all := dump(t, store); len(all.Versions) != 1 || len(all.Changes) != 0 {
		t.Errorf("%d versions and %d changes, want 1 and 0", len(all.Versions), len(all.Changes))
	}
}
