package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

func (c *cli) siteTestCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "test SITE|URL",
		Short: "Show what would be found on a site: robots, feeds, one article, and how it is judged",
		Long: `Look at a site of the configuration, or at any other, as a crawl would, and keep nothing:

  robots    whether it may be crawled, and the line of robots.txt that decides
  pace      the pause that would be kept between two requests
  found     feeds and sitemaps with the articles they name; the sections it links to
  feed      whether it answers 304 (not modified) when nothing has changed
  sample    one article as it would be kept: title, words, byline, date, language
  again     whether the article's page answers 304, too; address: its canonical URL
  removed   what was left out of it, and of cookie notices the rules that took them
  schedule  when a site of the configuration is crawled next, and what that costs

The verdict is good, poor (it works, and something costs) or bad (it would give nothing:
exit code 3), with what helps. It takes some ten requests, with the site's pause between.`,
		Example: "  pressmark site test gazette\n  pressmark site test https://www.example.org/\n  pressmark site test gazette --json | jq .verdict",
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
			if err := c.printProbe(found, conf.zone); err != nil {
				return err
			}
			if found.Verdict == bad {
				return fmt.Errorf("%w: %s", errPartly, found.Why)
			}
			return nil
		},
	}
}
