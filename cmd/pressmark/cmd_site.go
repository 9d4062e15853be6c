package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

func (c *cli) siteCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "site",
		Short: "List the sites of the configuration, test, pause and resume one",
		Long: `A site is a publication: a home page, and what is found from there. Sites stand
in the configuration; pressmark add puts one there.`,
		Example: "  pressmark site ls\n  pressmark site test https://www.example.org/",
	}
	cmd.AddCommand(&cobra.Command{
		Use:   "ls",
		Short: "List the sites",
		Long:  "List the sites of the configuration: name, when it is crawled, home page; of a paused one since when and why.",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			conf, err := c.configuration()
			if err != nil {
				return err
			}
			return c.listSites(conf)
		},
	}, c.pauseCommand("site"), c.resumeCommand("site"), &cobra.Command{
		Use:   "test SITE|URL",
		Short: "Show what would be found on a site: feeds, pages, robots, and one article",
		Long: `Show what a crawl would find on a site of the configuration, or on any other:
feeds and sitemaps, what robots.txt says, and one article as it would be kept.
Nothing is kept.`,
		Example: "  pressmark site test gazette\n  pressmark site test https://www.example.org/",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			conf, err := c.configurationOrDefault()
			if err != nil {
				return err
			}
			s := siteConfig{URL: args[0], Delay: unset}
			if !strings.Contains(args[0], "://") {
				if s, err = conf.find(args[0]); err != nil {
					return err
				}
			}
			found, err := c.probe(cmd.Context(), conf, s.URL)
			if err != nil {
				return err
			}
			return c.printProbe(found)
		},
	})
	return cmd
}

func (c *cli) listSites(conf *config) error {
	pauses, err := c.pauses(conf)
	if err != nil {
		return err
	}
	for _, s := range conf.Sites {
		when := s.Cron
		if when == "" {
			when = "every " + s.Every.String()
		}
		pause, paused := pauses[s.name()]
		paused = paused && pause.Holds(time.Now())
		end := ""
		if paused {
			when, end = "paused", "  "+c.out.style(yellow, shownPause(pause, conf.zone))
		}
		if c.json {
			err = object(c.out, struct {
				Name   string   `json:"name"`
				URL    string   `json:"url"`
				When   string   `json:"when"`
				Tags   []string `json:"tags,omitempty"`
				Paused bool     `json:"paused"`
				Why    string   `json:"why,omitempty"`
			}{s.name(), s.URL, when, s.Tags, paused, whyPaused(pause, paused)})
		} else {
			_, err = fmt.Fprintf(c.out, "%s  %s  %s%s\n", pad(fit(line(s.name()), 28), 28), pad(when, 18), line(s.URL), end)
		}
		if err != nil {
			return err
		}
	}
	if len(conf.Sites) == 0 {
		c.say("no sites yet: pressmark add https://www.example.org/")
	}
	return nil
}
