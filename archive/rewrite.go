package archive

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"sync"

	"go.etcd.io/bbolt"
)

// bbolt gives nothing back: what was deleted stays in free pages until they
// are used again, and a file never gets shorter. So a file that is to lose
// bytes is copied, what lives in it and nothing else, and the copy takes its
// name. A crash leaves the one file or the other, each of them whole; what it
// leaves of a copy is removed when the archive is next opened for writing.

// copySuffix is behind the name of a file that is being copied.
const copySuffix = ".compact"

// copyChunk is how many bytes of records are copied in one transaction.
const copyChunk = 32 << 20

// A transcript says how a file is copied.
type transcript struct {
	path     string // of the file; the copy stands beside it
	pageSize int
	from     *bbolt.Tx
	// change gives what the copy shall hold in place of a record, nil for
	// nothing; nil keeps everything.
	change   func(bucket string, key, value []byte) ([]byte, error)
	progress func(done int64) // bytes copied so far; may be nil
}

// write makes the copy, durable and complete, and gives its name. After an
// error there is none.
func (t transcript) write(ctx context.Context) (string, error) {
	return beside(t.path, t.pageSize, func(to *bbolt.DB) error { return t.fill(ctx, to) })
}

// beside makes the file that is to take the place of another, durable and
// complete, and gives its name. After an error there is none.
func beside(path string, pageSize int, fill func(to *bbolt.DB) error) (_ string, err error) {
	name := path + copySuffix
	if err := os.Remove(name); err != nil && !os.IsNotExist(err) {
		return "", err
	}
	mode := os.FileMode(0o644)
	if info, err := os.Stat(path); err == nil {
		mode = info.Mode().Perm()
	}
	to, err := bbolt.Open(name, mode, &bbolt.Options{
		PageSize: pageSize, FreelistType: bbolt.FreelistMapType, NoSync: true, NoStatistics: true,
	})
	if err != nil {
		os.Remove(name)
		return "", fmt.Errorf("copy %s: %w", filepath.Base(path), full(err))
	}
	to.AllocSize = 64 << 10
	defer func() {
		if cerr := to.Close(); err == nil {
			err = cerr
		}
		if err != nil {
			os.Remove(name)
			err = fmt.Errorf("copy %s: %w", filepath.Base(path), full(err))
		}
	}()
	if err := guard(filepath.Base(path), func() error { return fill(to) }); err != nil {
		return "", err
	}
	return name, to.Sync()
}

// fill copies bucket by bucket, in the order of the keys.
func (t transcript) fill(ctx context.Context, to *bbolt.DB) error {
	var done int64
	return t.from.ForEach(func(name []byte, from *bbolt.Bucket) error {
		if err := to.Update(func(b *bbolt.Tx) error {
			into, err := b.CreateBucket(name)
			if err != nil {
				return err
			}
			return into.SetSequence(from.Sequence())
		}); err != nil {
			return err
		}
		c := from.Cursor()
		key, value := c.First()
		for key != nil {
			if err := ctx.Err(); err != nil {
				return err
			}
			err := to.Update(func(b *bbolt.Tx) error {
				into := b.Bucket(name)
				into.FillPercent = max(fill(string(name)), 0.75) // what comes in order fills pages well
				for size := 0; key != nil && size < copyChunk; key, value = c.Next() {
					if value == nil {
						return fmt.Errorf("%w: a bucket within %s", ErrDamaged, name)
					}
					size += len(key) + len(value)
					done += int64(len(key) + len(value))
					v := value
					if t.change != nil {
						var err error
						if v, err = t.change(string(name), key, value); err != nil {
							return err
						}
					}
					if v == nil {
						continue
					}
					if err := into.Put(key, v); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				return err
			}
			if t.progress != nil {
				t.progress(done)
			}
		}
		return nil
	})
}

// rewriteCatalog puts a copy in the place of archive.db. Only the writer calls
// it: nothing is written meanwhile, and reading goes on. Who reads the old file
// reads it to the end.
func (s *Store) rewriteCatalog(ctx context.Context, worth func(before, after int64) bool, progress func(int64)) error {
	path := filepath.Join(s.dir, catalogFile)
	var copied string
	err := s.View(func(tx *Tx) (err error) {
		copied, err = transcript{path: path, pageSize: catalogPage, from: tx.b, progress: progress}.write(ctx)
		return err
	})
	if err != nil {
		return err
	}
	if !worth(fileSize(path), fileSize(copied)) {
		return os.Remove(copied)
	}
	// It is opened, and so locked, before it has the name that others look for.
	db, err := openFile(path, fileOptions{copied: copied, pageSize: catalogPage, wait: s.o.Wait, reserve: reserve(copied, 16<<30)})
	if err != nil {
		os.Remove(copied)
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := os.Rename(copied, path); err != nil {
		db.Close()
		os.Remove(copied)
		return err
	}
	retire(&s.retired, s.db)
	s.db = db
	return syncDir(s.dir)
}

// rewriteVolume puts a copy in the place of a raw volume. Of the volume that
// is written to only the writer may call it.
func (s *Store) rewriteVolume(ctx context.Context, id uint64, change func(from *bbolt.Tx, bucket string, key, value []byte) ([]byte, error), worth func(before, after int64) bool, progress func(int64)) error {
	v := s.raw
	from, err := v.beginRead(id)
	if err != nil {
		return err
	}
	defer func() { rollback(from) }()
	t := transcript{path: v.path(id), pageSize: rawPage, from: from, progress: progress}
	if change != nil {
		t.change = func(bucket string, key, value []byte) ([]byte, error) { return change(from, bucket, key, value) }
	}
	copied, err := t.write(ctx)
	if err != nil {
		return err
	}
	if !worth(fileSize(t.path), fileSize(copied)) {
		return os.Remove(copied)
	}
	current := v.writing() == id
	o := fileOptions{copied: copied, pageSize: rawPage, readOnly: !current, wait: v.o.Wait}
	if current {
		o.reserve = reserve(copied, min(2*v.o.VolumeSize, 8<<30))
	}
	db, err := openFile(t.path, o)
	if err != nil {
		os.Remove(copied)
		return err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if err := os.Rename(copied, t.path); err != nil {
		db.Close()
		os.Remove(copied)
		return err
	}
	retire(&v.retired, v.open[id])
	v.open[id] = db
	if current {
		v.db = db
		if err := db.View(func(b *bbolt.Tx) error { v.size = b.Size(); return nil }); err != nil {
			return err
		}
	}
	return syncDir(v.dir)
}

// chore runs f in the writer's place: nothing else is written meanwhile.
func (s *Store) chore(ctx context.Context, f func() error) error {
	j := &job{chore: f, done: make(chan error, 1)}
	if err := s.submit(ctx, j); err != nil {
		return err
	}
	return j.err
}

// rearrange takes the files for rewriting: from those who rely on their
// staying as they are, such as Verify.
func (s *Store) rearrange(ctx context.Context) (release func(), err error) {
	taken := make(chan struct{})
	go func() {
		s.layout.Lock()
		close(taken)
	}()
	select {
	case <-taken:
		return s.layout.Unlock, nil
	case <-ctx.Done():
		err = ctx.Err()
	case <-s.quit:
		err = ErrClosed
	}
	go func() {
		<-taken
		s.layout.Unlock()
	}()
	return nil, err
}

// halfMade are the names of what has another name when it is whole: copies, new
// volumes and snapshots, the folder of a repair.
var halfMade = regexp.MustCompile(`\.db(\.new-[0-9]+|` + regexp.QuoteMeta(copySuffix) + `)$|^\.repair-[0-9]+(-[0-9]+)?$`)

// removeCopies removes what a crash left of files that it was making. Whoever
// makes one holds the archive, as this process does now.
func (s *Store) removeCopies() error {
	for _, dir := range []string{s.dir, s.raw.dir, filepath.Join(s.dir, snapshotFolder)} {
		files, err := os.ReadDir(dir)
		if err != nil && !os.IsNotExist(err) {
			return err
		}
		for _, f := range files {
			if !halfMade.MatchString(f.Name()) {
				continue
			}
			if err := os.RemoveAll(filepath.Join(dir, f.Name())); err != nil {
				return fmt.Errorf("remove what a crash left behind: %w", err)
			}
			s.o.Log.Info("what was cut off while it was made is removed", "file", f.Name())
		}
	}
	return nil
}

// retire closes a file that was replaced, when the last who reads it has ended.
func retire(wait *sync.WaitGroup, db *bbolt.DB) {
	if db != nil {
		wait.Go(func() { _ = db.Close() }) // it was only read; nothing can be lost
	}
}
