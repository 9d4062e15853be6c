package main

import (
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
)

// chromiums are the names under which a browser is found that can draw pages.
func chromiums() []string {
	return []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "headless-shell", "chrome-headless-shell"}
}

// machine looks at what the system allows.
func (x *examination) machine() {
	x.place()
	if files, ok := openFiles(); ok {
		if want := uint64(256 + 8*x.conf.Crawl.Workers); files < want {
			x.attention("open files", "raise the limit: ulimit -n 4096, or LimitNOFILE=4096 for systemd", "%d may be open, and %d may be needed", files, want)
		} else {
			x.fine("open files", "%s may be open", thousands(int(min(files, 1<<40))))
		}
	}
	size := int64(0)
	for _, pattern := range []string{"*.db", "raw/*.db"} {
		names, _ := filepath.Glob(filepath.Join(x.dir, pattern)) // the pattern is right
		for _, name := range names {
			if info, err := os.Stat(name); err == nil {
				size += info.Size()
			}
		}
	}
	switch room, limited := addressSpace(); {
	case strconv.IntSize < 64:
		x.attention("memory", "a 64-bit system", "this is a 32-bit program: archives of more than 1 GB can't be opened")
	case limited && room < 4*size+1<<30:
		x.attention("memory", "raise the limit: ulimit -v unlimited", "%s of addresses are allowed, and the archive of %s is mapped into memory whole", bytesOf(room), bytesOf(size))
	}
	for _, name := range chromiums() {
		if at, err := exec.LookPath(name); err == nil {
			x.fine("chromium", "%s", at)
			return
		}
	}
	x.fine("chromium", "not found: pages that are empty without scripts stay empty; the others need none")
}

// place looks at the folder that the archive stands in.
func (x *examination) place() {
	dir := x.dir
	for range 64 { // the archive may not be there yet
		if _, err := os.Stat(dir); err == nil || dir == filepath.Dir(dir) {
			break
		}
		dir = filepath.Dir(dir)
	}
	if err := mayWrite(dir); err != nil {
		x.failing("rights", "give the folder to who runs pressmark: chown, chmod u+rwx", "%s can't be written to: %v", dir, err)
	}
	switch name, why := fileSystem(dir); {
	case why != "":
		x.attention("file system", "put the archive on a disk of this machine", "%s stands on %s: %s", dir, name, why)
	case name != "":
		x.fine("file system", "%s", name)
	}
	if info, err := os.Stat(x.conf.path); x.c.asked == nil && x.conf.path != "" && err == nil && x.conf.secret() && info.Mode().Perm()&0o077 != 0 {
		x.attention("rights", "chmod 600 "+x.conf.path, "%s holds a password of the proxy, and others may read it", x.conf.path)
	}
}

// secret reports whether the configuration holds a password.
func (c *config) secret() bool {
	u, err := url.Parse(c.Crawl.Proxy)
	if err != nil || u.User == nil {
		return false
	}
	_, has := u.User.Password()
	return has
}
