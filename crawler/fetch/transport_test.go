package fetch

import (
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"sync/atomic"
	"testing"
)

func TestKeepAliveAndHTTP2(t *testing.T) {
	for _, h2 := range []bool{false, true} {
		var connections atomic.Int32
		var proto atomic.Value
		s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			proto.Store(r.Proto)
			io.WriteString(w, "x")
		}))
		s.Config.ConnState = func(_ net.Conn, c http.ConnState) {
			if c == http.StateNew {
				connections.Add(1)
			}
		}
		s.EnableHTTP2 = h2
		s.StartTLS()
		t.Cleanup(s.Close)
		pool := x509.NewCertPool()
		pool.AddCert(s.Certificate())
		f := fetcher(t, func(o *Options) { o.Roots = pool })
		for range 3 {
			if _, err := f.Get(t.Context(), Request{URL: s.URL}); err != nil {
				t.Fatal(err)
			}
		}
		want := map[bool]string{false: "HTTP/1.1", true: "HTTP/2.0"}[h2]
		if proto.Load() != want || connections.Load() != 1 {
			t.Errorf("%v over %d connections, want %s over 1", proto.Load(), connections.Load(), want)
		}
	}
}

func TestProxy(t *testing.T) {
	var asked atomic.Value
	proxy := serve(t, func(w http.ResponseWriter, r *http.Request) {
		asked.Store(r.URL.String())
		io.WriteString(w, "by proxy")
	})
	f := fetcher(t, func(o *Options) { o.Proxy, o.PrivateNetworks = proxy, false })
	r, err := f.Get(t.Context(), Request{URL: "http://news.example/a"})
	if err != nil || string(r.Body) != "by proxy" || asked.Load() != "http://news.example/a" {
		t.Errorf("%+v, %v, asked %v", r, err, asked.Load())
	}
	for _, u := range []string{"http://127.0.0.1/", "http://[::ffff:10.0.0.1]/", "http://localhost/", "http://intranet/", "http://169.254.169.254/", "http://metadata.google.internal./"} {
		if _, err := f.Get(t.Context(), Request{URL: u}); !errors.Is(err, ErrRefused) {
			t.Errorf("%s through the proxy: %v", u, err)
		}
	}
	for _, bad := range []string{"ftp://proxy.example", "http://", "http://a b", "proxy.example:3128"} {
		if _, err := New(Options{UserAgent: "x", Proxy: bad}); err == nil {
			t.Errorf("proxy %q accepted", bad)
		}
	}
	if _, err := New(Options{UserAgent: "a\nb"}); err == nil {
		t.Error("user agent of two lines accepted")
	}
}

// One fetcher serves many at once, each with its own answer.
func TestConcurrent(t *testing.T) {
	at := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		w.Write(compressed(t, "gzip", []byte(r.URL.RawQuery)))
	})
	f := fetcher(t, nil)
	var wait sync.WaitGroup
	for i := range 8 {
		wait.Go(func() {
			for k := range 25 {
				q := url.QueryEscape(fmt.Sprintf("%d-%d", i, k))
				r, err := f.Get(t.Context(), Request{URL: at + "/?" + q})
				if err != nil || string(r.Body) != q {
					t.Errorf("%s: %+v, %v", q, r, err)
					return
				}
			}
		})
	}
	wait.Wait()
	n := 0
	f.transport.jobs.Range(func(any, any) bool { n++; return true })
	if n != 0 {
		t.Errorf("%d jobs left behind", n)
	}
}
