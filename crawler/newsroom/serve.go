package newsroom

import (
	"fmt"
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
		w.Header().Set("Retry-After", strconv.Itoa(int(o.To.Sub(now).Seconds())+1))
		http.Error(w, "The presses are being oiled. Please come back later.", http.StatusServiceUnavailable)
		return
	}
	if req.Method != http.MethodGet && req.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "Only reading is possible here.", http.StatusMethodNotAllowed)
		return
	}
	r.mu.RLock()
	defer r.mu.RUnlock()
	for _, a := range p.articles {
		if e := a.at(now); e != nil && r.article(w, req, a, e, now) {
			return
		}
	}
	d, err := r.furniture(p, req.URL.Path, now)
	switch {
	case err != nil:
		r.log.Error("newsroom", "url", req.URL.Path, "err", err)
		http.Error(w, "The page could not be set.", http.StatusInternalServerError)
	case d != nil:
		answer(w, req, *d, p.validators)
	case req.URL.Path == "/out/spring-sale" && p == r.papers[0]:
		http.Redirect(w, req, r.shop+"/spring-sale", http.StatusFound)
	case req.URL.Path == "/consent" && p.key == "wire":
		r.wall(w, req, p, req.URL.Query().Get("return"))
	default:
		http.Error(w, "There is no such page.", http.StatusNotFound)
	}
}

// article answers for an article's own URL and those that lead to it;
// false when the request is for another.
func (r *Room) article(w http.ResponseWriter, req *http.Request, a *article, e *edition, now time.Time) bool {
	switch req.URL.Path {
	case a.path:
	case a.old:
		http.Redirect(w, req, a.path, http.StatusMovedPermanently)
		return true
	case a.tracked:
		http.Redirect(w, req, a.path+"?utm_source=rss&utm_medium=feed", http.StatusFound)
		return true
	default:
		return false
	}
	d, err := r.page(a, e, now)
	switch {
	case e.kind == Gone:
		http.Error(w, "This article is no longer available.", http.StatusGone)
	case e.kind == Wall && !consented(req) && a.walled == "redirect":
		http.Redirect(w, req, "/consent?return="+a.path, http.StatusFound)
	case e.kind == Wall && !consented(req):
		r.wall(w, req, a.paper, a.path)
	case err != nil:
		r.log.Error("newsroom", "article", a.id, "err", err)
		http.Error(w, "The page could not be set.", http.StatusInternalServerError)
	default:
		answer(w, req, d, a.paper.validators)
	}
	return true
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

// furniture is every document that is no article; nil when there is none.
func (r *Room) furniture(p *paper, path string, now time.Time) (*document, error) {
	d := &document{kind: "text/html", modified: p.changed(now)}
	if p.charset == "utf-8" {
		d.kind += "; charset=utf-8"
	}
	var err error
	switch path {
	case "/":
		d.body, err = r.front(p, "", p.Name, "/", now)
		return d, err
	case p.about:
		d.modified = Start.AddDate(0, -6, 0)
		d.body, err = render(r.templates[p.key], "about", p.charset, p.frame(p.Name, path, ""))
		return d, err
	case "/style.css":
		d.kind, d.modified = "text/css; charset=utf-8", Start.AddDate(0, -6, 0)
		d.body, err = files.ReadFile("templates/" + p.key + ".css")
		return d, err
	case "/robots.txt":
		if p.robots == "" {
			return nil, nil
		}
		d.kind, d.modified = "text/plain; charset=utf-8", Start.AddDate(0, -6, 0)
		d.body = []byte(p.robots)
		if p.key == "gazette" {
			d.body = fmt.Appendf(d.body, "\nSitemap: %s/sitemap.xml\n", p.base)
		}
		return d, nil
	}
	for _, s := range p.sections {
		if path == "/"+s.Slug {
			d.body, err = r.front(p, s.Slug, s.Name, path, now)
			return d, err
		}
	}
	if slug, ok := strings.CutPrefix(path, "/img/"); ok {
		a := r.all[p.key+"/"+strings.TrimSuffix(slug, ".svg")]
		if a == nil {
			return nil, nil
		}
		return &document{kind: "image/svg+xml", modified: a.published, body: picture(a.id, slices.Index(p.articles, a))}, nil
	}
	return r.feed(p, path, now)
}

// front is the home page or a section's.
func (r *Room) front(p *paper, section, title, path string, now time.Time) ([]byte, error) {
	label := title
	if section == "" {
		label = ""
	}
	return render(r.templates[p.key], "front", p.charset, struct {
		frame
		Label string
		Items []anchor
	}{p.frame(title, path, section), label, p.anchors(p.latest(now, section), now)})
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
