package export

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	"pressmark/archive"
	"pressmark/archive/archivetest"
	"pressmark/archive/ingest"
	"pressmark/archive/warc"
	"pressmark/extract/urlkey"
)

// parts are the files of an export, in order.
type parts struct {
	names []string
	files []*bytes.Buffer
	index string
}

func warcs(t testing.TB, s *archive.Store, o WARCOptions) (p parts, n int, err error) {
	t.Helper()
	o.Name = func(part int) string { return fmt.Sprintf("x-%05d.warc.gz", part) }
	o.Wrote = func(_ archive.Capture, e warc.Entry) error {
		line, err := e.MarshalText()
		p.index += string(line)
		return err
	}
	n, err = WARC(t.Context(), &p, s, o)
	return p, n, err
}

func (p *parts) Write(name string, fill func(io.Writer) error) error {
	p.names, p.files = append(p.names, name), append(p.files, &bytes.Buffer{})
	return fill(p.files[len(p.files)-1])
}

func (p parts) in() (list []File) {
	for i, b := range p.files {
		list = append(list, File{p.names[i], bytes.NewReader(b.Bytes())})
	}
	return list
}

func taken(t *testing.T, s *archive.Store, files ...File) (n Imported, problems []string) {
	t.Helper()
	n, err := Import(t.Context(), s, files, ImportOptions{
		Site:    func(string) string { return "Foreign" },
		Problem: func(err error) { problems = append(problems, err.Error()) },
	})
	if err != nil {
		t.Fatal(err)
	}
	return n, problems
}

// everything is all that an archive's captures say, but their numbers.
func everything(t *testing.T, s *archive.Store) (list []archive.Capture) {
	t.Helper()
	at := map[archive.Seq]archive.Seq{}
	for head, err := range s.Captures(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		c, err := s.Capture(head.Seq)
		if err != nil {
			t.Fatal(err)
		}
		at[c.Seq] = archive.Seq(len(list) + 1)
		c.Seq, c.RevisitOf, c.Run = at[c.Seq], at[c.RevisitOf], 0
		list = append(list, c)
	}
	return list
}

func sameCaptures(t *testing.T, a, b *archive.Store) {
	t.Helper()
	x, y := everything(t, a), everything(t, b)
	if len(x) != len(y) {
		t.Errorf("%d captures, and %d after the import", len(x), len(y))
	}
	for i := range min(len(x), len(y)) {
		if !reflect.DeepEqual(x[i], y[i]) {
			t.Errorf("capture %d:\n%+v\ncomes back as\n%+v", i+1, x[i], y[i])
		}
	}
}

// odd fills an archive with what is rare.
func odd(t *testing.T, s *archive.Store) {
	t.Helper()
	at := monday.Add(123456789)
	put := func(c archive.Capture) {
		t.Helper()
		if c.URL == "" {
			c.URL, c.Final = "https://odd.example/a", "https://odd.example/a"
		}
		if c.FetchedAt.IsZero() {
			at = at.Add(time.Minute + 7)
			c.FetchedAt = at
		}
		if _, err := s.Append(t.Context(), c); err != nil {
			t.Fatal(err)
		}
	}
	body := []byte("<html>a page</html>")
	put(archive.Capture{Status: 304}) // of what was never seen
	put(archive.Capture{Status: 200, Body: body, Site: "Odd, \"quoted\"\nname ", Via: " https://odd.example/feed", Header: http.Header{
		"Content-Encoding": {"gzip", "br"}, "Content-Length": {"5"}, "Transfer-Encoding": {"chunked"}, "Content-Type": {"text/html"},
		"X-Archive-Orig-Content-Encoding": {"theirs"}, "X-Archive-Orig-Other": {"also theirs"}, "X-Empty": {""}, "X-None": nil,
		"lower": {"case"}, "Bad Name": {"x"}, "": {"no name"}, "X:y": {"colon"}, "X-Fold": {"a\r\n b"}, "X-Space": {" x ", "y"}, "X-Bytes": {"\xff\xfe", "ü", "\x00"},
		"X-Two": {"b", "a"}, "X-Tab": {"a\tb"}, "X-Nbsp": {"\u00a0x"}, "Set-Cookie": {"a=1", "b=2"},
	}})
	put(archive.Capture{Status: 304, Header: http.Header{"Etag": {`"x"`}, "Content-Length": {"99"}}})
	put(archive.Capture{Status: 200, Body: body, Header: http.Header{"Content-Length": {fmt.Sprint(len(body))}}}) // the same again
	put(archive.Capture{URL: "https://odd.example/b", Status: 200, Body: body})                                   // without Final
	put(archive.Capture{URL: "https://odd.example/b", Final: "https://other.example/ü <b>\n", Status: 304, Site: `"`})
	put(archive.Capture{URL: "not an address", Page: "odd,key)/", Final: "not an address", Status: 404, Body: []byte{}})
	put(archive.Capture{URL: "https://odd.example/c", Final: "https://odd.example/c", Page: "of,another)/rule", Status: 410, Body: []byte("\x1f\x8bno gzip")})
	put(archive.Capture{URL: "https://odd.example/d", Final: "https://odd.example/d", Status: 599, Header: http.Header{"Content-Encoding": {"gzip"}}})
	put(archive.Capture{URL: "https://odd.example/e", Final: "https://odd.example/e", Status: 200, Body: bytes.Repeat([]byte("\r\n\r\nWARC/1.1\r\n"), 4000)})
	put(archive.Capture{Status: 200, Body: body, FetchedAt: monday.Add(-time.Hour)}) // a clock that went back
	for range 3 {                                                                    // one moment, one answer, three times
		put(archive.Capture{Status: 304, FetchedAt: monday, Header: http.Header{"Etag": {`"x"`}}})
	}
	put(archive.Capture{URL: "https://odd.example/f", Status: 200, Body: []byte("one"), FetchedAt: monday})
	put(archive.Capture{URL: "https://odd.example/f", Status: 200, Body: []byte("two"), FetchedAt: monday})
	put(archive.Capture{URL: "https://odd.example/f", Status: 200, Body: []byte("one"), FetchedAt: monday, Via: "x"})
	put(archive.Capture{URL: "https://odd.example/f", Status: 200, Body: []byte("two"), FetchedAt: monday.Add(1)})
	for _, text := range []string{"the text", "the text", "the text, edited"} { // of a page that is rendered
		shell := []byte("<div id=root></div>")
		put(archive.Capture{URL: "https://odd.example/g", Status: 200, Body: shell, Header: http.Header{"Content-Type": {"text/html"}}})
		put(archive.Capture{URL: "https://odd.example/g", Status: 200, Body: []byte("<div id=root>" + text + "</div>"), Via: archive.RenderedVia("Chromium/1 (odd)", sha256.Sum256(shell)),
			Header: http.Header{"Content-Type": {"text/html; charset=utf-8"}, "X-Bytes": {"\xff", " x"}, "Content-Length": {"9"}}})
	}
	put(archive.Capture{URL: "https://odd.example/h", Status: 200, Body: []byte("of what?"), Via: "rendered by nobody"})
	put(archive.Capture{URL: "https://odd.example/h", Status: 404, Body: []byte("of what?"), Via: "rendered by nobody"})
}

// What scripts made of a page is no answer of its server: it is told as made
// of one, and stands in no index by which pages are shown as they were.
func TestWARCRendered(t *testing.T) {
	s := archivetest.Open(t)
	shell := []byte("<div id=root></div>")
	at := monday
	put := func(via, body string) {
		at = at.Add(time.Minute)
		if _, err := s.Append(t.Context(), archive.Capture{URL: "https://odd.example/g", Final: "https://odd.example/g", Status: 200, FetchedAt: at, Via: via, Body: []byte(body),
			Header: http.Header{"Content-Type": {"text/html; charset=utf-8"}}}); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 {
		put("https://odd.example/feed", string(shell))
		put(archive.RenderedVia("Chromium/1", sha256.Sum256(shell)), "<p>the text</p>")
	}
	var index Index
	p := parts{}
	if _, err := WARC(t.Context(), &p, s, WARCOptions{Name: func(int) string { return "x.warc" }, Wrote: func(_ archive.Capture, e warc.Entry) error { return index.Add(e) }}); err != nil {
		t.Fatal(err)
	}
	var got []string
	sent := ""
	r := warc.NewReader(p.in()[0].In)
	for {
		rec, err := r.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		block, err := io.ReadAll(rec)
		if err != nil {
			t.Fatal(err)
		}
		switch rec.Type() {
		case warc.TypeResponse:
			sent = rec.Header.Get("WARC-Record-ID")
		case warc.TypeConversion:
			if rec.Header.Get("WARC-Refers-To") != sent || rec.Header.Get("Content-Type") != "text/html; charset=utf-8" || string(block) != "<p>the text</p>" {
				t.Errorf("the conversion of %s: %+v %q", sent, rec.Header, block)
			}
		case warc.TypeRevisit:
			if is := rec.Header.Get(fieldVia) != "https://odd.example/feed"; is != (len(block) == 0) {
				t.Errorf("a revisit: %+v %q", rec.Header, block)
			}
		}
		got = append(got, rec.Type())
	}
	if want := "warcinfo response conversion revisit revisit"; strings.Join(got, " ") != want {
		t.Errorf("records %v, want %s", got, want)
	}
	if n := len(index.Lines()); n != 2 {
		t.Errorf("%d lines in the index", n)
	}
}

func TestWARCGivesBack(t *testing.T) {
	for _, size := range []int64{0, 1500} {
		a, b := archivetest.Open(t), archivetest.Open(t)
		odd(t, a)
		fill(t, a)
		first, n, err := warcs(t, a, WARCOptions{Zip: true, Size: size})
		if err != nil || n != len(everything(t, a)) || (len(first.files) > 1) != (size > 0) {
			t.Fatalf("%d captures in %d files: %v", n, len(first.files), err)
		}
		again, _, _ := warcs(t, a, WARCOptions{Zip: true, Size: size})
		if !reflect.DeepEqual(first, again) {
			t.Error("the second export differs from the first")
		}
		got, problems := taken(t, b, first.in()...)
		if got.Captures != n || len(problems) > 0 || len(got.Passed) > 0 {
			t.Errorf("import of %d captures: %+v %q", n, got, problems)
		}
		sameCaptures(t, a, b)
		back, _, err := warcs(t, b, WARCOptions{Zip: true, Size: size})
		if err != nil || !reflect.DeepEqual(first, back) {
			t.Errorf("export of the import differs from the export: %v", err)
		}
		if _, err := ingest.New(b, ingest.Options{}).Run(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := a.Reset(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, err := ingest.New(a, ingest.Options{}).Run(t.Context()); err != nil {
			t.Fatal(err)
		}
		if x, y := all(t, a, "jsonl", Options{Versions: All}), all(t, b, "jsonl", Options{Versions: All}); x != y || x == "" {
			t.Errorf("the articles differ:\n%s\n%s", x, y)
		}
		// Again, twice in one go, and in the wrong order: nothing is added.
		for _, files := range [][]File{first.in(), append(first.in(), first.in()...)} {
			if got, _ := taken(t, b, files...); got.Captures != 0 || got.Known != n*len(files)/len(first.files) {
				t.Errorf("the same files again: %+v, %d captures", got, n)
			}
		}
	}
}

// An import that is cut off goes on where it stood.
func TestImportResumes(t *testing.T) {
	a, b := archivetest.Open(t), archivetest.Open(t)
	odd(t, a)
	fill(t, a)
	p, n, err := warcs(t, a, WARCOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for stop := 3; stop < n; stop += 9 {
		ctx, cancel := context.WithCancel(t.Context())
		records := 0
		_, err := Import(ctx, b, p.in(), ImportOptions{Problem: func(err error) { t.Error(err) }, Seen: func(Imported) {
			if records++; records == stop {
				cancel()
			}
		}})
		cancel()
		if err == nil {
			t.Fatal("was not cut off")
		}
	}
	if _, problems := taken(t, b, p.in()...); problems != nil {
		t.Error(problems)
	}
	sameCaptures(t, a, b)
}

func TestWARCChoice(t *testing.T) {
	s := archivetest.Open(t)
	at := func(h int) time.Time { return monday.Add(time.Duration(h) * time.Hour) }
	for i, c := range []struct {
		url, site, body string
		status          int
	}{
		{"a", "A", "one", 200}, {"b", "B", "one", 200}, {"b", "B", "", 304}, {"a", "A", "two", 200}, {"b", "B", "", 304}, {"a", "A", "one", 200}, {"a", "A", "", 304},
	} {
		u := "https://p.example/" + c.url
		if _, err := s.Append(t.Context(), archive.Capture{URL: u, Final: u, Site: c.site, Status: c.status, Body: []byte(c.body), FetchedAt: at(i)}); err != nil {
			t.Fatal(err)
		}
	}
	for _, x := range []struct {
		f    archive.Filter
		want string // the captures' numbers
	}{
		{archive.Filter{}, "1234567"},
		{archive.Filter{Site: "A"}, "1467"},
		{archive.Filter{Site: "B"}, "1235"}, // 2 repeats what 1 holds
		{archive.Filter{Page: "example,p)/b"}, "1235"},
		{archive.Filter{Page: "example,p)/b", Limit: 1}, "12"},
		{archive.Filter{Page: "example,p)/b", Since: at(2)}, "125"},
		{archive.Filter{Page: "example,p)/c"}, ""},
		{archive.Filter{Since: at(3)}, "1267"}, // 5, at 4 h, is a 304 for 2
		{archive.Filter{Until: at(1)}, "12"},
		{archive.Filter{Since: at(5)}, "167"},
		{archive.Filter{Limit: 2}, "12"},
		{archive.Filter{Since: at(0), Limit: 1}, "12"},
		{archive.Filter{Site: "C"}, ""},
	} {
		got := ""
		p, n, err := warcs(t, s, WARCOptions{Filter: x.f})
		for c, err := range captures(t.Context(), s, x.f) {
			if err != nil {
				t.Fatal(err)
			}
			got += fmt.Sprint(c.Seq)
		}
		if x.f.Since.Equal(at(3)) {
			x.want = "12567"
		}
		if x.f.Since.Equal(at(5)) {
			x.want = "167"
		}
		if err != nil || got != x.want || n != len(got) {
			t.Errorf("%+v chooses %s, want %s (%v)", x.f, got, x.want, err)
		}
		// What is chosen can be read without the rest.
		b := archivetest.Open(t)
		if got, problems := taken(t, b, p.in()...); got.Captures != n || problems != nil {
			t.Errorf("%+v: import %+v %v", x.f, got, problems)
		}
		for _, c := range everything(t, b) {
			if len(c.Body) == 0 {
				t.Errorf("%+v: %s at %s lost its body", x.f, c.URL, c.FetchedAt)
			}
		}
	}
}

// A capture that is older than what the archive has of its page would pass for
// its newest text. Histories are brought together in a new archive.
func TestImportOlder(t *testing.T) {
	at := func(h int) time.Time { return monday.Add(time.Duration(h) * time.Hour) }
	history := func(hours ...int) (*archive.Store, File) {
		s := archivetest.Open(t)
		for _, h := range hours {
			text := append([]string{fmt.Sprintf("At %d o'clock the board said that it would think again about all that it had decided.", h)}, ferry...)
			if _, err := s.Append(t.Context(), archive.Capture{URL: "https://p.example/a", Final: "https://p.example/a", Status: 200,
				Body: []byte(page("en", "Fares", "", text...)), FetchedAt: at(h)}); err != nil {
				t.Fatal(err)
			}
		}
		p, _, err := warcs(t, s, WARCOptions{})
		if err != nil {
			t.Fatal(err)
		}
		return s, p.in()[0]
	}
	_, odds := history(1, 3, 5)
	_, evens := history(2, 4, 6)
	again := func(f File) File { f.In.(*bytes.Reader).Seek(0, io.SeekStart); return f }
	both := archivetest.Open(t)
	if n, problems := taken(t, both, odds, evens); n.Captures != 6 || problems != nil {
		t.Errorf("%+v %v", n, problems)
	}
	for i, c := range everything(t, both) {
		if !c.FetchedAt.Equal(at(i + 1)) {
			t.Errorf("capture %d is of %s", i+1, c.FetchedAt)
		}
	}
	if n, _ := taken(t, both, again(evens), again(odds)); n.Known != 6 || n.Captures+n.Older > 0 {
		t.Errorf("again, in the other order: %+v", n)
	}
	late, _ := history(1, 3, 5)
	if n, _ := taken(t, late, again(evens)); n.Captures != 1 || n.Older != 2 {
		t.Errorf("into what has 5 o'clock: %+v", n)
	}
	n, err := Import(t.Context(), late, []File{again(evens)}, ImportOptions{Late: true})
	if err != nil || n.Captures != 2 || n.Known != 1 {
		t.Errorf("all the same: %+v %v", n, err)
	}
}

// What repeats a capture that was left out as older is left out too.
func TestImportRevisitOfOlder(t *testing.T) {
	const url = "https://p.example/a"
	take := func(s *archive.Store, hour int, text string) {
		if _, err := s.Append(t.Context(), archive.Capture{URL: url, Final: url, Status: 200,
			Body: []byte(page("en", "Fares", "", append([]string{text}, ferry...)...)), FetchedAt: monday.Add(time.Duration(hour) * time.Hour)}); err != nil {
			t.Fatal(err)
		}
	}
	from, to := archivetest.Open(t), archivetest.Open(t)
	take(from, 2, "Two o'clock.")
	take(from, 4, "Two o'clock.")
	take(to, 5, "Five o'clock.")
	p, _, err := warcs(t, from, WARCOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if n, problems := taken(t, to, p.in()[0]); n.Captures != 0 || n.Bad != 0 || problems != nil || n.Older+n.Passed["revisit of what was passed over"] != 2 {
		t.Errorf("%+v, %v", n, problems)
	}
}

// Whatever captures there are, they come back.
func FuzzWARC(f *testing.F) {
	f.Add(uint64(1), "Etag", "x", "https://p.example/", "body", "site")
	f.Add(uint64(2), "x y", "\r\n", "https://p.example/ü", "", "\"")
	f.Fuzz(func(t *testing.T, seed uint64, name, value, url, body, site string) {
		r := rand.New(rand.NewPCG(seed, 1))
		a, b := archivetest.Open(t), archivetest.Open(t)
		for i := range 6 {
			c := archive.Capture{URL: "https://p.example/a", Status: []int{200, 304, 404}[r.IntN(3)], FetchedAt: monday.Add(time.Duration(i+r.IntN(3)) * time.Second)}
			if r.IntN(2) == 0 {
				c.URL, c.Page = url, "p,key"
			}
			if r.IntN(2) == 0 {
				c.Final = url
			}
			if r.IntN(2) == 0 {
				c.Header = http.Header{name: {value, site}, "Content-Length": {"4"}}
			}
			if c.Status != 304 && r.IntN(3) > 0 {
				c.Body = []byte(body[:r.IntN(len(body)+1)])
			}
			c.Site, c.Via = site, name
			if _, err := a.Append(t.Context(), c); err != nil {
				t.Skip(err)
			}
		}
		p, n, err := warcs(t, a, WARCOptions{Zip: seed%2 == 0})
		if err != nil {
			t.Fatal(err)
		}
		if got, problems := taken(t, b, p.in()...); got.Captures != n || problems != nil {
			t.Errorf("%d captures: %+v %q", n, got, problems)
		}
		sameCaptures(t, a, b)
		if back, _, _ := warcs(t, b, WARCOptions{Zip: seed%2 == 0}); !reflect.DeepEqual(p, back) {
			t.Error("export of the import differs from the export")
		}
	})
}

// A damaged capture is left out and named, and so is what repeats it.
func TestWARCDamage(t *testing.T) {
	dir := t.TempDir()
	s, err := archive.Create(dir, archive.Options{})
	if err != nil {
		t.Fatal(err)
	}
	fill(t, s)
	odd(t, s)
	whole := len(everything(t, s))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	spoil(t, dir+"/raw/000001.db", "bodies", 3)
	if s, err = archive.Open(dir, archive.Options{ReadOnly: true}); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	p, n, err := warcs(t, s, WARCOptions{Zip: true})
	if err == nil || !strings.Contains(err.Error(), "capture 3 (https://petit.example/piscine)") || n == 0 || n >= whole {
		t.Errorf("%d of %d captures, %v; want the damage named", n, whole, err)
	}
	if got, problems := taken(t, archivetest.Open(t), p.in()...); got.Captures != n || problems != nil {
		t.Errorf("%+v %v", got, problems)
	}
}

// Whatever a file holds, an import takes what it can, and the second time nothing.
func FuzzImport(f *testing.F) {
	html := "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>"
	foreign := func(kind, fields, block string) string {
		return fmt.Sprintf("WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: http://p.test/a\r\nWARC-Date: 2026-03-04T07:15:00Z\r\n%sContent-Length: %d\r\n\r\n%s\r\n\r\n", kind, fields, len(block), block)
	}
	f.Add([]byte(foreign("response", "WARC-Payload-Digest: sha1:X\r\n", html) + foreign("revisit", "WARC-Payload-Digest: sha1:X\r\n", "")))
	f.Add([]byte(foreign("response", "X-Pressmark-Capture: 1\r\nX-Pressmark-Page: \"\\x00\"\r\nX-Pressmark-URL: \"\"\r\n", html)))
	f.Add([]byte(foreign("response", "X-Pressmark-Capture: 2\r\n", html) + foreign("revisit", "WARC-Profile: server-not-modified\r\n", "")))
	f.Add([]byte(foreign("response", "X-Pressmark-Capture: 1\r\nX-Pressmark-Header: \"a\" b\r\n", html) + foreign("response", "X-Pressmark-Capture: 1\r\nX-Pressmark-Header: \"a\"\r\n", html)))
	f.Add([]byte(foreign("response", "WARC-Payload-Digest: sha1:X\r\n", html) + foreign("revisit", "WARC-Payload-Digest: sha1:X\r\nX-Pressmark-Capture: 1\r\nX-Pressmark-Header: \"a\" \"b\"\r\n", "")))
	f.Add([]byte(foreign("conversion", "X-Pressmark-Capture: 1\r\nX-Pressmark-Via: rendered by x\r\nContent-Type: text/html\r\n", "<p>")))
	f.Add([]byte(foreign("response", "WARC-Block-Digest: sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n", html) + foreign("response", "", "no HTTP")))
	f.Fuzz(func(t *testing.T, file []byte) {
		s := archivetest.Open(t)
		first, _ := taken(t, s, File{"x", bytes.NewReader(file)})
		again, _ := taken(t, s, File{"x", bytes.NewReader(file)})
		if again.Captures != 0 || first.Pages() > again.Pages() {
			t.Errorf("%+v, and again %+v", first, again)
		}
		if _, _, err := warcs(t, s, WARCOptions{}); err != nil {
			t.Errorf("what was taken in can't be taken out: %v", err)
		}
	})
}

// What was taken down leaves a line, is in no other export, and does not come
// back by an import.
func TestTakenDown(t *testing.T) {
	s := archivetest.Open(t)
	fill(t, s)
	before, n, err := warcs(t, s, WARCOptions{})
	if err != nil {
		t.Fatal(err)
	}
	key := urlkey.Key("example,petit)/piscine")
	if _, err := s.Takedown(t.Context(), archive.TakedownOptions{Pages: []urlkey.Key{key}, By: "desk", Reason: "a court order"}); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(all(t, s, "jsonl", Options{Versions: All})), "\n")
	var stone Tombstone
	if err := json.Unmarshal([]byte(lines[len(lines)-1]), &stone); err != nil {
		t.Fatal(err)
	}
	if stone.ID != key.ID() || stone.Reason != "a court order" || stone.TakenDown.IsZero() || len(lines) != 4 || strings.Contains(lines[3], "desk") {
		t.Errorf("%d lines, the last %s", len(lines), lines[len(lines)-1])
	}
	if got := all(t, s, "jsonl", Options{Filter: archive.Filter{Site: "Harbour Gazette"}}); strings.Contains(got, "court") {
		t.Error("the line stands in another site's export")
	}
	after, m, err := warcs(t, s, WARCOptions{})
	if err != nil || m != n-1 || strings.Contains(after.files[0].String(), "piscine\r\n") {
		t.Errorf("%d captures of %d, %v", m, n, err)
	}
	got, problems := taken(t, s, before.in()...)
	if got.Captures != 0 || got.Known != m || got.Passed["taken down in this archive"] != 1 || problems != nil {
		t.Errorf("%+v %v", got, problems)
	}
	// Of a version, the capture stays without its body, and can't be taken out.
	if _, err := s.Takedown(t.Context(), archive.TakedownOptions{Pages: []urlkey.Key{"example,gazette)/news/ferry"}, Version: 1, Reason: "a name"}); err != nil {
		t.Fatal(err)
	}
	gone := 0
	_, left, err := warcs(t, s, WARCOptions{Gone: func(archive.Capture) { gone++ }})
	if err != nil || gone != 1 || left != m-1 {
		t.Errorf("%d captures and %d without bodies, %v", left, gone, err)
	}
}

// A bit that turned in a plain file is found by the record's digest.
func TestImportDamage(t *testing.T) {
	s := archivetest.Open(t)
	fill(t, s)
	p, n, err := warcs(t, s, WARCOptions{})
	if err != nil {
		t.Fatal(err)
	}
	file := p.files[0].Bytes()
	file[bytes.Index(file, []byte("Bicycles"))] ^= 1
	got, problems := taken(t, archivetest.Open(t), File{"x", bytes.NewReader(file)})
	if got.Captures != n-1 || got.Bad != 1 || len(problems) != 1 || !strings.Contains(problems[0], "x: https://gazette.example/news/ferry?utm_source=x at byte") {
		t.Errorf("%+v %q", got, problems)
	}
}
