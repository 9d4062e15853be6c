package archive

import "time"

// A Run is one crawl: what started it, what it did, and why pages were left out.
type Run struct {
	ID       RunID
	Schedule string    // its schedule's name; "" when a person started it
	Cause    string    // cron, every, catch-up, manual, url
	Status   string    // of a scheduled run, as package schedules names it: running, done, failed, skipped, missed …
	Why      string    // in words, when there is something to say: "late by 2h", an error
	Planned  time.Time // when it was due
	Started  time.Time // zero for a run that was skipped or missed
	Ended    time.Time // zero while it runs, and after a crash
	Sites    []SiteRun
}

// A SiteRun counts what a run did on one site.
type SiteRun struct {
	Site        string
	Requests    int             // requests of every kind
	Bytes       int64           // of the answers, as they came over the network
	Pace        time.Duration   // the longest pause that was kept between two requests
	Listed      int             // pages that feeds, sitemaps and sections named
	Pages       int             // pages asked for
	NotModified int             // of those, answered 304
	Skipped     map[string]int  // pages not asked for, by reason: robots, scope, budget, lists nothing …
	Failed      map[string]int  // pages that gave no answer, by reason: timeout, refused, too large …
	Note        string          // how it was crawled, if that is worth a word
	Blocked     string          // why the site could not be crawled to the end; "" when it could
	Outcomes    map[Outcome]int // what the captures turned out to be
	Notices     int             // cookie notices removed
	Misses      []Miss
}

// A Miss is a page that a run was told of and has no capture of.
type Miss struct {
	URL    string
	Reason string
	Detail string
}
