package main

import (
	"strconv"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"pressmark/archive"
	"pressmark/crawler"
	"pressmark/schedules"
)

// A meter counts what a process does, for who watches it. What can be looked
// up when somebody asks is looked up then: see gauges. A nil meter counts
// nothing.
//
// Labels come from the configuration and from closed lists, never from the
// web: however hostile a site is, it can't make more of them.
type meter struct {
	registry *prometheus.Registry

	requests, bytes, skipped, missed, concluded, changes, runs, reports *prometheus.CounterVec
	versions                                                            prometheus.Counter
	took                                                                *prometheus.HistogramVec

	mu    sync.Mutex
	sites map[string]bool // of the configuration, as it was and as it is
}

// outside stands for sites that are not in the configuration, as crawl --url asks for.
const outside = "(other)"

// newMeter makes a meter for the sites of a configuration.
func newMeter() *meter {
	m := &meter{registry: prometheus.NewRegistry(), sites: map[string]bool{}}
	counter := func(name string) *prometheus.CounterVec {
		d := measureOf(name)
		v := prometheus.NewCounterVec(prometheus.CounterOpts{Name: d.name, Help: d.help}, d.labels)
		m.registry.MustRegister(v)
		return v
	}
	m.requests, m.bytes = counter("pressmark_requests_total"), counter("pressmark_received_bytes_total")
	m.skipped, m.missed = counter("pressmark_skipped_total"), counter("pressmark_failed_total")
	m.concluded, m.changes = counter("pressmark_captures_read_total"), counter("pressmark_changes_total")
	m.runs, m.reports = counter("pressmark_runs_total"), counter("pressmark_reports_total")
	m.versions = counter("pressmark_versions_total").WithLabelValues()
	took := measureOf("pressmark_request_seconds")
	m.took = prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: took.name, Help: took.help, Buckets: []float64{.05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60},
	}, took.labels)
	build := measureOf("pressmark_build_info")
	m.registry.MustRegister(m.took, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: build.name, Help: build.help, ConstLabels: prometheus.Labels{"version": release}}, func() float64 { return 1 }))
	return m
}

// know lets the meter tell the sites of a configuration by their names.
func (m *meter) know(conf *config) {
	if m == nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, s := range conf.Sites {
		m.sites[s.name()] = true
	}
}

// site is the label of a site.
func (m *meter) site(name string) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.sites[name] {
		return name
	}
	return outside
}

// asked counts a request.
func (m *meter) asked(e crawler.Event) {
	if m == nil {
		return
	}
	site, class := m.site(e.Site), "none"
	if c := e.Status / 100; c >= 1 && c <= 5 {
		class = strconv.Itoa(c) + "xx"
	}
	m.requests.WithLabelValues(site, class, e.Reason).Inc()
	m.bytes.WithLabelValues(site).Add(float64(e.Bytes))
	m.took.WithLabelValues(e.Kind).Observe(e.Took.Seconds())
}

// seen counts a conclusion.
func (m *meter) seen(x archive.Sighting, ch *archive.Change) {
	if m == nil {
		return
	}
	m.concluded.WithLabelValues(string(x.Outcome)).Inc()
	if x.Outcome == archive.New || x.Outcome == archive.Changed {
		m.versions.Inc()
	}
	if ch != nil {
		m.changes.WithLabelValues(strconv.Itoa(ch.Diff.Grade)).Inc()
	}
}

// crawled counts what a round left out of its sites, and why.
func (m *meter) crawled(list []archive.SiteRun) {
	if m == nil {
		return
	}
	for _, n := range list {
		site := m.site(n.Site)
		for why, k := range n.Skipped {
			m.skipped.WithLabelValues(site, skipReason(why)).Add(float64(k))
		}
		for why, k := range n.Failed {
			m.missed.WithLabelValues(site, failReason(why)).Add(float64(k))
		}
	}
}

// fired counts what became of a scheduled run.
func (m *meter) fired(f schedules.Fire) {
	if m != nil {
		m.runs.WithLabelValues(m.site(f.Schedule), f.Status).Inc()
	}
}

// told counts what became of a report to a destination.
func (m *meter) told(out delivery) {
	if m == nil {
		return
	}
	outcome := "told"
	switch {
	case out.err != nil:
		outcome = "failed"
	case out.Messages == 0:
		outcome = "nothing"
	}
	m.reports.WithLabelValues(out.Report, out.kind, outcome).Inc()
}

// byHand counts what became of a crawl without a schedule.
func (m *meter) byHand(status string) {
	if m != nil {
		m.runs.WithLabelValues("", status).Inc()
	}
}

// skipReason keeps the reasons why a page was not asked for that are known.
func skipReason(why string) string {
	switch why {
	case "robots", "robots unreadable", "scope", "outside", "redirect", "budget", "blocked", "pace", "url", "trap", "soft 404", "taken down", "noarchive", "quiet hours", crawler.ListsNothing:
		return why
	}
	return "other"
}

// failReason keeps those why there was no answer: a word of package fetch, or a status.
func failReason(why string) string {
	if n, err := strconv.Atoi(why); err == nil {
		if n == 403 || n == 429 || n >= 500 && n <= 504 {
			return why
		}
		return strconv.Itoa(n/100%10) + "xx"
	}
	if len(why) > 40 {
		return "other"
	}
	return why
}

// seconds is a time as Prometheus has it; 0 for none.
func seconds(t time.Time) float64 {
	if t.IsZero() {
		return 0
	}
	return float64(t.UnixMilli()) / 1000
}
