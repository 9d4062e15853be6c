package report

import (
	"context"
	"strings"

	"pressmark/archive"
)

// unseen counts what the crawls of the span were told of and could not see.
func (b *builder) unseen(ctx context.Context) error {
	counts := map[Unseen]int{}
	for run, err := range b.store.Runs(ctx, archive.Filter{Since: b.r.Since, Until: b.r.Until}) {
		if b.lost("", err) {
			continue
		}
		if err != nil {
			return err
		}
		for _, s := range run.Sites {
			if !b.choice.site(s.Site) {
				continue
			}
			note := func(why string, n int) {
				if n > 0 {
					counts[Unseen{Site: s.Site, Reason: why}] += n
				}
			}
			for why, n := range s.Skipped {
				note(reason(why), n)
			}
			for why, n := range s.Failed {
				note(reason(why), n)
			}
			for what, why := range hidden {
				note(why, s.Outcomes[what])
			}
		}
	}
	for u, n := range counts {
		u.Times = n
		b.r.Unseen = append(b.r.Unseen, u)
	}
	return nil
}

// unseenHead stands above what could not be looked at.
const unseenHead = "Not checked, and why"

// hidden are the outcomes of a look that did not see the article.
var hidden = map[archive.Outcome]string{
	archive.Walls:    "a consent wall or challenge stood before the article",
	archive.Teaser:   "a paywall showed only the beginning",
	archive.Error:    "the server refused or failed",
	archive.Doubtful: "most of the text was missing, and is to be seen so again",
}

// reason puts a crawl's countable words into a sentence.
func reason(word string) string {
	switch word {
	case "robots":
		return "robots.txt forbids it"
	case "robots unreadable":
		return "robots.txt could not be read"
	case "scope":
		return "outside of what the site's configuration allows"
	case "outside":
		return "it led to another site"
	case "budget":
		return "the crawl had fetched as many pages as it may"
	case "timeout":
		return "no answer in time"
	case "feed", "sitemap", "section":
		return "a " + word + " that lists articles could not be read"
	}
	if len(word) == 3 && strings.Trim(word, "0123456789") == "" {
		return "the server answered " + word
	}
	return word
}
