package render

import (
	"os/exec"
	"syscall"
)

// tether has the browser die with us, and makes a group of it and its children.
func tether(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}
