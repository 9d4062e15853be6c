package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"pressmark/archive"
	"pressmark/crawler"
	"pressmark/schedules"
)

func (c *cli) sightingLine(x archive.Sighting) string {
	s := fmt.Sprintf("%s  %s", c.out.style(yellow, x.Page.ID()[:8]), x.Outcome)
	if x.Version > 0 {
		s += fmt.Sprintf("  version %d", x.Version)
	}
	if x.Why != "" {
		s += "  " + x.Why
	}
	if n := x.Removed["notice"]; n > 0 {
		s += "  " + count(n, "cookie notice") + " removed"
	}
	return s
}

// printRun tells what a round came to, site by site, and why where nothing came.
func (c *cli) printRun(run archive.Run, quiet map[string]silence) error {
	bad := 0
	for _, n := range run.Sites {
		why := trouble(n)
		if why != "" {
			bad++
		}
		silent := ""
		if q, is := quiet[n.Site]; is {
			silent = "quiet: " + q.String()
		}
		if c.json {
			o := runOf(archive.Run{Sites: []archive.SiteRun{n}}).Sites[0]
			if err := object(c.out, struct {
				Run archive.RunID `json:"run"`
				siteObject
				Trouble string `json:"trouble,omitempty"`
				Quiet   string `json:"quiet,omitempty"`
			}{run.ID, o, why, silent}); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintf(c.out, "%s  %s\n", c.out.style(bold, pad(fit(n.Site, 24), 24)), counts(n))
		if why != "" {
			fmt.Fprintf(c.out, "%s  %s\n", pad("", 24), c.out.style(red, line(why)))
		} else if silent != "" {
			fmt.Fprintf(c.out, "%s  %s\n", pad("", 24), c.out.style(yellow, line(silent)))
		}
		for _, remark := range remarks(n, run.ID) {
			fmt.Fprintf(c.out, "%s  %s\n", pad("", 24), c.out.style(faint, line(remark)))
		}
	}
	if !c.json {
		c.say("%s", c.err.style(faint, fmt.Sprintf("run %d took %s; pressmark runs show %d tells more", run.ID, span(run.Ended.Sub(run.Started)), run.ID)))
	}
	if bad > 0 {
		return fmt.Errorf("%w in %d of %s", errPartly, bad, count(len(run.Sites), "site"))
	}
	return nil
}

// counts says in a line what a run did on a site.
func counts(n archive.SiteRun) string {
	s := []string{pad(count(n.Pages, "page"), 9)}
	for _, x := range []struct {
		n    int
		word string
	}{
		{n.Outcomes[archive.New], "new"},
		{n.Outcomes[archive.Changed], "changed"},
		{n.Outcomes[archive.Same], "same text"},
		{n.NotModified, "unchanged (304)"},
		{n.Outcomes[archive.Unchanged] - min(n.NotModified, n.Outcomes[archive.Unchanged]), "same bytes"},
		{n.Outcomes[archive.Gone], "withdrawn"},
		{n.Outcomes[archive.Absent], "not there"},
		{n.Outcomes[archive.Restored], "back again"},
		{n.Outcomes[archive.Walls], "walled"},
		{n.Outcomes[archive.Teaser], "cut by a paywall"},
		{n.Outcomes[archive.Doubtful], "doubtful"},
		{n.Outcomes[archive.Nothing], "without an article"},
		{n.Outcomes[archive.Error], "refused"},
	} {
		if x.n > 0 {
			s = append(s, fmt.Sprintf("%s %s", thousands(x.n), x.word))
		}
	}
	if n.Notices > 0 {
		s = append(s, count(n.Notices, "cookie notice")+" removed")
	}
	return strings.Join(s, "  ")
}

// remarks are what else there is to say about a run on a site: how it was
// crawled, what stood before its pages, and what was left out. run is the run's
// number for who may want to see more of it; 0 where that is what he looks at.
func remarks(n archive.SiteRun, run archive.RunID) []string {
	var list []string
	for _, text := range []string{n.Note, walled(n, run), leftOut(n)} {
		if text != "" {
			list = append(list, text)
		}
	}
	return list
}

// state says how a run stands; "" when it was done and all is said.
func state(r archive.Run) string {
	s := r.Status
	switch {
	case r.Ended.IsZero() && (s == "" || s == schedules.Running):
		s = "interrupted or still at work"
	case s == schedules.Done:
		s = ""
	}
	switch {
	case s == "":
		return r.Why
	case r.Why == "":
		return s
	}
	return s + ": " + r.Why
}

// began is when a run began, or when one that was left out was planned.
func began(r archive.Run) time.Time {
	if r.Started.IsZero() {
		return r.Planned
	}
	return r.Started
}

// leftOut says what a run was told of and did not fetch.
func leftOut(n archive.SiteRun) string {
	var s []string
	for _, m := range []map[string]int{n.Skipped, n.Failed} {
		for _, why := range slices.Sorted(maps.Keys(m)) {
			s = append(s, fmt.Sprintf("%d × %s", m[why], why))
		}
	}
	if len(s) == 0 {
		return ""
	}
	return "left out: " + strings.Join(s, ", ")
}

// fewPages may fail while a site is well.
const fewPages = 2

// trouble says why a site gave nothing, or could not be crawled to the end; "" when all is well.
func trouble(n archive.SiteRun) string {
	if n.Blocked != "" {
		return n.Blocked
	}
	good := n.NotModified
	for _, o := range []archive.Outcome{archive.New, archive.Changed, archive.Same, archive.Unchanged, archive.Restored, archive.Teaser} {
		good += n.Outcomes[o]
	}
	switch {
	case good > 0:
		return ""
	case n.Pages == 0 && n.Skipped["robots unreadable"] > 0:
		return "nothing fetched: " + miss(n, "robots unreadable")
	case n.Pages == 0 && n.Skipped["robots"] > 0:
		return "nothing fetched: " + miss(n, "robots")
	case n.Pages == 0 && n.Listed > 0 && countAll(n.Failed) == n.Failed["feed"]+n.Failed["sitemap"] && countAll(n.Skipped) == n.Skipped[crawler.ListsNothing]:
		return "" // another list was read, and nothing it names was due
	case n.Pages == 0 && n.Note == crawler.OnlyPages && countAll(n.Failed) <= fewPages:
		return "" // a page or two that fail when they alone are due say nothing of the site
	case n.Pages == 0 && len(n.Failed) > 0:
		return "nothing fetched: " + detail(n)
	case n.Pages == 0 && n.Skipped["outside"]+n.Skipped["redirect"] > 0:
		return "nothing fetched: " + detail(n)
	case n.Pages == 0 && (n.Requests == 0 || n.Listed > 0 || n.Note == crawler.NothingNew):
		return "" // nothing was due
	case n.Pages == 0:
		return "no articles found: no feed, sitemap or section page lists any (name one in the configuration)"
	case n.Outcomes[archive.Walls] > 0:
		return fmt.Sprintf("0 articles: %s behind a consent wall or challenge", count(n.Outcomes[archive.Walls], "page"))
	case n.Skipped["soft 404"] > 0:
		return "0 articles: " + miss(n, "soft 404")
	case n.Skipped["trap"] > 0:
		return "0 articles: " + miss(n, "trap")
	}
	return "0 articles on " + count(n.Pages, "page")
}

// miss says of the first page that was missed for a reason what exactly that was.
func miss(n archive.SiteRun, reason string) string {
	for _, m := range n.Misses {
		if m.Reason == reason {
			return m.URL + ": " + m.Detail
		}
	}
	return reason
}

// detail is the first thing that went wrong with a site.
func detail(n archive.SiteRun) string {
	for _, m := range n.Misses {
		if n.Failed[m.Reason] > 0 || m.Reason == "outside" || m.Reason == "redirect" {
			return m.URL + ": " + m.Detail
		}
	}
	return leftOut(n)
}
