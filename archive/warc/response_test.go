package warc

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"
)

const page = "<html><p>The ferry left at noon.</p></html>"

// encoded is the page in a content encoding.
func encoded(t *testing.T, name string) string {
	t.Helper()
	var b bytes.Buffer
	var w interface {
		Write([]byte) (int, error)
		Close() error
	}
	switch name {
	case "gzip":
		return gzipped(page)
	case "br":
		w = brotli.NewWriter(&b)
	case "zlib":
		w = zlib.NewWriter(&b)
	case "flate":
		w, _ = flate.NewWriter(&b, 5)
	case "zstd":
		w, _ = zstd.NewWriter(&b)
	}
	w.Write([]byte(page))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestResponse(t *testing.T) {
	chunks := "e\r\n" + page[:14] + "\r\n1D;why=not\r\n" + page[14:] + "\r\n0\r\nTrailer: x\r\n\r\n"
	head := func(fields ...string) string {
		return strings.Join(append([]string{"HTTP/1.1 200 OK"}, fields...), "\r\n") + "\r\n\r\n"
	}
	for _, x := range []struct{ name, block, body, err string }{
		{"plain", head("Content-Type: text/html") + page, page, ""},
		{"line feeds alone", "HTTP/1.1 200 OK\nContent-Type: text/html\n\n" + page, page, ""},
		{"HTTP/2 and no reason", "HTTP/2 200\r\n\r\n" + page, page, ""},
		{"a line that is no field", head("Content-Type: text/html", "garbage") + page, page, ""},
		{"no body", head("X: y"), "", ""},
		{"ends in the header", "HTTP/1.1 200 OK\r\nX: y", "", ""},
		{"chunked", head("Transfer-Encoding: chunked") + chunks, page, ""},
		{"chunks were undone", head("Transfer-Encoding: chunked") + page, page, ""},
		{"chunks cut off", head("Transfer-Encoding: chunked") + chunks[:10], page[:7], ""},
		{"gzip", head("Content-Encoding: gzip") + encoded(t, "gzip"), page, ""},
		{"gzip was undone", head("Content-Encoding: gzip") + page, page, ""},
		{"gzip cut off", head("Content-Encoding: gzip") + encoded(t, "gzip")[:40], "<html><p>The ferry left at no", "undo gzip: unexpected EOF"},
		{"br", head("Content-Encoding: br") + encoded(t, "br"), page, ""},
		{"br was undone", head("Content-Encoding: br") + page, page, ""},
		{"zstd", head("content-encoding: zstd") + encoded(t, "zstd"), page, ""},
		{"deflate", head("Content-Encoding: deflate") + encoded(t, "zlib"), page, ""},
		{"deflate without its frame", head("Content-Encoding: deflate") + encoded(t, "flate"), page, ""},
		{"chunked gzip", head("Content-Encoding: gzip", "Transfer-Encoding: chunked") + "1000\r\n" + encoded(t, "gzip"), page, ""},
		{"two encodings", head("Content-Encoding: gzip, gzip") + gzipped(encoded(t, "gzip")), page, ""},
		{"too large", head() + strings.Repeat("x", 2000), strings.Repeat("x", 1000), ErrTooLarge.Error()},
		{"a bomb", head("Content-Encoding: gzip") + gzipped(strings.Repeat("x", 1<<20)), strings.Repeat("x", 1000), ErrTooLarge.Error()},
		{"not HTTP", "<html>", "", "no HTTP answer"},
		{"empty", "", "", "EOF"},
	} {
		t.Run(x.name, func(t *testing.T) {
			rec, err := NewReader(strings.NewReader(record("response", "http://p.test/", x.block, 0))).Next()
			if err != nil {
				t.Fatal(err)
			}
			res, err := rec.Response(1000)
			if (err != nil) != (x.err != "") || err != nil && !strings.Contains(err.Error(), x.err) {
				t.Fatalf("error %v, want %q", err, x.err)
			}
			if res != nil && (string(res.Body) != x.body || res.Status != 200) {
				t.Errorf("status %d, body %q, want %q", res.Status, res.Body, x.body)
			}
		})
	}
	rec, err := NewReader(strings.NewReader(strings.Replace(record("resource", "http://p.test/", page, 0), "\r\n\r\n", "\r\nContent-Type: text/html\r\n\r\n", 1))).Next()
	if err != nil {
		t.Fatal(err)
	}
	if res, err := rec.Response(1000); err != nil || string(res.Body) != page || res.Header.Get("Content-Type") != "text/html" {
		t.Errorf("resource: %v %+v", err, res)
	}
	if _, err := rec.Response(10); errors.Is(err, ErrTooLarge) {
		t.Error("a record that was read has nothing left")
	}
}
