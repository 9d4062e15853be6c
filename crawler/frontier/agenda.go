package frontier

import (
	"container/heap"
	"math"
	"time"
)

// An agenda keeps lanes in the order in which they may be claimed. Those whose
// time has come stand among the ready ones, by the item that is due first; the
// others wait, by the time at which that item is due and the group may be
// asked. Lanes move over when somebody claims, and back should the clock have
// been set back meanwhile.
type agenda struct{ ready, waiting places }

// The two agendas that a lane stands in.
const (
	ofAll = iota
	ofSite
)

// never is the time of a lane whose group an outcome is being stored for.
const never = math.MaxInt64

// enter puts a lane in its place as of now, wherever it stood before.
func (a *agenda) enter(l *lane, which int, now int64) {
	a.leave(l, which)
	a.ready.which, a.ready.byHead, a.waiting.which = which, true, which
	switch {
	case !l.waits:
	case l.from <= now:
		heap.Push(&a.ready, l)
	default:
		heap.Push(&a.waiting, l)
	}
}

// leave takes a lane out.
func (a *agenda) leave(l *lane, which int) {
	if in := l.at[which].in; in != nil {
		heap.Remove(in, l.at[which].i)
	}
}

// first is the lane that a claim is to get now, nil when there is none.
func (a *agenda) first(now int64, which int) *lane {
	for len(a.waiting.lanes) > 0 && a.waiting.lanes[0].from <= now {
		heap.Push(&a.ready, heap.Pop(&a.waiting))
	}
	for len(a.ready.lanes) > 0 {
		l := a.ready.lanes[0]
		if l.from <= now {
			return l
		}
		a.enter(l, which, now) // the clock was set back
	}
	return nil
}

// each calls do for each lane of an agenda.
func (a *agenda) each(do func(*lane)) {
	for _, p := range []*places{&a.ready, &a.waiting} {
		for _, l := range p.lanes {
			do(l)
		}
	}
}

// A place is where a lane stands in an agenda.
type place struct {
	in *places // nil: it isn't there
	i  int
}

// places are lanes as a heap.
type places struct {
	lanes  []*lane
	which  int // of the agendas that a lane stands in
	byHead bool
}

func (p *places) Len() int { return len(p.lanes) }

func (p *places) Less(i, j int) bool {
	if p.byHead || p.lanes[i].from == p.lanes[j].from {
		return p.lanes[i].head.less(p.lanes[j].head)
	}
	return p.lanes[i].from < p.lanes[j].from
}

func (p *places) Swap(i, j int) {
	p.lanes[i], p.lanes[j] = p.lanes[j], p.lanes[i]
	p.lanes[i].at[p.which].i, p.lanes[j].at[p.which].i = i, j
}

func (p *places) Push(x any) {
	l := x.(*lane)
	l.at[p.which] = place{in: p, i: len(p.lanes)}
	p.lanes = append(p.lanes, l)
}

func (p *places) Pop() any {
	last := len(p.lanes) - 1
	l := p.lanes[last]
	l.at[p.which] = place{}
	p.lanes[last] = nil
	p.lanes = p.lanes[:last]
	return l
}

// from is when a group may be claimed next, in microseconds.
func (g *group) from(gap time.Duration) int64 {
	from := max(ceilMicros(g.until()), ceilMicros(g.wanted))
	switch {
	case g.lease == nil:
	case g.lease.busy:
		return never
	default:
		from = max(from, ceilMicros(g.lease.expires.Add(gap)))
	}
	return from
}

// stir puts a group's lanes in their places after anything has changed that
// says when they may be claimed. Called with mu held.
func (b *Bolt) stir(g *group) {
	from, now := g.from(b.gap), b.clock().UnixMicro()
	for _, l := range g.lanes {
		l.from = max(from, l.head.due)
		b.all.enter(l, ofAll, now)
		l.site.agenda.enter(l, ofSite, now)
	}
}

// earliest is the lane with the earliest head that may be claimed, of some
// sites. What it costs grows with the sites that are named, not with the lanes.
func (b *Bolt) earliest(now time.Time, sites siteSet) *lane {
	micro := now.UnixMicro()
	if len(sites) == 0 {
		return b.all.first(micro, ofAll)
	}
	var first *lane
	for name := range sites {
		s := b.sites[name]
		if s == nil {
			continue
		}
		if l := s.agenda.first(micro, ofSite); l != nil && (first == nil || l.head.less(first.head)) {
			first = l
		}
	}
	return first
}
