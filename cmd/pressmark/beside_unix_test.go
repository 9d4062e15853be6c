//go:build unix

package main

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Deaths without warning, on either side, and what others hear of them.
func TestBesideDeaths(t *testing.T) {
	t.Parallel()
	url, _ := paper(t, 60, func(n int) string {
		return strings.Repeat(fmt.Sprintf("<p>The harbour bridge number %d was closed after the storm, the council said on Monday, and will not open before spring %d.</p>", n, n*n), 150)
	})
	dir := filepath.Join(t.TempDir(), strings.Repeat("a folder that lies deep/", 8)) // too deep for a socket's path
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	write(t, dir, "crawl: {delay: 0s, private_networks: allow}\nsites: [{url: \"%[1]s\", name: Harbour, every: 9999h, feeds: [\"%[1]s/feed.xml\"]}]\n", url)
	d := startDaemon(t, dir, "pressmark", "run")
	d.until(1, "Harbour")

	// begun starts a command whose output nobody reads.
	begun := func() (*exec.Cmd, io.ReadCloser, *bytes.Buffer) {
		cmd := exec.Command("pressmark", "export", "--versions", "all")
		cmd.Dir = dir
		var talk bytes.Buffer
		cmd.Stderr = &talk
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		if _, err := io.ReadFull(out, make([]byte, 1000)); err != nil {
			t.Fatal(err)
		}
		return cmd, out, &talk
	}
	fine := func(why string) {
		t.Helper()
		if r := typed(t, dir, "", "ls --json"); r.Code != 0 || strings.Count(r.Out, "\n") != 60 {
			t.Errorf("%s: %d, %s", why, r.Code, r.Talk)
		}
	}
	dead, _, _ := begun()
	stopped, _, _ := begun()
	interrupted, rest, talk := begun()
	dead.Process.Kill()
	dead.Wait()
	stopped.Process.Signal(syscall.SIGSTOP)
	fine("a client died")
	interrupted.Process.Signal(os.Interrupt)
	time.Sleep(200 * time.Millisecond) // nobody reads: it can't finish meanwhile
	for {                              // nor, on a machine that is slow, before it hears of the signal
		if _, err := io.CopyN(io.Discard, rest, 1<<10); err != nil {
			break
		}
		time.Sleep(time.Millisecond)
	}
	interrupted.Wait()
	if code := interrupted.ProcessState.ExitCode(); code != exitInterrupted || talk.String() != "pressmark: interrupted\n" {
		t.Errorf("Ctrl-C: %d, %q", code, talk)
	}
	if out, err := exec.Command("sh", "-c", "cd '"+dir+"' && pressmark export | head -c 10").CombinedOutput(); err != nil || string(out) != `{"schema":` {
		t.Errorf("head: %q, %v", out, err)
	}
	full := func() string {
		cmd := exec.Command("sh", "-c", "pressmark stats >/dev/full")
		cmd.Dir = dir
		out, err := cmd.CombinedOutput()
		return fmt.Sprintf("%s%v", out, err)
	}
	besideFull := full()
	for i := range 3 { // in the middle of all this, somebody knocks who has lost his way
		conn, err := net.Dial("unix", relative(t, filepath.Join(dir, "archive", "daemon.sock")))
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(conn, "GET / HTTP/1.%d\r\n\r\n", i)
		defer conn.Close()
	}
	fine("garbage")

	// A second daemon, and another user of the folder's demo, are sent away.
	for _, line := range []string{"run", "run --json"} {
		if r := typed(t, dir, "", line); r.Code != exitInUse || !strings.Contains(r.Talk, fmt.Sprintf("held by \"pressmark run\" (process %d, since ", d.cmd.Process.Pid)) {
			t.Errorf("a second daemon: %+v", r)
		}
	}

	// The daemon ends: who works in it hears that. Then it is killed.
	for _, signal := range []os.Signal{os.Interrupt, os.Kill} {
		cmd, rest, talk := begun()
		code := d.stop(signal)
		io.Copy(io.Discard, rest)
		cmd.Wait()
		if code := cmd.ProcessState.ExitCode(); code != exitFailed || !strings.Contains(talk.String(), "end") || !strings.Contains(talk.String(), "the same command again") {
			t.Errorf("%v of the daemon: %d, %q", signal, code, talk)
		}
		_, err := os.Lstat(filepath.Join(dir, "archive", "daemon.sock"))
		if want := signal == os.Kill; (err == nil) != want {
			t.Errorf("%v of the daemon, which ended with %d: the socket: %v", signal, code, err)
		}
		fine("nobody holds it")
		if alone := full(); besideFull != alone || !strings.Contains(alone, "exit status 1") {
			t.Errorf("standard output is full: %q beside, %q alone", besideFull, alone)
		}
		d = startDaemon(t, dir, "pressmark", "run")
		listens(t, dir)
		fine("the next daemon")
	}
	stopped.Process.Kill()
	stopped.Wait()
	d.stop(os.Interrupt)
	pressmark(t, dir, "verify", "--deep")
}

// listens waits until a daemon answers.
func listens(t *testing.T, dir string) {
	t.Helper()
	socket := relative(t, filepath.Join(dir, "archive", "daemon.sock"))
	var err error
	for began := time.Now(); time.Since(began) < time.Minute; time.Sleep(10 * time.Millisecond) {
		var conn net.Conn
		if conn, err = net.Dial("unix", socket); err == nil {
			conn.Close()
			return
		}
	}
	t.Fatal(err)
}

// relative is a path that is short enough for a socket.
func relative(t *testing.T, name string) string {
	t.Helper()
	link := filepath.Join(t.TempDir(), "s")
	if err := os.Symlink(name, link); err != nil {
		t.Fatal(err)
	}
	return link
}

// A daemon whose output nobody takes goes on crawling, and says once why it is silent.
func TestDaemonMute(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Skip(err)
	}
	url, _ := paper(t, 2, func(n int) string {
		return strings.Repeat(fmt.Sprintf("<p>The harbour bridge number %d was closed after the storm, the council said.</p>", n), 5)
	})
	dir := t.TempDir()
	write(t, dir, "crawl: {delay: 0s, private_networks: allow}\nsites: [{url: \"%[1]s\", name: Harbour, every: 1s, feeds: [\"%[1]s/feed.xml\"]}]\n", url)
	d := startDaemon(t, dir, "sh", "-c", "exec pressmark run 2>&1 >/dev/full")
	d.until(1, "can't print what is crawled")
	for began := time.Now(); len(fires(t, dir)) < 3 && time.Since(began) < time.Minute; {
		time.Sleep(50 * time.Millisecond)
	}
	d.stop(os.Interrupt)
	if list := fires(t, dir); !strings.HasPrefix(list[0], "Harbour|every|done|") || hasPrefix(list, "Harbour|every|failed|") {
		t.Errorf("the history says %q", list)
	}
}
