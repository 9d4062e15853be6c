//go:build unix

package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

// limiter gives what takes the room away, on the disk that an order names.
func limiter(o order) (func(int64) error, error) {
	if o.Kind == "tmpfs" {
		if err := mount(o.Dir, diskSize); err != nil {
			return nil, fmt.Errorf("%w: %w", errNoMount, err)
		}
		return ballast(o.Dir), nil
	}
	return func(bytes int64) error {
		var l syscall.Rlimit
		if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &l); err != nil {
			return err
		}
		l.Cur = l.Max
		if bytes >= 0 {
			longest := int64(0)
			err := filepath.WalkDir(o.Dir, func(path string, e os.DirEntry, err error) error {
				if err == nil && e.Type().IsRegular() {
					var info os.FileInfo
					if info, err = e.Info(); err == nil {
						longest = max(longest, info.Size())
					}
				}
				return err
			})
			if err != nil {
				return err
			}
			// Now less than a copy takes, now a little more than there is.
			l.Cur = min(uint64(longest/2+2*bytes), l.Max)
		}
		return syscall.Setrlimit(syscall.RLIMIT_FSIZE, &l)
	}, nil
}

// diskSize is how large a disk to fill is.
const diskSize = 48 << 20

// ballast fills a disk but for some bytes, with a file that is not the archive's.
func ballast(dir string) func(int64) error {
	name := filepath.Join(dir, "ballast")
	return func(left int64) error {
		if left < 0 {
			return os.Remove(name)
		}
		var st syscall.Statfs_t
		if err := syscall.Statfs(dir, &st); err != nil {
			return err
		}
		f, err := os.Create(name)
		if err != nil {
			return err
		}
		defer f.Close()
		chunk := make([]byte, 64<<10)
		for size := int64(st.Bavail)*int64(st.Bsize) - left; size > 0; size -= int64(len(chunk)) {
			if _, err := f.Write(chunk[:min(size, int64(len(chunk)))]); errors.Is(err, syscall.ENOSPC) {
				return nil
			} else if err != nil {
				return err
			}
		}
		return nil
	}
}
