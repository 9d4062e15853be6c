package ingest

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pressmark/archive"
	"pressmark/archive/archivetest"
)

const address = "https://gazette.example/news/ferry"

// A look is one answer of a server.
type look struct {
	status int // 0 means 200
	body   string
	url    string // "" means address
	final  string // "" means url
	site   string // "" means Gazette
}

var start = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)

// hours is a moment of the tests: look n is taken n hours after the first.
func hours(n int) time.Time { return start.Add(time.Duration(n) * time.Hour) }

// take puts a look into the archive as the nth capture.
func take(t testing.TB, store *archive.Store, n int, l look) archive.Capture {
	t.Helper()
	c := archive.Capture{
		URL: l.url, Final: l.final, Status: l.status, FetchedAt: hours(n), Site: "Gazette", Body: []byte(l.body),
		Header: http.Header{"Content-Type": {"text/html; charset=utf-8"}},
	}
	if l.site != "" {
		c.Site = l.site
	}
	if c.URL == "" {
		c.URL = address
	}
	if c.Final == "" {
		c.Final = c.URL
	}
	if c.Status == 0 {
		c.Status = 200
	}
	c, err := store.Append(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func drain(t testing.TB, in *Ingester) {
	t.Helper()
	if _, err := in.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// A paper makes the page of an article.
type paper struct {
	title, modified string
	paragraphs      []string
}

func (p paper) with(f func(*paper)) string {
	p.paragraphs = append([]string(nil), p.paragraphs...)
	f(&p)
	return p.page()
}

func (p paper) page() string {
	meta := ""
	if p.modified != "" {
		meta = fmt.Sprintf(`,"datePublished":"2026-03-01T06:00:00Z","dateModified":%q`, p.modified)
	}
	return fmt.Sprintf(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>%[1]s</title>
<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":%[1]q%[2]s}</script></head>
<body><header><a href="/">Gazette</a></header><article><h1>%[1]s</h1>
<p>%[3]s</p></article></body></html>`, p.title, meta, strings.Join(p.paragraphs, "</p>\n<p>"))
}

var ferry = paper{
	title: "Ferry fares go up in April", modified: "2026-03-01T07:00:00Z",
	paragraphs: []string{
		"The harbour board will raise the fares on all its ferries in April, the second increase in twelve months, its director said on Monday morning.",
		"A single crossing is to cost 4.20, up from 3.80, while the price of a monthly pass stays what it has been since the spring of last year.",
		"The passengers’ association counted 62 sailings that had been cancelled between November and January, most of them on the northern route.",
		"“We are asked to pay more for boats that do not come,” said its chairman, Edmund Vane, who has crossed the sound every day since 1994.",
		"The board answered that two of the five boats are forty years old and that the yard has promised the first of the new ones for the autumn.",
	},
}

var (
	whole  = ferry.page()
	edited = ferry.with(func(p *paper) {
		p.paragraphs[2] = strings.Replace(p.paragraphs[2], "62 sailings", "26 sailings", 1)
	})
	edited2 = ferry.with(func(p *paper) {
		p.paragraphs[2] = strings.Replace(p.paragraphs[2], "62 sailings", "31 sailings", 1)
	})
	redated       = ferry.with(func(p *paper) { p.modified = "2026-03-02T09:30:00Z" })
	redatedEdited = ferry.with(func(p *paper) {
		p.modified = "2026-03-02T09:30:00Z"
		p.paragraphs[2] = strings.Replace(p.paragraphs[2], "62 sailings", "26 sailings", 1)
	})
	stump  = ferry.with(func(p *paper) { p.paragraphs = p.paragraphs[:1] })
	teaser = strings.Replace(ferry.with(func(p *paper) { p.paragraphs = p.paragraphs[:1] }),
		`"headline"`, `"isAccessibleForFree":false,"headline"`, 1)
	wall = `<!doctype html><html lang="en"><head><title>Gazette</title></head><body><div id="consent"><h1>Before you continue</h1>
<p>We and our partners use cookies and process personal data to personalise ads and content. You can accept all cookies or manage your preferences at any time.</p>
<button>Accept all</button><button>Reject all</button></div></body></html>`
	notFound = `<!doctype html><html lang="en"><head><title>Page not found</title></head><body><h1>Page not found</h1><p>The page you are looking for is not here.</p></body></html>`
	front    = `<!doctype html><html lang="en"><head><title>Gazette</title></head><body><h1>Gazette</h1><ul><li><a href="/a">Council votes</a></li><li><a href="/b">Bridge closed</a></li></ul></body></html>`
	service  = `<!doctype html><html lang="en"><head><title>Gazette: listings</title></head><body><ul><li><a href="/a">Cinema</a></li></ul></body></html>`
)

// told is a conclusion as the tables write it: the outcome, the version seen,
// the state of the page, and the change.
func told(t *testing.T, store *archive.Store, s archive.Sighting, c *archive.Change) string {
	t.Helper()
	out := fmt.Sprintf("%s v%d", s.Outcome, s.Version)
	if err := store.View(func(tx *archive.Tx) error {
		p, _, err := tx.Page(s.Page)
		out += " " + string(p.State)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if c != nil {
		out += fmt.Sprintf(" | %v %d→%d", c.Diff.Kinds, c.From.N, c.To.N)
		if c.Diff.Doubtful {
			out += " doubtful"
		}
		if c.Diff.Stealth {
			out += " stealth"
		}
		if c.Diff.Declared {
			out += " declared"
		}
		out += fmt.Sprintf(" %02.0f–%02.0f", c.After.Sub(start).Hours(), c.Before.Sub(start).Hours())
	}
	return out
}

// Each row is a page through time, look by look, and what is concluded of each.
func TestPaths(t *testing.T) {
	type see struct {
		look
		want string
	}
	rows := []struct {
		name string
		see  []see
	}{
		{"unchanged, by 304 and by bytes", []see{
			{look{body: whole}, "new v1 live"},
			{look{status: 304}, "unchanged v1 live"},
			{look{body: whole}, "unchanged v1 live"},
			{look{body: strings.Replace(whole, "<body>", "<body><!-- built at 10:14 -->", 1)}, "same v1 live"},
		}},
		{"edited, and back to what it was", []see{
			{look{body: whole}, "new v1 live"},
			{look{body: edited}, "changed v2 live | [numbers] 1→2 stealth 00–01"},
			{look{status: 304}, "unchanged v2 live"},
			{look{body: whole}, "changed v3 live | [numbers] 2→3 stealth 02–03"},
			{look{status: 304}, "unchanged v3 live"},
		}},
		{"a wall hides the article", []see{
			{look{body: whole}, "new v1 live"},
			{look{body: wall}, "wall v0 walled"},
			{look{status: 304}, "wall v0 walled"},
			{look{body: whole}, "same v1 live"},
			{look{body: wall}, "wall v0 walled"},
			{look{body: edited}, "changed v2 live | [numbers] 1→2 stealth 03–05"},
		}},
		{"a wall from the first look", []see{
			{look{body: wall}, "wall v0 walled"},
			{look{body: whole}, "new v1 live"},
		}},
		{"410, and the same text again", []see{
			{look{body: whole}, "new v1 live"},
			{look{status: 410, body: "gone"}, "gone v0 withdrawn | [unpublished] 1→1 00–01"},
			{look{status: 410, body: "gone"}, "absent v0 withdrawn"},
			{look{body: whole}, "restored v1 live | [restored] 1→1 02–03"},
			{look{status: 304}, "unchanged v1 live"},
		}},
		{"410, and back by a 304", []see{
			{look{body: whole}, "new v1 live"},
			{look{status: 410}, "gone v0 withdrawn | [unpublished] 1→1 00–01"},
			{look{status: 304}, "restored v1 live | [restored] 1→1 01–02"},
		}},
		{"410, and back with edits", []see{
			{look{body: whole}, "new v1 live"},
			{look{status: 410}, "gone v0 withdrawn | [unpublished] 1→1 00–01"},
			{look{body: edited}, "changed v2 live | [restored numbers] 1→2 stealth 00–02"},
		}},
		{"a withdrawn page stays so through errors and walls", []see{
			{look{body: whole}, "new v1 live"},
			{look{status: 410}, "gone v0 withdrawn | [unpublished] 1→1 00–01"},
			{look{status: 503}, "error v0 withdrawn"},
			{look{status: 410}, "absent v0 withdrawn"},
			{look{body: wall}, "wall v0 withdrawn"},
			{look{body: service}, "other v0 withdrawn"},
			{look{body: whole}, "restored v1 live | [restored] 1→1 03–06"},
		}},
		{"410 with the article's own bytes", []see{
			{look{body: whole}, "new v1 live"},
			{look{status: 410, body: whole}, "gone v0 withdrawn | [unpublished] 1→1 00–01"},
		}},
		{"500 with the article's own bytes", []see{
			{look{body: whole}, "new v1 live"},
			{look{status: 500, body: whole}, "error v0 failing"},
			{look{body: whole}, "same v1 live"},
		}},
		{"404 twice", []see{
			{look{body: whole}, "new v1 live"},
			{look{status: 404}, "absent v0 live"},
			{look{status: 404}, "gone v0 withdrawn | [unpublished] 1→1 00–02"},
			{look{status: 404}, "absent v0 withdrawn"},
			{look{body: whole}, "restored v1 live | [restored] 1→1 03–04"},
		}},
		{"404 once", []see{
			{look{body: whole}, "new v1 live"},
			{look{status: 404}, "absent v0 live"},
			{look{status: 304}, "unchanged v1 live"},
			{look{status: 404}, "absent v0 live"},
			{look{body: whole}, "unchanged v1 live"},
		}},
		{"404 twice, trouble between", []see{
			{look{body: whole}, "new v1 live"},
			{look{status: 404}, "absent v0 live"},
			{look{status: 502}, "error v0 failing"},
			{look{status: 404}, "gone v0 withdrawn | [unpublished] 1→1 00–03"},
		}},
		{"never there", []see{
			{look{status: 404}, "absent v0 other"},
			{look{status: 404}, "absent v0 other"},
			{look{status: 410}, "absent v0 other"},
			{look{body: whole}, "new v1 live"},
		}},
		{"a page that says 200 and means 404", []see{
			{look{body: whole}, "new v1 live"},
			{look{body: notFound}, "absent v0 live"},
			{look{body: notFound}, "gone v0 withdrawn | [unpublished] 1→1 00–02"},
			{look{body: whole}, "restored v1 live | [restored] 1→1 02–03"},
		}},
		{"led to the home page", []see{
			{look{body: whole}, "new v1 live"},
			{look{body: front, final: "https://gazette.example/"}, "absent v0 live"},
			{look{body: front, final: "https://gazette.example/"}, "gone v0 withdrawn | [unpublished] 1→1 00–02"},
		}},
		{"led to a new address of the article", []see{
			{look{body: whole}, "new v1 live"},
			{look{body: whole, final: "https://gazette.example/2026/ferry-fares"}, "unchanged v1 live"},
			{look{body: edited, final: "https://gazette.example/2026/ferry-fares"}, "changed v2 live | [numbers] 1→2 stealth 01–02"},
		}},
		{"a page without an article", []see{
			{look{body: service}, "other v0 other"},
			{look{body: whole}, "new v1 live"},
			{look{body: service}, "other v0 other"},
			{look{body: whole}, "same v1 live"},
		}},
		{"refused", []see{
			{look{status: 403, body: "<html><body><h1>Forbidden</h1></body></html>"}, "error v0 failing"},
			{look{body: whole}, "new v1 live"},
			{look{status: 403, body: whole}, "error v0 failing"},
			{look{status: 451, body: whole}, "wall v0 walled"},
			{look{status: 304}, "unchanged v1 live"},
		}},
		{"a teaser, then the text, then the teaser", []see{
			{look{body: teaser}, "new v1 partial"},
			{look{body: teaser}, "unchanged v1 partial"},
			{look{body: whole}, "changed v2 live"},
			{look{body: teaser}, "partial v0 partial"},
			{look{body: whole}, "unchanged v2 live"},
			{look{body: edited}, "changed v3 live | [numbers] 2→3 stealth 04–05"},
		}},
		{"withdrawn, and back behind a wall that lets the beginning through", []see{
			{look{body: whole}, "new v1 live"},
			{look{status: 410}, "gone v0 withdrawn | [unpublished] 1→1 00–01"},
			{look{body: teaser}, "partial v0 partial | [restored] 1→1 01–02"},
			{look{body: whole}, "unchanged v1 live"},
		}},
		{"a withdrawn teaser, and back whole", []see{
			{look{body: teaser}, "new v1 partial"},
			{look{status: 410}, "gone v0 withdrawn | [unpublished] 1→1 00–01"},
			{look{body: whole}, "changed v2 live | [restored] 1→2 01–02"},
		}},
		{"most of the text is lost, once", []see{
			{look{body: whole}, "new v1 live"},
			{look{body: stump}, "doubtful v0 doubtful"},
			{look{body: whole}, "same v1 live"},
			{look{body: stump}, "doubtful v0 doubtful"},
			{look{body: edited}, "changed v2 live | [numbers] 1→2 stealth 02–04"},
		}},
		{"most of the text is lost, twice", []see{
			{look{body: whole}, "new v1 live"},
			{look{body: stump}, "doubtful v0 doubtful"},
			{look{body: stump}, "changed v2 live | [removed] 1→2 stealth 00–02"},
		}},
		{"most of the text is lost, confirmed by a 304", []see{
			{look{body: whole}, "new v1 live"},
			{look{body: stump}, "doubtful v0 doubtful"},
			{look{status: 304}, "changed v2 live | [removed] 1→2 stealth 00–02"},
		}},
		{"most of the text is lost, trouble between", []see{
			{look{body: whole}, "new v1 live"},
			{look{body: stump}, "doubtful v0 doubtful"},
			{look{status: 503}, "error v0 failing"},
			{look{body: stump}, "changed v2 live | [removed] 1→2 stealth 00–03"},
		}},
		{"withdrawn, and back with little of the text", []see{
			{look{body: whole}, "new v1 live"},
			{look{status: 410}, "gone v0 withdrawn | [unpublished] 1→1 00–01"},
			{look{body: stump}, "doubtful v0 withdrawn"},
			{look{body: stump}, "changed v2 live | [restored removed] 1→2 stealth 00–03"},
		}},
		{"a date goes on alone, then the text without a word", []see{
			{look{body: whole}, "new v1 live"},
			{look{body: redated}, "same v1 live"},
			{look{body: redatedEdited}, "changed v2 live | [numbers] 1→2 stealth 01–02"},
		}},
		{"the date goes on with the text", []see{
			{look{body: whole}, "new v1 live"},
			{look{body: redatedEdited}, "changed v2 live | [numbers] 1→2 declared 00–01"},
		}},
		{"304 for a body that the archive never had", []see{
			{look{status: 304}, "error v0 failing"},
			{look{body: whole}, "new v1 live"},
		}},
	}
	// Look by look, and all at once: a batch holds a page once. The pages are
	// of one archive, so that the same bytes come from several of them.
	for _, once := range []bool{false, true} {
		store := archivetest.Open(t)
		got := map[string][]string{} // by URL
		in := New(store, Options{Seen: func(s archive.Sighting, c *archive.Change) {
			u := "https://" + strings.ReplaceAll(string(s.Page), "example,gazette)", "gazette.example")
			got[u] = append(got[u], told(t, store, s, c))
		}})
		for i := range 8 {
			for n, row := range rows {
				if i >= len(row.see) {
					continue
				}
				l := row.see[i].look
				l.url = fmt.Sprintf("https://gazette.example/news/%d", n)
				take(t, store, i, l)
			}
			if !once {
				drain(t, in)
			}
		}
		drain(t, in)
		for n, row := range rows {
			var want []string
			for _, see := range row.see {
				want = append(want, see.want)
			}
			if diff := cmp.Diff(want, got[fmt.Sprintf("https://gazette.example/news/%d", n)]); diff != "" {
				t.Errorf("%s (all at once: %v) (-want +got):\n%s", row.name, once, diff)
			}
		}
	}
}

// conclusions are all that ingest wrote.
type conclusions struct {
	Pages     []archive.Page
	Versions  []archive.Version
	Changes   []archive.Change
	Stories   []archive.Story
	Sightings []archive.Sighting
}

func dump(t testing.TB, store *archive.Store) conclusions {
	t.Helper()
	var all conclusions
	check := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	ctx := context.Background()
	for p, err := range store.Pages(ctx, archive.Filter{}) {
		check(err)
		all.Pages = append(all.Pages, p)
		check(store.View(func(tx *archive.Tx) error {
			s, err := tx.Sightings(p.Key)
			all.Sightings = append(all.Sightings, s...)
			return err
		}))
	}
	for v, err := range store.Versions(ctx, archive.Filter{}) {
		check(err)
		all.Versions = append(all.Versions, v)
	}
	for c, err := range store.Changes(ctx, archive.Filter{}) {
		check(err)
		c.Seq = 0 // its place in the journal, which is its own in each archive
		all.Changes = append(all.Changes, c)
	}
	for s, err := range store.Stories(ctx, archive.Filter{}) {
		check(err)
		all.Stories = append(all.Stories, s)
	}
	return all
}
