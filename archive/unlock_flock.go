//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package archive

import (
	"os"
	"syscall"
)

// unlock lets go of the lock of a file that bbolt panicked over. Closing it is
// not enough: bbolt's mapping, which is lost, keeps the file and its lock.
func unlock(f *os.File) { _ = syscall.Flock(int(f.Fd()), syscall.LOCK_UN) }
