package robots

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// over fetches from real servers, one hop at a time.
func over(ctx context.Context, ask Ask) (Answer, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, ask.URL, nil)
	if err != nil {
		return Answer{}, err
	}
	resp, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		return Answer{}, err
	}
	defer resp.Body.Close()
	a := Answer{Status: resp.StatusCode}
	if to, err := resp.Location(); err == nil {
		a.Location = to.String()
	}
	if resp.Header.Get("Retry-After") != "" {
		a.RetryAfter, _ = time.ParseDuration(resp.Header.Get("Retry-After") + "s")
	}
	a.Body, err = io.ReadAll(resp.Body)
	return a, err
}

func TestRules(t *testing.T) {
	const star = "User-agent: *\n"
	tests := []struct {
		name, txt, path string
		want            bool
	}{
		{"empty file", "", "/a", true},
		{"nothing forbidden", star + "Disallow:\n", "/a", true},
		{"all forbidden", star + "Disallow: /\n", "/a", false},
		{"robots.txt itself", star + "Disallow: /\n", "/robots.txt", true},
		{"prefix", star + "Disallow: /private\n", "/private-life", false},
		{"case of paths", star + "Disallow: /Private\n", "/private", true},
		{"without a slash", star + "Disallow: private\n", "/private", false},
		{"HTML instead", "<html><body>User-agent of the day: us</body></html>", "/a", true},

		{"our group alone", "User-agent: pressmark\nAllow: /\n\n" + star + "Disallow: /\n", "/a", true},
		{"our group last", star + "Disallow: /\n\nUser-agent: Pressmark\nDisallow: /x\n", "/a", true},
		{"our group with version", "User-agent: pressmark/1.0\nDisallow: /\n", "/a", false},
		{"our groups together", "User-agent: pressmark\nDisallow: /a\nUser-agent: x\nDisallow:\nUser-agent: pressmark\nDisallow: /b\n", "/b", false},
		{"a shorter name is not ours", "User-agent: press\nDisallow: /\n", "/a", true},
		{"a longer name is not ours", "User-agent: pressmark-images\nDisallow: /\n", "/a", true},
		{"two agents, one group", "User-agent: other\nUser-agent: pressmark\nDisallow: /\n", "/a", false},
		{"sitemap between agents", "User-agent: pressmark\nSitemap: https://a.example/s.xml\nUser-agent: other\nDisallow: /\n", "/a", false},
		{"another's group", "User-agent: other\nDisallow: /\n", "/a", true},
		{"an empty group of ours", "User-agent: pressmark\n\n" + star, "/a", true},
		{"an empty group of ours beats all", "User-agent: *\nDisallow: /\nUser-agent: pressmark\n", "/a", true},

		{"longest wins", star + "Disallow: /a\nAllow: /a/b\n", "/a/b/c", true},
		{"longest wins in any order", star + "Allow: /a/b\nDisallow: /a\nDisallow: /a/b/c\n", "/a/b/c", false},
		{"allow wins a tie", star + "Disallow: /a\nAllow: /a\n", "/a", true},
		{"allow wins a tie, first", star + "Allow: /a\nDisallow: /a\n", "/a", true},
		{"length counts asterisks too", star + "Allow: /page.html\nDisallow: /*.html\n", "/page.html", true},

		{"asterisk", star + "Disallow: /*/print\n", "/news/1/print", false},
		{"asterisk matches nothing too", star + "Disallow: /a*b\n", "/ab", false},
		{"asterisk begins at the start", star + "Disallow: /a*b\n", "/xa1b", true},
		{"leading asterisk", star + "Disallow: *.pdf\n", "/x/y.pdf?z", false},
		{"end", star + "Disallow: /*.pdf$\n", "/y.pdf", false},
		{"end not there", star + "Disallow: /*.pdf$\n", "/y.pdf?z", true},
		{"end after the last of several", star + "Disallow: /*a$\n", "/a-b-a", false},
		{"exactly", star + "Disallow: /a$\n", "/ab", true},
		{"dollar inside", star + "Disallow: /a$b\n", "/a$b", false},
		{"asterisk before end", star + "Disallow: /a*$\n", "/abc", false},
		{"query in its own order", star + "Disallow: /*?b=2&a=1\n", "/x?b=2&a=1", false},
		{"another order is another query", star + "Disallow: /*?b=2&a=1\n", "/x?a=1&b=2", true},
		{"any query", star + "Disallow: /*?\n", "/x?y", false},

		{"escape, small", star + "Disallow: /caf%c3%a9\n", "/caf%C3%A9", false},
		{"no escape", star + "Disallow: /café\n", "/caf%C3%A9", false},
		{"escape of a letter", star + "Disallow: /%7Ejoe\n", "/~joe", false},
		{"escaped slash", star + "Disallow: /a%2Fb\n", "/a/b", true},
		{"escaped asterisk", star + "Disallow: /a%2Ab\n", "/a*b", false},
		{"escaped asterisk is not any", star + "Disallow: /a%2Ab\n", "/axb", true},

		{"comment", star + "Disallow: /a # not /b\n", "/a", false},
		{"line ends of old Macs", "User-agent: *\rDisallow: /a\r", "/a", false},
		{"line ends of Windows", "User-agent: *\r\nDisallow: /a\r\n", "/a", false},
		{"byte order mark", "\ufeff" + star + "Disallow: /a\n", "/a", false},
		{"UTF-16, little end first", "\xff\xfeu\x00s\x00e\x00r\x00-\x00a\x00g\x00e\x00n\x00t\x00:\x00*\x00\n\x00d\x00i\x00s\x00a\x00l\x00l\x00o\x00w\x00:\x00/\x00a\x00\n\x00", "/a", false},
		{"UTF-16, half a letter at the end", "\xfe\xff\x00u\x00s\x00e\x00r\x00-\x00a\x00g\x00e\x00n\x00t\x00:\x00*\x00\n\x00d\x00i\x00s\x00a\x00l\x00l\x00o\x00w\x00:\x00/\x00\n\x00", "/a", false},
		{"blanks and capitals", "  USER-AGENT :  * \n\tDISALLOW :\t/a \n", "/a", false},
		{"useragent", "Useragent: *\nDisallow: /a\n", "/a", false},
		{"a rule before any group", "Disallow: /b\n" + star + "Disallow: /a\n", "/a", false},
		{"a rule before any group counts not", "Disallow: /b\n" + star + "Disallow: /a\n", "/b", true},
		{"nonsense between", star + "Crawl-delay: often\nNoindex: /\n???\nDisallow: /a\n", "/a", false},
		{"cut at 500 KiB", star + strings.Repeat("Disallow: /x\n", maxBody/13) + "Disallow: /a\n", "/a", true},
		{"half a rule is none", star + strings.Repeat("#", maxBody-len(star)-13) + "\nDisallow: /abc\n", "/ab", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := New(func(context.Context, Ask) (Answer, error) {
				return Answer{Status: 200, Body: []byte(tt.txt)}, nil
			}, Options{Agent: "Pressmark/2.0 (+https://example.org)"})
			d, err := r.Allowed(t.Context(), "https://example.com"+tt.path)
			if err != nil || d.Allowed != tt.want || d.Why == "" {
				t.Errorf("%+v, %v; want %v", d, err, tt.want)
			}
		})
	}
}

func TestDelayAndSitemaps(t *testing.T) {
	const txt = `Sitemap: https://example.com/news.xml
User-agent: *
Crawl-delay: 99
User-agent: pressmark
Crawl-delay: 2.5
Disallow: /x
Sitemap: /relative.xml
Sitemap: https://example.com/news.xml
Sitemap: ftp://example.com/no.xml
Sitemap: //cdn.example.com/s.xml.gz
Sitemap:`
	r := New(func(context.Context, Ask) (Answer, error) {
		return Answer{Status: 200, Body: []byte(txt)}, nil
	}, Options{Agent: "pressmark"})
	d, err := r.Allowed(t.Context(), "https://example.com/x")
	if err != nil || d.CrawlDelay != 2500*time.Millisecond || d.Allowed || d.Why != "robots.txt: Disallow: /x" {
		t.Errorf("%+v, %v", d, err)
	}
	want := []string{"https://example.com/news.xml", "https://example.com/relative.xml", "https://cdn.example.com/s.xml.gz"}
	if diff := cmp.Diff(want, r.Sitemaps(t.Context(), "https://example.com/any/page")); diff != "" {
		t.Errorf("sitemaps: %s", diff)
	}
	if s := r.Sitemaps(t.Context(), "nowhere"); s != nil {
		t.Errorf("sitemaps of no URL: %v", s)
	}
	for value, want := range map[string]time.Duration{"1e9": maxCrawlDelay, "NaN": 0, "-1": 0, "10s": 0, "Inf": maxCrawlDelay} {
		if f := parse([]byte("User-agent: *\nCrawl-delay: "+value), "pressmark", ""); f.delay != want {
			t.Errorf("Crawl-delay %s: %v, want %v", value, f.delay, want)
		}
	}
}

func TestStatus(t *testing.T) {
	var status int
	var hits atomic.Int32
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		hits.Add(1)
		if status == 503 {
			w.Header().Set("Retry-After", "7200")
		}
		if status/100 == 3 {
			w.Header().Set("Location", "/robots.txt?again")
		}
		w.WriteHeader(status)
		io.WriteString(w, "User-agent: *\nDisallow: /private\n")
	}))
	t.Cleanup(s.Close)
	now := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		status          int
		public, private bool
		retry           time.Duration // zero: none
	}{
		{200, true, false, 0},
		{206, true, false, 0},
		{301, true, true, 0}, // for ever: no file, says the RFC
		{401, true, true, 0},
		{403, true, true, 0},
		{404, true, true, 0},
		{410, true, true, 0},
		{429, false, false, firstRetry},
		{500, false, false, firstRetry},
		{503, false, false, 2 * time.Hour},
		{599, false, false, firstRetry},
	} {
		status = tt.status
		r := New(over, Options{Agent: "pressmark", Now: func() time.Time { return now }})
		hits.Store(0)
		for path, want := range map[string]bool{"/a": tt.public, "/private": tt.private} {
			d, err := r.Allowed(t.Context(), s.URL+path)
			if err != nil || d.Allowed != want || d.Why == "" {
				t.Errorf("status %d, %s: %+v, %v; want %v", tt.status, path, d, err, want)
			}
			var at time.Time
			if tt.retry > 0 {
				at = now.Add(tt.retry)
			}
			if !d.RetryAt.Equal(at) {
				t.Errorf("status %d: retry at %v, want %v", tt.status, d.RetryAt, at)
			}
		}
		if want := map[bool]int32{false: 1, true: maxRedirects + 1}[tt.status == 301]; hits.Load() != want {
			t.Errorf("status %d: %d requests, want %d", tt.status, hits.Load(), want)
		}
	}
}

// A server that fails is asked again, less and less often, until it answers;
// what it answers holds for a day.
func TestRetryAndExpiry(t *testing.T) {
	var asked int
	var fail = true
	now := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	r := New(func(context.Context, Ask) (Answer, error) {
		asked++
		if fail {
			return Answer{}, errors.New("no route to host")
		}
		return Answer{Status: 200, Body: []byte("User-agent: *\nDisallow: /x")}, nil
	}, Options{Agent: "pressmark", Now: func() time.Time { return now }})
	allowed := func() Decision {
		d, err := r.Allowed(t.Context(), "http://a.example/y")
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for i, want := range []time.Duration{5 * time.Minute, 10 * time.Minute, 20 * time.Minute, 40 * time.Minute, 80 * time.Minute, 160 * time.Minute, 4 * time.Hour, 4 * time.Hour} {
		d := allowed()
		if d.Allowed || d.RetryAt.Sub(now) != want || asked != i+1 || !strings.Contains(d.Why, "no route to host") {
			t.Fatalf("failure %d: %+v after %d requests, want retry in %v", i+1, d, asked, want)
		}
		now = d.RetryAt.Add(-1)
		if allowed(); asked != i+1 {
			t.Fatalf("asked before its time")
		}
		now = d.RetryAt
	}
	fail, asked = false, 0
	for _, step := range []struct {
		wait  time.Duration
		asked int
	}{{0, 1}, {keepFor - 1, 1}, {1, 2}} {
		now = now.Add(step.wait)
		if d := allowed(); !d.Allowed || asked != step.asked {
			t.Fatalf("%+v after %d requests, want %d", d, asked, step.asked)
		}
	}
}

func TestRedirectToAnotherHost(t *testing.T) {
	target := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, "User-agent: *\nDisallow: /x\nSitemap: /s.xml")
	}))
	t.Cleanup(target.Close)
	var sources []string
	for range 2 { // colly fails for the second host that redirects to one file
		s := httptest.NewServer(http.RedirectHandler(target.URL+"/common.txt", http.StatusFound))
		t.Cleanup(s.Close)
		sources = append(sources, s.URL)
	}
	r := New(over, Options{Agent: "pressmark"})
	for _, s := range sources {
		if d, err := r.Allowed(t.Context(), s+"/x"); err != nil || d.Allowed {
			t.Errorf("%+v, %v", d, err)
		}
		if d, err := r.Allowed(t.Context(), s+"/y"); err != nil || !d.Allowed {
			t.Errorf("%+v, %v", d, err)
		}
		if got := r.Sitemaps(t.Context(), s); len(got) != 1 || got[0] != target.URL+"/s.xml" {
			t.Errorf("sitemaps %v", got)
		}
	}
	for _, to := range []string{"", "file:///etc/passwd", "::"} {
		r := New(func(context.Context, Ask) (Answer, error) { return Answer{Status: 302, Location: to}, nil }, Options{Agent: "x"})
		if d, err := r.Allowed(t.Context(), "http://a.example/"); err != nil || !d.Allowed {
			t.Errorf("redirect to %q: %+v, %v", to, d, err)
		}
	}
}

func TestFetchedOnce(t *testing.T) {
	var asked atomic.Int32
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		time.Sleep(10 * time.Millisecond) // long enough for the others to come
		io.WriteString(w, "User-agent: *\nDisallow: /x")
	}))
	t.Cleanup(s.Close)
	r := New(over, Options{Agent: "pressmark"})
	var wait sync.WaitGroup
	for i := range 30 {
		wait.Go(func() {
			if d, err := r.Allowed(t.Context(), fmt.Sprintf("%s/%d", s.URL, i)); err != nil || !d.Allowed {
				t.Errorf("%+v, %v", d, err)
			}
		})
	}
	wait.Wait()
	if asked.Load() != 1 {
		t.Errorf("robots.txt fetched %d times", asked.Load())
	}
}

// One who gives up takes nobody along and leaves no wrong answer behind.
func TestGivingUp(t *testing.T) {
	arrived, release := make(chan struct{}), make(chan struct{})
	var calls atomic.Int32
	r := New(func(ctx context.Context, _ Ask) (Answer, error) {
		if calls.Add(1) == 1 {
			close(arrived)
			<-ctx.Done()
			close(release)
			return Answer{}, ctx.Err()
		}
		return Answer{Status: 404}, nil
	}, Options{Agent: "pressmark"})
	first, cancel := context.WithCancel(t.Context())
	var wait sync.WaitGroup
	wait.Go(func() {
		if _, err := r.Allowed(first, "http://a.example/"); !errors.Is(err, context.Canceled) {
			t.Errorf("the first: %v", err)
		}
	})
	<-arrived
	wait.Go(func() {
		if d, err := r.Allowed(t.Context(), "http://a.example/"); err != nil || !d.Allowed {
			t.Errorf("the second: %+v, %v", d, err)
		}
	})
	cancel()
	<-release
	wait.Wait()
	if calls.Load() != 2 {
		t.Errorf("%d requests", calls.Load())
	}
	for _, bad := range []string{"", "/x", "ftp://a.example/", "http://", "http://a b"} {
		if d, err := r.Allowed(t.Context(), bad); err == nil || d.Allowed {
			t.Errorf("Allowed(%q) = %+v, %v", bad, d, err)
		}
	}
}

func TestMemoryIsBounded(t *testing.T) {
	line := "Disallow: /" + strings.Repeat("a", 4000) + "\n"
	body := []byte("User-agent: *\n" + strings.Repeat(line, 120))
	now := time.Now()
	r := New(func(context.Context, Ask) (Answer, error) { return Answer{Status: 200, Body: body}, nil },
		Options{Agent: "pressmark", Now: func() time.Time { now = now.Add(time.Second); return now }})
	for i := range 200 {
		if _, err := r.Allowed(t.Context(), fmt.Sprintf("http://h%d.example/", i)); err != nil {
			t.Fatal(err)
		}
	}
	sum := 0
	for _, e := range r.hosts {
		sum += e.size
	}
	if r.kept != sum || sum > maxKept || len(r.hosts) < 100 || r.hosts["http://h199.example"] == nil {
		t.Errorf("%d hosts with %d bytes, counted as %d", len(r.hosts), sum, r.kept)
	}
}

// Whatever a robots.txt holds, a decision is made, the same each time, and
// never in disregard of a plain Disallow: / for everybody.
func FuzzParse(f *testing.F) {
	f.Add("User-agent: *\nDisallow: /a*b$\nAllow: /%zz*\nCrawl-delay: 1\nSitemap: x", "/a1b?q")
	f.Add("\xff\xfeu\x00:\x00*", "/")
	f.Add("\ufeffuser-agent:pressmark/2\rdisallow:**$\n", "/%2a$")
	f.Fuzz(func(t *testing.T, txt, path string) {
		file := parse([]byte(txt), "pressmark", "https://a.example/robots.txt")
		for _, r := range file.rules {
			if r.pattern == "" && !r.atEnd && r.matches("/") != true {
				t.Fatalf("%+v matches nothing", r)
			}
		}
		for _, s := range file.sitemaps {
			if !strings.HasPrefix(s, "http") {
				t.Fatalf("sitemap %q", s)
			}
		}
		if file.delay < 0 || file.delay > maxCrawlDelay {
			t.Fatalf("delay %v", file.delay)
		}
		closed := parse([]byte("User-agent: pressmark\nDisallow: /\n"), "pressmark", "")
		if rule := closed.decide("/" + path); rule == nil || rule.allow {
			t.Fatalf("%q escapes Disallow: /", path)
		}
		if n := normalise(path, true); normalise(n, true) != n {
			t.Fatalf("normalise(%q) = %q is not its own normal form", path, n)
		}
		file.decide("/" + path)
	})
}
