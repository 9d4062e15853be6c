package crawler

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"pressmark/archive"
	"pressmark/crawler/frontier"
	"pressmark/extract/urlkey"
)

const (
	claimed  = 16               // items of one lease
	leaseTTL = 10 * time.Minute // longer than the slowest request and its pause
	failures = 5                // in a row, after which a site is left alone for a while
	pause    = 30 * time.Minute // that while
)

// A round is one crawl of some sites.
type round struct {
	*Crawler
	run   archive.Run
	order []string

	mu    sync.Mutex
	sites map[string]*siteRound
	busy  int           // workers that hold a lease
	moved chan struct{} // closed and renewed when one gives it back
}

// A siteRound is a site's part in a round.
type siteRound struct {
	Site
	scope    *scope
	listed   map[urlkey.Key]bool // pages that sources named
	sections []frontier.Link     // named by the home page, followed if nothing else lists articles
	lists    int                 // feeds and sitemaps that answered with links, or had not changed
	fell     bool                // back to section pages
	pages    int
	failed   int // requests in a row
	count    archive.SiteRun
}

// crawl seeds the frontier and works until nothing is left to do.
func (r *round) crawl(ctx context.Context, mode Mode) error {
	for _, name := range r.order {
		if err := r.seed(ctx, r.sites[name], mode); err != nil {
			return err
		}
	}
	g, ctx := errgroup.WithContext(ctx)
	for i := range min(r.o.Workers, len(r.order)) {
		g.Go(func() error { return r.work(ctx, fmt.Sprintf("run %d worker %d", r.run.ID, i+1)) })
	}
	return g.Wait()
}

// seed makes due what the site says of itself and, in mode All, what is known of it.
func (r *round) seed(ctx context.Context, s *siteRound, mode Mode) error {
	var links []frontier.Link
	add := func(kind, via string, urls ...string) {
		for _, u := range urls {
			links = append(links, frontier.Link{URL: u, Site: s.Name, Via: via, Kind: kind, Due: r.run.Started})
		}
	}
	add(frontier.Feed, "configuration", s.Feeds...)
	add(frontier.Sitemap, "configuration", s.Sitemaps...)
	add(frontier.Section, "configuration", s.Sections...)
	if len(links) == 0 {
		add(frontier.Section, "configuration", s.URL)
		for _, u := range r.o.Rules.Sitemaps(ctx, s.URL) {
			if ok, _ := s.scope.host(u); ok {
				add(frontier.Sitemap, "robots.txt", u)
			}
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if _, err := r.o.Frontier.Discover(ctx, links); err != nil {
		return err
	}
	if mode == All {
		if _, err := r.o.Frontier.Recheck(ctx, s.Name, r.run.Started); err != nil {
			return err
		}
	}
	return nil
}

// work claims and serves leases until no more is to be had in this round.
func (r *round) work(ctx context.Context, worker string) error {
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		sites, moved := r.begin()
		if len(sites) == 0 {
			r.end()
			return nil
		}
		lease, err := r.o.Frontier.Claim(ctx, frontier.Claim{Worker: worker, Max: claimed, TTL: leaseTTL, Sites: sites})
		if err == nil {
			err = r.serve(ctx, lease)
			r.end()
			if err != nil {
				return err
			}
			continue
		}
		alone := r.end() == 0
		if !errors.Is(err, frontier.ErrNone) {
			return err
		}
		if !alone { // another's lease may bring new links
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-moved:
			}
			continue
		}
		more, err := r.idle(ctx, sites)
		if err != nil || !more {
			return err
		}
	}
}

// begin counts a worker as busy, and names the sites that may still be asked.
func (r *round) begin() (sites []string, moved <-chan struct{}) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.busy++
	for _, name := range r.order {
		if s := r.sites[name]; s.MaxPages == 0 || s.pages < s.MaxPages {
			sites = append(sites, name)
		}
	}
	return sites, r.moved
}

// end counts a worker as idle and wakes those that wait for it; it returns how many are busy.
func (r *round) end() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.busy--
	close(r.moved)
	r.moved = make(chan struct{})
	return r.busy
}

// idle decides what to do when nothing can be claimed: fall back to section
// pages, wait for a host that may be asked in a moment, or end.
func (r *round) idle(ctx context.Context, sites []string) (more bool, err error) {
	if fell, err := r.fallBack(ctx, sites); fell || err != nil {
		return fell, err
	}
	stats, err := r.o.Frontier.Stats(ctx, sites)
	if err != nil || stats.Due == 0 {
		return false, err
	}
	next, err := r.o.Frontier.NextDue(ctx, sites)
	if err != nil || next.IsZero() {
		return false, err
	}
	wait := next.Sub(r.o.Now())
	if wait > max(r.o.Patience, 0) && wait > r.longestDelay(sites) {
		return false, nil
	}
	return true, r.o.Sleep(ctx, max(wait, time.Millisecond))
}

func (r *round) longestDelay(sites []string) time.Duration {
	var longest time.Duration
	for _, name := range sites {
		longest = max(longest, 2*r.sites[name].Delay)
	}
	return longest
}

// fallBack follows the section pages of sites whose feeds and sitemaps list nothing.
func (r *round) fallBack(ctx context.Context, sites []string) (bool, error) {
	var links []frontier.Link
	r.mu.Lock()
	for _, name := range sites {
		s := r.sites[name]
		if s.lists > 0 || s.fell || len(s.sections) == 0 {
			continue
		}
		s.fell = true
		s.count.Note = "feeds and sitemaps list nothing: section pages were followed"
		links = append(links, s.sections...)
	}
	r.mu.Unlock()
	if len(links) == 0 {
		return false, nil
	}
	added, err := r.o.Frontier.Discover(ctx, links)
	return added > 0, err
}

// serve asks for a lease's items, one after the other, and hands back what came of them.
func (r *round) serve(ctx context.Context, lease *frontier.Lease) error {
	var batch frontier.Batch
	var delay time.Duration
	for i, item := range lease.Items {
		if lease.Expires.Sub(r.o.Now()) < leaseTTL/2 {
			if err := r.o.Frontier.Renew(ctx, lease, leaseTTL); err != nil {
				return err
			}
		}
		s := r.site(item.Site)
		if s == nil || i > 0 && r.spent(s) {
			break
		}
		v := &visit{round: r, site: s, item: item, outcome: frontier.Outcome{Page: item.Page}}
		if i > 0 && delay > 0 {
			if err := r.o.Sleep(ctx, delay); err != nil {
				break
			}
		}
		if err := v.do(ctx); err != nil {
			if ctx.Err() != nil { // interrupted: the item stays due
				break
			}
			return errors.Join(err, r.complete(ctx, lease, batch, delay))
		}
		delay = jitter(v.delay)
		batch.Outcomes = append(batch.Outcomes, v.outcome)
		batch.Links = append(batch.Links, v.links...)
		if !v.block.IsZero() {
			if err := r.o.Frontier.Block(ctx, lease.Group, v.block, v.blockWhy); err != nil {
				return err
			}
			break
		}
		if len(v.links) > 0 { // what is new comes before what is looked at again
			break
		}
	}
	return r.complete(ctx, lease, batch, delay)
}

// complete hands a lease back. It does so even while the crawl is being
// interrupted, so that nothing is asked for twice.
func (r *round) complete(ctx context.Context, lease *frontier.Lease, batch frontier.Batch, delay time.Duration) error {
	batch.NextAllowed = r.o.Now().Add(delay)
	err := r.o.Frontier.Complete(context.WithoutCancel(ctx), lease, batch)
	if errors.Is(err, frontier.ErrLeaseLost) {
		r.o.Log.Warn("a lease ended before its work did; its pages are asked for again", "group", lease.Group)
		return nil
	}
	return err
}

// jitter draws a pause out by up to a fifth, so that a site's visits have no beat.
func jitter(d time.Duration) time.Duration {
	if d <= 0 {
		return 0
	}
	return d + rand.N(d/5+1)
}

func (r *round) site(name string) *siteRound {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.sites[name]
}

func (r *round) spent(s *siteRound) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return s.MaxPages > 0 && s.pages >= s.MaxPages
}

// counts gives what each site's part came to.
func (r *round) counts(ctx context.Context) []archive.SiteRun {
	r.mu.Lock()
	defer r.mu.Unlock()
	var list []archive.SiteRun
	for _, name := range r.order {
		s := r.sites[name]
		n := s.count
		n.Listed = len(s.listed)
		if s.MaxPages > 0 && s.pages >= s.MaxPages {
			if stats, err := r.o.Frontier.Stats(context.WithoutCancel(ctx), []string{name}); err == nil && stats.Due > 0 {
				n.Skipped = with(n.Skipped, "budget", stats.Due)
			}
		}
		n.Misses = slices.Clone(n.Misses)
		n.Skipped, n.Failed = maps.Clone(n.Skipped), maps.Clone(n.Failed)
		list = append(list, n)
	}
	return list
}

func with(m map[string]int, key string, n int) map[string]int {
	if m == nil {
		m = map[string]int{}
	}
	m[key] += n
	return m
}
