package frontier

import (
	"context"
	"fmt"
	"slices"
	"time"

	"go.etcd.io/bbolt"

	"pressmark/extract/urlkey"
)

// Claim leases a group; see Frontier.
func (b *Bolt) Claim(ctx context.Context, c Claim) (*Lease, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	select {
	case <-b.quit:
		return nil, ErrClosed
	default:
	}
	if c.Max < 1 {
		c.Max = 1
	}
	if c.TTL <= 0 {
		c.TTL = defaultTTL
	}
	lease, db, err := b.claim(c)
	if isDamage(err) {
		err = b.report(db, err)
	}
	if err != nil {
		return nil, fmt.Errorf("claim: %w", err)
	}
	return lease, nil
}

func (b *Bolt) claim(c Claim) (*Lease, *bbolt.DB, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	now, sites := b.clock(), setOf(c.Sites)
	if c.Group != "" {
		g := b.group(c.Group)
		if !g.free(now, b.gap) {
			g.wanted = now.Add(wantedFor)
			b.stir(g)
			return nil, nil, ErrNone
		}
		g.wanted = time.Time{}
		return b.lease(g, c, now, nil), nil, nil
	}
	for {
		first := b.earliest(now, sites)
		if first == nil {
			return nil, nil, ErrNone
		}
		g := first.group
		queue, db, err := b.queue(g, sites, now, c.Max)
		if err != nil {
			return nil, db, err
		}
		if len(queue) > 0 {
			return b.lease(g, c, now, queue), nil, nil
		}
		// A commit moved them a moment ago; memory follows when mu is free.
		b.all.leave(first, ofAll)
		first.site.agenda.leave(first, ofSite)
		defer b.stir(g)
	}
}

// wantedFor is how long a group is kept for who has asked for it by name and
// will ask again.
const wantedFor = time.Second

// lease gives a free group out. Called with mu held.
func (b *Bolt) lease(g *group, c Claim, now time.Time, queue []queued) *Lease {
	b.lastUsed++
	l := &Lease{Group: g.name, Worker: c.Worker, Token: b.lastUsed, Expires: now.Add(c.TTL), Conduct: g.conduct.clone()}
	h := &held{worker: c.Worker, token: l.Token, expires: l.Expires, items: make(map[urlkey.Key]uint64, len(queue))}
	for _, q := range queue {
		l.Items = append(l.Items, q.Item)
		h.items[q.Page] = q.seq
	}
	if g.lease != nil {
		b.loose = true
	}
	g.lease = h
	b.stir(g)
	return l
}

// A queued item and its place.
type queued struct {
	Item
	dueKey
}

// queue reads the first due items of a group.
func (b *Bolt) queue(g *group, sites siteSet, now time.Time, most int) ([]queued, *bbolt.DB, error) {
	var queue []queued
	limit := now.UnixMicro()
	db, err := b.viewLocked(func(tx *bbolt.Tx) error {
		due, items := tx.Bucket(bucketDue).Cursor(), tx.Bucket(bucketItem)
		type spot struct {
			*lane
			dueKey
		}
		var spots []spot
		for _, l := range g.lanes {
			if !sites.has(l.name.site) {
				continue
			}
			raw, _ := due.Seek(laneKey(l.id))
			for n := 0; n < most; n++ {
				k, ok := parseDue(raw, l.id)
				if !ok || k.due > limit {
					break
				}
				spots = append(spots, spot{l, k})
				raw, _ = due.Next()
			}
		}
		slices.SortFunc(spots, func(a, b spot) int {
			if a.less(b.dueKey) {
				return -1
			}
			return 1
		})
		seen := make(map[urlkey.Key]bool, len(spots)) // twice the same: an index lost it and it was added anew
		for _, p := range spots[:min(most, len(spots))] {
			it, id, err := decodeItem(items.Get(seqKey(p.seq)), p.seq)
			if err != nil {
				return damagef("item %d: %v", p.seq, err)
			}
			if id != p.id || micros(it.Due) != p.due || seen[it.Page] {
				return damagef("item %d is not where it should be: lane %d, due %v", p.seq, p.id, fromMicros(p.due))
			}
			seen[it.Page] = true
			p.fill(&it)
			queue = append(queue, queued{it, p.dueKey})
		}
		return nil
	})
	return queue, db, err
}

// holder finds a lease that may still be used. Called with mu held.
func (b *Bolt) holder(l *Lease) (*group, *held, error) {
	if l == nil {
		return nil, nil, ErrLeaseLost
	}
	g := b.groups[l.Group]
	if g == nil || g.lease == nil || g.lease.token != l.Token || g.lease.busy || g.lease.lost {
		return nil, nil, fmt.Errorf("lease %d on %s: %w", l.Token, l.Group, ErrLeaseLost)
	}
	return g, g.lease, nil
}

// Renew moves a lease's expiry; see Frontier.
func (b *Bolt) Renew(ctx context.Context, l *Lease, ttl time.Duration) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if ttl <= 0 {
		ttl = defaultTTL
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	g, h, err := b.holder(l)
	if err != nil {
		return fmt.Errorf("renew: %w", err)
	}
	h.expires = b.clock().Add(ttl)
	l.Expires = h.expires
	b.stir(g)
	return nil
}

// Block keeps everybody from a group; see Frontier.
func (b *Bolt) Block(ctx context.Context, name string, until time.Time, why string) error {
	err := b.write(ctx, func(t *txn) error {
		p, err := t.pauses(name)
		if err != nil {
			return err
		}
		switch {
		case until.IsZero():
			p.blocked, p.why = time.Time{}, ""
		case until.After(p.blocked):
			p.blocked, p.why = until.Round(0), why
		}
		return t.pause(name, p)
	})
	if err != nil {
		return fmt.Errorf("block %s: %w", name, err)
	}
	return nil
}

// NextDue is when there is work; see Frontier.
func (b *Bolt) NextDue(ctx context.Context, sites []string) (time.Time, error) {
	if err := ctx.Err(); err != nil {
		return time.Time{}, err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	var first time.Time
	look := func(l *lane) {
		if due := later(time.UnixMicro(l.head.due).UTC(), l.group.until()); first.IsZero() || due.Before(first) {
			first = due
		}
	}
	if len(sites) == 0 {
		b.all.each(look)
	}
	for _, name := range sites {
		if s := b.sites[name]; s != nil {
			s.agenda.each(look)
		}
	}
	return first, nil
}
