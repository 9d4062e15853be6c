package archive

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"sync"
	"time"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

// The volumes are the files of raw/. One is written to at a time; when it is
// large or old enough it is sealed and a new one begun. A volume that can't be
// read costs the bodies in it and nothing else.
type volumes struct {
	dir string
	o   Options

	mu   sync.RWMutex // held for reading to begin a transaction of a volume, not while it lasts
	open map[uint64]*bbolt.DB
	shut bool
	// retired are replaced files that are closed when their last reader has ended.
	retired sync.WaitGroup

	current storedVolume // what is written to; id 0 when the next append must begin one

	// The writer's own:
	db      *bbolt.DB // of current
	size    int64     // of what is used of it
	orphans bool      // current may hold bodies that the catalog does not know
}

func newVolumes(dir string, o Options) *volumes {
	return &volumes{dir: dir, o: o, open: map[uint64]*bbolt.DB{}}
}

func volumeName(id uint64) string { return fmt.Sprintf("%s/%06d.db", rawFolder, id) }

func (v *volumes) path(id uint64) string {
	return filepath.Join(v.dir, filepath.Base(volumeName(id)))
}

// read runs f in a reading transaction of a volume. ErrDamaged when the volume
// is not there or can't be opened.
func (v *volumes) read(id uint64, f func(*bbolt.Tx) error) error {
	b, err := v.beginRead(id)
	if err != nil {
		return err
	}
	defer rollback(b)
	return guard(volumeName(id), func() error { return f(b) })
}

func (v *volumes) beginRead(id uint64) (b *bbolt.Tx, err error) {
	v.mu.RLock()
	if v.open[id] == nil {
		v.mu.RUnlock()
		if err := v.openSealed(id); err != nil {
			return nil, err
		}
		v.mu.RLock()
	}
	defer v.mu.RUnlock()
	db := v.open[id]
	if db == nil {
		return nil, ErrClosed
	}
	err = guard(volumeName(id), func() (err error) {
		b, err = db.Begin(false)
		return err
	})
	return b, err
}

// openSealed opens a volume for reading.
func (v *volumes) openSealed(id uint64) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.shut {
		return ErrClosed
	}
	if v.open[id] != nil {
		return nil
	}
	db, err := openFile(v.path(id), fileOptions{pageSize: rawPage, readOnly: true, wait: v.o.Wait})
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%w: %s is missing", ErrDamaged, volumeName(id))
	case errors.Is(err, bolterrors.ErrTimeout):
		return fmt.Errorf("%w: another process has %s", ErrInUse, volumeName(id))
	case err != nil:
		return fmt.Errorf("open %s: %w", volumeName(id), err)
	}
	v.open[id] = db
	return nil
}

// resume goes on with the volume that was written to last. When it can't be
// written to, the next append begins a new one.
func (v *volumes) resume(s *Store) error {
	var record storedVolume
	var known uint64
	err := s.View(func(tx *Tx) error {
		if err := tx.loadState(); err != nil || tx.state.volume == 0 {
			return err
		}
		known = tx.state.seq
		last := tx.state.volume
		content, found, err := tx.content(bucketVolumes, number(last), kindVolume, nil)
		if err == nil && !found {
			err = fmt.Errorf("%w: %s does not know %s", ErrDamaged, catalogFile, volumeName(last))
		}
		if err == nil {
			record, err = readVolume(last, content)
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("the last raw volume: %w", damaged(err))
	}
	if record.id == 0 || !record.sealed.IsZero() {
		return nil
	}
	err = v.openCurrent(record)
	if err == nil {
		err = s.adopt(record.id, known)
	}
	switch {
	case errors.Is(err, bolterrors.ErrTimeout):
		return fmt.Errorf("%w: another process has %s", ErrInUse, volumeName(record.id))
	case errors.Is(err, ErrDamaged), errors.Is(err, fs.ErrNotExist):
		v.o.Log.Warn("the raw volume is damaged, captures go to a new one", "volume", volumeName(record.id), "error", err)
		v.leave()
		return nil
	case err != nil:
		return fmt.Errorf("open %s: %w", volumeName(record.id), err)
	}
	return nil
}

// leave ends writing to the current volume. It stays open for those who read
// it: to close it would be to wait for them.
func (v *volumes) leave() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.orphans = false
	v.current, v.db = storedVolume{}, nil
}

func (v *volumes) openCurrent(record storedVolume) error {
	db, err := v.openWriting(record.id)
	if err != nil {
		return err
	}
	return v.turnTo(record, db)
}

func (v *volumes) openWriting(id uint64) (*bbolt.DB, error) {
	path := v.path(id)
	return openFile(path, fileOptions{pageSize: rawPage, wait: v.o.Wait, reserve: reserve(path, min(2*v.o.VolumeSize, 8<<30))})
}

// turnTo makes a volume the one that is written to.
func (v *volumes) turnTo(record storedVolume, db *bbolt.DB) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.open[record.id] = db
	v.current, v.db = record, db
	return db.View(func(b *bbolt.Tx) error {
		v.size = b.Size()
		return nil
	})
}

// tidy takes out of the current volume the bodies of a commit that the
// catalog's did not follow, because there was no room. It comes before all
// else that is written, so that such bodies always have higher numbers than
// the catalog has given out.
func (v *volumes) tidy(s *Store) error {
	if !v.orphans || v.current.id == 0 {
		return nil
	}
	var known uint64
	err := s.View(func(tx *Tx) error {
		err := tx.loadState()
		if err == nil {
			known = tx.state.seq
		}
		return err
	})
	if err == nil {
		err = guard(volumeName(v.current.id), func() error {
			return v.db.Update(func(b *bbolt.Tx) error {
				bodies := b.Bucket([]byte(bucketBodies))
				for _, key := range keysFrom(bodies, known+1) {
					if err := bodies.Delete(key); err != nil {
						return err
					}
				}
				return nil
			})
		})
	}
	if err != nil {
		return fmt.Errorf("tidy %s: %w", volumeName(v.current.id), full(err))
	}
	v.orphans = false
	return nil
}

// keysFrom gives the keys of a volume from a number on.
func keysFrom(bodies *bbolt.Bucket, from uint64) [][]byte {
	var keys [][]byte
	c := bodies.Cursor()
	for key, _ := c.Seek(number(from)); key != nil; key, _ = c.Next() {
		keys = append(keys, bytes.Clone(key))
	}
	return keys
}

// ready sees to it that there is a volume to write to.
func (v *volumes) ready(s *Store) error {
	if v.current.id != 0 {
		if v.size < v.o.VolumeSize && v.o.Now().Sub(v.current.begun) < v.o.VolumeAge {
			return nil
		}
	}
	return v.roll(s)
}

// roll seals the current volume and begins another. The catalog knows of it
// before anything is written to it.
func (v *volumes) roll(s *Store) error {
	now := v.o.Now()
	var next storedVolume
	var db *bbolt.DB
	err := s.transact(func(tx *Tx) (err error) {
		if err := tx.loadState(); err != nil {
			return err
		}
		if old := v.current; old.id != 0 {
			old.sealed = now
			if err := tx.record(bucketVolumes, number(old.id), kindVolume, old.record()); err != nil {
				return err
			}
		}
		next = storedVolume{id: tx.state.volume + 1, begun: now}
		for v.holdsBodies(next.id) {
			v.o.Log.Warn("a raw volume that the archive does not know is left alone", "volume", volumeName(next.id))
			next.id++
		}
		if err := createFile(v.path(next.id), rawPage, true, func(b *bbolt.Tx) error {
			_, err := b.CreateBucket([]byte(bucketBodies))
			return err
		}); err != nil {
			return err
		}
		// Open for all before anyone knows of it: who had to open it for reading
		// would wait for the lock, and this for him.
		if db, err = v.openWriting(next.id); err != nil {
			return err
		}
		v.mu.Lock()
		v.open[next.id] = db
		v.mu.Unlock()
		tx.state.volume = next.id
		tx.dirty = true
		return tx.record(bucketVolumes, number(next.id), kindVolume, next.record())
	})
	if err != nil {
		if db != nil {
			v.mu.Lock()
			delete(v.open, next.id)
			v.mu.Unlock()
			db.Close()
		}
		return fmt.Errorf("begin a raw volume: %w", err)
	}
	v.leave()
	if err := v.turnTo(next, db); err != nil {
		return fmt.Errorf("open %s: %w", volumeName(next.id), err)
	}
	return nil
}

// holdsBodies reports whether there is a file of that number with something in
// it, or one that can't be read: an archive that was put back from an older
// copy, perhaps. It must not be overwritten.
func (v *volumes) holdsBodies(id uint64) bool {
	db, err := openFile(v.path(id), fileOptions{pageSize: rawPage, readOnly: true, wait: time.Millisecond})
	if errors.Is(err, fs.ErrNotExist) {
		return false
	}
	if err != nil {
		return true
	}
	defer db.Close()
	holds := true
	err = guard(volumeName(id), func() error {
		return db.View(func(b *bbolt.Tx) error {
			bodies := b.Bucket([]byte(bucketBodies))
			if bodies == nil {
				return errRecord
			}
			key, _ := bodies.Cursor().First()
			holds = key != nil
			return nil
		})
	})
	return holds || err != nil
}

func (v *volumes) close() error {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.shut = true
	var errs []error
	for id, db := range v.open {
		errs = append(errs, db.Close())
		delete(v.open, id)
	}
	return errors.Join(errs...)
}

// bodyTx is a writing transaction of the current volume, begun when the first
// body comes: captures that bring none cost no commit.
type bodyTx struct {
	v *volumes
	b *bbolt.Tx
}

func (v *volumes) begin() *bodyTx { return &bodyTx{v: v} }

func (t *bodyTx) put(key, value []byte) error {
	return t.write(func(b *bbolt.Tx) error {
		bodies := b.Bucket([]byte(bucketBodies))
		bodies.FillPercent = fill(bucketBodies)
		return bodies.Put(key, value)
	})
}

// write runs f in the transaction, which begins with the first.
func (t *bodyTx) write(f func(*bbolt.Tx) error) error {
	v := t.v
	return guard(volumeName(v.current.id), func() error {
		if t.b == nil {
			b, err := v.db.Begin(true)
			if err != nil {
				return err
			}
			t.b = b
		}
		return f(t.b)
	})
}

// commit makes the bodies durable. Until settled they are orphans.
func (v *volumes) commit(t *bodyTx) error {
	if t.b == nil {
		return nil
	}
	b := t.b
	t.b = nil
	v.size = b.Size()
	v.db.AllocSize = growth(v.size)
	v.orphans = true
	if err := commit(volumeName(v.current.id), b); err != nil {
		return fmt.Errorf("write %s: %w", volumeName(v.current.id), err)
	}
	return nil
}

// settle says that the catalog knows the bodies.
func (v *volumes) settle() { v.orphans = false }

func (v *volumes) abandon(t *bodyTx) {
	if t.b != nil {
		rollback(t.b)
		t.b = nil
	}
}
