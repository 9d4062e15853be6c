package newsroom

import (
	"errors"
	"fmt"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// serve is a paper's server.
func (r *Room) serve(p *paper) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, req *http.Request) { r.paper(w, req, p) })
	if p.key == "wire" {
		mux.HandleFunc("POST /consent", consent)
	}
	if p == r.papers[0] {
		mux.Handle(controlPath, r.control())
		mux.Handle(controlPath+"/", r.control())
	}
	return r.counted(p.base, mux)
}

// paper answers one request of a reader or a crawler.
func (r *Room) paper(w http.ResponseWriter, req *http.Request, p *paper) {
	now := r.now()
	w.Header().Set("Date", now.UTC().Format(http.TimeFormat))
	if o := p.outage; !now.Before(o.From) && now.Before(o.To) {
		w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(o.To.Sub(now).Seconds()))))
		http.Error(w, "The presses are being oiled. Please come back later.", http.StatusServiceUnavailable)
		return
	}
	if req.Method != http.MethodGet && req.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "Only reading is possible here.", http.StatusMethodNotAllowed)
		return
	}
	v := p.validators
	d, err := r.look(req, p, now)
	var to redirect
	switch {
	case errors.As(err, &to):
		http.Redirect(w, req, to.to, to.status)
	case errors.Is(err, errGone):
		http.Error(w, "This article is no longer available.", http.StatusGone)
	case errors.Is(err, errNoPage):
		http.Error(w, "There is no such page.", http.StatusNotFound)
	case err != nil:
		r.log.Error("newsroom", "url", p.base+req.URL.Path, "err", err)
		http.Error(w, "The page could not be set.", http.StatusInternalServerError)
	case d.private:
		w.Header().Add("Vary", "Cookie")
		answer(w, req, d, validators{})
	default:
		if r.hub != "" && (strings.Contains(d.kind, "+xml") || strings.Contains(d.kind, "feed+json")) {
			w.Header().Set("Link", fmt.Sprintf("<%s>; rel=hub, <%s%s>; rel=self", r.hub, p.base, req.URL.Path))
		}
		answer(w, req, d, v)
	}
}

// Why there is no document at a URL.
var (
	errNoPage = errors.New("no such page")
	errGone   = errors.New("withdrawn")
)

// A redirect is an error that says where to look instead.
type redirect struct {
	to     string
	status int
}

func (r redirect) Error() string { return "moved to " + r.to }

// look finds what a URL holds. It holds the lock no longer than that: a slow
// reader keeps nobody waiting.
func (r *Room) look(req *http.Request, p *paper, now time.Time) (document, error) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	path := req.URL.Path
	for _, a := range p.articles {
		e := a.at(now)
		switch {
		case e == nil:
		case path == a.path:
			return r.article(req, a, e, now)
		case path == a.old:
			return document{}, redirect{a.path, http.StatusMovedPermanently}
		case path == a.tracked:
			return document{}, redirect{a.path + "?utm_source=rss&utm_medium=feed", http.StatusFound}
		}
	}
	switch p.key + path {
	case "gazette/out/spring-sale":
		return document{}, redirect{r.shop + "/spring-sale", http.StatusFound}
	case "wire/consent":
		return r.wall(p, req.URL.Query().Get("return"))
	}
	return r.furniture(p, path, now)
}

// article is what an article's own URL holds.
func (r *Room) article(req *http.Request, a *article, e *edition, now time.Time) (document, error) {
	switch {
	case e.kind == Gone:
		return document{}, errGone
	case e.kind == Wall && !consented(req) && a.walled == "redirect":
		return document{}, redirect{"/consent?return=" + a.path, http.StatusFound}
	case e.kind == Wall && !consented(req):
		return r.wall(a.paper, a.path)
	}
	d, err := r.page(a, e, now)
	d.private = e.kind == Wall
	return d, err
}

// page is an article's page as it stands.
func (r *Room) page(a *article, e *edition, now time.Time) (document, error) {
	p := a.paper
	d := document{kind: p.contentType(a.path), modified: e.stamp}
	if s := step(now); p.counters && s.After(d.modified) {
		d.modified = s
	}
	s, err := a.sheet(e, now, r.all)
	if err != nil {
		return d, err
	}
	d.body, err = render(r.templates[p.key], "article", p.charset, s)
	return d, err
}

// contentType is text/html, with a charset or, in the French paper, mostly
// without and in one section under the name that browsers take for windows-1252.
func (p *paper) contentType(path string) string {
	switch {
	case p.charset == "utf-8":
		return "text/html; charset=utf-8"
	case strings.HasPrefix(path, "/culture"):
		return "text/html; charset=iso-8859-1"
	}
	return "text/html"
}

// furniture is every document that is no article.
func (r *Room) furniture(p *paper, path string, now time.Time) (document, error) {
	always := Start.AddDate(0, -6, 0) // when what never changes was made
	switch path {
	case "/":
		return r.front(p, "", p.Name, "/", now)
	case p.about:
		body, err := render(r.templates[p.key], "about", p.charset, p.frame(p.Name, path, ""))
		return document{body: body, kind: p.contentType(path), modified: always}, err
	case "/style.css":
		body, err := files.ReadFile("templates/" + p.key + ".css")
		return document{body: body, kind: "text/css; charset=utf-8", modified: always}, err
	case "/robots.txt":
		if p.robots == "" {
			return document{}, errNoPage
		}
		body := []byte(p.robots)
		if p.key == "gazette" {
			body = fmt.Appendf(body, "\nSitemap: %s/sitemap.xml\n", p.base)
		}
		return document{body: body, kind: "text/plain; charset=utf-8", modified: always}, nil
	}
	for _, s := range p.sections {
		if path == "/"+s.Slug {
			return r.front(p, s.Slug, s.Name, path, now)
		}
	}
	if slug, ok := strings.CutPrefix(path, "/img/"); ok {
		a := r.all[p.key+"/"+strings.TrimSuffix(slug, ".svg")]
		if a == nil {
			return document{}, errNoPage
		}
		return document{body: picture(a.id, slices.Index(p.articles, a)), kind: "image/svg+xml", modified: always}, nil
	}
	return r.feed(p, path, now)
}

// front is the home page or a section's.
func (r *Room) front(p *paper, section, title, path string, now time.Time) (document, error) {
	label := title
	if section == "" {
		label = ""
	}
	body, err := render(r.templates[p.key], "front", p.charset, struct {
		frame
		Label string
		Items []anchor
	}{p.frame(title, path, section), label, p.anchors(p.latest(now, section), now)})
	return document{body: body, kind: p.contentType(path), modified: p.changed(now)}, err
}

// changed is when a paper's lists last changed: an article came, went or got
// another headline.
func (p *paper) changed(now time.Time) time.Time {
	var last time.Time
	for _, a := range p.articles {
		for _, e := range a.editions {
			if !e.at.After(now) && e.stamp.After(last) {
				last = e.stamp
			}
		}
	}
	return last
}

// shop is the host that belongs to no paper.
func shop(w http.ResponseWriter, req *http.Request) {
	if !slices.Contains([]string{"/", "/spring-sale"}, req.URL.Path) {
		http.NotFound(w, req)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprint(w, "<!DOCTYPE html><title>Ketch Point Bargains</title><h1>Spring sale</h1><p>Rope, tar and tins, at half the price.</p>")
}
