package main

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"pressmark/schedules"
)

// pauseCommand is `site pause` and `schedule pause`: a site has one schedule.
func (c *cli) pauseCommand(parent string) *cobra.Command {
	var why, long string
	cmd := &cobra.Command{
		Use:   "pause SITE…",
		Short: "Crawl a site no more, until it is resumed",
		Long: `Crawl a site no more, until it is resumed. This holds over restarts, needs no
change of the configuration, and works beside pressmark run, which need not be
told: what is being crawled comes to its end, and nothing is begun.

What falls into the pause is not made up for; schedule history tells in a row
how often the site would have been crawled. A crawl by hand that names the site
is made all the same.`,
		Example: fmt.Sprintf("  pressmark %[1]s pause gazette --why \"the site moves to another server\"\n  pressmark %[1]s pause gazette wire --for 2d", parent),
		Args:    cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			p := schedules.Pause{Since: time.Now(), Why: why}
			if long != "" {
				d, err := parseDuration(long)
				if err != nil || d <= 0 {
					return usage(fmt.Errorf("--for %q is no duration: write 90m, 2h or 7d", long))
				}
				p.Until = p.Since.Add(d)
			}
			return c.pause(args, p)
		},
	}
	cmd.Flags().StringVar(&why, "why", "", "the reason, in words, as the history shall tell it")
	cmd.Flags().StringVar(&long, "for", "", "only for this `DURATION`: 90m, 2h, 7d")
	return cmd
}

func (c *cli) resumeCommand(parent string) *cobra.Command {
	return &cobra.Command{
		Use:     "resume SITE…",
		Short:   "Crawl a paused site again",
		Long:    "Crawl a paused site again, from its next turn on. What fell into the pause is not made up for.",
		Example: fmt.Sprintf("  pressmark %s resume gazette", parent),
		Args:    cobra.MinimumNArgs(1),
		RunE:    func(_ *cobra.Command, args []string) error { return c.resume(args) },
	}
}

func (c *cli) pause(names []string, p schedules.Pause) error {
	conf, sites, err := c.named(names)
	if err != nil {
		return err
	}
	before, err := c.pauses(conf)
	if err != nil {
		return err
	}
	for _, s := range sites {
		if s.Paused {
			c.say("%s is paused in %s already", s.name(), conf.path)
			continue
		}
		now := p
		if old, ok := before[s.name()]; ok && old.Holds(p.Since) { // its fires are those of one pause
			now.Since = old.Since
		}
		if err := addPause(c.folderOf(conf), s.name(), now); err != nil {
			return err
		}
		if err := c.printPause(conf, s.name(), now); err != nil {
			return err
		}
	}
	return nil
}

func (c *cli) resume(names []string) error {
	conf, sites, err := c.named(names)
	if err != nil {
		return err
	}
	before, err := c.pauses(conf)
	if err != nil {
		return err
	}
	now := time.Now()
	for _, s := range sites {
		if s.Paused {
			return hint(fmt.Errorf("%s is paused in %s", s.name(), conf.path), "take paused: true out of the file; a running pressmark run reads it again on SIGHUP")
		}
		p, ok := before[s.name()]
		if !ok || !p.Holds(now) {
			c.say("%s is not paused", s.name())
			continue
		}
		p.Until = now
		if err := addPause(c.folderOf(conf), s.name(), p); err != nil {
			return err
		}
		if err := c.printPause(conf, s.name(), p); err != nil {
			return err
		}
	}
	return nil
}

// named finds the sites that are named, of the configuration.
func (c *cli) named(names []string) (*config, []siteConfig, error) {
	conf, err := c.configuration()
	if err != nil {
		return nil, nil, err
	}
	var sites []siteConfig
	for _, name := range names {
		s, err := conf.find(name)
		if err != nil {
			return nil, nil, err
		}
		sites = append(sites, s)
	}
	return conf, sites, nil
}

func (c *cli) printPause(conf *config, site string, p schedules.Pause) error {
	if c.json {
		return object(c.out, struct {
			Site  string    `json:"site"`
			Since time.Time `json:"since"`
			Until time.Time `json:"until,omitzero"`
			Why   string    `json:"why,omitempty"`
		}{site, p.Since.UTC(), p.Until.UTC(), p.Why})
	}
	if p.Holds(time.Now()) {
		c.say("%s is %s   (pressmark site resume %q)", site, shownPause(p, conf.zone), site)
	} else {
		c.say("%s is resumed", site)
	}
	return nil
}
