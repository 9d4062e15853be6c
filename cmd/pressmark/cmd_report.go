package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"pressmark/archive"
	"pressmark/archive/report"
)

// reportFlags say what to report on, and how.
type reportFlags struct {
	filter
	choice
	format, file, title string
	cursor              string
	peek                bool
}

func (c *cli) reportCommand() *cobra.Command {
	var o reportFlags
	cmd := &cobra.Command{
		Use:   "report",
		Short: "Report what papers changed, and whether they said so",
		Long: `Report what papers changed in a span of time: changes worth reading with the
words that went and came, withdrawals, admitted corrections, small edits, texts
that several papers ran, what each paper did, and what could not be checked. What
is damaged in the archive is left out and named, and the command ends with 12.

--since and --until go by the time at which the new text was seen. --format
html writes one file that needs no network and no scripts, atom a feed of the
newest 200 changes, each under an ID that stays the same.

--cursor NAME tells what NAME has not been told yet, and remembers, in the
archive, when the report was written whole; what a filter leaves out counts as
told. With --peek it only looks. report cursors lists them.

--watch 'strike|walk* out' keeps to changes in whose own words one of these
stands: what went or came, not what stood beside it. A star stands for any
ending. A name of the configuration's watches does it too.

report send sends the reports of the configuration (reports: mail, webhook,
slack, ntfy, file); pressmark run sends them on schedule.`,
		Example: `  pressmark report --since 24h
  pressmark report --since 7d --format html -o week.html
  pressmark report --cursor desk --min 2 --format md
  pressmark report --site gazette --watch 'port contract|harbour' --format atom -o port.atom`,
		Args:    cobra.NoArgs,
		PreRunE: func(*cobra.Command, []string) error { return o.check() },
		RunE: func(cmd *cobra.Command, _ []string) error {
			if c.json {
				o.format = "json"
			}
			if _, ok := reportFormats[o.format]; !ok {
				return usage(fmt.Errorf("--format is %q: write text, html, md, json, jsonl or atom", o.format))
			}
			do := func(store *archive.Store) error { return c.reportFrom(cmd.Context(), store, &o) }
			if o.cursor == "" || o.peek {
				return c.reading(do)
			}
			return c.moving("report", do)
		},
	}
	fl := cmd.Flags()
	fl.StringVar(&o.site, "site", "", "only this `SITE`: its name, or a part of it that no other has")
	fl.StringVar(&o.since, "since", "", "from this `TIME` on: 24h, 7d, yesterday, 2026-11-01 (default: the beginning)")
	fl.StringVar(&o.until, "until", "", "to this `TIME` (default: now)")
	fl.StringVar(&o.format, "format", "text", "write it as this `FORMAT`: text, html, md, json, jsonl (a line a change) or atom")
	fl.StringVarP(&o.file, "output", "o", "", "write to `FILE`")
	fl.StringVar(&o.title, "title", "", "the report's `HEADLINE`")
	fl.StringVar(&o.cursor, "cursor", "", "what `NAME` has not been told yet")
	fl.BoolVar(&o.peek, "peek", false, "with --cursor: only look, NAME is told the same again")
	o.choice.flags(cmd)
	cmd.AddCommand(c.reportCursorsCommand(), c.reportSendCommand(), c.reportListCommand())
	return cmd
}

func (o *reportFlags) check() error {
	switch {
	case o.peek && o.cursor == "":
		return usage(fmt.Errorf("--peek is for --cursor NAME"))
	case o.cursor != "" && (o.since != "" || o.until != ""):
		return usage(fmt.Errorf("--cursor knows since when, to now: leave out --since and --until"))
	}
	if o.cursor != "" {
		if err := report.CheckCursorName(o.cursor); err != nil {
			return usage(err)
		}
		if strings.Contains(o.cursor, sentCursor) {
			return usage(fmt.Errorf("--cursor %q: cursors with %q in their names are those of report send", o.cursor, sentCursor))
		}
	}
	return o.choice.check()
}

// reportFrom writes a report, and moves its cursor when it is whole.
func (c *cli) reportFrom(ctx context.Context, store *archive.Store, o *reportFlags) error {
	af, err := o.filter.archive(ctx, c, store)
	if err != nil {
		return err
	}
	if now := time.Now(); af.Until.IsZero() && af.Since.After(now) {
		return usage(fmt.Errorf("--since %s has not come yet", o.since))
	}
	options := report.Options{Title: o.title, Site: af.Site, Since: af.Since, Until: af.Until, Program: program(), Now: time.Now()}
	if options.Choice, err = o.choice.of(c); err != nil {
		return err
	}
	if o.cursor != "" {
		if options.Cursor, err = report.ReadCursor(store, o.cursor); err != nil {
			return err
		}
	}
	w, err := c.output(o.file)
	if err != nil {
		return err
	}
	r, err := c.report(ctx, w, store, o.format, options)
	if errors.Is(err, report.ErrAnew) {
		err = hint(err, "a reextract is at work, or was cut off: wait for it, or go on with pressmark reextract --yes or a crawl")
	}
	if err = w.close(err); err == nil && w.file == nil {
		err = c.out.err // nobody may have read it to its end
	}
	if err != nil {
		return err
	}
	if o.cursor != "" && !o.peek {
		if err := options.Cursor.Move(ctx, store, r); err != nil {
			return err
		}
	}
	if len(r.Damaged) == 0 {
		return nil
	}
	for _, d := range r.Damaged {
		c.say("not in the report: %s", line(d))
	}
	return hint(fmt.Errorf("%w: the report lacks %s", archive.ErrDamaged, count(len(r.Damaged), "record")),
		"pressmark verify --deep names all that is damaged; pressmark repair mends what can be mended")
}

// reportFormats write a report.
var reportFormats = map[string]func(io.Writer, *report.Report, *time.Location, report.Style) error{
	"text": report.Text,
	"html": func(w io.Writer, r *report.Report, zone *time.Location, _ report.Style) error {
		return report.HTML(w, r, zone)
	},
	"md": func(w io.Writer, r *report.Report, zone *time.Location, _ report.Style) error {
		return report.Markdown(w, r, zone)
	},
	"atom": func(w io.Writer, r *report.Report, zone *time.Location, _ report.Style) error {
		return report.Atom(w, r, zone)
	},
	"json": func(w io.Writer, r *report.Report, _ *time.Location, _ report.Style) error { return object(w, r) },
	"jsonl": func(w io.Writer, r *report.Report, _ *time.Location, _ report.Style) error {
		for _, c := range r.AllCards() {
			if err := object(w, hookChangeOf(c)); err != nil {
				return err
			}
		}
		return nil
	},
}

// report writes a report, and gives it.
func (c *cli) report(ctx context.Context, w *output, store *archive.Store, format string, o report.Options) (*report.Report, error) {
	r, err := report.Build(ctx, store, o)
	if err != nil {
		return nil, err
	}
	switch {
	case format != "text":
		err = reportFormats[format](w, r, c.zone(), report.Plain)
	case w.file == nil:
		err = reportFormats[format](c.out, r, c.zone(), c.styles())
	default:
		err = reportFormats[format](newTerminal(w, "never"), r, c.zone(), report.Plain) // text to read, wherever
	}
	return r, err
}

// A choice is the flags that say which changes.
type choice struct {
	grade   int
	kinds   []string
	stealth bool
	watches []string
}

func (o *choice) flags(cmd *cobra.Command) {
	fl := cmd.Flags()
	fl.IntVar(&o.grade, "min", 0, "only of this `GRADE` (0 to 3) and above")
	fl.StringSliceVar(&o.kinds, "kind", nil, "only of these `KINDS`, with commas between them")
	fl.BoolVar(&o.stealth, "stealth", false, "only those that the paper doesn't admit")
	fl.StringArrayVar(&o.watches, "watch", nil, "only changes of these `WORDS`, with bars between them, or a watch's name; may be given several times")
}

func (o *choice) check() error {
	if o.grade < 0 || o.grade > 3 {
		return usage(fmt.Errorf("--min %d is not between 0 and 3", o.grade))
	}
	if bad := badKind(o.kinds); bad != nil {
		return usage(fmt.Errorf("--kind: %w", bad))
	}
	for _, w := range o.watches {
		if _, err := report.ParseWords(w); err != nil {
			return usage(fmt.Errorf("--watch %q: %w", w, err))
		}
	}
	return nil
}

// badKind is the error of the first kind that is none.
func badKind(kinds []string) error {
	for _, k := range kinds {
		if !slices.Contains(changeKinds, k) {
			way := "the kinds are: " + strings.Join(changeKinds, ", ")
			if best := nearest(k, changeKinds); best != "" {
				way = "did you mean " + best + "?"
			}
			return hint(fmt.Errorf("no change is of kind %q", k), way)
		}
	}
	return nil
}

// of is the choice with the configuration's watches: those that --watch names,
// or all, to be told of where they match.
func (o *choice) of(c *cli) (report.Choice, error) {
	x := report.Choice{Min: o.grade, Kinds: o.kinds, Stealth: o.stealth, Watched: len(o.watches) > 0}
	conf, err := c.configurationOrDefault()
	if err != nil {
		return x, err
	}
	known := conf.watches()
	if len(o.watches) == 0 {
		x.Watches = known
		return x, nil
	}
	for _, w := range o.watches {
		if i := slices.IndexFunc(known, func(k report.Watch) bool { return fold(k.Name) == fold(w) }); i >= 0 {
			x.Watches = append(x.Watches, known[i])
			continue
		}
		words, err := report.ParseWords(w)
		if err != nil {
			return x, usage(fmt.Errorf("--watch %q: %w", w, err))
		}
		x.Watches = append(x.Watches, report.Watch{Name: w, Words: words})
	}
	return x, nil
}
