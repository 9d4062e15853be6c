package main

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"pressmark/archive"
	"pressmark/crawler/newsroom"
	"pressmark/extract/urlkey"
)

var update = flag.Bool("update", false, "write the golden files anew")

// The demo's table is a golden file; addresses and IDs, which hang on free
// ports, are masked.
func TestDemoPicture(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "demo")
	var out, talk bytes.Buffer
	if code := execute(context.Background(), []string{"demo", "--no-serve", "--dir", dir}, nil, &out, &talk); code != 0 {
		t.Fatalf("exit %d: %s", code, talk.String())
	}
	text := strings.ReplaceAll(out.String(), dir, "pressmark-demo")
	text = regexp.MustCompile(`http://127\.0\.0\.\d+:\d+`).ReplaceAllString(text, "http://127.0.0.x:port")
	text = regexp.MustCompile(`\b[0-9a-f]{8}\b`).ReplaceAllString(text, "1d1d1d1d")
	golden := filepath.Join("testdata", "demo.golden")
	if *update {
		if err := os.WriteFile(golden, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), text); diff != "" {
		t.Errorf("the demo prints something else (go test -run TestDemoPicture -update writes the golden file):\n%s", diff)
	}
	page, err := os.ReadFile(filepath.Join(dir, "report.html"))
	if err != nil {
		t.Fatal(err)
	}
	if m := regexp.MustCompile(`(?i)<(script|img|link|iframe)\b|url\(`).FindString(string(page)); m != "" {
		t.Errorf("report.html wants something from elsewhere: %s", m)
	}
}

// TestDemoTruth holds the demo against what the newsroom knows of itself: every
// count of every crawl, every text of every version, every edit, every story.
func TestDemoTruth(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "demo")
	var out, talk bytes.Buffer
	if code := execute(context.Background(), []string{"demo", "--no-serve", "--json", "--dir", dir}, nil, &out, &talk); code != 0 {
		t.Fatalf("exit %d: %s", code, talk.String())
	}
	// A second newsroom tells the truth; its addresses differ from those of the demo's by the port.
	room, err := newsroom.New(newsroom.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := room.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer room.Close()
	w := &week{t: t, room: room, truth: room.Truth(), papers: map[string]string{}}
	for _, p := range room.Papers() {
		w.papers[p.Name] = p.URL
	}
	w.read(out.Bytes())
	w.counts()
	store, err := archive.Open(filepath.Join(dir, "archive"), archive.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	w.texts(store)
	w.edits(store)
	w.stories(store)
	report, err := store.Verify(t.Context(), archive.VerifyOptions{Deep: true})
	if err != nil || len(report.Damage) > 0 {
		t.Errorf("verify: %v, %+v", err, report.Damage)
	}
}

type week struct {
	t      *testing.T
	room   *newsroom.Room
	truth  newsroom.Truth
	papers map[string]string // the truth's address of each
	demo   map[string]string // the demo's address → the truth's
	totals []total
}

// read takes the demo's JSON lines.
func (w *week) read(b []byte) {
	w.t.Helper()
	w.demo = map[string]string{}
	for _, row := range strings.Split(strings.TrimSpace(string(b)), "\n") {
		var head struct{ Type, Name, URL string }
		if err := json.Unmarshal([]byte(row), &head); err != nil {
			w.t.Fatalf("%s: %v", row, err)
		}
		switch head.Type {
		case "paper":
			w.demo[head.URL] = w.papers[head.Name]
		case "crawl":
			var c total
			if err := json.Unmarshal([]byte(row), &c); err != nil {
				w.t.Fatal(err)
			}
			w.totals = append(w.totals, c)
		}
	}
}

// url turns an address of the demo into the truth's.
func (w *week) url(raw string) string {
	for from, to := range w.demo {
		if rest, ok := strings.CutPrefix(raw, from); ok {
			return to + rest
		}
	}
	return raw
}

func (w *week) counts() {
	expect := w.room.Expect(newsroom.Crawls())
	if len(w.totals) != len(expect) {
		w.t.Fatalf("%d crawls, want %d", len(w.totals), len(expect))
	}
	for i, got := range w.totals {
		all := expect[i][len(expect[i])-1]
		want := total{Type: "crawl", Crawl: i + 1, At: all.At, Pages: all.Pages, New: all.New, Unchanged: all.Unchanged,
			Changed: all.Changed, Withdrawn: all.Withdrawn, Restored: all.Restored, Walls: all.Walls, Notices: all.Notices}
		got.Articles, got.Failed, got.Skipped = 0, nil, nil
		if diff := cmp.Diff(want, got); diff != "" {
			w.t.Errorf("crawl %d (-want +got):\n%s", i+1, diff)
		}
	}
}

// texts compares every version with the states of its page, one for one.
func (w *week) texts(store *archive.Store) {
	got := map[string][]archive.Version{}
	for v, err := range store.Versions(w.t.Context(), archive.Filter{}) {
		if err != nil {
			w.t.Fatal(err)
		}
		u := w.url(v.URL)
		got[u] = append(got[u], v)
	}
	for _, p := range w.truth.Pages {
		seen := w.versions(p)
		if len(got[p.URL]) != len(seen) {
			w.t.Errorf("%s has %d versions, want %d", p.URL, len(got[p.URL]), len(seen))
			continue
		}
		for i, v := range got[p.URL] {
			w.article(p.URL, v, seen[i])
		}
		delete(got, p.URL)
	}
	for u := range got {
		w.t.Errorf("%s is in the archive and no article of the newsroom", u)
	}
}

// versions are the states of a page whose texts differ, as the crawls saw them.
func (w *week) versions(p newsroom.Page) []newsroom.State {
	var list []newsroom.State
	for _, at := range newsroom.Crawls() {
		s, ok := p.At(at)
		if !ok || s.Kind != newsroom.Live || p.Disallowed || w.down(p, at) {
			continue
		}
		if n := len(list); n > 0 && sameState(list[n-1], s) {
			continue
		}
		list = append(list, s)
	}
	return list
}

func (w *week) down(p newsroom.Page, at time.Time) bool {
	return slices.ContainsFunc(w.truth.Outages, func(o newsroom.Outage) bool {
		return o.Paper == p.Paper && !at.Before(o.From) && at.Before(o.To)
	})
}

func sameState(a, b newsroom.State) bool {
	return a.Title == b.Title && slices.Equal(a.Blocks, b.Blocks) && slices.Equal(a.Byline, b.Byline)
}

func (w *week) article(u string, v archive.Version, s newsroom.State) {
	flat := func(text string) string { return strings.Join(strings.Fields(text), " ") }
	type facts struct {
		Title, Dek, Agency, Published, Modified, Language string
		Byline, Blocks                                    []string
	}
	want := facts{Title: s.Title, Dek: s.Dek, Agency: s.Agency, Language: s.Language, Byline: s.Byline,
		Published: s.Published.UTC().Format(time.RFC3339), Modified: s.Modified.UTC().Format(time.RFC3339)}
	for _, b := range s.Blocks {
		want.Blocks = append(want.Blocks, b.Kind+": "+b.Text)
	}
	a := v.Article
	got := facts{Title: flat(a.Title), Dek: flat(a.Dek), Agency: a.Agency, Language: a.Language, Byline: a.Byline,
		Published: a.Published.Time.UTC().Format(time.RFC3339), Modified: a.Modified.Time.UTC().Format(time.RFC3339)}
	for _, b := range a.Blocks {
		got.Blocks = append(got.Blocks, string(b.Kind)+": "+flat(b.Text))
	}
	if len(got.Byline) == 0 {
		got.Byline = want.Byline[:0]
	}
	if diff := cmp.Diff(want, got); diff != "" {
		w.t.Errorf("%s version %d (-want +got):\n%s", u, v.ID.N, diff)
	}
	var removed strings.Builder
	for _, r := range a.Removed {
		removed.WriteString(flat(r.Text) + "\n")
	}
	for _, n := range s.Notices {
		if strings.Contains(flat(a.Text()), n) {
			w.t.Errorf("%s version %d holds the notice %q", u, v.ID.N, n)
		}
		if !strings.Contains(removed.String(), n) {
			w.t.Errorf("%s version %d: the notice %q is not kept in removed:\n%s", u, v.ID.N, n, removed.String())
		}
	}
}

// edits compares the changes with what was done to the articles.
func (w *week) edits(store *archive.Store) {
	type edit struct {
		URL      string
		Kinds    []string
		Declared bool
		Stealth  bool
	}
	var want, got []edit
	for _, e := range w.truth.Edits {
		if len(e.Kinds) == 0 {
			continue
		}
		kinds := slices.Sorted(slices.Values(e.Kinds))
		want = append(want, edit{e.URL, kinds, e.Declared, e.Stealth})
	}
	words := map[string]string{}
	for ch, err := range store.Changes(w.t.Context(), archive.Filter{}) {
		if err != nil {
			w.t.Fatal(err)
		}
		e := edit{URL: w.url(ch.URL), Declared: ch.Diff.Declared, Stealth: ch.Diff.Stealth}
		for _, k := range ch.Diff.Kinds {
			e.Kinds = append(e.Kinds, string(k))
		}
		slices.Sort(e.Kinds)
		got = append(got, e)
		for _, x := range ch.Diff.Edits {
			words[e.URL] += x.Before + "\n" + x.After + "\n"
			for _, s := range x.Spans {
				words[e.URL] += s.Text + "\n"
			}
		}
	}
	order := func(a, b edit) int {
		return strings.Compare(a.URL+strings.Join(a.Kinds, " "), b.URL+strings.Join(b.Kinds, " "))
	}
	slices.SortFunc(want, order)
	slices.SortFunc(got, order)
	if diff := cmp.Diff(want, got); diff != "" {
		w.t.Errorf("changes (-want +got):\n%s", diff)
	}
	for _, e := range w.truth.Edits {
		if len(e.Kinds) == 0 {
			continue
		}
		for _, x := range e.Words {
			old, now := split(x.Old), split(x.New)
			for _, word := range append(without(old, now), without(now, old)...) {
				if !strings.Contains(words[e.URL], word) {
					w.t.Errorf("%s: the change does not show %q of %q → %q", e.URL, word, x.Old, x.New)
				}
			}
		}
	}
}

// split gives the words of a text, without gives those of a that b has not.
func split(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

func without(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(x string) bool { return slices.Contains(b, x) })
}

// stories compares the stories that several pages tell.
func (w *week) stories(store *archive.Store) {
	type member struct{ URL, Relation string }
	byLead := func(a, b []member) int { return strings.Compare(a[0].URL, b[0].URL) }
	var want, got [][]member
	for _, s := range w.truth.Stories {
		var list []member
		for _, m := range s.Members {
			list = append(list, member{m.URL, m.Relation})
		}
		want = append(want, list)
	}
	url := map[urlkey.Key]string{}
	for p, err := range store.Pages(w.t.Context(), archive.Filter{}) {
		if err != nil {
			w.t.Fatal(err)
		}
		url[p.Key] = w.url(p.URL)
	}
	for s, err := range store.Stories(w.t.Context(), archive.Filter{}) {
		if err != nil {
			w.t.Fatal(err)
		}
		var list []member
		seen := map[string]bool{}
		for _, m := range s.Members {
			if u := url[m.Version.Page]; !seen[u] {
				seen[u] = true
				list = append(list, member{u, string(m.Relation)})
			}
		}
		if len(list) > 1 {
			got = append(got, list)
		}
	}
	slices.SortFunc(want, byLead)
	slices.SortFunc(got, byLead)
	if diff := cmp.Diff(want, got); diff != "" {
		w.t.Errorf("stories (-want +got):\n%s", diff)
	}
}
