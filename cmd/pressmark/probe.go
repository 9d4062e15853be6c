package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"pressmark/crawler/discover"
	"pressmark/crawler/robots"
	"pressmark/extract"
	"pressmark/extract/urlkey"
)

// A probe is what a look at a site found, without keeping anything.
type probe struct {
	URL      string     `json:"url"` // of the home page, after redirects
	Name     string     `json:"name"`
	Lists    []listed   `json:"lists"`           // feeds and sitemaps that list something
	Empty    []listed   `json:"empty,omitempty"` // those that don't, and why
	Linked   int        `json:"linked"`          // pages that the home page links to
	Sections []string   `json:"sections,omitempty"`
	Robots   string     `json:"robots"`
	Rule     string     `json:"robots_rule"` // the line that decided, or why none did
	Delay    float64    `json:"crawl_delay_seconds"`
	Pause    float64    `json:"delay_seconds"` // that would be kept between two requests
	Walls    int        `json:"walls,omitempty"`
	Wall     string     `json:"wall,omitempty"` // what stood in a page's place
	Trouble  string     `json:"trouble,omitempty"`
	Sample   *probePage `json:"sample,omitempty"`
	Plan     *probePlan `json:"schedule,omitempty"`
	Verdict  string     `json:"verdict"` // good, poor or bad
	Why      string     `json:"why"`
	Hints    []string   `json:"hints,omitempty"`
	Added    string     `json:"added,omitempty"` // the name it has in the configuration now

	article extract.Article
	home    string // the home page's name for the site
	title   string // and its title
	shell   bool   // a page shows nothing without its scripts
}

// listed is a feed or a sitemap.
type listed struct {
	Kind     string    `json:"kind"`
	Format   string    `json:"format,omitempty"`
	URL      string    `json:"url"`
	Items    int       `json:"items"`
	Sitemaps int       `json:"sitemaps,omitempty"` // that an index names
	Newest   time.Time `json:"newest,omitzero"`
	PerDay   float64   `json:"a_day,omitempty"`       // new items, as its dates tell
	Answers  string    `json:"conditional,omitempty"` // what it answers when asked whether it has changed
	Hub      string    `json:"hub,omitempty"`         // that tells of changes, if it is asked to
	Trouble  string    `json:"trouble,omitempty"`     // why it lists nothing

	title string
	links []discover.Link
}

// A probePage is an article as it would be kept.
type probePage struct {
	URL     string `json:"url"`
	Answers string `json:"conditional"` // what it answers when asked whether it has changed
	Address string `json:"address"`     // what it says of its own: same, another one, or nothing
	extract.Form
}

func (c *cli) configurationOrDefault() (*config, error) {
	conf, err := c.configuration()
	if errors.Is(err, errNoConfig) && c.config == "" {
		conf, err = defaultConfig(), nil
		conf.of, conf.zone = c, c.local()
	}
	return conf, err
}

// probe looks at a site as a crawl would: robots.txt, home page, feeds,
// sitemaps, and one article.
func (c *cli) probe(ctx context.Context, conf *config, raw string) (*probe, error) {
	raw, err := address(raw)
	if err != nil {
		return nil, err
	}
	if conf.Contact == "" && !loopback(raw) {
		return nil, hint(fmt.Errorf("%w: the people behind %s must be able to reach you", errNoContact, raw),
			"write contact: you@example.org into "+configName+", or pressmark add --contact you@example.org")
	}
	f, err := newFetcher(conf, c.log)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	hidden, err := c.filters(conf)
	if err != nil {
		return nil, err
	}
	look := &looking{f: f, rules: newRules(f, robots.Options{}), pause: time.Duration(conf.Crawl.Delay), hidden: hidden}
	kept := look.pause
	site, known := conf.at(raw)
	if known && site.Delay != unset {
		kept = time.Duration(site.Delay)
		look.pause = kept
	}
	if loopback(raw) {
		look.pause = 0
	}
	p, err := look.site(ctx, raw)
	if err != nil {
		return nil, named(err)
	}
	p.Pause = max(kept.Seconds(), p.Delay)
	if known {
		if p.Plan, err = conf.plan(site, p, time.Now()); err != nil {
			return nil, err
		}
	}
	p.judge()
	return p, nil
}

// at is the site of the configuration with a home page.
func (c *config) at(raw string) (siteConfig, bool) {
	for _, s := range c.Sites {
		if at, err := address(s.URL); err == nil && at == raw {
			return s, true
		}
	}
	return siteConfig{}, false
}

// address is the address that a person typed, https when no scheme is said.
func address(raw string) (string, error) {
	full := raw
	if !strings.Contains(raw, "://") {
		full = "https://" + raw
	}
	u, err := url.Parse(full)
	if err != nil || u.Hostname() == "" || u.Scheme != "http" && u.Scheme != "https" {
		return "", usage(fmt.Errorf("%q is no address: write one such as https://www.example.org/", raw))
	}
	if full, err = urlkey.Clean(full); err != nil {
		return "", usage(err)
	}
	return full, nil
}
