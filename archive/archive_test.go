package archive

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"pressmark/extract"
	"pressmark/extract/change"
	"pressmark/extract/dedup"
	"pressmark/extract/meta"
	"pressmark/extract/urlkey"
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
	if depths[0] != 3 || depths[maxDepth] != 2 || depths[maxDepth+1] != 0 {
		t.Errorf("depths: %v", depths)
	}
	c, err := s.Capture(40)
	if err != nil || !bytes.Equal(c.Body, body) {
		t.Errorf("the last of the chain: %v", err)
	}
	mustBeSound(t, s)
}

func TestVolumesRoll(t *testing.T) {
	now := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	s := newStore(t, Options{VolumeSize: 3 << 20, Now: func() time.Time { return now }})
	r := rand.New(rand.NewPCG(1, 1))
	var bodies [][]byte
	for i := range 80 {
		body := make([]byte, 100_000)
		for j := range body {
			body[j] = byte(r.Uint32())
		}
		bodies = append(bodies, body)
		mustAppend(t, s, capture("https://example.com/a", i, body))
	}
	now = now.AddDate(0, 2, 0)
	mustAppend(t, s, capture("https://example.com/a", 99, []byte("a small one, two months later")))
	stats, err := s.Stats()
	if err != nil {
		t.Fatal(err)
	}
	if stats.Volumes < 3 || stats.Volumes > 6 {
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

// fillIn sets every field of a struct, and of those in it, to something that is not zero.
func fillIn(t *testing.T, v reflect.Value, n *int) {
	*n++
	switch v.Interface().(type) {
	case time.Time:
		v.Set(reflect.ValueOf(time.Date(2026, 11, 1, 12, *n%60, 3, 4, time.UTC)))
		return
	case meta.Date:
		v.Set(reflect.ValueOf(meta.Date{Time: time.Date(2026, 11, 1, 12, *n%60, 3, 0, time.FixedZone("", -5400)), DayOnly: true}))
		return
	case dedup.Sketch:
		v.Set(reflect.ValueOf(dedup.NewSketch(dedup.Text{Title: "A title of some words", Body: "And a body of some more words, on Tuesday.", Site: "example.com"})))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprintf("text %d", *n))
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(-*n))
	case reflect.Uint64, reflect.Uint8:
		v.SetUint(uint64(*n))
	case reflect.Float64:
		v.SetFloat(float64(*n) / 7)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Struct:
		for i := range v.NumField() {
			fillIn(t, v.Field(i), n)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range 2 {
			fillIn(t, v.Index(i), n)
		}
	case reflect.Array:
		for i := range v.Len() {
			fillIn(t, v.Index(i), n)
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		for range 3 {
			key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
			fillIn(t, key, n)
			fillIn(t, value, n)
			v.SetMapIndex(key, value)
		}
	default:
		t.Fatalf("a field of kind %s", v.Kind())
	}
}

// Every field that a type has, also one that was added later, must be kept.
func TestRecordsKeepEveryField(t *testing.T) {
	n := 0
	roundTrip := func(what string, in any, through func() (any, error)) {
		t.Helper()
		got, err := through()
		if err != nil {
			t.Errorf("%s: %v", what, err)
		}
		if diff := cmp.Diff(in, got, cmp.AllowUnexported(dedup.Sketch{}), cmpopts.IgnoreUnexported(), cmpopts.EquateComparable(VersionID{})); diff != "" {
			t.Errorf("%s: %s", what, diff)
		}
	}
	var c Capture
	fillIn(t, reflect.ValueOf(&c).Elem(), &n)
	c.Body = nil
	roundTrip("capture", c, func() (any, error) {
		s, err := readCapture(c.Seq, (&storedCapture{Capture: c}).record())
		return s.Capture, err
	})
	var p Page
	fillIn(t, reflect.ValueOf(&p).Elem(), &n)
	roundTrip("page", p, func() (any, error) { return readPage(pageRecord(&p)) })
	var a extract.Article
	fillIn(t, reflect.ValueOf(&a).Elem(), &n)
	roundTrip("article", a, func() (any, error) { return readArticle(articleRecord(&a)) })
	if b, _ := readArticle(articleRecord(&a)); b.Published.String() != a.Published.String() {
		t.Errorf("published %s, was %s", b.Published, a.Published)
	}
	var v Version
	fillIn(t, reflect.ValueOf(&v).Elem(), &n)
	v.Article, v.Sketch = extract.Article{}, dedup.Sketch{}
	roundTrip("version", v, func() (any, error) {
		s, err := readVersion(v.ID.N, (&storedVersion{Version: v}).record())
		return s.Version, err
	})
	var st Story
	fillIn(t, reflect.ValueOf(&st).Elem(), &n)
	roundTrip("story", st, func() (any, error) { return readStory(storyRecord(&st)) })
	var ch Change
	fillIn(t, reflect.ValueOf(&ch).Elem(), &n)
	roundTrip("change", ch, func() (any, error) {
		b, err := changeRecord(&ch)
		if err != nil {
			return nil, err
		}
		return readChange(ch.Seq, b)
	})
	var si Sighting
	fillIn(t, reflect.ValueOf(&si).Elem(), &n)
	roundTrip("sighting", si, func() (any, error) { return readSighting(si.Seq, sightingRecord(&si)) })
	var r Run
	fillIn(t, reflect.ValueOf(&r).Elem(), &n)
	roundTrip("run", r, func() (any, error) { return readRun(r.ID, runRecord(&r)) })
	var e Entry
	fillIn(t, reflect.ValueOf(&e).Elem(), &n)
	roundTrip("entry", e, func() (any, error) { return readEntry(e.Seq, entryRecord(&e)) })
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

func TestConclusions(t *testing.T) {
	s := newStore(t, Options{})
	var pages []urlkey.Key
	for i := range 3 {
		pages = append(pages, mustAppend(t, s, capture(fmt.Sprintf("https://example.com/%d", i), i, page(uint64(i), 2000))).Page)
	}
	at := time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC)
	var changes []Change
	var story Story
	mustUpdate(t, s, func(tx *Tx) error {
		for i, key := range pages {
			site := fmt.Sprint("Site ", i%2)
			v := Version{ID: VersionID{key, 1}, Site: site, FirstSeen: at.Add(time.Duration(i) * time.Hour), Article: article("T"), Story: "s"}
			if i == 2 {
				v.Article.Language = "fr"
			}
			if err := tx.PutVersion(&v); err != nil {
				return err
			}
			for _, k := range []uint64{11, 22} {
				if err := tx.AddPosting(k, v.Doc); err != nil {
					return err
				}
			}
			state := []PageState{Live, Withdrawn, Live}[i]
			if err := tx.PutPage(Page{Key: key, Head: 1, Site: site, State: state, FirstSeen: at.Add(time.Duration(i) * time.Hour)}); err != nil {
				return err
			}
			c := Change{From: v.ID, To: v.ID, Before: at.Add(time.Duration(i) * time.Hour), Site: site, Run: RunID(i),
				Diff: change.Diff{Changed: true, Kinds: []change.Kind{change.Numbers}, Grade: i}}
			if err := tx.PutChange(&c); err != nil {
				return err
			}
			changes = append(changes, c)
			if err := tx.PutSighting(Sighting{Seq: Seq(i + 1), Page: key, At: at, Outcome: New, Version: 1, Run: 7}); err != nil {
				return err
			}
			story.Members = append(story.Members, Member{Version: v.ID, Site: site, Seen: v.FirstSeen})
		}
		story.ID, story.Lead = "s", story.Members[0].Version
		return tx.PutStory(story)
	})
	pagesOf := func(f Filter) (got []urlkey.Key) {
		t.Helper()
		for p, err := range s.Pages(t.Context(), f) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, p.Key)
		}
		return got
	}
	for name, c := range map[string]struct {
		f    Filter
		want []urlkey.Key
	}{
		"all":      {Filter{}, pages},
		"newest":   {Filter{Newest: true}, []urlkey.Key{pages[2], pages[1], pages[0]}},
		"limit":    {Filter{Newest: true, Limit: 2}, []urlkey.Key{pages[2], pages[1]}},
		"site":     {Filter{Site: "Site 0"}, []urlkey.Key{pages[0], pages[2]}},
		"since":    {Filter{Since: at}, pages[1:]},
		"until":    {Filter{Until: at.Add(time.Hour)}, pages[:2]},
		"language": {Filter{Language: "en"}, pages[:2]},
		"states":   {Filter{States: []PageState{Withdrawn, Walled}}, pages[1:2]},
		"none":     {Filter{Site: "nowhere"}, nil},
	} {
		if diff := cmp.Diff(c.want, pagesOf(c.f)); diff != "" {
			t.Errorf("pages, %s: %s", name, diff)
		}
	}
	for name, c := range map[string]struct {
		f    Filter
		want []Change
	}{
		"all":    {Filter{}, changes},
		"newest": {Filter{Newest: true, Limit: 1}, changes[2:]},
		"after":  {Filter{After: changes[0].Seq}, changes[1:]},
		"page":   {Filter{Page: pages[1]}, changes[1:2]},
		"run":    {Filter{Run: 2}, changes[2:]},
		"both":   {Filter{Page: pages[1], Site: "Site 0"}, nil},
	} {
		var got []Change
		for x, err := range s.Changes(t.Context(), c.f) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, x)
		}
		if diff := cmp.Diff(c.want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("changes, %s: %s", name, diff)
		}
	}
	for name, c := range map[string]struct {
		f    Filter
		want int
	}{
		"all": {Filter{}, 3}, "page": {Filter{Page: pages[2]}, 1}, "language": {Filter{Language: "fr"}, 1},
		"after": {Filter{After: changes[0].Seq}, 2}, "unknown": {Filter{Page: "x"}, 0},
	} {
		n := 0
		for _, err := range s.Versions(t.Context(), c.f) {
			if err != nil {
				t.Fatal(err)
			}
			n++
		}
		if n != c.want {
			t.Errorf("versions, %s: %d, want %d", name, n, c.want)
		}
	}
	for f, want := range map[*Filter]int{{}: 1, {Site: "Site 1"}: 1, {Site: "x"}: 0, {Since: at.Add(3 * time.Hour)}: 0} {
		n := 0
		for got, err := range s.Stories(t.Context(), *f) {
			if diff := cmp.Diff(story, got); err != nil || diff != "" {
				t.Errorf("story: %v %s", err, diff)
			}
			n++
		}
		if n != want {
			t.Errorf("stories with %+v: %d", *f, n)
		}
	}
	n := 0
	for x, err := range s.SightingsOfRun(t.Context(), 7) {
		if n++; err != nil || x.Seq != Seq(n) {
			t.Errorf("sighting %d of the run: %+v %v", n, x, err)
		}
	}
	if n != 3 {
		t.Errorf("%d sightings of the run", n)
	}
	var ops []string
	for e, err := range s.Journal(t.Context(), 1) {
		if err != nil {
			t.Fatal(err)
		}
		ops = append(ops, fmt.Sprint(e.Seq, e.Op))
	}
	if want := "2capture 3capture 4version 5change 6version 7change 8version 9change 10story"; strings.Join(ops, " ") != want {
		t.Errorf("journal: %v", ops)
	}
	if err := s.View(func(tx *Tx) error {
		ix := tx.Index()
		docs, total, err := ix.Postings(11)
		if err != nil || total != 3 || !reflect.DeepEqual(docs, []dedup.DocID{1, 2, 3}) {
			t.Errorf("postings: %v %d %v", docs, total, err)
		}
		id, members, err := ix.Story(2)
		if err != nil || id != "s" || !reflect.DeepEqual(members, []dedup.DocID{1, 2, 3}) {
			t.Errorf("story of document 2: %s %v %v", id, members, err)
		}
		if _, err := ix.Sketch(3); err != nil {
			t.Error(err)
		}
		_, err = tx.Story("unknown")
		return err
	}); !errors.Is(err, ErrNoSuch) {
		t.Errorf("unknown story: %v", err)
	}
	mustBeSound(t, s)

	mustUpdate(t, s, func(tx *Tx) error {
		for _, name := range []string{"ingest", "ingest/search", "ingestion", "report"} {
			if err := tx.SetCursor(name, 9); err != nil {
				return err
			}
		}
		return nil
	})
	if err := s.Reset(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := pagesOf(Filter{}); got != nil {
		t.Errorf("pages after a reset: %v", got)
	}
	if err := s.View(func(tx *Tx) error {
		for name, want := range map[string]Seq{"ingest": 0, "ingest/search": 0, "ingestion": 9, "report": 9} {
			if at, err := tx.Cursor(name); err != nil || at != want {
				t.Errorf("cursor %s: %d, %v; want %d", name, at, err, want)
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if c, err := s.Capture(1); err != nil || len(c.Body) == 0 {
		t.Errorf("capture 1 after a reset: %v", err)
	}
	mustBeSound(t, s)
}

func TestPostingsAreCapped(t *testing.T) {
	s := newStore(t, Options{})
	mustUpdate(t, s, func(tx *Tx) error {
		for doc := range uint64(1000) {
			if err := tx.AddPosting(5, doc*doc); err != nil {
				return err
			}
		}
		return tx.AddPosting(5, 0) // it is there
	})
	if err := s.View(func(tx *Tx) error {
		docs, total, err := tx.Postings(5, 3)
		if err != nil || total != 1000 || !reflect.DeepEqual(docs, []uint64{0, 1, 4}) {
			t.Errorf("postings: %v %d %v", docs, total, err)
		}
		docs, _, err = tx.Postings(5, 1e9)
		if err != nil || len(docs) != maxPostings {
			t.Errorf("%d postings, %v", len(docs), err)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

func TestRuns(t *testing.T) {
	s := newStore(t, Options{})
	for i := range 3 {
		r, err := s.NewRun(t.Context(), Run{Cause: "manual", Started: time.Unix(int64(i)*100, 0).UTC()})
		if err != nil || r.ID != RunID(i+1) {
			t.Fatalf("run %d: %v", r.ID, err)
		}
	}
	r, err := s.Run(2)
	if err != nil {
		t.Fatal(err)
	}
	r.Ended = time.Unix(500, 0).UTC()
	r.Sites = []SiteRun{{Site: "A", Requests: 3, Outcomes: map[Outcome]int{New: 2, Same: 1}, Misses: []Miss{{URL: "u", Reason: "robots"}}}}
	if err := s.PutRun(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	got, err := s.Run(2)
	if diff := cmp.Diff(r, got); err != nil || diff != "" {
		t.Errorf("run 2: %v %s", err, diff)
	}
	if err := s.PutRun(t.Context(), Run{ID: 9}); !errors.Is(err, ErrNoSuch) {
		t.Errorf("put run 9: %v", err)
	}
	for f, want := range map[*Filter][]RunID{{}: {1, 2, 3}, {Newest: true, Limit: 2}: {3, 2}, {Site: "A"}: {2}, {Since: time.Unix(100, 0)}: {3}} {
		var ids []RunID
		for r, err := range s.Runs(t.Context(), *f) {
			if err != nil {
				t.Fatal(err)
			}
			ids = append(ids, r.ID)
		}
		if !reflect.DeepEqual(ids, want) {
			t.Errorf("runs with %+v: %v, want %v", *f, ids, want)
		}
	}
}

func TestResolve(t *testing.T) {
	s := newStore(t, Options{})
	byPrefix := map[string][]urlkey.Key{}
	for i := range 600 {
		c := mustAppend(t, s, Capture{URL: fmt.Sprintf("https://www.example.com/%d", i), Status: 200, Body: []byte("x")})
		for n := minDigits; n <= 16; n++ {
			byPrefix[c.Page.ID()[:n]] = append(byPrefix[c.Page.ID()[:n]], c.Page)
		}
	}
	ambiguous := 0
	for prefix, pages := range byPrefix {
		got, err := s.Resolve(strings.ToUpper(prefix))
		if len(pages) == 1 && (err != nil || got != pages[0]) {
			t.Errorf("%s: %q, %v", prefix, got, err)
		}
		if len(pages) > 1 {
			ambiguous++
			if !errors.Is(err, ErrAmbiguous) || !strings.Contains(err.Error(), pages[0].ID()) || !strings.Contains(err.Error(), string(pages[1])) {
				t.Errorf("%s: %v", prefix, err)
			}
		}
	}
	if ambiguous == 0 {
		t.Error("no ambiguous prefix was tried")
	}
	for name, want := range map[string]error{
		"https://example.com/17?utm_source=a": nil, "example.com/17": nil, "https://example.com/none": ErrNoSuch,
		"abc": ErrNoSuch, "": ErrNoSuch, "not a thing": ErrNoSuch, "ffff00000000": ErrNoSuch,
	} {
		if _, err := s.Resolve(name); !errors.Is(err, want) {
			t.Errorf("%q: %v, want %v", name, err, want)
		}
	}
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
