package newsroom

import (
	"html"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
)

// send posts a form to the control page.
func send(t *testing.T, r *Room, what string, form url.Values, header ...string) reply {
	t.Helper()
	req, err := http.NewRequest(http.MethodPost, r.Control()+"/"+what, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	return do(t, req, append([]string{"Content-Type", "application/x-www-form-urlencoded"}, header...)...)
}

// TestVisitor does by hand what a person at the control page does.
func TestVisitor(t *testing.T) {
	var told []Edit
	r, c := open(t, func(e Edit) { told = append(told, e) })
	c.set(Start.Add(10 * time.Hour))
	a := r.all["gazette/dock-fire"]

	desk := get(t, r.Control())
	if desk.StatusCode != 200 || !strings.Contains(desk.body, html.EscapeString("Police clear handling of dock fire")) {
		t.Fatalf("the desk: %d", desk.StatusCode)
	}
	if strings.Contains(desk.body, "Police face inquiry") || strings.Contains(desk.body, "ice regatta") {
		t.Error("the desk knows the future")
	}
	form := get(t, r.Control()+"/edit?id="+a.id)
	before := get(t, a.url())
	text := source(a.at(c.now()).blocks)
	if !strings.Contains(html.UnescapeString(form.body), text) {
		t.Fatal("the form does not hold the text")
	}

	// a quiet change of a number, in the form's own line ends
	edited := strings.ReplaceAll(strings.Replace(text, "at least 3 people", "at least 400 people", 1), "\n", "\r\n")
	title := a.at(c.now()).title
	dek := a.at(c.now()).dek
	got := send(t, r, "save", url.Values{"id": {a.id}, "title": {title}, "dek": {dek}, "text": {edited}}, "Origin", strings.TrimSuffix(r.papers[0].URL, "/"))
	if got.StatusCode != 303 || got.Header.Get("Location") != "/_newsroom?done=gazette%2Fdock-fire" {
		t.Fatalf("saving: %d %s", got.StatusCode, got.body)
	}
	after := get(t, a.url(), "If-None-Match", before.Header.Get("ETag"))
	if after.StatusCode != 200 || !strings.Contains(words(t, after), "at least 400 people") {
		t.Errorf("the edit is not served at once: %d", after.StatusCode)
	}
	if after.Header.Get("Last-Modified") == before.Header.Get("Last-Modified") {
		t.Error("Last-Modified did not move")
	}
	// and again within the same second of the world's clock: the tag and the date move all the same
	send(t, r, "save", url.Values{"id": {a.id}, "title": {"Fire <b>&amp; smoke"}, "dek": {dek}, "text": {edited}, "admit": {"yes"}})
	again := get(t, a.url())
	if again.Header.Get("ETag") == after.Header.Get("ETag") || again.Header.Get("Last-Modified") == after.Header.Get("Last-Modified") {
		t.Error("the second edit left the validators alone")
	}
	if !strings.Contains(again.body, html.EscapeString("Fire <b>&amp; smoke")) {
		t.Error("the headline is not shown as typed")
	}

	send(t, r, "banner", url.Values{"id": {a.id}})
	if s, _ := page(r, a).At(c.now()); len(s.Notices) != 2 {
		t.Errorf("notices after the banner: %q", s.Notices)
	} else if !strings.Contains(words(t, get(t, a.url())), s.Notices[1]) {
		t.Error("the banner is not on the page")
	}
	send(t, r, "withdraw", url.Values{"id": {a.id}})
	if got := get(t, a.url()); got.StatusCode != 410 {
		t.Errorf("withdrawn: %d", got.StatusCode)
	}
	if strings.Contains(get(t, r.papers[0].URL+"feed.xml").body, a.path) {
		t.Error("a withdrawn article is still in the feed")
	}
	send(t, r, "restore", url.Values{"id": {a.id}})
	if got := get(t, a.url()); got.StatusCode != 200 {
		t.Errorf("restored: %d", got.StatusCode)
	}

	var did []string
	for _, e := range r.Edits() {
		did = append(did, e.Did)
		if !e.Visitor || e.URL != a.url() || e.Paper != "The Harbour Gazette" || !e.At.Equal(c.now()) {
			t.Errorf("edit %+v", e)
		}
	}
	want := []string{"text", "headline", "cookie banner added", "withdrawn", "restored"}
	if !slices.Equal(did, want) || len(told) != len(want) {
		t.Errorf("edits %q, told %d, want %q", did, len(told), want)
	}
	first := told[0]
	if !first.Stealth || first.Declared || len(first.Words) != 1 || !strings.Contains(first.Words[0].Old, "at least 3") || !strings.Contains(first.Words[0].New, "at least 400") {
		t.Errorf("the quiet edit is told as %+v", first)
	}
	if !told[1].Declared || told[1].Stealth || !slices.Equal(told[1].Kinds, []string{"headline"}) {
		t.Errorf("the admitted edit is told as %+v", told[1])
	}

	// what the week had in store for the article is off, for the others it is not
	c.set(End)
	if s, _ := page(r, a).At(End); s.Title != "Fire <b>&amp; smoke" {
		t.Errorf("the week overwrote the visitor: %q", s.Title)
	}
	n := 0
	for _, e := range r.Truth().Edits {
		if e.Visitor {
			n++
		}
	}
	if n != 4 { // the banner is no change of the article
		t.Errorf("%d visitor's edits in the truth", n)
	}
}

func page(r *Room, a *article) Page {
	truth := r.Truth()
	p, _ := truth.Page(a.url())
	return p
}

func TestVisitorIsRefused(t *testing.T) {
	r, c := open(t, nil)
	c.set(Start.Add(10 * time.Hour))
	a := r.all["exemple/budget-ville"]
	e := a.at(c.now())
	good := url.Values{"id": {a.id}, "title": {"Titre"}, "dek": {""}, "text": {"Un paragraphe."}}
	with := func(k, v string) url.Values {
		form := url.Values{}
		for key := range good {
			form.Set(key, good.Get(key))
		}
		form.Set(k, v)
		return form
	}
	own := strings.TrimSuffix(r.papers[0].URL, "/")
	tests := []struct {
		name, what string
		form       url.Values
		header     []string
		want       int
	}{
		{"another site's form", "save", good, []string{"Origin", "https://evil.example"}, 403},
		{"another site's form, as browsers say", "withdraw", good, []string{"Sec-Fetch-Site", "cross-site"}, 403},
		{"a name pointed here", "save", good, []string{"Host", "evil.example:40211"}, 403},
		{"another paper of ours", "save", good, []string{"Origin", strings.TrimSuffix(r.papers[1].URL, "/")}, 403},
		{"no such article", "save", with("id", "gazette/nothing"), nil, 409},
		{"not yet published", "save", with("id", "gazette/regatta"), nil, 409},
		{"no headline", "save", with("title", " \n "), nil, 409},
		{"no text", "save", with("text", "\n\n"), nil, 409},
		{"nothing changed", "save", url.Values{"id": {a.id}, "title": {e.title}, "dek": {e.dek}, "text": {source(e.blocks)}}, nil, 409},
		{"restoring what is there", "restore", good, nil, 409},
		{"too large", "save", with("text", strings.Repeat("x ", 1<<20)), nil, 400},
		{"no such action", "burn", good, nil, 404},
		{"its own form", "save", with("title", "Łódź, „нет“ & 日本"), []string{"Origin", own}, 303},
	}
	for _, test := range tests {
		if got := send(t, r, test.what, test.form, test.header...); got.StatusCode != test.want {
			t.Errorf("%s: %d, want %d", test.name, got.StatusCode, test.want)
		}
	}
	if n := len(r.Edits()); n != 1 {
		t.Errorf("%d edits", n)
	}
	// what windows-1252 does not have is written as references
	if got := words(t, get(t, a.url())); !strings.Contains(got, "Łódź, „нет“ & 日本") {
		t.Error("the headline is damaged")
	}
	if got := get(t, r.Control()+"/save"); got.StatusCode != 405 {
		t.Errorf("reading an action: %d", got.StatusCode)
	}
	if got := get(t, r.Papers()[1].URL+"_newsroom"); got.StatusCode != 404 {
		t.Errorf("the control page at another paper: %d", got.StatusCode)
	}
	if _, counted := r.Requests()[r.Control()]; counted {
		t.Error("the control page is counted")
	}
	csp := get(t, r.Control()).Header.Get("Content-Security-Policy")
	if !strings.Contains(csp, "frame-ancestors 'none'") {
		t.Errorf("CSP %q", csp)
	}
}
