package guest

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Files are the files of whoever typed the command line: names mean what they
// mean in that person's folder, with that person's rights. Local has them at
// hand, a Command at the other end of its socket.
type Files interface {
	// Stat looks at a file, behind links.
	Stat(name string) (Info, error)
	// Open opens a file to read it, once, from front to back.
	Open(name string) (io.ReadCloser, error)
	// Create begins a file that takes its name when it is whole.
	Create(name string, o Making) (Output, error)
	// Remove removes a file, as a folder of backups does with those it no longer needs.
	Remove(name string) error
}

// An Info says what a file is.
type Info struct {
	Size int64       `json:"size"`
	Mode fs.FileMode `json:"mode"`
}

// Making says how a file is made.
type Making struct {
	// Many says that it is one of many: the folder it lies in is made, and
	// nobody waits for the disk.
	Many bool `json:"many"`
	// New says that there must be none of this name: fs.ErrExist.
	New bool `json:"new"`
}

// An Output is a file that is being written.
type Output interface {
	io.Writer
	// Device says that it is no file but a device or a pipe.
	Device() bool
	// Keep ends the writing and gives the file its name.
	Keep() error
	// Drop leaves nothing of what was written.
	Drop()
}

// Local are the files of this machine, as this process may use them.
type Local struct{}

// Stat implements Files.
func (Local) Stat(name string) (Info, error) {
	info, err := os.Stat(name)
	if err != nil {
		return Info{}, err
	}
	return Info{info.Size(), info.Mode()}, nil
}

// Open implements Files.
func (Local) Open(name string) (io.ReadCloser, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	if info, err := f.Stat(); err == nil && info.IsDir() {
		f.Close()
		return nil, fmt.Errorf("%s is a folder", name)
	}
	return f, nil
}

// Create implements Files. A device or a pipe is written to and stays what it
// is; a link is followed; a file that is replaced gives the new one its mode.
func (Local) Create(name string, o Making) (Output, error) {
	if o.Many {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return nil, err
		}
	}
	if at, err := filepath.EvalSymlinks(name); err == nil {
		name = at
	}
	out := &whole{name: name, mode: 0o644, Making: o}
	info, err := os.Stat(name)
	switch {
	case err == nil && !info.Mode().IsRegular() && !info.IsDir():
		f, err := os.OpenFile(name, os.O_WRONLY, 0)
		if err != nil {
			return nil, err
		}
		return device{f}, nil
	case err == nil && o.New:
		return nil, &fs.PathError{Op: "create", Path: name, Err: fs.ErrExist}
	case err == nil:
		out.mode = info.Mode().Perm()
	}
	if !o.Many {
		clearAway(filepath.Dir(name))
	}
	if out.File, err = os.CreateTemp(filepath.Dir(name), fmt.Sprintf("%s%d-*", halfMade, os.Getpid())); err != nil {
		return nil, reason(err)
	}
	return out, nil
}

// halfMade is what the names of files begin with that have another one when they
// are whole. Behind it is the number of the process that makes them.
const halfMade = ".pressmark-"

// clearAway removes from a folder what processes left half made that were
// killed. On a folder that machines share the process may be another's: what was
// just written to is left alone.
func clearAway(dir string) {
	list, _ := os.ReadDir(dir)
	for _, f := range list {
		rest, half := strings.CutPrefix(f.Name(), halfMade)
		who, _, _ := strings.Cut(rest, "-")
		pid, err := strconv.Atoi(who)
		if !half || err != nil || !gone(pid) {
			continue
		}
		if info, err := f.Info(); err == nil && info.Mode().IsRegular() && time.Since(info.ModTime()) > stale {
			_ = os.Remove(filepath.Join(dir, f.Name())) // or it stays
		}
	}
}

// stale is for how long a file was not written to that nobody makes any more.
const stale = 10 * time.Minute

// gone reports whether a process has surely ended.
func gone(pid int) bool {
	p, err := os.FindProcess(pid)
	if err != nil {
		return true
	}
	err = p.Signal(syscall.Signal(0))
	return errors.Is(err, os.ErrProcessDone) || errors.Is(err, syscall.ESRCH)
}

// reason leaves out of an error the temporary file, which nobody asked for.
func reason(err error) error {
	var at *fs.PathError
	var to *os.LinkError
	switch {
	case errors.As(err, &at):
		return at.Err
	case errors.As(err, &to):
		return to.Err
	}
	return err
}

// Remove implements Files.
func (Local) Remove(name string) error { return os.Remove(name) }

// A whole file has its name when all of it is there.
type whole struct {
	*os.File
	Making
	name string
	mode fs.FileMode
}

// Device implements Output.
func (w *whole) Device() bool { return false }

// Keep implements Output.
func (w *whole) Keep() error {
	var err error
	if !w.Many { // or a power cut could leave the name with nothing in it
		err = w.Sync()
	}
	if err = errors.Join(err, w.Close()); err == nil {
		err = os.Chmod(w.File.Name(), w.mode)
	}
	switch {
	case err != nil:
	case w.New:
		err = os.Link(w.File.Name(), w.name)
		if _, lerr := os.Lstat(w.name); err != nil && errors.Is(lerr, fs.ErrNotExist) { // a file system without links
			err = os.Rename(w.File.Name(), w.name)
		}
		os.Remove(w.File.Name())
	default:
		err = os.Rename(w.File.Name(), w.name)
	}
	if err != nil {
		os.Remove(w.File.Name())
	}
	return reason(err)
}

// Drop implements Output.
func (w *whole) Drop() {
	w.Close()
	os.Remove(w.File.Name())
}

// A device takes what is written at once.
type device struct{ *os.File }

// Device implements Output.
func (d device) Device() bool { return true }

// Keep implements Output.
func (d device) Keep() error { return d.Close() }

// Drop implements Output.
func (d device) Drop() { d.Close() }
