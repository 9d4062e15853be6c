package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"pressmark/archive"
	"pressmark/crawler"
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

--url asks for one page, of a site of the configuration or any other.

` + logHelp,
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
			if len(args) == 0 {
				if sites, err = c.unpaused(conf, sites); err != nil {
					return err
				}
			}
			mode := crawler.All
			if due {
				mode = crawler.Due
			}
			return c.crawl(cmd.Context(), conf, sites, mode)
		},
	}
	cmd.Flags().StringVar(&one, "url", "", "ask for this one page")
	c.logFlags(cmd)
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
	s, err := c.session(conf, sessionOptions{holder: "crawl", progress: p.event})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	if _, err := s.ingest.Run(ctx); err != nil { // what an interruption left
		return err
	}
	sites, taken, end := s.begin("pressmark crawl", sites)
	defer end()
	if len(sites) == 0 {
		return hint(fmt.Errorf("%w: %s", archive.ErrInUse, crawledNow(taken)), "wait until that is done; pressmark runs ls tells")
	}
	if len(taken) > 0 {
		c.say("left out: %s", crawledNow(taken))
	}
	run, resumed, err := s.openRun(ctx, archive.Run{Cause: "manual"}, sites)
	if err != nil {
		return err
	}
	s.watch(run.ID, p.sighting)
	defer s.watch(run.ID, nil)
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
	quiet, err := s.silences(ctx, run.Sites, conf.zone)
	if err != nil {
		return err
	}
	if err := c.printRun(run, quiet); err != nil || len(taken) == 0 {
		return err
	}
	return fmt.Errorf("%w: %s", errPartly, crawledNow(taken))
}

// crawledNow says which sites others are crawling.
func crawledNow(taken []string) string {
	if len(taken) == 1 {
		return taken[0] + " is being crawled now"
	}
	return strings.Join(taken, ", ") + " are being crawled now"
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
