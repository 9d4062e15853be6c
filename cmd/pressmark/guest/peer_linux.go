package guest

import (
	"errors"
	"net"
	"syscall"
)

// userOf is the user at the other end of a connection.
func userOf(conn *net.UnixConn) (uid int, known bool, err error) {
	raw, err := conn.SyscallConn()
	if err != nil {
		return 0, false, err
	}
	var cred *syscall.Ucred
	var cerr error
	err = raw.Control(func(fd uintptr) {
		cred, cerr = syscall.GetsockoptUcred(int(fd), syscall.SOL_SOCKET, syscall.SO_PEERCRED)
	})
	if err = errors.Join(err, cerr); err != nil {
		return 0, false, err
	}
	return int(cred.Uid), true, nil
}

// crowded reports whether a server was there that had too many to let in.
func crowded(err error) bool { return errors.Is(err, syscall.EAGAIN) }
