package main

import "github.com/spf13/cobra"

func (c *cli) siteCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "site",
		Short: "List the sites of the configuration; test, count, pause and resume one",
		Long: `A site is a publication: a home page, and what is found from there. Sites stand
in the configuration; pressmark add puts one there.`,
		Example: "  pressmark site ls\n  pressmark site stats gazette --since 30d\n  pressmark site test https://www.example.org/",
	}
	var opml bool
	ls := &cobra.Command{
		Use:   "ls",
		Short: "List the sites",
		Long: `List the sites of the configuration: name, when it is crawled, home page; of a paused one since when and why.
Below it stands what was wrong with the last crawl of a site, and when it went quiet: it has brought nothing new
for longer than it ever does, by the hour and the weekday, as its last four weeks of crawls show.
--opml writes them as OPML instead, which feed readers and pressmark add --opml read.`,
		Example: "  pressmark site ls\n  pressmark site ls --opml > sites.opml",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			conf, err := c.configuration()
			switch {
			case err != nil:
				return err
			case opml:
				return c.writeOPML(conf)
			}
			return c.listSites(cmd.Context(), conf)
		},
	}
	ls.Flags().BoolVar(&opml, "opml", false, "as OPML")
	cmd.AddCommand(ls, c.siteTestCommand(), c.siteStatsCommand(), c.pauseCommand("site"), c.resumeCommand("site"))
	return cmd
}
