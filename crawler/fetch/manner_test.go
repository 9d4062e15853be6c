package fetch

import (
	"crypto/x509"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// What one site sets comes back to that site and to nobody else, even where
// both lead to one host; and nothing is kept unless that was asked for.
func TestCookiesStayWithTheirSite(t *testing.T) {
	var got string
	at := serve(t, func(w http.ResponseWriter, r *http.Request) {
		got = r.Header.Get("Cookie")
		http.SetCookie(w, &http.Cookie{Name: "visitor", Value: "42", Path: "/"})
		http.SetCookie(w, &http.Cookie{Name: "other", Value: "1", Domain: "other.example"})
		http.SetCookie(w, &http.Cookie{Name: "long", Value: strings.Repeat("x", 5000)})
	})
	f := fetcher(t, func(o *Options) {
		o.Manner = func(u *url.URL) Manner {
			switch u.Path {
			case "/a":
				return Manner{Site: "a", Cookies: "consent=none"}
			case "/b":
				return Manner{Site: "b"}
			case "/said":
				return Manner{Cookies: "consent=none"}
			}
			return Manner{}
		}
	})
	for _, step := range []struct{ path, want string }{
		{"/a", "consent=none"}, {"/a", "consent=none; visitor=42"}, {"/b", ""}, {"/b", "visitor=42"},
		{"/said", "consent=none"}, {"/said", "consent=none"}, {"/", ""}, {"/", ""},
	} {
		if _, err := f.Get(t.Context(), Request{URL: at + step.path}); err != nil || got != step.want {
			t.Errorf("%s: sent %q, want %q; %v", step.path, got, step.want, err)
		}
	}
	u, _ := url.Parse(at)
	var js jars
	for i := range maxJars + 100 {
		js.take(Manner{Site: fmt.Sprint(i)}, u, http.Header{"Set-Cookie": {"a=b"}})
	}
	for i := range 10 * maxSet {
		js.take(Manner{Site: "greedy"}, u, http.Header{"Set-Cookie": {fmt.Sprintf("c%d=%s", i, strings.Repeat("x", 100))}})
	}
	if n := len(js.site); n > maxJars {
		t.Errorf("%d jars", n)
	}
	if line := js.header(Manner{Site: "greedy"}, u); len(line) > maxCookieBytes || line == "" {
		t.Errorf("a header of %d bytes", len(line))
	}
	for line, good := range map[string]bool{"a=b; c=d": true, "": true, "no name": false, "a=b\r\nX: y": false, "a=" + strings.Repeat("x", 5000): false} {
		if err := CheckCookies(line); (err == nil) != good {
			t.Errorf("%.20q: %v", line, err)
		}
	}
}

// A site may have a proxy of its own, go round that of all, or be asked over
// HTTP/1.1 only.
func TestManners(t *testing.T) {
	say := func(text string) string {
		return serve(t, func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, text) })
	}
	all, own, direct := say("the proxy of all"), say("its own proxy"), say("the site")
	f := fetcher(t, func(o *Options) {
		o.Proxy = all
		o.Manner = func(u *url.URL) Manner {
			switch u.Host {
			case "own.example":
				return Manner{Proxy: own}
			case strings.TrimPrefix(direct, "http://"):
				return Manner{Proxy: Direct}
			}
			return Manner{}
		}
	})
	for at, want := range map[string]string{"http://any.example/": "the proxy of all", "http://own.example/": "its own proxy", direct: "the site"} {
		if r, err := f.Get(t.Context(), Request{URL: at}); err != nil || string(r.Body) != want {
			t.Errorf("%s: %+v, %v; want %q", at, r, err, want)
		}
	}
	spoken := ""
	tls := httptest.NewUnstartedServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { spoken = r.Proto }))
	tls.EnableHTTP2 = true
	tls.StartTLS()
	t.Cleanup(tls.Close)
	roots := x509.NewCertPool()
	roots.AddCert(tls.Certificate())
	for _, off := range []bool{false, true} {
		f := fetcher(t, func(o *Options) { o.Roots, o.Manner = roots, func(*url.URL) Manner { return Manner{HTTP1: off} } })
		want := map[bool]string{false: "HTTP/2.0", true: "HTTP/1.1"}[off]
		if _, err := f.Get(t.Context(), Request{URL: tls.URL}); err != nil || spoken != want {
			t.Errorf("%s, want %s; %v", spoken, want, err)
		}
	}
}
