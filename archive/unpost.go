package archive

import (
	"slices"
)

// unpost takes a document out of the postings of some keys, in the band and
// among what is filed. What can't be read is left as it is: it is lost to the
// search for copies anyway.
func (tx *Tx) unpost(doc uint64, keys []uint64) error {
	// What the writer knows by heart of what is filed is read anew.
	if err := tx.drop(bucketFiled, number(doc)); err != nil {
		return err
	}
	tx.filed, tx.s.filed = nil, nil
	for _, key := range keys {
		first, block, _, found, err := tx.blockOf(key)
		if unreadable(err) || err == nil && !found {
			continue
		}
		if err != nil {
			return err
		}
		if err := tx.unblock(first, block, doc, func(k uint64) bool { return k == key }); err != nil {
			return err
		}
	}
	return nil
}

// unpostAll is unpost for a document whose keys are not known.
func (tx *Tx) unpostAll(doc uint64) error {
	if err := tx.unpost(doc, nil); err != nil {
		return err
	}
	var firsts [][]byte
	if err := tx.access(func() error {
		c := tx.bucket(bucketBand).Cursor()
		for key, _ := c.First(); key != nil; key, _ = c.Next() {
			firsts = append(firsts, slices.Clone(key))
		}
		return nil
	}); err != nil {
		return err
	}
	for _, key := range firsts {
		block, found, err := tx.content(bucketBand, key, kindPosting, nil)
		if unreadable(err) || err == nil && !found {
			continue
		}
		if err == nil {
			err = tx.unblock(numberOf(key), block, doc, func(uint64) bool { return true })
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// unblock takes a document out of a block's postings of the chosen keys.
func (tx *Tx) unblock(first uint64, block []byte, doc uint64, chosen func(key uint64) bool) error {
	var all []posting
	changed := false
	err := eachPosting(first, block, func(p posting) bool {
		p.docs = slices.Clone(p.docs)
		if at := slices.Index(p.docs, doc); at >= 0 && chosen(p.key) {
			p.docs, p.total, changed = slices.Delete(p.docs, at, at+1), p.total-1, true
		}
		if len(p.docs) > 0 {
			all = append(all, p)
		}
		return true
	})
	if err != nil || !changed {
		return nil // a block that can't be read is told of by Verify
	}
	if len(all) == 0 {
		return tx.drop(bucketBand, number(first))
	}
	return tx.putBlocks(first, true, all)
}
