package month

import (
	"fmt"
	"html"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// Handler serves a site as it is at a time. Addresses in its lists are on the
// host that was asked.
func (s *Site) Handler(now func() time.Time) http.Handler {
	var answers atomic.Int64
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		at, n := now(), answers.Add(1)
		body, kind, modified, ok := s.document(r, at)
		if !ok {
			http.NotFound(w, r)
			return
		}
		if s.Noisy && kind == htmlType {
			body += fmt.Sprintf("<!-- %d -->", n)
		}
		w.Header().Set("Content-Type", kind)
		if s.sign(w.Header(), r.Header, body, modified, at, n) {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		fmt.Fprint(w, body) // a reader that has gone away is no concern of ours
	})
}

const (
	htmlType = "text/html; charset=utf-8"
	xmlType  = "application/xml; charset=utf-8"
)

// document is what stands at an address, and since when.
func (s *Site) document(r *http.Request, now time.Time) (body, kind string, modified time.Time, ok bool) {
	base := "http://" + r.Host
	changed, _ := s.State(now)
	name := strings.TrimPrefix(r.URL.Path, "/")
	switch {
	case name == "":
		return s.home(base, now), htmlType, changed, true
	case name == feedList && s.Feed == "atom":
		return s.atom(base, now), xmlType, changed, true
	case name == feedList && s.Feed != "":
		return s.rss(base, now), xmlType, changed, true
	case name == sitemapList && s.Sitemap != "":
		if s.Sitemap == "crying" {
			changed = now
		}
		return s.sitemap(base, now), xmlType, changed, true
	}
	a := s.byPath[r.URL.Path]
	if a == nil || a.At(now) < 0 {
		return "", "", time.Time{}, false
	}
	e := a.Editions[a.At(now)]
	return fmt.Sprintf("<!DOCTYPE html><title>%[1]s</title><article><h1>%[1]s</h1><p>What was said is told by %[3]s for the %[2]d. time.</p></article>",
		html.EscapeString(a.title()), e.Text+1, r.Host), htmlType, e.At, true
}

func (a *Article) title() string {
	return strings.ReplaceAll(a.Path[strings.LastIndexByte(a.Path, '/')+1:], "-", " ")
}

// sign sends a server's validators, and reports whether those of the request hold.
func (s *Site) sign(h, asked http.Header, body string, modified, now time.Time, n int64) bool {
	tag := strconv.Quote(strconv.FormatUint(sum(body), 36))
	switch s.Server {
	case None:
		return false
	case Dated:
		tag = ""
	case Random:
		tag = strconv.Quote(strconv.FormatInt(n, 36))
	case Future:
		tag, modified = "", now.Add(24*time.Hour)
	case Back:
		if tag = ""; n%2 == 0 {
			modified = modified.Add(-10 * time.Minute)
		}
	}
	modified = modified.Truncate(time.Second)
	if h.Set("Last-Modified", modified.UTC().Format(http.TimeFormat)); tag != "" {
		h.Set("ETag", tag)
	}
	if was := asked.Get("If-None-Match"); was != "" {
		return was == tag
	}
	since, err := http.ParseTime(asked.Get("If-Modified-Since"))
	return err == nil && !modified.After(since) // of a date ahead of the clock too: such servers are naive
}

// sum is FNV-1a.
func sum(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
}

func (s *Site) home(base string, now time.Time) string {
	var b strings.Builder
	fmt.Fprintf(&b, "<!DOCTYPE html><title>%s</title><main>", s.Name)
	for _, l := range s.List(sectionList, now) {
		fmt.Fprintf(&b, "<article><h2><a href=\"%s\">%s</a></h2></article>\n", base+l.Path, html.EscapeString(l.title()))
	}
	return b.String() + "</main>"
}

func (s *Site) rss(base string, now time.Time) string {
	var b strings.Builder
	fmt.Fprintf(&b, "<rss version=\"2.0\"><channel><title>%s</title><link>%s/</link><description>News</description>", s.Name, base)
	if s.TTL > 0 {
		fmt.Fprintf(&b, "<ttl>%d</ttl>", int(s.TTL.Minutes()))
	}
	for _, l := range s.List(feedList, now) {
		fmt.Fprintf(&b, "<item><title>%s</title><link>%s</link><pubDate>%s</pubDate></item>\n", l.title(), base+l.Path, l.Published.Format(time.RFC1123Z))
	}
	return b.String() + "</channel></rss>"
}

func (s *Site) atom(base string, now time.Time) string {
	var b strings.Builder
	fmt.Fprintf(&b, "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>%s</title><id>%s/</id>", s.Name, base)
	for _, l := range s.List(feedList, now) {
		updated := l.Modified
		if updated.IsZero() {
			updated = l.Published
		}
		fmt.Fprintf(&b, "<entry><title>%s</title><id>%[2]s</id><link href=\"%[2]s\"/><published>%s</published><updated>%s</updated></entry>\n",
			l.title(), base+l.Path, l.Published.Format(time.RFC3339), updated.Format(time.RFC3339))
	}
	return b.String() + "</feed>"
}

func (s *Site) sitemap(base string, now time.Time) string {
	var b strings.Builder
	b.WriteString("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">")
	for _, l := range s.List(sitemapList, now) {
		fmt.Fprintf(&b, "<url><loc>%s</loc><lastmod>%s</lastmod></url>\n", base+l.Path, l.Modified.UTC().Format(time.RFC3339))
	}
	return b.String() + "</urlset>"
}
