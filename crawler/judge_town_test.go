package crawler_test

import (
	"fmt"
	"maps"
	"net"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pressmark/archive"
	"pressmark/crawler"
	"pressmark/crawler/newsroom"
	"pressmark/extract/urlkey"
)

// A townHost is a small paper: a feed that gets a story every three hours, and
// stories that are edited now and then. What its kind adds to that comes first.
type townHost struct {
	kind  string
	name  string
	began time.Time
	robot string // its robots.txt; "" answers 404
	first func(h *townHost, w http.ResponseWriter, r *http.Request) (done bool)

	mu    sync.Mutex
	count int         // of requests
	seen  []time.Time // when they came, of the last minutes
}

// rulesHost has the robots.txt of several papers, and no news.
const rulesHost = "rules.test"

const rulesOfTown = "User-agent: *\nDisallow: /private/\nDisallow: /*.pdf$\n"

// aKind makes what is special of a host. It may change the site, and the law.
type aKind struct {
	name  string
	robot string
	first func(h *townHost, w http.ResponseWriter, r *http.Request) bool
	site  func(s *crawler.Site, l *newsroom.Law)
}

func kinds() []aKind {
	return []aKind{
		{name: "as it should be"},
		{name: "without entity tags", first: func(h *townHost, w http.ResponseWriter, r *http.Request) bool {
			r.Header.Set("X-Dates-Only", "yes")
			return false
		}},
		{name: "without robots.txt", robot: "none"},
		{name: "on several hosts"},
		{name: "on one server with two others"},
		{name: "quiet at night", site: func(s *crawler.Site, l *newsroom.Law) {
			s.Quiet, _ = crawler.ParseHours("22:00-03:30")
			l.Quiet = func(t time.Time) bool { h, m, _ := t.UTC().Clock(); return h >= 22 || h*60+m < 210 }
		}},
		{name: "on a budget of 20 requests a day", site: func(s *crawler.Site, l *newsroom.Law) {
			s.PerDay.Requests = 20
			l.Most, l.PerDay = 20, func(t time.Time) string { return t.UTC().Format(time.DateOnly) }
		}},
		{name: "wanting 20 s between requests", robot: rulesOfTown + "Crawl-delay: 20\n", site: delayed(20 * time.Second)},
		{name: "wanting an hour between requests", robot: rulesOfTown + "Crawl-delay: 3600\n", site: delayed(time.Hour)},
		{name: "answering 429 to the hasty", first: (*townHost).storm},
		{name: "answering 429 with seconds", first: every(9, refuse(429, func() string { return "20" }))},
		{name: "answering 503 for an hour, with seconds", first: hourly(1, refuse(503, func() string { return "900" }))},
		{name: "answering 503 for an hour, with a date", first: hourly(2, refuse(503, func() string {
			return time.Now().Truncate(time.Hour).Add(time.Hour).UTC().Format(http.TimeFormat)
		}))},
		{name: "answering 503 to robots.txt, with seconds", first: onlyRobots(hourly(1, refuse(503, func() string { return "1800" })))},
		{name: "answering 500 to robots.txt for a day", first: onlyRobots(func(h *townHost, w http.ResponseWriter, r *http.Request) bool {
			if time.Since(h.began) > 20*time.Hour {
				return false
			}
			w.WriteHeader(http.StatusInternalServerError)
			return true
		})},
		{name: "redirecting robots.txt", first: (*townHost).moveRobots},
		{name: "redirecting robots.txt to another site", first: onlyRobots(func(h *townHost, w http.ResponseWriter, r *http.Request) bool {
			w.Header().Set("Location", "http://"+rulesHost+"/robots/"+h.name)
			w.WriteHeader(http.StatusFound)
			return true
		})},
		{name: "redirecting robots.txt without end", robot: "none", first: onlyRobots(func(h *townHost, w http.ResponseWriter, r *http.Request) bool {
			w.Header().Set("Location", "/robots.txt?again")
			w.WriteHeader(http.StatusFound)
			return true
		})},
		{name: "slow with robots.txt", first: onlyRobots(func(*townHost, http.ResponseWriter, *http.Request) bool {
			time.Sleep(14 * time.Second)
			return false
		})},
		{name: "sending garbage before its rules", robot: "\xef\xbb\xbf<html>\x00\xff\xfe: :\rDisallow /\r\r" + strings.ReplaceAll(rulesOfTown, "\n", "\r") + "Crawl-delay: soon\r"},
		{name: "slow", first: func(h *townHost, w http.ResponseWriter, r *http.Request) bool {
			time.Sleep(time.Duration(1+len(r.URL.Path)%7) * 2 * time.Second)
			return false
		}},
		{name: "silent now and then", first: every(7, func(h *townHost, w http.ResponseWriter, r *http.Request) bool {
			<-r.Context().Done()
			panic(http.ErrAbortHandler)
		})},
		{name: "breaking off", first: every(3, func(h *townHost, w http.ResponseWriter, r *http.Request) bool {
			fmt.Fprint(w, "<html>")
			http.NewResponseController(w).Flush()
			panic(http.ErrAbortHandler)
		})},
		{name: "lying about lengths", first: every(4, func(h *townHost, w http.ResponseWriter, r *http.Request) bool {
			w.Header().Set("Content-Length", "5000")
			fmt.Fprint(w, "short")
			return true
		})},
		{name: "redirecting its stories without end", first: onlyStories(func(h *townHost, w http.ResponseWriter, r *http.Request) bool {
			w.Header().Set("Location", r.URL.Path+fmt.Sprintf("?hop=%d", h.nth()))
			w.WriteHeader(http.StatusFound)
			return true
		})},
		{name: "changing its tags each time", first: func(h *townHost, w http.ResponseWriter, r *http.Request) bool {
			r.Header.Del("If-None-Match")
			r.Header.Set("X-Tag", fmt.Sprint(h.nth()))
			return false
		}},
		{name: "answering 200 to everything", robot: "none", first: func(h *townHost, w http.ResponseWriter, r *http.Request) bool {
			if r.URL.Path == "/feed.xml" {
				return false
			}
			fmt.Fprintf(w, "<html><title>Welcome</title><p>Welcome to our paper, of %s. There is nothing here that you could want.", r.URL)
			return true
		}},
		{name: "forbidding its stories", first: onlyStories(func(h *townHost, w http.ResponseWriter, r *http.Request) bool {
			w.WriteHeader(http.StatusForbidden)
			return true
		})},
		{name: "down for half of each day", first: func(h *townHost, w http.ResponseWriter, r *http.Request) bool {
			if time.Now().Hour() < 12 {
				return false
			}
			w.WriteHeader(http.StatusBadGateway)
			return true
		}},
	}
}

type behaviour = func(*townHost, http.ResponseWriter, *http.Request) bool

func delayed(d time.Duration) func(*crawler.Site, *newsroom.Law) {
	return func(_ *crawler.Site, l *newsroom.Law) { l.Delay = d }
}

func every(n int, do behaviour) behaviour {
	return func(h *townHost, w http.ResponseWriter, r *http.Request) bool { return h.nth()%n == 0 && do(h, w, r) }
}

func hourly(hour int, do behaviour) behaviour {
	return func(h *townHost, w http.ResponseWriter, r *http.Request) bool {
		return time.Now().Hour()%4 == hour && do(h, w, r)
	}
}

func refuse(status int, after func() string) behaviour {
	return func(_ *townHost, w http.ResponseWriter, _ *http.Request) bool {
		w.Header().Set("Retry-After", after())
		w.WriteHeader(status)
		return true
	}
}

func onlyRobots(do behaviour) behaviour {
	return func(h *townHost, w http.ResponseWriter, r *http.Request) bool {
		return r.URL.Path == "/robots.txt" && do(h, w, r)
	}
}

func onlyStories(do behaviour) behaviour {
	return func(h *townHost, w http.ResponseWriter, r *http.Request) bool {
		return strings.HasPrefix(r.URL.Path, "/story/") && do(h, w, r)
	}
}

func (h *townHost) nth() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.count++
	return h.count
}

// storm refuses who comes more than ten times in five minutes.
func (h *townHost) storm(w http.ResponseWriter, _ *http.Request) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	now := time.Now()
	h.seen = append(slices.DeleteFunc(h.seen, func(t time.Time) bool { return now.Sub(t) > 5*time.Minute }), now)
	if len(h.seen) <= 10 {
		return false
	}
	w.WriteHeader(http.StatusTooManyRequests)
	return true
}

func (h *townHost) moveRobots(w http.ResponseWriter, r *http.Request) bool {
	to := map[string]string{"/robots.txt": "/robots/1", "/robots/1": "//www." + h.name + "/robots/2", "/robots/2": "/robots/3"}[r.URL.Path]
	if to == "" {
		return false
	}
	w.Header().Set("Location", to)
	w.WriteHeader(http.StatusMovedPermanently)
	return true
}

func (h *townHost) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if h.first != nil && h.first(h, w, r) {
		return
	}
	age := time.Since(h.began)
	tag, body := "", ""
	switch path := r.URL.Path; {
	case strings.HasPrefix(path, "/robots"):
		if h.robot == "none" {
			http.NotFound(w, r)
			return
		}
		tag, body = "rules", h.robot
	case path == "/feed.xml":
		n := 6 + int(age/(3*time.Hour))
		tag = fmt.Sprint("feed", n)
		var b strings.Builder
		b.WriteString(`<rss version="2.0"><channel><title>News</title>`)
		for i := n - 1; i >= 0; i-- {
			at := h.name
			if h.kind == "on several hosts" && i%3 > 0 {
				at = []string{"", "www.", "sport."}[i%3] + at
			}
			fmt.Fprintf(&b, "<item><title>Story %[2]d</title><link>http://%[1]s/story/%[2]d</link></item>", at, i)
			if i%4 == 0 {
				fmt.Fprintf(&b, "<item><title>Secret %[2]d</title><link>http://%[1]s/private/%[2]d</link></item>", h.name, i)
			}
		}
		body = b.String() + "</channel></rss>"
		w.Header().Set("Content-Type", "application/rss+xml")
	case strings.HasPrefix(path, "/story/"):
		edition := int(age / (7 * time.Hour))
		tag = fmt.Sprint("story", edition)
		body = fmt.Sprintf("<html><title>Story</title><p>This is edition %d of %s.", edition, path)
		w.Header().Set("Content-Type", "text/html")
	default:
		http.NotFound(w, r)
		return
	}
	if x := r.Header.Get("X-Tag"); x != "" {
		tag = x
	}
	tag = `"` + tag + `"`
	if r.Header.Get("X-Dates-Only") != "" {
		date := h.began.Add(age.Truncate(time.Hour)).UTC().Format(http.TimeFormat)
		if strings.Contains(tag, "rules") {
			date = h.began.UTC().Format(http.TimeFormat)
		}
		if strings.Contains(tag, "story") {
			date = h.began.Add(age.Truncate(7 * time.Hour)).UTC().Format(http.TimeFormat)
		}
		w.Header().Set("Last-Modified", date)
		if r.Header.Get("If-Modified-Since") == date {
			w.WriteHeader(http.StatusNotModified)
			return
		}
	} else {
		w.Header().Set("ETag", tag)
		if r.Header.Get("If-None-Match") == tag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	fmt.Fprint(w, body)
}

// newTown makes n hosts of each kind, or 200 in all when n is 0. With kinds
// named, there are no others.
func newTown(t *testing.T, n int, only ...string) *town {
	w := &town{
		t: t, hosts: map[string]*townHost{}, law: map[string]newsroom.Law{}, parts: map[string]string{},
		listener: &pipeListener{conns: make(chan net.Conn), closed: make(chan struct{})},
		archive:  &memoryArchive{last: map[urlkey.Key]archive.Capture{}, sums: map[urlkey.Key][32]byte{}},
		path:     filepath.Join(t.TempDir(), "frontier.db"),
		pause:    17 * time.Minute,
	}
	w.client = &http.Client{
		Transport:     &http.Transport{DialContext: w.listener.dial, DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	all := slices.DeleteFunc(kinds(), func(k aKind) bool { return len(only) > 0 && !slices.Contains(only, k.name) })
	total := n * len(all)
	if n == 0 {
		total = 200
	}
	for i := range total {
		k := all[i%len(all)]
		name := fmt.Sprintf("paper%03d.test", i)
		h := &townHost{kind: k.name, name: name, began: time.Now(), robot: k.robot, first: k.first}
		if h.robot == "" {
			h.robot = rulesOfTown
		}
		law := newsroom.Law{Delay: 2 * time.Second}
		if h.robot != "none" {
			law.Forbidden = func(u string) bool { return strings.Contains(u, "/private/") }
		}
		site := crawler.Site{Name: name, URL: "http://" + name + "/", Feeds: []string{"http://" + name + "/feed.xml"}, Delay: 2 * time.Second, Zone: time.UTC}
		if k.site != nil {
			k.site(&site, &law)
		}
		group := name
		if strings.Contains(k.name, "one server") {
			group = fmt.Sprintf("server %d", i)
			for _, domain := range []string{name, "a-" + name, "b-" + name} {
				w.parts[domain] = group
				w.hosts[domain] = &townHost{kind: k.name, name: domain, began: time.Now(), robot: h.robot}
				s := site
				s.Name, s.URL, s.Feeds = domain, "http://"+domain+"/", []string{"http://" + domain + "/feed.xml"}
				w.sites = append(w.sites, s)
			}
		} else {
			w.hosts[name], w.hosts["www."+name], w.hosts["sport."+name] = h, h, h
			w.sites = append(w.sites, site)
		}
		w.law[group] = law
	}
	w.hosts[rulesHost] = &townHost{kind: "with other sites' robots.txt", name: rulesHost, began: time.Now(), robot: rulesOfTown}
	w.law[rulesHost] = newsroom.Law{Delay: 2 * time.Second}
	server := &http.Server{Handler: w.log.Record(w.groupOf, http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		w.hosts[r.Host].ServeHTTP(rw, r)
	}))}
	go server.Serve(w.listener)
	return w
}

// groupOf is the group that a host belongs to, by the town's own books.
func (w *town) groupOf(host string) string {
	name := strings.TrimPrefix(strings.TrimPrefix(host, "www."), "sport.")
	if whole := w.parts[name]; whole != "" {
		return whole
	}
	return name
}

// census lists the kinds of hosts, and how often they were asked.
func (w *town) census() string {
	n, hosts := w.answered(), map[string]int{}
	for name, h := range w.hosts {
		if name == h.name {
			hosts[h.kind]++
		}
	}
	var b strings.Builder
	for _, kind := range slices.Sorted(maps.Keys(n)) {
		fmt.Fprintf(&b, "%7d requests to %d hosts %s\n", n[kind], hosts[kind], kind)
	}
	return b.String()
}
