package websub

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"net/http"
	"strings"
	"time"

	"pressmark/crawler/discover"
)

// Bounds on what hubs tell.
const (
	MaxBody    = 4 << 20   // of a message, in bytes; whoever serves a Subscriber should take no more
	maxLooked  = 256 << 10 // of a message that is looked at for pages
	maxReading = 4         // messages that are read at the same time; others wait
	fewPages   = 3         // a message that names more is the whole feed, and says nothing of what is new
	mostAnHour = 120       // messages about one feed that count
	sameAgain  = 2 * time.Minute
	remembered = 8 // messages by which one that comes again is known
)

// A heard message.
type heard struct {
	sum [32]byte
	at  time.Time
}

// content takes a message about a change. To one that is signed wrongly the
// answer is the same as to a good one (WebSub §7.1.2).
func (s *Subscriber) content(w http.ResponseWriter, req *http.Request, token string) {
	s.mu.Lock()
	r := s.all[token]
	if r == nil || r.State == Leaving {
		s.mu.Unlock()
		gone(w)
		return
	}
	holds, secret, topic := r.holds(s.o.Now()), r.Secret, r.Topic
	s.mu.Unlock()
	if !holds {
		http.Error(w, "The subscription was not confirmed.", http.StatusNotFound)
		return
	}
	select {
	case s.reading <- struct{}{}:
		defer func() { <-s.reading }()
	case <-req.Context().Done():
		return
	}
	signed, sum, body, err := readSigned(req, secret)
	if err != nil {
		status := http.StatusBadRequest
		if tooLong := (*http.MaxBytesError)(nil); errors.As(err, &tooLong) || errors.Is(err, errLong) {
			status = http.StatusRequestEntityTooLarge
		}
		http.Error(w, http.StatusText(status), status)
		return
	}
	w.WriteHeader(http.StatusAccepted)
	if ping, ok := s.told(token, signed, sum, len(body) > 0); ok {
		ping.Pages = pages(body, req.Header.Get("Content-Type"), topic)
		s.o.Ring(ping)
	}
}

// told judges a message, and notes it.
func (s *Subscriber) told(token string, signed bool, sum [32]byte, says bool) (Ping, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r, now := s.all[token], s.o.Now()
	if r == nil || !r.holds(now) { // it ended meanwhile
		return Ping{}, false
	}
	s.dirty = true
	if !signed {
		if r.Forged++; r.Forged == 1 {
			s.o.Log.Warn("a message about a feed is not signed as agreed, and counts for nothing", "feed", r.Feed, "hub", r.Hub)
		}
		return Ping{}, false
	}
	if says && r.heard(sum, now) { // sent twice, or replayed; a message without a text may mean something each time
		return Ping{}, false
	}
	if now.Sub(r.hour) >= time.Hour || now.Before(r.hour) {
		r.hour, r.count = now, 0
	}
	if r.count++; r.count > mostAnHour {
		if r.count == mostAnHour+1 {
			s.o.Log.Warn("a hub tells of more changes than can be: the rest of this hour's count for nothing", "feed", r.Feed, "hub", r.Hub)
		}
		return Ping{}, false
	}
	if !r.Works {
		s.changed() // others are told of it at once; that it goes on so, within a minute
	}
	r.Pinged, r.Works, r.Why = now, true, ""
	r.Pings++
	return Ping{Site: r.Site, Feed: r.Feed}, true
}

// heard reports whether the same was told a moment ago, and remembers it.
func (r *record) heard(sum [32]byte, now time.Time) bool {
	for _, h := range r.recent {
		if age := now.Sub(h.at); h.sum == sum && age >= 0 && age < sameAgain {
			return true
		}
	}
	r.recent = append(r.recent, heard{sum, now})
	r.recent = r.recent[max(0, len(r.recent)-remembered):]
	return false
}

// errLong is the error of a message that is longer than MaxBody.
var errLong = errors.New("the message is too long")

// readSigned reads a message to its end and tells whether it is signed with the
// secret. Of a long one only the signature is looked at: its text is nil.
func readSigned(req *http.Request, secret string) (signed bool, sum [32]byte, text []byte, err error) {
	sign, want := signature(req.Header.Get("X-Hub-Signature"))
	if sign == nil {
		sign = sha256.New
	}
	mac, digest := hmac.New(sign, []byte(secret)), sha256.New()
	var kept bytes.Buffer
	n, err := io.Copy(io.MultiWriter(mac, digest, &limited{to: &kept, left: maxLooked}), io.LimitReader(req.Body, MaxBody+1))
	if err == nil && n > MaxBody {
		err = errLong
	}
	if err != nil {
		return false, sum, nil, err
	}
	digest.Sum(sum[:0])
	if text = kept.Bytes(); n > maxLooked {
		text = nil
	}
	return len(want) > 0 && hmac.Equal(mac.Sum(nil), want), sum, text, nil
}

// signature reads method=hex; nil when it is of no kind that is known.
func signature(header string) (method func() hash.Hash, sum []byte) {
	name, text, _ := strings.Cut(strings.TrimSpace(header), "=")
	switch strings.ToLower(name) {
	case "sha1":
		method = sha1.New
	case "sha256":
		method = sha256.New
	case "sha384":
		method = sha512.New384
	case "sha512":
		method = sha512.New
	default:
		return nil, nil
	}
	if len(text) != 2*method().Size() {
		return nil, nil
	}
	sum, err := hex.DecodeString(text)
	if err != nil {
		return nil, nil
	}
	return method, sum
}

// limited keeps the beginning of what is written to it.
type limited struct {
	to   *bytes.Buffer
	left int
}

func (l *limited) Write(p []byte) (int, error) {
	n := min(len(p), l.left)
	l.to.Write(p[:n])
	l.left -= n
	return len(p), nil
}

// pages are those that a message names when they are few: then it is they that
// are new, and not the feed as it stands.
func pages(text []byte, contentType, topic string) []string {
	if len(text) == 0 {
		return nil
	}
	found, err := discover.Parse(text, contentType, topic)
	if err != nil || found.Format == "html" || len(found.Links) > fewPages {
		return nil
	}
	var list []string
	for _, l := range found.Links {
		if l.Kind == discover.Page {
			list = append(list, l.URL)
		}
	}
	return list
}
