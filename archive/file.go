package archive

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"
	"time"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

// bbolt trusts its file: what is damaged makes it panic, a file cut short ends
// the process with SIGBUS. So a file's head is looked at before bbolt sees it,
// and whatever reads through bbolt runs under guard.

// A boltHead is what a bbolt file's meta page says of it. Its numbers are in
// the byte order of the machine that wrote it.
type boltHead struct {
	pageSize int
	root     uint64 // page of the root bucket
	freelist uint64
	pages    uint64 // the pages below this one are in use or free
	txid     uint64
}

const (
	boltMagic   = 0xED0CDAED
	boltVersion = 2
	boltMetaLen = 64
	boltPageLen = 16 // of a page's head
)

// errNoHead says that a page is no meta page of bbolt, or one that was changed.
var errNoHead = errors.New("not the head of a bbolt file")

func parseHead(page []byte) (boltHead, error) {
	if len(page) < boltPageLen+boltMetaLen {
		return boltHead{}, errNoHead
	}
	m, order := page[boltPageLen:][:boltMetaLen], binary.NativeEndian
	h := fnv.New64a()
	h.Write(m[:56])
	if order.Uint32(m) != boltMagic || order.Uint32(m[4:]) != boltVersion || order.Uint64(m[56:]) != h.Sum64() {
		return boltHead{}, errNoHead
	}
	return boltHead{
		pageSize: int(order.Uint32(m[8:])), root: order.Uint64(m[16:]), freelist: order.Uint64(m[32:]),
		pages: order.Uint64(m[40:]), txid: order.Uint64(m[48:]),
	}, nil
}

// readHead gives the newer of a file's two heads that is whole, and how many are.
func readHead(r io.ReaderAt, pageSize int) (head boltHead, whole int, err error) {
	for i := range 2 {
		page := make([]byte, boltPageLen+boltMetaLen)
		if _, err := r.ReadAt(page, int64(i*pageSize)); err != nil && err != io.EOF {
			return boltHead{}, 0, err
		}
		h, err := parseHead(page)
		if err != nil || h.pageSize != pageSize {
			continue
		}
		if whole++; h.txid >= head.txid {
			head = h
		}
	}
	if whole == 0 {
		return boltHead{}, 0, errNoHead
	}
	return head, whole, nil
}

// checkHead refuses a file that bbolt would come to grief over: ErrDamaged.
func checkHead(path string, pageSize int) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return fmt.Errorf("%w: %s is no regular file", ErrDamaged, path)
	}
	head, _, err := readHead(f, pageSize)
	if errors.Is(err, errNoHead) {
		return fmt.Errorf("%w: %s is no file of an archive, or its first pages are destroyed", ErrDamaged, path)
	}
	if err != nil {
		return fmt.Errorf("read %s: %w", path, err)
	}
	if need := int64(head.pages) * int64(pageSize); info.Size() < need {
		return fmt.Errorf("%w: %s is cut short: %d bytes of at least %d", ErrDamaged, path, info.Size(), need)
	}
	return nil
}

// A fileOptions says how to open a bbolt file.
type fileOptions struct {
	pageSize int
	readOnly bool
	wait     time.Duration
	reserve  int64  // address space to map, so that the file can grow while it is read
	copied   string // the file's name for now, before it takes that of the one whose copy it is
}

// openFile opens a bbolt file that is there. The error is fs.ErrNotExist,
// ErrDamaged, or bbolt's ErrTimeout when another process has it.
func openFile(path string, o fileOptions) (*bbolt.DB, error) {
	place := path
	if o.copied != "" {
		place = o.copied
	}
	if err := checkHead(place, o.pageSize); err != nil {
		return nil, err
	}
	var held *os.File
	options := &bbolt.Options{
		Timeout: o.wait, ReadOnly: o.readOnly, FreelistType: bbolt.FreelistMapType, PageSize: o.pageSize,
		NoStatistics: true,
		OpenFile: func(name string, flag int, perm os.FileMode) (*os.File, error) {
			if held == nil {
				name = place
			}
			f, err := os.OpenFile(name, flag&^os.O_CREATE, perm)
			if held == nil {
				held = f
			}
			return f, err
		},
	}
	if o.reserve > 0 && strconv.IntSize == 64 && !o.readOnly {
		options.InitialMmapSize = int(o.reserve)
	}
	var db *bbolt.DB
	err := guard(filepath.Base(path), func() (err error) {
		db, err = bbolt.Open(path, 0o644, options)
		return err
	})
	if errors.Is(err, ErrDamaged) && held != nil {
		unlock(held) // bbolt panicked and left it open
		held.Close()
	}
	if err != nil {
		return nil, err
	}
	if !named(held, place) {
		// While this process waited, the one that had the file put another in
		// its place: what was locked is a file without a name.
		if err := db.Close(); err != nil {
			return nil, err
		}
		return openFile(path, o)
	}
	db.AllocSize = 1 << 20
	return db, nil
}

// named reports whether a file is still the one of that name.
func named(f *os.File, path string) bool {
	a, err := f.Stat()
	if err != nil {
		return true // it was just opened; reading it will tell
	}
	b, err := os.Stat(path)
	return err == nil && os.SameFile(a, b)
}

// createFile makes a bbolt file with the given contents, whole or not at all.
// fs.ErrExist when there is one and overwrite is false.
func createFile(path string, pageSize int, overwrite bool, fillIn func(*bbolt.Tx) error) (err error) {
	dir := filepath.Dir(path)
	temp, err := os.CreateTemp(dir, filepath.Base(path)+".new-*")
	if err != nil {
		return err
	}
	name := temp.Name()
	temp.Close()
	defer os.Remove(name)
	if err := os.Chmod(name, 0o644); err != nil {
		return err
	}
	db, err := bbolt.Open(name, 0o644, &bbolt.Options{PageSize: pageSize, FreelistType: bbolt.FreelistMapType})
	if err != nil {
		return err
	}
	db.AllocSize = 64 << 10
	if err := db.Update(fillIn); err != nil {
		db.Close()
		return err
	}
	if err := db.Sync(); err != nil {
		db.Close()
		return err
	}
	if err := db.Close(); err != nil {
		return err
	}
	if overwrite {
		err = os.Rename(name, path)
	} else if err = os.Link(name, path); err != nil && !errors.Is(err, fs.ErrExist) {
		// A file system without links: a moment in which two may create.
		if _, gone := os.Lstat(path); errors.Is(gone, fs.ErrNotExist) {
			err = os.Rename(name, path)
		}
	}
	if err != nil {
		return err
	}
	return syncDir(dir)
}

// syncDir makes new names in a folder durable.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}

// errTorn says that bbolt itself came to grief, and not only what stands in a record.
var errTorn = errors.New("bbolt can't read the file")

// guard runs f, which reads or writes through bbolt, and turns a panic or a
// fault over a damaged file into ErrDamaged.
func guard(what string, f func() error) (err error) {
	old := debug.SetPanicOnFault(true)
	defer debug.SetPanicOnFault(old)
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%w: %s: %w: %v", ErrDamaged, what, errTorn, r)
		}
	}()
	return f()
}

// full gives ErrFull when err says that there was no room. bbolt passes some
// errors of the system on as text only.
func full(err error) error {
	if err == nil || errors.Is(err, ErrFull) {
		return err
	}
	for _, reason := range []syscall.Errno{syscall.ENOSPC, syscall.EFBIG, syscall.EDQUOT} {
		if errors.Is(err, reason) || strings.Contains(err.Error(), reason.Error()) {
			return fmt.Errorf("%w: %w", ErrFull, err)
		}
	}
	if errors.Is(err, bolterrors.ErrMaxSizeReached) {
		return fmt.Errorf("%w: %w", ErrFull, err)
	}
	return err
}
