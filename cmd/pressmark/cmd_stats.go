package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"pressmark/archive"
)

func (c *cli) statsCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "stats",
		Short: "Count what the archive holds, and what it weighs",
		Long: `Count what the archive holds: captures (what servers sent), pages, versions
(distinct texts of a page), changes, stories and runs; and what it weighs,
before and after compression.`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			return c.reading(func(store *archive.Store) error {
				s, err := store.Stats()
				if err != nil {
					return err
				}
				return c.printStats(s)
			})
		},
	}
}

func (c *cli) printStats(s archive.Stats) error {
	if c.json {
		return object(c.out, struct {
			Captures    int   `json:"captures"`
			Bodies      int   `json:"bodies"`
			Pages       int   `json:"pages"`
			Versions    int   `json:"versions"`
			Stories     int   `json:"stories"`
			Changes     int   `json:"changes"`
			Runs        int   `json:"runs"`
			Remembered  int   `json:"remembered"`
			BodyBytes   int64 `json:"body_bytes"`
			BodyStored  int64 `json:"body_stored"`
			TextBytes   int64 `json:"text_bytes"`
			TextStored  int64 `json:"text_stored"`
			CatalogSize int64 `json:"catalog_size"`
			RawSize     int64 `json:"raw_size"`
			Volumes     int   `json:"volumes"`
		}{s.Captures, s.Bodies, s.Pages, s.Versions, s.Stories, s.Changes, s.Runs, s.Remembered, s.BodyBytes, s.BodyStored, s.TextBytes, s.TextStored, s.Catalog, s.Raw, s.Volumes})
	}
	share := func(part, whole int64) string {
		if whole == 0 {
			return ""
		}
		return fmt.Sprintf("  (%.1f %%)", 100*float64(part)/float64(whole))
	}
	for _, x := range [][2]string{
		{"captures", thousands(s.Captures) + ", " + count(s.Bodies, "distinct body")},
		{"pages", thousands(s.Pages)},
		{"versions", thousands(s.Versions)},
		{"changes", thousands(s.Changes)},
		{"stories", thousands(s.Stories)},
		{"runs", thousands(s.Runs)},
		{"memory", "of what repeats on the pages of " + count(s.Remembered, "site")},
		{"bodies", bytesOf(s.BodyBytes) + " received, " + bytesOf(s.BodyStored) + " kept" + share(s.BodyStored, s.BodyBytes)},
		{"texts", bytesOf(s.TextBytes) + " written, " + bytesOf(s.TextStored) + " kept" + share(s.TextStored, s.TextBytes)},
		{"on disk", bytesOf(s.Catalog) + " catalog, " + bytesOf(s.Raw) + " in " + count(s.Volumes, "raw volume")},
	} {
		if _, err := fmt.Fprintf(c.out, "%s %s\n", pad(x[0], 9), x[1]); err != nil {
			return err
		}
	}
	return nil
}
