package archive_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"

	"pressmark/archive"
	"pressmark/archive/archivetest"
	"pressmark/archive/export"
	"pressmark/archive/ingest"
	"pressmark/extract/urlkey"
)

// A desk writes invented articles into an archive.
type desk struct {
	t     testing.TB
	dir   string
	store *archive.Store
	mu    sync.Mutex
	now   time.Time
}

func newDesk(t testing.TB, o archive.Options) *desk {
	t.Helper()
	d := &desk{t: t, dir: t.TempDir(), now: time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)}
	o.Now = d.clock
	var err error
	if d.store, err = archive.Create(d.dir, o); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.store.Close() })
	return d
}

func (d *desk) clock() time.Time { return d.turn(0) }

// turn turns the clock and gives the time.
func (d *desk) turn(by time.Duration) time.Time {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.now = d.now.Add(by)
	return d.now
}

// prose is n paragraphs that belong to a subject.
func prose(subject string, n int) []string {
	var list []string
	for i := range n {
		list = append(list, fmt.Sprintf("The %[1]s committee met for the %[2]d. time on Tuesday, and its chairman said that the %[1]s plans would be laid before the council "+
			"in %[3]d weeks; nobody had expected as much from %[1]s, where the mayor had spoken of %[4]d years.", subject, i+1, 3+i*7%11, 2+i*5%13))
	}
	return list
}

func story(title string, text []string) string {
	return fmt.Sprintf(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>%[1]s</title>
<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":%[1]q}</script></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><main><article><h1>%[1]s</h1>
<p>%[2]s</p>
</article></main><footer>The Gazette, a paper of the county since 1871.</footer></body></html>`, title, strings.Join(text, "</p>\n<p>"))
}

func (d *desk) take(url string, status int, body string) archive.Capture {
	d.t.Helper()
	c, err := d.store.Append(context.Background(), archive.Capture{
		URL: url, Final: url, Status: status, FetchedAt: d.turn(time.Hour), Site: "Gazette", Body: []byte(body),
		Header: http.Header{"Content-Type": {"text/html; charset=utf-8"}},
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return c
}

func (d *desk) read() {
	d.t.Helper()
	if _, err := ingest.New(d.store, ingest.Options{}).Run(context.Background()); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) sound() {
	d.t.Helper()
	r, err := d.store.Verify(context.Background(), archive.VerifyOptions{Deep: true})
	if err != nil {
		d.t.Fatal(err)
	}
	for _, x := range r.Damage {
		d.t.Errorf("%s: %s: %s", x.File, x.Record, x.Problem)
	}
}

// exported gives the exported lines by the URL of their page.
func (d *desk) exported() map[string][]string {
	d.t.Helper()
	var b bytes.Buffer
	_, err := export.JSONL(context.Background(), &b, d.store, export.Options{Versions: export.All}, func(w io.Writer, v any) error { return json.NewEncoder(w).Encode(v) })
	if err != nil {
		d.t.Fatal(err)
	}
	lines := map[string][]string{}
	for line := range strings.Lines(b.String()) {
		var x struct {
			URL   string
			Taken *time.Time `json:"taken_down"`
		}
		if err := json.Unmarshal([]byte(line), &x); err != nil {
			d.t.Fatal(err)
		}
		if x.Taken != nil { // a tombstone
			continue
		}
		lines[x.URL] = append(lines[x.URL], line)
	}
	return lines
}

func key(t testing.TB, url string) urlkey.Key {
	t.Helper()
	k, err := urlkey.Of(url)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

const (
	base   = "https://gazette.example/news/"
	probe  = "zibeline-quarrel-of-the-lockkeeper" // stands in what is taken down, and nowhere else
	probe2 = "harrowed-by-the-quicklime-affair"   // in a version of it
)

// newspaper fills an archive: a page to be taken down with three versions, a
// mirror of it, a copy in another paper, and pages that have nothing to do with it.
func newspaper(d *desk) {
	text := append(prose("harbour", 6), "And then there was the "+probe+", of which the paper had the only account in the county.")
	for i := range 8 { // enough for a dictionary of the site
		d.take(fmt.Sprintf("%sother-%d", base, i), 200, story(fmt.Sprint("Of something else, part ", i), prose(fmt.Sprint("orchard", i), 7)))
	}
	d.take(base+"bad", 200, story("The harbour quarrel", text))
	d.take(base+"bad", 304, "")
	d.take("https://mirror.example/harbour", 200, story("The harbour quarrel", text))
	d.take("https://wire.example/harbour", 200, story("A quarrel in the harbour", text))
	d.read()
	second := append(slices.Clone(text), "Later the clerk was "+probe2+", as the record of the hearing has it, and left the county for good.")
	d.take(base+"bad", 200, story("The harbour quarrel", second))
	d.take(base+"other-3", 200, story("Of something else, part 3", prose("orchard3", 9)))
	d.read()
	third := append(slices.Clone(text), "Later the clerk was cleared of everything, and given a pension by the council of the county and a watch.")
	d.take(base+"bad", 200, story("The harbour quarrel, ended", third))
	d.take("https://mirror.example/harbour", 304, "")
	d.read()
	archive.SettleTraining(d.store)
}

func values(t testing.TB, dir string) archivetest.Values {
	t.Helper()
	v, err := archivetest.ValuesOf(dir)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func traces(t testing.TB, dir string, probes []string, payloads map[string]bool, bases [][]byte) []string {
	t.Helper()
	found, err := archivetest.Traces(dir, probes, payloads, bases)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func contents(t testing.TB, s *archive.Store) [][]byte {
	t.Helper()
	list, err := archivetest.Bodies(context.Background(), s)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestTakedownLeavesNothing(t *testing.T) {
	for _, volume := range []int64{0, 8 << 10} {
		t.Run(fmt.Sprint("volumes of ", volume), func(t *testing.T) {
			d := newDesk(t, archive.Options{VolumeSize: volume})
			newspaper(d)
			dir := d.dir
			before := d.exported()
			if len(before[base+"bad"]) != 3 || len(before["https://mirror.example/harbour"]) != 1 {
				t.Fatalf("%d versions, %d of the mirror", len(before[base+"bad"]), len(before["https://mirror.example/harbour"]))
			}
			// Without a takedown the probes are found, or the search is worth nothing.
			d.store.Close()
			was := values(t, dir)
			if found := traces(t, dir, []string{probe, probe2}, nil, nil); len(found) < 2 {
				t.Fatalf("the search does not find what is there: %v", found)
			}
			d.reopen()
			pages := []urlkey.Key{key(t, base+"bad"), key(t, "https://mirror.example/harbour"), key(t, "https://wire.example/harbour")}
			o := archive.TakedownOptions{Pages: pages, By: "tester@desk", Reason: "order 7 of the court"}
			plan, err := d.store.PlanTakedown(t.Context(), o)
			if err != nil {
				t.Fatal(err)
			}
			done, err := d.store.Takedown(t.Context(), o)
			if err != nil {
				t.Fatal(err)
			}
			for i := range done.Tombstones {
				p, q := plan.Tombstones[i], done.Tombstones[i]
				if p.Removed.Captures != q.Removed.Captures || p.Removed.Versions != q.Removed.Versions || p.Removed.Changes != q.Removed.Changes || q.Done.IsZero() {
					t.Errorf("planned %+v, done %+v", p, q)
				}
			}
			d.sound()
			after := d.exported()
			for _, p := range []string{base + "bad", "https://mirror.example/harbour", "https://wire.example/harbour"} {
				if len(after[p]) > 0 {
					t.Errorf("%s is still exported", p)
				}
				delete(before, p)
			}
			if diff := cmp.Diff(before, after); diff != "" {
				t.Errorf("what stays is not as it was: %s", diff)
			}
			bases := contents(t, d.store)
			d.store.Close()
			for _, x := range traces(t, dir, []string{probe, probe2}, was.Gone(values(t, dir)), bases) {
				t.Error("left: " + x)
			}
			d.reopen()
			d.sound()
			// It is refused, by its address and when another leads to it.
			for _, c := range []archive.Capture{{URL: base + "bad"}, {URL: base + "new", Final: base + "bad?utm_source=x"}} {
				c.Status, c.Body = 200, []byte("<p>again")
				if _, err := d.store.Append(t.Context(), c); !errors.Is(err, archive.ErrTakenDown) {
					t.Errorf("capture of %s, led to %s: %v", c.URL, c.Final, err)
				}
			}
			if n, err := d.store.Allow(t.Context(), pages[:1]); n != 1 || err != nil {
				t.Errorf("allowed again: %d, %v", n, err)
			}
			d.take(base+"bad", 200, story("The harbour again", prose("harbour", 8)))
			d.read()
			d.sound()
		})
	}
}

func (d *desk) reopen() {
	d.t.Helper()
	d.store.Close()
	s, err := archive.Open(d.dir, archive.Options{Now: d.clock})
	if err != nil {
		d.t.Fatal(err)
	}
	d.store = s
	d.t.Cleanup(func() { s.Close() })
}

// What other pages share with the page stays theirs.
func TestTakedownLeavesOthersTheirs(t *testing.T) {
	d := newDesk(t, archive.Options{})
	newspaper(d)
	mirror, wire := "https://mirror.example/harbour", "https://wire.example/harbour"
	d.take(mirror, 304, "")
	d.read()
	before := d.exported()
	bodies := map[archive.Seq][]byte{}
	for c, err := range d.store.Captures(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		if c.URL != base+"bad" {
			whole, err := d.store.Capture(c.Seq)
			if err != nil {
				t.Fatal(err)
			}
			bodies[c.Seq] = whole.Body
		}
	}
	done, err := d.store.Takedown(t.Context(), archive.TakedownOptions{Pages: []urlkey.Key{key(t, base+"bad")}, KeepDigests: true})
	if err != nil {
		t.Fatal(err)
	}
	x := done.Tombstones[0]
	if x.Removed.Moved != 1 || len(x.Digests) != 3 || !slices.Equal(done.Shared, []urlkey.Key{key(t, mirror)}) || len(done.Told) != 2 {
		t.Errorf("%+v", done)
	}
	d.sound()
	for seq, body := range bodies {
		c, err := d.store.Capture(seq)
		if err != nil || !bytes.Equal(c.Body, body) {
			t.Errorf("capture %d: %v", seq, err)
		}
	}
	after := d.exported()
	for url, lines := range before {
		switch url {
		case base + "bad":
			if len(after[url]) > 0 {
				t.Errorf("%s is still there", url)
			}
		case mirror, wire: // they were members of its story
			if len(after[url]) != len(lines) {
				t.Errorf("%s: %d lines, were %d", url, len(after[url]), len(lines))
			}
		default:
			if !slices.Equal(after[url], lines) {
				t.Errorf("%s is not as it was", url)
			}
		}
	}
	for s, err := range d.store.Stories(t.Context(), archive.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range s.Members {
			for _, v := range []archive.VersionID{m.Version, m.Of, s.Lead} {
				if v.Page == key(t, base+"bad") {
					t.Errorf("story %s speaks of what was taken down", s.ID)
				}
			}
		}
		if len(s.Members) == 2 && s.Members[0].Relation != "original" {
			t.Errorf("the new lead: %+v", s.Members[0])
		}
	}
	// The same body is refused wherever it comes from, and new pages are read as ever.
	c, err := d.store.Capture(slices.Max(slices.Collect(maps.Keys(bodies))))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.store.Append(t.Context(), archive.Capture{URL: "https://elsewhere.example/", Status: 200, Body: c.Body}); !errors.Is(err, archive.ErrTakenDown) {
		t.Errorf("a body that was taken down: %v", err)
	}
	d.take(wire, 200, story("A quarrel in the harbour", append(prose("harbour", 6), "And then there was nothing more to be said of it, the paper writes, but for a word of the mayor.")))
	d.take("https://third.example/harbour", 200, story("Harbour", prose("harbour", 6)))
	d.read()
	d.sound()
	// The page may come back, and found another story than the one that it founded.
	if n, err := d.store.Allow(t.Context(), []urlkey.Key{key(t, base+"bad")}); n != 1 || err != nil {
		t.Errorf("allowed again: %d, %v", n, err)
	}
	d.take(base+"bad", 200, story("Of bees", prose("apiary", 9)))
	d.read()
	d.sound()
	var stories []archive.StoryID
	for v, err := range d.store.Versions(t.Context(), archive.Filter{Page: key(t, base+"bad")}) {
		if err != nil {
			t.Fatal(err)
		}
		stories = append(stories, v.Story)
	}
	if len(stories) != 1 || string(stories[0]) == key(t, base+"bad").ID() {
		t.Errorf("stories of the page that is back: %v", stories)
	}
}

func TestTakedownOfAVersion(t *testing.T) {
	d := newDesk(t, archive.Options{})
	newspaper(d)
	dir, page := d.dir, key(t, base+"bad")
	before := d.exported()
	d.store.Close()
	was := values(t, dir)
	d.reopen()
	if _, err := d.store.Takedown(t.Context(), archive.TakedownOptions{Pages: []urlkey.Key{page}, Version: 3}); err == nil {
		t.Error("the latest version was taken down, and the next crawl would bring it back")
	}
	if _, err := d.store.Takedown(t.Context(), archive.TakedownOptions{Pages: []urlkey.Key{page}, Version: 2}); err != nil {
		t.Fatal(err)
	}
	d.sound()
	after := d.exported()
	for url, lines := range before {
		if len(after[url]) != len(lines) {
			t.Fatalf("%s: %d lines, were %d", url, len(after[url]), len(lines))
		}
		for i, line := range lines {
			if same := after[url][i] == line; same == (url == base+"bad" && i == 1) {
				t.Errorf("%s@%d is the same: %v", url, i+1, same)
			}
		}
	}
	bases := contents(t, d.store)
	d.store.Close()
	for _, x := range traces(t, dir, []string{probe2}, was.Gone(values(t, dir)), bases) {
		t.Error("left: " + x)
	}
	d.reopen()
	d.take(base+"bad", 200, story("The harbour quarrel, ended", append(prose("harbour", 6), "Nothing of it is true, the paper says now, and asks its readers for pardon in so many words.")))
	d.read()
	d.sound()
	if n := len(d.exported()[base+"bad"]); n != 4 {
		t.Errorf("%d versions after a further one", n)
	}
}

func TestTakedownEverywhere(t *testing.T) {
	d := newDesk(t, archive.Options{})
	newspaper(d)
	t1, err := d.store.Takedown(t.Context(), archive.TakedownOptions{Pages: []urlkey.Key{key(t, "https://mirror.example/harbour")}, Everywhere: true})
	if err != nil {
		t.Fatal(err)
	}
	if len(t1.Tombstones) != 2 {
		t.Errorf("%d pages, not the mirror and what it mirrors", len(t1.Tombstones))
	}
	d.sound()
	after := d.exported()
	if len(after[base+"bad"])+len(after["https://mirror.example/harbour"]) > 0 || len(after["https://wire.example/harbour"]) != 1 {
		t.Errorf("left: %v", slices.Collect(maps.Keys(after)))
	}
}

// A passage of several pages may have come into the dictionary of their site:
// with the last of them it goes from there, too.
func TestTakedownFromADictionary(t *testing.T) {
	d := newDesk(t, archive.Options{VolumeSize: 40 << 10})
	furniture := strings.Join(prose("furniture", 12), "</p><p class=\"furniture\">")
	var pages []urlkey.Key
	for i := range 24 {
		text := prose(fmt.Sprint("orchard", i), 7)
		if i%3 != 0 {
			text = append(text, "As the paper had it first: "+probe+", and the lockkeeper's own word for it, which nobody but the paper ever had from him.")
			pages = append(pages, key(t, fmt.Sprintf("%spage-%d", base, i)))
		}
		d.take(fmt.Sprintf("%spage-%d", base, i), 200, strings.Replace(story(fmt.Sprint("Page ", i), text), "<footer>", "<aside><p>"+furniture+"</p></aside><footer>", 1))
		archive.SettleTraining(d.store)
	}
	d.read()
	before := d.exported()
	d.store.Close()
	inDictionary := false
	was := values(t, d.dir)
	for v := range was["dicts"] {
		dec, _ := zstd.NewReader(nil)
		if i := strings.Index(v, "\x28\xb5\x2f\xfd"); i >= 0 {
			out, _ := dec.DecodeAll([]byte(v[i:]), nil)
			v = string(out)
		}
		inDictionary = inDictionary || strings.Contains(v, probe)
	}
	if !inDictionary {
		t.Fatal("no dictionary holds the passage")
	}
	d.reopen()
	if _, err := d.store.Takedown(t.Context(), archive.TakedownOptions{Pages: pages}); err != nil {
		t.Fatal(err)
	}
	d.sound()
	for _, p := range pages {
		delete(before, "https://"+strings.TrimPrefix(base, "https://")+string(p[strings.LastIndex(string(p), "/")+1:]))
	}
	if diff := cmp.Diff(before, d.exported()); diff != "" {
		t.Errorf("what stays is not as it was: %s", diff)
	}
	bases := contents(t, d.store)
	d.store.Close()
	for _, x := range traces(t, d.dir, []string{probe}, was.Gone(values(t, d.dir)), bases) {
		t.Error("left: " + x)
	}
}
