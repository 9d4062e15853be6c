package archive

import (
	"errors"
	"fmt"
	"slices"

	"go.etcd.io/bbolt"

	"pressmark/extract/urlkey"
)

// A Tx is a transaction. It is good until the function that it was given to
// returns, and for one goroutine.
type Tx struct {
	s         *Store
	b         *bbolt.Tx
	opened    map[string]*bbolt.Bucket
	state     *state              // once it was wanted
	dirty     bool                // state must be written
	text      lastText            // the text read or written last
	later     []*laterText        // texts on their way
	packing   *packing            // which packs them
	filed     *cabinet            // what is filed, once it was wanted
	fresh     map[uint64][]uint64 // what the transaction files itself: documents by key
	freshKeys int
	broken    error // bbolt came to grief in a writing transaction: it must not be committed
}

var errView = fmt.Errorf("%w: a change in a reading transaction", ErrReadOnly)

// bucket gives a bucket of archive.db; nil for one that an archive of an older
// schema lacks. Call it under guard.
func (tx *Tx) bucket(name string) *bbolt.Bucket {
	if name == bucketTexts && len(tx.later) > 0 {
		tx.settle(len(tx.later))
	}
	return tx.open(name)
}

// open is bucket for those who do not look at what is in it.
func (tx *Tx) open(name string) *bbolt.Bucket {
	if b := tx.opened[name]; b != nil {
		return b
	}
	b := tx.b.Bucket([]byte(name))
	if b == nil && since(name) > 1 {
		return nil
	}
	if b == nil {
		panic("bucket " + name + " is not there")
	}
	b.FillPercent = fill(name)
	if tx.opened == nil {
		tx.opened = map[string]*bbolt.Bucket{}
	}
	tx.opened[name] = b
	return b
}

// access runs f, which works on archive.db.
func (tx *Tx) access(f func() error) error {
	err := guard(catalogFile, f)
	if tx.b.Writable() && errors.Is(err, errTorn) {
		tx.broken = err
	}
	return err
}

// content gives the unpacked content of the record under a key; false when
// there is none. base resolves the ref of deltas, nil where there are none.
func (tx *Tx) content(bucket string, key []byte, k kind, base func(ref uint64) ([]byte, error)) (content []byte, found bool, err error) {
	err = tx.access(func() error {
		b := tx.bucket(bucket)
		if b == nil {
			return nil
		}
		v := b.Get(key)
		if v == nil {
			return nil
		}
		found = true
		content, err = tx.unframe(key, v, k, base)
		return err
	})
	if err != nil {
		return nil, found, fmt.Errorf("%s in %s: %w", recordName(bucket, key), bucket, damaged(err))
	}
	return content, found, nil
}

func (tx *Tx) unframe(key, v []byte, k kind, base func(ref uint64) ([]byte, error)) ([]byte, error) {
	f, err := parseFrame(key, v, k)
	if err != nil {
		return nil, err
	}
	var dict []byte
	switch f.codec {
	case codecDict:
		dict, err = tx.s.dictionary(nil, tx, f.ref)
	case codecDelta:
		if base == nil {
			return nil, fmt.Errorf("%w: a delta where none can be", errFrame)
		}
		dict, err = base(f.ref)
	}
	if err != nil {
		return nil, err
	}
	return tx.s.pack.unpack(f, dict)
}

// damaged says that a record could not be read for what is in it, unless the
// reason is another one already.
func damaged(err error) error {
	if errors.Is(err, ErrDamaged) || errors.Is(err, ErrNewer) {
		return err
	}
	return fmt.Errorf("%w: %w", ErrDamaged, err)
}

// index gives a copy of the value under a key; nil when there is none.
func (tx *Tx) index(bucket string, key []byte) (value []byte, err error) {
	err = tx.access(func() error {
		if b := tx.bucket(bucket); b != nil {
			value = slices.Clone(b.Get(key))
		}
		return nil
	})
	return value, err
}

// put stores a value and counts it when the key is new.
func (tx *Tx) put(bucket string, key, value []byte) error {
	return tx.store(bucket, key, value, false)
}

// add stores a value under a key that is known to be new.
func (tx *Tx) add(bucket string, key, value []byte) error {
	return tx.store(bucket, key, value, true)
}

func (tx *Tx) store(bucket string, key, value []byte, isNew bool) error {
	if !tx.b.Writable() {
		return errView
	}
	if err := tx.loadState(); err != nil {
		return err
	}
	return tx.access(func() error {
		b := tx.open(bucket)
		if isNew || b.Get(key) == nil {
			tx.state.rows[bucket]++
			tx.dirty = true
		}
		if err := b.Put(key, value); err != nil {
			return fmt.Errorf("put into %s: %w", bucket, err)
		}
		return nil
	})
}

// record packs a content and stores it.
func (tx *Tx) record(bucket string, key []byte, k kind, content []byte) error {
	f, err := tx.s.pack.pack(content)
	if err != nil {
		return err
	}
	f.kind = k
	return tx.put(bucket, key, appendFrame(nil, key, f))
}

// plain stores a content as it is: packing would win little.
func (tx *Tx) plain(bucket string, key []byte, k kind, content []byte) error {
	f := frame{kind: k, codec: codecPlain, size: uint64(len(content)), payload: content}
	return tx.put(bucket, key, appendFrame(nil, key, f))
}

// drop deletes a key, if it is there.
func (tx *Tx) drop(bucket string, key []byte) error {
	if !tx.b.Writable() {
		return errView
	}
	if err := tx.loadState(); err != nil {
		return err
	}
	return tx.access(func() error {
		b := tx.bucket(bucket)
		if b.Get(key) == nil {
			return nil
		}
		tx.state.rows[bucket]--
		tx.dirty = true
		return b.Delete(key)
	})
}

func (tx *Tx) loadState() error {
	if tx.state != nil {
		return nil
	}
	key := []byte("state")
	content, found, err := tx.content(bucketMeta, key, kindState, nil)
	if err == nil && !found {
		err = fmt.Errorf("%w: no state in %s", ErrDamaged, catalogFile)
	}
	if err != nil {
		return err
	}
	s, err := readState(content)
	if err != nil {
		return fmt.Errorf("state: %w", damaged(err))
	}
	tx.state = &s
	return nil
}

// finish writes what the transaction kept in mind.
func (tx *Tx) finish() error {
	tx.settle(len(tx.later))
	if tx.broken != nil {
		return tx.broken
	}
	if err := tx.carry(); err != nil {
		return err
	}
	if !tx.dirty {
		return nil
	}
	key := []byte("state")
	f, err := tx.s.pack.pack(tx.state.record())
	if err != nil {
		return err
	}
	f.kind = kindState
	return tx.access(func() error { return tx.bucket(bucketMeta).Put(key, appendFrame(nil, key, f)) })
}

// nextSeq gives out a place in the journal.
func (tx *Tx) nextSeq() (uint64, error) {
	if err := tx.loadState(); err != nil {
		return 0, err
	}
	tx.state.seq++
	tx.dirty = true
	return tx.state.seq, nil
}

// pageNumber gives the number of a page; 0 when the archive does not know it.
func (tx *Tx) pageNumber(key urlkey.Key) (uint64, error) {
	v, err := tx.index(bucketURL, urlIndex(key))
	if err != nil || v == nil {
		return 0, err
	}
	if len(v) < 8 || string(v[8:]) != string(key) {
		return 0, fmt.Errorf("%w: %s names another page for %s", ErrDamaged, bucketURL, key)
	}
	return numberOf(v), nil
}

// ensurePage gives the number of a page, a new one when the archive does not know it.
func (tx *Tx) ensurePage(key urlkey.Key) (uint64, error) {
	if key == "" {
		return 0, errors.New("a page without a key")
	}
	n, err := tx.pageNumber(key)
	if err != nil || n != 0 {
		return n, err
	}
	if err := tx.loadState(); err != nil {
		return 0, err
	}
	tx.state.page++
	tx.dirty = true
	n = tx.state.page
	return n, tx.add(bucketURL, urlIndex(key), append(number(n), key...))
}

// Page gives what is known of a page; false when nothing was concluded yet.
func (tx *Tx) Page(key urlkey.Key) (Page, bool, error) {
	n, err := tx.pageNumber(key)
	if err != nil || n == 0 {
		return Page{}, false, err
	}
	content, found, err := tx.content(bucketPages, number(n), kindPage, nil)
	if err == nil && !found {
		var head int
		if head, err = tx.head(n); err == nil && head > 0 { // to begin anew would hide them
			err = fmt.Errorf("%w: page %s is not there, its versions are", ErrDamaged, key)
		}
	}
	if err != nil || !found {
		return Page{}, false, err
	}
	p, err := readPage(content)
	if err != nil {
		return Page{}, false, fmt.Errorf("page %s: %w", key, damaged(err))
	}
	return p, true, nil
}

// PutPage stores what is known of a page.
func (tx *Tx) PutPage(p Page) error {
	if !tx.b.Writable() {
		return errView
	}
	n, err := tx.ensurePage(p.Key)
	if err != nil {
		return fmt.Errorf("put page: %w", err)
	}
	if err := tx.plain(bucketPages, number(n), kindPage, pageRecord(&p)); err != nil {
		return fmt.Errorf("put page %s: %w", p.Key, err)
	}
	return nil
}

// Cursor gives how far a follower of the journal has come; 0 for a new one.
func (tx *Tx) Cursor(name string) (Seq, error) {
	content, found, err := tx.content(bucketCursor, []byte(name), kindCursor, nil)
	if err != nil || !found {
		return 0, err
	}
	return Seq(numberOf(content)), nil
}

// SetCursor notes how far a follower has come. Reset forgets the cursors named
// "ingest" or "ingest/…"; the others stay.
func (tx *Tx) SetCursor(name string, at Seq) error {
	if name == "" || len(name) > 200 {
		return fmt.Errorf("set cursor: a name of %d bytes, not 1 to 200", len(name))
	}
	if err := tx.plain(bucketCursor, []byte(name), kindCursor, number(uint64(at))); err != nil {
		return fmt.Errorf("set cursor %s: %w", name, err)
	}
	return nil
}
