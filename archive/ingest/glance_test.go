package ingest

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pressmark/archive"
	"pressmark/archive/archivetest"
	"pressmark/extract"
	"pressmark/extract/memory"
)

// Whoever looked at answers before they were captured changes nothing of what
// is concluded from them, whatever the memory of their site says meanwhile.
func TestGlance(t *testing.T) {
	looks := make([]look, 0, 24)
	for n := range 20 {
		endings := []string{letter}
		if n%5 == 1 {
			endings = nil
		}
		looks = append(looks, look{url: issueURL(n), body: issue(n, endings...).page()})
	}
	looks = append(looks,
		look{url: issueURL(3), body: strings.Replace(issue(3).page(), "witness number 31", "witness number 37", 1)}, // another edition
		look{url: issueURL(4), body: "<html><body><h1>Not found</h1></body></html>", status: 404},
		look{url: issueURL(21), body: "<html><body><h1>Just a moment...</h1><p>Checking your browser before you proceed.</p></body></html>", status: 403},
		look{url: issueURL(22), body: ""})
	conclude := func(glance bool, a int) (list []archive.Version, taken int) {
		store := archivetest.Open(t)
		in := New(store, Options{})
		for n, l := range looks {
			c := archive.Capture{URL: l.url, Final: l.url, Status: l.status, Body: []byte(l.body), Header: htmlHeader()}
			if c.Status == 0 {
				c.Status = 200
			}
			if glance {
				in.Glance(c)
			}
			take(t, store, n, l)
			if n%a == 0 {
				drain(t, in)
			}
		}
		drain(t, in)
		for v, err := range store.Versions(t.Context(), archive.Filter{}) {
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, v)
		}
		return list, len(in.glances.list)
	}
	for _, every := range []int{1, 3, 7, len(looks)} {
		without, _ := conclude(false, every)
		with, left := conclude(true, every)
		if len(without) < 21 {
			t.Fatalf("only %d versions", len(without))
		}
		if d := cmp.Diff(without, with); d != "" {
			t.Errorf("drained every %d looks: %s", every, d)
		}
		if left > 1 { // that of the 404, which nobody reads
			t.Errorf("drained every %d looks: %d glances are left", every, left)
		}
	}
}

// What is kept at hand is given once, to the very page that was glanced at, and
// takes no more than its room whoever comes or not.
func TestGlancesAreBounded(t *testing.T) {
	in := New(archivetest.Open(t), Options{})
	var wg sync.WaitGroup
	for n := range 4 * maxGlanced {
		wg.Go(func() {
			in.Glance(archive.Capture{URL: issueURL(n), Status: 200, Header: htmlHeader(), Body: []byte(issue(n).page())})
		})
	}
	wg.Wait()
	if n := len(in.glances.list); n != maxGlanced {
		t.Errorf("%d are kept", n)
	}
	last := in.glances.list[maxGlanced-1].page
	for name, other := range map[string]func(*extract.Page){
		"address":  func(p *extract.Page) { p.URL += "?2" },
		"redirect": func(p *extract.Page) { p.Final = "https://gazette.example/" },
		"status":   func(p *extract.Page) { p.Status = 403 },
		"type":     func(p *extract.Page) { p.ContentType = "text/plain" },
		"body":     func(p *extract.Page) { p.Body = append([]byte(nil), p.Body[:len(p.Body)-1]...) },
	} {
		p := last
		if other(&p); p.Body == nil {
			t.Fatal("no body")
		}
		if _, _, found := in.glances.take(p); found {
			t.Errorf("another %s is taken for the same", name)
		}
	}
	p := last
	p.Memory = memory.New().Read(true)
	if a, r, found := in.glances.take(p); !found || r == nil || a.Title == "" {
		t.Errorf("the page that was glanced at is not at hand: %v, %q", found, a.Title)
	}
	if _, _, again := in.glances.take(p); again {
		t.Error("it is given twice")
	}
	for n := range 40 {
		in.Glance(archive.Capture{URL: fmt.Sprint(issueURL(n), "/long"), Status: 200, Header: htmlHeader(), Body: append([]byte(issue(n).page()), make([]byte, maxGlancedBytes/10)...)})
	}
	if in.glances.size > maxGlancedBytes || len(in.glances.list) > 10 {
		t.Errorf("%d bodies of %d bytes", len(in.glances.list), in.glances.size)
	}
	in.Glance(archive.Capture{URL: issueURL(1), Status: 200, Header: htmlHeader(), Body: make([]byte, maxGlancedBytes)})
	if in.glances.size > maxGlancedBytes || len(in.glances.list) == 0 {
		t.Error("one that takes all the room is kept")
	}
}

func htmlHeader() http.Header { return http.Header{"Content-Type": {"text/html; charset=utf-8"}} }
