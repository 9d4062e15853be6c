package main

import (
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"pressmark/crawler/robots"
	"testing"
)

// A redirect does not lead a look past robots.txt.
func TestProbeRedirect(t *testing.T) {
	secret := false
	mux := http.NewServeMux()
	mux.HandleFunc("/robots.txt", func(w http.ResponseWriter, _ *http.Request) {
		w.Write([]byte("User-agent: *\nDisallow: /secret\n"))
	})
	mux.HandleFunc("/secret", func(http.ResponseWriter, *http.Request) { secret = true })
	mux.Handle("/", http.RedirectHandler("/secret", http.StatusFound))
	srv := httptest.NewServer(mux)
	defer srv.Close()
	conf := defaultConfig()
	conf.Crawl.PrivateNetworks = "allow"
	f, err := newFetcher(conf, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	look := &looking{f: f, rules: newRules(f, robots.Options{})}
	if _, _, err := look.get(t.Context(), srv.URL+"/"); !errors.Is(err, errForbidden) || secret {
		t.Errorf("%v, asked for what is forbidden: %v", err, secret)
	}
}

func TestLoopback(t *testing.T) {
	for raw, want := range map[string]bool{
		"http://127.0.0.1:80/": true, "http://127.9.8.7/": true, "http://[::1]/": true, "http://localhost/": true,
		"http://127.example.com/": false, "http://10.0.0.1/": false, "https://example.com/": false, "": false,
	} {
		if got := loopback(raw); got != want {
			t.Errorf("%q: %v", raw, got)
		}
	}
}
