package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"pressmark/crawler"
	"pressmark/crawler/discover"
	"pressmark/crawler/robots"
	"pressmark/extract/urlkey"
)

// skewed is how far apart two clocks may be.
const skewed = 2 * time.Minute

// online asks each site for its robots.txt and its home page, some at a time
// but each group of hosts by one, and tells in the order of the configuration.
func (x *examination) online(ctx context.Context) error {
	if err := reachable(x.conf); err != nil {
		x.fine("online", "nobody is asked without a contact")
		return nil
	}
	f, err := newFetcher(x.conf, x.c.log)
	if err != nil {
		return err
	}
	defer f.Close()
	rules := newRules(f, robots.Options{})
	groups := map[string][]int{}
	var order []string
	sites := x.conf.sites()
	for i, s := range sites {
		g, err := urlkey.Group(s.URL)
		if err != nil {
			g = s.URL
		}
		if groups[g] == nil {
			order = append(order, g)
		}
		groups[g] = append(groups[g], i)
	}
	found := make([]finding, len(sites))
	skews := make([]time.Duration, len(sites))
	hands := make(chan struct{}, x.conf.Crawl.Workers)
	var work sync.WaitGroup
	for _, g := range order {
		hands <- struct{}{}
		work.Go(func() {
			defer func() { <-hands }()
			for n, i := range groups[g] {
				look := &looking{f: f, rules: rules, pause: sites[i].Delay, asked: n}
				if loopback(sites[i].URL) {
					look.pause = 0
				}
				found[i], skews[i] = look.visit(ctx, sites[i])
			}
		})
	}
	work.Wait()
	if err := ctx.Err(); err != nil {
		return err
	}
	x.list = append(x.list, found...)
	ahead, behind := 0, 0
	for _, d := range skews {
		switch {
		case d > skewed:
			ahead++
		case d < -skewed:
			behind++
		}
	}
	if n := max(ahead, behind); n > 1 && n*2 > len(sites) {
		x.attention("clock", "set the clock, by NTP best: captures are evidence only with the right time",
			"%d of %s have a clock that differs from this machine's by more than %v", n, count(len(sites), "site"), skewed)
	}
	return nil
}

// visit asks one site, and says how far its clock is from ours.
func (l *looking) visit(ctx context.Context, s crawler.Site) (finding, time.Duration) {
	res, final, err := l.get(ctx, s.URL)
	if err != nil {
		what, do := explained(err)
		if errors.Is(err, errForbidden) {
			do = "the site does not want to be crawled: ask its people, or take it out"
		}
		return finding{"online", attention, s.Name + ": " + what, do}, 0
	}
	var skew time.Duration
	if at, err := http.ParseTime(res.Header.Get("Date")); err == nil {
		skew = time.Since(at)
	}
	feeds := len(s.Feeds) + len(s.Sitemaps)
	for _, x := range discover.Autodiscover(res.Body, res.Header.Get("Content-Type"), final) {
		if x.Kind == discover.Feed || x.Kind == discover.Sitemap {
			feeds++
		}
	}
	feeds += len(l.rules.Sitemaps(ctx, final))
	if feeds == 0 && len(s.Sections) == 0 {
		return finding{"online", attention, fmt.Sprintf("%s: it answers, and names no feed and no sitemap", s.Name),
			fmt.Sprintf("pressmark site test %q shows what is found instead", s.Name)}, skew
	}
	return finding{"online", fine, fmt.Sprintf("%s: robots.txt allows it, it answers in %d ms, %s named", s.Name, res.Took.Milliseconds(), listsNamed(feeds)), ""}, skew
}

func listsNamed(n int) string {
	if n == 1 {
		return "a feed or sitemap is"
	}
	return fmt.Sprintf("%d feeds and sitemaps are", n)
}
