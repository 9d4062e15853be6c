package render

import (
	"os"
	"os/exec"
)

func tether(*exec.Cmd) {}

// kill ends a browser; its children end when they notice.
func kill(cmd *exec.Cmd) {
	cmd.Process.Kill() // it may have ended by itself
}

// running reports whether a process is there.
func running(pid int) bool {
	p, err := os.FindProcess(pid)
	if err == nil {
		p.Release()
	}
	return err == nil
}
