package main

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"pressmark/archive"
	"pressmark/archive/ingest"
	"pressmark/crawler/frontier"
)

// gauges are what is looked up when somebody asks: the queue, the archive, the
// sites and the disk.
type gauges struct {
	e       *engine
	dir     string
	room    *room
	sites   *watchedSites
	conf    func() *config
	paused  *pauseWatch
	columns map[string]*prometheus.Desc
}

func newGauges(e *engine, dir string, space *room, sites *watchedSites, conf func() *config, paused *pauseWatch) *gauges {
	g := &gauges{e: e, dir: dir, room: space, sites: sites, conf: conf, paused: paused, columns: map[string]*prometheus.Desc{}}
	for _, m := range measures() {
		g.columns[m.name] = prometheus.NewDesc(m.name, m.help, m.labels, nil)
	}
	return g
}

// Describe implements prometheus.Collector. It describes nothing: what is
// collected is checked then.
func (g *gauges) Describe(chan<- *prometheus.Desc) {}

// Collect implements prometheus.Collector.
func (g *gauges) Collect(out chan<- prometheus.Metric) {
	put := func(name string, v float64, labels ...string) {
		out <- prometheus.MustNewConstMetric(g.columns[name], prometheus.GaugeValue, v, labels...)
	}
	ctx, stop := context.WithTimeout(context.Background(), listenAnswer)
	defer stop()
	g.queue(ctx, put)
	g.archive(ctx, put)
	for _, s := range g.conf().Sites {
		name := s.name()
		r := g.sites.state(name)
		put("pressmark_site_last_run_timestamp_seconds", seconds(r.run), name)
		put("pressmark_site_last_success_timestamp_seconds", seconds(r.ok), name)
		put("pressmark_site_last_new_timestamp_seconds", seconds(r.fresh), name)
		put("pressmark_site_quiet", truth(r.quiet), name)
		p, paused := g.paused.of(name)
		put("pressmark_site_paused", truth(paused && p.Holds(time.Now())), name)
	}
	if free, _, err := diskRoom(g.dir); err == nil {
		put("pressmark_disk_free_bytes", float64(free))
	}
	put("pressmark_waiting_for_room", truth(g.room.isWaiting()))
}

func truth(is bool) float64 {
	if is {
		return 1
	}
	return 0
}

func (g *gauges) queue(ctx context.Context, put func(string, float64, ...string)) {
	st, err := g.e.frontier.Stats(ctx, nil)
	if err != nil {
		return // the crawl meets it, and says it
	}
	for state, n := range map[string]int{"waiting": st.Waiting, "due": st.Due, "gone": st.Gone, "retired": st.Retired} {
		put("pressmark_queue_pages", float64(n), state)
	}
	put("pressmark_queue_failing", float64(st.Failing))
	put("pressmark_queue_blocked_groups", float64(len(st.Blocked)))
	put("pressmark_queue_leases", float64(len(st.Leases)))
	put("pressmark_queue_overdue_seconds", g.overdue(ctx, st).Seconds())
}

// dueLooked is how many of the items that are due are looked at for the one
// that has waited longest.
const dueLooked = 1000

// overdue is for how long the item that waits longest could have been asked
// for: not while its site is paused or its server left alone. News is due long
// before it was seen, so as to come first, and does not wait since then.
func (g *gauges) overdue(ctx context.Context, st frontier.Stats) time.Duration {
	now := g.e.now()
	var sites []string
	for _, s := range g.conf().Sites {
		if p, paused := g.paused.of(s.name()); !paused || !p.Holds(time.Now()) {
			sites = append(sites, s.name())
		}
	}
	if len(sites) == 0 { // which would be all
		return 0
	}
	alone := map[string]bool{}
	for _, b := range st.Blocked {
		alone[b.Group] = true
	}
	var late time.Duration
	for item, err := range g.e.frontier.List(ctx, frontier.Query{Sites: sites, Until: now, Limit: dueLooked}) {
		if err != nil {
			break // the crawl meets it, and says it
		}
		if alone[item.Group] {
			continue
		}
		since := item.Due
		for _, t := range []time.Time{item.FirstSeen, item.LastChecked} {
			if t.After(since) {
				since = t
			}
		}
		late = max(late, now.Sub(since))
	}
	return late
}

func (g *gauges) archive(ctx context.Context, put func(string, float64, ...string)) {
	st, err := g.e.store.Stats()
	if err != nil {
		return
	}
	for kind, n := range map[string]int{
		"captures": st.Captures, "bodies": st.Bodies, "pages": st.Pages, "versions": st.Versions,
		"changes": st.Changes, "stories": st.Stories, "runs": st.Runs,
	} {
		put("pressmark_archive_records", float64(n), kind)
	}
	put("pressmark_archive_bytes", float64(st.Catalog), "catalog")
	put("pressmark_archive_bytes", float64(st.Raw), "raw")
	put("pressmark_archive_volumes", float64(st.Volumes))
	if n, err := unread(ctx, g.e.store, 10_000); err == nil {
		put("pressmark_ingest_behind_captures", float64(n))
	}
}

// unread counts the captures that wait to be read, up to a number.
func unread(ctx context.Context, store *archive.Store, most int) (n int, err error) {
	var at archive.Seq
	if err := store.View(func(tx *archive.Tx) (err error) {
		at, err = tx.Cursor(ingest.Cursor)
		return err
	}); err != nil {
		return 0, err
	}
	for _, err := range store.Captures(ctx, at) {
		if err != nil {
			return n, err
		}
		if n++; n >= most {
			break
		}
	}
	return n, nil
}
