package main

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"pressmark/archive"
	"pressmark/extract"
	"pressmark/extract/urlkey"
)

// A ruleUse is how often a rule was used in the archive's versions.
type ruleUse struct {
	Rule     string   `json:"rule"`
	Kinds    []string `json:"kinds"`
	Removals int      `json:"removals"`
	Versions int      `json:"versions"`
	Pages    int      `json:"pages"`
	Sites    int      `json:"sites"`

	last  archive.VersionID // counted among Versions
	pages map[urlkey.Key]struct{}
	sites map[string]struct{}
}

func (c *cli) rulesStatsCommand() *cobra.Command {
	var f filter
	var never bool
	cmd := &cobra.Command{
		Use:   "stats",
		Short: "Count what each rule took out in the archive",
		Long: `Count how many pieces of text each rule took out of the archive's versions, and
on how many pages and sites; the rules used most come first. A rule that
suddenly takes much, or much on one site only, is worth a look:
  pressmark rules test PAGE

The rules of the program and of the configuration's filter lists that took
nothing are counted, and listed with --never. (Names of elements are not among
them: there are too many.)

With --json each rule is an object, also those that took nothing with --never:
  {"rule", "kinds", "removals", "versions", "pages", "sites"}
--limit counts rules.`,
		Example: "  pressmark rules stats\n  pressmark rules stats --site gazette --since 7d --limit 20\n  pressmark rules stats --never --json | jq -r 'select(.removals==0).rule'",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			lists, err := c.userLists(nil)
			if err != nil {
				return err
			}
			known := knownRules()
			for _, l := range lists {
				for i := range l.Rules {
					if r := &l.Rules[i]; !r.Exception && r.Frees == 0 {
						known = append(known, "filter/"+r.String())
					}
				}
			}
			return c.reading(func(store *archive.Store) error {
				af, err := f.archive(cmd.Context(), c, store)
				if err != nil {
					return err
				}
				limit := af.Limit
				af.Limit = 0
				uses, err := ruleUses(cmd.Context(), store, af)
				if err != nil {
					return err
				}
				return c.printRuleUses(uses, known, limit, never, f)
			})
		},
	}
	f.flags(cmd)
	cmd.Flags().BoolVar(&never, "never", false, "list the rules that took nothing")
	return cmd
}

// knownRules are the program's rules that have a name of their own.
func knownRules() (list []string) {
	for _, f := range extract.Rules() {
		for _, r := range f.Rules {
			if !strings.HasSuffix(r.Rule, "*") {
				list = append(list, r.Rule)
			}
		}
	}
	return list
}

// ruleUses counts over the versions what each rule took out.
func ruleUses(ctx context.Context, store *archive.Store, f archive.Filter) (map[string]*ruleUse, error) {
	uses := map[string]*ruleUse{}
	for v, err := range store.Versions(ctx, f) {
		if err != nil {
			return nil, err
		}
		for _, r := range v.Article.Removed {
			u := uses[r.Rule]
			if u == nil {
				u = &ruleUse{Rule: r.Rule, pages: map[urlkey.Key]struct{}{}, sites: map[string]struct{}{}}
				uses[r.Rule] = u
			}
			u.Removals++
			if u.last != v.ID {
				u.last = v.ID
				u.Versions++
			}
			if !slices.Contains(u.Kinds, r.Kind) {
				u.Kinds = append(u.Kinds, r.Kind)
			}
			u.pages[v.ID.Page], u.sites[v.Site] = struct{}{}, struct{}{}
		}
	}
	for _, u := range uses {
		u.Pages, u.Sites = len(u.pages), len(u.sites)
		slices.Sort(u.Kinds)
	}
	return uses, nil
}

func (c *cli) printRuleUses(uses map[string]*ruleUse, known []string, limit int, never bool, f filter) error {
	list := slices.SortedFunc(maps.Values(uses), func(a, b *ruleUse) int {
		return cmp.Or(b.Removals-a.Removals, b.Pages-a.Pages, strings.Compare(a.Rule, b.Rule))
	})
	var idle []string
	of := map[string]int{}
	for _, rule := range known {
		family, _, _ := strings.Cut(rule, "/")
		if of[family]++; uses[rule] == nil {
			idle = append(idle, rule)
		}
	}
	w := c.out
	if !c.json && len(list) > 0 {
		fmt.Fprintln(w, w.style(faint, "removals    pages  sites  rule"))
	}
	for i, u := range list {
		if limit > 0 && i == limit {
			break
		}
		var err error
		if c.json {
			err = object(w, u)
		} else {
			_, err = fmt.Fprintf(w, "%8s %8s %6s  %s  %s\n", thousands(u.Removals), thousands(u.Pages), thousands(u.Sites), w.style(yellow, line(u.Rule)), w.style(faint, strings.Join(u.Kinds, ", ")))
		}
		if err != nil {
			return err
		}
	}
	if len(list) == 0 {
		c.say("no rule took anything%s", f.because(": pressmark crawl fetches some articles"))
	}
	if never {
		for _, rule := range idle {
			var err error
			if c.json {
				err = object(w, ruleUse{Rule: rule, Kinds: []string{}})
			} else {
				_, err = fmt.Fprintf(w, "%8s %8s %6s  %s\n", "–", "–", "–", w.style(yellow, line(rule)))
			}
			if err != nil {
				return err
			}
		}
		return nil
	}
	if len(idle) > 0 && !c.json {
		unused := map[string]int{}
		for _, rule := range idle {
			family, _, _ := strings.Cut(rule, "/")
			unused[family]++
		}
		var parts []string
		for _, family := range slices.Sorted(maps.Keys(unused)) {
			parts = append(parts, fmt.Sprintf("%s of %s %s/…", thousands(unused[family]), thousands(of[family]), family))
		}
		c.say("never used: %s; --never lists them", strings.Join(parts, ", "))
	}
	return nil
}
