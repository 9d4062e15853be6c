package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"pressmark/archive"
)

func (c *cli) doctorCommand() *cobra.Command {
	var online bool
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Check the set-up, and say what to do about what is wrong",
		Long: `Look at everything that crawling needs, and say what to do about what is wrong:

  configuration  it is valid; contact is set; filter lists can be read
  schedules      not many sites at the same minute; pauses that were forgotten
  reports        the environment variables that their destinations need are set
  archive        it opens, or who holds it; captures wait to be read
  daemon         pressmark run is at work, and when it crawled last
  disk           room left, against how the archive grows; a file system that bbolt can
                 be trusted to (not one over a network); the right to write there
  machine        open files, memory, the clock, Chromium for pages that need scripts
  sites          trouble in the last crawl, silence for longer than ever, never crawled

Nothing is asked of the network, but with --online: then each site's name is looked up,
its robots.txt and home page are asked for, politely, and its clock is compared with ours.

✓ is fine, ! wants attention, ✗ keeps pressmark from its work. Exit code 0 when all is
fine, 3 when something wants attention, 1 when something fails.`,
		Example: "  pressmark doctor\n  pressmark doctor --online\n  pressmark doctor --json | jq 'select(.state != \"fine\")'",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.doctor(cmd.Context(), online)
		},
	}
	cmd.Flags().BoolVar(&online, "online", false, "ask the sites, too")
	return cmd
}

// How a finding stands.
const (
	fine      = "fine"
	attention = "attention"
	fails     = "failing"
)

// A finding is what one check found, and what to do about it.
type finding struct {
	Check string `json:"check"`
	State string `json:"state"`
	What  string `json:"what"`
	Do    string `json:"do,omitempty"`
}

// An examination is a doctor at work.
type examination struct {
	c    *cli
	conf *config // the default one when there is none
	dir  string
	now  time.Time
	list []finding
}

func (x *examination) fine(check, format string, args ...any) {
	x.list = append(x.list, finding{check, fine, fmt.Sprintf(format, args...), ""})
}

func (x *examination) attention(check, do, format string, args ...any) {
	x.list = append(x.list, finding{check, attention, fmt.Sprintf(format, args...), do})
}

func (x *examination) failing(check, do, format string, args ...any) {
	x.list = append(x.list, finding{check, fails, fmt.Sprintf(format, args...), do})
}

// broken is a check that failed with an error, which may say what to do.
func (x *examination) broken(check, do string, err error) {
	var h hinted
	if errors.As(err, &h) {
		do = h.hint
	}
	x.failing(check, do, "%v", err)
}

// doctor does nothing that lasts before the archive is open, since it may run
// again beside the process that holds it.
func (c *cli) doctor(ctx context.Context, online bool) error {
	x := &examination{c: c, now: time.Now()}
	if !x.configuration() {
		return x.report()
	}
	x.schedules()
	x.pauses()
	err := c.with(x.dir, forReading, "", func(store *archive.Store) error {
		if c.host != nil { // whose folder is another one than that of who asks
			x.dir = c.host.dir
		}
		if err := x.archive(ctx, store); err != nil {
			x.broken("archive", "pressmark verify says what is damaged", err)
		}
		return x.rest(ctx, online)
	})
	var done answered
	switch {
	case err == nil, errors.As(err, &done), errors.Is(err, errPartly), errors.Is(err, errUnwell), ctx.Err() != nil:
		return err
	case errors.Is(err, archive.ErrNotFound):
		x.attention("archive", "the first pressmark crawl or run makes it", "there is none yet in %s", x.dir)
	case errors.Is(err, archive.ErrInUse):
		x.attention("archive", "this command tells more when that has ended", "%s is held by %s, which lets nobody in", x.dir, holderOf(x.dir))
	default:
		x.broken("archive", "", err)
	}
	return x.rest(ctx, online)
}

// rest looks at what there is beside the archive, and reports.
func (x *examination) rest(ctx context.Context, online bool) error {
	x.reports()
	x.machine()
	if online {
		if err := x.online(ctx); err != nil {
			return err
		}
	}
	return x.report()
}

// errUnwell ends a doctor that found what keeps pressmark from its work.
var errUnwell = errors.New("something fails")

func (x *examination) report() error {
	c, counts := x.c, map[string]int{}
	for _, f := range x.list {
		counts[f.State]++
		if c.json {
			if err := object(c.out, f); err != nil {
				return err
			}
			continue
		}
		sign := c.out.style(green, "✓")
		switch f.State {
		case attention:
			sign = c.out.style(yellow, "!")
		case fails:
			sign = c.out.style(red, "✗")
		}
		fmt.Fprintf(c.out, "%s %s %s\n", sign, pad(f.Check, 14), line(f.What))
		if f.Do != "" {
			fmt.Fprintf(c.out, "  %s → %s\n", pad("", 14), line(f.Do))
		}
	}
	switch {
	case c.out.err != nil:
		return c.out.err
	case counts[fails] > 0:
		return fmt.Errorf("%w: %d of %s, and %d want attention", errUnwell, counts[fails], count(len(x.list), "check"), counts[attention])
	case counts[attention] > 0:
		return fmt.Errorf("%w: %d of %s want attention", errPartly, counts[attention], count(len(x.list), "check"))
	}
	c.say("all is well: %s", count(len(x.list), "check"))
	return nil
}
