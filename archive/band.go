package archive

import (
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

// lastDoc is the highest document that a block names.
func lastDoc(first uint64, block []byte) (last uint64, err error) {
	err = eachPosting(first, block, func(p posting) bool {
		last = max(last, p.docs[len(p.docs)-1])
		return true
	})
	return last, err
}

// intoBand writes filings, which are sorted, into the blocks. What belongs
// into a block that is damaged goes into one of its own.
func (tx *Tx) intoBand(list []filing) error {
	var old []posting
	for len(list) > 0 {
		first, block, next, found, err := tx.blockOf(list[0].key)
		if err != nil && !unreadable(err) {
			return err
		}
		old = old[:0]
		if found && err == nil {
			var docs []uint64 // of all of them: some hundreds would be as many pieces of memory
			err = eachPosting(first, block, func(p posting) bool {
				n := len(docs)
				docs = append(docs, p.docs...)
				old = append(old, posting{key: p.key, total: p.total, docs: slices.Clip(docs[n:])})
				return true
			})
		}
		if err != nil { // it was found, or there would be no error
			tx.s.o.Log.Warn("postings are damaged, and lost to the search for copies", "from", fmt.Sprintf("%016x", first), "error", err)
			old, found = old[:0], false
		}
		n := len(list)
		if next != 0 {
			n = firstOf(list, next)
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
		size += all[i].room()
	}
	most := size
	if size > mostBlock {
		most = size / (size/goodBlock + 1)
	}
	for len(all) > 0 {
		n := 0
		for size = 0; n < len(all) && size <= most; n++ {
			size += all[n].room()
		}
		k, b := number(all[0].key), appendBlock(nil, all[:n])
		f := frame{kind: kindPosting, codec: codecPlain, size: uint64(len(b)), payload: b}
		if err := tx.put(bucketBand, k, appendFrame(nil, k, f)); err != nil {
			return err
		}
		all = all[n:]
	}
	return nil
}
