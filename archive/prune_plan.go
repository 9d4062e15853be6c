package archive

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"go.etcd.io/bbolt"
)

// A prunable is what the rules don't keep.
type prunable struct {
	s     *Store
	now   time.Time
	rules map[string]Keep
	keep  func(site string) Keep

	bodies    []prunableBody
	texts     []prunableText
	unchanged []prunableLook
	runs      []RunID

	seen Seq          // up to which captures were looked at
	late map[Seq]bool // bodies that later ones have too
}

type prunableBody struct {
	seq    Seq
	volume uint64
	site   string
	stored int64
}

type prunableText struct {
	page   uint64
	n      int
	site   string
	stored int64
}

type prunableLook struct {
	page uint64
	seq  Seq
	run  RunID
	site string
}

func (g *prunable) rule(site string) Keep {
	k, ok := g.rules[site]
	if !ok {
		k = g.keep(site)
		g.rules[site] = k
	}
	return k
}

// prunable finds what the rules don't keep.
func (s *Store) prunable(ctx context.Context, o PruneOptions) (*prunable, error) {
	g := &prunable{s: s, now: s.o.Now(), rules: map[string]Keep{}, keep: o.Keep, late: map[Seq]bool{}}
	if g.keep == nil {
		g.keep = func(string) Keep { return Keep{} }
	}
	if err := g.findBodies(ctx); err != nil {
		return nil, err
	}
	if err := g.findByPage(ctx); err != nil {
		return nil, err
	}
	if o.Runs > 0 {
		if err := g.findRuns(ctx, g.now.Add(-o.Runs)); err != nil {
			return nil, err
		}
	}
	return g, nil
}

// captures gives all captures that can be read, in order.
func (g *prunable) captures(ctx context.Context, f func(*storedCapture)) error {
	all := scan(ctx, g.s, scanOf[storedCapture]{bucket: bucketCaptures, read: func(tx *Tx, key, v []byte) (storedCapture, bool, error) {
		content, err := tx.unframe(key, v, kindCapture, nil)
		if err != nil {
			return storedCapture{}, false, err
		}
		c, err := readCapture(Seq(numberOf(key)), content)
		return c, true, err
	}})
	for c, err := range all {
		if errors.Is(err, ErrDamaged) {
			continue
		}
		if err != nil {
			return err
		}
		f(&c)
	}
	return nil
}

// findBodies finds the bodies that no capture needs any more: the rules of all
// who have the same count, each from when it was last had.
func (g *prunable) findBodies(ctx context.Context) error {
	needed := map[Seq]time.Time{} // until when; zero: for ever
	held := map[Seq]prunableBody{}
	err := g.captures(ctx, func(c *storedCapture) {
		g.seen = c.Seq
		holder := c.Seq
		if c.RevisitOf != 0 {
			holder = c.RevisitOf
		} else if c.volume == 0 {
			return
		} else {
			held[holder] = prunableBody{seq: c.Seq, volume: c.volume, site: c.Site}
		}
		var until time.Time
		if d := g.rule(c.Site).Bodies; d > 0 {
			until = c.FetchedAt.Add(d)
		}
		if old, ok := needed[holder]; ok && (old.IsZero() || !until.IsZero() && until.Before(old)) {
			return
		}
		needed[holder] = until
	})
	if err != nil {
		return err
	}
	volumes := map[uint64][]prunableBody{}
	for seq, x := range held {
		if until := needed[seq]; !until.IsZero() && until.Before(g.now) {
			volumes[x.volume] = append(volumes[x.volume], x)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(volumes)) {
		list := volumes[id]
		slices.SortFunc(list, func(a, b prunableBody) int { return int(int64(a.seq) - int64(b.seq)) })
		if err := g.measure(id, list); err != nil {
			return err
		}
	}
	return nil
}

// measure notes the bodies of a volume with what they take, but for those of
// which nothing was concluded yet. Those of a volume that can't be read stay.
func (g *prunable) measure(volume uint64, list []prunableBody) error {
	err := g.s.raw.read(volume, func(b *bbolt.Tx) error {
		bodies := b.Bucket([]byte(bucketBodies))
		return g.s.View(func(tx *Tx) error {
			for _, x := range list {
				_, found, err := tx.Sighting(x.seq)
				if err != nil && !unreadable(err) {
					return err
				}
				if found || err != nil {
					x.stored = int64(len(bodies.Get(number(uint64(x.seq)))))
					g.bodies = append(g.bodies, x)
				}
			}
			return nil
		})
	})
	if errors.Is(err, ErrDamaged) {
		g.s.o.Log.Warn("a raw volume can't be read and is left as it is", "volume", volumeName(volume), "error", err)
		return nil
	}
	return err
}

// catchUp notes which bodies were captured again since.
func (g *prunable) catchUp(tx *Tx) error {
	return tx.access(func() error {
		c := tx.bucket(bucketCaptures).Cursor()
		for key, v := c.Seek(number(uint64(g.seen) + 1)); key != nil; key, v = c.Next() {
			g.seen = Seq(numberOf(key))
			content, err := tx.unframe(key, v, kindCapture, nil)
			if err != nil {
				continue
			}
			if x, err := readCapture(g.seen, content); err == nil && x.RevisitOf != 0 {
				g.late[x.RevisitOf] = true
			}
		}
		return nil
	})
}

// findRuns finds runs that began before a time. Package schedules goes by the
// last one of each schedule.
func (g *prunable) findRuns(ctx context.Context, before time.Time) error {
	last := map[string]RunID{}
	old := map[RunID]string{}
	for r, err := range g.s.Runs(ctx, Filter{}) {
		if errors.Is(err, ErrDamaged) {
			continue
		}
		if err != nil {
			return err
		}
		last[r.Schedule] = r.ID
		if began(r).Before(before) && !r.Ended.IsZero() {
			old[r.ID] = r.Schedule
		}
	}
	for id, schedule := range old {
		if last[schedule] != id {
			g.runs = append(g.runs, id)
		}
	}
	slices.Sort(g.runs)
	return nil
}

// sum adds up what goes, by site.
func (g *prunable) sum() Pruning {
	sites := map[string]*PrunedSite{}
	of := func(site string) *PrunedSite {
		if sites[site] == nil {
			sites[site] = &PrunedSite{Site: site}
		}
		return sites[site]
	}
	for _, x := range g.bodies {
		p := of(x.site)
		p.Bodies++
		p.BodyBytes += x.stored
	}
	for _, x := range g.texts {
		p := of(x.site)
		p.Texts++
		p.TextBytes += x.stored
	}
	for _, x := range g.unchanged {
		of(x.site).Unchanged++
	}
	p := Pruning{Runs: len(g.runs)}
	for _, site := range slices.Sorted(maps.Keys(sites)) {
		p.Sites = append(p.Sites, *sites[site])
	}
	return p
}
