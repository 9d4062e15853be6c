package websub

import (
	"io"
	"net/http"
	"path"
	"strconv"
	"time"
)

// Bounds on what hubs send.
const (
	maxTopic     = 2 << 10
	maxChallenge = 4 << 10
)

// ServeHTTP answers hubs: whether we mean what we asked for (GET), and what has
// changed (POST). The last part of the path says which subscription it is
// about; nobody can guess it.
func (s *Subscriber) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", "text/plain; charset=utf-8") // what a stranger sends is sent back
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	h.Set("Cache-Control", "no-store")
	token := path.Base(r.URL.Path)
	switch r.Method {
	case http.MethodGet:
		s.verify(w, r, token)
	case http.MethodPost:
		s.content(w, r, token)
	default:
		h.Set("Allow", "GET, POST")
		http.Error(w, "A hub asks by GET and tells by POST.", http.StatusMethodNotAllowed)
	}
}

// gone is the answer to who asks about no subscription of ours; it ends those
// that a hub still has after our state was lost.
func gone(w http.ResponseWriter) {
	http.Error(w, "There is no such subscription.", http.StatusGone)
}

// verify answers a hub that asks whether we mean it (WebSub §5.3), or tells
// that it does not want to (§5.2).
func (s *Subscriber) verify(w http.ResponseWriter, req *http.Request, token string) {
	q := req.URL.Query()
	mode, topic, challenge := q.Get("hub.mode"), q.Get("hub.topic"), q.Get("hub.challenge")
	s.mu.Lock()
	r := s.all[token]
	if r == nil {
		s.mu.Unlock()
		gone(w)
		return
	}
	ok := topic == r.Topic
	now := s.o.Now()
	switch {
	case !ok:
	case mode == "denied":
		challenge = ""
		s.denied(r, q.Get("hub.reason"))
	case challenge == "" || len(challenge) > maxChallenge || !r.awaits(now):
		ok = false
	case mode == "subscribe" && r.State != Leaving:
		s.confirmed(r, lease(q.Get("hub.lease_seconds")))
	case mode == "unsubscribe" && r.State == Leaving:
		delete(s.all, token)
		s.changed()
	default:
		ok = false
	}
	s.mu.Unlock()
	if !ok {
		http.Error(w, "This was not asked for.", http.StatusNotFound)
		return
	}
	io.WriteString(w, challenge) // a hub that has gone asks again
}

// lease is how long a hub says that it will tell; as long as was asked for when
// it says nothing that makes sense.
func lease(seconds string) time.Duration {
	n, err := strconv.ParseInt(seconds, 10, 64)
	if err != nil || n <= 0 {
		return leaseWanted
	}
	return time.Duration(min(n, int64(leaseLongest/time.Second))) * time.Second
}

// confirmed settles a subscription that the hub has confirmed. Called with mu held.
func (s *Subscriber) confirmed(r *record, lease time.Duration) {
	now := s.o.Now()
	if !r.holds(now) { // what came before the gap says nothing about now
		r.Works = false
	}
	r.State, r.Why, r.Asked, r.Tries = Active, "", time.Time{}, 0
	r.Ends = now.Add(lease)
	r.Next = now.Add(max(lease*4/5, renewSoonest))
	s.changed()
	s.o.Log.Info("a hub tells of a feed's changes", "feed", r.Feed, "hub", r.Hub, "until", r.Ends.UTC().Format(time.RFC3339))
}

// denied settles a subscription that the hub refuses, or ends. Called with mu held.
func (s *Subscriber) denied(r *record, reason string) {
	if r.State == Leaving {
		delete(s.all, r.Token)
		s.changed()
		return
	}
	r.Why = "the hub denies it"
	if reason = short(reason); reason != "" {
		r.Why += ": " + reason
	}
	r.State, r.Works, r.Asked, r.Ends = Denied, false, time.Time{}, time.Time{}
	r.Next = s.o.Now().Add(refusedLong)
	s.another(r)
	s.changed()
	s.o.Log.Info("a hub denies a subscription", "feed", r.Feed, "hub", r.Hub, "why", r.Why)
}
