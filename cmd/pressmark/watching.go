package main

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"pressmark/archive"
	"pressmark/crawler"
)

// watchedSites knows of each site how it goes, from the runs as they end, and
// says once when one goes quiet, and once when it speaks again.
type watchedSites struct {
	log  *slog.Logger
	zone func() *time.Location

	mu     sync.Mutex
	rhythm rhythms
	quiet  map[string]silence
}

// A siteState is how a site goes.
type siteState struct {
	run, ok, fresh time.Time // the last crawl, one without trouble, one with a new page
	quiet          bool
}

// watchSites learns from the archive how the sites went so far.
func watchSites(ctx context.Context, store *archive.Store, now time.Time, log *slog.Logger, zone func() *time.Location) (*watchedSites, error) {
	m, err := readRhythms(ctx, store, now)
	return &watchedSites{log: log, zone: zone, rhythm: m, quiet: map[string]silence{}}, err
}

// look says which of some sites are quiet, of those of which it was not said.
func (w *watchedSites) look(sites []crawler.Site) {
	zone := w.zone()
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, s := range sites {
		w.judge(s.Name, zone)
	}
}

// judge finds out whether a site is quiet, and says so once. Called with mu held.
func (w *watchedSites) judge(site string, zone *time.Location) {
	q, is := w.rhythm.of(site).quiet(zone)
	_, was := w.quiet[site]
	switch {
	case is:
		w.quiet[site] = q
		if !was {
			w.log.Warn("a site went quiet", "site", site, "since", q.Since.UTC().Format(time.RFC3339),
				"usual_a_day", int(q.Usual+0.5), "longest_gap", duration(q.Longest.Round(time.Minute)).String(), "evidence", q.Evidence)
		}
	case was:
		delete(w.quiet, site)
		w.log.Info("a site that was quiet has news again", "site", site)
	}
}

// ran takes in a run that has ended.
func (w *watchedSites) ran(run archive.Run) {
	if w == nil {
		return
	}
	zone := w.zone()
	w.mu.Lock()
	defer w.mu.Unlock()
	w.rhythm.add(run)
	for _, n := range run.Sites {
		w.judge(n.Site, zone)
	}
}

// silence is that of a site that is quiet.
func (w *watchedSites) silence(site string) (q silence, is bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	q, is = w.quiet[site]
	return q, is
}

// state is how a site goes.
func (w *watchedSites) state(site string) siteState {
	w.mu.Lock()
	defer w.mu.Unlock()
	r := w.rhythm[site]
	if r == nil {
		return siteState{}
	}
	_, quiet := w.quiet[site]
	return siteState{run: r.lastRun, ok: r.lastOK, fresh: r.lastNew, quiet: quiet}
}

// asked has each request logged and counted, and told to who watches.
func (e *engine) asked(log *slog.Logger, tell func(crawler.Event)) func(crawler.Event) {
	return func(ev crawler.Event) {
		log.Debug("asked", "site", ev.Site, "url", ev.URL, "kind", ev.Kind, "status", ev.Status, "reason", ev.Reason, "took_ms", ev.Took.Milliseconds(), "bytes", ev.Bytes)
		if ev.Kind == "robots" { // it may well not be there
			return
		}
		e.meter.asked(ev)
		if tell != nil {
			tell(ev)
		}
	}
}

// ran logs and counts what a round came to. counts are what it did itself, in
// the time that it took; the run may have gone on with another's.
func (e *engine) ran(run archive.Run, counts []archive.SiteRun, took time.Duration) {
	e.meter.crawled(counts)
	if run.Schedule == "" {
		e.meter.byHand(run.Status)
	}
	e.looking().ran(run)
	for _, n := range run.Sites {
		o := n.Outcomes
		level := slog.LevelInfo
		if idle(n) {
			level = slog.LevelDebug
		}
		e.log.Log(context.Background(), level, "crawled", "run", run.ID, "schedule", run.Schedule, "cause", run.Cause, "site", n.Site,
			"requests", n.Requests, "bytes", n.Bytes, "pages", n.Pages, "not_modified", n.NotModified,
			"new", o[archive.New], "changed", o[archive.Changed], "walls", o[archive.Walls],
			"failed", countAll(n.Failed), "skipped", countAll(n.Skipped), "took_ms", took.Milliseconds(), "trouble", trouble(n))
	}
}

func countAll(counts map[string]int) (n int) {
	for _, k := range counts {
		n += k
	}
	return n
}

// silences are those of the sites that are quiet after a round of them.
func (s *session) silences(ctx context.Context, sites []archive.SiteRun, zone *time.Location) (map[string]silence, error) {
	watched := s.looking()
	of := watched.silence
	if watched == nil {
		m, err := readRhythms(ctx, s.store, s.now())
		if err != nil {
			return nil, err
		}
		of = func(site string) (silence, bool) { return m.of(site).quiet(zone) }
	}
	found := map[string]silence{}
	for _, n := range sites {
		if q, is := of(n.Site); is {
			found[n.Site] = q
		}
	}
	return found, nil
}
