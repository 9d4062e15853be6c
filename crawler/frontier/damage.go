package frontier

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime/debug"
	"syscall"
	"time"

	"go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"
)

// A damage error says what is wrong with the file, as opposed to what is
// wrong with the disk, the permissions or the caller.
type damage struct {
	what  string
	stack string // where bbolt came to grief
	other bool   // the file is whole, and of another version of this program
}

func (d *damage) Error() string { return d.what }

func damagef(format string, args ...any) error {
	return &damage{what: fmt.Sprintf(format, args...)}
}

func isDamage(err error) bool {
	var d *damage
	return errors.As(err, &d)
}

// guarded runs what reads the file. bbolt trusts its pages and panics, or
// reads outside the map, when one is not what it should be; a file that was
// cut short faults. All that becomes an error.
func guarded(do func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			err = &damage{what: fmt.Sprint(p), stack: string(debug.Stack())}
		}
	}()
	return do()
}

func openFile(path string, wait time.Duration) (*bbolt.DB, error) {
	var file *os.File
	var db *bbolt.DB
	err := guarded(func() (err error) {
		db, err = bbolt.Open(path, 0o600, &bbolt.Options{
			Timeout:         max(wait, time.Millisecond), // 0 would wait for ever
			FreelistType:    bbolt.FreelistArrayType,
			PageSize:        pageSize,
			InitialMmapSize: mapSize,
			OpenFile: func(name string, flag int, mode os.FileMode) (*os.File, error) {
				f, err := os.OpenFile(name, flag, mode)
				file = f
				return f, err
			},
		})
		return err
	})
	if err == nil {
		db.AllocSize = growth
		err = checkSize(db, file)
		if err != nil {
			db.Close()
		}
	}
	if err == nil {
		return db, nil
	}
	if file != nil {
		file.Close() // bbolt leaves it open, and locked, when it panics
	}
	var path1 *fs.PathError
	var errno syscall.Errno
	switch {
	case errors.Is(err, berrors.ErrTimeout):
		return nil, ErrInUse
	case isDamage(err), errors.As(err, &path1), errors.As(err, &errno):
		return nil, err
	}
	return nil, &damage{what: err.Error()}
}

// checkSize finds a file that ends before its last page.
func checkSize(db *bbolt.DB, file *os.File) error {
	return guarded(func() error {
		return db.View(func(tx *bbolt.Tx) error {
			info, err := file.Stat()
			if err != nil {
				return err
			}
			if info.Size() < tx.Size() {
				return damagef("it was cut short: %d of %d bytes are there", info.Size(), tx.Size())
			}
			return nil
		})
	})
}

// setAside renames the file so that an empty one can take its place.
func (b *Bolt) setAside(cause error) error {
	aside := b.path + ".damaged-" + time.Now().UTC().Format("20060102T150405")
	for n := 2; ; n++ {
		if _, err := os.Lstat(aside); errors.Is(err, fs.ErrNotExist) {
			break
		}
		aside = fmt.Sprintf("%s.damaged-%s-%d", b.path, time.Now().UTC().Format("20060102T150405"), n)
	}
	if err := os.Rename(b.path, aside); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("the frontier is damaged (%w) and cannot be set aside: %w", cause, err)
	}
	what, about := "the frontier was damaged", []any{"file", b.path, "kept", aside, "damage", cause}
	var d *damage
	switch {
	case !errors.As(cause, &d):
	case d.other:
		what, about[4] = "the frontier is of another version of pressmark", "why"
	case d.stack != "":
		about = append(about, "stack", d.stack)
	}
	b.log.Warn(what+" and starts anew; no archived page is lost, known pages are discovered again", about...)
	return nil
}

// A broken report tells the writer that a file turned out to be damaged.
type broken struct {
	db    *bbolt.DB
	cause error
	done  chan error
}

// report has a damaged file replaced and returns what to tell the caller.
func (b *Bolt) report(db *bbolt.DB, cause error) error {
	r := broken{db: db, cause: cause, done: make(chan error, 1)}
	select {
	case b.broken <- r:
		return <-r.done
	case <-b.quit:
		return ErrClosed
	}
}

// replace puts an empty file in a damaged one's place. What is in memory and
// still needed to be polite, pauses and leases, goes over to it; the leases'
// items are lost. Only the writer calls it.
func (b *Bolt) replace(bad *bbolt.DB, cause error) error {
	told := fmt.Errorf("%w: %w", ErrDamaged, cause)
	b.dbmu.Lock()
	if b.db != bad {
		b.dbmu.Unlock()
		return told
	}
	err := b.setAside(cause)
	var db *bbolt.DB
	if err == nil {
		db, err = openFile(b.path, 0)
	}
	if err != nil {
		b.dbmu.Unlock()
		return err
	}
	b.db = db
	b.dbmu.Unlock()
	go guarded(bad.Close) // may wait for ever on what the panic left locked

	b.mu.Lock()
	defer b.mu.Unlock()
	old := b.groups
	if err := guarded(b.load); err != nil {
		return err
	}
	for name, g := range old {
		kept := b.group(name)
		kept.pauses, kept.lease = g.pauses, g.lease
		if kept.lease != nil {
			kept.lease.lost = true
		}
	}
	err = guarded(func() error {
		return db.Update(func(tx *bbolt.Tx) error {
			for name, g := range b.groups {
				if err := tx.Bucket(bucketGroup).Put([]byte(name), encodePauses(g.pauses)); err != nil {
					return err
				}
			}
			return nil
		})
	})
	return errors.Join(told, err)
}
