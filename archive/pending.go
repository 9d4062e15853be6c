package archive

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"go.etcd.io/bbolt"
)

// What is deleted from the catalog is still in files. So the transaction that
// deletes notes which files are to be copied without it, and the note is
// struck out when that is done. After a crash the next opening for writing
// does the rest.

// pending is what is to be done to files yet.
type pending struct {
	volumes map[uint64][]uint64 // to be copied, and the captures whose bodies shall not come along, besides those that the catalog says it dropped
	drop    []uint64            // volumes of which nothing is left
	dicts   []uint64            // dictionaries that nothing shall need any more
	catalog bool                // archive.db is to be copied
	past    bool                // and its older states deleted
}

var pendingKey = []byte("pending")

const pendingVersion = 1

func (p *pending) empty() bool {
	return len(p.volumes) == 0 && len(p.drop) == 0 && len(p.dicts) == 0 && !p.catalog && !p.past
}

func (p *pending) record() []byte {
	w := newRecord(pendingVersion)
	for _, id := range slices.Sorted(maps.Keys(p.volumes)) {
		w.message(1, func(w *recordWriter) {
			w.uint(1, id)
			w.bytes(2, ascending(p.volumes[id]))
		})
	}
	w.bytes(2, ascending(p.drop))
	w.bytes(3, ascending(p.dicts))
	w.bool(4, p.catalog)
	w.bool(5, p.past)
	return w.b
}

func readPending(b []byte) (pending, error) {
	p := pending{volumes: map[uint64][]uint64{}}
	err := readRecord(b, pendingVersion, func(field int, v value) (err error) {
		switch field {
		case 1:
			var id uint64
			var seqs []uint64
			err = fields(v.b, func(field int, v value) (err error) {
				switch field {
				case 1:
					id = v.n
				case 2:
					seqs, err = readAscending(v.b)
				}
				return err
			})
			p.volumes[id] = seqs
		case 2:
			p.drop, err = readAscending(v.b)
		case 3:
			p.dicts, err = readAscending(v.b)
		case 4:
			p.catalog = v.bool()
		case 5:
			p.past = v.bool()
		}
		return err
	})
	return p, err
}

// ascending writes numbers, each as the distance from the one before.
func ascending(list []uint64) []byte {
	slices.Sort(list)
	var b []byte
	last := uint64(0)
	for _, n := range list {
		b = binary.AppendUvarint(b, n-last)
		last = n
	}
	return b
}

func readAscending(b []byte) (list []uint64, err error) {
	last := uint64(0)
	for len(b) > 0 {
		n, used := binary.Uvarint(b)
		if used <= 0 {
			return nil, fmt.Errorf("%w: a list cut short", errRecord)
		}
		last += n
		list, b = append(list, last), b[used:]
	}
	return list, nil
}

func (tx *Tx) pending() (pending, error) {
	content, found, err := tx.content(bucketMeta, pendingKey, kindState, nil)
	if err != nil || !found {
		return pending{volumes: map[uint64][]uint64{}}, err
	}
	p, err := readPending(content)
	if err != nil {
		return p, fmt.Errorf("what is to be done to files: %w", damaged(err))
	}
	return p, nil
}

func (tx *Tx) setPending(p *pending) error {
	if p.empty() {
		return tx.drop(bucketMeta, pendingKey)
	}
	return tx.record(bucketMeta, pendingKey, kindState, p.record())
}

// postpone notes further work on files.
func (tx *Tx) postpone(more pending) error {
	p, err := tx.pending()
	if err != nil {
		return err
	}
	for id, seqs := range more.volumes {
		p.volumes[id] = slices.Compact(slices.Sorted(slices.Values(append(p.volumes[id], seqs...))))
	}
	p.drop = slices.Compact(slices.Sorted(slices.Values(append(p.drop, more.drop...))))
	p.dicts = slices.Compact(slices.Sorted(slices.Values(append(p.dicts, more.dicts...))))
	p.catalog, p.past = p.catalog || more.catalog, p.past || more.past
	return tx.setPending(&p)
}

// A cleaner does what is pending. exclusive runs what nothing may be written beside.
type cleaner struct {
	s         *Store
	ctx       context.Context
	progress  FileProgress
	exclusive func(func() error) error
}

// run does all of it: first the sealed volumes, beside whoever writes, then
// what the writer has to stand still for. One that can't be read does not keep
// the others waiting.
func (c *cleaner) run() error {
	p, err := c.pending()
	if err != nil || p.empty() {
		return err
	}
	for _, id := range p.dicts {
		c.s.dicts.retire(id)
	}
	var failed []error
	for _, id := range p.drop {
		if err := c.remove(id); err != nil {
			failed = append(failed, err)
		}
	}
	if len(p.dicts) > 0 {
		if err := c.repack(p.dicts); err != nil {
			return err
		}
	}
	todo, err := c.volumes(&p)
	if err != nil {
		return err
	}
	for _, id := range todo {
		if c.s.raw.writing() == id {
			continue
		}
		if err := c.volume(id, &p); err != nil {
			failed = append(failed, err)
		}
	}
	err = c.exclusive(func() error {
		inside := *c
		inside.exclusive = func(f func() error) error { return f() }
		return inside.finish(len(failed) > 0)
	})
	return errors.Join(append(failed, err)...)
}

// finish does what is left, in the writer's place: the volume that is written
// to, one that was until a moment ago, and archive.db.
func (c *cleaner) finish(hindered bool) error {
	p, err := c.pending()
	if err != nil {
		return err
	}
	todo, err := c.volumes(&p)
	if err != nil {
		return err
	}
	var failed []error
	for _, id := range todo {
		if hindered && c.s.raw.writing() != id { // it was tried
			continue
		}
		if err := c.volume(id, &p); err != nil {
			failed = append(failed, err)
		}
	}
	if !hindered && len(failed) == 0 && len(p.dicts) > 0 {
		if err := c.dropDictionaries(p.dicts); err != nil {
			return err
		}
	}
	return errors.Join(append(failed, c.catalog())...)
}

func (c *cleaner) pending() (p pending, err error) {
	err = c.s.View(func(tx *Tx) (err error) {
		p, err = tx.pending()
		return err
	})
	return p, err
}

// change commits a change to what is pending.
func (c *cleaner) change(f func(tx *Tx, p *pending) error) error {
	todo := func(tx *Tx) error {
		p, err := tx.pending()
		if err == nil {
			err = f(tx, &p)
		}
		if err == nil {
			err = tx.setPending(&p)
		}
		return err
	}
	return c.exclusive(func() error { return c.s.transact(todo) })
}

// volumes are those that are to be copied: the ones noted, and those with a
// copy of a dictionary that must go.
func (c *cleaner) volumes(p *pending) ([]uint64, error) {
	list := slices.Collect(maps.Keys(p.volumes))
	if len(p.dicts) > 0 {
		ids, err := c.s.volumeIDs()
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			var has bool
			err := c.s.raw.read(id, func(b *bbolt.Tx) error {
				copies := b.Bucket([]byte(bucketDicts))
				has = copies != nil && slices.ContainsFunc(p.dicts, func(dict uint64) bool { return copies.Get(number(dict)) != nil })
				return nil
			})
			if has || err != nil { // one that can't be read may have it, and is told of in its turn
				list = append(list, id)
			}
		}
	}
	slices.Sort(list)
	return slices.Compact(list), nil
}

// volume copies a volume without what must go.
func (c *cleaner) volume(id uint64, p *pending) error {
	purge := &purge{s: c.s, volume: id, drop: map[uint64]bool{}, dicts: p.dicts}
	for _, seq := range p.volumes[id] {
		purge.drop[seq] = true
	}
	path := c.s.raw.path(id)
	err := c.s.rewriteVolume(c.ctx, id, purge.change, always, c.progress.of(volumeName(id), path))
	if err != nil {
		return err
	}
	return c.change(func(tx *Tx, p *pending) error {
		if err := tx.loadState(); err != nil {
			return err
		}
		tx.state.bodyStored += purge.grown
		tx.dirty = true
		delete(p.volumes, id)
		if purge.kept == 0 && id != tx.state.volume { // nothing is left of it
			p.drop = append(p.drop, id)
			return tx.drop(bucketVolumes, number(id))
		}
		return nil
	})
}

// remove deletes the file of a volume that the catalog knows no more.
func (c *cleaner) remove(id uint64) error {
	v := c.s.raw
	v.mu.Lock()
	retire(&v.retired, v.open[id])
	delete(v.open, id)
	err := os.Remove(v.path(id))
	v.mu.Unlock()
	if err != nil && !os.IsNotExist(err) {
		return fmt.Errorf("remove %s: %w", volumeName(id), err)
	}
	if err := syncDir(v.dir); err != nil {
		return err
	}
	return c.change(func(_ *Tx, p *pending) error {
		p.drop = slices.DeleteFunc(p.drop, func(x uint64) bool { return x == id })
		return nil
	})
}

// catalog copies archive.db, and is the last: it removes the empty volumes
// before, and what was archive.db before a migration, too.
func (c *cleaner) catalog() error {
	p, err := c.pending()
	if err != nil {
		return err
	}
	for _, id := range p.drop {
		if err := c.remove(id); err != nil {
			return err
		}
	}
	if p.past {
		if err := os.RemoveAll(filepath.Join(c.s.dir, snapshotFolder)); err != nil {
			return fmt.Errorf("remove older states of %s: %w", catalogFile, err)
		}
	}
	path := filepath.Join(c.s.dir, catalogFile)
	if err := c.s.rewriteCatalog(c.ctx, always, c.progress.of(catalogFile, path)); err != nil {
		return err
	}
	return c.change(func(_ *Tx, p *pending) error {
		p.catalog, p.past = false, false
		return nil
	})
}
