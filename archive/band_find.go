package archive

import (
	"fmt"
	"slices"
)

// blockAt finds the block that a key belongs to, as it is in the file; k is
// nil when it lies before all of them. Call it under access.
func (tx *Tx) blockAt(key uint64) (k, v []byte) {
	c := tx.bucket(bucketBand).Cursor()
	k, v = c.Seek(number(key))
	switch {
	case k == nil:
		return c.Last()
	case numberOf(k) != key:
		return c.Prev()
	}
	return k, v
}

// blockOf finds the block that a key belongs to; found is false when it lies
// before all of them. next is the first key of the block behind it, 0 when
// there is none.
func (tx *Tx) blockOf(key uint64) (first uint64, block []byte, next uint64, found bool, err error) {
	var at []byte
	err = tx.access(func() error {
		c := tx.bucket(bucketBand).Cursor()
		k, _ := c.Seek(number(key))
		if k == nil || numberOf(k) != key {
			if k != nil {
				next = numberOf(k)
				k, _ = c.Prev()
			} else {
				k, _ = c.Last()
			}
			at = slices.Clone(k)
			return nil
		}
		at = slices.Clone(k)
		if k, _ = c.Next(); k != nil {
			next = numberOf(k)
		}
		return nil
	})
	if err != nil || at == nil {
		return 0, nil, next, false, err
	}
	block, found, err = tx.content(bucketBand, at, kindPosting, nil)
	return numberOf(at), block, next, found, err
}

// inBand gives what the blocks hold of a key. It is asked for all keys of a
// text, most of which nothing has: so it looks at the block where it lies.
func (tx *Tx) inBand(key uint64) (posting, error) {
	sought := posting{key: key}
	err := tx.access(func() error {
		k, v := tx.blockAt(key)
		if k == nil {
			return nil
		}
		f, err := parseFrame(k, v, kindPosting)
		if err != nil {
			return fmt.Errorf("%s in %s: %w", recordName(bucketBand, k), bucketBand, damaged(err))
		}
		block := f.payload
		if f.codec != codecPlain { // no block is written so
			if block, err = tx.unframe(k, v, kindPosting, nil); err != nil {
				return fmt.Errorf("%s in %s: %w", recordName(bucketBand, k), bucketBand, damaged(err))
			}
		}
		err = findPosting(numberOf(k), block, &sought)
		if err != nil {
			return fmt.Errorf("postings of %016x: %w", key, damaged(err))
		}
		return nil
	})
	return sought, err
}
