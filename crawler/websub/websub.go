// Package websub is told of a feed's changes by the hub that the feed names
// (W3C WebSub), and tells of no more than that: where something is new, never
// what.
//
// A hub is a stranger between the publisher and us. So what it sends is a bell
// that is rung: its text is dropped, and what is kept comes from the
// publisher's own server. A bell counts only when it is signed with the secret
// that this hub was given for this feed. A hub that is silent while there is
// news is no longer relied on, and nothing depends on any: a feed with a
// working subscription is read more rarely, and is still read.
package websub

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"pressmark/crawler/discover"
	"pressmark/crawler/fetch"
)

// A Poster sends a form to a hub, once, and follows no redirect.
type Poster interface {
	Post(ctx context.Context, to string, form url.Values, maxBytes int64) (*fetch.Response, error)
}

// Options of Open. Path, Callback, Post and Ring are required.
type Options struct {
	Path     string // of the file that remembers the subscriptions; losing it costs time
	Callback string // the address under which hubs reach ServeHTTP
	Post     Poster
	Ring     func(Ping) // called for each change that a hub tells of; must not wait
	Now      func() time.Time
	Log      *slog.Logger
}

// A Ping says that a feed has changed.
type Ping struct {
	Site, Feed string
	Pages      []string // what the change is about, when the hub names a few pages; often empty
}

// A Listing is a feed as it was read.
type Listing struct {
	Site, Feed string      // Feed is the address that is asked for
	Final      string      // the one that answered
	Header     http.Header // of the answer
	Found      discover.Found
}

// Bounds on what is subscribed to, for feeds may name whatever they want.
const (
	maxSubscriptions = 5000
	maxOfSite        = 20
)

// A Subscriber keeps subscriptions and answers hubs. It is safe for concurrent use.
type Subscriber struct {
	o       Options
	reading chan struct{} // one for each body that is being read
	wake    chan struct{}

	mu    sync.Mutex
	all   map[string]*record // by token
	feeds map[feedName]*record
	hubs  map[string]*hubPause // by host
	dirty bool
	file  sync.Mutex // held while the state is written
}

type feedName struct{ site, feed string }

// Open reads what is subscribed to already. A file that can't be read, or that
// is of another callback, counts for nothing: hubs forget it by themselves.
func Open(o Options) (*Subscriber, error) {
	if err := CheckCallback(o.Callback); err != nil {
		return nil, fmt.Errorf("websub: %w", err)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	s := &Subscriber{
		o: o, reading: make(chan struct{}, maxReading), wake: make(chan struct{}, 1),
		all: map[string]*record{}, feeds: map[feedName]*record{}, hubs: map[string]*hubPause{},
	}
	s.o.Callback = strings.TrimSuffix(o.Callback, "/")
	list, err := readState(o.Path, s.o.Callback)
	if err != nil {
		o.Log.Warn("the subscriptions are forgotten, and made anew as feeds are read", "error", err)
	}
	for _, r := range list {
		s.all[r.Token] = r
		if r.State != Leaving {
			s.feeds[feedName{r.Site, r.Feed}] = r
		}
	}
	return s, nil
}

// CheckCallback says what is wrong with the address under which hubs shall reach us.
func CheckCallback(raw string) error {
	u, err := url.Parse(raw)
	switch {
	case err != nil:
		return fmt.Errorf("%q is no address: %w", raw, err)
	case u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "" || u.User != nil:
		return fmt.Errorf("%q is no address that hubs can reach: write one such as https://press.example.org/hub", raw)
	case u.RawQuery != "" || u.Fragment != "" || u.ForceQuery:
		return fmt.Errorf("%q has a query or a fragment, which can't be", raw)
	}
	return nil
}

// Named are the hubs that a feed names, in its answer's headers or else in
// itself, and what they call it.
func Named(l Listing) (hubs []string, topic string) {
	hubs, topic = fromHeader(l.Header, l.Final)
	if len(hubs) == 0 {
		hubs = l.Found.Hubs
	}
	if topic == "" {
		topic = l.Found.Self
	}
	if topic == "" {
		topic = l.Final
	}
	return hubs, topic
}

// Read takes note of what a feed says of its hubs: it is subscribed to, or no
// longer, or to another one.
func (s *Subscriber) Read(l Listing) {
	hubs, topic := Named(l)
	s.mu.Lock()
	defer s.mu.Unlock()
	now, name := s.o.Now(), feedName{l.Site, l.Feed}
	r := s.feeds[name]
	if r != nil && (len(hubs) == 0 || !r.of(hubs, topic)) {
		s.leave(r, "the feed names it no longer")
		r = nil
	}
	if r != nil {
		r.Hubs, r.Seen = hubs, now
		s.missed(r, newest(l.Found, now), now)
		return
	}
	if len(hubs) == 0 || len(topic) > maxTopic || !s.room(l.Site) {
		return
	}
	r = &record{
		Site: l.Site, Feed: l.Feed, Topic: topic, Hubs: hubs, Hub: hubs[0], State: Asked,
		Token: token(), Secret: secret(), Next: now, Seen: now, Newest: newest(l.Found, now),
	}
	s.all[r.Token], s.feeds[name] = r, r
	s.changed()
	s.o.Log.Debug("a feed names a hub", "feed", l.Feed, "hub", r.Hub)
}

// newest is the latest date that an entry bears.
func newest(f discover.Found, now time.Time) time.Time {
	var last time.Time
	for _, l := range f.Links {
		for _, t := range []time.Time{l.Published, l.Modified} {
			if t.After(last) && !t.After(now) {
				last = t
			}
		}
	}
	return last
}

// room reports whether one more subscription of a site is taken. Called with mu held.
func (s *Subscriber) room(site string) bool {
	n := 0
	for name := range s.feeds {
		if name.site == site {
			n++
		}
	}
	return n < maxOfSite && len(s.all) < maxSubscriptions
}

// Keep drops the subscriptions of all sites but these.
func (s *Subscriber) Keep(sites []string) {
	keep := map[string]bool{}
	for _, name := range sites {
		keep[name] = true
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for name, r := range s.feeds {
		if !keep[name.site] {
			s.leave(r, "the site is no longer watched")
		}
	}
}

// leave begins to unsubscribe. Called with mu held.
func (s *Subscriber) leave(r *record, why string) {
	delete(s.feeds, feedName{r.Site, r.Feed})
	if r.Ends.IsZero() && r.Asked.IsZero() { // no hub knows of it
		delete(s.all, r.Token)
	} else {
		r.State, r.Why, r.Works = Leaving, why, false
		r.Asked, r.Next, r.Tries = time.Time{}, s.o.Now(), 0
	}
	s.changed()
}

// changed has the state written, and what is due asked for. Called with mu held.
func (s *Subscriber) changed() {
	s.dirty = true
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// List is what is subscribed to, in the order of sites and feeds.
func (s *Subscriber) List() []Subscription {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.o.Now()
	list := make([]Subscription, 0, len(s.all))
	for _, r := range s.all {
		list = append(list, r.shown(now))
	}
	return ordered(list)
}

func token() string {
	var b [24]byte
	rand.Read(b[:]) // never fails
	return base64.RawURLEncoding.EncodeToString(b[:])
}

func secret() string {
	var b [32]byte
	rand.Read(b[:])
	return hex.EncodeToString(b[:])
}
