package crawler

import (
	"context"
	"fmt"

	"pressmark/crawler/discover"
	"pressmark/crawler/frontier"
	"pressmark/extract/urlkey"
)

// mostIndexes is how deep sitemap indexes are followed. The protocol knows one
// that names sitemaps; sites have one of years that names those of months. What
// goes on below is made by a program, without end, and costs each round its
// budget of lists.
const mostIndexes = 2

// withinIndexes leaves the sitemaps out that an index names which is too deep
// below others.
func (v *visit) withinIndexes(ctx context.Context, links []discover.Link) ([]discover.Link, error) {
	if v.item.Kind != frontier.Sitemap {
		return links, nil
	}
	var rest []discover.Link
	for _, l := range links {
		if l.Kind != discover.Sitemap {
			rest = append(rest, l)
		}
	}
	if len(rest) == len(links) {
		return links, nil
	}
	above, err := v.indexesAbove(ctx)
	if err != nil || above < mostIndexes {
		return links, err
	}
	v.remark(fmt.Sprintf("%s: sitemap indexes that name indexes are followed %d deep: what this one names is left out", v.item.URL, mostIndexes))
	return rest, nil
}

// indexesAbove counts the indexes by which a sitemap was found, up to mostIndexes.
func (v *visit) indexesAbove(ctx context.Context) (n int, err error) {
	for via := v.item.Via; n < mostIndexes; n++ {
		page, err := urlkey.Of(via)
		if err != nil { // named by robots.txt, or by the configuration
			return n, nil
		}
		above := frontier.Item{}
		for item, err := range v.o.Frontier.List(ctx, frontier.Query{Page: page}) {
			if err != nil {
				return n, fmt.Errorf("find what names %s: %w", v.item.URL, err)
			}
			above = item
		}
		if above.Kind != frontier.Sitemap { // a home page
			return n, nil
		}
		via = above.Via
	}
	return n, nil
}
