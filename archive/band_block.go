package archive

import (
	"encoding/binary"
	"fmt"
	"math/bits"
	"sort"
)

// A block is a table, so that a key is found in it without reading all of them:
//
//	mark     1 byte, 0
//	wide     1 byte, how many bytes a key has
//	broad    1 byte, how many bytes a cell has
//	n        uvarint, how many keys there are
//	keys     n times, big-endian: the key's distance from the block's, ascending, the first is 0
//	cells    n times, big-endian: twice the document, when the key has one alone; else twice a place in the tail, and one
//	tail     in the order of the keys: how many documents there are and how many of them are named, and each as the
//	         distance from the one before, all uvarint
//
// Up to schema 4 wide was 0, and behind it stood, for each key, its distance
// from the one before and its documents as in the tail; up to schema 2 a record
// had one key, and began with how many documents there are, which is never none.
const blockMark = 0

// lone reports whether a posting is written in its cell.
func (p *posting) lone() bool { return p.total == 1 && len(p.docs) == 1 && p.docs[0]>>63 == 0 }

// room is about how many bytes a posting takes in a block.
func (p *posting) room() int {
	if p.lone() {
		return 10
	}
	return 14 + 2*len(p.docs)
}

// appendBlock writes the block of some postings, which are sorted.
func appendBlock(dst []byte, all []posting) []byte {
	first := all[0].key
	var tail []byte
	var most uint64
	cells := make([]uint64, len(all))
	for i := range all {
		p := &all[i]
		if p.lone() {
			cells[i] = p.docs[0] << 1
		} else {
			cells[i] = uint64(len(tail))<<1 | 1
			tail = appendDocs(tail, p)
		}
		most = max(most, cells[i])
	}
	wide, broad := bytesOf(all[len(all)-1].key-first), bytesOf(most)
	dst = append(dst, blockMark, byte(wide), byte(broad))
	dst = binary.AppendUvarint(dst, uint64(len(all)))
	for i := range all {
		dst = appendUint(dst, all[i].key-first, wide)
	}
	for _, c := range cells {
		dst = appendUint(dst, c, broad)
	}
	return append(dst, tail...)
}

func appendDocs(dst []byte, p *posting) []byte {
	dst = binary.AppendUvarint(dst, p.total)
	dst = binary.AppendUvarint(dst, uint64(len(p.docs)))
	var last uint64
	for _, d := range p.docs {
		dst = binary.AppendUvarint(dst, d-last)
		last = d
	}
	return dst
}

// bytesOf is in how many bytes a number can be written, at least one.
func bytesOf(n uint64) int { return max(1, (bits.Len64(n)+7)/8) }

func appendUint(dst []byte, n uint64, wide int) []byte {
	for shift := 8 * (wide - 1); shift >= 0; shift -= 8 {
		dst = append(dst, byte(n>>shift))
	}
	return dst
}

func readUint(b []byte) (n uint64) {
	for _, c := range b {
		n = n<<8 | uint64(c)
	}
	return n
}

// A keyTable is a block taken apart.
type keyTable struct {
	first             uint64
	n, wide, broad    int
	keys, cells, tail []byte
}

// openTable takes a block apart; false when it is one of an older schema.
func openTable(first uint64, block []byte) (t keyTable, ok bool, err error) {
	if len(block) == 0 {
		return t, false, fmt.Errorf("%w: postings cut short", errRecord)
	}
	if block[0] != blockMark || len(block) < 2 || block[1] == 0 {
		return t, false, nil
	}
	if len(block) < 4 {
		return t, true, fmt.Errorf("%w: postings cut short", errRecord)
	}
	t.first, t.wide, t.broad = first, int(block[1]), int(block[2])
	n, used := binary.Uvarint(block[3:])
	if used <= 0 || n == 0 || n > uint64(len(block)) || t.wide > 8 || t.broad == 0 || t.broad > 8 {
		return t, true, fmt.Errorf("%w: a block of no postings", errRecord)
	}
	t.n, block = int(n), block[3+used:]
	if len(block) < t.n*(t.wide+t.broad) {
		return t, true, fmt.Errorf("%w: postings cut short", errRecord)
	}
	t.keys, block = block[:t.n*t.wide], block[t.n*t.wide:]
	t.cells, t.tail = block[:t.n*t.broad], block[t.n*t.broad:]
	return t, true, nil
}

func (t *keyTable) key(i int) uint64  { return t.first + readUint(t.keys[i*t.wide:(i+1)*t.wide]) }
func (t *keyTable) cell(i int) uint64 { return readUint(t.cells[i*t.broad : (i+1)*t.broad]) }

// fill reads the documents of a key, and tells where those of the next begin in the tail.
func (t *keyTable) fill(i int, p *posting) (end uint64, err error) {
	cell := t.cell(i)
	at := cell >> 1
	if cell&1 == 0 {
		if at == 0 {
			return 0, fmt.Errorf("%w: postings of %016x", errRecord, p.key)
		}
		p.total, p.docs = 1, append(p.docs[:0], at)
		return 0, nil
	}
	if at > uint64(len(t.tail)) {
		return 0, fmt.Errorf("%w: postings of %016x", errRecord, p.key)
	}
	rest, err := readDocuments(p, t.tail[at:])
	return uint64(len(t.tail) - len(rest)), err
}

// findPosting reads what a block has of the key of p.
func findPosting(first uint64, block []byte, p *posting) error {
	t, ok, err := openTable(first, block)
	if err != nil {
		return err
	}
	if !ok {
		return eachPosting(first, block, func(q posting) bool {
			if q.key == p.key {
				p.total, p.docs = q.total, append(p.docs[:0], q.docs...)
			}
			return q.key < p.key
		})
	}
	i := sort.Search(t.n, func(i int) bool { return t.key(i) >= p.key })
	if i == t.n || t.key(i) != p.key {
		return nil
	}
	_, err = t.fill(i, p)
	return err
}

// eachPosting calls f for the postings of a block, by their keys, until it
// returns false. The docs are good until it returns.
func eachPosting(first uint64, block []byte, f func(p posting) bool) error {
	t, ok, err := openTable(first, block)
	if err != nil {
		return err
	}
	if !ok {
		return eachOldPosting(first, block, f)
	}
	var p posting
	tail := uint64(0)
	for i := range t.n {
		key := t.key(i)
		if (i == 0) != (key == first) || i > 0 && key <= p.key {
			return fmt.Errorf("%w: postings out of order", errRecord)
		}
		p.key = key
		cell := t.cell(i)
		end, err := t.fill(i, &p)
		if err != nil {
			return err
		}
		if cell&1 == 1 {
			if cell>>1 != tail {
				return fmt.Errorf("%w: postings out of order", errRecord)
			}
			tail = end
		}
		if !f(p) {
			return nil
		}
	}
	if tail != uint64(len(t.tail)) {
		return fmt.Errorf("%w: more than the postings", errRecord)
	}
	return nil
}

// readDocuments reads how many documents there are, and those that are named,
// and gives what comes behind them.
func readDocuments(p *posting, b []byte) ([]byte, error) {
	total, used := binary.Uvarint(b)
	if used > 0 {
		var named uint64
		b = b[used:]
		if named, used = binary.Uvarint(b); used > 0 && named > 0 && named <= maxPostings && named <= total {
			p.total = total
			if p.docs, b = readDocs(p.docs[:0], b[used:], int(named)); len(p.docs) == int(named) {
				return b, nil
			}
		}
	}
	return nil, fmt.Errorf("%w: postings of %016x", errRecord, p.key)
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

// eachOldPosting is eachPosting for blocks of older schemas.
func eachOldPosting(first uint64, block []byte, f func(p posting) bool) error {
	p := posting{key: first}
	if block[0] != blockMark {
		return lonePosting(p, block, f)
	}
	block = block[1:]
	for begun := false; len(block) > 0; begun = true {
		step, used := binary.Uvarint(block)
		if used <= 0 || (step == 0) == begun || p.key+step < p.key {
			return fmt.Errorf("%w: postings out of order", errRecord)
		}
		p.key += step
		var err error
		if block, err = readDocuments(&p, block[used:]); err != nil {
			return err
		}
		if !f(p) {
			return nil
		}
	}
	return nil
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
