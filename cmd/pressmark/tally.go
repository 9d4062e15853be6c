package main

import (
	"context"
	"net/http"
	"slices"

	"pressmark/archive"
	"pressmark/crawler"
	"pressmark/extract/urlkey"
)

// merge adds the counts of a run's continuation to those before its interruption.
func merge(old, add []archive.SiteRun) []archive.SiteRun {
	for _, n := range add {
		i := slices.IndexFunc(old, func(o archive.SiteRun) bool { return o.Site == n.Site })
		if i < 0 {
			old = append(old, n)
		} else {
			old[i] = sum(old[i], n)
		}
	}
	return old
}

func sum(a, b archive.SiteRun) archive.SiteRun {
	a.Requests += b.Requests
	a.Bytes += b.Bytes
	a.Pace = max(a.Pace, b.Pace)
	a.Pages += b.Pages
	a.NotModified += b.NotModified
	a.Listed = max(a.Listed, b.Listed)
	for _, gone := range []string{"budget", "blocked", "pace", "quiet hours", "day's budget"} { // what was left then has been seen to
		delete(a.Skipped, gone)
	}
	a.Skipped, a.Failed = add(a.Skipped, b.Skipped), add(a.Failed, b.Failed)
	a.Blocked = b.Blocked
	if b.Note != crawler.NothingNew || a.Pages == 0 {
		a.Note = b.Note
	}
	told := map[string]int{}
	a.Misses = slices.DeleteFunc(append(a.Misses, b.Misses...), func(m archive.Miss) bool {
		told[m.Reason]++
		return told[m.Reason] > crawler.ToldMisses
	})
	return a
}

func add(a, b map[string]int) map[string]int {
	if a == nil {
		return b
	}
	for k, n := range b {
		a[k] += n
	}
	return a
}

// tally counts a run's pages by what they turned out to be. The archive knows,
// whatever became of the process that crawled. After an error the run's counts
// are what they were. Pages that were doubtful are asked for again.
func (s *session) tally(ctx context.Context, run *archive.Run) error {
	type sums struct {
		pages, notModified, notices int
		outcomes                    map[archive.Outcome]int
	}
	bySite := map[string]*sums{}
	blank := map[urlkey.Key]archive.Outcome{} // pages that showed no article
	var doubted []urlkey.Key
	for _, n := range run.Sites {
		bySite[n.Site] = &sums{outcomes: map[archive.Outcome]int{}}
	}
	for x, err := range s.store.SightingsOfRun(ctx, run.ID) {
		if err != nil {
			return err
		}
		var site string
		if len(run.Sites) == 1 {
			site = run.Sites[0].Site
		} else if err := s.store.View(func(tx *archive.Tx) error {
			p, _, err := tx.Page(x.Page)
			site = p.Site
			return err
		}); err != nil {
			return err
		}
		n := bySite[site]
		if n == nil {
			continue
		}
		if was, twice := blank[x.Page]; twice { // it was rendered: what its scripts made of it counts
			n.pages--
			if n.outcomes[was]--; n.outcomes[was] == 0 {
				delete(n.outcomes, was)
			}
			delete(blank, x.Page)
		}
		if x.Outcome == archive.Walls || x.Outcome == archive.Nothing {
			blank[x.Page] = x.Outcome
		}
		n.pages++
		n.outcomes[x.Outcome]++
		if x.Outcome == archive.Doubtful {
			doubted = append(doubted, x.Page)
		}
		if x.Version > 0 {
			n.notices += x.Removed["notice"]
		}
		if x.Status == http.StatusNotModified {
			n.notModified++
		}
	}
	for i := range run.Sites {
		n := bySite[run.Sites[i].Site]
		run.Sites[i].Pages, run.Sites[i].NotModified, run.Sites[i].Notices, run.Sites[i].Outcomes = n.pages, n.notModified, n.notices, n.outcomes
	}
	return s.lookAgain(ctx, doubted)
}
