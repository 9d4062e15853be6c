package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"pressmark/archive"
	"pressmark/crawler"
	"pressmark/extract/urlkey"
	"pressmark/schedules"
)

func (c *cli) crawlCommand() *cobra.Command {
	var one string
	var due bool
	cmd := &cobra.Command{
		Use:   "crawl [SITE…]",
		Short: "Make one round now",
		Long: `Ask the sites of the configuration (or only those named) for news, once, now.

Every page that a feed, sitemap or section page lists, or that is known already, is
looked at; with --due only those whose turn it is, as run does. What was not finished
when a round was interrupted is finished by the next one.

--url asks for one page, of a site of the configuration or any other.`,
		Example: "  pressmark crawl\n  pressmark crawl gazette\n  pressmark crawl --url https://www.example.org/article",
		RunE: func(cmd *cobra.Command, args []string) error {
			if one != "" && len(args) > 0 {
				return usage(errors.New("name sites or --url, not both"))
			}
			conf, err := c.configuration()
			if err != nil {
				return err
			}
			if one != "" {
				return c.crawlPage(cmd.Context(), conf, one)
			}
			sites, err := conf.choose(args)
			if err != nil {
				return err
			}
			mode := crawler.All
			if due {
				mode = crawler.Due
			}
			return c.crawl(cmd.Context(), conf, sites, mode)
		},
	}
	cmd.Flags().StringVar(&one, "url", "", "ask for this one page")
	cmd.Flags().BoolVar(&due, "due", false, "only pages whose turn it is")
	return cmd
}

// choose gives the sites that are named, all that are not paused when none is.
func (c *config) choose(names []string) ([]crawler.Site, error) {
	if len(names) == 0 {
		sites := c.sites()
		if len(sites) == 0 {
			return nil, hint(errors.New("there are no sites to crawl"), "pressmark add https://www.example.org/ adds one")
		}
		return sites, nil
	}
	var sites []crawler.Site
	for _, name := range names {
		s, err := c.find(name)
		if err != nil {
			return nil, err
		}
		sites = append(sites, c.site(s))
	}
	return sites, nil
}

func (c *cli) crawl(ctx context.Context, conf *config, sites []crawler.Site, mode crawler.Mode) (err error) {
	p := c.progress()
	s, err := c.session(conf, sessionOptions{holder: "crawl", progress: p.event, seen: p.sighting})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	if _, err := s.ingest.Run(ctx); err != nil { // what an interruption left
		return err
	}
	run, resumed, err := s.openRun(ctx, archive.Run{Cause: "manual"}, sites)
	if err != nil {
		return err
	}
	if resumed {
		c.say("going on with run %d of %s, which was interrupted", run.ID, clock(run.Started, conf.zone))
	}
	p.start()
	run, err = s.round(ctx, run, sites, mode)
	p.stop()
	if err != nil {
		if errors.Is(err, context.Canceled) {
			c.say("run %d is interrupted; the next pressmark crawl goes on with it", run.ID)
		}
		return err
	}
	return c.printRun(run)
}

// openRun begins a run, or goes on with the last one if that was interrupted
// and was about the same sites.
func (s *session) openRun(ctx context.Context, run archive.Run, sites []crawler.Site) (_ archive.Run, resumed bool, err error) {
	for last, err := range s.store.Runs(ctx, archive.Filter{Newest: true, Limit: 1}) {
		if err != nil {
			return run, false, err
		}
		if last.Ended.IsZero() && last.Cause == run.Cause && last.Schedule == run.Schedule && sameSites(last.Sites, sites) {
			return last, true, s.tally(ctx, &last) // a killed run has not counted what it did
		}
	}
	run.Started = s.now()
	if run.Planned.IsZero() {
		run.Planned = run.Started
	}
	for _, x := range sites {
		run.Sites = append(run.Sites, archive.SiteRun{Site: x.Name})
	}
	run, err = s.store.NewRun(ctx, run)
	return run, false, err
}

func sameSites(old []archive.SiteRun, sites []crawler.Site) bool {
	return slices.EqualFunc(old, sites, func(a archive.SiteRun, b crawler.Site) bool { return a.Site == b.Name })
}

func (c *cli) crawlPage(ctx context.Context, conf *config, raw string) (err error) {
	u, err := urlkey.Clean(raw)
	if err != nil {
		return usage(err)
	}
	site := conf.siteOf(u)
	if conf.Contact == "" && !loopback(u) {
		conf.Sites = append(conf.Sites, siteConfig{URL: u})
	}
	var seen []archive.Sighting
	s, err := c.session(conf, sessionOptions{holder: "crawl --url", seen: func(x archive.Sighting, _ *archive.Change) { seen = append(seen, x) }})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	if _, err := s.ingest.Run(ctx); err != nil {
		return err
	}
	seen = nil
	run, err := s.store.NewRun(ctx, archive.Run{Cause: "url", Planned: s.now(), Started: s.now(), Sites: []archive.SiteRun{{Site: site.Name}}})
	if err != nil {
		return err
	}
	n, err := s.crawler.Page(ctx, run, site, u)
	if err != nil {
		return err
	}
	if _, err := s.ingest.Run(ctx); err != nil {
		return err
	}
	run.Sites = []archive.SiteRun{n}
	if err := s.tally(ctx, &run); err != nil {
		return err
	}
	run.Ended = s.now()
	if err := s.store.PutRun(ctx, run); err != nil {
		return err
	}
	for _, x := range seen {
		if c.json {
			err = object(c.out, struct {
				ID      string          `json:"id"`
				URL     string          `json:"url"`
				Status  int             `json:"status"`
				Outcome archive.Outcome `json:"outcome"`
				Version int             `json:"version"`
				Why     string          `json:"why,omitempty"`
			}{x.Page.ID(), u, x.Status, x.Outcome, x.Version, x.Why})
		} else {
			_, err = fmt.Fprintln(c.out, c.sightingLine(x))
		}
		if err != nil {
			return err
		}
	}
	for _, m := range n.Misses {
		c.say("%s: %s: %s", m.URL, m.Reason, m.Detail)
	}
	if !slices.ContainsFunc(seen, func(x archive.Sighting) bool { return x.Version > 0 }) {
		return fmt.Errorf("%w: %s gave no article", errPartly, u)
	}
	return nil
}

func (c *cli) sightingLine(x archive.Sighting) string {
	s := fmt.Sprintf("%s  %s", c.out.style(yellow, x.Page.ID()[:8]), x.Outcome)
	if x.Version > 0 {
		s += fmt.Sprintf("  version %d", x.Version)
	}
	if x.Why != "" {
		s += "  " + x.Why
	}
	if n := x.Removed["notice"]; n > 0 {
		s += "  " + count(n, "cookie notice") + " removed"
	}
	return s
}

// siteOf is the site that a URL belongs to, or one made for it.
func (c *config) siteOf(u string) crawler.Site {
	group, _ := urlkey.Group(u)
	for _, s := range c.Sites {
		if g, err := urlkey.Group(s.URL); err == nil && g == group {
			return c.site(s)
		}
	}
	return c.site(siteConfig{URL: u, Delay: unset})
}

// printRun tells what a round came to, site by site, and why where nothing came.
func (c *cli) printRun(run archive.Run) error {
	bad := 0
	for _, n := range run.Sites {
		why := trouble(n)
		if why != "" {
			bad++
		}
		if c.json {
			o := runOf(archive.Run{Sites: []archive.SiteRun{n}}).Sites[0]
			if err := object(c.out, struct {
				Run archive.RunID `json:"run"`
				siteObject
				Trouble string `json:"trouble,omitempty"`
			}{run.ID, o, why}); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintf(c.out, "%s  %s\n", c.out.style(bold, pad(fit(n.Site, 24), 24)), counts(n))
		if why != "" {
			fmt.Fprintf(c.out, "%s  %s\n", pad("", 24), c.out.style(red, why))
		}
		for _, remark := range remarks(n) {
			fmt.Fprintf(c.out, "%s  %s\n", pad("", 24), c.out.style(faint, line(remark)))
		}
	}
	if !c.json {
		c.say("%s", c.err.style(faint, fmt.Sprintf("run %d took %s; pressmark runs show %d tells more", run.ID, span(run.Ended.Sub(run.Started)), run.ID)))
	}
	if bad > 0 {
		return fmt.Errorf("%w in %d of %s", errPartly, bad, count(len(run.Sites), "site"))
	}
	return nil
}

// counts says in a line what a run did on a site.
func counts(n archive.SiteRun) string {
	s := []string{pad(count(n.Pages, "page"), 9)}
	for _, x := range []struct {
		n    int
		word string
	}{
		{n.Outcomes[archive.New], "new"},
		{n.Outcomes[archive.Changed], "changed"},
		{n.Outcomes[archive.Same], "same text"},
		{n.NotModified, "unchanged (304)"},
		{n.Outcomes[archive.Unchanged] - min(n.NotModified, n.Outcomes[archive.Unchanged]), "same bytes"},
		{n.Outcomes[archive.Gone], "withdrawn"},
		{n.Outcomes[archive.Absent], "not there"},
		{n.Outcomes[archive.Restored], "back again"},
		{n.Outcomes[archive.Walls], "walled"},
		{n.Outcomes[archive.Teaser], "cut by a paywall"},
		{n.Outcomes[archive.Doubtful], "doubtful"},
		{n.Outcomes[archive.Nothing], "without an article"},
		{n.Outcomes[archive.Error], "refused"},
	} {
		if x.n > 0 {
			s = append(s, fmt.Sprintf("%s %s", thousands(x.n), x.word))
		}
	}
	if n.Notices > 0 {
		s = append(s, count(n.Notices, "cookie notice")+" removed")
	}
	return strings.Join(s, "  ")
}

// remarks are what else there is to say about a run on a site: how it was
// crawled, and what was left out.
func remarks(n archive.SiteRun) []string {
	var list []string
	for _, text := range []string{n.Note, leftOut(n)} {
		if text != "" {
			list = append(list, text)
		}
	}
	return list
}

// state says how a run stands; "" when it was done and all is said.
func state(r archive.Run) string {
	s := r.Status
	switch {
	case r.Ended.IsZero() && (s == "" || s == schedules.Running):
		s = "interrupted or still at work"
	case s == schedules.Done:
		s = ""
	}
	switch {
	case s == "":
		return r.Why
	case r.Why == "":
		return s
	}
	return s + ": " + r.Why
}

// began is when a run began, or when one that was left out was planned.
func began(r archive.Run) time.Time {
	if r.Started.IsZero() {
		return r.Planned
	}
	return r.Started
}

// leftOut says what a run was told of and did not fetch.
func leftOut(n archive.SiteRun) string {
	var s []string
	for _, m := range []map[string]int{n.Skipped, n.Failed} {
		for _, why := range slices.Sorted(maps.Keys(m)) {
			s = append(s, fmt.Sprintf("%d × %s", m[why], why))
		}
	}
	if len(s) == 0 {
		return ""
	}
	return "not fetched: " + strings.Join(s, ", ")
}

// trouble says why a site gave nothing, or could not be crawled to the end; "" when all is well.
func trouble(n archive.SiteRun) string {
	if n.Blocked != "" {
		return n.Blocked
	}
	good := n.NotModified
	for _, o := range []archive.Outcome{archive.New, archive.Changed, archive.Same, archive.Unchanged, archive.Restored, archive.Teaser} {
		good += n.Outcomes[o]
	}
	switch {
	case good > 0:
		return ""
	case n.Pages == 0 && n.Skipped["robots unreadable"] > 0:
		return "nothing fetched: " + miss(n, "robots unreadable")
	case n.Pages == 0 && n.Skipped["robots"] > 0:
		return "nothing fetched: " + miss(n, "robots")
	case n.Pages == 0 && len(n.Failed) > 0:
		return "nothing fetched: " + detail(n)
	case n.Pages == 0 && n.Skipped["outside"]+n.Skipped["redirect"] > 0:
		return "nothing fetched: " + detail(n)
	case n.Pages == 0 && (n.Requests == 0 || n.Listed > 0 || n.Note == crawler.NothingNew):
		return "" // nothing was due
	case n.Pages == 0:
		return "no articles found: no feed, sitemap or section page lists any (name one in the configuration)"
	case n.Outcomes[archive.Walls] > 0:
		return fmt.Sprintf("0 articles: %s behind a consent wall or challenge", count(n.Outcomes[archive.Walls], "page"))
	}
	return "0 articles on " + count(n.Pages, "page")
}

// miss says of the first page that was missed for a reason what exactly that was.
func miss(n archive.SiteRun, reason string) string {
	for _, m := range n.Misses {
		if m.Reason == reason {
			return m.URL + ": " + m.Detail
		}
	}
	return reason
}

// detail is the first thing that went wrong with a site.
func detail(n archive.SiteRun) string {
	for _, m := range n.Misses {
		if n.Failed[m.Reason] > 0 || m.Reason == "outside" || m.Reason == "redirect" {
			return m.URL + ": " + m.Detail
		}
	}
	return leftOut(n)
}

// A progress line tells on a terminal how a round goes.
type progress struct {
	c     *cli
	mu    sync.Mutex
	began time.Time
	done  chan struct{}
	wait  sync.WaitGroup

	requests, pages, fresh, changed, errors int
	last                                    string
}

func (c *cli) progress() *progress { return &progress{c: c} }

func (p *progress) event(e crawler.Event) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.requests++
	if e.Kind == "page" {
		p.pages++
	}
	if e.Reason != "" || e.Status >= 400 {
		p.errors++
	}
	p.last = e.URL
	p.c.log.Debug("asked", "url", e.URL, "status", e.Status, "reason", e.Reason, "took", e.Took)
}

func (p *progress) sighting(s archive.Sighting, _ *archive.Change) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch s.Outcome {
	case archive.New:
		p.fresh++
	case archive.Changed:
		p.changed++
	}
}

// start writes the line every fifth of a second until stop; nowhere but on a terminal.
func (p *progress) start() {
	p.began = time.Now()
	if !p.c.err.tty || p.c.quiet || p.c.verbose {
		return
	}
	p.done = make(chan struct{})
	p.wait.Go(func() {
		tick := time.NewTicker(200 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				p.c.err.status(p.line())
			case <-p.done:
				p.c.err.status("")
				return
			}
		}
	})
}

func (p *progress) stop() {
	if p.done != nil {
		close(p.done)
		p.wait.Wait()
		p.done = nil
	}
}

func (p *progress) line() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	took := time.Since(p.began)
	s := fmt.Sprintf("%s  %s  %d new  %d changed  %d errors  %.0f/s  ", span(took), count(p.pages, "page"), p.fresh, p.changed, p.errors, float64(p.requests)/max(took.Seconds(), 0.001))
	return fit(s+p.last, p.c.err.columns()-1)
}
