package archive

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"time"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

// Repair makes archive.db anew beside the old one: records are copied as they
// are, wherever they can still be found, and what follows from them is made
// again: indexes, counts, the numbers given out. What the raw volumes repeat,
// records of captures and dictionaries, is taken from there when it is lost.
// The new file takes the old one's name when it is whole; the old one is kept
// as a snapshot. No record is altered: what only a record says, and can't be
// read any more, is named.

// RepairOptions say how to repair. The zero value changes nothing: it only
// tells what would be done.
type RepairOptions struct {
	Apply       bool // put the repaired file in place
	FromVolumes bool // archive.db is lost: make one of the raw volumes alone
	Wait        time.Duration
	Log         *slog.Logger
	Now         func() time.Time
	Progress    func(what string, done int) // may be nil
}

// A RepairReport says what Repair found.
type RepairReport struct {
	Mended   []Mending
	Lost     []Damage // what can't be mended
	Records  int      // copied as they are
	Captures int      // that the archive has now
	Missing  int      // with FromVolumes, numbers that nothing is known of: revisits, and what was concluded
	Applied  bool
	Snapshot string // where the old archive.db is
}

// A Mending is a kind of thing that was, or would be, made right.
type Mending struct {
	What    string // an index, "state", "capture records", "pages of archive.db"
	Added   int    // were missing
	Changed int    // were wrong
	Dropped int    // led nowhere
	Note    string
}

// repairer works on one archive.
type repairer struct {
	ctx    context.Context
	o      RepairOptions
	dir    string
	s      *Store // over the new archive.db
	report *RepairReport

	old      *bbolt.DB // open to hold its lock; nil with FromVolumes
	head     boltHead
	file     *os.File
	oldState *state // nil when it can't be read
	torn     bool   // the old file's pages are damaged
	spoiled  map[string]int
	unsure   bool // what is to be deleted from volumes yet can't be read: nothing is taken from there
	next     state
}

// Repair repairs archive.db of the archive in dir, which nobody may write to
// meanwhile. ErrNotFound, ErrInUse, ErrNewer; ErrDamaged when not even the
// pages of the file can be walked.
func Repair(ctx context.Context, dir string, o RepairOptions) (RepairReport, error) {
	var report RepairReport
	if o.Wait <= 0 {
		o.Wait = 250 * time.Millisecond
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	r := &repairer{ctx: ctx, o: o, dir: dir, report: &report, spoiled: map[string]int{}}
	if err := r.run(); err != nil {
		return report, fmt.Errorf("repair: %w", full(err))
	}
	return report, nil
}

func (r *repairer) run() error {
	release, err := r.open()
	if err != nil {
		return err
	}
	defer release()
	removeLeft(r.dir, ".repair-")
	temp, err := os.MkdirTemp(r.dir, fmt.Sprintf(".repair-%d-*", os.Getpid()))
	if err != nil {
		return err
	}
	defer os.RemoveAll(temp)
	closeNew, err := r.begin(temp)
	if err != nil {
		return err
	}
	err = r.rebuild()
	if err == nil {
		err = r.s.db.Sync()
	}
	if cerr := closeNew(); err == nil {
		err = cerr
	}
	if err != nil {
		return err
	}
	if len(r.report.Mended) == 0 || !r.o.Apply {
		return nil
	}
	return r.swap(filepath.Join(temp, catalogFile))
}

// open takes the lock of the old file, which keeps writers away.
func (r *repairer) open() (release func(), err error) {
	path := filepath.Join(r.dir, catalogFile)
	if r.o.FromVolumes {
		return r.replace(path)
	}
	r.old, err = openFile(path, fileOptions{pageSize: catalogPage, readOnly: true, wait: r.o.Wait})
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("%w in %s", ErrNotFound, r.dir)
	case errors.Is(err, bolterrors.ErrTimeout):
		return nil, inUse(r.dir, true)
	case err != nil:
		return nil, err
	}
	if r.file, err = os.Open(path); err == nil {
		if r.head, _, err = readHead(r.file, catalogPage); err == nil {
			return func() { r.file.Close(); r.old.Close() }, nil
		}
		r.file.Close()
	}
	r.old.Close()
	return nil, err
}

// replace refuses to make a catalog of volumes where one can be read.
func (r *repairer) replace(path string) (release func(), err error) {
	s, err := Open(r.dir, Options{ReadOnly: true, Wait: r.o.Wait})
	if err == nil {
		s.Close()
		return nil, fmt.Errorf("%w in %s, and its %s can be read: the raw volumes alone know less", ErrExists, r.dir, catalogFile)
	}
	if !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrNotFound) {
		return nil, err
	}
	if ids, err := volumesIn(filepath.Join(r.dir, rawFolder)); err != nil || len(ids) == 0 {
		return nil, fmt.Errorf("%w in %s: there are no raw volumes", ErrNotFound, r.dir)
	}
	// Whoever has the damaged file open must be done with it.
	f, err := os.Open(path)
	if err != nil {
		return func() {}, nil
	}
	return func() { f.Close() }, nil
}

var volumeFile = regexp.MustCompile(`^([0-9]{6,19})\.db$`)

// volumesIn lists the raw volumes of a folder.
func volumesIn(dir string) (ids []uint64, err error) {
	files, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		if m := volumeFile.FindStringSubmatch(f.Name()); m != nil {
			if id, err := strconv.ParseUint(m[1], 10, 64); err == nil && id > 0 {
				ids = append(ids, id)
			}
		}
	}
	slices.Sort(ids)
	return ids, nil
}

// begin makes the new file, with empty buckets, and a Store over it.
func (r *repairer) begin(temp string) (closeNew func() error, err error) {
	path := filepath.Join(temp, catalogFile)
	db, err := bbolt.Open(path, 0o644, &bbolt.Options{PageSize: catalogPage, FreelistType: bbolt.FreelistMapType, NoSync: true, NoStatistics: true})
	if err != nil {
		return nil, err
	}
	o := Options{Log: r.o.Log, Now: r.o.Now, Wait: r.o.Wait}
	r.s = &Store{dir: temp, o: o, db: db, raw: newVolumes(filepath.Join(r.dir, rawFolder), o), stopped: make(chan struct{}), quit: make(chan struct{})}
	closeNew = func() error { return errors.Join(r.s.raw.close(), db.Close()) }
	begun := state{rows: map[string]int{}, created: r.o.Now()}
	if err := db.Update(func(b *bbolt.Tx) error { return initialise(b, &begun) }); err != nil {
		return nil, errors.Join(err, closeNew())
	}
	return closeNew, nil
}

func (r *repairer) rebuild() error {
	if r.old != nil {
		if err := r.copyRecords(); err != nil {
			return err
		}
	}
	for _, learn := range []func(*Tx) error{r.s.dicts.learn, (*Tx).learnRefusals} { // what was taken down does not come back
		if err := r.s.View(learn); err != nil {
			return err
		}
	}
	if err := r.fromVolumes(); err != nil {
		return err
	}
	if err := r.s.View(r.s.dicts.learn); err != nil {
		return err
	}
	if err := r.index(); err != nil {
		return err
	}
	if r.old != nil {
		if err := r.compare(); err != nil {
			return err
		}
	}
	return r.remaining()
}

// remaining names what is still damaged in the new file.
func (r *repairer) remaining() error {
	r.tell("look it over", 0)
	found, err := r.s.Verify(r.ctx, VerifyOptions{})
	if err != nil {
		return err
	}
	r.report.Lost = append(r.report.Lost, found.Damage...)
	return nil
}

func (r *repairer) tell(what string, done int) {
	if r.o.Progress != nil {
		r.o.Progress(what, done)
	}
}

func (r *repairer) mended(m Mending) {
	if m.Added+m.Changed+m.Dropped > 0 || m.Note != "" {
		r.report.Mended = append(r.report.Mended, m)
	}
}

// swap puts the new file in the old one's place, which is kept.
func (r *repairer) swap(from string) error {
	path := filepath.Join(r.dir, catalogFile)
	if _, err := os.Lstat(path); err == nil {
		kept := filepath.Join(r.dir, snapshotFolder, "repair-"+r.o.Now().UTC().Format("20060102-150405")+".db")
		if err := keepFile(path, kept); err != nil {
			return err
		}
		r.report.Snapshot = kept
	}
	if err := os.Rename(from, path); err != nil {
		return err
	}
	r.report.Applied = true
	return syncDir(r.dir)
}
