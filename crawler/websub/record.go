package websub

import (
	"cmp"
	"slices"
	"time"
)

// A State is how a subscription stands.
type State string

// The states of a subscription.
const (
	Asked   State = "asked"   // the hub is to confirm it
	Active  State = "active"  // the hub has confirmed it
	Lapsed  State = "lapsed"  // its lease ended, and it is asked for anew
	Denied  State = "denied"  // the hub does not want it
	Failing State = "failing" // the hub can't be asked, or never confirms
	Leaving State = "leaving" // it is being ended
)

// A Subscription is one feed at one hub, for who wants to know.
type Subscription struct {
	Site, Feed string
	Topic      string // what the hub calls the feed
	Hub        string
	State      State
	Ends       time.Time // of the lease
	Pinged     time.Time // when it told of a change last; zero: never
	Pings      int       // changes that it told of
	Forged     int       // messages that were not signed as they should be
	Works      bool      // it told of what was new so far
	Why        string    // it is denied, failing or leaving, or not relied on
}

// A record is a subscription as it is kept.
type record struct {
	Site   string    `json:"site"`
	Feed   string    `json:"feed"`
	Topic  string    `json:"topic"`
	Hub    string    `json:"hub"`
	Hubs   []string  `json:"hubs"` // all that the feed names
	Token  string    `json:"token"`
	Secret string    `json:"secret"`
	State  State     `json:"state"`
	Asked  time.Time `json:"asked,omitzero"` // when the hub was asked for what it has not confirmed yet
	Next   time.Time `json:"next"`           // when to ask it for something
	Ends   time.Time `json:"ends,omitzero"`
	Tries  int       `json:"tries,omitempty"` // in a row without success
	Seen   time.Time `json:"seen"`            // when the feed was found in its place
	Newest time.Time `json:"newest,omitzero"` // of its entries, when it was read
	Pinged time.Time `json:"pinged,omitzero"`
	Pings  int       `json:"pings,omitempty"`
	Forged int       `json:"forged,omitempty"`
	Works  bool      `json:"works,omitempty"`
	Every  int       `json:"every,omitempty"` // seconds between the feed's entries
	Why    string    `json:"why,omitempty"`

	hour   time.Time // that counted is of
	count  int       // pings in that hour
	recent []heard
}

// of reports whether a subscription is still what a feed asks for.
func (r *record) of(hubs []string, topic string) bool {
	return r.Topic == topic && slices.Contains(hubs, r.Hub)
}

// awaits reports whether a hub was asked for something and may confirm it.
func (r *record) awaits(now time.Time) bool {
	return !r.Asked.IsZero() && now.Sub(r.Asked) < answerWithin
}

// holds reports whether a hub has confirmed that it will tell.
func (r *record) holds(now time.Time) bool {
	return r.State == Active && now.Before(r.Ends)
}

func (r *record) shown(now time.Time) Subscription {
	s := Subscription{
		Site: r.Site, Feed: r.Feed, Topic: r.Topic, Hub: r.Hub, State: r.State, Ends: r.Ends,
		Pinged: r.Pinged, Pings: r.Pings, Forged: r.Forged, Works: r.Works && r.holds(now), Why: r.Why,
	}
	if s.State == Active && !r.holds(now) {
		s.State = Lapsed
	}
	return s
}

func ordered(list []Subscription) []Subscription {
	slices.SortFunc(list, func(a, b Subscription) int {
		return cmp.Or(cmp.Compare(a.Site, b.Site), cmp.Compare(a.Feed, b.Feed), cmp.Compare(a.State, b.State), cmp.Compare(a.Hub, b.Hub))
	})
	return list
}

// How far a hub is relied on.
const (
	longestRest  = 6 * time.Hour
	shortestRest = time.Hour
	restEntries  = 8                // as many entries a feed may have before it is read, whatever its hub says
	grace        = 10 * time.Minute // in which a hub has to tell of what is new
)

// Rest is how long a feed that was just found in its place need not be read, as
// its hub tells of changes; 0 when none does. every is the mean time between
// its entries, 0 when that is not known.
func (s *Subscriber) Rest(site, feed string, every time.Duration) time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	r, now := s.feeds[feedName{site, feed}], s.o.Now()
	if r == nil {
		return 0
	}
	r.Seen, s.dirty = now, true
	if every > 0 { // an answer that nothing has changed says nothing of entries
		r.Every = int(min(every, longestRest) / time.Second)
	}
	if !r.Works || !r.holds(now) {
		return 0
	}
	return min(max(time.Duration(r.Every)*time.Second*restEntries, shortestRest), longestRest)
}

// missed looks whether a hub kept silent about what is new. Called with mu held.
func (s *Subscriber) missed(r *record, newest, now time.Time) {
	if r.Works && newest.After(r.Newest) && newest.After(r.Pinged) && now.Sub(newest) > grace {
		r.Works, r.Why = false, "it kept silent about what was new"
		s.o.Log.Info("a hub kept silent about what is new, and is no longer relied on", "feed", r.Feed, "hub", r.Hub)
	}
	if newest.After(r.Newest) {
		r.Newest = newest
	}
	s.dirty = true
}
