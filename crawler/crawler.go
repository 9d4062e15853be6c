// Package crawler makes the rounds: it asks a site's feeds, sitemaps and
// section pages for articles, decides which of them to ask for, politely, and
// hands over what the servers answered.
//
// It is driven by the frontier: a round puts in what it knows, claims one
// politeness group after the other, and every outcome is durable before the
// group may be claimed again. A round that was killed goes on where it stood
// when it is started again with the same run. Rounds may go on side by side,
// of one Crawler or of several on one frontier: a group is asked by one at a
// time, whoever it is.
package crawler

import (
	"context"
	"errors"
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

// Rules say what a site allows. ReadRules makes them.
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

	// Wall says why an answer is a wall that stands in a page's place, such as a
	// consent wall or a challenge; nil means that none is. A page behind one is
	// asked for again later, and a site that shows nothing else is left alone.
	Wall func(archive.Capture) (why string, is bool)

	// HeedNoArchive leaves out pages that say noarchive, to all robots or to
	// Agent, a product token. Otherwise the run tells how many there were.
	HeedNoArchive bool
	Agent         string

	// Groups names registrable domains, or hosts with ports, whose servers are
	// one group, by the group's name; the same that the frontier was opened with.
	Groups map[string]string

	// Push, if it is not nil, is told by others when a feed has changed.
	Push Push

	// Render, if it is not nil, renders pages that are empty without scripts.
	Render Renderer

	// Memory is what is known of the sites, and may be another Crawler's too;
	// nil begins with nothing and ends with the Crawler.
	Memory *Memory

	Workers  int                                              // groups asked at the same time, over all rounds; 0 means 8
	Patience time.Duration                                    // the longest wait for a group that asks for a pause, within a round; 0 means 30 s, negative none
	Now      func() time.Time                                 // nil means time.Now
	Sleep    func(ctx context.Context, d time.Duration) error // nil means real time
	Log      *slog.Logger
	Progress func(Event) // called for each request, by several goroutines; may be nil
}

// An Event is one request, for who watches.
type Event struct {
	Site   string
	URL    string
	Kind   string // as in package frontier; "resource" is for a page's scripts, "robots" a robots.txt
	Status int    // 0 when there was no answer
	Reason string // why there was none
	Took   time.Duration
	Bytes  int64 // of the answer, as they came over the network
}

// A Crawler makes rounds.
type Crawler struct {
	o     Options
	hands chan struct{} // one for each group that is being asked
	bell  bell          // rung when a lease is given back

	ledger  ledger
	memory  *Memory
	lessons lessons

	resources resources // of rendered pages
}

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
		o.Sleep = Sleep
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Wall == nil {
		o.Wall = func(archive.Capture) (string, bool) { return "", false }
	}
	if o.Progress == nil {
		o.Progress = func(Event) {}
	}
	if o.Memory == nil {
		o.Memory = NewMemory()
	}
	return &Crawler{o: o, hands: make(chan struct{}, o.Workers), memory: o.Memory}
}

// Sleep waits for d, or until ctx ends, whose error it returns.
func Sleep(ctx context.Context, d time.Duration) error {
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
// ctx is counted and kept. A run that goes on after an interruption brings
// along what its sites' budgets were spent on, in Run.Sites.
func (c *Crawler) Round(ctx context.Context, run archive.Run, sites []Site, mode Mode) ([]archive.SiteRun, error) {
	r := c.round(run, mode)
	for _, s := range sites {
		if err := r.add(s); err != nil {
			return nil, err
		}
	}
	defer c.memory.keep(true)
	const lives = 3 // of a frontier that is found damaged and starts anew
	err := r.crawl(ctx)
	for n := 1; n < lives && errors.Is(err, frontier.ErrDamaged); n++ {
		c.o.Log.Warn("the round starts again", "error", err)
		err = r.crawl(ctx)
	}
	if err != nil {
		err = fmt.Errorf("crawl: %w", err)
	}
	return r.counts(ctx), err
}

// Page asks for one page, whatever the frontier thinks of it, and follows it
// to its new address if it has moved. A group that asked for a pause gets it,
// and one that others are asking is asked in turn with them.
func (c *Crawler) Page(ctx context.Context, run archive.Run, site Site, url string) (archive.SiteRun, error) {
	site.Allow, site.Deny, site.MaxPages = nil, nil, 0
	r := c.round(run, All)
	err := r.add(site)
	if err != nil {
		return archive.SiteRun{}, err
	}
	defer c.memory.keep(true)
	s := r.sites[site.Name]
	for hop := 0; url != "" && hop < maxHops; hop++ { // each may lead to another group
		if url, err = r.byHand(ctx, s, url); err != nil {
			return s.tally(), err
		}
	}
	return s.tally(), nil
}

// byHand asks for one page in a turn of its group's; next is where it has moved.
func (r *round) byHand(ctx context.Context, s *siteRound, url string) (next string, err error) {
	lease, err := r.lease(ctx, s, url)
	if err != nil {
		return "", fmt.Errorf("crawl %s: %w", url, err)
	}
	t := r.turn(lease)
	t.site = s
	if next, err = r.page(ctx, s, t, url); err != nil {
		err = fmt.Errorf("crawl %s: %w", url, err)
	}
	cerr := r.complete(ctx, t, frontier.Batch{})
	r.bell.ring()
	if err == nil && !errors.Is(cerr, frontier.ErrLeaseLost) { // the page is kept all the same
		err = cerr
	}
	return next, err
}

// handWait is how long a page that a person asks for waits for the group's turn.
const handWait = 2 * time.Minute

// lease waits until a URL's group may be asked, and takes it.
func (r *round) lease(ctx context.Context, s *siteRound, url string) (*frontier.Lease, error) {
	if ok, why := s.scope.host(url); !ok {
		return nil, fmt.Errorf("it is %s", why)
	}
	group, err := r.group(url)
	if err != nil {
		return nil, err
	}
	if err := r.left(ctx, s, group); err != nil {
		return nil, err
	}
	const pause = 20 * time.Millisecond
	for waited := time.Duration(0); ; waited += pause {
		l, err := r.o.Frontier.Claim(ctx, frontier.Claim{Worker: fmt.Sprintf("run %d", r.run.ID), TTL: leaseTTL, Group: group})
		if !errors.Is(err, frontier.ErrNone) {
			return l, err
		}
		if waited >= handWait {
			return nil, fmt.Errorf("%s is being asked for other pages, or wants a pause: its turn has not come in %s", group, handWait)
		}
		if err := r.o.Sleep(ctx, pause); err != nil {
			return nil, err
		}
	}
}

// left is the error of a site that is left alone for a while.
func (r *round) left(ctx context.Context, s *siteRound, group string) error {
	if err := r.recall(ctx, &s.Site); err != nil {
		return err
	}
	if why, rests := r.rests(&s.Site); rests {
		return why
	}
	stats, err := r.o.Frontier.Stats(ctx, []string{s.Name})
	if err != nil {
		return err
	}
	for _, b := range stats.Blocked {
		if b.Group == group {
			return fmt.Errorf("%s is left alone until %s: %s", b.Group, s.moment(b.Until), b.Why)
		}
	}
	return nil
}

// page asks for one page out of turn; next is where it has moved.
func (r *round) page(ctx context.Context, s *siteRound, t *turn, url string) (next string, err error) {
	if ok, why := s.scope.host(url); !ok {
		return "", fmt.Errorf("it is %s", why)
	}
	key, err := urlkey.Of(url)
	if err != nil {
		return "", err
	}
	item := frontier.Item{URL: url, Page: key, Site: s.Name, Via: handed, Kind: frontier.Page, Group: t.lease.Group}
	v := &visit{round: r, site: s, turn: t, item: item, outcome: frontier.Outcome{Page: key}}
	if err := v.do(withTurn(ctx, t)); err != nil {
		return "", err
	}
	link := v.link(url, frontier.Page, item.Via)
	link.Due = r.o.Now().Add(5 * time.Minute)
	if _, err := r.o.Frontier.Discover(ctx, []frontier.Link{link}); err != nil {
		return "", err
	}
	if !v.block.IsZero() {
		if err := r.o.Frontier.Block(ctx, t.lease.Group, v.block, v.blockWhy); err != nil {
			return "", err
		}
	}
	if len(v.links) == 0 {
		return "", nil
	}
	return v.links[0].URL, nil
}
