package archive

import (
	"bytes"
	"slices"
)

// packed are the buckets whose records may need a dictionary.
func packed() []string { return []string{bucketCaptures, bucketTexts} }

// repackKeys is how many records one transaction looks at.
const repackKeys = 5000

// repack packs the records of the catalog anew that need one of some
// dictionaries, a stretch at a time, so that who writes waits for none of it long.
func (c *cleaner) repack(dicts []uint64) error {
	for _, bucket := range packed() {
		var at []byte
		for more := true; more; {
			if err := c.ctx.Err(); err != nil {
				return err
			}
			err := c.exclusive(func() error {
				return c.s.transact(func(tx *Tx) (err error) {
					at, more, err = tx.repack(bucket, dicts, at)
					return err
				})
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// repack does one stretch and gives the key to go on with.
func (tx *Tx) repack(bucket string, dicts []uint64, at []byte) (next []byte, more bool, err error) {
	type change struct{ key, value []byte }
	var list []change
	err = tx.access(func() error {
		c := tx.bucket(bucket).Cursor()
		key, v := c.Seek(at)
		for n := 0; key != nil; key, v = c.Next() {
			if n++; n > repackKeys {
				next, more = bytes.Clone(key), true
				return nil
			}
			again, err := tx.repackedRecord(key, v, dicts)
			if err != nil {
				return err
			}
			if again != nil {
				list = append(list, change{bytes.Clone(key), again})
			}
		}
		return nil
	})
	for _, x := range list {
		if err == nil {
			err = tx.put(bucket, x.key, x.value)
		}
	}
	return next, more, err
}

// dropDictionaries deletes dictionaries that nothing needs any more. What came
// in since it was looked is repacked here, where nothing more comes in.
func (c *cleaner) dropDictionaries(dicts []uint64) error {
	if err := c.repack(dicts); err != nil {
		return err
	}
	return c.change(func(tx *Tx, p *pending) error {
		for _, id := range dicts {
			if err := tx.dropDictionary(id); err != nil {
				return err
			}
		}
		p.dicts = slices.DeleteFunc(p.dicts, func(id uint64) bool { return slices.Contains(dicts, id) })
		return nil
	})
}
