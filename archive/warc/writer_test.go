package warc

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"
)

// What is written is read, by its place too, and a block that is not that of
// its digest is told.
func FuzzWriter(f *testing.F) {
	f.Add("WARC-Target-URI", "http://p.test/", []byte("block\r\n\r\nWARC/1.1\r\n"), true)
	f.Add("X-Empty", "", []byte{}, false)
	f.Add("X", " folded\r\n", []byte{0x1f, 0x8b}, true)
	f.Fuzz(func(t *testing.T, name, value string, block []byte, zip bool) {
		var b bytes.Buffer
		w := NewWriter(&b, zip)
		h := Header{{"WARC-Type", TypeResponse}, {name, value}}
		place, err := w.Write(h, block)
		if (err == nil) != Fits(name, value) && len(name)+len(value) < maxHeader/2 {
			t.Fatalf("%q: %q: %v", name, value, err)
		}
		if err != nil {
			if b.Len() > 0 {
				t.Error("half a record is written")
			}
			return
		}
		second, err := w.Write(Header{{"WARC-Type", TypeResource}}, block)
		if err != nil || second.Offset != place.Length || w.Offset() != int64(b.Len()) || second.Offset+second.Length != int64(b.Len()) {
			t.Fatalf("places %v and %v of %d bytes: %v", place, second, b.Len(), err)
		}
		for _, at := range []Place{place, second} {
			r := NewReader(bytes.NewReader(b.Bytes()[at.Offset : at.Offset+at.Length]))
			rec, err := r.Next()
			if err != nil {
				t.Fatal(err)
			}
			rec.Sum()
			got, err := io.ReadAll(rec)
			if err != nil || !bytes.Equal(got, block) || rec.Sound() != nil {
				t.Errorf("block %q is read as %q: %v, %v", block, got, err, rec.Sound())
			}
			if at == place && (len(rec.Header) != 4 || rec.Header[1] != h[1]) {
				t.Errorf("field %q is read as %q", h[1], rec.Header)
			}
			if _, err := r.Next(); err != io.EOF {
				t.Errorf("after the only record: %v", err)
			}
		}
		if len(block) > 0 && !zip {
			b.Bytes()[int(place.Length)-5] ^= 1
			rec, err := NewReader(&b).Next()
			if err != nil {
				t.Fatal(err)
			}
			rec.Sum()
			if err := rec.Sound(); !errors.Is(err, ErrDigest) {
				t.Errorf("a flipped bit: %v", err)
			}
		}
	})
}

// An answer is read as it was written.
func FuzzAnswer(f *testing.F) {
	f.Add("Content-Type", "text/html", "", []byte("<p>"))
	f.Add("X-A", "\t", "b", []byte(nil))
	f.Fuzz(func(t *testing.T, name, one, two string, body []byte) {
		if !Carries(name, []string{one, two}) || slices.Contains([]string{"Content-Encoding", "Transfer-Encoding"}, name) || len(one)+len(two) > maxHeader/2 {
			return
		}
		var b bytes.Buffer
		if _, err := NewWriter(&b, false).Write(Header{{"WARC-Type", TypeResponse}}, Answer(404, http.Header{name: {one, two}}, body)); err != nil {
			t.Fatal(err)
		}
		rec, err := NewReader(&b).Next()
		if err != nil {
			t.Fatal(err)
		}
		res, err := rec.Response(1 << 20)
		if err != nil || res.Status != 404 || !slices.Equal(res.Header[name], []string{one, two}) || len(res.Header) != 1 || !bytes.Equal(res.Body, body) {
			t.Errorf("%q: %q, %q, body %q is read as %+v: %v", name, one, two, body, res, err)
		}
	})
}

var errFull = errors.New("no space left")

type disk struct{ room int }

func (d *disk) Write(b []byte) (int, error) {
	if d.room -= len(b); d.room < 0 {
		return 0, errFull
	}
	return len(b), nil
}

func TestWriterStops(t *testing.T) {
	w := NewWriter(&disk{1000}, false)
	for range 3 {
		_, err := w.Write(nil, bytes.Repeat([]byte("x"), 600))
		if w.Offset() > 700 && !errors.Is(err, errFull) {
			t.Errorf("after %d bytes: %v", w.Offset(), err)
		}
	}
	if _, err := w.Write(nil, nil); !errors.Is(err, errFull) {
		t.Errorf("a record after half a record: %v", err)
	}
}

func TestDigests(t *testing.T) {
	for _, x := range []struct{ label, err string }{
		{SHA1([]byte("bee")), ""},
		{"sha1:" + strings.ToLower(SHA1([]byte("bee"))[5:]), ""},
		{"SHA-256:" + fmt.Sprintf("%x", sha256.Sum256([]byte("bee"))), ""},
		{SHA1([]byte("wasp")), "not that of its digest"},
		{"sha256:" + fmt.Sprintf("%x", sha256.Sum256([]byte("wasp"))), "not that of its digest"},
		{"sha1:nonsense", ""}, {"blake3:ABC", ""}, {"", ""}, {":", ""},
	} {
		file := "WARC/1.1\r\nWARC-Type: response\r\nWARC-Block-Digest: " + x.label + "\r\nContent-Length: 3\r\n\r\nbee\r\n\r\n"
		rec, err := NewReader(strings.NewReader(file)).Next()
		if err != nil {
			t.Fatal(err)
		}
		rec.Sum()
		if err := rec.Sound(); (err == nil) != (x.err == "") || err != nil && !strings.Contains(err.Error(), x.err) {
			t.Errorf("%s: %v", x.label, err)
		}
	}
}

// A file of zstd frames with a dictionary, as Zeno writes it, plain or itself compressed.
func TestZstd(t *testing.T) {
	a, b := record("response", "http://p.test/a", "one and another", 0), record("response", "http://p.test/b", "another and one", 0)
	var samples [][]byte
	for i := range 60 {
		samples = append(samples, []byte(record("response", fmt.Sprintf("http://p.test/%d", i), strings.Repeat("another one ", i), 0)))
	}
	dict, err := zstd.BuildDict(zstd.BuildDictOptions{ID: 7, Contents: samples, History: bytes.Join(samples[:9], nil), Offsets: [3]int{1, 4, 8}})
	if err != nil {
		t.Fatal(err)
	}
	frames := func(o ...zstd.EOption) string {
		z, err := zstd.NewWriter(nil, o...)
		if err != nil {
			t.Fatal(err)
		}
		return string(z.EncodeAll([]byte(b), z.EncodeAll([]byte(a), nil)))
	}
	skippable := func(dict []byte) string {
		return string(binary.LittleEndian.AppendUint32([]byte{0x5d, 0x2a, 0x4d, 0x18}, uint32(len(dict)))) + string(dict)
	}
	z, _ := zstd.NewWriter(nil)
	for name, file := range map[string]string{
		"frames":                  frames(),
		"dictionary":              skippable(dict) + frames(zstd.WithEncoderDict(dict)),
		"dictionary, compressed":  skippable(z.EncodeAll(dict, nil)) + frames(zstd.WithEncoderDict(dict)),
		"a frame a file, in text": string(z.EncodeAll([]byte(a+b), nil)),
	} {
		if got, _ := walk(file); strings.Join(got, "|") != "response http://p.test/a one and another|response http://p.test/b another and one" {
			t.Errorf("%s: %q", name, got)
		}
	}
	for name, file := range map[string]string{
		"no dictionary":   skippable([]byte("none")) + frames(),
		"cut":             frames()[:30],
		"cut dictionary":  skippable(dict)[:50],
		"huge dictionary": "\x5d\x2a\x4d\x18\xff\xff\xff\xff",
	} {
		if got, _ := walk(file); len(got) == 0 || !strings.HasPrefix(got[len(got)-1], "bad after") && !strings.HasPrefix(got[len(got)-1], "cut") {
			t.Errorf("%s: %q, want damage", name, got)
		}
	}
}

// The names agree with those of pywb's cdxj-indexer 1.4.5 and warcio.js 2.4.11,
// where those two agree.
func TestSURT(t *testing.T) {
	for raw, want := range map[string]string{
		"http://www.Example.com/A/B?b=2&a=1":     "com,example)/a/b?a=1&b=2",
		"https://example.com:443/x?":             "com,example)/x",
		"http://example.com:80":                  "com,example)/",
		"http://example.com:8080/%C3%BC":         "com,example:8080)/%c3%bc",
		"http://www2.example.com/":               "com,example)/",
		"http://ex.com/?q=A%20B&x":               "com,ex)/?q=a%20b&x",
		"http://ex.com/a?utm_source=1&B=2#part":  "com,ex)/a?b=2&utm_source=1",
		"https://user:pw@ex.com/":                "com,ex)/",
		"http://127.0.0.1:40211/a":               "1,0,0,127:40211)/a",
		"http://[::1]:8/a":                       "[::1]:8)/a",
		"urn:x y\n":                              "urn:x%20y%0A",
		"http://a b/":                            "http://a%20b/",
		"http://ex.com/a;jsessionid=ABC?x=%zz=1": "com,ex)/a;jsessionid=abc?x=%zz=1",
	} {
		if got := SURT(raw); got != want {
			t.Errorf("%s is %s, want %s", raw, got, want)
		}
	}
}

// A package holds what its table of contents says, WARC files stored as they are.
func TestPackage(t *testing.T) {
	make := func() []byte {
		var b bytes.Buffer
		p := NewPackage(&b)
		err := p.Write("archive/data.warc.gz", func(w io.Writer) error {
			_, err := NewWriter(w, true).Write(Header{{"WARC-Type", "resource"}}, []byte("bee"))
			return err
		})
		var lines [][]byte
		for i := range 2500 {
			line, _ := Entry{URL: fmt.Sprintf("http://p.test/%04d", i), At: time.Unix(0, 0), Status: 200}.MarshalText()
			lines = append(lines, line)
		}
		err = errors.Join(err, p.Index(lines), p.Pages(func(yield func(Page, error) bool) { yield(Page{ID: "1", URL: "http://p.test/", Title: "A & B"}, nil) }), p.Close(time.Unix(1e9, 5)))
		if err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	b := make()
	if !bytes.Equal(b, make()) {
		t.Error("the second package differs from the first")
	}
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if texts[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
		if stored := f.Method == zip.Store; stored != (strings.HasPrefix(f.Name, "archive/") || strings.HasPrefix(f.Name, "indexes/")) {
			t.Errorf("%s: method %d", f.Name, f.Method)
		}
	}
	var about struct {
		Resources []resource
		Version   string `json:"wacz_version"`
		Created   string
	}
	if err := json.Unmarshal(texts["datapackage.json"], &about); err != nil || about.Version != "1.1.1" || about.Created != "2001-09-09T01:46:40Z" {
		t.Errorf("%v %+v", err, about)
	}
	if len(about.Resources) != 4 || len(texts) != 6 {
		t.Errorf("%d files are listed of %d", len(about.Resources), len(texts))
	}
	for _, r := range about.Resources {
		if text, ok := texts[r.Path]; !ok || r.Bytes != int64(len(text)) || r.Hash != fmt.Sprintf("sha256:%x", sha256.Sum256(text)) {
			t.Errorf("%+v is not what the file is", r)
		}
	}
	if want := fmt.Sprintf("sha256:%x", sha256.Sum256(texts["datapackage.json"])); !strings.Contains(string(texts["datapackage-digest.json"]), want) {
		t.Errorf("the table's digest: %s", texts["datapackage-digest.json"])
	}
	if !strings.HasSuffix(string(texts["pages/pages.jsonl"]), `{"id":"1","url":"http://p.test/","ts":"","title":"A & B"}`+"\n") {
		t.Errorf("%s", texts["pages/pages.jsonl"])
	}
	// Each block of the index can be read by itself.
	blocks := strings.Split(strings.TrimSpace(string(texts["indexes/index.idx"])), "\n")[1:]
	all := 0
	for _, line := range blocks {
		key, text, _ := strings.Cut(line, " {")
		var at struct{ Offset, Length int }
		if err := json.Unmarshal([]byte("{"+text), &at); err != nil {
			t.Fatal(err)
		}
		unpacked, err := gzip.NewReader(bytes.NewReader(texts["indexes/index.cdx.gz"][at.Offset : at.Offset+at.Length]))
		if err != nil {
			t.Fatal(err)
		}
		block, err := io.ReadAll(unpacked)
		if err != nil {
			t.Fatal(err)
		}
		got := string(block)
		if !strings.HasPrefix(got, key+" {") {
			t.Errorf("the block of %s begins %.60q", key, got)
		}
		all += strings.Count(got, "\n")
	}
	if all != 2500 || len(blocks) != 3 {
		t.Errorf("%d lines in %d blocks", all, len(blocks))
	}
}
