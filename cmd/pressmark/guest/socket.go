package guest

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// socketName is the socket's name in an archive's folder. Who may connect is
// the file's owner; whoever comes is looked at, too (peer_*.go).
//
// A system takes no more than some hundred bytes for a socket's path. A folder
// that lies deeper is reached by way of its open descriptor, where the system
// has a name for that (Linux). Elsewhere the socket stands in the folder for
// temporary files, and socketName is a link to it.
const socketName = "daemon.sock"

// maxPath is the longest path of a socket that every system takes.
const maxPath = 100

// A listener is a socket that has its name.
type listener struct {
	*net.UnixListener
	name string // to be removed
	temp string // a folder to be removed; may be empty
}

// listen makes the socket of a folder. It gets its name when it is ready, in
// place of what a process that was killed left there.
func listen(dir string) (*listener, error) {
	name := filepath.Join(dir, socketName)
	if old, err := os.Readlink(name); err == nil && strings.HasPrefix(filepath.Base(filepath.Dir(old)), tempPrefix) {
		os.Remove(old)
		os.Remove(filepath.Dir(old))
	}
	l := &listener{name: name}
	if err := l.here(dir); err == nil {
		return l, nil
	}
	if err := l.elsewhere(dir); err != nil { // too deep, or the file system has no sockets
		return nil, err
	}
	return l, nil
}

// here makes the socket in the folder.
func (l *listener) here(dir string) error {
	fresh := filepath.Join(dir, freshName)
	if err := os.Remove(fresh); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	at, done, err := reach(dir, freshName)
	if err != nil {
		return err
	}
	l.UnixListener, err = bind(at)
	done()
	if err != nil {
		return err
	}
	if err := os.Rename(fresh, l.name); err != nil {
		os.Remove(fresh)
		l.UnixListener.Close()
		return err
	}
	return nil
}

// elsewhere makes the socket in the folder for temporary files, and a link to it.
func (l *listener) elsewhere(dir string) (err error) {
	if l.temp, err = os.MkdirTemp("", tempPrefix); err != nil {
		return err
	}
	at := filepath.Join(l.temp, socketName)
	if l.UnixListener, err = bind(at); err == nil {
		os.Remove(l.name) // what a dead process left
		if err = os.Symlink(at, l.name); err != nil {
			l.UnixListener.Close()
		}
	}
	if err != nil {
		l.removeTemp()
	}
	return err
}

// freshName is the socket's until it is ready.
const freshName = socketName + ".new"

// tempPrefix begins the names of folders for temporary files.
const tempPrefix = "pressmark-socket-"

func bind(at string) (*net.UnixListener, error) {
	l, err := net.ListenUnix("unix", &net.UnixAddr{Name: at, Net: "unix"})
	if err != nil {
		return nil, err
	}
	l.SetUnlinkOnClose(false) // it gets another name
	if err := os.Chmod(at, 0o600); err != nil {
		l.Close()
		os.Remove(at)
		return nil, err
	}
	return l, nil
}

// close removes the socket. Those who have connected stay.
func (l *listener) close() error {
	err := os.Remove(l.name)
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	err = errors.Join(err, l.UnixListener.Close())
	l.removeTemp()
	return err
}

func (l *listener) removeTemp() {
	if l.temp != "" {
		os.Remove(filepath.Join(l.temp, socketName))
		os.Remove(l.temp)
	}
}

// errDeep says that a folder's path is too long for a socket.
var errDeep = errors.New("the folder's path is too long for a socket")

// reach gives a path to a file of a folder that is short enough for a socket,
// good until done is called.
func reach(dir, name string) (path string, done func(), err error) {
	if path := filepath.Join(dir, name); len(path) <= maxPath {
		return path, func() {}, nil
	}
	if runtime.GOOS != "linux" {
		return "", nil, errDeep
	}
	d, err := os.Open(dir)
	if err != nil {
		return "", nil, err
	}
	path = fmt.Sprintf("/proc/self/fd/%d/%s", d.Fd(), name)
	if _, err := os.Stat(filepath.Dir(path)); err != nil {
		d.Close()
		return "", nil, errDeep
	}
	return path, func() { d.Close() }, nil
}

// dial connects to the socket of a folder: ErrNobody when nobody is there.
func dial(dir string) (*net.UnixConn, error) {
	name := filepath.Join(dir, socketName)
	at, done := name, func() {}
	info, err := os.Lstat(name)
	if err == nil && info.Mode()&fs.ModeSymlink != 0 {
		at, err = os.Readlink(name)
	} else if err == nil {
		at, done, err = reach(dir, socketName)
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNobody, err)
	}
	defer done()
	const tries = 20 // while more knock than are let in
	for n := 0; ; n++ {
		conn, err := net.DialUnix("unix", nil, &net.UnixAddr{Name: at, Net: "unix"})
		switch {
		case err == nil:
			return conn, nil
		case errors.Is(err, fs.ErrPermission):
			return nil, fmt.Errorf("%w: it serves the commands of its own user only", ErrRefused)
		case !crowded(err) || n == tries:
			return nil, fmt.Errorf("%w: %w", ErrNobody, err)
		}
		time.Sleep(50 * time.Millisecond)
	}
}
