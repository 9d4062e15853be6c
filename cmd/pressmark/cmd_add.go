package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/spf13/cobra"
)

func (c *cli) addCommand() *cobra.Command {
	var name, every, contact, opml string
	var dry, sure bool
	cmd := &cobra.Command{
		Use:   "add URL | --opml FILE",
		Short: "Look at a site, show one article of it, and add it to the configuration",
		Long: `Look at a site as a crawl would (robots.txt, feeds, sitemaps, the links of the
home page), show one article as it would be kept, and add the site to the
configuration. Comments in the file stay.

URL is the home page. --contact is who the site's people can write to about the
crawl; it goes into the file, if none stands there yet.

--opml adds the publications of an OPML file, which feed readers export, with
their feeds; folders become tags, and a paper with several feeds is one site.
Nobody is asked for anything. What the configuration has already is told, and
more than one new site wants --yes. pressmark site ls --opml is the way back.`,
		Example: "  pressmark add https://www.example.org/ --every 30m\n  pressmark add https://www.example.org/ --name Example --contact newsroom@example.org\n  pressmark add https://www.example.org/ --dry-run\n  pressmark add --opml subscriptions.xml --every 1h --yes",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if _, err := parseDuration(every); err != nil {
				return usage(fmt.Errorf("--every: %w", err))
			}
			switch {
			case (opml == "") == (len(args) == 0):
				return usage(errors.New("add takes the URL of a home page, or --opml FILE"))
			case opml != "" && name != "":
				return usage(errors.New("--name is for one site: an OPML file has its own names"))
			}
			conf, err := c.configuration()
			if err != nil {
				return err
			}
			if opml != "" {
				if err := conf.introduced(contact); err != nil {
					return err
				}
				return c.addOPML(cmd.Context(), conf, opml, every, contact, dry, sure)
			}
			return c.add(cmd.Context(), conf, args[0], newSite{Name: name, Every: every}, contact, dry)
		},
	}
	cmd.Flags().StringVar(&name, "name", "", "call it `NAME` (default: what it calls itself)")
	cmd.Flags().StringVar(&every, "every", duration(defaultEvery).String(), "crawl it every `DURATION`: 90s, 15m, 7d")
	cmd.Flags().StringVar(&contact, "contact", "", "a mail `ADDRESS` or URL for the people whose site it is")
	cmd.Flags().StringVar(&opml, "opml", "", "add the publications of an OPML `FILE` (- for standard input)")
	cmd.Flags().BoolVar(&sure, "yes", false, "add all that the OPML file names")
	cmd.Flags().BoolVar(&dry, "dry-run", false, "look, add nothing")
	return cmd
}

// add looks at a site and adds it to the file, unless it is a dry run.
func (c *cli) add(ctx context.Context, conf *config, raw string, s newSite, contact string, dry bool) error {
	if err := conf.introduced(contact); err != nil {
		return err
	}
	for _, x := range conf.Sites { // before anybody is asked
		if at, err := address(raw); err == nil && x.URL == at {
			return present(conf.path, x)
		}
	}
	found, err := c.probe(ctx, conf, raw)
	if err != nil {
		return err
	}
	if s.URL = found.URL; s.Name == "" {
		s.Name = found.Name
	}
	found.Name = s.Name
	if !c.json {
		if err := c.printProbe(found, conf.zone); err != nil {
			return err
		}
	}
	if !dry {
		if err := addSite(conf.path, s, contact); err != nil {
			return err
		}
		found.Added = s.Name
		c.say(" added    %q to %s\n next     pressmark crawl %q   or   pressmark run", s.Name, conf.path, s.Name)
	}
	if c.json {
		return c.printProbe(found, conf.zone)
	}
	return nil
}

// introduced takes a contact that is named on the command line.
func (conf *config) introduced(contact string) error {
	if conf.Contact != "" && contact != "" && contact != conf.Contact {
		return usage(hint(fmt.Errorf("%s has contact: %s already", conf.path, conf.Contact), "change it there"))
	}
	if contact != "" {
		conf.Contact = contact
	}
	return nil
}

// A newSite is what add writes.
type newSite struct {
	URL   string   `yaml:"url"`
	Name  string   `yaml:"name"`
	Every string   `yaml:"every"`
	Feeds []string `yaml:"feeds,omitempty"`
	Tags  []string `yaml:"tags,omitempty"`
}

// addSite puts a site at the end of the file's list, and a contact if it has
// none, and leaves all else as it is.
func addSite(path string, s newSite, contact string) error {
	b, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("add site: %w", err)
	}
	before, err := parseConfig(path, b)
	if err != nil {
		return err
	}
	for _, x := range before.Sites {
		if x.URL == s.URL {
			return present(path, x)
		}
		if fold(x.name()) == fold(s.Name) {
			return hint(fmt.Errorf("%s has a site called %q already", path, x.name()), "give this one another --name")
		}
	}
	text, err := withSites(string(b), []newSite{s})
	if err != nil {
		return err
	}
	if before.Contact == "" && contact != "" {
		text = withContact(text, contact)
	} else {
		contact = before.Contact
	}
	after, err := parseConfig(path, []byte(text))
	if err != nil || len(after.Sites) != len(before.Sites)+1 || after.Contact != contact {
		return hint(fmt.Errorf("add site: %s is written in a way that add can't extend", path),
			fmt.Sprintf("add it by hand below sites:\n  - {url: %q, name: %q, every: %s}", s.URL, s.Name, s.Every))
	}
	return replaceFile(path, []byte(text))
}

func present(path string, s siteConfig) error {
	return hint(fmt.Errorf("%s has this site already, as %q", path, s.name()), "change it there, or see what it gives: pressmark site test "+strconv.Quote(s.name()))
}

// withSites is the text of a configuration with more sites.
func withSites(text string, sites []newSite) (string, error) {
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	start, end, indent, first := -1, len(lines), "  ", true
	for i, l := range lines {
		switch trimmed := strings.TrimSpace(l); {
		case strings.HasPrefix(l, "sites:"):
			start = i
			lines[i] = strings.Replace(l, "sites: []", "sites:", 1)
		case start < 0 || trimmed == "" || strings.HasPrefix(trimmed, "#"):
		case strings.HasPrefix(trimmed, "- ") && end == len(lines):
			if first {
				indent, first = l[:len(l)-len(strings.TrimLeft(l, " "))], false
			}
		case !strings.HasPrefix(l, " ") && end == len(lines):
			end = i
		}
	}
	if start < 0 {
		lines = append(lines, "", "sites:")
		end = len(lines)
	}
	for end > start+1 && end > 0 { // blank lines and comments before the next key belong to it
		trimmed := strings.TrimSpace(lines[end-1])
		if trimmed != "" && (!strings.HasPrefix(trimmed, "#") || strings.HasPrefix(lines[end-1], " ")) {
			break
		}
		end--
	}
	var item []string
	for _, s := range sites {
		b, err := yaml.Marshal(s)
		if err != nil {
			return "", fmt.Errorf("add site: %w", err)
		}
		for i, l := range strings.Split(strings.TrimSuffix(string(b), "\n"), "\n") {
			lead := "  "
			if i == 0 {
				lead = "- "
			}
			item = append(item, indent+lead+l)
		}
	}
	out := append(append(append([]string{}, lines[:end]...), item...), lines[end:]...)
	return strings.Join(out, "\n") + "\n", nil
}

// withContact is the text of a configuration with a contact.
func withContact(text, contact string) string {
	row := fmt.Sprintf("contact: %q", contact)
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		if strings.HasPrefix(l, "contact:") {
			lines[i] = row
			return strings.Join(lines, "\n")
		}
	}
	return row + "\n" + text
}

// replaceFile writes a file anew, whole or not at all, with its old permissions.
func replaceFile(path string, b []byte) error {
	info, err := os.Stat(path)
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".pressmark-*")
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	_, err = f.Write(b)
	err = errors.Join(err, f.Chmod(info.Mode().Perm()), f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		os.Remove(f.Name())
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}
