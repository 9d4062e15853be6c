package crawler

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"pressmark/crawler/discover"
	"pressmark/crawler/frontier"
)

// When a list is no longer worth the looks. What it is called says nothing
// (names lie): a sitemap is retired when neither it nor what it lists has been
// modified for deadAfter, and a feed is quiet when it lists nothing new for much
// longer than it ever takes.
const (
	deadAfter  = 180 * 24 * time.Hour
	rareLook   = 90 * 24 * time.Hour // until a retired sitemap is looked at again, unless an index says that it was modified
	quietAfter = 7 * 24 * time.Hour  // of a feed whose rhythm is not known
	quietLeast = 2 * 24 * time.Hour
	quietTimes = 10 // times a feed's usual distance
)

// What stands before the reason in an item's LastError.
const (
	retired = "retired until " // and a date
	gone    = "quiet: "
)

// resting reports whether a list is known to bring nothing new.
func resting(item frontier.Item) bool {
	return strings.HasPrefix(item.LastError, retired) || strings.HasPrefix(item.LastError, gone)
}

// asleep reports whether an item is a retired sitemap that nobody says was
// modified: a round of everything does not wake it before its time.
func asleep(item frontier.Item, now time.Time) bool {
	return now.Before(wakes(item))
}

// wakes is when a retired sitemap is looked at again; zero when it is none.
func wakes(item frontier.Item) time.Time {
	until, _ := strings.CutPrefix(item.LastError, retired)
	t, _ := time.Parse(time.DateOnly, until[:min(len(until), len(time.DateOnly))])
	return t
}

// judge looks for evidence that a feed or sitemap that answered is dead, and
// has it rest. Of an answer that nothing has changed, links is nil.
func (v *visit) judge(links []discover.Link, header http.Header) {
	o, now := &v.outcome, v.o.Now()
	why := ""
	switch v.item.Kind {
	case frontier.Sitemap:
		if why = v.dead(links, header, now); why != "" {
			o.Due = now.Add(rareLook)
			o.Error = retired + day(o.Due) + ": " + why
		}
	case frontier.Feed:
		if why = v.still(links, now); why != "" {
			o.Error = gone + why
		}
	}
	if why == "" {
		return
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.site.stale == "" && v.item.Kind == frontier.Feed {
		v.site.stale = v.item.URL + " " + why
	}
}

// dead is the evidence against a sitemap.
func (v *visit) dead(links []discover.Link, header http.Header, now time.Time) string {
	old := func(t time.Time) bool { return !t.IsZero() && now.Sub(t) > deadAfter }
	unchanged := v.outcome.Result == frontier.Unchanged
	if unchanged && (old(v.item.LastChanged) || len(links) == 0 && strings.HasPrefix(v.item.LastError, retired)) {
		return "nothing new in it since " + day(v.item.LastChanged)
	}
	modified, _ := http.ParseTime(header.Get("Last-Modified"))
	dates := datesOf(links)
	switch {
	case len(links) == 0:
	case len(dates) == 0, len(dates)*10 < len(links)*9: // it is by the server's word alone
		if old(modified) {
			return "unmodified since " + day(modified)
		}
	case !old(dates[len(dates)-1]):
	case modified.IsZero(), old(modified), unchanged: // servers like to call everything new that they send
		return "the newest that it lists is of " + day(dates[len(dates)-1])
	}
	return ""
}

// still is the evidence against a feed.
func (v *visit) still(links []discover.Link, now time.Time) string {
	dates := datesOf(links)
	if len(dates) >= 3 {
		newest := dates[len(dates)-1]
		usual := newest.Sub(dates[0]) / time.Duration(len(dates)-1)
		if now.Sub(newest) > max(quietLeast, quietTimes*usual) {
			return "has listed nothing new since " + day(newest)
		}
		return ""
	}
	if v.outcome.Result != frontier.Unchanged {
		return ""
	}
	if why, was := strings.CutPrefix(v.item.LastError, gone); was && len(links) == 0 {
		return why
	}
	if !v.item.LastChanged.IsZero() && now.Sub(v.item.LastChanged) > quietAfter {
		return "has listed nothing new since " + day(v.item.LastChanged)
	}
	return ""
}

// datesOf are the times of the latest links, in order.
func datesOf(links []discover.Link) []time.Time {
	var dates []time.Time
	for _, l := range links {
		switch {
		case l.Modified.After(l.Published):
			dates = append(dates, l.Modified)
		case !l.Published.IsZero():
			dates = append(dates, l.Published)
		}
	}
	slices.SortFunc(dates, time.Time.Compare)
	return dates
}

func day(t time.Time) string { return t.UTC().Format(time.DateOnly) }

// shareOfIndex are the sitemaps of an index that are followed at one look: the
// newest first, and of those without a date some of each end and some in
// between, others every time. An index may name 100,000, and each of them is
// asked for before an article is.
func (v *visit) shareOfIndex(links []discover.Link) []discover.Link {
	const newest, ends, between = 50, 5, 10
	var known, unknown []discover.Link
	for _, l := range links {
		switch ok, _ := v.site.scope.host(l.URL); {
		case !ok:
		case l.Modified.IsZero():
			unknown = append(unknown, l)
		case v.o.Now().Sub(l.Modified) < 30*24*time.Hour: // it may list news
			known = append(known, l)
		}
	}
	slices.SortStableFunc(known, func(a, b discover.Link) int { return b.Modified.Compare(a.Modified) })
	share := known[:min(len(known), newest)]
	if len(unknown) <= 2*ends+between {
		share = append(share, unknown...)
	} else {
		middle := unknown[ends : len(unknown)-ends]
		share = append(append(share, unknown[:ends]...), unknown[len(unknown)-ends:]...)
		for i := range between {
			share = append(share, middle[(v.item.Checks*between+i)%len(middle)])
		}
	}
	if left := len(known) + len(unknown) - len(share); left > 0 {
		v.remark(fmt.Sprintf("%s names %d sitemaps: %d were followed, the newest first, others come with its next looks", v.item.URL, left+len(share), len(share)))
	}
	return share
}
