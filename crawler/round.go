package crawler

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"pressmark/archive"
	"pressmark/crawler/frontier"
	"pressmark/extract/urlkey"
)

// glance is how long a round waits before it looks again at a group that
// somebody else is at work on, unless a bell tells sooner.
const glance = time.Second

// A round is one crawl of some sites.
type round struct {
	*Crawler
	run   archive.Run
	mode  Mode
	order []string
	sites map[string]*siteRound

	mu       sync.Mutex          // guards what follows, and what the sites count
	again    map[urlkey.Key]bool // asked once more in this round, after a pause that the server named
	departed map[urlkey.Key]bool // pages that have moved
	moves    map[urlkey.Key]int  // those that they have moved to, after so many moves in a row
}

func (c *Crawler) round(run archive.Run, mode Mode) *round {
	return &round{
		Crawler: c, run: run, mode: mode, sites: map[string]*siteRound{},
		again: map[urlkey.Key]bool{}, departed: map[urlkey.Key]bool{}, moves: map[urlkey.Key]int{},
	}
}

// add takes a site into the round.
func (r *round) add(site Site) error {
	sc, err := newScope(site)
	if err != nil {
		return err
	}
	s := newSiteRound(site, sc)
	for _, before := range r.run.Sites {
		if before.Site == site.Name {
			s.pages = before.Pages
		}
	}
	r.order = append(r.order, site.Name)
	r.sites[site.Name] = s
	return nil
}

// crawl seeds the frontier and works until nothing is left to do.
func (r *round) crawl(ctx context.Context) error {
	for _, name := range r.order {
		if err := r.seed(ctx, r.sites[name]); err != nil {
			return err
		}
	}
	return r.work(ctx)
}

// seed makes due what the configuration names of a site and, in mode All, what
// is known of it. Nothing is asked for yet, so that a site whose server does
// not answer keeps no other waiting.
func (r *round) seed(ctx context.Context, s *siteRound) error {
	var links []frontier.Link
	add := func(kind string, urls ...string) {
		for _, u := range urls {
			links = append(links, frontier.Link{URL: u, Site: s.Name, Via: "configuration", Kind: kind, Due: r.run.Started})
		}
	}
	add(frontier.Feed, s.Feeds...)
	add(frontier.Sitemap, s.Sitemaps...)
	add(frontier.Section, s.Sections...)
	if len(links) == 0 {
		add(frontier.Section, s.URL)
	}
	if err := r.recall(ctx, &s.Site); err != nil {
		return err
	}
	if _, err := r.o.Frontier.Discover(ctx, links); err != nil {
		return err
	}
	if r.mode == All {
		if _, err := r.o.Frontier.Recheck(ctx, s.Name, r.run.Started); err != nil {
			return err
		}
	}
	return nil
}

// A served lease, and what went wrong with it.
type served struct {
	*frontier.Lease
	err error
}

// work gives leases out until nothing is left to do in this round. It is the
// only one of the round to claim; a goroutine serves each lease.
func (r *round) work(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	back := make(chan served)
	out := map[uint64]*frontier.Lease{}
	var failed error
	take := func(s served) {
		delete(out, s.Token)
		if failed == nil && s.err != nil {
			failed = s.err
			cancel()
		}
	}
	for failed == nil {
		rung := r.bell.listen() // before the claim: what comes back after it is not missed
		select {
		case r.hands <- struct{}{}:
		case s := <-back:
			take(s)
			continue
		case <-ctx.Done():
			failed = ctx.Err()
			continue
		}
		lease, err := r.claim(ctx)
		if err == nil {
			out[lease.Token] = lease
			go func() {
				err := r.serve(ctx, lease)
				<-r.hands
				r.bell.ring()
				back <- served{lease, err}
			}()
			continue
		}
		<-r.hands
		if !errors.Is(err, frontier.ErrNone) {
			failed = err
			continue
		}
		wait, more, err := r.next(ctx, out)
		if err != nil || !more {
			failed = err
			break
		}
		if err := r.rest(ctx, wait, rung, back, take); failed == nil {
			failed = err
		}
	}
	cancel()
	for len(out) > 0 {
		take(<-back)
	}
	return failed
}

func (r *round) claim(ctx context.Context) (*frontier.Lease, error) {
	sites := r.open(nil)
	if len(sites) == 0 {
		return nil, frontier.ErrNone
	}
	return r.o.Frontier.Claim(ctx, frontier.Claim{Worker: fmt.Sprintf("run %d", r.run.ID), Max: claimed, TTL: leaseTTL, Sites: sites})
}

// open names the sites that may still be asked for, without those that leases are out for.
func (r *round) open(out map[uint64]*frontier.Lease) []string {
	served := map[string]bool{}
	for _, l := range out {
		for _, item := range l.Items {
			served[item.Site] = true
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	var names []string
	for _, name := range r.order {
		s := r.sites[name]
		if s.spent() || served[name] {
			continue
		}
		if _, rests := r.rests(&s.Site); !rests {
			names = append(names, name)
		}
	}
	return names
}

// forever is a wait that only a returning lease ends.
const forever time.Duration = -1

// next says, when nothing can be claimed, how long to wait for more, and
// whether there will be any in this round.
func (r *round) next(ctx context.Context, out map[uint64]*frontier.Lease) (wait time.Duration, more bool, err error) {
	sites := r.open(out)
	if len(out) == 0 {
		if fell, err := r.fallBack(ctx, sites); fell || err != nil {
			return 0, true, err
		}
		if sites, err = r.due(ctx, sites); err != nil || len(sites) == 0 {
			return 0, false, err
		}
	}
	wait, err = r.untilDue(ctx, sites)
	if err == nil && wait == forever && len(out) == 0 {
		return 0, false, nil
	}
	return wait, true, err
}

// due keeps the sites of which something is due, or will be after a pause that
// the round has promised to wait for. What else falls due meanwhile belongs to
// the next round.
func (r *round) due(ctx context.Context, sites []string) ([]string, error) {
	var left []string
	for _, name := range sites {
		until := r.o.Now()
		r.mu.Lock()
		if promised := r.sites[name].promised; promised.After(until) {
			until = promised
		}
		r.mu.Unlock()
		for _, err := range r.o.Frontier.List(ctx, frontier.Query{Sites: []string{name}, Until: until, Limit: 1}) {
			if err != nil {
				return nil, err
			}
			left = append(left, name)
		}
	}
	return left, nil
}

// untilDue is the time until one of the sites may be asked; forever when that
// is longer than a round waits: Patience for a pause that a server asked for,
// and for the rest between two requests whatever that is, within reason.
func (r *round) untilDue(ctx context.Context, sites []string) (time.Duration, error) {
	if len(sites) == 0 {
		return forever, nil
	}
	at, err := r.o.Frontier.NextDue(ctx, sites)
	if err != nil || at.IsZero() {
		return forever, err
	}
	wait := at.Sub(r.o.Now())
	switch {
	case wait <= 0: // another round is at work on that group
		return glance, nil
	case wait <= r.o.Patience:
		return wait, nil
	case wait > longestPace+longestPace/jitterShare:
		return forever, nil
	}
	stats, err := r.o.Frontier.Stats(ctx, sites)
	if err != nil {
		return forever, err
	}
	for _, b := range stats.Blocked {
		if !at.Before(b.Until) {
			return forever, nil
		}
	}
	return wait, nil
}

// rest waits for a time, for a lease to come back, or for a bell that tells of
// another round's.
func (r *round) rest(ctx context.Context, wait time.Duration, rung <-chan struct{}, back <-chan served, take func(served)) error {
	if wait == 0 {
		return nil
	}
	var slept chan error
	if wait != forever {
		sleeping, wake := context.WithCancel(ctx)
		slept = make(chan error, 1)
		go func() { slept <- r.o.Sleep(sleeping, wait) }()
		defer func() {
			wake()
			if slept != nil {
				<-slept
			}
		}()
	}
	select {
	case s := <-back:
		take(s)
	case <-rung:
	case <-ctx.Done():
		return ctx.Err()
	case err := <-slept:
		slept = nil
		return err
	}
	return nil
}

// A bell is heard by all who listened before it rang.
type bell struct {
	mu   sync.Mutex
	rung chan struct{}
}

func (b *bell) listen() <-chan struct{} {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.rung == nil {
		b.rung = make(chan struct{})
	}
	return b.rung
}

func (b *bell) ring() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.rung != nil {
		close(b.rung)
		b.rung = nil
	}
}
