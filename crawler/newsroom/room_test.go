package newsroom

import (
	"context"
	"io"
	"net/http"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"html"

	"golang.org/x/text/encoding/charmap"
)

// A clock is turned by the test.
type clock struct{ at atomic.Int64 }

func (c *clock) set(t time.Time) { c.at.Store(t.UnixNano()) }
func (c *clock) now() time.Time  { return time.Unix(0, c.at.Load()).UTC() }

// open starts a room at any free port.
func open(t *testing.T, onEdit func(Edit)) (*Room, *clock) {
	t.Helper()
	c := &clock{}
	c.set(Start)
	r, err := New(Options{Now: c.now, OnEdit: onEdit})
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Start(context.Background()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
		// The next room may get the same port, and a kept connection to this one.
		http.DefaultTransport.(*http.Transport).CloseIdleConnections()
	})
	return r, c
}

// A reply is an answer with its body read.
type reply struct {
	*http.Response
	body string
}

// get asks once, following no redirect; header is name, value, name, value …
func get(t *testing.T, url string, header ...string) reply {
	t.Helper()
	req, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	return do(t, req, header...)
}

func do(t *testing.T, req *http.Request, header ...string) reply {
	t.Helper()
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
		if header[i] == "Host" {
			req.Host = header[i+1]
		}
	}
	resp, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return reply{resp, string(body)}
}

var (
	noText  = regexp.MustCompile(`(?s)<(script|style|title)\b.*?</(script|style|title)>`)
	inline  = regexp.MustCompile(`</?(span|a|b|em)\b[^>]*>`)
	isoDate = regexp.MustCompile(`\d{4}-\d\d-\d\dT[0-9:]+(Z|[-+]\d\d:\d\d)`)
	headOff = regexp.MustCompile(`(?s)^.*</head>`)
)

// words is what a reader sees of a page, white space folded.
func words(t *testing.T, p reply) string {
	t.Helper()
	s := p.body
	if strings.Contains(s, "charset=windows-1252") || strings.Contains(s, `charset="windows-1252"`) {
		var err error
		if s, err = charmap.Windows1252.NewDecoder().String(s); err != nil {
			t.Fatal(err)
		}
	}
	s = noText.ReplaceAllString(headOff.ReplaceAllString(s, ""), " ")
	s = tag.ReplaceAllString(inline.ReplaceAllString(s, ""), " ")
	return fold(html.UnescapeString(s))
}

// TestPagesTellTheTruth asks for every article in every state, and just
// before the state ends, and looks for all that the truth says of it.
func TestPagesTellTheTruth(t *testing.T) {
	r, c := open(t, nil)
	truth := r.Truth()
	if len(truth.Pages) < 35 {
		t.Errorf("%d articles", len(truth.Pages))
	}
	for _, p := range truth.Pages {
		c.set(p.States[0].From.Add(-time.Second))
		if got := get(t, p.URL); got.StatusCode != 404 {
			t.Errorf("%s before it appeared: %d", p.ID, got.StatusCode)
		}
		for _, s := range p.States {
			ends := s.To
			if ends.IsZero() {
				ends = End
			}
			for _, at := range []time.Time{s.From, ends.Add(-time.Second)} {
				if down(truth, p.Paper, at) {
					continue
				}
				c.set(at)
				checkState(t, p, s, get(t, p.URL))
			}
		}
	}
}

func down(truth Truth, paper string, at time.Time) bool {
	for _, o := range truth.Outages {
		if o.Paper == paper && !at.Before(o.From) && at.Before(o.To) {
			return true
		}
	}
	return false
}

func checkState(t *testing.T, p Page, s State, got reply) {
	t.Helper()
	name := p.ID + " " + s.From.Format("Mon 15:04")
	switch s.Kind {
	case Gone:
		if got.StatusCode != 410 {
			t.Errorf("%s: %d, want 410", name, got.StatusCode)
		}
		return
	case Wall:
		redirected := got.StatusCode == 302 && strings.Contains(got.Header.Get("Location"), "/consent?return=/")
		if !redirected && (got.StatusCode != 200 || !strings.Contains(got.body, "131 partners")) {
			t.Errorf("%s: %d without the consent wall", name, got.StatusCode)
		}
		if got.Header.Get("ETag") != "" || got.Header.Get("Last-Modified") != "" || strings.Contains(got.body, s.Title) {
			t.Errorf("%s: the wall lets something through", name)
		}
		return
	}
	if got.StatusCode != 200 {
		t.Errorf("%s: %d, want 200", name, got.StatusCode)
		return
	}
	text := words(t, got)
	all := append([]string{s.Title, s.Section, s.Agency}, s.Byline...)
	all = append(append(append(all, s.Notices...), s.Furniture...), s.Embeds...)
	for _, b := range s.Blocks {
		all = append(all, b.Text)
		if b.Text != fold(b.Text) {
			t.Errorf("%s: white space in %q", name, b.Text)
		}
	}
	for _, want := range all {
		if !strings.Contains(text, want) {
			t.Errorf("%s: %q is not on the page", name, want)
		}
	}
	for _, at := range []time.Time{s.Published, s.Modified} {
		found := false
		for _, m := range isoDate.FindAllString(html.UnescapeString(got.body), -1) {
			d, err := time.Parse(time.RFC3339, m)
			found = found || err == nil && d.Equal(at)
		}
		if !found {
			t.Errorf("%s: no date %s", name, at)
		}
	}
	if len(s.Blocks) < 1 || s.Language == "" || s.Modified.Before(s.Published) {
		t.Errorf("%s: the truth has a hole: %+v", name, s)
	}
	article := strings.Join(blockTexts(s), "\n")
	for _, no := range append(append(s.Notices, s.Furniture...), s.Embeds...) {
		if strings.Contains(article, no) {
			t.Errorf("%s: %q is said to be no part of the article and is", name, no)
		}
	}
}

func blockTexts(s State) []string {
	var all []string
	for _, b := range s.Blocks {
		all = append(all, b.Text)
	}
	return all
}

// TestEdits holds the truth's edits against its states.
func TestEdits(t *testing.T) {
	r, _ := open(t, nil)
	truth := r.Truth()
	kinds := map[string]bool{}
	for _, e := range truth.Edits {
		p, ok := truth.Page(e.URL)
		if !ok {
			t.Fatalf("no page %s", e.URL)
		}
		before, _ := p.At(e.At.Add(-time.Second))
		after, _ := p.At(e.At)
		for _, k := range e.Kinds {
			kinds[k] = true
		}
		switch e.Did {
		case "withdrawn":
			if before.Kind != Live || after.Kind != Gone {
				t.Errorf("%s at %s: %s to %s", p.ID, e.At, before.Kind, after.Kind)
			}
			continue
		case "restored":
			if before.Kind != Gone || after.Kind != Live {
				t.Errorf("%s at %s: %s to %s", p.ID, e.At, before.Kind, after.Kind)
			}
			continue
		}
		if len(e.Kinds) == 0 || len(e.Words) == 0 {
			t.Errorf("%s at %s: no kinds or no words", p.ID, e.At)
		}
		old := before.Title + "\n" + strings.Join(before.Byline, "; ") + "\n" + strings.Join(blockTexts(before), "\n")
		new := after.Title + "\n" + strings.Join(after.Byline, "; ") + "\n" + strings.Join(blockTexts(after), "\n")
		if old == new {
			t.Errorf("%s at %s: nothing changed", p.ID, e.At)
		}
		for _, w := range e.Words {
			if !strings.Contains(old, w.Old) || !strings.Contains(new, w.New) {
				t.Errorf("%s at %s: words %+v do not fit", p.ID, e.At, w)
			}
		}
		moved := !before.Modified.Equal(after.Modified)
		if e.Stealth && (moved || e.Declared) {
			t.Errorf("%s at %s: stealth and declared", p.ID, e.At)
		}
	}
	for _, k := range strings.Fields("headline headline_flip numbers quotes removed added correction lede names typo moved byline unpublished restored") {
		if !kinds[k] {
			t.Errorf("nobody makes an edit of kind %s", k)
		}
	}
	if n := len(truth.Stories); n != 2 || len(truth.Stories[0].Members) != 3 {
		t.Errorf("stories: %+v", truth.Stories)
	}
	for _, s := range truth.Stories {
		if s.Members[0].Relation != "original" {
			t.Errorf("%s begins with %+v", s.Name, s.Members[0])
		}
	}
	if len(truth.Apart) != 1 {
		t.Errorf("apart: %+v", truth.Apart)
	}
}

// TestCronSeesEverything: between two editions of a page there is a crawl.
func TestCronSeesEverything(t *testing.T) {
	r, _ := open(t, nil)
	truth := r.Truth()
	for _, p := range truth.Pages {
		for _, s := range p.States {
			seen := false
			for _, at := range Crawls() {
				in := !at.Before(s.From) && (s.To.IsZero() || at.Before(s.To))
				seen = seen || in && !down(truth, p.Paper, at)
			}
			if !seen {
				t.Errorf("%s as of %s is never seen", p.ID, s.From)
			}
		}
	}
	for _, s := range truth.Stories { // the original is seen before its copies
		for i := 1; i < len(s.Members); i++ {
			between := false
			for _, at := range Crawls() {
				between = between || !at.Before(s.Members[0].From) && at.Before(s.Members[i].From)
			}
			if !between {
				t.Errorf("%s is not seen before %s", s.Members[0].URL, s.Members[i].URL)
			}
		}
	}
	if m := r.Moments(); len(m) < 30 || m[0].Before(Start) || !m[len(m)-1].Before(End) {
		t.Errorf("%d moments from %s to %s", len(m), m[0], m[len(m)-1])
	}
}

// TestSameClockSameBytes compares two rooms at different addresses.
func TestSameClockSameBytes(t *testing.T) {
	a, ca := open(t, nil)
	b, cb := open(t, nil)
	for _, at := range []time.Time{Crawls()[5], End} {
		ca.set(at)
		cb.set(at)
		for i, p := range a.Papers() {
			q := b.Papers()[i]
			paths := []string{"", "robots.txt", "feed.xml", "atom.xml", "feed.json", "sitemap-news.xml", "style.css", a.papers[i].about[1:], a.papers[i].sections[0].Slug}
			for _, x := range a.papers[i].articles {
				paths = append(paths, x.path[1:], "img/"+x.slug+".svg")
			}
			for _, path := range paths {
				x, y := get(t, p.URL+path), get(t, q.URL+path)
				if x.StatusCode != y.StatusCode || strings.ReplaceAll(x.body, p.URL, "/") != strings.ReplaceAll(y.body, q.URL, "/") {
					t.Errorf("%s%s at %s differs", p.URL, path, at)
				}
			}
		}
	}
}
