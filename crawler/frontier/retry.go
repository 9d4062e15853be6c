package frontier

import (
	"context"
	"fmt"
	"time"

	"go.etcd.io/bbolt"

	"pressmark/extract/urlkey"
)

// Retry makes pages due; see Frontier.
func (b *Bolt) Retry(ctx context.Context, pages []urlkey.Key) (int, error) {
	total := 0
	for len(pages) > 0 {
		n := min(len(pages), sweepChunk)
		chunk, made := pages[:n], 0
		pages = pages[n:]
		err := b.write(ctx, func(t *txn) (err error) {
			made, err = t.retry(chunk, b.clock())
			return err
		})
		if err != nil {
			return total, fmt.Errorf("retry: %w", err)
		}
		total += made
	}
	return total, nil
}

func (t *txn) retry(pages []urlkey.Key, now time.Time) (made int, err error) {
	for _, page := range pages {
		seqs, err := seqsOf(t.page, pageHash(page))
		if err != nil {
			return made, err
		}
		seq, it, d, err := t.find(page, seqs)
		if err != nil {
			return made, err
		}
		if d == nil || !it.Due.IsZero() && !it.Due.After(now) {
			continue
		}
		next := it
		if next.Due = now; it.State == Retired {
			next = it.revived(now)
		}
		if err := t.put(seq, d, &it, next); err != nil {
			return made, err
		}
		made++
	}
	return made, nil
}

// find reads the item of a page, among those of its hash; d is nil when there
// is none.
func (t *txn) find(page urlkey.Key, seqs []uint64) (seq uint64, it Item, d *draft, err error) {
	for _, seq := range seqs {
		it, d, ok, err := t.load(seq)
		if err != nil {
			return 0, Item{}, nil, err
		}
		if !ok {
			return 0, Item{}, nil, damagef("page %q: item %d is not there", page, seq)
		}
		if it.Page == page {
			return seq, it, d, nil
		}
	}
	return 0, Item{}, nil, nil
}

// seqsOf are the items of the pages that have one hash.
func seqsOf(pages *bbolt.Bucket, hash []byte) ([]uint64, error) {
	raw := pages.Get(hash)
	seqs, ok := decodeSeqs(raw)
	if !ok {
		return nil, damagef("pages %x: their numbers are %x", hash, raw)
	}
	return seqs, nil
}

// ofPage lists the one item of a page, whatever its state.
func (b *Bolt) ofPage(q Query) step {
	lanes := map[uint32]*lane{}
	for _, l := range b.snapshot(setOf(q.Sites)) {
		lanes[l.id] = l
	}
	return func(tx *bbolt.Tx, chunk []Item) ([]Item, bool, error) {
		seqs, err := seqsOf(tx.Bucket(bucketPage), pageHash(q.Page))
		if err != nil {
			return nil, false, err
		}
		for _, seq := range seqs {
			raw := tx.Bucket(bucketItem).Get(seqKey(seq))
			if raw == nil {
				return nil, false, damagef("page %q: item %d is not there", q.Page, seq)
			}
			it, id, err := decodeItem(raw, seq)
			if err != nil {
				return nil, false, damagef("item %d: %v", seq, err)
			}
			if l := lanes[id]; l != nil && it.Page == q.Page {
				l.fill(&it)
				chunk = append(chunk, it)
			}
		}
		return chunk, false, nil
	}
}
