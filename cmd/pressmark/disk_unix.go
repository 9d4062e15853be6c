//go:build unix && !solaris && !aix

package main

import "golang.org/x/sys/unix"

// diskRoom is how much room there is for us on the disk of a folder, and how
// much it has in all.
func diskRoom(dir string) (free, all int64, err error) {
	var st unix.Statfs_t
	if err := unix.Statfs(dir, &st); err != nil {
		return 0, 0, err
	}
	return int64(st.Bavail) * int64(st.Bsize), int64(st.Blocks) * int64(st.Bsize), nil
}

// mayWrite is the error of a folder that can't be written to.
func mayWrite(dir string) error { return unix.Access(dir, unix.W_OK|unix.X_OK) }

// openFiles is how many files may be open at once.
func openFiles() (n uint64, ok bool) {
	var l unix.Rlimit
	err := unix.Getrlimit(unix.RLIMIT_NOFILE, &l)
	return uint64(l.Cur), err == nil
}

// addressSpace is how much memory may be mapped, if that is limited.
func addressSpace() (n int64, limited bool) {
	var l unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_AS, &l); err != nil || uint64(l.Cur) > 1<<46 {
		return 0, false
	}
	return int64(l.Cur), true
}
