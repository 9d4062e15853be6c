package archive

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// A walker reads the pages of a bbolt file without bbolt, which would trust
// them. Whatever stands in the file, it ends, and reads nothing outside of it.
//
// A page begins with its number (8), kind (2), count of elements (2) and how
// many further pages belong to it (4). An element of a leaf is flags (4),
// position of the key counted from the element (4), length of key (4) and
// value (4); one of a branch position (4), length of key (4), page (8). All in
// the byte order of the machine.
type walker struct {
	r       io.ReaderAt
	head    boltHead
	each    func(e entry) error      // every key that holds a value; an error ends the walk
	problem func(bucket, why string) // what is wrong with the pages

	used   []byte // a bit a page
	free   []byte
	listed bool // the list of free pages was read
	tangle bool // a page is used twice: a way may lead back, and bbolt would run in circles
}

// An entry is a key and where its value is.
type entry struct {
	bucket string
	key    []byte
	at     int64 // in the file
	size   int
	page   *walkedPage
	offset int
}

// value reads the value.
func (e *entry) value() ([]byte, error) { return e.page.bytes(e.offset, e.size) }

const (
	pageBranch   = 0x01
	pageLeaf     = 0x02
	pageFreelist = 0x10

	elementLen  = 16
	bucketFlag  = 0x01
	bucketLen   = 16 // root page and sequence, before an inline page
	maxKeyLen   = 32768
	maxTreeDeep = 64
)

// errBadPage ends a way through the pages.
var errBadPage = errors.New("bad page")

// A walkedPage is a page of which the first pageSize bytes were read.
type walkedPage struct {
	r     io.ReaderAt
	at    int64
	size  int
	first []byte
	kind  uint16
	count int
}

func (p *walkedPage) bytes(off, n int) ([]byte, error) {
	if off < 0 || n < 0 || off > p.size || n > p.size-off {
		return nil, fmt.Errorf("%w: %d bytes at %d of a page of %d", errBadPage, n, off, p.size)
	}
	if off+n <= len(p.first) {
		return p.first[off : off+n : off+n], nil
	}
	b := make([]byte, n)
	if _, err := p.r.ReadAt(b, p.at+int64(off)); err != nil {
		return nil, fmt.Errorf("%w: %w", errBadPage, err)
	}
	return b, nil
}

// walk goes through the whole file.
func (w *walker) walk() error {
	if w.head.pages > 1<<40 {
		return fmt.Errorf("%w: %d pages", errBadPage, w.head.pages)
	}
	w.tangle = false
	w.used, w.free = make([]byte, w.head.pages/8+1), make([]byte, w.head.pages/8+1)
	w.readFreelist()
	if err := w.root(); err != nil {
		return err
	}
	lost, both := 0, 0
	var example uint64
	for id := uint64(2); id < w.head.pages; id++ {
		used, free := w.used[id/8]>>(id%8)&1 == 1, w.free[id/8]>>(id%8)&1 == 1
		if used == free {
			example = id
			if used {
				both++
			} else {
				lost++
			}
		}
	}
	if lost > 0 {
		w.problem("", fmt.Sprintf("%d pages are neither used nor free, such as page %d", lost, example))
	}
	if both > 0 {
		w.problem("", fmt.Sprintf("%d pages are in use and called free, such as page %d", both, example))
	}
	return nil
}

// page reads the head and first part of a page that is named for the first time.
func (w *walker) page(id uint64) (*walkedPage, error) {
	if id < 2 || id >= w.head.pages {
		return nil, fmt.Errorf("%w: page %d of %d", errBadPage, id, w.head.pages)
	}
	size := w.head.pageSize
	p := &walkedPage{r: w.r, at: int64(id) * int64(size), first: make([]byte, size)}
	if _, err := w.r.ReadAt(p.first, p.at); err != nil {
		return nil, fmt.Errorf("%w: page %d: %w", errBadPage, id, err)
	}
	order := binary.NativeEndian
	p.kind, p.count = order.Uint16(p.first[8:]), int(order.Uint16(p.first[10:]))
	more := uint64(order.Uint32(p.first[12:]))
	if got := order.Uint64(p.first); got != id {
		return nil, fmt.Errorf("%w: page %d says that it is page %d", errBadPage, id, got)
	}
	if id+more >= w.head.pages {
		return nil, fmt.Errorf("%w: page %d ends behind the last", errBadPage, id)
	}
	for i := id; i <= id+more; i++ {
		if w.used[i/8]>>(i%8)&1 == 1 {
			w.tangle = true
			return nil, fmt.Errorf("%w: page %d is used twice", errBadPage, i)
		}
		w.used[i/8] |= 1 << (i % 8)
	}
	p.size = int(more+1) * size
	return p, nil
}

func (w *walker) readFreelist() {
	p, err := w.page(w.head.freelist)
	if err == nil && p.kind != pageFreelist {
		err = fmt.Errorf("%w: page %d is no list of free pages", errBadPage, w.head.freelist)
	}
	if err != nil {
		w.problem("", "free pages: "+err.Error())
		return
	}
	at, n := boltPageLen, uint64(p.count)
	if n == 0xFFFF {
		n = binary.NativeEndian.Uint64(p.first[at:])
		at += 8
	}
	if n > uint64(p.size/8) {
		w.problem("", fmt.Sprintf("free pages: %d in a list of %d bytes", n, p.size))
		return
	}
	list, err := p.bytes(at, int(n)*8)
	if err != nil {
		w.problem("", "free pages: "+err.Error())
		return
	}
	for ; len(list) > 0; list = list[8:] {
		id := binary.NativeEndian.Uint64(list)
		if id < 2 || id >= w.head.pages || w.free[id/8]>>(id%8)&1 == 1 {
			w.problem("", fmt.Sprintf("free pages: page %d", id))
			continue
		}
		w.free[id/8] |= 1 << (id % 8)
	}
	w.listed = true
}

// root walks the bucket of buckets.
func (w *walker) root() error {
	return w.tree(w.head.root, "", nil, nil, 0, func(p *walkedPage, flags uint32, key []byte, off, size int) error {
		name := string(key)
		if flags != bucketFlag { // what is in it may be whole all the same
			w.problem("", fmt.Sprintf("%q is no bucket, by its flags", name))
		}
		v, err := p.bytes(off, size)
		if err != nil || len(v) < bucketLen {
			w.problem(name, fmt.Sprintf("no bucket: %d bytes", size))
			return nil
		}
		value := func(p *walkedPage, flags uint32, key []byte, off, size int) error {
			if flags != 0 {
				w.problem(name, fmt.Sprintf("flags %x where a value should be", flags))
			}
			return w.each(entry{bucket: name, key: key, at: p.at + int64(off), size: size, page: p, offset: off})
		}
		if root := binary.NativeEndian.Uint64(v); root != 0 {
			return w.tree(root, name, nil, nil, 0, value)
		}
		// A small bucket's only page is kept in the value.
		inline := v[bucketLen:]
		if len(inline) < boltPageLen {
			w.problem(name, fmt.Sprintf("an inline page of %d bytes", len(inline)))
			return nil
		}
		in := &walkedPage{r: w.r, at: p.at + int64(off) + bucketLen, size: len(inline), first: inline,
			kind: binary.NativeEndian.Uint16(inline[8:]), count: int(binary.NativeEndian.Uint16(inline[10:]))}
		if in.kind != pageLeaf {
			w.problem(name, fmt.Sprintf("an inline page of kind %x", in.kind))
			return nil
		}
		return w.leaf(in, name, nil, nil, value)
	})
}

type leafFunc func(p *walkedPage, flags uint32, key []byte, off, size int) error

// tree walks the pages below a page, whose keys are to be from low on and before high.
func (w *walker) tree(id uint64, bucket string, low, high []byte, deep int, each leafFunc) error {
	p, err := w.page(id)
	if err == nil && deep > maxTreeDeep {
		err = fmt.Errorf("%w: page %d is %d levels deep", errBadPage, id, deep)
	}
	if err != nil {
		w.problem(bucket, err.Error())
		return nil
	}
	switch p.kind {
	case pageLeaf:
		return w.leaf(p, bucket, low, high, each)
	case pageBranch:
	default:
		w.problem(bucket, fmt.Sprintf("page %d is of kind %x", id, p.kind))
		return nil
	}
	if p.count == 0 {
		w.problem(bucket, fmt.Sprintf("page %d, a branch, is empty", id))
	}
	keys, children := make([][]byte, p.count), make([]uint64, p.count)
	for i := range p.count {
		at := boltPageLen + i*elementLen
		e, err := p.bytes(at, elementLen)
		if err == nil {
			keys[i], err = p.key(at, binary.NativeEndian.Uint32(e), binary.NativeEndian.Uint32(e[4:]))
			children[i] = binary.NativeEndian.Uint64(e[8:])
		}
		if err != nil {
			w.problem(bucket, fmt.Sprintf("page %d, branch %d: %v", id, i, err))
			return nil
		}
	}
	for i, child := range children {
		if i > 0 && bytes.Compare(keys[i-1], keys[i]) >= 0 || i == 0 && bytes.Compare(keys[i], low) < 0 || high != nil && bytes.Compare(keys[i], high) >= 0 {
			w.problem(bucket, fmt.Sprintf("page %d, branch %d: the keys are out of order", id, i))
		}
		next := high
		if i+1 < len(keys) {
			next = keys[i+1]
		}
		if err := w.tree(child, bucket, keys[i], next, deep+1, each); err != nil {
			return err
		}
	}
	return nil
}

func (w *walker) leaf(p *walkedPage, bucket string, low, high []byte, each leafFunc) error {
	last := low
	for i := range p.count {
		at := boltPageLen + i*elementLen
		var key []byte
		e, err := p.bytes(at, elementLen)
		if err == nil {
			key, err = p.key(at, binary.NativeEndian.Uint32(e[4:]), binary.NativeEndian.Uint32(e[8:]))
		}
		if err != nil {
			w.problem(bucket, fmt.Sprintf("element %d of page at %d: %v", i, p.at, err))
			continue
		}
		if c := bytes.Compare(last, key); c > 0 || c == 0 && i > 0 || high != nil && bytes.Compare(key, high) >= 0 {
			w.problem(bucket, fmt.Sprintf("the keys of the page at %d are out of order", p.at))
		}
		last = key
		off, size := at+int(binary.NativeEndian.Uint32(e[4:]))+len(key), int(binary.NativeEndian.Uint32(e[12:]))
		if off > p.size || size > p.size-off {
			w.problem(bucket, fmt.Sprintf("%s: a value of %d bytes in a page of %d", recordName(bucket, key), size, p.size))
			continue
		}
		if err := each(p, binary.NativeEndian.Uint32(e), key, off, size); err != nil {
			return err
		}
	}
	return nil
}

func (p *walkedPage) key(element int, pos, size uint32) ([]byte, error) {
	if size == 0 || size > maxKeyLen || pos > uint32(p.size) {
		return nil, fmt.Errorf("%w: a key of %d bytes at %d", errBadPage, size, pos)
	}
	return p.bytes(element+int(pos), int(size))
}
