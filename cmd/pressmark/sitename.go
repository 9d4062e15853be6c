package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"pressmark/archive"
)

// Sites are named as people say them: "gazette" is The Harbour Gazette, as long
// as no other name has it.

// called gives the names that arg may mean: those that are the same but for
// case and spaces, else those that begin so, else those that hold it.
func called(names []string, arg string) []string {
	want := fold(arg)
	for _, same := range []func(name, want string) bool{
		func(name, want string) bool { return name == want }, strings.HasPrefix, strings.Contains,
	} {
		var list []string
		for _, n := range names {
			if want != "" && same(fold(n), want) {
				list = append(list, n)
			}
		}
		if len(list) > 0 {
			return list
		}
	}
	return nil
}

// oneOf is the one name that arg means; its error names the choices.
func oneOf(names []string, arg string) (string, error) {
	switch list := called(names, arg); len(list) {
	case 1:
		return list[0], nil
	case 0:
		if len(names) == 0 {
			return "", usage(hint(fmt.Errorf("no site is called %q", arg), "there are no sites yet: pressmark add https://www.example.org/"))
		}
		way := "the sites are: " + strings.Join(names, ", ")
		if len(names) > 12 {
			way = "the sites are: " + strings.Join(names[:12], ", ") + " …"
		}
		return "", usage(hint(fmt.Errorf("no site is called %q", arg), way))
	default:
		return "", usage(hint(fmt.Errorf("%q is short for %s", arg, count(len(list), "site")), "write more of: "+strings.Join(list, ", ")))
	}
}

// recentRuns is how many runs are looked through for sites' names.
const recentRuns = 100

// siteName finds the site of an archive that arg means.
func (c *cli) siteName(ctx context.Context, store *archive.Store, arg string) (string, error) {
	if arg == "" {
		return "", nil
	}
	var names []string
	if conf, err := c.configuration(); err == nil {
		for _, s := range conf.Sites {
			names = append(names, s.name())
		}
	}
	for r, err := range store.Runs(ctx, archive.Filter{Newest: true, Limit: recentRuns}) {
		if err != nil {
			return "", err
		}
		for _, s := range r.Sites {
			names = append(names, s.Site)
		}
	}
	slices.Sort(names)
	names = slices.Compact(names)
	name, err := oneOf(names, arg)
	if err == nil || len(called(names, arg)) > 0 {
		return name, err
	}
	for _, perr := range store.Pages(ctx, archive.Filter{Site: arg, Limit: 1}) { // a site of long ago
		return arg, perr
	}
	return "", err
}

// find gives the site that a name means.
func (c *config) find(name string) (siteConfig, error) {
	var names []string
	for _, s := range c.Sites {
		if s.name() == name { // as each page of a crawl asks
			return s, nil
		}
		names = append(names, s.name())
	}
	full, err := oneOf(names, name)
	if err != nil {
		return siteConfig{}, err
	}
	for _, s := range c.Sites {
		if s.name() == full {
			return s, nil
		}
	}
	return siteConfig{}, errors.New("no site is called " + full)
}

// fold makes "Harbour Gazette" and "harbour-gazette" the same.
func fold(s string) string {
	return strings.ToLower(strings.NewReplacer(" ", "", "-", "", "_", "").Replace(s))
}
