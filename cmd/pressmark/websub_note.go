package main

import (
	"fmt"
	"net/url"
	"path/filepath"
	"time"

	"pressmark/crawler/websub"
)

// hubObject is a subscription as JSON.
type hubObject struct {
	Feed   string    `json:"feed"`
	Hub    string    `json:"hub"`
	State  string    `json:"state"`
	Works  bool      `json:"works"` // it told of what was new so far
	Ends   time.Time `json:"ends,omitzero"`
	Pinged time.Time `json:"pinged,omitzero"`
	Pings  int       `json:"pings"`
	Forged int       `json:"forged"`
	Why    string    `json:"why,omitempty"`
}

// hubs are the subscriptions of each site, by its name. A daemon may be at work
// on them: what was written last is told.
func (c *cli) hubs(conf *config) map[string][]hubObject {
	list, err := websub.Subscriptions(filepath.Join(c.folderOf(conf), websubName), time.Now())
	if err != nil {
		c.say("pressmark: what hubs tell can't be said: %v", err)
	}
	sites := map[string][]hubObject{}
	for _, s := range list {
		sites[s.Site] = append(sites[s.Site], hubObject{
			s.Feed, s.Hub, string(s.State), s.Works, s.Ends.UTC(), s.Pinged.UTC(), s.Pings, s.Forged, s.Why,
		})
	}
	return sites
}

// hubNote says in a line how a site's changes are told; "" when nobody was
// asked to.
func hubNote(list []hubObject) string {
	var best *hubObject
	for i := range list {
		x := &list[i]
		if best == nil || x.Works && !best.Works || x.Works == best.Works && x.Pinged.After(best.Pinged) {
			best = x
		}
	}
	if best == nil {
		return ""
	}
	hub := best.Hub
	if u, err := url.Parse(hub); err == nil {
		hub = u.Host
	}
	switch {
	case best.Works:
		return fmt.Sprintf("told by its hub %s, last %s ago", hub, span(time.Since(best.Pinged)))
	case best.Why != "":
		return fmt.Sprintf("its hub %s is not relied on: %s", hub, best.Why)
	case best.State == string(websub.Active):
		return fmt.Sprintf("subscribed at its hub %s, which has told of nothing so far", hub)
	}
	return fmt.Sprintf("its hub %s was asked to tell of changes: %s", hub, best.State)
}
