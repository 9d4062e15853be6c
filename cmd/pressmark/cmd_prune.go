package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"pressmark/archive"
)

type pruneOptions struct {
	bodies, unchanged, texts, runs string
	versions, site                 string
	yes                            bool
}

func (c *cli) pruneCommand() *cobra.Command {
	var o pruneOptions
	cmd := &cobra.Command{
		Use:   "prune",
		Short: "Drop what the rules of the configuration don't keep",
		Long: `Drop what is older than the section keep of the configuration says. Everything
is kept by default; a site may have rules of its own.

  keep:
    bodies: 180d       originals of pages that were not seen to stand for so
                       long go; their texts, versions and changes stay
    unchanged: 30d     of looks older than this that found nothing new the last
                       one of each day stays
    versions: graded   beside the first and the latest only versions that began
                       with a change of grade 2 or 3 keep their text; ends: no
                       other does; all: all do
    texts: 365d        versions holds for those not seen to stand for so long
    runs: 365d         records of crawls go that began longer ago
  sites:
    - url: https://www.example-times.test/
      keep: {bodies: 0s}        0s: for ever

An original is as old as the last look, of whatever page, that found the same.
Where it is gone the version can't be computed again: reextract says so, and
wants --lossy. Captures and versions stay as records, and verify knows that what
they lack was pruned.

Without --yes it says what would go, by site, and does nothing. The flags stand
in for the rules of the file, for all sites. The files are written anew without
what goes, as by compact; raw volumes of which nothing is left are deleted.`,
		Example: "  pressmark prune\n  pressmark prune --yes\n  pressmark prune --bodies 365d --site gazette",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			run := func(store *archive.Store) error { return c.prune(cmd.Context(), store, o) }
			if !o.yes {
				return c.reading(run)
			}
			dir, err := c.place()
			if err != nil {
				return err
			}
			return c.writing(dir, "prune", run)
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.bodies, "bodies", "", "originals not seen to stand for this `DURATION` go")
	f.StringVar(&o.unchanged, "unchanged", "", "looks that found nothing new, older than this `DURATION`, are thinned out")
	f.StringVar(&o.versions, "versions", "", "which versions keep their text: all, graded or ends")
	f.StringVar(&o.texts, "texts", "", "--versions is for those not seen to stand for this `DURATION`")
	f.StringVar(&o.runs, "runs", "", "records of crawls older than this `DURATION` go")
	f.StringVar(&o.site, "site", "", "only of this `SITE`")
	f.BoolVar(&o.yes, "yes", false, "do it, rather than say what would be done")
	return cmd
}

// pruneRules are those of the configuration, if there is one, with those of the
// flags in their place.
func (c *cli) pruneRules(ctx context.Context, store *archive.Store, o pruneOptions) (r archive.PruneOptions, drops bool, err error) {
	conf, err := c.configurationOrDefault()
	if err != nil {
		return r, false, err
	}
	if o.versions != "" {
		if err := isKeepVersions(o.versions); err != nil {
			return r, false, usage(fmt.Errorf("--%w", err))
		}
	}
	given := map[string]*time.Duration{}
	for name, text := range map[string]string{"bodies": o.bodies, "unchanged": o.unchanged, "texts": o.texts, "runs": o.runs} {
		if text == "" {
			continue
		}
		d, err := parseDuration(text)
		if err != nil {
			return r, false, usage(fmt.Errorf("--%s: %w", name, err))
		}
		given[name] = &d
	}
	site, err := c.siteName(ctx, store, o.site)
	if err != nil {
		return r, false, err
	}
	set := func(d *time.Duration, name string) {
		if given[name] != nil {
			*d = *given[name]
		}
	}
	r.Keep = func(name string) archive.Keep {
		if site != "" && name != site {
			return archive.Keep{}
		}
		k := conf.keeps(name)
		set(&k.Bodies, "bodies")
		set(&k.Unchanged, "unchanged")
		set(&k.Texts, "texts")
		if o.versions != "" {
			k.Versions = archive.KeepVersions(o.versions)
		}
		return k
	}
	if site == "" {
		r.Runs = time.Duration(conf.Keep.Runs)
		set(&r.Runs, "runs")
	}
	drops = r.Runs > 0
	names := []string{site, ""}
	for _, s := range conf.Sites {
		names = append(names, s.name())
	}
	for _, name := range names {
		k := r.Keep(name)
		drops = drops || k.Bodies > 0 || k.Unchanged > 0 || k.Versions != "" && k.Versions != archive.KeepAll
	}
	return r, drops, nil
}

func (c *cli) prune(ctx context.Context, store *archive.Store, o pruneOptions) error {
	rules, drops, err := c.pruneRules(ctx, store, o)
	if err != nil {
		return err
	}
	if !drops {
		return usage(hint(errors.New("no rule says what to drop: everything is kept"), "write keep: {bodies: 180d} into "+configName+", or name a rule: pressmark prune --bodies 180d"))
	}
	var p archive.Pruning
	if o.yes {
		rules.Progress = c.copying("prune")
		p, err = store.Prune(ctx, rules)
		c.copied()
	} else {
		p, err = store.PlanPrune(ctx, rules)
	}
	if err != nil {
		return err
	}
	if err := c.printPruning(p, o.yes); err != nil {
		return err
	}
	if !o.yes && !p.Empty() {
		c.say("nothing was done: --yes does it, and it can't be undone")
	}
	return nil
}

func (c *cli) printPruning(p archive.Pruning, done bool) error {
	if c.json {
		for _, s := range p.Sites {
			if err := object(c.out, struct {
				Site      string `json:"site"`
				Bodies    int    `json:"bodies"`
				BodyBytes int64  `json:"body_bytes"`
				Texts     int    `json:"texts"`
				TextBytes int64  `json:"text_bytes"`
				Unchanged int    `json:"unchanged"`
				Done      bool   `json:"done"`
			}{s.Site, s.Bodies, s.BodyBytes, s.Texts, s.TextBytes, s.Unchanged, done}); err != nil {
				return err
			}
		}
		if p.Runs > 0 {
			if err := object(c.out, struct {
				Runs int  `json:"runs"`
				Done bool `json:"done"`
			}{p.Runs, done}); err != nil {
				return err
			}
		}
		return c.printCompacted(p.Files)
	}
	head := "would go"
	if done {
		head = "pruned"
	}
	for _, s := range p.Sites {
		if _, err := fmt.Fprintf(c.out, "%s  %s: %s (%s kept), %s (%s kept), %s that found nothing new\n", head, line(s.Site),
			count(s.Bodies, "original"), bytesOf(s.BodyBytes), count(s.Texts, "text"), bytesOf(s.TextBytes), count(s.Unchanged, "look")); err != nil {
			return err
		}
	}
	if p.Runs > 0 {
		if _, err := fmt.Fprintf(c.out, "%s  records of %s\n", head, count(p.Runs, "crawl")); err != nil {
			return err
		}
	}
	if p.Empty() {
		c.say("nothing to prune: all is as young as the rules want it")
	}
	return c.printCompacted(p.Files)
}
