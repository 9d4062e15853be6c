package fetch

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

// fetcher is one that may reach the loopback servers of these tests.
func fetcher(t testing.TB, change func(*Options)) *Fetcher {
	t.Helper()
	o := Options{UserAgent: "pressmark-test", PrivateNetworks: true}
	if change != nil {
		change(&o)
	}
	f, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(f.Close)
	return f
}

func serve(t testing.TB, h http.HandlerFunc) string {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL
}

// raw is a server that answers every connection with the bytes of an answer
// and then closes it.
func raw(t testing.TB, answer string) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				if _, err := http.ReadRequest(bufio.NewReader(c)); err == nil {
					io.WriteString(c, answer)
				}
			}()
		}
	}()
	return "http://" + l.Addr().String()
}

func compressed(t testing.TB, name string, b []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	var w io.WriteCloser
	switch name {
	case "gzip":
		w = gzip.NewWriter(&out)
	case "br":
		w = brotli.NewWriter(&out)
	case "zstd":
		z, err := zstd.NewWriter(&out)
		if err != nil {
			t.Fatal(err)
		}
		w = z
	default:
		return b
	}
	if _, err := w.Write(b); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestGet(t *testing.T) {
	const page = "<p>Un \xe9t\xe9 \xe0 Orl\xe9ans</p>" // windows-1252: must come through untouched
	var got http.Header
	at := serve(t, func(w http.ResponseWriter, r *http.Request) {
		got = r.Header.Clone()
		if r.Header.Get("If-None-Match") == `"a"` {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=windows-1252")
		w.Header().Set("Set-Cookie", "consent=0")
		w.Header().Set("ETag", `"a"`)
		switch r.URL.Path {
		case "/gone":
			w.WriteHeader(http.StatusGone)
		case "/busy":
			w.Header().Set("Retry-After", "120")
			w.WriteHeader(http.StatusServiceUnavailable)
		}
		io.WriteString(w, page)
	})
	now := time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)
	f := fetcher(t, func(o *Options) { o.Now = func() time.Time { return now } })

	r, err := f.Get(t.Context(), Request{URL: at + "/a,b?y=2&x=1"})
	if err != nil {
		t.Fatal(err)
	}
	if r.Status != 200 || string(r.Body) != page || r.URL != at+"/a,b?y=2&x=1" || !r.FetchedAt.Equal(now) || r.Wire != int64(len(page)) {
		t.Errorf("got %+v, body %q", r, r.Body)
	}
	if r.Header.Get("Content-Type") != "text/html; charset=windows-1252" || r.Header.Get("Set-Cookie") == "" {
		t.Errorf("header %v not as received", r.Header)
	}
	for name, want := range map[string]string{
		"User-Agent": "pressmark-test", "Accept-Encoding": "gzip, br, zstd", "Accept": accept,
		"Cookie": "", "Referer": "", "If-None-Match": "", "If-Modified-Since": "", jobHeader: "",
	} {
		if got.Get(name) != want {
			t.Errorf("sent %s: %q, want %q", name, got.Get(name), want)
		}
	}
	for path, status := range map[string]int{"/gone": 410, "/busy": 503} {
		r, err := f.Get(t.Context(), Request{URL: at + path})
		if err != nil || r.Status != status || string(r.Body) != page {
			t.Errorf("%s: %+v, %v", path, r, err)
		}
	}
	if got.Get("Cookie") != "" {
		t.Errorf("cookie sent back: %q", got.Get("Cookie"))
	}

	r, err = f.Get(t.Context(), Request{URL: at, ETag: `"a"`, LastModified: "Sun, 01 Nov 2026 10:00:00 GMT"})
	if err != nil || r.Status != http.StatusNotModified || len(r.Body) != 0 {
		t.Errorf("conditional: %+v, %v", r, err)
	}
	if got.Get("If-Modified-Since") != "Sun, 01 Nov 2026 10:00:00 GMT" {
		t.Errorf("If-Modified-Since %q", got.Get("If-Modified-Since"))
	}
	if _, err = f.Get(t.Context(), Request{URL: at, ETag: "a\r\nX: y", LastModified: "\x00"}); err != nil {
		t.Errorf("validators that cannot be sent: %v", err)
	}
	if got.Get("X") != "" || got.Get("If-None-Match") != "" {
		t.Errorf("validators that cannot be sent were: %v", got)
	}
}

func TestEncodings(t *testing.T) {
	text := []byte(strings.Repeat("All the news that is fit to compress. ", 2000))
	padded := append(compressed(t, "gzip", text), 0, 0, 0, 0)
	twice := append(compressed(t, "gzip", text[:1000]), compressed(t, "gzip", text[1000:])...)
	tests := []struct {
		name, encoding string
		body           []byte
		want           []byte
		err            error
	}{
		{"gzip", "gzip", compressed(t, "gzip", text), text, nil},
		{"x-gzip in capitals", "X-GZIP", compressed(t, "gzip", text), text, nil},
		{"br", "br", compressed(t, "br", text), text, nil},
		{"zstd", "zstd", compressed(t, "zstd", text), text, nil},
		{"two", "gzip, br", compressed(t, "br", compressed(t, "gzip", text)), text, nil},
		{"identity", "identity", text, text, nil},
		{"charset for an encoding", "UTF-8", text, text, nil},
		{"gzip padded", "gzip", padded, text, nil},
		{"gzip of two members", "gzip", twice, text, nil},
		{"gzip of nothing", "gzip", nil, nil, nil},
		{"plain for gzip", "gzip", text, text, nil},
		{"noise for gzip", "gzip", []byte("\x01\x02\x03 noise and more noise"), nil, ErrEncoding},
		{"not br", "br", []byte{0xff, 0xff, 0xff, 0xff}, nil, ErrEncoding},
		{"plain for zstd", "zstd", text, text, nil},
		{"noise for zstd", "zstd", []byte("\x01\x02\x03 noise and more noise"), nil, ErrEncoding},
		{"unknown", "compress", text, nil, ErrUnknownEncoding},
		{"three", "gzip, gzip, gzip", text, nil, ErrStacked},
		{"gzip cut", "gzip", compressed(t, "gzip", text)[:60], nil, ErrCutOff},
		{"gzip cut in its header", "gzip", compressed(t, "gzip", text)[:5], nil, ErrCutOff},
		{"br cut", "br", compressed(t, "br", text)[:20], nil, ErrCutOff},
		{"zstd cut", "zstd", compressed(t, "zstd", text)[:30], nil, ErrCutOff},
		{"gzip with a wrong sum", "gzip", flip(compressed(t, "gzip", text), -6), nil, ErrEncoding},
	}
	f := fetcher(t, nil)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			at := serve(t, func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Encoding", tt.encoding)
				w.Write(tt.body)
			})
			for range 2 { // the second takes a decoder that was used before
				r, err := f.Get(t.Context(), Request{URL: at + "/sitemap.xml.gz"}) // colly unpacks by this ending
				if !errors.Is(err, tt.err) {
					t.Fatalf("error %v, want %v", err, tt.err)
				}
				if err == nil && (!bytes.Equal(r.Body, tt.want) || r.Wire != int64(len(tt.body))) {
					t.Fatalf("%d bytes of %d, %d on the wire of %d", len(r.Body), len(tt.want), r.Wire, len(tt.body))
				}
			}
		})
	}
	t.Run("304 that names an encoding", func(t *testing.T) {
		at := serve(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Encoding", "br")
			w.WriteHeader(http.StatusNotModified)
		})
		if r, err := f.Get(t.Context(), Request{URL: at}); err != nil || r.Status != 304 {
			t.Errorf("%+v, %v", r, err)
		}
	})
}

func flip(b []byte, at int) []byte {
	b[len(b)+at] ^= 0x55
	return b
}

func TestLimits(t *testing.T) {
	zeros := make([]byte, 8<<20)
	news := make([]byte, 300<<10)
	for i := range news {
		news[i] = byte(i * i >> 3)
	}
	tests := []struct {
		name, encoding string
		body           []byte
		max            int64
		ratio          int
		err            error
	}{
		{"gzip bomb", "gzip", compressed(t, "gzip", zeros), 0, 0, ErrBomb},
		{"br bomb", "br", compressed(t, "br", zeros), 0, 0, ErrBomb},
		{"zstd bomb", "zstd", compressed(t, "zstd", zeros), 0, 0, ErrBomb},
		{"bomb in a bomb", "gzip, gzip", compressed(t, "gzip", compressed(t, "gzip", zeros)), 0, 0, ErrBomb},
		{"a megabyte of blanks is none", "gzip", compressed(t, "gzip", zeros[:1<<20]), 0, 0, nil},
		{"with a higher ratio", "gzip", compressed(t, "gzip", zeros), 0, 2000, nil},
		{"too large by its length", "", news, 100 << 10, 0, ErrTooLarge},
		{"too large when inflated", "gzip", compressed(t, "gzip", zeros[:200<<10]), 100 << 10, 0, ErrTooLarge},
		{"just fits", "", news[:100<<10], 100 << 10, 0, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			at := serve(t, func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Encoding", tt.encoding)
				w.Write(tt.body)
			})
			f := fetcher(t, func(o *Options) { o.MaxRatio = tt.ratio })
			if _, err := f.Get(t.Context(), Request{URL: at, MaxBytes: tt.max}); !errors.Is(err, tt.err) {
				t.Errorf("error %v, want %v", err, tt.err)
			}
		})
	}
	t.Run("endless", func(t *testing.T) {
		var sent atomic.Int64
		at := serve(t, func(w http.ResponseWriter, r *http.Request) {
			for {
				n, err := w.Write(zeros[:32<<10])
				sent.Add(int64(n))
				if err != nil {
					return
				}
			}
		})
		f := fetcher(t, func(o *Options) { o.MaxBytes = 1 << 20 })
		if _, err := f.Get(t.Context(), Request{URL: at}); !errors.Is(err, ErrTooLarge) {
			t.Errorf("error %v", err)
		}
		if sent.Load() > 64<<20 {
			t.Errorf("read on: the server could send %d bytes", sent.Load())
		}
	})
}

func TestRedirectIsNotFollowed(t *testing.T) {
	var asked []string
	var to string
	at := serve(t, func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.URL.Path)
		w.Header()["Location"] = []string{to}
		w.WriteHeader(http.StatusMovedPermanently)
	})
	f := fetcher(t, nil)
	for _, tt := range []struct{ to, want string }{
		{"/new?a=1", at + "/new?a=1"},
		{"new", at + "/dir/new"},
		{"https://other.example/x", "https://other.example/x"},
		{"//other.example/x", "http://other.example/x"},
		{"http://169.254.169.254/latest", "http://169.254.169.254/latest"},
		{"file:///etc/passwd", "file:///etc/passwd"},
		{"/caf\xe9", at + "/caf%E9"},
		{"/café", at + "/caf%C3%A9"},
		{"http://[", ""},
		{"%zz", at + "/dir/%zz"},
		{"", ""},
	} {
		to, asked = tt.to, nil
		r, err := f.Get(t.Context(), Request{URL: at + "/dir/old"})
		if err != nil || r.Status != 301 || r.Location != tt.want {
			t.Errorf("to %q: %+v, %v; want %q", tt.to, r, err, tt.want)
		}
		if len(asked) != 1 {
			t.Errorf("to %q: asked for %q", tt.to, asked)
		}
	}
	for _, bad := range []string{"file:///etc/passwd", "", "/x", "ftp://a.example/", "http://", "http://u:p@a.example/", "http://a b/", "http://[::1", "http://a.example/%zz"} {
		if _, err := f.Get(t.Context(), Request{URL: bad}); !errors.Is(err, ErrURL) || Reason(err) != "url" {
			t.Errorf("Get(%q): %v, want ErrURL", bad, err)
		}
	}
}

func TestBrokenServers(t *testing.T) {
	trusted := httptest.NewUnstartedServer(http.NotFoundHandler())
	trusted.Config.ErrorLog = quiet()
	trusted.StartTLS()
	t.Cleanup(trusted.Close)
	tests := []struct {
		name, url string
		err       error
		reason    string
	}{
		{"nobody there", "http://127.0.0.1:1/", ErrConnectionRefused, "connection-refused"},
		{"unknown authority", trusted.URL, ErrTLSSelfSigned, "tls-self-signed"},
		{"http where TLS is asked", strings.Replace(serve(t, http.NotFound), "http:", "https:", 1), ErrTLSPlain, "tls-plain-http"},
		{"closes at once", raw(t, ""), ErrNoAnswer, "no-answer"},
		{"not HTTP", raw(t, "220 mail.example ESMTP\r\n"), ErrNotHTTP, "not-http"},
		{"header without end", raw(t, "HTTP/1.1 200 OK\r\nX-A: "+strings.Repeat("a", 600<<10)), ErrHeaderFlood, "header-flood"},
		{"flood of headers", raw(t, "HTTP/1.1 200 OK\r\n"+strings.Repeat("X-A: aaaaaaaaaaaaaaaaaaaa\r\n", 30000)+"\r\n"), ErrHeaderFlood, "header-flood"},
		{"two lengths", raw(t, "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"), ErrLength, "wrong-length"},
		{"shorter than said", raw(t, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"), ErrCutOff, "cut-off"},
		{"broken chunks", raw(t, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n"), ErrChunks, "broken-chunks"},
		{"chunks cut", raw(t, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nabc"), ErrCutOff, "cut-off"},
		{"gzip cut by the connection", raw(t, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 500\r\n\r\n\x1f\x8b\x08\x00"), ErrCutOff, "cut-off"},
	}
	f := fetcher(t, nil)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := f.Get(t.Context(), Request{URL: tt.url})
			if !errors.Is(err, tt.err) || Reason(err) != tt.reason {
				t.Errorf("%v (%s), want %v (%s)", err, Reason(err), tt.err, tt.reason)
			}
		})
	}
}

func TestTimeoutAndCancel(t *testing.T) {
	release := make(chan struct{})
	arrived := make(chan struct{}, 8)
	at := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/slow-body" {
			io.WriteString(w, "a")
			w.(http.Flusher).Flush()
		}
		arrived <- struct{}{}
		select {
		case <-release:
		case <-r.Context().Done():
		}
	})
	t.Cleanup(func() { close(release) })
	for path, word := range map[string]string{"/slow-head": "first-byte-timeout", "/slow-body": "body-timeout"} {
		hasty := fetcher(t, func(o *Options) { o.Timeout = 50 * time.Millisecond })
		if _, err := hasty.Get(t.Context(), Request{URL: at + path}); !errors.Is(err, ErrTimeout) || Reason(err) != word {
			t.Errorf("%s: %v, want ErrTimeout", path, err)
		}
		<-arrived

		patient := fetcher(t, func(o *Options) { o.Timeout = time.Hour })
		ctx, cancel := context.WithCancel(t.Context())
		go func() { <-arrived; cancel() }()
		if _, err := patient.Get(ctx, Request{URL: at + path}); !errors.Is(err, context.Canceled) || Reason(err) != "cancelled" {
			t.Errorf("%s: %v, want Canceled", path, err)
		}
		if _, err := patient.Get(ctx, Request{URL: at + path}); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v with a context that is over", path, err)
		}
	}
}

// Whatever the environment says, a fetcher does what its options say.
func TestEnvironmentChangesNothing(t *testing.T) {
	for name, value := range map[string]string{
		"ALLOWED_DOMAINS": "other.example", "CACHE_DIR": t.TempDir(), "DETECT_CHARSET": "yes",
		"DISALLOWED_DOMAINS": "127.0.0.1", "IGNORE_ROBOTSTXT": "no", "FOLLOW_REDIRECTS": "yes",
		"MAX_BODY_SIZE": "3", "MAX_DEPTH": "0", "MAX_REQUESTS": "1", "PARSE_HTTP_ERROR_RESPONSE": "no",
		"TRACE_HTTP": "yes", "USER_AGENT": "someone else",
	} {
		t.Setenv("COLLY_"+name, value)
	}
	t.Setenv("HTTP_PROXY", "http://127.0.0.1:1")
	t.Setenv("http_proxy", "http://127.0.0.1:1")
	var paths, agents []string
	at := serve(t, func(w http.ResponseWriter, r *http.Request) {
		paths, agents = append(paths, r.URL.Path), append(agents, r.UserAgent())
		w.WriteHeader(http.StatusNotFound)
		io.WriteString(w, "longer than three bytes")
	})
	f := fetcher(t, nil)
	for range 2 {
		r, err := f.Get(t.Context(), Request{URL: at + "/a"})
		if err != nil || r.Status != 404 || string(r.Body) != "longer than three bytes" {
			t.Fatalf("%+v, %v", r, err)
		}
	}
	if fmt.Sprint(paths) != "[/a /a]" || fmt.Sprint(agents) != "[pressmark-test pressmark-test]" {
		t.Errorf("asked for %v as %v", paths, agents)
	}
	if files, _ := os.ReadDir(os.Getenv("COLLY_CACHE_DIR")); len(files) != 0 {
		t.Errorf("a cache was written")
	}
}
