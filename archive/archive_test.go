package archive

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"pressmark/extract"
	"pressmark/extract/dedup"
	"pressmark/extract/meta"
)

func newStore(t testing.TB, o Options) *Store {
	t.Helper()
	s, err := Create(t.TempDir(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// page is an HTML page of about size bytes whose text depends on seed.
func page(seed uint64, size int) []byte {
	r := rand.New(rand.NewPCG(seed, 1))
	var b bytes.Buffer
	b.WriteString("<!doctype html><html><head><title>Page</title></head><body><article>")
	for b.Len() < size {
		fmt.Fprintf(&b, "<p class=\"story-text\">")
		for range 40 {
			b.WriteString(word(r.IntN(5000)))
			b.WriteByte(' ')
		}
		b.WriteString("</p>\n")
	}
	b.WriteString("</article></body></html>")
	return b.Bytes()
}

func word(n int) string {
	const syllables = "ka re mi to lu sen dor vi pa gro ster el an ij ou bri"
	list := strings.Fields(syllables)
	var w string
	for n++; n > 0; n /= len(list) {
		w += list[n%len(list)]
	}
	return w
}

func capture(url string, at int, body []byte) Capture {
	return Capture{
		URL: url, Final: url, FetchedAt: time.Date(2026, 11, 1, 0, 0, at, 0, time.UTC), Status: 200,
		Header: http.Header{"Content-Type": {"text/html; charset=utf-8"}, "Etag": {fmt.Sprintf(`"%d"`, at)}, "Set-Cookie": {"a=1", "b=2"}},
		Body:   body, Site: "Example", Via: "https://example.com/feed", Run: 7,
	}
}

func mustAppend(t testing.TB, s *Store, c Capture) Capture {
	t.Helper()
	got, err := s.Append(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func mustUpdate(t testing.TB, s *Store, f func(*Tx) error) {
	t.Helper()
	if err := s.Update(context.Background(), f); err != nil {
		t.Fatal(err)
	}
}

// mustBeSound fails the test when the archive is damaged.
func mustBeSound(t testing.TB, s *Store) Report {
	t.Helper()
	r, err := s.Verify(context.Background(), VerifyOptions{Deep: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range r.Damage {
		t.Errorf("%s: %s: %s", d.File, d.Record, d.Problem)
	}
	return r
}

func TestCaptures(t *testing.T) {
	s := newStore(t, Options{})
	first := page(1, 60_000)
	edited := bytes.Replace(first, []byte("<p"), []byte("<p><b>Corrected.</b></p><p"), 1)
	const url = "https://www.example.com/news/1?utm_source=x"
	input := []Capture{
		capture(url, 1, first),
		capture(url, 2, edited),
		capture(url, 3, first), // the same body again
		{URL: url, FetchedAt: time.Unix(1e9, 5), Status: 503, Body: []byte("try later")},
		{URL: url, FetchedAt: time.Unix(1e9, 6), Status: 304, Header: http.Header{"Etag": {"x"}}},
		capture("https://example.com/news/2", 6, edited), // a body of another page
		{URL: "https://example.com/gone", FetchedAt: time.Unix(1e9, 7), Status: 410},
		{URL: "https://example.com/never", FetchedAt: time.Unix(1e9, 8), Status: 304},
	}
	revisits := []Seq{0, 0, 1, 0, 1, 2, 0, 0}
	var want []Capture
	for i, c := range input {
		got := mustAppend(t, s, c)
		if got.Seq != Seq(i+1) || got.RevisitOf != revisits[i] || got.Page == "" {
			t.Errorf("capture %d: seq %d, revisit of %d, page %q; want a revisit of %d", i+1, got.Seq, got.RevisitOf, got.Page, revisits[i])
		}
		if got.Status == 304 && got.RevisitOf != 0 {
			got.Body = first
		}
		want = append(want, got)
	}
	if want[4].Digest != want[0].Digest {
		t.Error("the 304 does not have the digest of the body it speaks of")
	}
	check := func(s *Store) {
		t.Helper()
		for _, w := range want {
			got, err := s.Capture(w.Seq)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(w.Body, got.Body) {
				t.Errorf("capture %d has another body", w.Seq)
			}
			w.Body, got.Body = nil, nil
			if diff := cmp.Diff(w, got, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("capture %d: %s", w.Seq, diff)
			}
		}
		n := 2
		for got, err := range s.Captures(t.Context(), 2) {
			if err != nil {
				t.Fatal(err)
			}
			w := want[n]
			w.Body = nil
			if diff := cmp.Diff(w, got, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("captures, %d: %s", w.Seq, diff)
			}
			n++
		}
		if n != len(want) {
			t.Errorf("Captures ended after %d", n)
		}
		last, found, err := s.LastCapture(want[0].Page)
		if err != nil || !found || last.Seq != 5 {
			t.Errorf("last capture: %d, %v, %v; want 5", last.Seq, found, err)
		}
		if _, found, err := s.LastCapture("com,example)/unknown"); found || err != nil {
			t.Errorf("last capture of an unknown page: %v, %v", found, err)
		}
		if _, err := s.Capture(99); !errors.Is(err, ErrNoSuch) {
			t.Errorf("capture 99: %v", err)
		}
	}
	check(s)
	stats, err := s.Stats()
	if err != nil {
		t.Fatal(err)
	}
	if stats.Captures != 8 || stats.Bodies != 3 || stats.Pages != 4 || stats.BodyBytes != int64(len(first)+len(edited)+9) {
		t.Errorf("stats: %+v", stats)
	}
	if small := int64(len(first)) / 3; stats.BodyStored > small+1000 {
		t.Errorf("two versions of a page of %d bytes take %d: no delta?", len(first), stats.BodyStored)
	}
	mustBeSound(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Append(t.Context(), input[0]); !errors.Is(err, ErrClosed) {
		t.Errorf("append to a closed archive: %v", err)
	}
	if _, err := s.Capture(1); !errors.Is(err, ErrClosed) {
		t.Errorf("read a closed archive: %v", err)
	}
	for _, readOnly := range []bool{false, true} {
		s, err := Open(s.dir, Options{ReadOnly: readOnly})
		if err != nil {
			t.Fatal(err)
		}
		check(s)
		mustBeSound(t, s)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestDeltaChainsEnd(t *testing.T) {
	s := newStore(t, Options{})
	body := page(3, 20_000)
	for i := range 40 {
		copy(body[200:], fmt.Sprintf("%06d", i))
		mustAppend(t, s, capture("https://example.com/a", i, body))
	}
	depths := map[int]int{}
	if err := s.View(func(tx *Tx) error {
		for i := range 40 {
			c, err := tx.capture(Seq(i + 1))
			if err != nil {
				return err
			}
			depths[c.depth]++
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	// Each row of deltas starts from the one body that is kept whole.
	if depths[0] != 1 || depths[1] != 3 || depths[maxDepth] != 2 || depths[maxDepth+1] != 0 {
		t.Errorf("depths: %v", depths)
	}
	c, err := s.Capture(40)
	if err != nil || !bytes.Equal(c.Body, body) {
		t.Errorf("the last of the chain: %v", err)
	}
	mustBeSound(t, s)
}

func TestVolumesRoll(t *testing.T) {
	begun := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	var months atomic.Int32
	s := newStore(t, Options{VolumeSize: 400 << 10, Now: func() time.Time { return begun.AddDate(0, int(months.Load()), 0) }})
	r := rand.New(rand.NewPCG(1, 1))
	var bodies [][]byte
	for i := range 30 {
		body := make([]byte, 40_000)
		for j := range body {
			body[j] = byte(r.Uint32())
		}
		bodies = append(bodies, body)
		mustAppend(t, s, capture("https://example.com/a", i, body))
	}
	months.Store(2)
	mustAppend(t, s, capture("https://example.com/a", 99, []byte("a small one, two months later")))
	stats, err := s.Stats()
	if err != nil {
		t.Fatal(err)
	}
	if stats.Volumes < 3 || stats.Volumes > 10 {
		t.Errorf("%d volumes of %d bytes", stats.Volumes, stats.Raw)
	}
	for i, body := range bodies {
		c, err := s.Capture(Seq(i + 1))
		if err != nil || !bytes.Equal(c.Body, body) {
			t.Fatalf("capture %d: %v", i+1, err)
		}
	}
	mustBeSound(t, s)
}

func article(title string, paragraphs ...string) extract.Article {
	a := extract.Article{
		Title: title, Kind: extract.News, Language: "en-GB", Byline: []string{"A. Reporter"},
		Published: meta.Date{Time: time.Date(2026, 10, 31, 8, 0, 0, 0, time.FixedZone("", 3600))},
	}
	for _, p := range paragraphs {
		a.Blocks = append(a.Blocks, extract.Block{Kind: extract.Paragraph, Text: p})
	}
	return a
}

func TestVersions(t *testing.T) {
	s := newStore(t, Options{})
	c := mustAppend(t, s, capture("https://example.com/1", 1, page(1, 3000)))
	text := strings.Fields(string(page(9, 6000)))
	var want []Version
	mustUpdate(t, s, func(tx *Tx) error {
		for n := 1; n <= 40; n++ {
			text[n*3] = fmt.Sprint("edit", n)
			v := Version{
				ID: VersionID{c.Page, n}, First: c.Seq, Last: c.Seq, FirstSeen: c.FetchedAt, LastSeen: c.FetchedAt,
				URL: c.URL, Site: c.Site, Article: article(fmt.Sprint("Title ", n), strings.Join(text, " ")), Extractor: "1",
			}
			v.Sketch = dedup.NewSketch(dedup.Text{Title: v.Article.Title, Body: v.Article.Text()})
			if err := tx.PutVersion(&v); err != nil {
				return err
			}
			if v.Doc != uint64(n) {
				t.Errorf("version %d has doc %d", n, v.Doc)
			}
			want = append(want, v)
		}
		return tx.PutPage(Page{Key: c.Page, Head: 40, State: Live, Site: c.Site, FirstSeen: c.FetchedAt})
	})
	same := cmp.Options{cmp.AllowUnexported(dedup.Sketch{}), cmpopts.EquateEmpty()}
	check := func() {
		t.Helper()
		err := s.View(func(tx *Tx) error {
			got, err := tx.Versions(c.Page)
			if err != nil {
				return err
			}
			if diff := cmp.Diff(want, got, same); diff != "" {
				t.Errorf("versions: %s", diff)
			}
			for i := len(want) - 1; i >= 0; i -= 7 { // each by itself
				got, err := tx.Version(want[i].ID)
				if err != nil {
					return err
				}
				if diff := cmp.Diff(want[i], got, same); diff != "" {
					t.Errorf("version %d: %s", i+1, diff)
				}
				id, err := tx.VersionByDoc(want[i].Doc)
				if err != nil || id != want[i].ID {
					t.Errorf("doc %d: %v, %v", want[i].Doc, id, err)
				}
			}
			last, found, err := tx.Latest(c.Page)
			if err != nil || !found || last.ID.N != 40 {
				t.Errorf("latest: %v %v %v", last.ID, found, err)
			}
			if _, err := tx.Version(VersionID{c.Page, 41}); !errors.Is(err, ErrNoSuch) {
				t.Errorf("version 41: %v", err)
			}
			if _, err := tx.VersionByDoc(99); !errors.Is(err, ErrNoSuch) {
				t.Errorf("doc 99: %v", err)
			}
			if _, found, err := tx.Latest("com,example)/unknown"); found || err != nil {
				t.Errorf("latest of an unknown page: %v %v", found, err)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	check()
	later := c.FetchedAt.Add(time.Hour)
	mustUpdate(t, s, func(tx *Tx) error {
		v := want[39]
		v.LastSeen, v.Last, v.Story = later, 77, "story"
		v.Article = article("nothing of this is taken")
		return tx.PutVersion(&v)
	})
	want[39].LastSeen, want[39].Last, want[39].Story = later, 77, "story"
	check()
	if err := s.Update(t.Context(), func(tx *Tx) error {
		return tx.PutVersion(&Version{ID: VersionID{c.Page, 42}})
	}); !errors.Is(err, ErrNoSuch) {
		t.Errorf("a version that leaves one out: %v", err)
	}
	stats, err := s.Stats()
	if err != nil {
		t.Fatal(err)
	}
	if stats.Versions != 40 || stats.TextStored > stats.TextBytes/8 {
		t.Errorf("%d versions, %d bytes of text kept in %d", stats.Versions, stats.TextBytes, stats.TextStored)
	}
	mustBeSound(t, s)
}

func TestUpdateIsAllOrNothing(t *testing.T) {
	s := newStore(t, Options{})
	c := mustAppend(t, s, capture("https://example.com/1", 1, []byte("body")))
	boom := errors.New("boom")
	write := func(tx *Tx) {
		if err := tx.PutPage(Page{Key: c.Page, Head: 1}); err != nil {
			t.Error(err)
		}
	}
	if err := s.Update(t.Context(), func(tx *Tx) error { write(tx); return boom }); !errors.Is(err, boom) {
		t.Errorf("error of the function: %v", err)
	}
	func() {
		defer func() {
			if r := recover(); r != "ouch" {
				t.Errorf("recovered %v", r)
			}
		}()
		_ = s.Update(t.Context(), func(tx *Tx) error { write(tx); panic("ouch") })
	}()
	if err := s.View(func(tx *Tx) error {
		if _, found, err := tx.Page(c.Page); found || err != nil {
			t.Errorf("a page that was rolled back: %v %v", found, err)
		}
		return tx.PutPage(Page{Key: c.Page})
	}); !errors.Is(err, ErrReadOnly) {
		t.Errorf("write in a view: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Update(ctx, func(tx *Tx) error { t.Error("it ran"); return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	mustBeSound(t, s)
}
