//go:build unix && !linux

package render

import (
	"os/exec"
	"syscall"
)

// tether makes a group of the browser and its children. A browser whose pages
// nobody asks for any more ends by itself where it can't be made to.
func tether(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
}
