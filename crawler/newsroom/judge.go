package newsroom

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"
)

// A Request is one line of an access log.
type Request struct {
	Group   string // the servers that are to be treated politely as one
	URL     string // without query and fragment where the server has none
	Agent   string
	Began   time.Time
	Ended   time.Time
	Busy    bool        // the group was answering another request when it came
	Asked   http.Header // what the client sent
	Status  int         // 0 when no answer was begun
	Left    bool        // the client had gone before the answer was whole
	Cut     bool        // the server broke it off, or sent less than it said
	Replied http.Header // what the server sent
}

// An AccessLog remembers what clients asked servers for, in the order in which
// the requests came. It is safe for use by many servers.
type AccessLog struct {
	Now func() time.Time // the servers' clock; nil means time.Now

	mu   sync.Mutex
	list []*Request
	busy map[string]int // requests that a group is answering
}

// Record is a server of a group whose requests are written down.
func (l *AccessLog) Record(group func(host string) string, h http.Handler) http.Handler {
	now := l.Now
	if now == nil {
		now = time.Now
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		u := url.URL{Scheme: "http", Host: r.Host, Path: r.URL.Path, RawQuery: r.URL.RawQuery}
		if r.TLS != nil {
			u.Scheme = "https"
		}
		q := &Request{Group: group(r.Host), URL: u.String(), Agent: r.UserAgent(), Began: now(), Asked: r.Header.Clone()}
		l.mu.Lock()
		if l.busy == nil {
			l.busy = map[string]int{}
		}
		q.Busy = l.busy[q.Group] > 0
		l.busy[q.Group]++
		l.list = append(l.list, q)
		l.mu.Unlock()
		over := func(left bool) { // for the client: whoever has gone asks for nothing any more
			l.mu.Lock()
			defer l.mu.Unlock()
			if q.Ended.IsZero() {
				l.busy[q.Group]--
				q.Ended, q.Left = now(), left
			}
		}
		stays := context.AfterFunc(r.Context(), func() { over(true) })
		s, cut := &judgedWriter{ResponseWriter: w}, true
		defer func() { // a server that breaks off panics
			stays()
			over(r.Context().Err() != nil)
			l.mu.Lock()
			defer l.mu.Unlock()
			q.Status, q.Replied = s.status, w.Header().Clone()
			said, err := strconv.Atoi(w.Header().Get("Content-Length"))
			q.Cut = cut || err == nil && said != s.sent && r.Method != http.MethodHead
		}()
		h.ServeHTTP(s, r)
		cut = false
		if s.status == 0 {
			s.status = http.StatusOK
		}
	})
}

// Requests are the lines so far. Those that are still being answered have no end.
func (l *AccessLog) Requests() []Request {
	l.mu.Lock()
	defer l.mu.Unlock()
	list := make([]Request, len(l.list))
	for i, q := range l.list {
		list[i] = *q
	}
	return list
}

// A judgedWriter remembers whether an answer was begun, with which status, and how far it came.
type judgedWriter struct {
	http.ResponseWriter
	status int
	sent   int // bytes of the body
}

func (s *judgedWriter) WriteHeader(status int) {
	if s.status == 0 {
		s.status = status
	}
	s.ResponseWriter.WriteHeader(status)
}

func (s *judgedWriter) Write(b []byte) (int, error) {
	if s.status == 0 {
		s.status = http.StatusOK
	}
	n, err := s.ResponseWriter.Write(b)
	s.sent += n
	return n, err
}

// Unwrap lets a handler flush what it has written.
func (s *judgedWriter) Unwrap() http.ResponseWriter { return s.ResponseWriter }

// origin is the scheme and host of a URL, and its path with the query.
func origin(raw string) (from, path string) {
	i := strings.Index(raw, "://") + 3
	if n := strings.IndexByte(raw[i:], '/'); n >= 0 {
		return raw[:i+n], raw[i+n:]
	}
	return raw, "/"
}
