package main

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/spf13/cobra"

	"pressmark/archive"
	filters "pressmark/extract/filter"
)

// An ignoreConfig is something of articles that nobody wants to hear of.
type ignoreConfig struct {
	Line     string `yaml:"line,omitempty" json:"line,omitempty" jsonschema:"a whole paragraph, heading or list item, as show prints it"`
	Regex    string `yaml:"regex,omitempty" json:"regex,omitempty" jsonschema:"a regular expression (Go's syntax): what it matches in a paragraph, the headline or the standfirst"`
	Selector string `yaml:"selector,omitempty" json:"selector,omitempty" jsonschema:"a CSS selector: the elements that it matches, if the article is not in them"`
}

// into adds the rule to a list; domains are where it holds, none for everywhere.
func (g ignoreConfig) into(l *filters.List, domains []string) error {
	n := 0
	for _, s := range []string{g.Line, g.Regex, g.Selector} {
		if strings.TrimSpace(s) != "" {
			n++
		}
	}
	if n != 1 {
		return errors.New("what is ignored is one of line, regex and selector")
	}
	if g.Selector == "" {
		r, err := filters.NewTextRule(g.Line, g.Regex, domains)
		if err == nil {
			l.Texts = append(l.Texts, r)
		}
		return err
	}
	if strings.ContainsAny(g.Selector, "\n\r") {
		return errors.New("a selector stands on one line")
	}
	read, err := filters.Read(l.Name, strings.NewReader(strings.Join(domains, ",")+"##"+strings.TrimSpace(g.Selector)+"\n"))
	switch {
	case err != nil:
		return err
	case len(read.Faults) > 0:
		return errors.New(read.Faults[0].Why)
	case len(read.Rules) != 1:
		return fmt.Errorf("%q is no selector that hides something", g.Selector)
	}
	l.Rules = append(l.Rules, read.Rules...)
	return nil
}

// ignoring are the hosts of a site, as rules name them.
func (s siteConfig) ignoring() []string {
	var list []string
	if u, err := url.Parse(s.URL); err == nil && u.Host != "" {
		list = append(list, strings.TrimPrefix(strings.ToLower(u.Hostname()), "www."))
	}
	for _, h := range s.Hosts {
		host, _, _ := strings.Cut(strings.ToLower(h), ":")
		list = append(list, host)
	}
	return list
}

// ignores are the file's and the sites' rules for what to ignore, as a list.
func (c *config) ignores() (*filters.List, error) {
	l := &filters.List{Name: "ignore", Title: "what this configuration ignores", Passed: map[string]int{}}
	for _, g := range c.Ignore {
		if err := g.into(l, nil); err != nil {
			return nil, fmt.Errorf("ignore: %w", err)
		}
	}
	for _, s := range c.Sites {
		for _, g := range s.Ignore {
			if err := g.into(l, s.ignoring()); err != nil {
				return nil, fmt.Errorf("ignore of %s: %w", s.name(), err)
			}
		}
	}
	return l, nil
}

func (e *configFaults) ignored(c *config, root ast.Node) {
	check := func(list []ignoreConfig, domains []string, path string) {
		for i, g := range list {
			if err := g.into(&filters.List{Name: "ignore"}, domains); err != nil {
				e.at(node(root, fmt.Sprintf("%s.ignore[%d]", path, i)), "%v", err)
			}
		}
	}
	check(c.Ignore, nil, "$")
	for i, s := range c.Sites {
		check(s.Ignore, s.ignoring(), fmt.Sprintf("$.sites[%d]", i))
	}
}

func (c *cli) rulesIgnoreCommand() *cobra.Command {
	var g ignoreConfig
	var site string
	cmd := &cobra.Command{
		Use:   "ignore",
		Short: "Try on the archive what to ignore, before the configuration says so",
		Long: `Read all of the archive's pages again, in memory, as if the configuration told to
ignore one thing more, and tell what would be different: which versions would
lose text or go, and how many changes there would be. Nothing is changed; what
to write into the configuration is told at the end.

  ignore:                          of all sites, or under a site
    - line: "Subscribe now"        a whole paragraph, heading or list item
    - regex: 'Read more: .+'       what matches in a paragraph or the headline
    - selector: .share-count       elements of the page

What is ignored is taken out before texts are compared: it makes no version and
no change, and stands in no report; show --format removed has it. It holds for
what is read from then on, and with pressmark reextract --yes for the history. A
rule that would take more than half of an article is not followed there.`,
		Example: `  pressmark rules ignore --line 'Subscribe now' --site gazette
  pressmark rules ignore --regex 'Read more: .+'`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			conf, err := c.configurationOrDefault()
			if err != nil {
				return err
			}
			var domains []string
			where := "the file"
			if site != "" {
				s, err := conf.find(site)
				if err != nil {
					return err
				}
				domains, where = s.ignoring(), s.name()
			}
			more := &filters.List{Name: "--ignore", Passed: map[string]int{}}
			if err := g.into(more, domains); err != nil {
				return usage(fmt.Errorf("%w: write --line, --regex or --selector", err))
			}
			lists, err := conf.lists()
			if err != nil {
				return err
			}
			hidden := filters.New(append(slices.Clone(lists), more)...)
			dir, err := c.place()
			if err != nil {
				return err
			}
			return c.adding(dir, "rules ignore", func(store *archive.Store) error {
				before, err := store.Stats()
				if err != nil {
					return err
				}
				if err := c.rehearse(cmd.Context(), store, hidden, before); err != nil {
					return err
				}
				text, err := yaml.Marshal([]ignoreConfig{g})
				if err != nil {
					return err
				}
				c.say("to have it so, write into %s, for %s:\nignore:\n  %s\nthen pressmark reextract --yes has the history so too", configName, where, strings.TrimSpace(string(text)))
				return nil
			})
		},
	}
	fl := cmd.Flags()
	fl.StringVar(&g.Line, "line", "", "a whole paragraph, heading or list item: this `TEXT`")
	fl.StringVar(&g.Regex, "regex", "", "what this regular `EXPRESSION` matches")
	fl.StringVar(&g.Selector, "selector", "", "the elements of this CSS `SELECTOR`")
	fl.StringVar(&site, "site", "", "only of this `SITE`")
	return cmd
}
