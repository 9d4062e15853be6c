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
