package main

import (
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"pressmark/crawler/fetch"
)

// configuration checks the file; without one that is valid nothing else can be.
func (x *examination) configuration() bool {
	conf, err := x.c.configuration()
	var bad *configFaults
	switch {
	case errors.Is(err, errNoConfig) && x.c.config == "":
		x.attention("configuration", "pressmark init DIR makes one", "there is no %s here: nothing is crawled by schedule", configName)
		conf = defaultConfig()
		conf.of, conf.zone = x.c, x.c.local()
	case errors.As(err, &bad):
		x.failing("configuration", "pressmark config check shows where", "%s", bad.first())
		return false
	case err != nil:
		x.broken("configuration", "", err)
		return false
	default:
		x.fine("configuration", "%s: %s", conf.path, count(len(conf.Sites), "site"))
		if len(conf.Sites) == 0 {
			x.attention("sites", "pressmark add https://www.example.org/", "there is none to crawl")
		}
	}
	x.conf, x.dir = conf, x.c.folderOf(conf)
	x.contact()
	lists, err := conf.lists()
	faults, rules := 0, 0
	for _, l := range lists {
		faults, rules = faults+len(l.Faults), rules+len(l.Rules)
	}
	switch {
	case err != nil:
		x.failing("filters", "name lists that are there, or take them out of the configuration", "%s", listFault(err))
	case faults > 0:
		x.attention("filters", "pressmark config check shows them; the other rules hold", "%s can't be read, of %s", count(faults, "line"), count(len(lists), "list"))
	case len(lists) > 0:
		x.fine("filters", "%s with %s", count(len(lists), "list"), count(rules, "rule"))
	}
	return true
}

func (x *examination) contact() {
	contact := x.conf.Contact
	switch err := reachable(x.conf); {
	case err != nil:
		x.failing("contact", "write contact: you@example.org into "+configName, "it is missing: whoever is crawled must be able to reach you, so nothing is crawled")
	case contact == "" && len(x.conf.Sites) > 0:
		x.fine("contact", "none is set, and none is needed for sites of this machine")
	case contact == "":
	case !strings.Contains(contact, "@") && !strings.Contains(contact, "://"):
		x.attention("contact", "write a mail address, or the URL of a page about your crawler", "%q is no address that anybody could write to", contact)
	default:
		x.fine("contact", "%s", userAgent(contact))
	}
}

// crowd is how many sites at the same minute are too many.
const crowd = 5

// schedules looks for sites that are all crawled at the same time.
func (x *examination) schedules() {
	plans, err := plansOf(x.conf)
	if err != nil {
		x.broken("schedules", "pressmark config check shows where", err)
		return
	}
	if len(plans) == 0 {
		return
	}
	at := map[time.Time][]string{}
	first, name := time.Time{}, ""
	for _, p := range plans {
		due := p.Due(p.Next(x.now))
		if p.Every == 0 {
			at[due.Truncate(time.Minute)] = append(at[due.Truncate(time.Minute)], p.Name)
		}
		if p.Every == 0 && (first.IsZero() || due.Before(first)) {
			first, name = due, p.Name
		}
	}
	crowded := false
	for _, when := range slices.SortedFunc(maps.Keys(at), time.Time.Compare) {
		if list := at[when]; len(list) >= max(crowd, x.conf.Crawl.Workers/2+1) {
			crowded = true
			x.attention("schedules", "give them a jitter, such as jitter: 10m", "%d sites are due at %s: %s", len(list), clock(when, x.conf.zone), fewNames(list))
			break
		}
	}
	if !crowded {
		text := count(len(plans), "schedule")
		if name != "" {
			text += fmt.Sprintf("; of those by the clock %s is next, %s", name, clock(first, x.conf.zone))
		}
		x.fine("schedules", "%s", text)
	}
}

// forgotten is how long ago a pause was begun that may have been forgotten.
const forgotten = 30 * 24 * time.Hour

func (x *examination) pauses() {
	list, err := x.c.pauses(x.conf)
	if err != nil {
		x.broken("pauses", "look at "+filepath.Join(x.dir, pausesName), err)
		return
	}
	known := map[string]bool{}
	for _, s := range x.conf.Sites {
		known[s.name()] = true
	}
	for _, name := range slices.Sorted(maps.Keys(list)) {
		p := list[name]
		switch {
		case !p.Holds(x.now):
		case !known[name]:
			x.attention("pauses", "it may have another name now: pause it by that", "%s is paused, and not in the configuration", name)
		case p.Until.IsZero() && !p.Since.IsZero() && x.now.Sub(p.Since) > forgotten:
			x.attention("pauses", fmt.Sprintf("pressmark site resume %q, or take the site out of the configuration", name), "%s is %s", name, shownPause(p, x.conf.zone))
		default:
			x.fine("pauses", "%s is %s", name, shownPause(p, x.conf.zone))
		}
	}
}

// explained is a failure with what may help against it.
func explained(err error) (what, do string) {
	var h hinted
	if errors.As(err, &h) {
		return err.Error(), h.hint
	}
	return err.Error(), fetch.Hint(fetch.Reason(err))
}

// first is the first fault, and how many there are besides.
func (e *configFaults) first() string {
	f := e.faults[0]
	text := fmt.Sprintf("%s:%d:%d: %s", e.path, f.line, f.column, f.message)
	if n := len(e.faults) - 1; n > 0 {
		text += fmt.Sprintf(", and %d more", n)
	}
	return text
}

// listFault says what is wrong with the filter lists, in a line.
func listFault(err error) string {
	var bad *configFaults
	if errors.As(err, &bad) {
		return bad.first()
	}
	return err.Error()
}
