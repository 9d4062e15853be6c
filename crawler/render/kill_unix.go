//go:build unix

package render

import (
	"errors"
	"os/exec"
	"syscall"
)

// kill ends a browser and its children.
func kill(cmd *exec.Cmd) {
	syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) // it may have ended by itself
}

// running reports whether a process is there.
func running(pid int) bool {
	return !errors.Is(syscall.Kill(pid, 0), syscall.ESRCH)
}
