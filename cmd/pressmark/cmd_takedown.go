package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/user"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"pressmark/archive"
	"pressmark/extract/urlkey"
)

type takedownOptions struct {
	archive.TakedownOptions
	site string
	yes  bool
}

func (c *cli) takedownCommand() *cobra.Command {
	var o takedownOptions
	cmd := &cobra.Command{
		Use:   "takedown [PAGE|URL…]",
		Short: "Remove pages for good, as a court or a paper may demand",
		Long: `Remove pages so that no file of the archive holds anything of them: what was
captured, all versions, changes and sightings, their part in stories and
indexes, dictionaries that were made of them. What stays is a tombstone: which
page it was, who took it down, when and why. A page that was taken down is not
fetched or archived again.

Without --yes it says exactly what would go, and what stays that has to do with
it: other pages that showed the same bytes keep them (--everywhere takes those
down, too), other papers that tell the same story keep their text. Pages that
link to it keep its headline and address among their links, as they were sent.

--version N takes one version of a page: its text, the captures that showed it
and the changes that quote it. The others stay, with their numbers. The latest
one can't be taken alone; the next crawl would bring it back.

--keep-digests remembers the SHA-256 of the bodies and refuses them, whatever
page they come from. --allow-again lets pages be archived again, those too that
were taken down before.

The files that held it are written anew, so there must be room for a copy of
the largest; captures wait meanwhile. When that is cut off it is finished when
the archive is next opened for writing. It can't be undone, and does not reach
what is outside of the archive: backups, exports, reports, and what the disk may
keep of deleted files.

Without a page it lists what was taken down.`,
		Example: "  pressmark takedown 7f3a --reason 'order of the court, 12 O 345/26'\n  pressmark takedown 7f3a --reason 'order of the court, 12 O 345/26' --yes\n" +
			"  pressmark takedown 7f3a --version 2 --reason 'name of a minor' --yes\n  pressmark takedown --site 'Harbour Gazette' --reason 'the licence has ended' --yes\n  pressmark takedown --json | jq .reason",
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 && o.site == "" {
				if o.yes || o.Version != 0 || o.Everywhere || o.AllowAgain {
					return usage(hint(errors.New("no page is named"), "usage: pressmark "+cmd.Use))
				}
				return c.reading(func(store *archive.Store) error { return c.printTombstones(cmd.Context(), store) })
			}
			if cmd.Flags().Changed("version") && o.Version < 1 {
				return usage(errors.New("--version takes a number from 1"))
			}
			if o.Version > 0 && (len(args) != 1 || o.site != "" || o.Everywhere || o.AllowAgain) {
				return usage(errors.New("--version is for one page, without --site, --everywhere and --allow-again"))
			}
			if !o.yes {
				return c.reading(func(store *archive.Store) error { return c.takedown(cmd.Context(), store, args, o) })
			}
			dir, err := c.place()
			if err != nil {
				return err
			}
			return c.writing(dir, "takedown", func(store *archive.Store) error { return c.takedown(cmd.Context(), store, args, o) })
		},
	}
	f := cmd.Flags()
	f.IntVar(&o.Version, "version", 0, "only version `N` of the page")
	f.StringVar(&o.site, "site", "", "all pages of this `SITE`")
	f.BoolVar(&o.Everywhere, "everywhere", false, "other pages that showed the same bytes, too")
	f.BoolVar(&o.KeepDigests, "keep-digests", false, "remember the bodies' SHA-256, and refuse them on whatever page")
	f.BoolVar(&o.AllowAgain, "allow-again", false, "the pages may be archived again")
	f.StringVar(&o.Reason, "reason", "", "why: `TEXT` for the tombstone")
	f.StringVar(&o.By, "by", "", "who: `NAME` for the tombstone (default: user@host)")
	f.BoolVar(&o.yes, "yes", false, "do it, rather than say what would be done")
	return cmd
}

// whoami is the user of this process, for a tombstone.
func whoami() string {
	name := strconv.Itoa(os.Getuid())
	if u, err := user.Current(); err == nil {
		name = u.Username
	}
	if host, err := os.Hostname(); err == nil {
		name += "@" + host
	}
	return name
}

func (c *cli) takedown(ctx context.Context, store *archive.Store, args []string, o takedownOptions) error {
	lifted, err := c.takedownPages(ctx, store, args, &o)
	if err != nil {
		return err
	}
	if len(lifted) > 0 {
		if err := c.allowAgain(ctx, store, lifted, o.yes); err != nil || len(o.Pages) == 0 {
			return err
		}
	}
	if len(o.Pages) == 0 {
		return fmt.Errorf("%w: no page of the site %s", archive.ErrNoSuch, o.site)
	}
	if strings.TrimSpace(o.Reason) == "" {
		return usage(hint(errors.New("a takedown needs a reason"), "--reason 'order of the court, 12 O 345/26'"))
	}
	if o.By == "" {
		o.By = whoami()
	}
	if !o.yes {
		t, err := store.PlanTakedown(ctx, o.TakedownOptions)
		if err != nil {
			return err
		}
		return c.printTakedown(store, t, o)
	}
	o.Progress = c.copying("takedown")
	t, err := store.Takedown(ctx, o.TakedownOptions)
	c.copied()
	if errors.Is(err, archive.ErrDamaged) {
		return hint(err, "when a raw volume won't ever be readable again: pressmark repair --volume FILE makes it anew without what is lost, and finishes this")
	}
	if err != nil {
		return err
	}
	return c.printTakedown(store, t, o)
}

// takedownPages finds the pages that are meant; lifted are those that were
// taken down and of which nothing is there, when they are to be allowed again.
func (c *cli) takedownPages(ctx context.Context, store *archive.Store, args []string, o *takedownOptions) (lifted []urlkey.Key, err error) {
	for _, arg := range args {
		name := arg
		if id, v, ok := strings.Cut(arg, "@"); ok && !strings.Contains(arg, "/") && o.Version == 0 && len(args) == 1 {
			if n, err := strconv.Atoi(v); err == nil && n > 0 {
				name, o.Version = id, n
			}
		}
		key, err := store.Resolve(name)
		if errors.Is(err, archive.ErrNoSuch) {
			old, terr := tombstoneOf(ctx, store, name)
			switch {
			case terr != nil:
				return nil, terr
			case old.ID != 0 && o.AllowAgain:
				lifted = append(lifted, old.Page)
				continue
			case old.ID != 0 && old.Done.IsZero() && old.Version == 0 && o.yes: // it goes on
				o.Pages = append(o.Pages, old.Page)
				continue
			case old.ID != 0:
				return nil, hint(fmt.Errorf("%w already, on %s by %s: %s", archive.ErrTakenDown, clock(old.At, c.zone()), old.By, old.Reason), "pressmark takedown lists all that was")
			}
			err = hint(err, "pressmark ls lists the articles with their IDs")
		}
		if errors.Is(err, archive.ErrAmbiguous) {
			err = hint(err, "write more digits of the ID")
		}
		if err != nil {
			return nil, err
		}
		o.Pages = append(o.Pages, key)
	}
	if o.site == "" {
		return lifted, nil
	}
	site, err := c.siteName(ctx, store, o.site)
	if err != nil {
		return nil, err
	}
	o.site = site
	known := map[urlkey.Key]bool{}
	for x, err := range store.Captures(ctx, 0) {
		if err != nil {
			return nil, err
		}
		if x.Site == site && !known[x.Page] {
			known[x.Page] = true
			o.Pages = append(o.Pages, x.Page)
		}
	}
	return lifted, nil
}

// tombstoneOf finds the last tombstone of a page by URL or ID; ID 0 when there
// is none.
func tombstoneOf(ctx context.Context, store *archive.Store, name string) (last archive.Tombstone, err error) {
	full := name
	if !strings.Contains(name, "://") {
		full = "https://" + name
	}
	key, _ := urlkey.Of(full) // or it is an ID
	for t, err := range store.Tombstones(ctx) {
		if err != nil {
			return last, err
		}
		if t.Version == 0 && (t.Page == key || len(name) >= 4 && strings.HasPrefix(t.Page.ID(), strings.ToLower(name))) {
			last = t
		}
	}
	return last, nil
}

func (c *cli) allowAgain(ctx context.Context, store *archive.Store, pages []urlkey.Key, yes bool) error {
	n := len(pages)
	if yes {
		var err error
		if n, err = store.Allow(ctx, pages); err != nil {
			return err
		}
	}
	if c.json {
		return object(c.out, struct {
			Allowed int  `json:"allowed_again"`
			Done    bool `json:"done"`
		}{n, yes})
	}
	what := "would be allowed again; --yes does it"
	if yes {
		what = "may be archived again"
	}
	_, err := fmt.Fprintf(c.out, "%s %s\n", count(len(slices.Compact(pages)), "page"), what)
	return err
}
