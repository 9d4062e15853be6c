package main

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"pressmark/archive"
	"pressmark/archive/ingest"
	"pressmark/cmd/pressmark/guest"
	"pressmark/crawler"
	"pressmark/crawler/fetch"
	"pressmark/crawler/frontier"
	"pressmark/crawler/robots"
	"pressmark/extract"
	"pressmark/schedules"
)

// A session is everything that a command needs to crawl: the engine, which it
// has made or which stands in the process that runs it, and a crawler of its own.
type session struct {
	*engine
	conf    *config
	crawler *crawler.Crawler
	room    *room          // may be nil
	fetch   *fetch.Fetcher // of this session alone; may be nil
	let     func() error   // lets go of what it holds
}

// sessionOptions say who opens a session and who watches it; the demo has a
// clock of its own.
type sessionOptions struct {
	holder   string
	daemon   bool  // it goes on for ever, and is not run beside another
	room     *room // waits for room on the disk; nil where a full one ends the command
	now      func() time.Time
	sleep    func(context.Context, time.Duration) error
	patience time.Duration
	progress func(crawler.Event)
	meter    *meter // may be nil
	log      *slog.Logger
	seen     func(archive.Sighting, *archive.Change) // of all runs
}

// session opens the archive and what crawls for it.
func (c *cli) session(conf *config, o sessionOptions) (s *session, err error) {
	if err := reachable(conf); err != nil {
		return nil, err
	}
	hidden, err := c.filters(conf)
	if err != nil {
		return nil, err
	}
	dir := conf.Archive
	if c.archive != "" {
		dir = c.archive
	}
	if c.asked != nil {
		return c.sessionBeside(dir, conf, o, hidden)
	}
	if o.now == nil {
		o.now = time.Now
	}
	o.log = c.log
	e := newEngine(conf, o)
	s = &session{engine: e, conf: conf, room: o.room}
	var server *guest.Server
	s.let = func() error {
		err := c.dismiss(server, o.holder)
		e.studio.close()
		if e.fetcher != nil {
			e.fetcher.Close()
		}
		if e.frontier != nil {
			err = errors.Join(err, e.frontier.Close())
		}
		return errors.Join(err, e.store.Close())
	}
	if e.store, err = c.openToCrawl(dir, o); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err, s = errors.Join(err, s.close()), nil
		}
	}()
	if e.frontier, err = frontier.Open(frontierPath(dir), frontier.Options{
		Now: o.now, Log: c.log, Gap: time.Duration(conf.Crawl.Delay), Groups: e.groups,
	}); err != nil {
		return s, err
	}
	if e.fetcher, err = newCrawlFetcher(conf); err != nil {
		return s, err
	}
	e.rules = newRules(e.fetcher, e.shelved())
	e.memory = crawler.OpenMemory(memoryPath(dir), c.log, o.now)
	e.reader = extract.VersionWith(hidden)
	e.ingest = ingest.New(e.store, ingest.Options{Log: c.log, Filters: hidden, Seen: func(x archive.Sighting, ch *archive.Change) {
		e.tell(x, ch)
		if o.seen != nil {
			o.seen(x, ch)
		}
	}})
	s.crawler = c.crawler(e, conf, e.fetcher, e.rules, o)
	server = c.serve(dir, &host{engine: e, holder: "pressmark " + o.holder})
	return s, nil
}

// openToCrawl opens an archive for crawls, makes it if it is not there, or has
// the command done by the process that holds it.
func (c *cli) openToCrawl(dir string, o sessionOptions) (*archive.Store, error) {
	ao := archive.Options{Wait: lockWait, Holder: "pressmark " + o.holder, Now: o.now, Log: c.log}
	open := c.open
	if o.daemon {
		open = archive.Open
	}
	store, err := open(dir, ao)
	if errors.Is(err, archive.ErrNotFound) {
		store, err = archive.Create(dir, ao)
	}
	if errors.Is(err, archive.ErrInUse) {
		err = hint(err, "one crawl at a time works on an archive")
	}
	return store, err
}

func (c *cli) crawler(e *engine, conf *config, f *fetch.Fetcher, rules *robots.Rules, o sessionOptions) *crawler.Crawler {
	var store crawler.Archive = e.store
	var queue frontier.Frontier = e.frontier
	if o.room != nil {
		store, queue = roomyArchive{e.store, o.room}, roomyFrontier{queue, o.room}
	}
	return crawler.New(crawler.Options{
		Archive: store, Frontier: queue, Fetch: virtual{f, e.now}, Rules: rules, Wall: e.wall, Push: &e.push, Render: &e.studio, Memory: e.memory,
		Agent: productToken, HeedNoArchive: conf.Crawl.NoArchive == "respect",
		Groups: e.groups, Workers: conf.Crawl.Workers, Patience: o.patience, Now: e.now, Sleep: e.sleep, Log: c.log, Progress: e.asked(c.log, o.progress),
	})
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
	if s.fetch != nil {
		s.fetch.Close()
	}
	if s.let == nil {
		return nil
	}
	return s.let()
}

// round makes one round of the sites as part of run, ingesting as it goes, and
// writes what came of it to the run.
func (s *session) round(ctx context.Context, run archive.Run, sites []crawler.Site, mode crawler.Mode) (archive.Run, error) {
	began := s.now()
	counts, err := s.work(ctx, run, sites, mode)
	took := s.now().Sub(began)
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
	if perr := s.room.insist(func() error { return s.store.PutRun(saving, run) }); err == nil {
		err = perr
	}
	s.ran(run, counts, took)
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
		err := s.room.insist(func() error { return s.ingest.Follow(ctx, wake) })
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
