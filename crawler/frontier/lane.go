package frontier

import (
	"slices"
	"time"

	"go.etcd.io/bbolt"

	"pressmark/extract/urlkey"
)

// A lane is the queue of one site's items in one politeness group. Most sites
// have one lane and most groups too.
type lane struct {
	id    uint32
	name  laneName // as it is in the file
	group *group   // of that name, or what that is part of
	site  *siteLanes
	counts
	head  dueKey   // the item that is due first
	waits bool     // there is a head
	from  int64    // when the head is due and the group may be claimed, in microseconds
	at    [2]place // in the agenda of all and in the site's
}

type laneName struct{ group, site string }

// siteLanes are the lanes of one site.
type siteLanes struct {
	name    string
	lanes   []*lane
	byGroup map[string]*lane // nil while they are few
	agenda  agenda
}

// A group is what is treated politely as one server.
type group struct {
	name string
	pauses
	lanes  []*lane
	lease  *held
	wanted time.Time // until then it is for who asked for it by name
}

// held is a lease that was given out.
type held struct {
	worker  string
	token   uint64
	expires time.Time
	items   map[urlkey.Key]uint64 // → seq
	busy    bool                  // an outcome is being stored: nobody may take the group
	lost    bool                  // the file was replaced
}

// free reports whether the group may be claimed.
func (g *group) free(now time.Time, gap time.Duration) bool {
	if now.Before(g.until()) {
		return false
	}
	return g.lease == nil || !g.lease.busy && !now.Before(g.lease.expires.Add(gap))
}

// group finds or adds a group, of that name or the one that it is part of.
func (b *Bolt) group(name string) *group {
	if whole := b.part[name]; whole != "" {
		name = whole
	}
	g := b.groups[name]
	if g == nil {
		g = &group{name: name}
		b.groups[name] = g
	}
	return g
}

func (b *Bolt) addLane(id uint32, name laneName) *lane {
	s := b.sites[name.site]
	if s == nil {
		s = &siteLanes{name: name.site}
		b.sites[name.site] = s
	}
	g := b.group(name.group)
	l := &lane{id: id, name: name, group: g, site: s}
	g.lanes = append(g.lanes, l)
	s.add(l)
	b.lanes[id] = l
	return l
}

func (b *Bolt) dropLane(l *lane) {
	b.all.leave(l, ofAll)
	l.site.agenda.leave(l, ofSite)
	delete(b.lanes, l.id)
	l.group.lanes = slices.DeleteFunc(l.group.lanes, func(o *lane) bool { return o == l })
	if l.site.drop(l); len(l.site.lanes) == 0 {
		delete(b.sites, l.site.name)
	}
}

// fewLanes are found by looking at each.
const fewLanes = 16

// lane finds a site's lane in a group, nil when there is none.
func (s *siteLanes) lane(group string) *lane {
	if s == nil {
		return nil
	}
	if s.byGroup != nil {
		return s.byGroup[group]
	}
	for _, l := range s.lanes {
		if l.name.group == group {
			return l
		}
	}
	return nil
}

func (s *siteLanes) add(l *lane) {
	s.lanes = append(s.lanes, l)
	switch {
	case s.byGroup != nil:
		s.byGroup[l.name.group] = l
	case len(s.lanes) > fewLanes:
		s.byGroup = make(map[string]*lane, 2*fewLanes)
		for _, l := range s.lanes {
			s.byGroup[l.name.group] = l
		}
	}
}

func (s *siteLanes) drop(l *lane) {
	s.lanes = slices.DeleteFunc(s.lanes, func(o *lane) bool { return o == l })
	delete(s.byGroup, l.name.group)
}

// lanesOf are the lanes of some sites, of all when none is named. Called with
// mu held.
func (b *Bolt) lanesOf(sites siteSet) []*lane {
	var lanes []*lane
	if len(sites) == 0 {
		lanes = make([]*lane, 0, len(b.lanes))
		for _, l := range b.lanes {
			lanes = append(lanes, l)
		}
		return lanes
	}
	for name := range sites {
		if s := b.sites[name]; s != nil {
			lanes = append(lanes, s.lanes...)
		}
	}
	return lanes
}

// A siteSet names sites; an empty one names all.
type siteSet map[string]bool

func setOf(sites []string) siteSet {
	if len(sites) == 0 {
		return nil
	}
	s := make(siteSet, len(sites))
	for _, name := range sites {
		s[name] = true
	}
	return s
}

func (s siteSet) has(site string) bool { return len(s) == 0 || s[site] }

// headOf is the first item of a lane's queue.
func headOf(due *bbolt.Bucket, id uint32) (dueKey, bool) {
	k, _ := due.Cursor().Seek(laneKey(id))
	return parseDue(k, id)
}

// fill completes an item with what its lane knows.
func (l *lane) fill(it *Item) {
	it.Group, it.Site = l.group.name, l.name.site
}
