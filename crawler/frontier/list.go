package frontier

import (
	"container/heap"
	"context"
	"encoding/binary"
	"fmt"
	"iter"
	"slices"
	"strings"

	"go.etcd.io/bbolt"
)

// listChunk is how many items one read transaction yields: a long one would
// keep the file from reusing its pages.
const listChunk = 500

// Stats counts items; see Frontier.
func (b *Bolt) Stats(ctx context.Context, sites []string) (Stats, error) {
	if err := ctx.Err(); err != nil {
		return Stats{}, err
	}
	of := setOf(sites)
	var s Stats
	var ids []uint32
	b.mu.Lock()
	now := b.clock()
	groups := make(map[*group]bool)
	for _, l := range b.lanesOf(of) {
		if l.waits && l.head.due <= now.UnixMicro() {
			ids = append(ids, l.id)
		}
		groups[l.group] = true
		s.Known += l.known
		s.Gone += l.gone
		s.Retired += l.retired
		s.Failing += l.failing
	}
	for g := range groups {
		s.Groups = append(s.Groups, Group{Name: g.name, Next: g.next, Conduct: g.conduct.clone()})
	}
	if len(of) == 0 {
		for _, g := range b.groups { // without items, too
			groups[g] = true
		}
	}
	for g := range groups {
		if h := g.lease; h != nil && now.Before(h.expires) {
			s.Leases = append(s.Leases, LeaseInfo{Group: g.name, Worker: h.worker, Expires: h.expires})
		}
		if now.Before(g.blocked) {
			s.Blocked = append(s.Blocked, Blocked{Group: g.name, Until: g.blocked, Why: g.why})
		}
	}
	b.mu.Unlock()
	slices.SortFunc(s.Leases, func(a, b LeaseInfo) int { return strings.Compare(a.Group, b.Group) })
	slices.SortFunc(s.Groups, func(a, b Group) int { return strings.Compare(a.Name, b.Name) })
	slices.SortFunc(s.Blocked, func(a, b Blocked) int { return strings.Compare(a.Group, b.Group) })

	slices.Sort(ids) // as they stand in the file
	limit := now.UnixMicro()
	err := b.view(func(tx *bbolt.Tx) error {
		cursor := tx.Bucket(bucketDue).Cursor()
		for _, id := range ids {
			for raw, _ := cursor.Seek(laneKey(id)); ; raw, _ = cursor.Next() {
				k, ok := parseDue(raw, id)
				if !ok || k.due > limit {
					break
				}
				s.Due++
			}
		}
		return ctx.Err()
	})
	if err != nil {
		return Stats{}, fmt.Errorf("count items: %w", err)
	}
	s.Waiting = max(s.Known-s.Retired-s.Due, 0)
	return s, nil
}

// List yields items; see Frontier.
func (b *Bolt) List(ctx context.Context, q Query) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		next := b.inDueOrder(q)
		switch {
		case q.Page != "":
			next = b.ofPage(q)
		case q.Retired:
			next = b.retired(q)
		}
		for n := 0; ; {
			var chunk []Item
			more := false
			err := ctx.Err()
			if err == nil {
				err = b.view(func(tx *bbolt.Tx) (err error) {
					chunk = chunk[:0]
					chunk, more, err = next(tx, chunk)
					return err
				})
			}
			if err != nil {
				yield(Item{}, fmt.Errorf("list items: %w", err))
				return
			}
			for _, it := range chunk {
				if !yield(it, nil) {
					return
				}
				if n++; n == q.Limit {
					return
				}
			}
			if !more {
				return
			}
		}
	}
}

// A step reads the next chunk of a list.
type step func(*bbolt.Tx, []Item) (chunk []Item, more bool, err error)

// inDueOrder merges the lanes' queues, resuming each by its key.
func (b *Bolt) inDueOrder(q Query) step {
	sites := setOf(q.Sites)
	var heads heads
	started := false
	most := listChunk
	if q.Limit > 0 { // what is only looked at, such as whether anything is due
		most = min(most, q.Limit)
	}
	return func(tx *bbolt.Tx, chunk []Item) ([]Item, bool, error) {
		due, items := tx.Bucket(bucketDue).Cursor(), tx.Bucket(bucketItem)
		if !started {
			started = true
			for _, l := range b.snapshot(sites) {
				if q.Group != "" && l.group.name != q.Group {
					continue
				}
				raw, _ := due.Seek(laneKey(l.id))
				if k, ok := parseDue(raw, l.id); ok {
					heads = append(heads, head{l, k})
				}
			}
			heap.Init(&heads)
		}
		for n := 0; n < most; n++ {
			if len(heads) == 0 || !q.Until.IsZero() && heads[0].due > q.Until.UnixMicro() {
				return chunk, false, nil
			}
			at := heads[0]
			// An item may have been dropped or retired since its key was read.
			if raw := items.Get(seqKey(at.seq)); raw != nil {
				it, _, err := decodeItem(raw, at.seq)
				if err != nil {
					return nil, false, damagef("item %d: %v", at.seq, err)
				}
				if it.State != Retired && (q.Kind == "" || it.Kind == q.Kind) {
					at.lane.fill(&it)
					chunk = append(chunk, it)
				}
			}
			raw, _ := due.Seek(dueKey{at.due, at.seq + 1}.in(at.lane.id))
			if k, ok := parseDue(raw, at.lane.id); ok {
				heads[0].dueKey = k
				heap.Fix(&heads, 0)
			} else {
				heap.Pop(&heads)
			}
		}
		return chunk, true, nil
	}
}

// retired walks through all items: retired ones stand in no queue.
func (b *Bolt) retired(q Query) step {
	lanes := map[uint32]*lane{}
	for _, l := range b.snapshot(setOf(q.Sites)) {
		lanes[l.id] = l
	}
	from := uint64(0)
	return func(tx *bbolt.Tx, chunk []Item) ([]Item, bool, error) {
		cursor := tx.Bucket(bucketItem).Cursor()
		n := 0
		for k, raw := cursor.Seek(seqKey(from)); k != nil; k, raw = cursor.Next() {
			if len(k) != 8 {
				return nil, false, damagef("item %x", k)
			}
			if from = binary.BigEndian.Uint64(k); n == listChunk {
				return chunk, true, nil
			}
			n++
			it, id, err := decodeItem(raw, from)
			if err != nil {
				return nil, false, damagef("item %x: %v", k, err)
			}
			l := lanes[id]
			if l == nil || it.State != Retired {
				continue
			}
			if l.fill(&it); (q.Group == "" || it.Group == q.Group) && (q.Kind == "" || it.Kind == q.Kind) {
				chunk = append(chunk, it)
			}
		}
		return chunk, false, nil
	}
}

// snapshot is the lanes of sites as of now; what it is used for of them never changes.
func (b *Bolt) snapshot(sites siteSet) []*lane {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.lanesOf(sites)
}

// A head is the next item of a lane to be listed.
type head struct {
	lane *lane
	dueKey
}

// heads is a heap, earliest first.
type heads []head

func (h heads) Len() int           { return len(h) }
func (h heads) Less(i, j int) bool { return h[i].less(h[j].dueKey) }
func (h heads) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *heads) Push(x any)        { *h = append(*h, x.(head)) }
func (h *heads) Pop() any {
	old := *h
	last := old[len(old)-1]
	*h = old[:len(old)-1]
	return last
}
