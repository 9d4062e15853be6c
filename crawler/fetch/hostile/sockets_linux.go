package hostile

import (
	"fmt"
	"io"
	"net"
	"syscall"
)

// fullListener is a socket whose queue is full: the kernel drops who knocks.
func fullListener() (string, io.Closer, error) {
	fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		return "", nil, err
	}
	full := &closers{descriptor(fd)}
	fail := func(err error) (string, io.Closer, error) {
		full.Close()
		return "", nil, err
	}
	if err := syscall.Bind(fd, &syscall.SockaddrInet4{Addr: [4]byte{127, 0, 0, 1}}); err != nil {
		return fail(err)
	}
	if err := syscall.Listen(fd, 0); err != nil {
		return fail(err)
	}
	name, err := syscall.Getsockname(fd)
	if err != nil {
		return fail(err)
	}
	at := fmt.Sprintf("127.0.0.1:%d", name.(*syscall.SockaddrInet4).Port)
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
