// Package archive remembers what was captured and what was concluded from it, and never gives back anything but what it was given.
//
// A Store is a folder: archive.db, the catalog, and raw/000001.db …, the
// bodies of the captures in volumes. Facts, the captures, come in by Append
// and are never altered; conclusions, the pages, versions, stories, changes
// and sightings, come in through transactions (Update) and can be dropped and
// made anew (Reset). Whoever follows the archive does so behind a named cursor
// into its journal.
//
// What Append and Update have answered for survives the end of the process and
// of the disk's room. Every record carries a checksum, every body its SHA-256:
// what is damaged is reported by name, and the rest stays readable.
package archive

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

const (
	catalogFile = "archive.db"
	rawFolder   = "raw"

	catalogPage = 16384 // texts and records: less is lost at the ends of pages
	rawPage     = 4096  // bodies: they fill pages anyway
)

// MaxRecord bounds one body, and one text.
const MaxRecord = 64 << 20

// Options say how to open an archive. The zero value is good.
type Options struct {
	ReadOnly   bool             // many processes may read at once, none while one writes
	Wait       time.Duration    // how long to wait for another process to let go; 0 means a quarter of a second
	Holder     string           // what others are told of this process, such as "pressmark run"
	Now        func() time.Time // nil means time.Now; several goroutines ask it
	Log        *slog.Logger     // nil means silence
	VolumeSize int64            // a raw volume is sealed at this size; 0 means 4 GiB
	VolumeAge  time.Duration    // or at this age; 0 means 31 days
}

// A Store is an open archive. Its methods may be called from many goroutines.
type Store struct {
	dir  string
	o    Options
	pack packer
	raw  *volumes

	mu      sync.RWMutex // guards db, which compaction replaces; held to begin a transaction, not while it lasts
	db      *bbolt.DB
	retired sync.WaitGroup // replaced files that are closed when their last reader has ended
	// layout is held for reading by whoever relies on files staying where they
	// are for longer than a transaction, and for writing by what rewrites them.
	layout sync.RWMutex

	fresh    fresh
	refused  atomic.Pointer[refusals]
	dicts    dictionaries
	training *training // nil when the archive is only read

	filed *cabinet // the writer's: what is filed and not in the band yet, once it was wanted

	queue   chan *job
	quit    chan struct{} // closed by Close: no new jobs
	stopped chan struct{} // closed by the writer when it has ended
	closing sync.Once
}

// Create makes a new archive in dir, which is made when it is not there, and
// opens it. ErrExists when there is one already.
func Create(dir string, o Options) (*Store, error) {
	if o.ReadOnly {
		return nil, fmt.Errorf("create archive: %w", ErrReadOnly)
	}
	if err := os.MkdirAll(filepath.Join(dir, rawFolder), 0o755); err != nil {
		return nil, fmt.Errorf("create archive: %w", full(err))
	}
	// The folder's own name must last, too; a parent that can't be opened is
	// none of ours to complain of.
	_ = syncDir(filepath.Dir(filepath.Clean(dir)))
	begun := state{created: clock(o)(), rows: map[string]int{}}
	err := createFile(filepath.Join(dir, catalogFile), catalogPage, false, func(b *bbolt.Tx) error {
		return initialise(b, &begun)
	})
	if errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("create archive: %w in %s", ErrExists, dir)
	}
	if err != nil {
		return nil, fmt.Errorf("create archive: %w", full(err))
	}
	return Open(dir, o)
}

// Open opens the archive in dir: ErrNotFound, ErrInUse, ErrDamaged, ErrNewer.
func Open(dir string, o Options) (*Store, error) {
	if o.Wait <= 0 {
		o.Wait = 250 * time.Millisecond
	}
	if o.VolumeSize <= 0 {
		o.VolumeSize = 4 << 30
	}
	if o.VolumeAge <= 0 {
		o.VolumeAge = 31 * 24 * time.Hour
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	o.Now = clock(o)
	s := &Store{dir: dir, o: o, queue: make(chan *job, maxBatch), quit: make(chan struct{}), stopped: make(chan struct{})}
	if err := s.open(); err != nil {
		return nil, fmt.Errorf("open archive: %w", err)
	}
	return s, nil
}

func clock(o Options) func() time.Time {
	if o.Now != nil {
		return o.Now
	}
	return time.Now
}

func (s *Store) open() error {
	path := filepath.Join(s.dir, catalogFile)
	db, err := openFile(path, fileOptions{
		pageSize: catalogPage, readOnly: s.o.ReadOnly, wait: s.o.Wait, reserve: reserve(path, 16<<30),
	})
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%w in %s", ErrNotFound, s.dir)
	case errors.Is(err, bolterrors.ErrTimeout):
		return inUse(s.dir, s.o.ReadOnly)
	case err != nil:
		return err
	}
	s.db = db
	s.raw = newVolumes(filepath.Join(s.dir, rawFolder), s.o)
	if err := s.begin(); err != nil {
		s.raw.close()
		s.db.Close()
		return err
	}
	if s.o.ReadOnly {
		close(s.stopped)
		return nil
	}
	if err := writeHolder(s.dir, s.o.Holder, s.o.Now()); err != nil {
		// Without it others are told less; on a full disk work must go on.
		s.o.Log.Warn("can't leave a note of who holds the archive", "error", err)
	}
	go s.write()
	s.training = s.train()
	return nil
}

// begin looks whether the archive is one that this program can work on, and
// mends what a crash left behind.
func (s *Store) begin() error {
	var schema uint64
	err := s.View(func(tx *Tx) (err error) {
		if schema, err = tx.checkFormat(); err != nil {
			return err
		}
		if err := tx.learnRefusals(); err != nil {
			return err
		}
		return s.dicts.learn(tx)
	})
	if err != nil {
		return err
	}
	if s.o.ReadOnly {
		return s.finishTakedowns()
	}
	if err := s.removeCopies(); err != nil {
		return err
	}
	if err := s.migrate(schema, migrations()); err != nil {
		return err
	}
	if err := s.raw.resume(s); err != nil {
		return err
	}
	return s.finishTakedowns()
}

// reserve is how much address space to map: room to grow in, for a file that
// must be mapped anew makes its writer wait for every reader.
func reserve(path string, least int64) int64 {
	info, err := os.Stat(path)
	if err != nil {
		return least
	}
	return max(least, 2*info.Size())
}

// Close finishes what was begun and lets go of the files.
func (s *Store) Close() error {
	var err error
	s.closing.Do(func() {
		if s.training != nil {
			s.training.end()
		}
		close(s.quit)
		<-s.stopped
		if !s.o.ReadOnly {
			err = removeHolder(s.dir)
			if errors.Is(err, fs.ErrNotExist) {
				err = nil
			}
		}
		err = errors.Join(err, s.raw.close(), s.db.Close())
		s.retired.Wait()
		s.raw.retired.Wait()
	})
	if err != nil {
		return fmt.Errorf("close archive: %w", err)
	}
	return nil
}

// View runs fn in a reading transaction: all that it sees is of one moment.
// Keep it short, and call neither Append nor Update in it.
func (s *Store) View(fn func(*Tx) error) error {
	s.mu.RLock()
	b, err := s.db.Begin(false)
	s.mu.RUnlock()
	if err != nil {
		if errors.Is(err, bolterrors.ErrDatabaseNotOpen) {
			return ErrClosed
		}
		return fmt.Errorf("read archive: %w", err)
	}
	defer b.Rollback()
	return fn(&Tx{s: s, b: b})
}

// Update runs fn once in a writing transaction. When Update returns nil all
// that fn did is durable; when it returns an error nothing of it has happened.
func (s *Store) Update(ctx context.Context, fn func(*Tx) error) error {
	j := &job{update: fn, done: make(chan error, 1)}
	if err := s.submit(ctx, j); err != nil {
		return fmt.Errorf("write archive: %w", err)
	}
	if j.panicked != nil {
		panic(j.panicked)
	}
	return j.err
}
