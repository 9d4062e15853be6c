package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"pressmark/crawler/frontier"
)

// A queuedObject is an item of the queue.
type queuedObject struct {
	URL         string    `json:"url"`
	Page        string    `json:"page"`
	Site        string    `json:"site"`
	Group       string    `json:"group"`
	Kind        string    `json:"kind"`
	State       string    `json:"state"`
	Due         time.Time `json:"due,omitzero"` // never when it is retired
	Why         string    `json:"why"`
	Error       string    `json:"error,omitempty"`
	Checks      int       `json:"checks"`
	Failures    int       `json:"failures"`
	Walls       int       `json:"walls"`
	Unchanged   int       `json:"unchanged"`
	Interval    int64     `json:"interval_seconds,omitempty"` // between the last look and the next
	Via         string    `json:"via,omitempty"`
	FirstSeen   time.Time `json:"first_seen"`
	Published   time.Time `json:"published,omitzero"`
	LastChecked time.Time `json:"last_checked,omitzero"`
	LastChanged time.Time `json:"last_changed,omitzero"`
	Blocked     time.Time `json:"blocked_until,omitzero"`
	BlockedWhy  string    `json:"blocked_why,omitempty"`
}

// printHolds tells which groups of servers are left alone, and which are being asked.
func (c *cli) printHolds(s frontier.Stats, now time.Time) error {
	for _, b := range s.Blocked {
		var err error
		if c.json {
			err = object(c.out, struct {
				Group   string    `json:"group"`
				Blocked time.Time `json:"blocked_until"`
				Why     string    `json:"blocked_why"`
			}{b.Group, b.Until.UTC(), b.Why})
		} else {
			_, err = fmt.Fprintf(c.out, "%s  %s  until %s  %s\n", c.out.style(yellow, "left alone"), line(b.Group), ahead(b.Until, now), line(b.Why))
		}
		if err != nil {
			return err
		}
	}
	for _, l := range s.Leases {
		var err error
		if c.json {
			err = object(c.out, struct {
				Group   string    `json:"group"`
				Worker  string    `json:"asked_by"`
				Expires time.Time `json:"lease_expires"`
			}{l.Group, l.Worker, l.Expires.UTC()})
		} else {
			_, err = fmt.Fprintf(c.out, "%s  %s  by %s\n", c.out.style(green, "being asked"), line(l.Group), line(l.Worker))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// printQueued prints an item: when it is due, what it is, and why then.
func (c *cli) printQueued(it frontier.Item, s frontier.Stats, now time.Time, site bool) error {
	block := blockOf(s, it.Group)
	why := whyDue(it, now)
	if c.json {
		o := queuedObject{
			URL: it.URL, Page: it.Page.ID(), Site: it.Site, Group: it.Group, Kind: it.Kind, State: it.State, Due: dueSince(it).UTC(), Why: why,
			Error: it.LastError, Checks: it.Checks, Failures: it.Failures, Walls: it.Walls, Unchanged: it.Unchanged, Via: it.Via,
			FirstSeen: it.FirstSeen.UTC(), Published: it.Published.UTC(), LastChecked: it.LastChecked.UTC(), LastChanged: it.LastChanged.UTC(),
			Blocked: block.Until.UTC(), BlockedWhy: block.Why,
		}
		if !it.LastChecked.IsZero() && it.Due.After(it.LastChecked) {
			o.Interval = int64(it.Due.Sub(it.LastChecked).Seconds())
		}
		return object(c.out, o)
	}
	if it.Due.After(now) || it.Due.IsZero() || block.Until.Before(now) {
		block.Why = "" // it makes no difference
	} else {
		why += "; its server is left alone until " + ahead(block.Until, now)
	}
	name := ""
	if site {
		name = pad(fit(line(it.Site), 20), 20) + "  "
	}
	style := faint
	if failed(it) {
		style = red
	}
	_, err := fmt.Fprintf(c.out, "%s  %s  %s%s\n%s\n", pad(due(it, now), 28), pad(it.Kind, 7), name, line(it.URL),
		c.out.style(style, "    "+line(why)))
	return err
}

// printQueuedMore prints what a list leaves out.
func (c *cli) printQueuedMore(it frontier.Item) error {
	zone := c.zone()
	var lines []string
	add := func(name, value string) {
		if value != "" && value != "-" {
			lines = append(lines, fmt.Sprintf("    %s  %s", pad(name, 14), line(value)))
		}
	}
	add("state", it.State)
	add("asked", count(it.Checks, "time"))
	add("first seen", clock(it.FirstSeen, zone))
	add("named by", it.Via)
	add("published", clock(it.Published, zone))
	add("last asked", clock(it.LastChecked, zone))
	add("last changed", clock(it.LastChanged, zone))
	add("ETag", it.ETag)
	add("Last-Modified", it.LastModified)
	add("servers", it.Group)
	_, err := fmt.Fprintln(c.out, strings.Join(lines, "\n"))
	return err
}

func blockOf(s frontier.Stats, group string) frontier.Blocked {
	if i := slices.IndexFunc(s.Blocked, func(b frontier.Blocked) bool { return b.Group == group }); i >= 0 {
		return s.Blocked[i]
	}
	return frontier.Blocked{}
}

// dueSince is when an item is due, as a person sees it: what nobody asked for
// yet, when it was found. A crawl puts news before a backlog by a due time long
// past, which says something on the order alone.
func dueSince(it frontier.Item) time.Time {
	if it.LastChecked.IsZero() && !it.Due.IsZero() && it.Due.Before(it.FirstSeen) {
		return it.FirstSeen
	}
	return it.Due
}

// due writes when an item is due: "now", "in 4 h", "never".
func due(it frontier.Item, now time.Time) string {
	switch {
	case it.Due.IsZero():
		return "never"
	case !it.Due.After(now):
		return "due now"
	}
	return ahead(it.Due, now)
}

// ahead writes a time to come, and how far off it is.
func ahead(t, now time.Time) string {
	return clock(t, now.Location()) + ", in " + span(t.Sub(now))
}

// whyDue says why an item is due when it is.
func whyDue(it frontier.Item, now time.Time) string {
	ago := func(t time.Time) string { return span(now.Sub(t)) + " ago" }
	pause := ""
	if !it.LastChecked.IsZero() && it.Due.After(now) {
		pause = ", again after " + span(it.Due.Sub(it.LastChecked))
	}
	because := ""
	if it.LastError != "" {
		because = ": " + it.LastError
	}
	switch {
	case it.State == frontier.Retired && it.Looks > 0:
		return fmt.Sprintf("given up, after it was looked for %s%s", count(it.Looks, "more time"), because)
	case it.State == frontier.Retired:
		return fmt.Sprintf("given up, after %s failed%s", count(it.Failures, "request"), because)
	case it.LastChecked.IsZero() && it.Via != "":
		return fmt.Sprintf("not asked for yet; named by %s %s", it.Via, ago(it.FirstSeen))
	case it.LastChecked.IsZero():
		return "not asked for yet; found " + ago(it.FirstSeen)
	case it.State == frontier.Gone:
		return fmt.Sprintf("gone %s%s%s", ago(it.LastChecked), because, pause)
	case it.Walls > 0:
		return "a wall stood in its place " + row(it.Walls) + ago(it.LastChecked) + because + pause
	case it.Failures > 0:
		return "failed " + row(it.Failures) + ago(it.LastChecked) + because + pause
	case it.LastError != "":
		return "looked at " + ago(it.LastChecked) + because + pause
	case it.LastChanged.IsZero():
		return fmt.Sprintf("asked %s%s", ago(it.LastChecked), pause)
	case it.Told:
		return fmt.Sprintf("a list says that it was modified; looked at %s", ago(it.LastChecked))
	}
	switch expected := it.Expects(it.Due); {
	case expected > 0:
		pause += "; " + rate(expected) + ", as a rule"
	case it.Changes > 0:
		pause += fmt.Sprintf("; %s found since it was first seen %s", count(it.Changes, "edit"), ago(it.FirstSeen))
	}
	switch {
	case it.Unchanged == 0:
		return fmt.Sprintf("new or changed %s%s", ago(it.LastChecked), pause)
	}
	return "unchanged " + row(it.Unchanged) + ago(it.LastChecked) + ", changed " + ago(it.LastChanged) + pause
}

// row begins how often something was so: "3 times in a row, last …".
func row(n int) string {
	if n < 2 {
		return ""
	}
	return count(n, "time") + " in a row, last "
}

// rate is how often a list has a new entry.
func rate(anHour float64) string {
	switch {
	case anHour >= 1.5:
		return fmt.Sprintf("%.0f new entries an hour", anHour)
	case anHour >= 1.0/36:
		return fmt.Sprintf("a new entry every %.2g hours", 1/anHour)
	}
	return fmt.Sprintf("a new entry every %.2g days", 1/anHour/24)
}
