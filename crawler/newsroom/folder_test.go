package newsroom

import (
	"bytes"
	"compress/gzip"
	"encoding/xml"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func write(t *testing.T, name string, body []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, body, 0o644); err != nil {
		t.Fatal(err)
	}
	when := time.Date(2026, 1, 2, 3, 4, 5, 6, time.UTC)
	if err := os.Chtimes(name, when, when); err != nil {
		t.Fatal(err)
	}
}

func TestFolder(t *testing.T) {
	dir := t.TempDir()
	latin := []byte("<html><title>Caf\xe9</title><p>" + strings.Repeat("na\xefve ", 200))
	write(t, filepath.Join(dir, "b/plain.html"), []byte("<p>plain"))
	write(t, filepath.Join(dir, "a/packed.html.gz"), compress(latin))
	write(t, filepath.Join(dir, "a/odd name & 100%.html"), []byte("<p>odd"))
	write(t, filepath.Join(dir, "both.html"), []byte("<p>the plain one"))
	write(t, filepath.Join(dir, "both.html.gz"), compress([]byte("<p>the packed one")))
	write(t, filepath.Join(dir, "broken.html.gz"), []byte("no gzip"))
	write(t, filepath.Join(dir, "notes.txt"), []byte("no page"))
	secret := filepath.Join(t.TempDir(), "secret.html")
	write(t, secret, []byte("<p>secret"))
	if err := os.Symlink(secret, filepath.Join(dir, "link.html")); err != nil {
		t.Log(err)
	}
	h, err := Folder(dir)
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(h)
	defer s.Close()

	var feed struct {
		Links []string `xml:"channel>item>link"`
	}
	rss := get(t, s.URL+"/feed.xml")
	if err := xml.Unmarshal([]byte(rss.body), &feed); err != nil {
		t.Fatal(err)
	}
	want := []string{"/a/odd%20name%20&%20100%25.html", "/a/packed.html", "/b/plain.html", "/both.html", "/broken.html"}
	for i := range want {
		want[i] = s.URL + want[i]
	}
	if !slices.Equal(feed.Links, want) {
		t.Errorf("feed lists %q,\n want %q", feed.Links, want)
	}
	if home := get(t, s.URL+"/"); !strings.Contains(home.body, `href="/feed.xml"`) || !strings.Contains(home.body, `href="/b/plain.html"`) {
		t.Errorf("home page: %s", home.body)
	}
	if robots := get(t, s.URL+"/robots.txt"); robots.StatusCode != 200 || robots.body != "User-agent: *\nDisallow:\n" {
		t.Errorf("robots.txt: %d %q", robots.StatusCode, robots.body)
	}

	for _, link := range append(feed.Links[:4:4], s.URL+"/feed.xml", s.URL+"/", s.URL+"/robots.txt") {
		page := get(t, link)
		tag, modified := page.Header.Get("ETag"), page.Header.Get("Last-Modified")
		if page.StatusCode != 200 || tag == "" || modified != "Fri, 02 Jan 2026 03:04:05 GMT" {
			t.Errorf("%s: %d, ETag %q, Last-Modified %q", link, page.StatusCode, tag, modified)
		}
		if got := get(t, link, "If-None-Match", tag); got.StatusCode != 304 || got.body != "" {
			t.Errorf("%s with its tag: %d", link, got.StatusCode)
		}
		if got := get(t, link, "If-Modified-Since", modified); got.StatusCode != 304 {
			t.Errorf("%s since its date: %d", link, got.StatusCode)
		}
		if strings.HasSuffix(link, ".html") && page.Header.Get("Content-Type") != "text/html" {
			t.Errorf("%s: %q", link, page.Header.Get("Content-Type"))
		}
	}
	packed := get(t, feed.Links[1], "Accept-Encoding", "gzip")
	z, err := gzip.NewReader(strings.NewReader(packed.body))
	if err != nil || packed.Header.Get("Content-Encoding") != "gzip" {
		t.Fatalf("packed page: %v", err)
	}
	if body, err := io.ReadAll(z); err != nil || !bytes.Equal(body, latin) {
		t.Errorf("packed page: %v", err)
	}
	if plain := get(t, feed.Links[1], "Accept-Encoding", "identity"); plain.body != string(latin) || plain.Header.Get("Content-Encoding") != "" {
		t.Error("the page is not unpacked for who wants it so")
	}
	if both := get(t, s.URL+"/both.html"); both.body != "<p>the plain one" {
		t.Errorf("both: %q", both.body)
	}
	for path, status := range map[string]int{"/broken.html": 500, "/link.html": 404, "/notes.txt": 404, "/both.html.gz": 404, "/../" + filepath.Base(secret): 404, "/a/": 404} {
		if got := get(t, s.URL+path, "Accept-Encoding", "identity"); got.StatusCode != status {
			t.Errorf("%s: %d, want %d", path, got.StatusCode, status)
		}
	}
	req, _ := http.NewRequest(http.MethodPost, s.URL+"/", nil)
	if got := do(t, req); got.StatusCode != 405 {
		t.Errorf("POST: %d", got.StatusCode)
	}
}

func TestFolderRefuses(t *testing.T) {
	if _, err := Folder(t.TempDir()); err == nil || !strings.Contains(err.Error(), "no *.html") {
		t.Errorf("empty folder: %v", err)
	}
	if _, err := Folder(filepath.Join(t.TempDir(), "nothing")); err == nil {
		t.Error("no folder: no error")
	}
}
