package newsroom

import (
	"maps"
	"net/http"
	"strings"
	"sync"
)

// A Tally counts the answers to requests for one URL.
type Tally struct {
	Total       int
	NotModified int // of those, answered 304
	ByStatus    map[int]int
}

// most is how many URLs are told apart; all further ones are counted as "".
const most = 10_000

type tally struct {
	mu  sync.Mutex
	all map[string]Tally
}

func (t *tally) add(url string, status int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.all == nil {
		t.all = map[string]Tally{}
	}
	one, known := t.all[url]
	if !known && len(t.all) >= most {
		url = ""
		one = t.all[url]
	}
	if one.ByStatus == nil {
		one.ByStatus = map[int]int{}
	}
	one.Total++
	one.ByStatus[status]++
	if status == http.StatusNotModified {
		one.NotModified++
	}
	t.all[url] = one
}

// Requests tells how often each URL, without its query, was asked for since
// the start or the last ResetRequests. The control page is not counted.
func (r *Room) Requests() map[string]Tally {
	r.tally.mu.Lock()
	defer r.tally.mu.Unlock()
	all := make(map[string]Tally, len(r.tally.all))
	for url, one := range r.tally.all {
		one.ByStatus = maps.Clone(one.ByStatus)
		all[url] = one
	}
	return all
}

// ResetRequests sets all counts to nothing.
func (r *Room) ResetRequests() {
	r.tally.mu.Lock()
	defer r.tally.mu.Unlock()
	r.tally.all = nil
}

// counted counts and logs what a handler answers.
func (r *Room) counted(base string, h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		s := &statusWriter{ResponseWriter: w, status: http.StatusOK}
		h.ServeHTTP(s, req)
		if strings.HasPrefix(req.URL.Path, controlPath) {
			return
		}
		r.tally.add(base+req.URL.EscapedPath(), s.status)
		r.log.Debug("newsroom answered", "url", base+req.URL.RequestURI(), "status", s.status, "agent", req.UserAgent())
	})
}

// A statusWriter remembers the status.
type statusWriter struct {
	http.ResponseWriter
	status int
}

func (s *statusWriter) WriteHeader(status int) {
	s.status = status
	s.ResponseWriter.WriteHeader(status)
}
