package main

import (
	"time"

	"pressmark/archive"
	"pressmark/archive/report"
)

// The JSON objects that more than one command prints. Field names are stable.

type pageObject struct {
	ID        string    `json:"id"`
	URL       string    `json:"url"`
	Site      string    `json:"site"`
	Title     string    `json:"title"`
	Language  string    `json:"language"`
	Published string    `json:"published"`
	State     string    `json:"state"`
	Why       string    `json:"why,omitempty"`
	Versions  int       `json:"versions"`
	FirstSeen time.Time `json:"first_seen"`
	LastSeen  time.Time `json:"last_seen"`
	LastCheck time.Time `json:"last_check"`
	Story     string    `json:"story,omitempty"`
}

func pageOf(p archive.Page, v archive.Version) pageObject {
	return pageObject{
		ID: p.Key.ID(), URL: p.URL, Site: p.Site, Title: v.Article.Title, Language: v.Article.Language,
		Published: v.Article.Published.String(), State: string(p.State), Why: p.Why, Versions: p.Head,
		FirstSeen: p.FirstSeen.UTC(), LastSeen: p.LastSeen.UTC(), LastCheck: p.LastCheck.UTC(), Story: string(p.Story),
	}
}

type versionObject struct {
	ID        string       `json:"id"`
	Version   int          `json:"version"`
	Title     string       `json:"title"`
	Words     int          `json:"words"`
	FirstSeen time.Time    `json:"first_seen"`
	LastSeen  time.Time    `json:"last_seen"`
	Story     string       `json:"story"`
	Change    *report.Card `json:"change,omitempty"` // from the version before
	Erased    string       `json:"erased,omitempty"` // why its text is no longer kept
}

type runObject struct {
	ID       archive.RunID `json:"id"`
	Schedule string        `json:"schedule,omitempty"`
	Cause    string        `json:"cause"`
	Status   string        `json:"status,omitempty"`
	Why      string        `json:"why,omitempty"`
	Planned  time.Time     `json:"planned"`
	Started  time.Time     `json:"started,omitzero"` // missing when it was skipped or missed
	Ended    *time.Time    `json:"ended"`            // null while it runs, and when it was cut off
	Sites    []siteObject  `json:"sites"`
}

type siteObject struct {
	Site        string                  `json:"site"`
	Requests    int                     `json:"requests"`
	Bytes       int64                   `json:"bytes"`        // as they came over the network
	Pace        float64                 `json:"pace_seconds"` // the longest pause between two requests
	Listed      int                     `json:"listed"`
	Pages       int                     `json:"pages"`
	NotModified int                     `json:"not_modified"`
	Outcomes    map[archive.Outcome]int `json:"outcomes"`
	Notices     int                     `json:"notices"`
	Skipped     map[string]int          `json:"skipped,omitempty"`
	Failed      map[string]int          `json:"failed,omitempty"`
	Blocked     string                  `json:"blocked,omitempty"`
	Note        string                  `json:"note,omitempty"`
}

func runOf(r archive.Run) runObject {
	o := runObject{ID: r.ID, Schedule: r.Schedule, Cause: r.Cause, Status: r.Status, Why: r.Why, Planned: r.Planned.UTC(), Started: r.Started.UTC(), Sites: []siteObject{}}
	if !r.Ended.IsZero() {
		ended := r.Ended.UTC()
		o.Ended = &ended
	}
	for _, s := range r.Sites {
		o.Sites = append(o.Sites, siteObject{
			Site: s.Site, Requests: s.Requests, Bytes: s.Bytes, Pace: s.Pace.Seconds(), Listed: s.Listed, Pages: s.Pages, NotModified: s.NotModified,
			Outcomes: s.Outcomes, Notices: s.Notices, Skipped: s.Skipped, Failed: s.Failed, Blocked: s.Blocked, Note: s.Note,
		})
	}
	return o
}
