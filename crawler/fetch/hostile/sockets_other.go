//go:build !linux

package hostile

import (
	"errors"
	"io"
	"net"
)

// bound is an address that nobody listens at, as long as nobody else is given it.
func bound() (at string, c io.Closer, err error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	return l.Addr().String(), l, l.Close()
}

// fullListener needs a kernel that drops who knocks at a full queue.
func fullListener() (string, io.Closer, error) { return "", nil, errors.ErrUnsupported }
