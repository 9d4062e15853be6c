package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"syscall"
)

// errNoMount says that a small disk can't be had here.
var errNoMount = errors.New("no disk can be mounted here")

// adapt gives a child that is to mount something mounts of its own, which go
// with it, and the right to mount where this process has none.
func adapt(cmd *exec.Cmd, o order) {
	if o.Kind != "tmpfs" {
		return
	}
	cmd.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNS}
	if os.Geteuid() != 0 {
		cmd.SysProcAttr.Cloneflags |= syscall.CLONE_NEWUSER
		cmd.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}}
		cmd.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}}
	}
}

// mount puts a disk of the memory's on a folder.
func mount(dir string, size int64) error {
	if err := syscall.Mount("", "/", "", syscall.MS_REC|syscall.MS_PRIVATE, ""); err != nil {
		return err
	}
	return syscall.Mount("tmpfs", dir, "tmpfs", 0, fmt.Sprintf("size=%d", size))
}
