package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"pressmark/archive"
)

// A filter is the flags that mean the same for every command that lists.
type filter struct {
	site, since, until, lang string
	limit                    int
}

func (f *filter) flags(cmd *cobra.Command) {
	fl := cmd.Flags()
	fl.StringVar(&f.site, "site", "", "only this `SITE`: its name, or a part of it that no other has")
	fl.StringVar(&f.since, "since", "", "only from this `TIME` on: 24h, 7d, yesterday, 2026-11-01, RFC 3339")
	fl.StringVar(&f.until, "until", "", "only to this `TIME`")
	fl.StringVar(&f.lang, "lang", "", "only in this `LANGUAGE`, such as fr")
	fl.IntVar(&f.limit, "limit", 0, "at most `N`")
	cmd.PreRunE = func(*cobra.Command, []string) error { // before any archive is looked for
		_, err := f.span(time.Now())
		return err
	}
}

// archive turns the flags into a filter for store.
func (f *filter) archive(ctx context.Context, c *cli, store *archive.Store) (archive.Filter, error) {
	a, err := f.span(time.Now().In(c.zone()))
	if err == nil {
		a.Site, err = c.siteName(ctx, store, f.site)
	}
	return a, err
}

// span is the filter without the site, which needs an archive to be known.
func (f *filter) span(now time.Time) (a archive.Filter, err error) {
	a = archive.Filter{Language: f.lang, Limit: f.limit}
	if f.limit < 0 {
		return a, usage(fmt.Errorf("--limit %d is negative", f.limit))
	}
	if a.Since, err = parseTime(f.since, now); err != nil {
		return a, usage(fmt.Errorf("--since: %w", err))
	}
	if a.Until, err = parseTime(f.until, now); err != nil {
		return a, usage(fmt.Errorf("--until: %w", err))
	}
	if !a.Since.IsZero() && !a.Until.IsZero() && a.Until.Before(a.Since) {
		return a, usage(fmt.Errorf("--until %s lies before --since %s", f.until, f.since))
	}
	return a, nil
}

// parseTime reads a time as people type it; "" is the zero time.
func parseTime(s string, now time.Time) (time.Time, error) {
	midnight := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location())
	switch s {
	case "":
		return time.Time{}, nil
	case "now":
		return now, nil
	case "today":
		return midnight, nil
	case "yesterday":
		return midnight.AddDate(0, 0, -1), nil
	}
	for _, layout := range []string{time.DateOnly, "2006-01-02 15:04", "2006-01-02T15:04", time.DateTime} {
		if t, err := time.ParseInLocation(layout, s, now.Location()); err == nil {
			return t, nil
		}
	}
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t, nil
	}
	if d, err := parseDuration(strings.TrimSuffix(s, " ago")); err == nil {
		return now.Add(-d), nil
	}
	return time.Time{}, fmt.Errorf("%q is no time: write 24h, 7d, yesterday, 2026-11-01, \"2026-11-01 18:00\" or 2026-11-01T18:00:00Z", s)
}

// because ends a line that says that there is nothing, with the reason.
func (f filter) because(otherwise string) string {
	if f != (filter{}) {
		return " match these filters"
	}
	return otherwise
}

// clock writes a time for a table.
func clock(t time.Time, zone *time.Location) string {
	if t.IsZero() {
		return "-"
	}
	return t.In(zone).Format("2006-01-02 15:04")
}
