//go:build darwin || freebsd

package guest

import (
	"errors"
	"net"

	"golang.org/x/sys/unix"
)

// userOf is the user at the other end of a connection.
func userOf(conn *net.UnixConn) (uid int, known bool, err error) {
	raw, err := conn.SyscallConn()
	if err != nil {
		return 0, false, err
	}
	var cred *unix.Xucred
	var cerr error
	err = raw.Control(func(fd uintptr) {
		cred, cerr = unix.GetsockoptXucred(int(fd), unix.SOL_LOCAL, unix.LOCAL_PEERCRED)
	})
	if err = errors.Join(err, cerr); err != nil {
		return 0, false, err
	}
	return int(cred.Uid), true, nil
}

// crowded reports whether a server was there that had too many to let in.
func crowded(err error) bool { return errors.Is(err, unix.EAGAIN) }
