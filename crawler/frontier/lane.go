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
	site  string
	counts
	head  dueKey // the item that is due first
	waits bool   // there is a head
}

type laneName struct{ group, site string }

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
	items   map[urlkey.Key]uint64 // those without an outcome so far → seq
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

func (b *Bolt) addLane(id uint32, groupName, site string) *lane {
	g := b.group(groupName)
	l := &lane{id: id, name: laneName{groupName, site}, group: g, site: site}
	g.lanes = append(g.lanes, l)
	b.lanes[id] = l
	b.scan = append(b.scan, l)
	b.byName[l.name] = l
	return l
}

func (b *Bolt) dropLane(l *lane) {
	delete(b.lanes, l.id)
	delete(b.byName, l.name)
	is := func(o *lane) bool { return o == l }
	l.group.lanes = slices.DeleteFunc(l.group.lanes, is)
	b.scan = slices.DeleteFunc(b.scan, is)
}

// earliest is the free group whose queue has the earliest head, among the
// lanes of some sites. It looks at every lane: 10,000 of them take some 50 µs,
// a small part of what fetching one page costs.
func (b *Bolt) earliest(now time.Time, sites siteSet, without map[*group]bool) *group {
	var first *lane
	limit := now.UnixMicro()
	for _, l := range b.scan {
		if !l.waits || l.head.due > limit || !sites.has(l.site) || first != nil && !l.head.less(first.head) {
			continue
		}
		if l.group.free(now, b.gap) && !now.Before(l.group.wanted) && !without[l.group] {
			first = l
		}
	}
	if first == nil {
		return nil
	}
	return first.group
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
	it.Group, it.Site = l.group.name, l.site
}
