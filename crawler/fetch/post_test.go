package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
)

func TestPost(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/away" {
			http.Redirect(w, r, "/", http.StatusTemporaryRedirect)
			return
		}
		w.WriteHeader(http.StatusAccepted)
		fmt.Fprintf(w, "%s %s %s %q", r.Method, r.FormValue("hub.mode"), r.FormValue("odd & even"), r.Header.Get(jobHeader))
	}))
	defer srv.Close()
	f, err := New(Options{UserAgent: "test", PrivateNetworks: true})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	form := url.Values{"hub.mode": {"subscribe"}, "odd & even": {"ä=1"}}
	res, err := f.Post(context.Background(), srv.URL, form, 1000)
	if err != nil {
		t.Fatal(err)
	}
	if got := string(res.Body); res.Status != http.StatusAccepted || got != `POST subscribe ä=1 ""` {
		t.Errorf("status %d, %s", res.Status, got)
	}
	if res, err := f.Post(context.Background(), srv.URL+"/away", form, 1000); err != nil || res.Status != http.StatusTemporaryRedirect {
		t.Errorf("a redirect: %+v, %v", res, err)
	}
	if _, err := f.Post(context.Background(), srv.URL, form, 5); !errors.Is(err, ErrTooLarge) {
		t.Errorf("a long answer: %v", err)
	}
	g, err := New(Options{UserAgent: "test"})
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	if _, err := g.Post(context.Background(), srv.URL, form, 1000); !errors.Is(err, ErrRefused) {
		t.Errorf("a hub on loopback: %v", err)
	}
}
