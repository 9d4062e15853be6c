package main

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"pressmark/archive"
	"pressmark/crawler"
	"pressmark/extract/urlkey"
	"pressmark/schedules"
)

func (c *cli) crawlPage(ctx context.Context, conf *config, raw string) (err error) {
	u, err := urlkey.Clean(raw)
	if err != nil {
		return usage(err)
	}
	site := conf.siteOf(u)
	if conf.Contact == "" && !loopback(u) {
		conf.Sites = append(conf.Sites, siteConfig{URL: u})
	}
	s, err := c.session(conf, sessionOptions{holder: "crawl --url"})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	if _, err := s.ingest.Run(ctx); err != nil {
		return err
	}
	n, seen, err := s.page(ctx, site, u)
	if err != nil {
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

// page asks for one page in a run of its own, which says how it ended, and
// gives what was concluded from what came.
func (s *session) page(ctx context.Context, site crawler.Site, u string) (n archive.SiteRun, seen []archive.Sighting, err error) {
	run, err := s.store.NewRun(ctx, archive.Run{Cause: onePage, Planned: s.now(), Started: s.now(), Sites: []archive.SiteRun{{Site: site.Name}}})
	if err != nil {
		return n, nil, err
	}
	s.watch(run.ID, func(x archive.Sighting, _ *archive.Change) { seen = append(seen, x) })
	defer s.watch(run.ID, nil)
	began := s.now()
	n, err = s.crawler.Page(ctx, run, site, u)
	took := s.now().Sub(began)
	if err == nil {
		_, err = s.ingest.Run(ctx)
	}
	run.Sites, run.Ended, run.Status = []archive.SiteRun{n}, s.now(), schedules.Done
	switch {
	case ctx.Err() != nil:
		run.Status, run.Why = schedules.Cancelled, "the program was stopped"
	case err != nil:
		run.Status, run.Why = schedules.Failed, err.Error()
	}
	saving := context.WithoutCancel(ctx)
	if terr := s.tally(saving, &run); err == nil {
		err = terr
	}
	if perr := s.store.PutRun(saving, run); err == nil {
		err = perr
	}
	s.ran(run, run.Sites, took)
	return n, seen, err
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
