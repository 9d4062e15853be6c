package archive

import (
	"encoding/binary"
	"fmt"
	"slices"
)

// The postings of all keys stand in blocks, each under its first key. A block
// of a few thousand bytes holds some hundred keys: alone each would cost four
// times as much, and a page of the file whenever it is written.

// A posting lists the documents of a key.
type posting struct {
	key   uint64
	total uint64   // of its documents
	docs  []uint64 // the first of them, at most maxPostings
}

// add notes a document, unless it is there. Documents come in order.
func (p *posting) add(doc uint64) {
	if n := len(p.docs); n > 0 && doc <= p.docs[n-1] {
		return
	}
	p.total++
	if len(p.docs) < maxPostings {
		p.docs = append(p.docs, doc)
	}
}

// Blocks grow up to mostBlock bytes and are then parted into pieces of some goodBlock.
const (
	goodBlock = 2 << 10
	mostBlock = 4 << 10
)

// A block begins with this. The postings of schema 1 and 2, each a record of
// its own, begin with how many documents there are, which is never none.
const blockMark = 0

// appendPosting writes a posting behind the one of key before: the distance of
// its key, how many documents it has and how many of them are named, and each
// as the distance from the one before.
func appendPosting(dst []byte, before uint64, p *posting) []byte {
	dst = binary.AppendUvarint(dst, p.key-before)
	dst = binary.AppendUvarint(dst, p.total)
	dst = binary.AppendUvarint(dst, uint64(len(p.docs)))
	var last uint64
	for _, d := range p.docs {
		dst = binary.AppendUvarint(dst, d-last)
		last = d
	}
	return dst
}

// eachPosting calls f for the postings of a block, by their keys, until it
// returns false. The docs are good until it returns.
func eachPosting(first uint64, block []byte, f func(p posting) bool) error {
	p := posting{key: first}
	switch {
	case len(block) == 0:
		return fmt.Errorf("%w: postings cut short", errRecord)
	case block[0] == blockMark:
		block = block[1:]
	default:
		return lonePosting(p, block, f)
	}
	for begun := false; len(block) > 0; begun = true {
		var head [3]uint64
		for i := range head {
			n, used := binary.Uvarint(block)
			if used <= 0 {
				return fmt.Errorf("%w: postings cut short", errRecord)
			}
			head[i], block = n, block[used:]
		}
		if (head[0] == 0) == begun || p.key+head[0] < p.key || head[2] == 0 || head[2] > maxPostings || head[2] > head[1] {
			return fmt.Errorf("%w: postings out of order", errRecord)
		}
		p.key += head[0]
		p.total, p.docs = head[1], p.docs[:0]
		if p.docs, block = readDocs(p.docs, block, int(head[2])); len(p.docs) < int(head[2]) {
			return fmt.Errorf("%w: postings of %016x", errRecord, p.key)
		}
		if !f(p) {
			return nil
		}
	}
	return nil
}

// readDocs reads documents, at most so many, and gives what comes behind them.
func readDocs(docs []uint64, b []byte, most int) ([]uint64, []byte) {
	var last uint64
	for len(docs) < most {
		step, used := binary.Uvarint(b)
		if used <= 0 || step == 0 || last+step < last {
			break
		}
		last, b = last+step, b[used:]
		docs = append(docs, last)
	}
	return docs, b
}

// lonePosting reads a posting as schema 1 and 2 kept it.
func lonePosting(p posting, b []byte, f func(p posting) bool) error {
	total, used := binary.Uvarint(b)
	if used > 0 {
		p.total = total
		p.docs, b = readDocs(nil, b[used:], maxPostings)
	}
	if len(p.docs) == 0 || len(b) > 0 || p.total < uint64(len(p.docs)) {
		return fmt.Errorf("%w: postings of %016x", errRecord, p.key)
	}
	f(p)
	return nil
}

// lastDoc is the highest document that a block names.
func lastDoc(first uint64, block []byte) (last uint64, err error) {
	err = eachPosting(first, block, func(p posting) bool {
		last = max(last, p.docs[len(p.docs)-1])
		return true
	})
	return last, err
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

// inBand gives what the blocks hold of a key.
func (tx *Tx) inBand(key uint64) (posting, error) {
	sought := posting{key: key}
	first, block, _, found, err := tx.blockOf(key)
	if err != nil || !found {
		return sought, err
	}
	err = eachPosting(first, block, func(p posting) bool {
		if p.key == key {
			sought.total, sought.docs = p.total, slices.Clone(p.docs)
		}
		return p.key < key
	})
	if err != nil {
		return sought, fmt.Errorf("postings of %016x: %w", key, damaged(err))
	}
	return sought, nil
}

// intoBand writes filings, which are sorted, into the blocks. What belongs
// into a block that is damaged goes into one of its own.
func (tx *Tx) intoBand(list []filing) error {
	for len(list) > 0 {
		first, block, next, found, err := tx.blockOf(list[0].key)
		if err != nil && !unreadable(err) {
			return err
		}
		var old []posting
		if found && err == nil {
			err = eachPosting(first, block, func(p posting) bool {
				old = append(old, posting{key: p.key, total: p.total, docs: slices.Clone(p.docs)})
				return true
			})
		}
		if err != nil { // it was found, or there would be no error
			tx.s.o.Log.Warn("postings are damaged, and lost to the search for copies", "from", fmt.Sprintf("%016x", first), "error", err)
			old, found = nil, false
		}
		n := len(list)
		if next != 0 {
			n, _ = slices.BinarySearchFunc(list, filing{key: next}, filing.compare)
		}
		if !found {
			first = list[0].key
		}
		if err := tx.putBlocks(first, found, merged(old, list[:n])); err != nil {
			return err
		}
		list = list[n:]
	}
	return nil
}

// merged adds filings to postings; both are sorted.
func merged(old []posting, list []filing) []posting {
	all := make([]posting, 0, len(old)+len(list))
	for len(old) > 0 || len(list) > 0 {
		var p posting
		if len(list) == 0 || len(old) > 0 && old[0].key <= list[0].key {
			p, old = old[0], old[1:]
		} else {
			p.key = list[0].key
		}
		for len(list) > 0 && list[0].key == p.key {
			p.add(list[0].doc)
			list = list[1:]
		}
		all = append(all, p)
	}
	return all
}

// putBlocks stores postings in place of the block under first, if there is
// one: as one block, or as several when it is large.
func (tx *Tx) putBlocks(first uint64, there bool, all []posting) error {
	if there && all[0].key != first { // no block is written so
		if err := tx.drop(bucketBand, number(first)); err != nil {
			return err
		}
	}
	size := 0
	for i := range all {
		size += len(appendPosting(nil, 0, &all[i]))
	}
	most := size
	if size > mostBlock {
		most = size / (size/goodBlock + 1)
	}
	for len(all) > 0 {
		b := []byte{blockMark}
		at, before := all[0].key, all[0].key
		for len(all) > 0 && len(b) <= most {
			b = appendPosting(b, before, &all[0])
			before, all = all[0].key, all[1:]
		}
		k := number(at)
		f := frame{kind: kindPosting, codec: codecPlain, size: uint64(len(b)), payload: b}
		if err := tx.put(bucketBand, k, appendFrame(nil, k, f)); err != nil {
			return err
		}
	}
	return nil
}
