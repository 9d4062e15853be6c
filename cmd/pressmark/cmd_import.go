package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/spf13/cobra"

	"pressmark/archive"
	"pressmark/archive/export"
	"pressmark/archive/ingest"
	"pressmark/extract/urlkey"
)

func (c *cli) importCommand() *cobra.Command {
	x := &importing{c: c}
	cmd := &cobra.Command{
		Use:   "import FILE…",
		Short: "Take pages out of WARC or WACZ files into the archive",
		Long: `Take the captures of web archives into this archive, and read them as a crawl
would: articles, versions, changes and stories. FILE is WARC (.warc, .warc.gz,
.warc.zst) or WACZ; - is a WARC file on standard input.

Of files that pressmark export wrote, every capture comes in as it was. Of other
files, what shows a page does: HTML with status 2xx, 404 or 410, and revisit
records of it; the rest is passed over and counted. A page belongs to the site
of the configuration that has its host, else to one named after the host; --site
names another.

What the archive has already is passed over: the same file again adds nothing,
and an import that was interrupted goes on. Several files are read side by side,
earliest capture first, since versions are told apart in the order in which they
come. For that reason a capture that is older than what the archive has of its
page is left out. To bring two histories of a page together, import the files of
both, in one go, into a new archive. --late takes it all the same: its text then
counts as the page's newest.

A damaged record is named, the rest goes on, and the exit code is 3. Articles
(JSONL) can't be imported: they lack the pages that they were read from.`,
		Example: "  pressmark import crawl.warc.gz\n  pressmark import warcs/*.warc.gz\n  pressmark -a both import a.warc.gz b.warc.gz\n  pressmark import --site 'Harbour Gazette' gazette.wacz",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > maxFiles {
				return usage(hint(fmt.Errorf("%d files at once are more than %d", len(args), maxFiles), "name them in groups, the earliest first"))
			}
			dir, err := c.place()
			if err != nil {
				return err
			}
			if x.conf, err = c.configurationOrDefault(); err != nil {
				return err
			}
			if x.site != "" && len(x.conf.Sites) > 0 {
				if s, err := x.conf.find(x.site); err == nil {
					x.site = s.name()
				}
			}
			run := func() error {
				return c.adding(dir, "import", func(store *archive.Store) error { return x.run(cmd.Context(), store, args) })
			}
			if err = run(); !errors.Is(err, archive.ErrNotFound) {
				return err
			}
			for _, name := range args { // before an archive is made for them
				if _, err := c.files().Stat(name); name != "-" && err != nil {
					return err
				}
			}
			store, err := archive.Create(dir, archive.Options{Holder: "pressmark import", Log: c.log})
			if err == nil {
				err = store.Close()
			}
			if err != nil {
				return err
			}
			return run()
		},
	}
	cmd.Flags().StringVar(&x.site, "site", "", "the pages of other tools' files belong to this `SITE`")
	cmd.Flags().BoolVar(&x.late, "late", false, "take captures that are older than what the archive has of their page")
	return cmd
}

// maxFiles is how many files are open at once.
const maxFiles = 500

// An importing is one run of the command.
type importing struct {
	c    *cli
	conf *config
	site string // --site
	late bool

	sites map[string]string // by group of hosts
	told  int               // problems that were told one by one
	pages atomic.Int64
}

func (x *importing) run(ctx context.Context, store *archive.Store, args []string) error {
	hidden, err := x.c.filters(x.conf)
	if err != nil {
		return err
	}
	files := &warcFiles{c: x.c}
	defer files.close()
	for _, arg := range args {
		if err := files.open(ctx, arg); err != nil {
			return err
		}
	}
	x.sites = map[string]string{}
	progress := x.c.watch(&output{}, func() string {
		return fmt.Sprintf("%s of %s  %s", bytesOf(files.at.Load()), bytesOf(files.size), count(int(x.pages.Load()), "capture"))
	})
	n, err := export.Import(ctx, store, files.list, export.ImportOptions{Site: x.siteOf, Late: x.late, Problem: x.problem,
		Seen: func(n export.Imported) { x.pages.Store(int64(n.Pages())) }})
	progress.stop()
	if err != nil {
		if n.Captures > 0 {
			x.c.say("%s kept; the same command again goes on", were(n.Captures, "capture"))
		}
		return err
	}
	outcomes := map[archive.Outcome]int{}
	in := ingest.New(store, ingest.Options{Log: x.c.log, Filters: hidden, Seen: func(s archive.Sighting, _ *archive.Change) { outcomes[s.Outcome]++ }})
	done := x.c.watch(&output{}, func() string { return "reading what came in" })
	_, err = in.Run(ctx)
	done.stop()
	if err == nil {
		err = x.tell(n, outcomes)
	}
	switch {
	case err != nil:
		return err
	case n.Pages() == 0 && n.Bad == 0:
		return fmt.Errorf("there is no page in %s", strings.Join(args, ", "))
	case n.Bad > 0:
		return fmt.Errorf("%w: %s could not be taken in", errPartly, count(n.Bad, "record"))
	}
	return nil
}

// siteOf names the site of a page.
func (x *importing) siteOf(u string) string {
	if x.site != "" {
		return x.site
	}
	group, err := urlkey.Group(u)
	if err != nil {
		return ""
	}
	name, known := x.sites[group]
	if !known {
		if len(x.sites) > 1<<16 {
			clear(x.sites)
		}
		name = siteConfig{URL: u}.name()
		for _, s := range x.conf.Sites {
			if g, err := urlkey.Group(s.URL); err == nil && g == group {
				name = s.name()
				break
			}
		}
		x.sites[group] = name
	}
	return name
}

// maxProblems is how many problems are told one by one.
const maxProblems = 100

func (x *importing) problem(err error) {
	if x.told++; x.told <= maxProblems {
		x.c.say("pressmark: %s", line(err.Error()))
	} else if x.told == maxProblems+1 {
		x.c.say("pressmark: more records are like that; they are only counted")
	}
}

// tell says what became of the records.
func (x *importing) tell(n export.Imported, outcomes map[archive.Outcome]int) error {
	if x.c.json {
		return object(x.c.out, struct {
			Captures int                     `json:"captures"`
			Known    int                     `json:"known"`
			Older    int                     `json:"older"`
			Bad      int                     `json:"bad"`
			Passed   map[string]int          `json:"passed"`
			Outcomes map[archive.Outcome]int `json:"outcomes"`
		}{n.Captures, n.Known, n.Older, n.Bad, n.Passed, outcomes})
	}
	row := func(head, text string, args ...any) error {
		_, err := fmt.Fprintf(x.c.out, head+text+"\n", args...)
		return err
	}
	err := row("imported  ", "%s, %s there already", count(n.Captures, "capture"), thousands(n.Known))
	if len(outcomes) > 0 {
		var list []string
		for _, o := range slices.Sorted(maps.Keys(outcomes)) {
			list = append(list, fmt.Sprintf("%s %s", thousands(outcomes[o]), o))
		}
		err = errors.Join(err, row("showing   ", "%s", strings.Join(list, ", ")))
	}
	if n.Older > 0 {
		err = errors.Join(err, row("left out  ", "%s, older than what the archive has of their pages (--late takes them)", count(n.Older, "capture")))
	}
	var list []string
	for _, why := range slices.Sorted(maps.Keys(n.Passed)) {
		list = append(list, fmt.Sprintf("%s × %s", thousands(n.Passed[why]), line(why)))
	}
	if len(list) > 0 {
		err = errors.Join(err, row("passed    ", "%s", strings.Join(list, ", ")))
	}
	return err
}

// were is a count with its verb.
func were(n int, noun string) string {
	if n == 1 {
		return count(n, noun) + " is"
	}
	return count(n, noun) + " are"
}
