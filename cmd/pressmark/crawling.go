package main

import (
	"context"
	"errors"
	"time"

	"pressmark/archive"
	"pressmark/archive/ingest"
	"pressmark/crawler"
	"pressmark/crawler/fetch"
	"pressmark/crawler/frontier"
	"pressmark/schedules"
)

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

// sessionOptions say who opens a session and who watches it; the demo has a
// clock of its own.
type sessionOptions struct {
	holder   string
	now      func() time.Time
	sleep    func(context.Context, time.Duration) error
	patience time.Duration
	progress func(crawler.Event)
	seen     func(archive.Sighting, *archive.Change)
}

// session opens the archive and what crawls for it.
func (c *cli) session(conf *config, o sessionOptions) (s *session, err error) {
	if err := reachable(conf); err != nil {
		return nil, err
	}
	if o.now == nil {
		o.now = time.Now
	}
	hidden, err := c.filters(conf)
	if err != nil {
		return nil, err
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
		Archive: s.store, Frontier: s.frontier, Fetch: virtual{s.fetcher, o.now}, Rules: newRules(s.fetcher, o.now), Wall: wall,
		Workers: conf.Crawl.Workers, Patience: o.patience, Now: o.now, Sleep: o.sleep, Log: c.log, Progress: o.progress,
	})
	s.ingest = ingest.New(s.store, ingest.Options{Log: c.log, Filters: hidden, Seen: o.seen})
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
	if s.frontier != nil {
		errs = append(errs, s.frontier.Close())
	}
	if s.store != nil {
		errs = append(errs, s.store.Close())
	}
	return errors.Join(errs...)
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
