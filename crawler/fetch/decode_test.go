package fetch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"syscall"
	"testing"
)

func TestReason(t *testing.T) {
	ctx := context.Background()
	over, cancel := context.WithCancel(ctx)
	cancel()
	noName := &url.Error{Op: "Get", URL: "x", Err: &net.OpError{Op: "dial", Err: &net.DNSError{Err: "no such host", IsNotFound: true}}}
	tests := []struct {
		err  error
		want string
	}{
		{nil, ""},
		{named(ctx, ctx, new(job), noName), "dns-no-such-host"},
		{named(ctx, over, new(job), errors.New("x")), "dns-timeout"},
		{named(over, over, new(job), noName), "cancelled"},
		{named(ctx, ctx, new(job), &net.OpError{Op: "read", Err: syscall.ECONNRESET}), "reset"},
		{fmt.Errorf("fetching: %w", context.DeadlineExceeded), "cancelled"},
		{errors.New("disk full"), "other"},
	}
	for _, tt := range tests {
		if got := Reason(tt.err); got != tt.want {
			t.Errorf("Reason(%v) = %q, want %q", tt.err, got, tt.want)
		}
	}
	seen := map[string]bool{}
	for _, err := range failures() {
		f := err.(*failure)
		if Reason(fmt.Errorf("x: %w", err)) != f.word || seen[f.word] {
			t.Errorf("%v is counted as %q", err, Reason(err))
		}
		if f.hint == "" || Hint(f.word) != f.hint {
			t.Errorf("%s has the hint %q", f.word, Hint(f.word))
		}
		seen[f.word] = true
	}
}

// Nothing that a server sends makes a body larger than its limit, and all
// errors have a name.
func FuzzDecode(f *testing.F) {
	text := bytes.Repeat([]byte("news "), 300)
	for _, name := range []string{"gzip", "br", "zstd"} {
		f.Add(name, "", compressed(f, name, text))
		f.Add("gzip,"+name, "", compressed(f, name, compressed(f, "gzip", text)))
	}
	f.Add("identity, none,,", "text/html", text)
	f.Add("", "text/html", compressed(f, "gzip", text))
	f.Add("deflate", "", text)
	var d decoders
	f.Fuzz(func(t *testing.T, encoding, kind string, sent []byte) {
		var n int64
		wire := &counted{r: bytes.NewReader(sent), n: &n}
		decoded, err := d.open(wire, http.Header{"Content-Encoding": {encoding}, "Content-Type": {kind}})
		if err == nil {
			const limit = 64 << 10
			var got []byte
			b := &body{decoded: decoded, wire: wire, maxBytes: limit, maxRatio: 250}
			if got, err = io.ReadAll(b); err == nil && len(got) > limit {
				t.Fatalf("%d bytes let through", len(got))
			}
			decoded.Close()
		}
		if err != nil && !errors.Is(err, ErrEncoding) && !errors.Is(err, ErrCutOff) && !errors.Is(err, ErrTooLarge) && !errors.Is(err, ErrBomb) {
			t.Fatalf("undocumented error %v", err)
		}
	})
}

// BenchmarkGet and BenchmarkNetHTTP fetch the same 30 KB page from loopback;
// the difference is what colly and this package cost.
func BenchmarkGet(b *testing.B) {
	at := benchServer(b)
	f := fetcher(b, nil)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := f.Get(b.Context(), Request{URL: at}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkNetHTTP(b *testing.B) {
	at := benchServer(b)
	b.ReportAllocs()
	for b.Loop() {
		resp, err := http.Get(at)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := io.ReadAll(resp.Body); err != nil {
			b.Fatal(err)
		}
		resp.Body.Close()
	}
}

func benchServer(b *testing.B) string {
	page := bytes.Repeat([]byte("<p>All the news that is fit to fetch.</p>\n"), 730)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.Write(page)
	}))
	b.Cleanup(s.Close)
	return s.URL + "/page.html"
}
