package newsroom

import (
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
)

const controlPath = "/_newsroom"

// Control is the URL of the page on which a visitor edits the world by hand.
func (r *Room) Control() string { return r.papers[0].base + controlPath }

// control is that page: lists and forms, without scripts. It answers only to
// names of this machine, so that no web site can reach it by pointing a name
// of its own here, and takes no form that another site sends.
func (r *Room) control() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+controlPath, r.desk)
	mux.HandleFunc("GET "+controlPath+"/edit", r.editor)
	mux.HandleFunc("POST "+controlPath+"/save", r.post(rewrite))
	mux.HandleFunc("POST "+controlPath+"/withdraw", r.post(withdraw))
	mux.HandleFunc("POST "+controlPath+"/restore", r.post(restore))
	mux.HandleFunc("POST "+controlPath+"/banner", r.post(banner))
	guarded := http.NewCrossOriginProtection().Handler(mux)
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		if !loopback(req.Host) {
			http.Error(w, "The newsroom answers on this machine only.", http.StatusForbidden)
			return
		}
		req.Body = http.MaxBytesReader(w, req.Body, 1<<20)
		h := w.Header()
		h.Set("Cache-Control", "no-store")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'")
		guarded.ServeHTTP(w, req)
	})
}

// loopback reports whether a Host header names this machine.
func loopback(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return err == nil && ip.IsLoopback()
}

// A row is an article on the desk.
type row struct {
	ID, Title, URL, Standing string
	Live, Gone, Banner       bool
}

type shelf struct {
	Paper
	Rows []row
}

func (r *Room) desk(w http.ResponseWriter, req *http.Request) {
	now := r.now()
	var shelves []shelf
	r.mu.RLock()
	for _, p := range r.papers {
		s := shelf{Paper: p.Paper}
		for i := len(p.articles) - 1; i >= 0; i-- {
			a := p.articles[i]
			if e := a.at(now); e != nil {
				s.Rows = append(s.Rows, row{ID: a.id, Title: e.title, URL: a.url(), Standing: a.standing(now),
					Live: e.kind == Live, Gone: e.kind == Gone, Banner: e.banner})
			}
		}
		shelves = append(shelves, s)
	}
	r.mu.RUnlock()
	r.show(w, http.StatusOK, "desk", struct {
		Now     moment
		Done    string
		Shelves []shelf
		Edits   []Edit
	}{r.papers[0].moment(now), req.URL.Query().Get("done"), shelves, r.Edits()})
}

// A draft is what the form shows.
type draft struct {
	ID, Paper, URL, Language string
	Title, Dek, Text         string
}

func (r *Room) editor(w http.ResponseWriter, req *http.Request) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	a := r.all[req.URL.Query().Get("id")]
	if a == nil || a.at(r.now()) == nil {
		http.Error(w, "There is no such article.", http.StatusNotFound)
		return
	}
	e := a.at(r.now())
	r.show(w, http.StatusOK, "editor", draft{ID: a.id, Paper: a.paper.Name, URL: a.url(), Language: a.paper.Language,
		Title: e.title, Dek: e.dek, Text: source(e.blocks)})
}

// post answers a form that has something done to an article.
func (r *Room) post(do visit) http.HandlerFunc {
	return func(w http.ResponseWriter, req *http.Request) {
		if err := req.ParseForm(); err != nil {
			http.Error(w, "The form could not be read: "+err.Error(), http.StatusBadRequest)
			return
		}
		id := req.PostForm.Get("id")
		if err := r.visit(id, req.PostForm, do); err != nil {
			r.show(w, http.StatusConflict, "wrong", struct{ Wrong string }{err.Error()})
			return
		}
		http.Redirect(w, req, controlPath+"?done="+url.QueryEscape(id), http.StatusSeeOther)
	}
}

func (r *Room) show(w http.ResponseWriter, status int, name string, data any) {
	body, err := render(r.templates["control"], name, "utf-8", data)
	if err != nil {
		r.log.Error("newsroom", "page", name, "err", err)
		http.Error(w, "The page could not be set.", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	w.Write(body) // a reader that has gone away is no concern of ours
}
