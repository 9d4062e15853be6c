//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd)

package archive

import "os"

// unlock does nothing where bbolt's lock goes with the process.
func unlock(*os.File) {}
