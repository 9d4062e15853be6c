package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"pressmark/archive"
	"pressmark/archive/ingest"
	"pressmark/crawler"
	"pressmark/crawler/fetch"
	"pressmark/crawler/frontier"
	"pressmark/crawler/robots"
	"pressmark/extract/urlkey"
	"pressmark/schedules"
)

// productToken is the name that robots.txt files address.
const productToken = "pressmark"

// userAgent says who asks and whom to complain to.
func userAgent(contact string) string {
	if contact == "" {
		return productToken + "/" + release
	}
	if strings.Contains(contact, "@") && !strings.Contains(contact, ":") {
		contact = "mailto:" + contact
	}
	return fmt.Sprintf("%s/%s (+%s)", productToken, release, contact)
}

func newFetcher(conf *config, log *slog.Logger) (*fetch.Fetcher, error) {
	return fetch.New(fetch.Options{
		UserAgent: userAgent(conf.Contact), Timeout: time.Duration(conf.Crawl.Timeout), MaxBytes: int64(conf.Crawl.MaxPageSize),
		PrivateNetworks: conf.Crawl.PrivateNetworks == "allow", Proxy: conf.Crawl.Proxy, Log: log,
	})
}

func newRules(f crawler.Fetcher, now func() time.Time) *robots.Rules {
	return crawler.ReadRules(f, productToken, now)
}

// follow asks for a URL and goes where it is sent, as a browser does.
func follow(ctx context.Context, f *fetch.Fetcher, raw string) (*fetch.Response, string, error) {
	at, err := urlkey.Clean(raw)
	if err != nil {
		return nil, "", usage(err)
	}
	for range 6 {
		res, err := f.Get(ctx, fetch.Request{URL: at})
		if errors.Is(err, fetch.ErrRefused) {
			err = hint(err, "set crawl: {private_networks: allow} in the configuration to reach this machine's own networks")
		}
		if err != nil {
			return nil, "", err
		}
		if res.Location == "" || res.Status < 300 || res.Status > 399 || res.Status == http.StatusNotModified {
			return res, at, nil
		}
		if at, err = urlkey.Resolve(at, res.Location); err != nil {
			return nil, "", fmt.Errorf("redirect of %s: %w", raw, err)
		}
	}
	return nil, "", fmt.Errorf("%s: too many redirects", raw)
}

// A session is everything that crawls: one archive, its frontier, one crawler,
// and the stage that draws the conclusions.
type session struct {
	conf     *config
	store    *archive.Store
	frontier *frontier.Bolt
	fetcher  *fetch.Fetcher
	crawler  *crawler.Crawler
	ingest   *ingest.Ingester
	now      func() time.Time
}

// sessionOptions are what the demo sets otherwise than a real crawl.
type sessionOptions struct {
	holder   string
	now      func() time.Time
	sleep    func(context.Context, time.Duration) error
	patience time.Duration
	progress func(crawler.Event)
	seen     func(archive.Sighting, *archive.Change)
}

// begin opens the archive and what crawls for it.
func (c *cli) session(conf *config, o sessionOptions) (s *session, err error) {
	if err := reachable(conf); err != nil {
		return nil, err
	}
	if o.now == nil {
		o.now = time.Now
	}
	opened := &session{conf: conf, now: o.now} // s is nil when an error is returned
	defer func() {
		if err != nil {
			err = errors.Join(err, opened.close())
		}
	}()
	s = opened
	dir := conf.Archive
	if c.archive != "" {
		dir = c.archive
	}
	ao := archive.Options{Wait: lockWait, Holder: "pressmark " + o.holder, Now: o.now, Log: c.log}
	s.store, err = archive.Open(dir, ao)
	if errors.Is(err, archive.ErrNotFound) {
		s.store, err = archive.Create(dir, ao)
	}
	if err != nil {
		if errors.Is(err, archive.ErrInUse) {
			err = hint(err, "one crawl at a time works on an archive")
		}
		return nil, err
	}
	if s.frontier, err = frontier.Open(frontierPath(dir), frontier.Options{Now: o.now, Log: c.log}); err != nil {
		return nil, err
	}
	if s.fetcher, err = newFetcher(conf, c.log); err != nil {
		return nil, err
	}
	s.crawler = crawler.New(crawler.Options{
		Archive: s.store, Frontier: s.frontier, Fetch: virtual{s.fetcher, o.now}, Rules: newRules(s.fetcher, o.now),
		Workers: conf.Crawl.Workers, Patience: o.patience, Now: o.now, Sleep: o.sleep, Log: c.log, Progress: o.progress,
	})
	s.ingest = ingest.New(s.store, ingest.Options{Log: c.log, Seen: o.seen})
	return s, nil
}

// virtual stamps answers with the session's clock, which the demo turns.
type virtual struct {
	*fetch.Fetcher
	now func() time.Time
}

func (v virtual) Get(ctx context.Context, r fetch.Request) (*fetch.Response, error) {
	res, err := v.Fetcher.Get(ctx, r)
	if res != nil {
		res.FetchedAt = v.now()
	}
	return res, err
}

func (s *session) close() error {
	var errs []error
	if s.fetcher != nil {
		s.fetcher.Close()
	}
	for _, x := range []io.Closer{s.frontier, s.store} {
		switch x := x.(type) {
		case *frontier.Bolt:
			if x != nil {
				errs = append(errs, x.Close())
			}
		case *archive.Store:
			if x != nil {
				errs = append(errs, x.Close())
			}
		}
	}
	return errors.Join(errs...)
}

// reachable refuses to crawl other people's servers without saying who asks.
func reachable(conf *config) error {
	if conf.Contact != "" {
		return nil
	}
	for _, s := range conf.sites() {
		if !loopback(s.URL) {
			return hint(&configFaults{path: conf.path, faults: []fault{{1, 1, "contact is missing: the people behind " + s.URL + " must be able to reach you"}}},
				"write contact: you@example.org into "+conf.path)
		}
	}
	return nil
}

func loopback(raw string) bool {
	u, err := url.Parse(raw)
	if err != nil {
		return false
	}
	h := u.Hostname()
	return h == "localhost" || h == "::1" || strings.HasPrefix(h, "127.")
}

// round makes one round of the sites as part of run, ingesting as it goes, and
// writes what came of it to the run.
func (s *session) round(ctx context.Context, run archive.Run, sites []crawler.Site, mode crawler.Mode) (archive.Run, error) {
	counts, err := s.work(ctx, run, sites, mode)
	run.Sites = merge(run.Sites, counts)
	saving := context.WithoutCancel(ctx)
	tallying := saving
	if ctx.Err() != nil { // whoever interrupts a crawl does not want to wait for its statistics
		var stop context.CancelFunc
		tallying, stop = context.WithTimeout(saving, tallyTime)
		defer stop()
	}
	if terr := s.tally(tallying, &run); err == nil {
		err = terr
	}
	if err == nil {
		run.Ended = s.now()
	}
	for i := range run.Sites {
		if n := &run.Sites[i]; err != nil && n.Pages == 0 && n.Blocked == "" { // or it would seem that there is nothing on it
			n.Blocked = "the crawl ended before there was a page of it"
		}
	}
	if run.Schedule == "" { // the history writes down how a scheduled one ended
		switch {
		case err == nil:
			run.Status, run.Why = schedules.Done, ""
		case ctx.Err() != nil:
			run.Status, run.Why = interrupted, "the program was stopped"
		default:
			run.Status, run.Why = schedules.Failed, err.Error()
		}
	}
	if perr := s.store.PutRun(saving, run); err == nil {
		err = perr
	}
	return run, err
}

// interrupted is the status of a run that the next crawl goes on with.
const interrupted = "interrupted"

// tallyTime bounds the counting at the end of an interrupted round. A large
// run is counted when it has been gone on with.
const tallyTime = time.Second

// work crawls, and ingests side by side with it. When either fails the other ends.
func (s *session) work(ctx context.Context, run archive.Run, sites []crawler.Site, mode crawler.Mode) ([]archive.SiteRun, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	wake := make(chan struct{}, 1)
	ingested := make(chan error, 1)
	go func() {
		err := s.ingest.Follow(ctx, wake)
		if err != nil {
			cancel()
		}
		ingested <- err
	}()
	crawled := make(chan struct{})
	go func() {
		defer close(wake)
		tick := time.NewTicker(500 * time.Millisecond) // each step is a commit of its own
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				select {
				case wake <- struct{}{}:
				default:
				}
			case <-crawled:
				return
			}
		}
	}()
	counts, err := s.crawler.Round(ctx, run, sites, mode)
	close(crawled)
	if ierr := <-ingested; err == nil || ierr != nil && !errors.Is(ierr, context.Canceled) {
		err = ierr
	}
	return counts, err
}

// merge adds the counts of a run's continuation to those before its interruption.
func merge(old, add []archive.SiteRun) []archive.SiteRun {
	for _, n := range add {
		i := slices.IndexFunc(old, func(o archive.SiteRun) bool { return o.Site == n.Site })
		if i < 0 {
			old = append(old, n)
		} else {
			old[i] = sum(old[i], n)
		}
	}
	return old
}

func sum(a, b archive.SiteRun) archive.SiteRun {
	a.Requests += b.Requests
	a.Pages += b.Pages
	a.NotModified += b.NotModified
	a.Listed = max(a.Listed, b.Listed)
	for _, gone := range []string{"budget", "blocked", "pace"} { // what was left then has been seen to
		delete(a.Skipped, gone)
	}
	a.Skipped, a.Failed = add(a.Skipped, b.Skipped), add(a.Failed, b.Failed)
	a.Blocked = b.Blocked
	if b.Note != crawler.NothingNew || a.Pages == 0 {
		a.Note = b.Note
	}
	told := map[string]int{}
	a.Misses = slices.DeleteFunc(append(a.Misses, b.Misses...), func(m archive.Miss) bool {
		told[m.Reason]++
		return told[m.Reason] > crawler.ToldMisses
	})
	return a
}

func add(a, b map[string]int) map[string]int {
	if a == nil {
		return b
	}
	for k, n := range b {
		a[k] += n
	}
	return a
}

// tally counts a run's pages by what they turned out to be. The archive knows,
// whatever became of the process that crawled. After an error the run's counts
// are what they were.
func (s *session) tally(ctx context.Context, run *archive.Run) error {
	type sums struct {
		pages, notModified, notices int
		outcomes                    map[archive.Outcome]int
	}
	bySite := map[string]*sums{}
	for _, n := range run.Sites {
		bySite[n.Site] = &sums{outcomes: map[archive.Outcome]int{}}
	}
	for x, err := range s.store.SightingsOfRun(ctx, run.ID) {
		if err != nil {
			return err
		}
		var site string
		if len(run.Sites) == 1 {
			site = run.Sites[0].Site
		} else if err := s.store.View(func(tx *archive.Tx) error {
			p, _, err := tx.Page(x.Page)
			site = p.Site
			return err
		}); err != nil {
			return err
		}
		n := bySite[site]
		if n == nil {
			continue
		}
		n.pages++
		n.outcomes[x.Outcome]++
		if x.Version > 0 {
			n.notices += x.Removed["notice"]
		}
		if x.Status == http.StatusNotModified {
			n.notModified++
		}
	}
	for i := range run.Sites {
		n := bySite[run.Sites[i].Site]
		run.Sites[i].Pages, run.Sites[i].NotModified, run.Sites[i].Notices, run.Sites[i].Outcomes = n.pages, n.notModified, n.notices, n.outcomes
	}
	return nil
}
