package hostile

import (
	"fmt"
	"io"
	"net"
	"syscall"
)

// bound is a socket that has an address and does not listen: the kernel refuses
// who knocks, and gives the port to nobody else.
func bound() (at string, c io.Closer, err error) {
	at, fd, err := bind()
	return at, fd, err
}

func bind() (at string, fd descriptor, err error) {
	n, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		return "", 0, err
	}
	fd = descriptor(n)
	if err = syscall.Bind(n, &syscall.SockaddrInet4{Addr: [4]byte{127, 0, 0, 1}}); err == nil {
		var name syscall.Sockaddr
		if name, err = syscall.Getsockname(n); err == nil {
			return fmt.Sprintf("127.0.0.1:%d", name.(*syscall.SockaddrInet4).Port), fd, nil
		}
	}
	fd.Close()
	return "", 0, err
}

// fullListener is a socket whose queue is full: the kernel drops who knocks.
func fullListener() (string, io.Closer, error) {
	at, fd, err := bind()
	if err != nil {
		return "", nil, err
	}
	full := &closers{fd}
	fail := func(err error) (string, io.Closer, error) {
		full.Close()
		return "", nil, err
	}
	if err := syscall.Listen(int(fd), 0); err != nil {
		return fail(err)
	}
	c, err := net.Dial("tcp", at) // the one place that a backlog of none has
	if err != nil {
		return fail(err)
	}
	*full = append(*full, c)
	return at, full, nil
}

type descriptor int

func (d descriptor) Close() error { return syscall.Close(int(d)) }

type closers []io.Closer

func (list *closers) Close() error {
	for _, c := range *list {
		c.Close()
	}
	return nil
}
