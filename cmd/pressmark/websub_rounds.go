package main

import (
	"context"
	"sync"
	"time"

	"pressmark/archive"
	"pressmark/crawler"
	"pressmark/crawler/websub"
)

// Between two rounds of a site that hubs ask for there is a pause, which grows
// while they find nothing: a hub that cries without cause gets little of us.
const (
	bellDelays  = 10               // the pause after a round that found something is so many times the site's delay
	bellPause   = 10 * time.Second // after one that found nothing, at least
	bellLongest = 30 * time.Minute
	bellPages   = 50 // that are remembered until the round
)

// rounds are those that hubs ask for. A site has one at a time; what is told
// meanwhile is for the next.
type rounds struct {
	mu     sync.Mutex
	sites  map[string]*bell
	atWork sync.WaitGroup
}

// A bell is what hubs told about a site.
type bell struct {
	feeds  map[string]bool
	pages  []string
	heeded bool // a goroutine sees to it
	next   time.Time
	pause  time.Duration
}

// ring takes a change into a site's next round, which is soon.
func (r *rounds) ring(ctx context.Context, d *hubDesk, p websub.Ping) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if ctx.Err() != nil {
		return
	}
	if r.sites == nil {
		r.sites = map[string]*bell{}
	}
	b := r.sites[p.Site]
	if b == nil {
		b = &bell{feeds: map[string]bool{}}
		r.sites[p.Site] = b
	}
	b.feeds[p.Feed] = true
	if len(b.pages)+len(p.Pages) <= bellPages {
		b.pages = append(b.pages, p.Pages...)
	}
	if !b.heeded {
		b.heeded = true
		r.atWork.Go(func() { r.heed(ctx, d, p.Site, b) })
	}
}

// heed makes rounds of a site as long as there is something that it was told of.
func (r *rounds) heed(ctx context.Context, d *hubDesk, site string, b *bell) {
	for {
		r.mu.Lock()
		wait := time.Until(b.next)
		if len(b.feeds) == 0 || ctx.Err() != nil {
			b.heeded = false
			r.mu.Unlock()
			return
		}
		r.mu.Unlock()
		if wait > 0 {
			if crawler.Sleep(ctx, wait) != nil {
				continue
			}
		}
		delay, found, err := d.heeded(ctx, site, func() (feeds map[string]bool, pages []string) {
			r.mu.Lock()
			defer r.mu.Unlock()
			feeds, pages = b.feeds, b.pages
			b.feeds, b.pages = map[string]bool{}, nil
			return feeds, pages
		})
		if err != nil && ctx.Err() == nil {
			d.c.log.Error("a round that a hub asked for failed", "site", site, "error", err)
		}
		r.mu.Lock()
		if found {
			b.pause = bellDelays * delay
		} else {
			b.pause = min(max(2*b.pause, bellPause), bellLongest)
		}
		b.next = time.Now().Add(b.pause)
		r.mu.Unlock()
	}
}

// heeded makes a round of a site for what a hub told, which take gives as soon
// as nobody else is at work on it: what is told later is for the round after it.
func (d *hubDesk) heeded(ctx context.Context, name string, take func() (map[string]bool, []string)) (delay time.Duration, found bool, err error) {
	s, list, err := d.who.of([]string{name})
	if err != nil { // it has gone meanwhile
		take()
		return delay, false, nil
	}
	delay = list[0].Delay
	end, err := s.wait(ctx, "a hub's word", list)
	if err != nil {
		return delay, false, err
	}
	defer end()
	feeds, pages := take()
	for feed := range feeds {
		if err := s.crawler.Pinged(ctx, list[0], feed, pages); err != nil {
			return delay, false, err
		}
	}
	if pause, is := d.paused(name); is && pause.Holds(time.Now()) {
		return delay, false, nil // it is due when the pause is over
	}
	run, _, err := s.openRun(ctx, archive.Run{Cause: "hub"}, list)
	if err != nil {
		return delay, false, err
	}
	run, err = s.round(ctx, run, list, crawler.Due)
	if err != nil {
		return delay, false, err
	}
	d.tell(run)
	n := run.Sites[0].Outcomes
	return delay, n[archive.New]+n[archive.Changed] > 0, nil
}
