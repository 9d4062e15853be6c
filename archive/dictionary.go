package archive

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"go.etcd.io/bbolt"
)

// Dictionaries make small what many records have in common. The program's own
// are made with the archive; the others are trained on its pages (see
// training.go), of nothing but what several pages share. None is ever changed:
// what was packed with it needs it for good.
const (
	// captureDict is for the captures' records, see commonHeaders.
	captureDict = 1
	// firstTrained is the number of the first dictionary that is trained.
	// Records below it are a content alone.
	firstTrained = 16
)

// A dictUse says what a dictionary is for.
type dictUse string

const (
	forBodies  dictUse = "body"    // pages of a site; with no site, of sites that have none of their own
	forRecords dictUse = "capture" // the captures' records of a site
	forTexts   dictUse = "text"    // articles of a language, which stands for the site; with none, of all
)

// A storedDictionary is a dictionary's record. The content is what zstd calls
// raw: a text to point into.
type storedDictionary struct {
	id      uint64 // its key
	use     dictUse
	site    string // the front of the keys of its pages: com,example,www
	made    time.Time
	pages   []uint64 // the pages that it was made of, in order
	content []byte
}

const dictionaryVersion = 1

func (d *storedDictionary) record() []byte {
	w := newRecord(dictionaryVersion)
	w.text(1, string(d.use))
	w.text(2, d.site)
	w.time(3, d.made)
	var pages []byte
	last := uint64(0)
	for _, n := range d.pages {
		pages = binary.AppendUvarint(pages, n-last)
		last = n
	}
	w.bytes(4, pages)
	w.bytes(5, d.content)
	return w.b
}

func readDictionary(id uint64, b []byte) (storedDictionary, error) {
	d := storedDictionary{id: id}
	if id < firstTrained {
		d.content = b
		return d, nil
	}
	err := readRecord(b, dictionaryVersion, func(field int, v value) error {
		switch field {
		case 1:
			d.use = dictUse(v.text())
		case 2:
			d.site = v.text()
		case 3:
			d.made = v.time()
		case 4:
			last := uint64(0)
			for rest := v.b; len(rest) > 0; {
				n, used := binary.Uvarint(rest)
				if used <= 0 {
					return fmt.Errorf("%w: a list of pages cut short", errRecord)
				}
				last += n
				d.pages, rest = append(d.pages, last), rest[used:]
			}
		case 5:
			d.content = v.b
		}
		return nil
	})
	return d, err
}

// The dictionaries of an open archive: which is to be used for what, and the
// contents of those used of late.
type dictionaries struct {
	mu     sync.Mutex
	newest map[dictSubject]uint64
	held   map[uint64][]byte
	order  []uint64 // of held, the one used longest ago first
	size   int      // of held
}

type dictSubject struct {
	use  dictUse
	site string
}

// maxDictionaries is how many bytes of dictionaries are kept unpacked.
const maxDictionaries = 16 << 20

// learn reads what dictionaries there are, which who only reads need not know.
// One that can't be read is not used for anything new.
func (d *dictionaries) learn(tx *Tx) error {
	newest := map[dictSubject]uint64{}
	each := tx.eachDictionary
	if tx.s.o.ReadOnly {
		each = func(func(storedDictionary, error) error) error { return nil }
	}
	err := each(func(x storedDictionary, err error) error {
		if err != nil {
			tx.s.o.Log.Warn("a dictionary is damaged", "dictionary", x.id, "error", err)
		} else if x.id >= firstTrained {
			newest[dictSubject{x.use, x.site}] = x.id
		}
		return nil
	})
	d.mu.Lock()
	defer d.mu.Unlock()
	d.newest = newest
	d.held, d.order, d.size = map[uint64][]byte{}, nil, 0
	return err
}

// use gives the number of the dictionary for a subject, 0 when there is none.
func (d *dictionaries) use(use dictUse, site string) uint64 {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.newest[dictSubject{use, site}]
}

func (d *dictionaries) get(id uint64) []byte {
	d.mu.Lock()
	defer d.mu.Unlock()
	content, ok := d.held[id]
	if ok && d.order[len(d.order)-1] != id {
		d.order = append(slices.DeleteFunc(d.order, func(x uint64) bool { return x == id }), id)
	}
	return content
}

func (d *dictionaries) hold(id uint64, content []byte) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, ok := d.held[id]; ok {
		return
	}
	d.held[id], d.order = content, append(d.order, id)
	for d.size += len(content); d.size > maxDictionaries && len(d.order) > 1; d.order = d.order[1:] {
		d.size -= len(d.held[d.order[0]])
		delete(d.held, d.order[0])
	}
}

// dictionary gives the content of a dictionary, from where it can be had: b is
// the volume in which its user stands, tx a transaction of the catalog. Either
// may be nil. Whoever has a transaction of the catalog must give it: to begin a
// second one while a writer waits for the first to end would be to wait for ever.
func (s *Store) dictionary(b *bbolt.Tx, tx *Tx, id uint64) ([]byte, error) {
	if content := s.dicts.get(id); content != nil {
		return content, nil
	}
	var found storedDictionary
	err := fmt.Errorf("%w: dictionary %d is not there", ErrDamaged, id)
	if b != nil {
		// Where the volume's pages are torn the catalog has it all the same.
		err = guard("the copy in a volume", func() error {
			if copies := b.Bucket([]byte(bucketDicts)); copies != nil {
				if v := copies.Get(number(id)); v != nil {
					found, err = s.readDictionary(number(id), v)
				}
			}
			return err
		})
	}
	if err != nil { // the volume's copy is not there, or damaged
		original := func(tx *Tx) error {
			return tx.access(func() error {
				v := tx.bucket(bucketDicts).Get(number(id))
				if v == nil {
					return err
				}
				found, err = s.readDictionary(number(id), v)
				return err
			})
		}
		if tx != nil {
			err = original(tx)
		} else {
			err = s.View(original)
		}
	}
	if err != nil && id == captureDict { // the same in all archives so far
		return []byte(commonHeaders), nil
	}
	if err != nil {
		return nil, fmt.Errorf("dictionary %d: %w", id, damaged(err))
	}
	s.dicts.hold(id, found.content)
	return found.content, nil
}

// readDictionary reads a dictionary's frame and record.
func (s *Store) readDictionary(key, v []byte) (storedDictionary, error) {
	f, err := parseFrame(key, v, kindDict)
	if err == nil && f.codec != codecPlain && f.codec != codecZstd {
		err = fmt.Errorf("%w: a dictionary that needs another one", errFrame)
	}
	if err != nil {
		return storedDictionary{id: numberOf(key)}, err
	}
	content, err := s.pack.unpack(f, nil)
	if err != nil {
		return storedDictionary{id: numberOf(key)}, err
	}
	return readDictionary(numberOf(key), content)
}

// eachDictionary calls f for the archive's dictionaries, with an error for
// what can't be read.
func (tx *Tx) eachDictionary(f func(storedDictionary, error) error) error {
	return tx.access(func() error {
		c := tx.bucket(bucketDicts).Cursor()
		for key, v := c.First(); key != nil; key, v = c.Next() {
			if err := f(tx.s.readDictionary(key, v)); err != nil {
				return err
			}
		}
		return nil
	})
}

// dictionariesOf gives the dictionaries that a page had a part in.
func (tx *Tx) dictionariesOf(page uint64) (ids []uint64, err error) {
	err = tx.eachDictionary(func(d storedDictionary, err error) error {
		if _, found := slices.BinarySearch(d.pages, page); found || err != nil { // who knows what it was made of
			ids = append(ids, d.id)
		}
		return nil
	})
	return ids, err
}

// putDictionary stores a new dictionary and gives it its number. It is used
// when the transaction has been committed and adopted it.
func (tx *Tx) putDictionary(d *storedDictionary) error {
	err := tx.access(func() error {
		b := tx.bucket(bucketDicts)
		last, _ := b.Cursor().Last()
		d.id = max(b.Sequence(), numberOf(last), firstTrained-1) + 1
		return b.SetSequence(d.id) // so that no number is ever given again
	})
	if err != nil {
		return fmt.Errorf("put dictionary: %w", err)
	}
	return tx.record(bucketDicts, number(d.id), kindDict, d.record())
}

// adopt lets a dictionary be used, in the place of an older one for the same.
func (d *dictionaries) adopt(x *storedDictionary) {
	d.hold(x.id, x.content)
	d.mu.Lock()
	defer d.mu.Unlock()
	d.newest[dictSubject{x.use, x.site}] = x.id
}

// dropDictionary deletes a dictionary of which nothing is left that needs it.
// It is not used for anything new from now on, whatever becomes of tx.
func (tx *Tx) dropDictionary(id uint64) error {
	if id < firstTrained {
		return errors.New("the program's own dictionaries stay")
	}
	tx.s.dicts.retire(id)
	return tx.drop(bucketDicts, number(id))
}

// retire lets nothing new be packed with a dictionary.
func (d *dictionaries) retire(id uint64) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for subject, x := range d.newest {
		if x == id {
			delete(d.newest, subject)
		}
	}
	d.size -= len(d.held[id])
	delete(d.held, id)
	d.order = slices.DeleteFunc(d.order, func(x uint64) bool { return x == id })
}
