package robots

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

// A board is a shelf in memory.
type board struct {
	mu    sync.Mutex
	hosts map[string][]byte
}

func (b *board) Keep(_ context.Context, host string, record []byte) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.hosts == nil {
		b.hosts = map[string][]byte{}
	}
	b.hosts[host] = bytes.Clone(record)
	return nil
}

func (b *board) Kept(_ context.Context, host string) ([]byte, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.hosts[host], nil
}

// However often the process starts anew, a robots.txt is asked for once a day,
// and sent whole only when it is another.
func TestKeptOverRestarts(t *testing.T) {
	now := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	tag, whole, asked, status := `"1"`, 0, 0, 200
	shelf := &board{}
	allowed := func(agent, path string) Decision {
		r := New(func(_ context.Context, q Ask) (Answer, error) {
			asked++
			switch {
			case status == 0:
				return Answer{}, errors.New("dns")
			case status != 200:
				return Answer{Status: status}, nil
			case strings.HasSuffix(q.URL, "/robots.txt"):
				if q.ETag != "" {
					t.Errorf("%s was asked for with another address's tag", q.URL)
				}
				return Answer{Status: 301, Location: "http://a.example/rules"}, nil
			case q.ETag == tag:
				return Answer{Status: http.StatusNotModified}, nil
			}
			whole++
			return Answer{Status: 200, ETag: tag, Body: []byte("User-agent: *\nDisallow: /x" + strings.Trim(tag, `"`) + "*.pdf$\nAllow: /\nCrawl-delay: 3\nSitemap: /s.xml")}, nil
		}, Options{Agent: agent, Now: func() time.Time { return now }, Shelf: shelf, Name: error.Error, Named: func(s string) error { return errors.New(s) }})
		d, err := r.Allowed(t.Context(), "http://a.example"+path)
		if err != nil {
			t.Fatal(err)
		}
		if d.Allowed && (d.CrawlDelay != 3*time.Second || fmt.Sprint(r.Sitemaps(t.Context(), "http://a.example/")) != "[http://a.example/s.xml]") {
			t.Errorf("of what was kept: %+v", d)
		}
		return d
	}
	for hour := range 30 * 24 {
		if hour == 10*24 {
			tag = `"2"`
		}
		if want := fmt.Sprintf("/x%s.pdf", strings.Trim(tag, `"`)); allowed("pressmark", want).Allowed || !allowed("pressmark", "/x.html").Allowed {
			t.Fatalf("hour %d: the rules are not kept well", hour)
		}
		now = now.Add(time.Hour)
	}
	if whole != 2 || asked != 2*30 {
		t.Errorf("in a month it was asked for %d times, and sent whole %d times", asked, whole)
	}

	// A failure forgets nothing but the permission.
	status, asked = 503, 0
	for range 5 {
		d := allowed("pressmark", "/x.html")
		if d.Allowed || asked != 1 {
			t.Fatalf("while the server fails: %+v, asked %d times", d, asked)
		}
	}
	status, now = 0, now.Add(firstRetry)
	if d := allowed("pressmark", "/x.html"); d.Allowed || d.Err == nil || d.RetryAt.Sub(now) != 2*firstRetry {
		t.Errorf("after a second failure: %+v", d)
	}
	if d := allowed("pressmark", "/x.html"); d.Allowed || d.Err == nil || d.Err.Error() != "dns" || d.RetryAt.Sub(now) != firstRetry || asked != 2 {
		t.Errorf("after that and a restart: %+v, asked %d times", d, asked)
	}
	status, whole, now = 200, 0, now.Add(time.Hour)
	if d := allowed("pressmark", "/x.html"); !d.Allowed || whole != 0 {
		t.Errorf("when it is well again: %+v, sent whole %d times", d, whole)
	}
	if allowed("another", "/x.html"); whole != 1 {
		t.Error("one agent's rules were taken for another's")
	}
	shelf.hosts["http://a.example"] = []byte("{]")
	if d := allowed("pressmark", "/x.html"); !d.Allowed || whole != 2 {
		t.Errorf("with a damaged record: %+v", d)
	}
	now = now.Add(-48 * time.Hour)
	if allowed("pressmark", "/x.html"); whole != 3 {
		t.Error("a record of the future was believed")
	}
}

// An answer that there is no news, to a question that nobody has asked, is no
// permission.
func TestUnaskedNotModified(t *testing.T) {
	r := New(func(context.Context, Ask) (Answer, error) { return Answer{Status: http.StatusNotModified}, nil }, Options{Agent: "pressmark"})
	if d, err := r.Allowed(t.Context(), "http://a.example/x"); err != nil || d.Allowed || d.RetryAt.IsZero() {
		t.Errorf("%+v, %v", d, err)
	}
}

// Hosts that a redirect came from are not asked again because another had no
// time for us.
func TestRedirectInterrupted(t *testing.T) {
	asked, busy := map[string]int{}, true
	r := New(func(_ context.Context, q Ask) (Answer, error) {
		if strings.Contains(q.URL, "b.example") {
			if busy {
				return Answer{}, ErrNotAsked
			}
			return Answer{Status: 200, Body: []byte("User-agent: *\nDisallow: /x")}, nil
		}
		asked[q.URL]++
		return Answer{Status: 302, Location: "http://b.example/rules"}, nil
	}, Options{Agent: "pressmark"})
	for range 3 {
		if _, err := r.Allowed(t.Context(), "http://a.example/x"); !errors.Is(err, ErrNotAsked) {
			t.Fatal(err)
		}
	}
	busy = false
	if d, err := r.Allowed(t.Context(), "http://a.example/x"); err != nil || d.Allowed || asked["http://a.example/robots.txt"] != 1 {
		t.Errorf("%+v, %v, %v", d, err, asked)
	}
}

// What is read from a record holds, and a file says the same from a record.
func FuzzRecord(f *testing.F) {
	f.Add([]byte(`{"agent":"pressmark","readable":true,"rules":["-/a*$","+"],"sitemaps":["http://a/"],"etag":"x"}`), "User-agent: *\nDisallow: *\nAllow: $\nDisallow: /é*$\nCrawl-delay: 0.5")
	f.Fuzz(func(t *testing.T, record []byte, txt string) {
		now := time.Now()
		if e, err := readEntry(record, "pressmark", now, nil); err == nil && e != nil {
			if e.file != nil {
				e.file.decide("/a")
			}
			if e.weigh("h"); e.size < 0 || e.until.After(now.Add(keepFor)) {
				t.Fatalf("%+v", e)
			}
		}
		board := &board{}
		get := func(context.Context, Ask) (Answer, error) { return Answer{Status: 200, Body: []byte(txt)}, nil }
		o := Options{Agent: "pressmark", Shelf: board, Now: func() time.Time { return now }}
		first, second := New(get, o), New(nil, o)
		for _, path := range []string{"/", "/a", "/%C3%A9", "/x.pdf?y"} {
			a, err := first.Allowed(t.Context(), "http://a.example"+path)
			if err != nil {
				t.Fatal(err)
			}
			if b, err := second.Allowed(t.Context(), "http://a.example"+path); err != nil || a != b {
				t.Fatalf("%+v; from the record %+v, %v", a, b, err)
			}
		}
	})
}
