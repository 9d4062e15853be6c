package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

// A measure is a metric with what it means: the page and the help are made of
// the same table.
type measure struct {
	name, kind, help string
	labels           []string
}

func measures() []measure {
	site := []string{"site"}
	return []measure{
		{"pressmark_requests_total", "counter", "Requests (but for robots.txt) by site, class of the answer's status (none: no answer) and reason why there was none.", []string{"site", "class", "reason"}},
		{"pressmark_received_bytes_total", "counter", "Bytes of answers, as they came over the network.", site},
		{"pressmark_request_seconds", "histogram", "How long servers took to answer, by what was asked for.", []string{"kind"}},
		{"pressmark_failed_total", "counter", "Pages and lists that gave no usable answer, by reason, as runs show has them.", []string{"site", "reason"}},
		{"pressmark_skipped_total", "counter", "Pages that were not asked for, by reason: robots, scope, budget, blocked, pace.", []string{"site", "reason"}},
		{"pressmark_captures_read_total", "counter", "Captures read, by what they turned out to be: new, changed, same, unchanged, wall.", []string{"outcome"}},
		{"pressmark_versions_total", "counter", "Versions found: new articles and new texts of known ones.", nil},
		{"pressmark_changes_total", "counter", "Changes found, by grade: 0 none to 3 grave.", []string{"grade"}},
		{"pressmark_runs_total", "counter", "Runs by schedule (empty: by hand) and outcome: done, failed, skipped, missed, cancelled, overran.", []string{"schedule", "outcome"}},
		{"pressmark_reports_total", "counter", "What became of reports that were due, by destination: told, nothing (there was nothing to tell), failed.", []string{"report", "kind", "outcome"}},
		{"pressmark_site_last_run_timestamp_seconds", "gauge", "When the site was last crawled.", site},
		{"pressmark_site_last_success_timestamp_seconds", "gauge", "When a crawl of the site last went without trouble.", site},
		{"pressmark_site_last_new_timestamp_seconds", "gauge", "When a crawl of the site last brought a new page.", site},
		{"pressmark_site_quiet", "gauge", "1 when the site has brought nothing new for longer than it ever does.", site},
		{"pressmark_site_paused", "gauge", "1 while the site is paused.", site},
		{"pressmark_queue_pages", "gauge", "Pages, feeds, sitemaps and sections in the queue, by state: waiting, due, gone, retired.", []string{"state"}},
		{"pressmark_queue_failing", "gauge", "Of these, those whose last request failed.", nil},
		{"pressmark_queue_overdue_seconds", "gauge", "For how long the longest has waited that could be asked for: its site not paused, its server not left alone.", nil},
		{"pressmark_queue_blocked_groups", "gauge", "Groups of hosts that are left alone for a while.", nil},
		{"pressmark_queue_leases", "gauge", "Groups of hosts that are being asked now.", nil},
		{"pressmark_ingest_behind_captures", "gauge", "Captures that are not read yet; counting ends at 10,000.", nil},
		{"pressmark_archive_records", "gauge", "What the archive holds: captures, bodies, pages, versions, changes, stories, runs.", []string{"kind"}},
		{"pressmark_archive_bytes", "gauge", "Size of the archive on disk: catalog, raw.", []string{"part"}},
		{"pressmark_archive_volumes", "gauge", "Raw volumes.", nil},
		{"pressmark_disk_free_bytes", "gauge", "Room left on the archive's disk.", nil},
		{"pressmark_waiting_for_room", "gauge", "1 while crawls wait, since the disk is full.", nil},
		{"pressmark_build_info", "gauge", "Always 1; the label is the program's version.", []string{"version"}},
	}
}

// measureOf is the row of the table with a name. All names are in the program.
func measureOf(name string) measure {
	for _, m := range measures() {
		if m.name == name {
			return m
		}
	}
	return measure{name: name}
}

func (c *cli) metricsTopic() *cobra.Command {
	var b strings.Builder
	b.WriteString(`pressmark run serves Prometheus metrics at /metrics, and at /healthz whether it can work,
when it is told where:

  metrics: 127.0.0.1:9187         in the configuration, or
  pressmark run --metrics 127.0.0.1:9187

Both say what is crawled to whoever can reach the address: keep to loopback, or to a
network of your own. /healthz answers 200, or 503 with what is wrong.

`)
	for _, m := range measures() {
		labels := ""
		if len(m.labels) > 0 {
			labels = "{" + strings.Join(m.labels, ", ") + "}"
		}
		fmt.Fprintf(&b, "%s%s  %s\n    %s\n", m.name, labels, m.kind, m.help)
	}
	b.WriteString(`go_*, process_*
    Go's runtime, and what the process takes: memory, files, processor time.

Labels are names of sites of your configuration and words of closed lists; sites that are
not in it, as crawl --url asks for, count as "(other)".

Alerts worth having (a file of rules for Prometheus):

  groups:
  - name: pressmark
    rules:
    - {alert: PressmarkDown, expr: 'up{job="pressmark"} == 0', for: 5m}
    - {alert: SiteWithoutSuccess, expr: 'time() - pressmark_site_last_success_timestamp_seconds > 86400 and pressmark_site_last_run_timestamp_seconds > 0 unless pressmark_site_paused == 1'}
    - {alert: SiteQuiet, expr: 'pressmark_site_quiet == 1', for: 1h}
    - {alert: QueueLate, expr: 'pressmark_queue_overdue_seconds > 3600', for: 15m}
    - {alert: IngestBehind, expr: 'pressmark_ingest_behind_captures > 1000', for: 15m}
    - {alert: DiskFullInThreeDays, expr: 'predict_linear(pressmark_disk_free_bytes[1d], 3 * 86400) < 0', for: 1h}
    - {alert: DiskFull, expr: 'pressmark_waiting_for_room == 1'}
    - {alert: ManyFailures, expr: 'sum by (site) (rate(pressmark_failed_total[1h])) > 0.5 * sum by (site) (rate(pressmark_requests_total[1h]))', for: 1h}
    - {alert: ReportsFail, expr: 'increase(pressmark_reports_total{outcome="failed"}[1h]) > 0'}
    - {alert: RunsFail, expr: 'increase(pressmark_runs_total{outcome=~"failed|overran|missed"}[6h]) > 0'}
`)
	return &cobra.Command{Use: "metrics", Short: "What pressmark run tells Prometheus, and alerts worth having", Long: b.String()}
}
