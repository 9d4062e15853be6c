//go:build !linux && !darwin && !freebsd

package guest

import "net"

// userOf is not known here: the rights on the socket's file must do.
func userOf(*net.UnixConn) (uid int, known bool, err error) { return 0, false, nil }

func crowded(error) bool { return false }
