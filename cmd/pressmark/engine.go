package main

import (
	"context"
	"fmt"
	"log/slog"
	"reflect"
	"slices"
	"sync"
	"time"

	"pressmark/archive"
	"pressmark/archive/ingest"
	"pressmark/crawler"
	"pressmark/crawler/fetch"
	"pressmark/crawler/frontier"
	"pressmark/crawler/robots"
	"pressmark/extract"
	filters "pressmark/extract/filter"
)

// An engine is what crawls of one process share: the archive that it holds,
// the queue with the right to ask a server, and the stage that draws the
// conclusions. What other processes crawl beside is done with it too.
type engine struct {
	conf     *config
	store    *archive.Store
	frontier *frontier.Bolt
	fetcher  *fetch.Fetcher
	rules    *robots.Rules
	ingest   *ingest.Ingester
	push     push              // what hubs tell
	studio   studio            // renders pages
	memory   *crawler.Memory   // what crawls learned of the sites
	reader   string            // the extractor, with its filters
	groups   map[string]string // of servers, by domain; as the frontier was opened
	now      func() time.Time
	sleep    func(context.Context, time.Duration) error
	log      *slog.Logger
	meter    *meter // may be nil

	mu       sync.Mutex
	watchers map[archive.RunID]func(archive.Sighting, *archive.Change)
	watched  *watchedSites     // of a daemon; else nil
	busy     map[string]string // sites that a round is at work on: whose
	ended    sync.Cond         // a round has ended
}

func newEngine(conf *config, o sessionOptions) *engine {
	e := &engine{
		conf: conf, groups: conf.groups(), now: o.now, sleep: o.sleep, log: o.log, meter: o.meter,
		watchers: map[archive.RunID]func(archive.Sighting, *archive.Change){}, busy: map[string]string{},
	}
	e.ended.L = &e.mu
	e.studio.engine = e
	return e
}

// shelved has what a robots.txt says kept beside the queue.
func (e *engine) shelved() robots.Options {
	return robots.Options{Now: e.now, Shelf: e.frontier, Log: e.log}
}

// watch calls seen for each conclusion from a run's captures.
func (e *engine) watch(run archive.RunID, seen func(archive.Sighting, *archive.Change)) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if seen == nil {
		delete(e.watchers, run)
	} else {
		e.watchers[run] = seen
	}
}

// tell passes a conclusion on to who watches its run.
func (e *engine) tell(s archive.Sighting, ch *archive.Change) {
	e.meter.seen(s, ch)
	e.mu.Lock()
	seen := e.watchers[s.Run]
	e.mu.Unlock()
	if seen != nil {
		seen(s, ch)
	}
}

// look has the engine know how the sites go.
func (e *engine) look(w *watchedSites) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.watched = w
}

func (e *engine) looking() *watchedSites {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.watched
}

// begin takes sites for a round, those that no other round is at work on, and
// names the others. end gives them back.
func (e *engine) begin(who string, sites []crawler.Site) (free []crawler.Site, taken []string, end func()) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, s := range sites {
		if by := e.busy[s.Name]; by != "" {
			taken = append(taken, fmt.Sprintf("%s (by %s)", s.Name, by))
		} else {
			free = append(free, s)
		}
	}
	return free, taken, e.take(who, free)
}

// wait takes sites for a round as soon as no other round is at work on any of them.
func (e *engine) wait(ctx context.Context, who string, sites []crawler.Site) (end func(), err error) {
	stop := context.AfterFunc(ctx, func() {
		e.mu.Lock()
		defer e.mu.Unlock()
		e.ended.Broadcast()
	})
	defer stop()
	e.mu.Lock()
	defer e.mu.Unlock()
	for ctx.Err() == nil && slices.ContainsFunc(sites, func(s crawler.Site) bool { return e.busy[s.Name] != "" }) {
		e.ended.Wait()
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return e.take(who, sites), nil
}

// take notes who is at work on sites. Called with mu held.
func (e *engine) take(who string, sites []crawler.Site) (end func()) {
	for _, s := range sites {
		e.busy[s.Name] = who
	}
	return func() {
		e.mu.Lock()
		defer e.mu.Unlock()
		for _, s := range sites {
			delete(e.busy, s.Name)
		}
		e.ended.Broadcast()
	}
}

// settings are the configuration and the extractor that hold now: a daemon
// reads its configuration again when it is told to.
func (e *engine) settings() (conf *config, reader string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.conf, e.reader
}

// settle has another configuration hold, and tells whether it reads pages
// otherwise.
func (e *engine) settle(conf *config, reader string) (otherwise bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	otherwise = e.reader != reader
	e.conf, e.reader = conf, reader
	return otherwise
}

// ask has servers asked in another way. What is being asked is not disturbed.
func (e *engine) ask(f *fetch.Fetcher, rules *robots.Rules) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.fetcher.Close() // but for what is at work
	e.fetcher, e.rules = f, rules
}

// sessionBeside is a session of another process's command. It asks servers in
// turn with this process's crawls. Where its configuration says otherwise how
// to crawl, that counts for its own requests.
func (c *cli) sessionBeside(dir string, conf *config, o sessionOptions, hidden *filters.Set) (*session, error) {
	e := c.host.engine
	if o.daemon || dir != c.asked.Archive {
		return nil, c.held(dir)
	}
	s := &session{engine: e, conf: conf}
	e.mu.Lock()
	fetcher, rules := e.fetcher, e.rules
	e.mu.Unlock()
	was, reader := e.settings()
	if conf.Contact != was.Contact || !reflect.DeepEqual(conf.Crawl, was.Crawl) {
		var err error
		if s.fetch, err = newCrawlFetcher(conf); err != nil {
			return nil, err
		}
		fetcher, rules = s.fetch, newRules(s.fetch, e.shelved())
	}
	if extract.VersionWith(hidden) != reader {
		c.say("pressmark: %s has other filter lists, and reads the pages with those", c.host.holder)
	}
	s.crawler = c.crawler(e, conf, fetcher, rules, o)
	return s, nil
}
