package archive

import (
	"encoding/binary"
	"fmt"
	"slices"
)

// A document has some fifty keys, and they are anywhere: written where they
// belong, each would cost a page of the file. So documents are first filed
// whole, one record each, in the order in which they come; those that are
// filed so, some thousands, the writer knows by heart. When there are enough
// of them their keys are carried into the blocks of the band, in the order of
// the keys and a few with each transaction: so neighbours are written
// together, and no transaction is long.

const (
	fileLeast = 4096    // documents are filed before they are carried over, or a sixth as many as there are blocks,
	fileMost  = 1 << 15 // so that each that is written anew gets some eight keys, but never more than this: some 50 MB
	carryMore = 256     // keys are carried with a transaction, beside two for each that it files
	freshMost = 1 << 14 // keys are filed in a transaction before the cabinet is made anew
)

// roundKey is where it stands how far the round is. Documents have higher numbers.
var roundKey = number(0)

// cabinet gives what is filed, but for what the transaction itself has filed.
func (tx *Tx) cabinet() (*cabinet, error) {
	if tx.filed != nil {
		return tx.filed, nil
	}
	if tx.b.Writable() && tx.s.filed != nil {
		tx.filed = tx.s.filed
		return tx.filed, nil
	}
	var c cabinet
	var coming []filing
	var from uint64 // the key that going begins with
	err := tx.access(func() error {
		b := tx.b.Bucket([]byte(bucketFiled))
		if b == nil { // an older archive, opened for reading
			return nil
		}
		each := b.Cursor()
		for k, v := each.First(); k != nil; k, v = each.Next() {
			content, err := tx.unframe(k, v, kindFiled, nil)
			doc := numberOf(k)
			switch {
			case err != nil || len(content)%8 != 0:
				tx.s.o.Log.Warn("a filed document is damaged, and lost to the search for copies", "document", doc, "error", err)
				continue
			case doc == 0:
				c.round, from = numberOf(content), numberOf(content[min(8, len(content)):])
				continue
			}
			c.last = doc
			if doc > c.round {
				c.count++
			}
			for ; len(content) > 0; content = content[8:] {
				f := filing{numberOf(content), doc}
				if doc > c.round {
					coming = append(coming, f)
				} else if f.key >= from {
					c.going = append(c.going, f)
				}
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(c.going, filing.compare)
	slices.SortFunc(coming, filing.compare)
	c.goingMarks = new(marks)
	c.goingMarks.add(c.going)
	tx.filed = c.with(coming)
	return tx.filed, nil
}

// file stores the keys of a document, which are sorted.
func (tx *Tx) file(doc uint64, keys []uint64) error {
	c, err := tx.cabinet()
	if err != nil {
		return err
	}
	if doc <= c.last {
		return fmt.Errorf("document %d after %d", doc, c.last)
	}
	content := make([]byte, 0, 8*len(keys))
	for _, key := range keys {
		content = binary.BigEndian.AppendUint64(content, key)
	}
	if err := tx.plain(bucketFiled, number(doc), kindFiled, content); err != nil {
		return err
	}
	changed := *c
	changed.last = doc
	changed.count++
	tx.filed = &changed
	if tx.fresh == nil {
		tx.fresh = map[uint64][]uint64{}
	}
	for _, key := range keys {
		tx.fresh[key] = append(tx.fresh[key], doc)
	}
	if tx.freshKeys += len(keys); tx.freshKeys >= freshMost {
		return tx.carry()
	}
	return nil
}

// carry puts what the transaction has filed into the cabinet, and carries some
// of what is filed over into the band.
func (tx *Tx) carry() error {
	if tx.freshKeys == 0 {
		return nil
	}
	list := make([]filing, 0, tx.freshKeys)
	for key, docs := range tx.fresh {
		for _, doc := range docs {
			list = append(list, filing{key, doc})
		}
	}
	slices.SortFunc(list, filing.compare)
	c, err := tx.cabinet()
	if err != nil {
		return err
	}
	c = c.with(list)
	tx.fresh, tx.freshKeys = nil, 0
	if c.round == 0 {
		if err := tx.loadState(); err != nil {
			return err
		}
		if c.count < min(max(fileLeast, tx.state.rows[bucketBand]/6), fileMost) {
			tx.filed = c
			return nil
		}
		for _, coming := range c.coming {
			c.going = mergedFilings(c.going, coming)
		}
		c.round, c.coming, c.count = c.last, nil, 0
		c.goingMarks, c.comingMarks = c.comingMarks, nil
	}
	n := min(2*len(list)+carryMore, len(c.going))
	for n < len(c.going) && c.going[n].key == c.going[n-1].key {
		n++
	}
	if err := tx.intoBand(c.going[:n]); err != nil {
		return err
	}
	c.going = c.going[n:]
	var from uint64
	if len(c.going) > 0 {
		from = c.going[0].key
	} else {
		if err := tx.unfile(c.round); err != nil {
			return err
		}
		c.round = 0
	}
	tx.filed = c
	return tx.plain(bucketFiled, roundKey, kindFiled, numbers(c.round, from))
}

// unfile drops the documents up to one, which are in the band now.
func (tx *Tx) unfile(last uint64) error {
	var keys [][]byte
	err := tx.access(func() error {
		c := tx.bucket(bucketFiled).Cursor()
		for k, _ := c.Seek(number(1)); k != nil && numberOf(k) <= last; k, _ = c.Next() {
			keys = append(keys, slices.Clone(k))
		}
		return nil
	})
	for i := 0; i < len(keys) && err == nil; i++ {
		err = tx.drop(bucketFiled, keys[i])
	}
	return err
}

// refileStep is how many documents are filed in one step of refile.
const refileStep = 1000

// refile files all documents anew, by their sketches: those up to a thousand
// behind at, and gives where to go on, nil when there is no more to do.
func refile(tx *Tx, at []byte) ([]byte, error) {
	if err := tx.loadState(); err != nil {
		return nil, err
	}
	if at == nil {
		for _, name := range []string{bucketBand, bucketFiled} {
			if err := tx.empty(name); err != nil {
				return nil, err
			}
		}
		tx.filed = &cabinet{}
	}
	last := numberOf(at)
	for doc := last + 1; doc <= min(last+refileStep, tx.state.doc); doc++ {
		sketch, err := tx.sketchOf(doc)
		if unreadable(err) {
			continue // verify tells of it
		}
		if err == nil {
			err = tx.AddPostings(doc, sketch.Keys())
		}
		if err != nil {
			return nil, err
		}
	}
	if last+refileStep >= tx.state.doc {
		return nil, nil
	}
	return number(last + refileStep), nil
}

// checkFiled looks over a record of the cabinet.
func checkFiled(doc uint64, content []byte, last uint64) error {
	if len(content)%8 != 0 || len(content) == 0 || doc == 0 && len(content) != 16 {
		return fmt.Errorf("%w: %d bytes of keys", errRecord, len(content))
	}
	if doc == 0 {
		doc = numberOf(content)
	} else {
		for rest := content[8:]; len(rest) > 0; rest = rest[8:] {
			if numberOf(rest) <= numberOf(content) {
				return fmt.Errorf("%w: keys out of order", errRecord)
			}
			content = rest
		}
	}
	return within(nil, doc, last)
}
