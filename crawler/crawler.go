// Package crawler makes the rounds: it asks a site's feeds, sitemaps and
// section pages for articles, decides which of them to ask for, politely, and
// hands over what the servers answered.
//
// It is driven by the frontier: a round puts in what it knows, workers claim
// one host group at a time, and every outcome is durable before the next claim.
// A round that was killed goes on where it stood when it is started again with
// the same run.
package crawler

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"pressmark/archive"
	"pressmark/crawler/fetch"
	"pressmark/crawler/frontier"
	"pressmark/crawler/robots"
	"pressmark/extract/urlkey"
)

// An Archive takes captures.
type Archive interface {
	// Append returns once the capture is on disk. It fills in Seq, Digest and RevisitOf.
	Append(context.Context, archive.Capture) (archive.Capture, error)
	// LastCapture is the page's latest capture, without its body.
	LastCapture(urlkey.Key) (archive.Capture, bool, error)
}

// A Fetcher asks for one URL, once, and follows no redirect.
type Fetcher interface {
	Get(context.Context, fetch.Request) (*fetch.Response, error)
}

// Rules say what a site allows.
type Rules interface {
	Allowed(ctx context.Context, url string) (robots.Decision, error)
	Sitemaps(ctx context.Context, site string) []string
}

// Options are a Crawler's parts. Archive, Frontier, Fetch and Rules are required.
type Options struct {
	Archive  Archive
	Frontier frontier.Frontier
	Fetch    Fetcher
	Rules    Rules

	Workers  int                                              // host groups asked at the same time; 0 means 8
	Patience time.Duration                                    // the longest wait for a host that asks for a pause, within a round; 0 means 30 s, negative none
	Now      func() time.Time                                 // nil means time.Now
	Sleep    func(ctx context.Context, d time.Duration) error // nil means real time
	Log      *slog.Logger
	Progress func(Event) // called for each request, by several goroutines; may be nil
}

// An Event is one request, for who watches.
type Event struct {
	Site   string
	URL    string
	Kind   string // as in package frontier
	Status int    // 0 when there was no answer
	Reason string // why there was none
	Took   time.Duration
}

// A Crawler makes rounds.
type Crawler struct{ o Options }

// New makes a Crawler of its parts.
func New(o Options) *Crawler {
	if o.Workers <= 0 {
		o.Workers = 8
	}
	if o.Patience == 0 {
		o.Patience = 30 * time.Second
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Sleep == nil {
		o.Sleep = sleep
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Progress == nil {
		o.Progress = func(Event) {}
	}
	return &Crawler{o: o}
}

func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// A Mode says which pages a round asks for.
type Mode int

// The modes of a round.
const (
	Due Mode = iota // those that the frontier says are due
	All             // every page that is listed or known, whenever it was last seen
)

// Round crawls the sites once, as part of run, and counts what it did, a
// SiteRun a site in the same order. What it did before an error or the end of
// ctx is counted and kept.
func (c *Crawler) Round(ctx context.Context, run archive.Run, sites []Site, mode Mode) ([]archive.SiteRun, error) {
	r := &round{Crawler: c, run: run, sites: map[string]*siteRound{}, moved: make(chan struct{})}
	for _, s := range sites {
		sc, err := newScope(s)
		if err != nil {
			return nil, err
		}
		r.order = append(r.order, s.Name)
		r.sites[s.Name] = &siteRound{Site: s, scope: sc, listed: map[urlkey.Key]bool{}, count: archive.SiteRun{Site: s.Name}}
	}
	err := r.crawl(ctx, mode)
	if err != nil {
		err = fmt.Errorf("crawl: %w", err)
	}
	return r.counts(ctx), err
}

// Page asks for one page, whatever the frontier thinks of it, and follows it
// to its new address if it has moved.
func (c *Crawler) Page(ctx context.Context, run archive.Run, site Site, url string) (archive.SiteRun, error) {
	site.Allow, site.Deny, site.MaxPages = nil, nil, 0
	sc, err := newScope(site)
	if err != nil {
		return archive.SiteRun{}, err
	}
	s := &siteRound{Site: site, scope: sc, listed: map[urlkey.Key]bool{}, count: archive.SiteRun{Site: site.Name}}
	r := &round{Crawler: c, run: run, order: []string{site.Name}, sites: map[string]*siteRound{site.Name: s}, moved: make(chan struct{})}
	for range maxHops {
		key, err := urlkey.Of(url)
		if err != nil {
			return s.count, err
		}
		if ok, why := sc.host(url); !ok {
			return s.count, fmt.Errorf("%s is %s", url, why)
		}
		item := frontier.Item{URL: url, Page: key, Site: site.Name, Via: "by hand", Kind: frontier.Page}
		v := &visit{round: r, site: s, item: item, outcome: frontier.Outcome{Page: key}}
		if err := v.do(ctx); err != nil {
			return s.count, fmt.Errorf("crawl %s: %w", url, err)
		}
		link := v.link(url, frontier.Page, item.Via, time.Time{})
		link.Due = c.o.Now().Add(5 * time.Minute)
		if _, err := c.o.Frontier.Discover(ctx, []frontier.Link{link}); err != nil {
			return s.count, err
		}
		if len(v.links) == 0 {
			break
		}
		url = v.links[0].URL
	}
	return s.count, nil
}
