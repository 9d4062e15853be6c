package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"pressmark/archive"
)

// emptyConfig is what init writes: every common option with its default, as a comment.
const emptyConfig = `# pressmark keeps every edition of the news you watch.
# pressmark config schema prints all options; pressmark config check looks this file over.

# Goes into the User-Agent, so that the people whose sites you crawl can reach you.
# Needed before anything but this machine is crawled.
contact: %q

archive: ./archive
# timezone: Europe/Berlin        # of schedules and reports; default: this machine's

crawl:
  delay: 2s                      # between two requests to one site; robots.txt may ask for more
  # workers: 8                   # sites asked at the same time
  # max_pages_per_run: 500       # on one site
  # private_networks: deny       # allow: this machine and private networks may be crawled
  # proxy: ""

# pressmark add https://www.example.org/ puts sites here.
sites: []
`

func (c *cli) initCommand() *cobra.Command {
	var contact string
	cmd := &cobra.Command{
		Use:   "init [DIR]",
		Short: "Make a folder with a configuration and an empty archive",
		Long: `Make a folder (this one when DIR is left out) with pressmark.yaml and an empty
archive. Nothing that is there already is touched.

--contact is who the people whose sites you crawl can write to; it goes into
the User-Agent, and nothing but this machine is crawled without it.`,
		Example: "  pressmark init ~/news --contact newsroom@example.org",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			dir := "."
			if len(args) == 1 {
				dir = args[0]
			}
			return c.init(dir, contact)
		},
	}
	cmd.Flags().StringVar(&contact, "contact", "", "a mail `ADDRESS` or URL for the people whose sites you crawl")
	return cmd
}

func (c *cli) init(dir, contact string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("init: %w", err)
	}
	path := filepath.Join(dir, configName)
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return hint(fmt.Errorf("init: %s is there already", path), "pressmark add URL adds a site to it")
	}
	if err != nil {
		return fmt.Errorf("init: %w", err)
	}
	_, err = fmt.Fprintf(f, emptyConfig, contact)
	if err = errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("init: %w", err)
	}
	place := c.archive
	if place == "" {
		place = filepath.Join(dir, "archive")
	}
	store, err := archive.Create(place, archive.Options{Log: c.log})
	if err != nil && !errors.Is(err, archive.ErrExists) {
		return err
	}
	if err == nil {
		if err := store.Close(); err != nil {
			return err
		}
	}
	if c.json {
		return object(c.out, struct {
			Config  string `json:"config"`
			Archive string `json:"archive"`
		}{path, place})
	}
	next := "pressmark add https://www.example.org/"
	if contact == "" {
		next += " --contact you@example.org"
	}
	if filepath.Clean(dir) != "." {
		next = "cd " + dir + " && " + next
	}
	c.say("made  %s\nmade  %s\nnext  %s", path, place, next)
	return nil
}
