package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"pressmark/archive"
	"pressmark/archive/report"
)

func (c *cli) reportCommand() *cobra.Command {
	var f filter
	var format, file, title string
	cmd := &cobra.Command{
		Use:   "report",
		Short: "Report what papers changed, and whether they said so",
		Long: `Report what papers changed in a span of time: changes worth reading with the
words that went and came, withdrawals, admitted corrections, small edits, texts
that several papers ran, and what could not be seen. What is damaged in the
archive is left out and named, and the command ends with 12.

--since and --until go by the time at which the new text was seen. --format
html writes one file that needs no network and no scripts.`,
		Example: "  pressmark report --since 24h\n  pressmark report --since 7d --format html -o week.html",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if c.json {
				format = "json"
			}
			if _, ok := reportFormats[format]; !ok {
				return usage(fmt.Errorf("--format is %q: write text, html, md or json", format))
			}
			return c.reading(func(store *archive.Store) error {
				af, err := f.archive(cmd.Context(), c, store)
				if err != nil {
					return err
				}
				if now := time.Now(); af.Until.IsZero() && af.Since.After(now) {
					return usage(fmt.Errorf("--since %s has not come yet", f.since))
				}
				w, err := c.output(file)
				if err != nil {
					return err
				}
				damaged, err := c.report(cmd.Context(), w, store, format, report.Options{
					Title: title, Site: af.Site, Since: af.Since, Until: af.Until, Program: program(), Now: time.Now(),
				})
				if err = w.close(err); err != nil || len(damaged) == 0 {
					return err
				}
				for _, d := range damaged {
					c.say("not in the report: %s", line(d))
				}
				return hint(fmt.Errorf("%w: the report lacks %s", archive.ErrDamaged, count(len(damaged), "record")),
					"pressmark verify --deep names all that is damaged; pressmark repair mends what can be mended")
			})
		},
	}
	cmd.Flags().StringVar(&f.site, "site", "", "only this `SITE`: its name, or a part of it that no other has")
	cmd.Flags().StringVar(&f.since, "since", "", "from this `TIME` on: 24h, 7d, yesterday, 2026-11-01 (default: the beginning)")
	cmd.Flags().StringVar(&f.until, "until", "", "to this `TIME` (default: now)")
	cmd.Flags().StringVar(&format, "format", "text", "write it as this `FORMAT`: text, html, md or json")
	cmd.Flags().StringVarP(&file, "output", "o", "", "write to `FILE`")
	cmd.Flags().StringVar(&title, "title", "", "the report's `HEADLINE`")
	return cmd
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
	"json": func(w io.Writer, r *report.Report, _ *time.Location, _ report.Style) error { return object(w, r) },
}

// report writes a report, and gives what of the archive is damaged and missing in it.
func (c *cli) report(ctx context.Context, w *output, store *archive.Store, format string, o report.Options) (damaged []string, err error) {
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
	return r.Damaged, err
}
