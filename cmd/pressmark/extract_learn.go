package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync/atomic"

	"pressmark/extract"
	"pressmark/extract/memory"
	"pressmark/extract/urlkey"
)

// mostSites bounds how many sites a list may teach; some 10 KB each.
const mostSites = 20_000

// learn reads the list once for what the pages of each site have in common:
// what repeats on them is furniture when the list is read again.
func (x *extraction) learn(ctx context.Context) error {
	var done atomic.Int64
	progress := x.c.watch(x.out, func() string { return fmt.Sprintf("%s  learning  %s", x.list, count(int(done.Load()), "line")) })
	defer progress.stop()
	c := *x.c
	c.out = newTerminal(io.Discard, "never")
	x.sites = map[string]*memory.Site{}
	seen := map[urlkey.Key]bool{}                                    // a page that is listed twice teaches once
	err := list(ctx, &c, x.list, 1, func(in pageLine) (any, error) { // one after the other: memory goes by their order
		defer done.Add(1)
		group, err := urlkey.Group(in.URL)
		key, bad := urlkey.Of(in.URL)
		if err != nil || bad != nil || seen[key] || in.Text != nil {
			return struct{}{}, nil
		}
		seen[key] = true
		p, err := x.pageOf(in)
		if err != nil {
			return struct{}{}, nil // which is said when the line is answered
		}
		site := x.sites[group]
		if site == nil {
			if len(x.sites) == mostSites {
				return struct{}{}, nil
			}
			site = memory.New()
			x.sites[group] = site
		}
		p.Memory = site.Read(false)
		if a := extract.Extract(p); a.Kind == extract.News || a.Kind == extract.Partial {
			site.Learn(p.Memory)
		}
		return struct{}{}, nil
	})
	if errors.Is(err, errPartly) {
		return nil // lines that fail are told of when they are answered
	}
	return err
}

// remembered gives what was learned of a page's site.
func (x *extraction) remembered(url string) *memory.Reading {
	group, err := urlkey.Group(url)
	if site := x.sites[group]; err == nil && site != nil {
		return site.Read(true)
	}
	return nil
}
