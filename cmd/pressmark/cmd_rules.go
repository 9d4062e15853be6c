package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"pressmark/extract"
	filters "pressmark/extract/filter"
)

func (c *cli) rulesCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "rules",
		Short: "See the rules that take text out of pages, and what they do",
		Long: `What is on a page and not in the article was taken out by a rule, and is kept
with the rule's name: under removed in the JSON of extract, show and export.
A rule's name begins with its family:

  vendor/…  the containers of consent tools, by their ids and classes
  name/…    elements whose names or tags say what they are; a name that sounds
            like a consent notice counts only where the text agrees
  text/…    what a piece of text says or how it stands: consent notices by the
            words of some forty languages, captions, teasers, calls to subscribe
  line/…    whole lines of the page's machinery
  site/…    what other pages of the same site show to be furniture
  filter/…  rules of your own filter lists

Filter lists are files in the syntax of EasyList and Adblock Plus; none comes
with the program. Name yours in pressmark.yaml,
  filters: [lists/annoyances.txt]
or try one with --filters FILE. Of their rules those count that hide elements
(##.promo, paper.example###box, exceptions with #@#); those for requests, styles
and scripts concern browsers. No rule of a list may take an article: html, body,
main, article, what holds the headline, 40 % of a page's prose, a quarter of its
article in one place or a tenth in several, stay; rules test says so, and so do
the article's removed texts, as filter/refused.

The lists are read when a command starts; run goes on with those it read, so
start it again after a change of them. reextract then tells what would be
different in the archive.`,
		Example: "  pressmark rules ls\n  pressmark rules test page.html --filters annoyances.txt\n  pressmark rules stats --site gazette",
	}
	cmd.AddCommand(c.rulesListCommand(), c.rulesTestCommand(), c.rulesStatsCommand(), c.rulesIgnoreCommand())
	return cmd
}

func (c *cli) rulesListCommand() *cobra.Command {
	var named []string
	cmd := &cobra.Command{
		Use:   "ls [FAMILY]",
		Short: "List the families of rules, or the rules of one",
		Long: `List the families of rules with how many rules they have, and how many names,
words and phrases those know; or the rules of one family, each with what it
takes. The filter lists are those of the configuration, and of --filters.

With --json each rule is an object:
  {"family", "rule", "about", "entries", "slots"?}
A rule that ends in * stands for as many as it has entries. slots says what the
entries are: parts of a notice (storage, act, button …), kinds of rules of a list.`,
		Example: "  pressmark rules ls\n  pressmark rules ls consent\n  pressmark rules ls --json | jq -r 'select(.family==\"vendor\").rule'",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			lists, err := c.userLists(named)
			if err != nil {
				return err
			}
			return c.listRules(append(extract.Rules(), filterFamily(lists)), args)
		},
	}
	cmd.Flags().StringArrayVar(&named, "filters", nil, "the filter list `FILE` too; may be given several times")
	return cmd
}

// userLists are the filter lists of the configuration, if there is one, and those named.
func (c *cli) userLists(named []string) ([]*filters.List, error) {
	conf, err := c.configurationOrDefault()
	if err != nil {
		return nil, err
	}
	lists, err := conf.lists()
	if err != nil {
		return nil, err
	}
	more, err := c.namedLists(named)
	if err != nil {
		return nil, err
	}
	lists = append(lists, more...)
	c.tellFaults(lists)
	return lists, nil
}

// filterFamily is the user's lists as a family of rules, a list an entry.
func filterFamily(lists []*filters.List) extract.RuleFamily {
	f := extract.RuleFamily{Name: "filter", About: "rules of your own filter lists"}
	for _, l := range lists {
		r := extract.RuleInfo{Rule: "filter/*", About: l.Name, Slots: map[string]int{}}
		if l.Title != "" {
			r.About += " (" + l.Title + ")"
		}
		for i := range l.Rules {
			switch x := &l.Rules[i]; {
			case x.Exception || x.Frees != 0:
				r.Slots["exceptions"]++
			case len(x.Domains) > 0:
				r.Slots["rules of one site"]++
				r.Entries++
			default:
				r.Slots["rules"]++
				r.Entries++
			}
		}
		if n := len(l.Texts); n > 0 {
			r.Slots["lines and expressions"] = n
			r.Entries += n
		}
		for kind, n := range l.Passed {
			r.Slots["for browsers: "+kind] = n
		}
		if n := len(l.Faults); n > 0 {
			r.Slots["unreadable"] = n
		}
		f.Rules = append(f.Rules, r)
	}
	return f
}

func (c *cli) listRules(families []extract.RuleFamily, args []string) error {
	if len(args) == 1 {
		i := slices.IndexFunc(families, func(f extract.RuleFamily) bool { return f.Name == args[0] })
		if i < 0 {
			var names []string
			for _, f := range families {
				names = append(names, f.Name)
			}
			return usage(hint(fmt.Errorf("there is no family of rules %q", args[0]), "the families are: "+strings.Join(names, ", ")))
		}
		families = families[i : i+1]
	}
	for _, f := range families {
		var err error
		switch {
		case c.json:
			err = c.rulesJSON(f)
		case len(args) == 1:
			err = c.rulesOf(f)
		default:
			err = c.familyLine(f)
		}
		if err != nil {
			return err
		}
	}
	if !c.json && len(args) == 0 {
		c.say("%s", c.err.style(faint, "pressmark rules ls FAMILY lists its rules; rules test PAGE shows what they do; rules stats counts what they did"))
	}
	return nil
}

func (c *cli) rulesJSON(f extract.RuleFamily) error {
	for _, r := range f.Rules {
		if err := object(c.out, struct {
			Family  string         `json:"family"`
			Rule    string         `json:"rule"`
			About   string         `json:"about"`
			Entries int            `json:"entries"`
			Slots   map[string]int `json:"slots,omitempty"`
		}{f.Name, r.Rule, r.About, r.Entries, r.Slots}); err != nil {
			return err
		}
	}
	return nil
}

// familyLine says in a line what a family of rules has.
func (c *cli) familyLine(f extract.RuleFamily) error {
	entries, rules := 0, 0
	for _, r := range f.Rules {
		entries += r.Entries
		if strings.HasSuffix(r.Rule, "*") {
			rules += r.Entries
		} else {
			rules++
		}
	}
	has := count(rules, "rule")
	if entries != rules && entries > 0 {
		has += ", " + thousands(entries) + " entries"
	}
	const before = 10 + 28
	_, err := fmt.Fprintf(c.out, "%s%s%s\n", c.out.style(bold, pad(f.Name, 10)), pad(has, 28), wrapBehind(f.About, before, c.out.columns()))
	return err
}

// rulesOf lists the rules of a family.
func (c *cli) rulesOf(f extract.RuleFamily) error {
	w, wide := c.out, 0
	for _, r := range f.Rules {
		wide = max(wide, cells(r.Rule))
	}
	for _, r := range f.Rules {
		n := ""
		if r.Entries > 0 {
			n = thousands(r.Entries)
		}
		about := line(r.About)
		if len(r.Slots) > 0 {
			slots := slices.SortedFunc(maps.Keys(r.Slots), func(a, b string) int {
				return cmp.Or(r.Slots[b]-r.Slots[a], strings.Compare(a, b))
			})
			for i, s := range slots {
				slots[i] = s + " " + thousands(r.Slots[s])
			}
			about += ": " + strings.Join(slots, ", ")
		}
		fmt.Fprintf(w, "%s  %6s  %s\n", w.style(yellow, pad(r.Rule, wide)), n, wrapBehind(about, wide+10, w.columns()))
	}
	if len(f.Rules) == 0 {
		c.say("there are none: name filter lists in %s (filters: [FILE]), or with --filters FILE", configName)
	}
	return w.err
}

// wrapBehind breaks text at spaces to stand behind n columns.
func wrapBehind(s string, n, columns int) string {
	return strings.ReplaceAll(wrap(s, max(20, columns-n)), "\n", "\n"+strings.Repeat(" ", n))
}
