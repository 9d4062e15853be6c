package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pressmark/archive"
	"pressmark/archive/archivetest"
	"pressmark/archive/ingest"
	"pressmark/extract/change"
)

var update = flag.Bool("update", false, "write the golden files anew")

var monday = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)

// An edition is an article at one hour after monday.
type edition struct {
	hour       int
	site, path string
	status     int
	lang       string
	title      string
	modified   string
	text       []string
}

func (e edition) page() string {
	meta := ""
	if e.modified != "" {
		meta = fmt.Sprintf(`,"datePublished":"2026-03-01T20:00:00Z","dateModified":%q`, e.modified)
	}
	return fmt.Sprintf(`<!doctype html><html lang=%q><head><meta charset="utf-8"><title>%[2]s</title>
<script type="application/ld+json">{"@type":"NewsArticle","headline":%[2]q%[3]s}</script></head>
<body><article><h1>%[2]s</h1><p>%[4]s</p></article></body></html>`, e.lang, e.title, meta, strings.Join(e.text, "</p>\n<p>"))
}

func (e edition) url() string {
	return "https://" + strings.ToLower(strings.ReplaceAll(e.site, " ", "-")) + ".example" + e.path
}

// then is a later edition of the article.
func (e edition) then(hour int, old, new string) edition {
	e.hour, e.text = hour, slices.Clone(e.text)
	for i := range e.text {
		e.text[i] = strings.ReplaceAll(e.text[i], old, new)
	}
	return e
}

func (e edition) gone(hour int) edition { e.hour, e.status = hour, 410; return e }

// store makes an archive of editions, in the order of their hours.
func store(t *testing.T, list ...edition) *archive.Store {
	t.Helper()
	s := archivetest.Open(t)
	slices.SortStableFunc(list, func(a, b edition) int { return a.hour - b.hour })
	for _, e := range list {
		c := archive.Capture{URL: e.url(), Final: e.url(), Site: e.site, Status: e.status, FetchedAt: monday.Add(time.Duration(e.hour) * time.Hour),
			Header: http.Header{"Content-Type": {"text/html; charset=utf-8"}}}
		if c.Status == 0 {
			c.Status, c.Body = 200, []byte(e.page())
		}
		if _, err := s.Append(t.Context(), c); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := ingest.New(s, ingest.Options{}).Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s
}

func build(t *testing.T, s *archive.Store, o Options) *Report {
	t.Helper()
	if o.Now.IsZero() {
		o.Now = monday.Add(48 * time.Hour)
	}
	r, err := Build(t.Context(), s, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

var (
	ferry = edition{site: "Harbour Gazette", path: "/ferry", lang: "en", title: "Ferry fares go up in April", modified: "2026-03-01T20:00:00Z", text: []string{
		"The harbour board will raise the fares on all its ferries in April, the second increase in twelve months, its director said on Monday morning.",
		"A single crossing is to cost 4.20, up from 3.80, while the price of a monthly pass stays what it has been since the spring of last year.",
		"The passengers’ association counted 62 sailings that had been cancelled between November and January, most of them on the northern route.",
		"“We are asked to pay more for boats that do not come,” said its chairman, Edmund Vane, who has crossed the sound every day since 1994.",
	}}
	bridge = edition{site: "Harbour Gazette", path: "/bridge", lang: "en", title: "Bridge closed after inspectors find cracks", modified: "2026-03-01T20:00:00Z", text: []string{
		"The bridge over the sound was closed on Sunday night after inspectors had found cracks in two of its eleven pillars, the county said.",
		"Engineers from the university of Calderay will examine the pillars this week and are to report to the county council on Friday.",
		"Until then lorries must take the road around the bay, which adds fifty minutes to the way from the port to the capital.",
	}}
	hospital = edition{site: "Northern Wire", path: "/hospital", lang: "en", title: "Hospital wing opens with half its beds", modified: "2026-03-01T20:00:00Z", text: []string{
		"The new wing of the regional hospital opened on Monday with forty of its eighty beds, because nurses for the others could not be found.",
		"Its director, Isolde Merriman, said that the remaining beds would follow by summer if the ministry agreed to better pay for night shifts.",
		"The wing had been due to open two years ago and has cost a third more than was planned when the first stone was laid.",
	}}
	arabic = edition{site: "صحيفة الميناء", path: "/ar", lang: "ar", title: "ارتفاع أسعار العبارات في أبريل", modified: "2026-03-01T20:00:00Z", text: []string{
		"أعلن مجلس الميناء يوم الاثنين أن أسعار جميع العبارات سترتفع في شهر أبريل المقبل، وهي الزيادة الثانية خلال اثني عشر شهرا في المدينة.",
		"وقالت جمعية الركاب إن 62 رحلة ألغيت بين نوفمبر ويناير، ومعظمها على الخط الشمالي الذي يربط الجزر بالبر الرئيسي منذ سنوات طويلة.",
		"وأوضح المجلس أن اثنين من القوارب الخمسة يبلغ عمرهما أربعين عاما وأن القارب الجديد الأول سيصل في فصل الخريف المقبل.",
	}}
	chinese = edition{site: "港口日报", path: "/zh", lang: "zh", title: "渡轮票价四月上调", modified: "2026-03-01T20:00:00Z", text: []string{
		"港口管理局周一上午宣布，所有渡轮的票价将在四月上调，这是十二个月以来的第二次涨价，单程票价将从三元八角涨到四元二角。",
		"乘客协会统计，从十一月到一月共有62个班次被取消，其中大部分在北部航线上，许多居民每天依靠这条航线上班和上学。",
		"管理局回应说，五艘船中有两艘已经使用了四十年，船厂承诺第一艘新船将在今年秋天交付使用，届时班次将会恢复正常。",
	}}
)

// week is an archive with one of everything.
func week(t *testing.T) *archive.Store {
	note := ferry.then(10, "62 sailings", "26 sailings")
	note.modified = "2026-03-02T17:00:00Z"
	note.text = append(note.text, "Correction: An earlier version of this article gave the number of cancelled sailings as 62. It was 26.")
	silent := bridge.then(10, "two of its eleven", "three of its eleven")
	retitled := silent
	retitled.hour, retitled.title, retitled.modified = 20, "Bridge closed for months after inspectors find cracks", "2026-03-03T03:00:00Z"
	typo := hospital.then(10, "third more", "thrid more")
	back := typo
	back.hour = 30
	copied := ferry
	copied.hour, copied.site, copied.path = 5, "Daily Spin", "/boats"
	doubt := chinese.then(20, "62", "62")
	doubt.text = doubt.text[:1]
	s := store(t, ferry, note, bridge, silent, retitled, hospital, typo, typo.gone(20), back, copied,
		arabic, arabic.then(10, "62", "26"), chinese, chinese.then(10, "62", "26"), doubt)
	r, err := s.NewRun(t.Context(), archive.Run{Cause: "manual", Started: monday.Add(time.Hour), Ended: monday.Add(2 * time.Hour), Sites: []archive.SiteRun{
		{Site: "Harbour Gazette", Skipped: map[string]int{"robots": 3}, Failed: map[string]int{"503": 1, "timeout": 2}},
		{Site: "Northern Wire", Outcomes: map[archive.Outcome]int{archive.Walls: 4, archive.New: 1}},
	}})
	if err != nil || r.ID == 0 {
		t.Fatal(err)
	}
	return s
}

// The golden files show the five forms of a report with one of everything.
func TestForms(t *testing.T) {
	zone := time.FixedZone("CET", 3600)
	r := build(t, week(t), Options{Program: "pressmark test", Since: monday.Add(-time.Hour)})
	if len(r.Cards) == 0 || len(r.Withdrawn) != 2 || len(r.Corrections) != 1 || len(r.Small) == 0 || len(r.Doubtful) != 1 || len(r.Stories) != 1 || len(r.Unseen) != 4 {
		t.Errorf("%d cards, %d withdrawn, %d corrections, %d small, %d doubtful, %d stories, %d unseen",
			len(r.Cards), len(r.Withdrawn), len(r.Corrections), len(r.Small), len(r.Doubtful), len(r.Stories), len(r.Unseen))
	}
	for name, write := range map[string]func(io.Writer) error{
		"week.txt":  func(w io.Writer) error { return Text(w, r, zone, Plain) },
		"week.md":   func(w io.Writer) error { return Markdown(w, r, zone) },
		"week.html": func(w io.Writer) error { return HTML(w, r, zone) },
		"week.atom": func(w io.Writer) error { return Atom(w, r, zone) },
		"week.json": func(w io.Writer) error {
			e := json.NewEncoder(w)
			e.SetEscapeHTML(false)
			e.SetIndent("", " ")
			return e.Encode(r)
		},
	} {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			t.Fatal(err)
		}
		golden := filepath.Join("testdata", name)
		if *update {
			if err := os.WriteFile(golden, b.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), b.String()); diff != "" {
			t.Errorf("%s (go test -run TestForms -update writes it) (-want +got):\n%s", name, diff)
		}
		if err := write(&shortDisk{room: 700}); !errors.Is(err, errFull) {
			t.Errorf("%s: a full disk gives %v", name, err)
		}
	}
}

var errFull = errors.New("no space left")

// A shortDisk is a disk that gets full.
type shortDisk struct{ room int }

func (s *shortDisk) Write(b []byte) (int, error) {
	if s.room -= len(b); s.room < 0 {
		return 0, errFull
	}
	return len(b), nil
}

// A report tells of what was first seen after its beginning and not after its end.
func TestSpan(t *testing.T) {
	s := store(t, ferry, ferry.then(10, "62", "26"), ferry.then(20, "62", "31"), hospital)
	at := func(hour int) time.Time { return monday.Add(time.Duration(hour) * time.Hour) }
	for _, x := range []struct {
		since, until time.Time
		site         string
		changed      int
		pages        int
		sites        int
	}{
		{time.Time{}, time.Time{}, "", 2, 2, 2},
		{at(9), at(10), "", 1, 1, 2},
		{at(10), at(20), "", 1, 1, 2},
		{at(10), at(19), "", 0, 0, 2},
		{at(20), at(40), "", 0, 0, 2},
		{time.Time{}, at(0), "", 0, 2, 2},
		{time.Time{}, at(-1), "", 0, 0, 2},
		{time.Time{}, time.Time{}, "Northern Wire", 0, 1, 1},
		{time.Time{}, time.Time{}, "Harbour Gazette", 2, 1, 1},
		{time.Time{}, time.Time{}, "Nobody", 0, 0, 0},
	} {
		r := build(t, s, Options{Since: x.since, Until: x.until, Site: x.site})
		if r.Changed != x.changed || r.Pages != x.pages || r.Sites != x.sites {
			t.Errorf("%v–%v %s: %d changes, %d pages, %d sites, want %d, %d, %d", x.since, x.until, x.site, r.Changed, r.Pages, r.Sites, x.changed, x.pages, x.sites)
		}
	}
}

func TestEmpty(t *testing.T) {
	for _, x := range []struct {
		s    *archive.Store
		o    Options
		want string
	}{
		{store(t), Options{}, "The archive holds no article yet."},
		{store(t, ferry), Options{Site: "Nobody"}, "The archive holds no article of Nobody."},
		{store(t, ferry), Options{Since: monday.Add(time.Hour)}, "No article was looked at in this time, so nothing is known of it."},
		{store(t, ferry), Options{}, "Nothing was changed that a reader would see."},
	} {
		r := build(t, x.s, x.o)
		for name, got := range forms(t, r) {
			if !strings.Contains(got, x.want) {
				t.Errorf("%s does not say %q", name, x.want)
			}
		}
	}
}

// forms are the three forms for people.
func forms(t *testing.T, r *Report) map[string]string {
	t.Helper()
	var text, md, page bytes.Buffer
	if err := errors.Join(Text(&text, r, time.UTC, Plain), Markdown(&md, r, time.UTC), HTML(&page, r, time.UTC)); err != nil {
		t.Fatal(err)
	}
	return map[string]string{"text": text.String(), "md": md.String(), "html": page.String()}
}

// What a paper writes can't leave its place.
func TestHostile(t *testing.T) {
	bad := "</h3><script>alert(1)</script> ![x](http://evil.example/p.gif) `code` **b** \x1b[2J\x00\u202egnol\u2066 | # <img src=x onerror=y> &amp; ~~s~~\nline [y](javascript:z)"
	card := Card{Page: "0123456789abcdef", From: 1, To: 2, Site: bad, URL: "javascript:alert(1)//\"><x>", Title: bad, Language: `en" onload="x`,
		After: monday, Before: monday.Add(time.Hour), Grade: 3, Kinds: []string{"headline", bad}, Stealth: true, Reason: bad,
		Edits: []change.Edit{
			{Where: "title", Block: -1, Op: change.Replace, Before: bad, After: bad},
			{Where: "text", Op: change.Replace, Spans: []change.Span{{Text: bad}, {Op: change.Delete, Text: bad}, {Op: change.Insert, Text: bad}}},
			{Where: "byline", Op: change.Insert, After: bad},
		},
		Also: []Copy{{Page: "fedcba9876543210", Site: bad, Relation: "same", Score: 1, Why: bad}}}
	small := card
	small.Grade = 1
	r := &Report{Title: bad, Until: monday, Site: bad, Program: bad, Articles: 1, Changed: 2,
		Papers: []Paper{{Site: bad, Changed: 1}, {Site: "x", Changed: 1}}, Cards: []Card{card}, Small: []Card{small}, Alike: []Alike{{Site: bad, Pages: []AlikePage{{Page: "0123456789abcdef", URL: bad, Title: bad}}, Card: small}}, Doubtful: []Card{card},
		Corrections: []Admission{{Site: bad, URL: bad, Title: bad, Note: bad}},
		Stories:     []Story{{ID: "x", Title: bad, Agency: bad, Copies: card.Also}}, Unseen: []Unseen{{Site: bad, Reason: bad, Times: 1}}}
	got := forms(t, r)
	for name, text := range got {
		if i := strings.IndexAny(text, "\x00\x1b\u202e\u2066"); i >= 0 {
			t.Errorf("%s holds %q", name, text[i:min(i+8, len(text))])
		}
	}
	for _, tag := range regexp.MustCompile(`<[a-z]+[^>]*>`).FindAllString(got["html"], -1) {
		if strings.HasPrefix(tag, "<script") || strings.HasPrefix(tag, "<img") || strings.Contains(tag, "onload=") || strings.Contains(tag, "javascript:") || strings.Contains(tag, "<x") {
			t.Errorf("html holds %s", tag)
		}
	}
	if m := regexp.MustCompile(`(?:^|[^\\])(?:!?\[[xy]\]?|<img|<script|\]\(<?javascript)`).FindString(got["md"]); m != "" {
		t.Errorf("md holds %q", m)
	}
	if page := got["html"]; strings.Count(page, "<h3") != strings.Count(page, "</h3>") || strings.Count(page, "<article") != strings.Count(page, "</article>") {
		t.Error("html: tags of the page don't pair")
	}
}

// The file wants nothing from elsewhere and runs nothing.
func TestSelfContained(t *testing.T) {
	page := forms(t, build(t, week(t), Options{}))["html"]
	for _, want := range []string{`default-src 'none'`, `dir="auto"`, `lang="ar"`, `lang="zh"`, `prefers-color-scheme: dark`, `@media print`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %s", want)
		}
	}
	for _, bad := range []string{"<script", "<link", "<iframe", "<img", "@import", "url(", " src="} {
		if strings.Contains(page, bad) {
			t.Errorf("the page holds %s", bad)
		}
	}
}

// At most 25 cards are shown in full, and nothing is left out.
func TestMany(t *testing.T) {
	r := &Report{Until: monday, Articles: 60, Changed: 60}
	for i := range 60 {
		r.Cards = append(r.Cards, Card{Page: fmt.Sprintf("%016x", i), From: 1, To: 2, Site: "S", URL: "https://s.example/", Title: fmt.Sprintf("Title %d.", i), Grade: 2,
			Kinds: []string{"headline"}, After: monday, Before: monday.Add(time.Hour),
			Edits: []change.Edit{{Where: "text", Op: change.Insert, After: strings.Repeat("long text ", 400)}}})
	}
	got := forms(t, r)
	open, folded, _ := strings.Cut(got["html"], `<details class="fold">`)
	if n, m := strings.Count(open, "<article"), strings.Count(folded, "<article"); n != 25 || m != 35 {
		t.Errorf("html: %d cards open and %d folded, want 25 and 35", n, m)
	}
	if n := strings.Count(got["md"], "\n### ●●○"); n != 25 {
		t.Errorf("md: %d cards, want 25", n)
	}
	for name, text := range got {
		if !strings.Contains(text, "Title 59.") {
			t.Errorf("%s: the last change is not named", name)
		}
		if !strings.Contains(text, "more letters") || strings.Contains(text, strings.Repeat("long text ", 200)) {
			t.Errorf("%s: a long passage is not clipped", name)
		}
	}
}
