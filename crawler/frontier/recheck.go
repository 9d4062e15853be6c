package frontier

import (
	"context"
	"encoding/binary"
	"fmt"
	"slices"
	"time"
)

// sweepChunk is how many items one transaction looks at when all of a site's
// are changed.
const sweepChunk = 2000

// Recheck makes a site's items due; see Frontier.
func (b *Bolt) Recheck(ctx context.Context, site string, before time.Time) (int, error) {
	now := b.clock()
	before = before.Truncate(time.Microsecond)
	total := 0
	for _, id := range b.laneIDs(site) {
		// Due items need nothing; the others stand behind them in the queue.
		from := dueKey{due: now.UnixMicro() + 1}
		for more := true; more; {
			moved := 0
			err := b.write(ctx, func(t *txn) (err error) {
				moved, from, more, err = t.recheck(id, from, before, now)
				return err
			})
			if err != nil {
				return total, fmt.Errorf("recheck %s: %w", site, err)
			}
			total += moved
		}
	}
	return total, nil
}

// recheck looks at one chunk of a lane's queue and says where the next starts.
func (t *txn) recheck(id uint32, from dueKey, before, now time.Time) (moved int, next dueKey, more bool, err error) {
	var chunk []dueKey
	cursor := t.due.Cursor()
	for raw, _ := cursor.Seek(from.in(id)); ; raw, _ = cursor.Next() {
		k, ok := parseDue(raw, id)
		if !ok {
			break
		}
		if next = k; len(chunk) == sweepChunk {
			more = true
			break
		}
		chunk = append(chunk, k)
	}
	for _, k := range chunk {
		it, d, ok, err := t.load(k.seq)
		if err != nil {
			return moved, next, false, err
		}
		if !ok {
			return moved, next, false, damagef("item %d is due and not there", k.seq)
		}
		if !it.LastChecked.Before(before) {
			continue
		}
		asked := it
		asked.Due = now
		if err := t.put(k.seq, d, &it, asked); err != nil {
			return moved, next, false, err
		}
		moved++
	}
	return moved, next, more, nil
}

// Forget drops a site's items; see Frontier.
func (b *Bolt) Forget(ctx context.Context, site string) (int, error) {
	ids := b.laneIDs(site)
	if len(ids) == 0 {
		return 0, nil
	}
	total, from := 0, uint64(0)
	for more := true; more; {
		dropped := 0
		err := b.write(ctx, func(t *txn) (err error) {
			dropped, from, more, err = t.forget(ids, from)
			return err
		})
		if err != nil {
			return total, fmt.Errorf("forget %s: %w", site, err)
		}
		total += dropped
	}
	return total, nil
}

// forget looks at one chunk of all items; retired ones stand in no queue.
func (t *txn) forget(ids []uint32, from uint64) (dropped int, next uint64, more bool, err error) {
	var drop []uint64
	n := 0
	cursor := t.item.Cursor()
	for k, raw := cursor.Seek(seqKey(from)); k != nil; k, raw = cursor.Next() {
		if len(k) != 8 {
			return 0, 0, false, damagef("item %x", k)
		}
		if next = binary.BigEndian.Uint64(k); n == sweepChunk {
			more = true
			break
		}
		n++
		_, lane, err := decodeItem(raw, next)
		if err != nil {
			return 0, 0, false, damagef("item %x: %v", k, err)
		}
		if slices.Contains(ids, lane) {
			drop = append(drop, next)
		}
	}
	for _, seq := range drop {
		it, d, ok, err := t.load(seq)
		if err != nil {
			return dropped, next, false, err
		}
		if !ok {
			continue
		}
		if err := t.drop(seq, d, it); err != nil {
			return dropped, next, false, err
		}
		dropped++
	}
	return dropped, next, more, nil
}

func (b *Bolt) laneIDs(site string) []uint32 {
	b.mu.Lock()
	defer b.mu.Unlock()
	var ids []uint32
	for _, l := range b.lanesOf(siteSet{site: true}) {
		ids = append(ids, l.id)
	}
	return ids
}
