package newsroom

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// TestExpectedCounts crawls the week over HTTP, each listed and each known
// article once a crawl with its validators, and counts.
func TestExpectedCounts(t *testing.T) {
	r, c := open(t, nil)
	type memory struct {
		tag, modified, text string
		gone                bool
	}
	known := map[string]*memory{}
	truth := r.Truth()
	for i, want := range r.Expect(Crawls()) {
		at := Crawls()[i]
		c.set(at)
		for n, p := range r.Papers() {
			got := Count{At: at, Paper: p.Name, Robots: want[n].Robots, Outside: want[n].Outside, Notices: want[n].Notices}
			if get(t, p.URL).StatusCode == 503 {
				got.Down = true
			}
			for _, page := range truth.Pages {
				if page.Paper != p.Name || page.Disallowed || got.Down {
					continue
				}
				m := known[page.URL]
				if m == nil {
					if s, ok := page.At(at); !ok || s.Kind == Gone {
						continue
					}
					m = &memory{}
					known[page.URL] = m
				}
				got.Pages++
				var header []string
				if m.tag != "" {
					header = append(header, "If-None-Match", m.tag)
				}
				if m.modified != "" {
					header = append(header, "If-Modified-Since", m.modified)
				}
				answer := get(t, page.URL, header...)
				switch {
				case answer.StatusCode == 304:
					got.Unchanged++
					continue
				case answer.StatusCode == 410:
					if m.gone {
						got.StillGone++
					} else {
						got.Withdrawn++
					}
					m.gone = true
					continue
				case answer.StatusCode == 302 || strings.Contains(answer.body, "131 partners"):
					got.Walls++
					continue
				}
				s, _ := page.At(at)
				text := s.Title + strings.Join(s.Byline, ";") + strings.Join(blockTexts(s), "\n")
				switch {
				case m.text == "":
					got.New++
				case m.text != text:
					got.Changed++
				case m.gone:
					got.Restored++
				default:
					got.Same++
				}
				*m = memory{answer.Header.Get("ETag"), answer.Header.Get("Last-Modified"), text, false}
			}
			if got != want[n] {
				t.Errorf("%s\n got %+v\nwant %+v", at.Format("Mon 15:04"), got, want[n])
			}
		}
		t.Logf("%s %+v", at.Format("Mon 15:04"), want[4])
	}
}

// TestValidators: 304 while the page stands, 200 once it does not, for each
// paper's way of telling.
func TestValidators(t *testing.T) {
	r, c := open(t, nil)
	tests := []struct {
		id            string
		stands, edit  string
		etag, lastMod bool
		weak          bool
	}{
		{"gazette/dock-fire", "Mon 09:00", "Mon 13:00", true, true, true},
		{"wire/minister-coercion", "Mon 09:00", "Wed 12:00", true, false, false},
		{"exemple/budget-ville", "Mon 09:00", "Wed 14:00", false, true, false},
		{"spin/breakfast-trick", "Tue 11:00", "Tue 12:00", true, true, false},
	}
	for _, test := range tests {
		stands, _ := instant(test.stands)
		edit, _ := instant(test.edit)
		c.set(stands)
		u := r.all[test.id].url()
		first := get(t, u)
		tag, modified := first.Header.Get("ETag"), first.Header.Get("Last-Modified")
		if (tag != "") != test.etag || (modified != "") != test.lastMod || strings.HasPrefix(tag, "W/") != test.weak {
			t.Errorf("%s: ETag %q, Last-Modified %q", test.id, tag, modified)
		}
		header := func() []string {
			if tag != "" {
				return []string{"If-None-Match", `"x", ` + tag}
			}
			return []string{"If-Modified-Since", modified}
		}()
		if again := get(t, u, header...); again.StatusCode != 304 || again.body != "" || again.Header.Get("ETag") != tag {
			t.Errorf("%s while it stands: %d", test.id, again.StatusCode)
		}
		c.set(edit)
		if again := get(t, u, header...); again.StatusCode != 200 || again.body == first.body {
			t.Errorf("%s once edited: %d", test.id, again.StatusCode)
		}
		if test.lastMod {
			if again := get(t, u, "If-Modified-Since", modified); again.StatusCode != 200 {
				t.Errorf("%s once edited, by date: %d", test.id, again.StatusCode)
			}
		}
	}
	// If-None-Match goes before If-Modified-Since
	if got := get(t, r.all["gazette/dock-fire"].url(), "If-None-Match", `"other"`, "If-Modified-Since", End.Format(http.TimeFormat)); got.StatusCode != 200 {
		t.Errorf("another tag with a late date: %d", got.StatusCode)
	}
}

func TestCompression(t *testing.T) {
	r, _ := open(t, nil)
	u := r.all["wire/landslide"].url()
	plain := get(t, u, "Accept-Encoding", "gzip;q=0, identity")
	packed := get(t, u, "Accept-Encoding", "br, gzip")
	if plain.Header.Get("Content-Encoding") != "" || packed.Header.Get("Content-Encoding") != "gzip" {
		t.Fatalf("encodings %q and %q", plain.Header.Get("Content-Encoding"), packed.Header.Get("Content-Encoding"))
	}
	z, err := gzip.NewReader(strings.NewReader(packed.body))
	if err != nil {
		t.Fatal(err)
	}
	if body, err := io.ReadAll(z); err != nil || string(body) != plain.body {
		t.Errorf("unpacked, the page is another: %v", err)
	}
	if plain.Header.Get("ETag") == packed.Header.Get("ETag") {
		t.Error("one strong tag for two encodings")
	}
	if got := get(t, u, "If-None-Match", packed.Header.Get("ETag"), "Accept-Encoding", "gzip"); got.StatusCode != 304 {
		t.Errorf("the packed page's tag: %d", got.StatusCode)
	}
}

// TestFrench: the bytes are windows-1252, and the header names it or nothing.
func TestFrench(t *testing.T) {
	r, c := open(t, nil)
	c.set(End)
	p := r.papers[2]
	for _, a := range p.articles {
		got := get(t, a.url())
		kind := got.Header.Get("Content-Type")
		want := "text/html"
		if strings.HasPrefix(a.path, "/culture") {
			want += "; charset=iso-8859-1"
		}
		if kind != want || utf8.ValidString(got.body) || !strings.Contains(got.body, "charset=windows-1252") {
			t.Errorf("%s: %q", a.id, kind)
		}
		if strings.Contains(got.body, "&#") && strings.Contains(got.body, "&#8217;") {
			t.Errorf("%s: characters that the charset has are written as references", a.id)
		}
	}
	for _, path := range []string{"feed.xml", "sitemap.xml", "atom.xml", "feed.json"} {
		if got := get(t, p.URL+path); got.StatusCode != 404 {
			t.Errorf("%s: %d", path, got.StatusCode)
		}
	}
	if got := get(t, p.URL); strings.Contains(got.body, "alternate") || !strings.Contains(got.body, `href="/ville"`) {
		t.Error("the home page announces a feed or hides the sections")
	}
}

// TestListed: every live article is to be found, in the way of its paper.
func TestListed(t *testing.T) {
	r, c := open(t, nil)
	truth := r.Truth()
	for _, at := range Crawls() {
		c.set(at)
		rss, atom, feed := get(t, r.papers[0].URL+"feed.xml"), get(t, r.papers[1].URL+"atom.xml"), get(t, r.papers[3].URL+"feed.json")
		if down(truth, "Daily Spin", at) {
			if feed.StatusCode != 503 || feed.Header.Get("Retry-After") != "3600" {
				t.Errorf("outage: %d, Retry-After %q", feed.StatusCode, feed.Header.Get("Retry-After"))
			}
			feed.body = "{}"
		}
		lists := []string{links(t, rss, false), links(t, atom, false), "", links(t, feed, true)}
		for _, p := range r.papers {
			for _, s := range p.sections {
				if p.key == "exemple" {
					lists[2] += strings.ReplaceAll(get(t, p.URL+s.Slug).body, ">", "\n")
				}
			}
		}
		for i, p := range r.papers {
			for _, a := range p.articles {
				e := a.at(at)
				link := p.base + a.listed()
				if p.key == "exemple" {
					link = `href="` + a.path + `"`
				}
				want := e != nil && e.kind != Gone && !down(truth, p.Name, at)
				if has := strings.Contains(lists[i], link+"\n"); has != want {
					t.Errorf("%s at %s: listed %v, want %v", a.id, at.Format("Mon 15:04"), has, want)
				}
			}
		}
		news := links(t, get(t, r.papers[0].URL+"sitemap-news.xml"), false)
		for _, a := range r.papers[0].articles {
			e := a.at(at)
			want := e != nil && e.kind != Gone && at.Sub(a.published) <= 48*time.Hour
			if has := strings.Contains(news, a.url()+"\n"); has != want {
				t.Errorf("%s in the news sitemap at %s: %v, want %v", a.id, at.Format("Mon 15:04"), has, want)
			}
		}
	}
	if got := get(t, r.papers[0].URL+"robots.txt"); !strings.Contains(got.body, "Disallow: /premium/") || !strings.Contains(got.body, "Sitemap: "+r.papers[0].URL+"sitemap.xml") {
		t.Errorf("robots.txt: %s", got.body)
	}
	if got := get(t, r.papers[3].URL+"robots.txt"); got.StatusCode != 404 {
		t.Errorf("robots.txt of Daily Spin: %d", got.StatusCode)
	}
	for _, p := range r.Truth().Pages {
		if u, _ := url.Parse(p.URL); p.Disallowed != (strings.HasPrefix(u.Path, "/premium/") || strings.HasPrefix(u.Path, "/abonnes/")) {
			t.Errorf("%s: disallowed %v", p.URL, p.Disallowed)
		}
	}
}

// links reads a feed as its format has it: one link a line.
func links(t *testing.T, r reply, isJSON bool) string {
	t.Helper()
	var feed struct {
		RSS     []string `xml:"channel>item>link" json:"-"`
		Sitemap []string `xml:"url>loc" json:"-"`
		Atom    []struct {
			Link struct {
				Href string `xml:"href,attr"`
			} `xml:"http://www.w3.org/2005/Atom link"`
		} `xml:"http://www.w3.org/2005/Atom entry" json:"-"`
		Items []struct{ URL string } `xml:"-"`
	}
	read := xml.Unmarshal
	if isJSON {
		read = json.Unmarshal
	}
	if err := read([]byte(r.body), &feed); err != nil {
		t.Errorf("%s: %v", r.Request.URL, err)
	}
	all := append(feed.RSS, feed.Sitemap...)
	for _, e := range feed.Atom {
		all = append(all, e.Link.Href)
	}
	for _, i := range feed.Items {
		all = append(all, i.URL)
	}
	return strings.Join(all, "\n") + "\n"
}

func TestRedirectsAndCounts(t *testing.T) {
	r, c := open(t, nil)
	c.set(End)
	outside := 0
	for _, x := range r.Truth().Redirects {
		got := get(t, x.From)
		to, err := got.Location()
		if err != nil || got.StatusCode != x.Status {
			t.Errorf("%s: %d, %v", x.From, got.StatusCode, err)
			continue
		}
		to.RawQuery = ""
		if to.String() != x.To {
			t.Errorf("%s leads to %s, want %s", x.From, to, x.To)
		}
		if get(t, x.To).StatusCode != 200 {
			t.Errorf("%s is not there", x.To)
		}
		if x.Outside {
			outside++
			for _, p := range r.Papers() {
				if strings.HasPrefix(x.To, p.URL) {
					t.Errorf("%s is not outside", x.To)
				}
			}
		}
		if n := r.Requests()[x.From]; n.Total != 1 || n.ByStatus[x.Status] != 1 {
			t.Errorf("%s was counted %+v", x.From, n)
		}
	}
	if len(r.Truth().Redirects) != 3 || outside != 1 {
		t.Errorf("redirects: %+v", r.Truth().Redirects)
	}
	r.ResetRequests()
	if n := len(r.Requests()); n != 0 {
		t.Errorf("%d URLs counted after the reset", n)
	}
	for i := range most + 5 {
		r.tally.add(fmt.Sprint(i), 200)
	}
	if all := r.Requests(); len(all) != most+1 || all[""].Total != 5 {
		t.Errorf("%d URLs told apart, %d lumped", len(all), all[""].Total)
	}
}

// TestConsent: a reader who accepts reads what the crawler never sees.
func TestConsent(t *testing.T) {
	r, c := open(t, nil)
	c.set(End)
	wire := r.papers[1].base
	a := r.all["wire/grid-fees"]
	form := url.Values{"choice": {"accept"}, "return": {a.path}}
	req, _ := http.NewRequest(http.MethodPost, wire+"/consent", strings.NewReader(form.Encode()))
	got := do(t, req, "Content-Type", "application/x-www-form-urlencoded")
	if got.StatusCode != 303 || got.Header.Get("Location") != a.path {
		t.Fatalf("accepting: %d to %q", got.StatusCode, got.Header.Get("Location"))
	}
	cookie, _, _ := strings.Cut(got.Header.Get("Set-Cookie"), ";")
	if page := get(t, a.url(), "Cookie", cookie); !strings.Contains(page.body, "260 kilometres of line") {
		t.Error("the cookie does not open the wall")
	}
	for path, want := range map[string]string{"//evil.example": "/", "https://evil.example": "/", `/\evil.example`: "/", "/ok?x": "/ok?x", "": "/"} {
		if got := local(path); got != want {
			t.Errorf("local(%q) = %q", path, got)
		}
	}
}

func TestLinkedDataIsJSON(t *testing.T) {
	r, c := open(t, nil)
	c.set(End)
	ld := regexp.MustCompile(`(?s)<script type="application/ld\+json">(.*?)</script>`)
	for _, i := range []int{0, 3} {
		for _, a := range r.papers[i].articles {
			if a.at(End).kind != Live {
				continue
			}
			m := ld.FindStringSubmatch(get(t, a.url()).body)
			var data struct {
				Headline string
				Modified time.Time `json:"dateModified"`
			}
			if m == nil || json.Unmarshal([]byte(m[1]), &data) != nil || data.Headline != a.at(End).title || !data.Modified.Equal(a.at(End).modified) {
				t.Errorf("%s: %v", a.id, m)
			}
		}
	}
}

func TestListen(t *testing.T) {
	// where there is but one address: several ports of it
	all, err := listenAt(0, 3, func(int, int) string { return "127.0.0.1:0" })
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, l := range all {
		seen[l.Addr().String()] = true
		defer l.Close()
	}
	if len(seen) != 3 {
		t.Errorf("listening at %v", seen)
	}
	// a port that is taken is an error when it was asked for
	_, port, _ := strings.Cut(all[0].Addr().String(), ":")
	r, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	fmt.Sscan(port, &r.port)
	if err := r.Start(context.Background()); err == nil {
		t.Error("started at a port that was taken")
	}
	// the end of the context closes the room
	ctx, cancel := context.WithCancel(context.Background())
	r.port = 0
	if err := r.Start(ctx); err != nil {
		t.Fatal(err)
	}
	if err := r.Start(ctx); err == nil {
		t.Error("started twice")
	}
	home := r.Papers()[0].URL
	if got := get(t, home); !bytes.Contains([]byte(got.body), []byte("Harbour Gazette")) {
		t.Error("no home page")
	}
	cancel()
	for {
		req, _ := http.NewRequest(http.MethodGet, home, nil)
		req.Close = true
		resp, err := http.DefaultTransport.RoundTrip(req)
		if err != nil {
			break
		}
		resp.Body.Close()
	}
}
