package archive

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Who may write is decided by the lock that bbolt takes on archive.db (flock),
// which the system lets go when a process dies. The file archive.lock only
// tells others who has it: process number, since when, what it is doing. A
// stale one misleads nobody: the process in it is dead.

const holderFile = "archive.lock"

func writeHolder(dir, holder string, now time.Time) error {
	if holder == "" {
		holder = filepath.Base(os.Args[0])
	}
	line := fmt.Sprintf("%d %s %s\n", os.Getpid(), now.UTC().Format(time.RFC3339), holder)
	return os.WriteFile(filepath.Join(dir, holderFile), []byte(line), 0o644)
}

func removeHolder(dir string) error { return os.Remove(filepath.Join(dir, holderFile)) }

// inUse is the error for an archive that another process has.
func inUse(dir string, readOnly bool) error {
	if who := Holder(dir); who != "" {
		return fmt.Errorf("%w: %s is held by %s", ErrInUse, dir, who)
	}
	if readOnly {
		return fmt.Errorf("%w: another process is writing to %s", ErrInUse, dir)
	}
	return fmt.Errorf("%w: another process is reading %s", ErrInUse, dir)
}

// Holder describes the process that said that it writes to the archive in dir,
// and is alive; "" when there is none.
func Holder(dir string) string {
	b, err := os.ReadFile(filepath.Join(dir, holderFile))
	if err != nil {
		return ""
	}
	words := strings.SplitN(strings.TrimSpace(string(b)), " ", 3)
	if len(words) != 3 {
		return ""
	}
	pid, err := strconv.Atoi(words[0])
	if err != nil || !alive(pid) {
		return ""
	}
	return fmt.Sprintf("%q (process %d, since %s)", words[2], pid, words[1])
}

func alive(pid int) bool {
	p, err := os.FindProcess(pid)
	if err != nil {
		return false
	}
	err = p.Signal(syscall.Signal(0))
	return err == nil || os.IsPermission(err)
}
