package websub

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"pressmark/crawler/fetch"
)

// How hubs are asked: one at a time, each with pauses, ever longer ones when it
// does not do what it is asked for.
const (
	leaseWanted  = 10 * 24 * time.Hour
	leaseLongest = 30 * 24 * time.Hour
	renewSoonest = 5 * time.Minute     // after a confirmation, however short the lease
	answerWithin = 24 * time.Hour      // a hub may confirm what it was asked for
	confirmIn    = time.Hour           // after which it is asked once more
	unseen       = 30 * 24 * time.Hour // a feed that was not found in its place for so long is left
	hubGap       = 2 * time.Second     // between two requests to a hub
	firstBackoff = 10 * time.Minute
	lastBackoff  = 24 * time.Hour
	refusedFor   = 24 * time.Hour // the first pause after a hub said no
	refusedLong  = 7 * 24 * time.Hour
	partings     = 3 // times that a hub is asked to end a subscription
	otherHub     = 3 // failures after which the next hub that the feed names is tried
	maxHops      = 3
	maxAnswer    = 64 << 10
)

// A hubPause is when a hub may be asked next.
type hubPause struct {
	next  time.Time
	fails int
}

// Run asks hubs for what is due until ctx ends, and keeps the state on disk.
func (s *Subscriber) Run(ctx context.Context) error {
	for {
		next := s.Work(ctx)
		wait := time.Minute // pings that came meanwhile are to be written down, too
		if !next.IsZero() {
			wait = min(wait, max(next.Sub(s.o.Now()), 0))
		}
		t := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			t.Stop()
			return s.save()
		case <-s.wake:
		case <-t.C:
		}
		t.Stop()
	}
}

// Work asks hubs for all that is due, and says when something will be next.
func (s *Subscriber) Work(ctx context.Context) (next time.Time) {
	for ctx.Err() == nil {
		var r *record
		if r, next = s.due(); r == nil {
			break
		}
		if err := s.save(); err != nil { // a hub that confirms after a restart would be a stranger; it is asked again then
			s.o.Log.Warn("subscriptions can't be written down", "error", err)
		}
		s.ask(ctx, r)
	}
	if err := s.save(); err != nil {
		s.o.Log.Warn("subscriptions can't be written down", "error", err)
	}
	return next
}

// due is the record for which a hub is to be asked now, noted as such, or the
// time at which there will be one.
func (s *Subscriber) due() (*record, time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.o.Now()
	s.sweep(now)
	var first *record
	var next time.Time
	for _, r := range s.all {
		at := r.Next
		if p := s.hubs[hostOf(r.Hub)]; p != nil && p.next.After(at) {
			at = p.next
		}
		if next.IsZero() || at.Before(next) {
			first, next = r, at
		}
	}
	if first == nil || next.After(now) {
		return nil, next
	}
	if !first.Asked.IsZero() && first.State != Leaving && !first.holds(now) {
		first.State, first.Why = Failing, "the hub never confirmed it"
		s.another(first)
	}
	first.Asked = now // a hub may confirm before it answers
	first.Next = now.Add(doubled(confirmIn, first.Tries, lastBackoff))
	first.Tries++
	s.dirty = true
	return first, now
}

// sweep drops what is over. Called with mu held.
func (s *Subscriber) sweep(now time.Time) {
	for token, r := range s.all {
		switch {
		case r.Next.After(now):
		case r.State != Leaving && now.Sub(r.Seen) > unseen:
			s.leave(r, "the feed is no longer there")
		case r.State == Leaving && (r.Tries >= partings || now.After(r.Ends)):
			delete(s.all, token)
			s.dirty = true
		}
	}
}

// ask asks a record's hub for what the record wants of it.
func (s *Subscriber) ask(ctx context.Context, r *record) {
	s.mu.Lock()
	hub, mode := r.Hub, "subscribe"
	if r.State == Leaving {
		mode = "unsubscribe"
	}
	form := url.Values{
		"hub.mode": {mode}, "hub.topic": {r.Topic}, "hub.callback": {s.o.Callback + "/" + r.Token},
	}
	if mode == "subscribe" {
		form.Set("hub.secret", r.Secret)
		form.Set("hub.lease_seconds", strconv.Itoa(int(leaseWanted/time.Second)))
	}
	s.mu.Unlock()
	res, err := s.post(ctx, hub, form)
	if ctx.Err() != nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.o.Now()
	pause := s.pauseOf(hub)
	pause.next = now.Add(hubGap)
	switch {
	case err == nil && res.Status/100 == 2:
		pause.fails = 0
		return // it will confirm, or has done so by now
	case err == nil && res.Status/100 == 4 && res.Status != http.StatusTooManyRequests:
		pause.fails = 0
		s.turnedDown(r, Denied, fmt.Sprintf("the hub answered %d: %s", res.Status, short(string(res.Body))), refusedFor)
	case err == nil:
		pause.fails++
		pause.next = now.Add(doubled(firstBackoff, pause.fails-1, lastBackoff))
		if until := fetch.RetryAfter(res.Header, now); until.After(pause.next) {
			pause.next = until
		}
		s.turnedDown(r, Failing, fmt.Sprintf("the hub answered %d", res.Status), firstBackoff)
	default:
		pause.fails++
		pause.next = now.Add(doubled(firstBackoff, pause.fails-1, lastBackoff))
		s.turnedDown(r, Failing, err.Error(), firstBackoff)
	}
}

// errDowngrade is the error of a hub that sends a secret's way over to plain HTTP.
var errDowngrade = errors.New("the hub leads from https to http")

// post sends a form to a hub and to where that leads with it (307, 308).
func (s *Subscriber) post(ctx context.Context, to string, form url.Values) (*fetch.Response, error) {
	for range maxHops {
		res, err := s.o.Post.Post(ctx, to, form, maxAnswer)
		if err != nil || res.Status != http.StatusTemporaryRedirect && res.Status != http.StatusPermanentRedirect || res.Location == "" {
			return res, err
		}
		if strings.HasPrefix(to, "https:") && !strings.HasPrefix(res.Location, "https:") {
			return nil, errDowngrade
		}
		to = res.Location
	}
	return nil, fmt.Errorf("the hub leads elsewhere more than %d times", maxHops)
}

// turnedDown settles what a hub would not or could not do. A subscription that
// it has confirmed goes on until its lease ends. Called with mu held.
func (s *Subscriber) turnedDown(r *record, how State, why string, pause time.Duration) {
	now := s.o.Now()
	if s.all[r.Token] != r || r.Asked.IsZero() { // it was left, or confirmed, meanwhile
		return
	}
	longest := lastBackoff
	if how == Denied {
		longest = refusedLong
	}
	r.Asked, r.Why = time.Time{}, short(why)
	r.Next = now.Add(doubled(pause, r.Tries-1, longest))
	if r.State != Leaving && !r.holds(now) {
		r.State, r.Works = how, false
		s.another(r)
	}
	s.dirty = true
	s.o.Log.Info("a hub does not do what it was asked for", "feed", r.Feed, "hub", r.Hub, "why", r.Why)
}

// another turns to the next hub that a feed names, once one has failed too
// often. Called with mu held.
func (s *Subscriber) another(r *record) {
	i := slices.Index(r.Hubs, r.Hub)
	if len(r.Hubs) < 2 || r.Tries < otherHub && r.State != Denied {
		return
	}
	if i+1 < len(r.Hubs) { // after the last one the first has its turn again, in its time
		r.Next = s.o.Now().Add(firstBackoff)
	}
	delete(s.all, r.Token)
	r.Hub, r.Tries = r.Hubs[(i+1)%len(r.Hubs)], 0
	r.Token, r.Secret = token(), secret() // no hub learns what another one knows
	s.all[r.Token] = r
}

func (s *Subscriber) pauseOf(hub string) *hubPause {
	host := hostOf(hub)
	p := s.hubs[host]
	if p == nil {
		if len(s.hubs) >= maxSubscriptions { // of hubs that are long gone
			clear(s.hubs)
		}
		p = &hubPause{}
		s.hubs[host] = p
	}
	return p
}

func hostOf(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return raw
	}
	return strings.ToLower(u.Host)
}

// doubled is first × 2ⁿ, at most longest.
func doubled(first time.Duration, n int, longest time.Duration) time.Duration {
	for ; n > 0 && first < longest; n-- {
		first *= 2
	}
	return min(first, longest)
}

// short is what a stranger wrote, as a line that can be shown.
func short(text string) string {
	const most = 200
	text = strings.ToValidUTF8(text[:min(len(text), 4*most)], "")
	text = strings.Join(strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) }), " ")
	if r := []rune(text); len(r) > most {
		text = string(r[:most]) + "…"
	}
	return text
}
