package crawler

import (
	"context"
	"fmt"
	"hash/maphash"
	"maps"
	"slices"
	"strings"
	"time"

	"pressmark/archive"
	"pressmark/crawler/frontier"
	"pressmark/extract/urlkey"
)

// ToldMisses is how many misses of each reason a SiteRun lists, of those that
// it counts: a site may refuse us 100,000 pages.
const ToldMisses = 100

const (
	toldApart = 1 << 18 // listed pages; beyond, one that several lists name counts for each
	maxLists  = 500     // feeds, sitemaps and sections asked for in a run, beside those configured
)

// NothingNew is the Note of a site whose feeds, sitemaps and sections were all
// as they had been, and of which no page was due.
const NothingNew = "nothing new: its feeds, sitemaps and sections have not changed"

// OnlyPages is the Note of a site of which pages gave no usable answer, and no
// feed, sitemap or section failed.
const OnlyPages = "pages failed that were known or listed; no feed, sitemap or section did"

// ListsNothing is the reason in Skipped of a feed or sitemap that answered and
// lists nothing, or nothing new for long, so that a site's section pages or its
// home page were followed instead.
const ListsNothing = "lists nothing"

// A siteRound is a site's part in a round. The round's mu guards what changes.
type siteRound struct {
	Site
	scope    *scope
	sections []frontier.Link   // named by the home page, followed if nothing else lists articles
	lists    int               // feeds and sitemaps that answered with articles, or had not changed
	quiet    bool              // a list answered that it had not changed
	empty    []archive.Miss    // feeds and sitemaps that answered and list nothing
	stale    string            // a feed that lists nothing new, and since when
	onHome   int               // pages that the home page named first
	fell     bool              // back to section pages
	pages    int               // asked for, against MaxPages
	asked    int               // lists asked for, against maxLists
	faulty   int               // lists that gave no usable answer
	pace     time.Duration     // the longest delay that it was asked with
	blocked  map[string]string // why a group is left alone
	promised time.Time         // until when the round waits to ask something again

	noCopies int // pages that say noarchive, and were kept
	seed     maphash.Seed
	listed   map[uint64]struct{} // hashes of the pages that lists named
	beyond   int                 // listed when the hashes had no more room
	count    archive.SiteRun
}

func newSiteRound(site Site, sc *scope) *siteRound {
	return &siteRound{
		Site: site, scope: sc, blocked: map[string]string{},
		seed: maphash.MakeSeed(), listed: map[uint64]struct{}{}, count: archive.SiteRun{Site: site.Name},
	}
}

func (s *siteRound) spent() bool { return s.MaxPages > 0 && s.pages >= s.MaxPages }

func (r *round) isSpent(s *siteRound) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return s.spent()
}

// list notes that a list names a page.
func (s *siteRound) list(page urlkey.Key) {
	h := maphash.String(s.seed, string(page))
	switch _, known := s.listed[h]; {
	case known:
	case len(s.listed) < toldApart:
		s.listed[h] = struct{}{}
	default:
		s.beyond++
	}
}

// skipped counts a page that was not asked for, or whose answer leads nowhere
// that may be followed.
func (s *siteRound) skipped(url, reason, detail string) {
	s.count.Skipped = with(s.count.Skipped, reason, 1)
	s.miss(s.count.Skipped[reason], url, reason, detail)
}

// failed counts what gave no usable answer.
func (s *siteRound) failed(kind, url, reason, detail string) {
	if kind != frontier.Page {
		s.faulty++
	}
	s.count.Failed = with(s.count.Failed, reason, 1)
	s.miss(s.count.Failed[reason], url, reason, detail)
}

// miss keeps the first misses of each reason; all are in the counts.
func (s *siteRound) miss(nth int, url, reason, detail string) {
	if nth <= ToldMisses {
		s.count.Misses = append(s.count.Misses, archive.Miss{URL: url, Reason: reason, Detail: detail})
	}
}

func with(m map[string]int, key string, n int) map[string]int {
	if m == nil {
		m = map[string]int{}
	}
	m[key] += n
	return m
}

// tally is what the site's part came to so far.
func (s *siteRound) tally() archive.SiteRun {
	n := s.count
	n.Listed, n.Pace = len(s.listed)+s.beyond, s.pace
	if n.Note == "" && s.faulty == 0 && len(n.Failed) > 0 {
		n.Note = OnlyPages
	}
	if n.Note == "" && s.quiet && n.Listed == 0 && n.Pages == 0 {
		n.Note = NothingNew
	}
	if s.noCopies > 0 {
		note := fmt.Sprintf("%d of its pages say noarchive, and are kept as crawl: noarchive says", s.noCopies)
		if n.Note != "" {
			note = n.Note + "; " + note
		}
		n.Note = note
	}
	n.Misses = slices.Clone(n.Misses)
	n.Skipped, n.Failed = maps.Clone(n.Skipped), maps.Clone(n.Failed)
	return n
}

// counts gives what each site's part came to, and what it left undone.
func (r *round) counts(ctx context.Context) []archive.SiteRun {
	r.mu.Lock()
	defer r.mu.Unlock()
	ctx = context.WithoutCancel(ctx)
	var list []archive.SiteRun
	for _, name := range r.order {
		s := r.sites[name]
		n := s.tally()
		why, rests := r.rests(&s.Site)
		if rests || s.spent() || len(s.blocked) > 0 || s.pace > longestPace {
			if stats, err := r.o.Frontier.Stats(ctx, []string{name}); err == nil {
				s.undone(&n, stats, why)
			}
		}
		if n.Requests == 0 && n.Note == "" && n.Blocked == "" && len(n.Skipped) == 0 {
			r.notYet(ctx, &n)
		}
		list = append(list, n)
	}
	return list
}

// notYet notes why a round asked a site for nothing: its servers are left alone
// since an earlier round, or what is due first is due later, and what went
// wrong with that the last time.
func (r *round) notYet(ctx context.Context, n *archive.SiteRun) {
	for item, err := range r.o.Frontier.List(ctx, frontier.Query{Sites: []string{n.Site}, Limit: 1}) {
		if err != nil || item.Due.IsZero() {
			return
		}
		if !item.Due.After(r.o.Now()) {
			r.stillAlone(ctx, n, item.Group)
			return
		}
		n.Note = "nothing is due before " + r.sites[n.Site].moment(item.Due)
		if item.LastError != "" && !resting(item) {
			n.Note += ", since the last request failed: " + item.LastError
		}
	}
}

// stillAlone notes that what is due of a site is of a group that is left alone.
func (r *round) stillAlone(ctx context.Context, n *archive.SiteRun, group string) {
	stats, err := r.o.Frontier.Stats(ctx, []string{n.Site})
	if err != nil {
		return
	}
	for _, b := range stats.Blocked {
		if b.Group == group {
			n.Blocked = leftAlone(b.Why, r.sites[n.Site].moment(b.Until))
			n.Skipped = with(n.Skipped, "blocked", stats.Due)
		}
	}
}

// undone says why something is still due when the round is over.
func (s *siteRound) undone(n *archive.SiteRun, stats frontier.Stats, rests rest) {
	if len(s.blocked) > 0 {
		groups := slices.Sorted(maps.Keys(s.blocked))
		why := make([]string, len(groups))
		for i, g := range groups {
			why[i] = s.blocked[g]
		}
		n.Blocked = strings.Join(why, "; ")
	}
	if stats.Due == 0 {
		return
	}
	reason := "budget"
	switch {
	case rests.reason != "":
		reason = rests.reason
		n.Note = rests.why
	case s.spent():
	case len(s.blocked) > 0:
		reason = "blocked"
	default:
		reason = "pace"
		n.Note = fmt.Sprintf("a pause of %v between two requests is asked for: what is left waits for the next crawls", s.pace)
	}
	n.Skipped = with(n.Skipped, reason, stats.Due)
}
