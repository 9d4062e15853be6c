package report

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"

	"pressmark/archive"
	"pressmark/archive/ingest"
)

func feedOf(t *testing.T, r *Report) (*gofeed.Feed, string) {
	t.Helper()
	var b bytes.Buffer
	if err := Atom(&b, r, time.UTC); err != nil {
		t.Fatal(err)
	}
	f, err := gofeed.NewParser().ParseString(b.String())
	if err != nil {
		t.Fatalf("%v\n%s", err, b.String())
	}
	return f, b.String()
}

// A reader of feeds finds the words, both times, both hashes and both versions.
func TestFeed(t *testing.T) {
	s := week(t)
	r := build(t, s, Options{Program: "pressmark test"})
	f, _ := feedOf(t, r)
	if f.FeedType != "atom" || f.UpdatedParsed == nil || len(f.Items) != r.Changed {
		t.Fatalf("%s feed of %v with %d entries for %d changes", f.FeedType, f.UpdatedParsed, len(f.Items), r.Changed)
	}
	seen := map[string]bool{}
	last := f.Items[0].UpdatedParsed
	for i, e := range f.Items {
		c := r.AllCards()[i]
		if seen[e.GUID] || !strings.HasPrefix(e.GUID, "urn:uuid:") || e.UpdatedParsed.After(*last) || !e.UpdatedParsed.Equal(c.Before) || len(e.Links) == 0 || !strings.HasSuffix(e.Link, c.URL[strings.LastIndex(c.URL, "/"):]) || e.Author.Name != c.Site {
			t.Errorf("entry %d: %s of %v, %s by %v", i, e.GUID, e.UpdatedParsed, e.Link, e.Author)
		}
		seen[e.GUID], last = true, e.UpdatedParsed
		for _, want := range []string{c.Digest, c.DigestOld, c.Interval(time.UTC), "pressmark show " + short(c.Page)} {
			if !strings.Contains(e.Content, want) {
				t.Errorf("entry %d lacks %q:\n%s", i, want, e.Content)
			}
		}
	}
	all := ""
	for _, e := range f.Items {
		all += e.Content
	}
	for _, want := range []string{"<del>two</del>", "<ins>three</ins>", "stealth edit", "<ins>Correction: An earlier version"} {
		if !strings.Contains(all, want) {
			t.Errorf("no entry says %s", want)
		}
	}

	// What is concluded anew is the same for who has read it.
	if err := s.Reset(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := ingest.New(s, ingest.Options{}).Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	again, _ := feedOf(t, build(t, s, Options{}))
	for _, e := range again.Items {
		if !seen[e.GUID] {
			t.Errorf("%s has another ID now", e.Title)
		}
	}
	if one, _ := feedOf(t, build(t, s, Options{Site: "Northern Wire"})); len(one.Items) == 0 || one.Items[0].Author.Name != "Northern Wire" {
		t.Errorf("a site's own feed has %d entries", len(one.Items))
	}
}

// What a page says can't become markup of the feed or of an entry.
func TestFeedOfHostileText(t *testing.T) {
	bad := ferry
	bad.title = "Fares ]]> <script>alert(1)</script> & “more” \x01\u202e"
	after := bad.then(10, "62 sailings", "<img src=x onerror=alert(1)> 26 sailings")
	for i := range after.text {
		after.text[i] = strings.ReplaceAll(after.text[i], "<", "&lt;")
	}
	bad.title = strings.ReplaceAll(bad.title, "<", "&lt;")
	after.title = bad.title
	f, text := feedOf(t, build(t, store(t, bad, after), Options{}))
	if len(f.Items) != 1 || strings.Contains(f.Items[0].Content, "<img") || strings.Contains(f.Items[0].Content, "<script") || strings.Contains(text, "\u202e") {
		t.Errorf("%d entries\n%s", len(f.Items), text)
	}
}

// An archive without changes is a feed without entries.
func TestEmptyFeed(t *testing.T) {
	f, _ := feedOf(t, build(t, store(t, ferry), Options{}))
	if len(f.Items) != 0 || f.Title == "" {
		t.Errorf("%d entries in %q", len(f.Items), f.Title)
	}
}

func TestCursor(t *testing.T) {
	s := store(t, ferry, ferry.then(10, "62 sailings", "26 sailings"))
	next := func(move bool) *Report {
		t.Helper()
		c, err := ReadCursor(s, "desk")
		if err != nil {
			t.Fatal(err)
		}
		r := build(t, s, Options{Cursor: c, Now: monday.Add(48 * time.Hour)})
		if move {
			if err := c.Move(t.Context(), s, r); err != nil {
				t.Fatal(err)
			}
		}
		return r
	}
	add := func(e edition) {
		t.Helper()
		if _, err := s.Append(t.Context(), archive.Capture{URL: e.url(), Final: e.url(), Site: e.site, Status: 200, Body: []byte(e.page()), FetchedAt: monday.Add(time.Duration(e.hour) * time.Hour)}); err != nil {
			t.Fatal(err)
		}
		if _, err := ingest.New(s, ingest.Options{}).Run(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	for i, want := range []int{1, 1, 0} { // only looked at, told, and nothing since
		if r := next(i > 0); r.Changed != want {
			t.Errorf("report %d tells %d changes, want %d", i, r.Changed, want)
		}
	}
	// A change is told although it was first seen before the last report: it was read late.
	late := ferry.then(20, "62 sailings", "26 sailings")
	late.title = "Ferry fares go up in May"
	add(late)
	if r := next(true); r.Changed != 1 || r.Cards[0].Title != late.title {
		t.Errorf("told %+v", r.Cards)
	}
	// After everything is concluded anew only what is new is told.
	if err := s.Reset(t.Context()); err != nil {
		t.Fatal(err)
	}
	told, err := ReadCursor(s, "desk")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Build(t.Context(), s, Options{Cursor: told, Now: monday.Add(48 * time.Hour)}); !errors.Is(err, ErrAnew) {
		t.Errorf("while everything is concluded anew a report gives %v", err)
	}
	later := late
	later.hour, later.title = 60, "Ferry fares go up in June"
	add(later)
	if r := next(true); r.Changed != 1 || r.Cards[0].Title != later.title {
		t.Errorf("after reextract told %+v", r.Cards)
	}
	list, err := Cursors(s)
	if err != nil || len(list) != 1 || list[0].Name != "desk" || list[0].At == 0 {
		t.Errorf("cursors: %+v, %v", list, err)
	}
	if err := ResetCursor(t.Context(), s, "desk"); err != nil {
		t.Fatal(err)
	}
	if r := next(false); r.Changed != 3 {
		t.Errorf("after a reset of the cursor %d changes are told, want all 3", r.Changed)
	}
}

func TestWatches(t *testing.T) {
	s := week(t)
	for words, want := range map[string]int{
		"three":             1, // it came
		"two":               1, // it went
		"county":            0, // it stood beside it
		"three of":          1, // a phrase of which a word came
		"of its eleven":     0, // one that stayed
		"thr":               0, // no word
		"thr*":              2, // the beginning of one: three, thrid
		"THREE|nothing":     1,
		"班次":                0,
		"Correction: An e*": 1,
	} {
		list, err := ParseWords(words)
		if err != nil {
			t.Fatal(err)
		}
		r := build(t, s, Options{Choice: Choice{Watches: []Watch{{Name: words, Words: list}}, Watched: true}})
		if r.Changed != want {
			t.Errorf("%q is in %d changes, want %d", words, r.Changed, want)
		}
		for _, c := range r.AllCards() {
			if len(c.Watched) != 1 || c.Watched[0].Watch != words {
				t.Errorf("%q: the change names %v", words, c.Watched)
			}
		}
	}
	all := build(t, s, Options{Choice: Choice{Watches: []Watch{{Name: "bridges", Words: []string{"three"}}, {Name: "grave", Grade: 3}, {Name: "wire", Sites: []string{"Northern Wire"}}}}})
	n := map[string]int{}
	for _, c := range all.AllCards() {
		for _, w := range c.Watched {
			n[w.Watch]++
		}
	}
	if all.Changed != build(t, s, Options{}).Changed || n["bridges"] != 1 || n["grave"] == 0 || n["wire"] == 0 {
		t.Errorf("%d changes, watched %v", all.Changed, n)
	}
	for _, bad := range []string{"", "a||b", "*", strings.Repeat("x", 300)} {
		if _, err := ParseWords(bad); err == nil {
			t.Errorf("%q is taken for words", bad)
		}
	}
	for _, c := range []Choice{{Min: 3}, {Stealth: true}, {Kinds: []string{"headline"}}, {Sites: []string{"Northern Wire", "Daily Spin"}}} {
		if r := build(t, s, Options{Choice: c}); r.Changed == 0 || r.Changed >= all.Changed || r.Filter == "" {
			t.Errorf("%+v leaves %d of %d changes, told as %q", c, r.Changed, all.Changed, r.Filter)
		}
	}
}
