package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"pressmark/crawler/discover"
	"pressmark/extract/urlkey"
)

// maxOPML is the largest OPML file that is read.
const maxOPML = 32 << 20

// An opmlSite is a publication of an OPML file beside the configuration.
type opmlSite struct {
	Name   string   `json:"name"`
	URL    string   `json:"url"`
	Feeds  []string `json:"feeds"`
	Tags   []string `json:"tags"`
	Status string   `json:"status"` // new, added, present or skipped
	Why    string   `json:"why,omitempty"`
}

// addOPML adds an OPML file's publications to the configuration. More than one
// wants --yes.
func (c *cli) addOPML(ctx context.Context, conf *config, file, every, contact string, dry, sure bool) error {
	f, err := c.input(ctx, file)
	if err != nil {
		return err
	}
	b, err := io.ReadAll(io.LimitReader(f, maxOPML+1))
	err = errors.Join(err, f.Close())
	if err == nil && len(b) > maxOPML {
		err = fmt.Errorf("it is larger than %d MB", maxOPML>>20)
	}
	if err != nil {
		return fmt.Errorf("read %s: %w", file, err)
	}
	_, subs, skipped, err := discover.ParseOPML(b)
	if err != nil {
		return hint(fmt.Errorf("%s: %w", file, err), "OPML is what feed readers export; one site is added by its home page: pressmark add https://www.example.org/")
	}
	list := sitesOf(subs, conf)
	for _, s := range skipped {
		list = append(list, opmlSite{Name: s, Status: "skipped", Why: "no address of the web"})
	}
	var fresh []newSite
	for _, s := range list {
		if s.Status == "new" {
			fresh = append(fresh, newSite{URL: s.URL, Name: s.Name, Every: every, Feeds: s.Feeds, Tags: s.Tags})
		}
	}
	write := len(fresh) > 0 && !dry && (sure || len(fresh) == 1)
	if write {
		if err := addSites(conf.path, fresh, contact); err != nil {
			return err
		}
	}
	for _, s := range list {
		if write && s.Status == "new" {
			s.Status = "added"
		}
		if err := c.printOPMLSite(s); err != nil {
			return err
		}
	}
	present := 0
	for _, s := range list {
		if s.Status == "present" {
			present++
		}
	}
	said := fmt.Sprintf("%d there already, %d skipped", present, len(skipped))
	switch {
	case len(list) == 0:
		return fmt.Errorf("%s names no feed", file)
	case write:
		c.say("%s added to %s, %s\nnext: pressmark crawl   or   pressmark run", count(len(fresh), "site"), conf.path, said)
	case len(fresh) == 0:
		c.say("nothing to add: %s", said)
	case dry:
		c.say("%s would be added to %s, %s", count(len(fresh), "site"), conf.path, said)
	default:
		c.say("%s would be added to %s, %s: --yes does it", count(len(fresh), "site"), conf.path, said)
	}
	return nil
}

// sitesOf are publications as sites. Those that the configuration has, by the
// hosts that they stand on, are told; a name that is taken gets the host behind it.
func sitesOf(subs []discover.Subscription, conf *config) []opmlSite {
	groups, names := map[string]string{}, map[string]bool{}
	for _, s := range conf.Sites {
		if g, err := urlkey.Group(s.URL); err == nil {
			groups[g] = s.name()
		}
		names[fold(s.name())] = true
	}
	var list []opmlSite
	for _, sub := range subs {
		s := opmlSite{Name: fit(line(sub.Title), 80), URL: sub.Home, Feeds: sub.Feeds, Tags: sub.Folders, Status: "new"}
		host := siteConfig{URL: s.URL}.name()
		if s.Name == "" {
			s.Name = host
		}
		g, err := urlkey.Group(s.URL)
		switch has, known := groups[g]; {
		case err != nil:
			s.Status, s.Why = "skipped", err.Error()
		case known:
			s.Status, s.Why = "present", fmt.Sprintf("%q is on the same host", has)
		case names[fold(s.Name)]:
			s.Name += " (" + host + ")"
		}
		if s.Status == "new" && names[fold(s.Name)] {
			s.Status, s.Why = "skipped", "another site is called so"
		}
		names[fold(s.Name)] = names[fold(s.Name)] || s.Status == "new"
		list = append(list, s)
	}
	return list
}

func (c *cli) printOPMLSite(s opmlSite) error {
	if c.json {
		return object(c.out, s)
	}
	end := ""
	switch {
	case s.Why != "":
		end = "  " + s.Why
	case len(s.Feeds) == 0:
		end = "  its feeds are to be found"
	default:
		end = "  " + count(len(s.Feeds), "feed")
		if len(s.Tags) > 0 {
			end += "  " + line(strings.Join(s.Tags, ", "))
		}
	}
	_, err := fmt.Fprintf(c.out, "%-8s %s  %s%s\n", s.Status, pad(fit(line(s.Name), 28), 28), line(s.URL), end)
	return err
}

// addSites puts sites at the end of the file's list, all or none.
func addSites(path string, sites []newSite, contact string) error {
	b, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("add sites: %w", err)
	}
	before, err := parseConfig(path, b)
	if err != nil {
		return err
	}
	text, err := withSites(string(b), sites)
	if err != nil {
		return err
	}
	if before.Contact == "" && contact != "" {
		text = withContact(text, contact)
	}
	after, err := parseConfig(path, []byte(text))
	if err != nil || len(after.Sites) != len(before.Sites)+len(sites) {
		return hint(fmt.Errorf("add sites: %s is written in a way that add can't extend", path), "write its sites as a list below sites:, one - a line, and try again")
	}
	return replaceFile(path, []byte(text))
}

// writeOPML prints the configured sites as OPML.
func (c *cli) writeOPML(conf *config) error {
	subs := make([]discover.Subscription, len(conf.Sites))
	for i, s := range conf.Sites {
		subs[i] = discover.Subscription{Title: s.name(), Home: s.URL, Feeds: s.Feeds, Folders: s.Tags}
	}
	return discover.WriteOPML(c.exact(), "pressmark", time.Now(), subs)
}
