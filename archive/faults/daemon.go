package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"time"

	"pressmark/archive"
)

// What came of a daemon on a disk that runs full.
type daemonFull struct {
	Before   int // captures when the disk was full
	After    int // captures when there had been room again
	CPU      int // milliseconds of processor in three seconds without room
	Paused   int // times that it said that there is no room
	Resumed  int
	Problems []string
}

// fillDaemon runs pressmark run, with the newsroom of pressmark newsroom, on a
// small disk; fills it, and makes room again.
func fillDaemon(b *bench) error {
	program := b.pressmark
	if program == "" {
		program = filepath.Join(b.dir, "pressmark")
		if runtime.GOOS == "windows" {
			program += ".exe"
		}
		if out, err := exec.CommandContext(b.ctx, "go", "build", "-o", program, "pressmark/cmd/pressmark").CombinedOutput(); err != nil {
			b.skip("pressmark run on a disk that runs full", "pressmark can't be built here: "+firstLines(string(out), 2))
			return nil
		}
	}
	dir, err := b.folder("daemon")
	if err != nil {
		return err
	}
	said, err := b.do(order{Role: "daemon", Kind: "tmpfs", Dir: dir, What: program}, "daemon")
	if err != nil && strings.Contains(err.Error(), errNoMount.Error()) {
		b.skip("pressmark run on a disk that runs full", strings.Trim(err.Error(), `"`))
		return nil
	}
	var d daemonFull
	if err == nil && len(said) == 1 {
		err = json.Unmarshal(said[0], &d)
	}
	if err != nil {
		return err
	}
	for _, p := range d.Problems {
		b.wrong("%s", p)
	}
	b.some("captures of pressmark run when the disk was full", d.Before, 1)
	b.some("captures more, when there was room again", d.After-d.Before, 1)
	b.none("crashes, damage, and what it should have said and did not", len(d.Problems))
	b.some("times that it said that it pauses", d.Paused, 1)
	b.none("times more than once", max(0, d.Paused-1))
	b.some("times that it said that it goes on", d.Resumed, 1)
	b.none("seconds of processor in three seconds without room", d.CPU/1000)
	return nil
}

// A lines keeps what a process says.
type lines struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func (l *lines) has(text string) func() bool {
	return func() bool { return strings.Contains(l.String(), text) }
}

const (
	sayPaused  = "no room on the disk"
	sayResumed = "there is room on the disk again"
)

func playDaemon(ctx context.Context, o order) error {
	limit, err := limiter(o)
	if err != nil {
		return err
	}
	var out daemonFull
	room := exec.CommandContext(ctx, o.What, "newsroom", "--json")
	pipe, err := room.StdoutPipe()
	if err != nil {
		return err
	}
	if err := room.Start(); err != nil {
		return err
	}
	defer func() {
		room.Process.Kill()
		room.Wait()
	}()
	config := "archive: ./archive\ncrawl: {delay: 50ms, private_networks: allow}\nsites:\n"
	papers := bufio.NewScanner(pipe)
	for n := 0; n < 4 && papers.Scan(); n++ {
		var p struct{ Name, URL string }
		if err := json.Unmarshal(papers.Bytes(), &p); err != nil {
			return err
		}
		config += fmt.Sprintf("  - {url: %q, name: %q, every: 5s, delay: 50ms}\n", p.URL, p.Name)
	}
	if err := os.WriteFile(filepath.Join(o.Dir, "pressmark.yaml"), []byte(config), 0o644); err != nil {
		return err
	}
	run := exec.CommandContext(ctx, o.What, "run")
	run.Dir = o.Dir
	var talk lines
	run.Stderr, run.Stdout = &talk, &talk
	if err := run.Start(); err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- run.Wait() }()
	wait := func(what string, seconds int, done func() bool) bool {
		for range seconds * 20 {
			if done() {
				return true
			}
			select {
			case err := <-ended:
				ended <- err
				out.Problems = append(out.Problems, fmt.Sprintf("%s: the daemon ended (%v): %s", what, err, firstLines(talk.String(), 8)))
				return false
			case <-time.After(50 * time.Millisecond):
			}
		}
		out.Problems = append(out.Problems, what+": it did not come: "+firstLines(talk.String(), 8))
		return false
	}
	captures := func() (n int) {
		cmd := exec.CommandContext(ctx, o.What, "stats", "--json")
		cmd.Dir = o.Dir
		text, err := cmd.Output()
		var x struct{ Captures int }
		if err == nil {
			err = json.Unmarshal(text, &x)
		}
		if err != nil {
			return -1
		}
		return x.Captures
	}
	if wait("the first captures", 60, func() bool { return captures() > 2 }) {
		if err := limit(24 << 10); err != nil {
			return err
		}
		if wait("pausing", 120, talk.has(sayPaused)) {
			out.Before = captures() // reading goes on
			if out.Before < 1 {
				out.Problems = append(out.Problems, "stats is not answered while there is no room")
			}
			used := processor(run.Process.Pid)
			time.Sleep(3 * time.Second)
			out.CPU = int((processor(run.Process.Pid) - used).Milliseconds())
			if err := limit(-1); err != nil {
				return err
			}
			if wait("going on", 90, talk.has(sayResumed)) {
				wait("further captures", 90, func() bool { out.After = captures(); return out.After > out.Before })
			}
		}
	}
	run.Process.Signal(os.Interrupt)
	select {
	case err := <-ended:
		var exit *exec.ExitError
		if errors.As(err, &exit) && (exit.ExitCode() != 130 && exit.ExitCode() != 0) {
			out.Problems = append(out.Problems, fmt.Sprintf("it ended with %v: %s", err, firstLines(talk.String(), 10)))
		}
	case <-time.After(60 * time.Second):
		run.Process.Kill()
		out.Problems = append(out.Problems, "Ctrl-C does not end it")
		<-ended
	}
	for line := range strings.Lines(talk.String()) {
		switch {
		case strings.Contains(line, sayPaused):
			out.Paused++
		case strings.Contains(line, sayResumed):
			out.Resumed++
		case strings.Contains(line, "panic"), strings.Contains(line, "level=ERROR"):
			out.Problems = append(out.Problems, strings.TrimSpace(line))
		}
	}
	s, err := archive.Open(filepath.Join(o.Dir, "archive"), archive.Options{})
	if err != nil {
		return err
	}
	defer s.Close()
	problems, err := sound(ctx, s)
	out.Problems = append(out.Problems, problems...)
	say("daemon", out)
	return err
}
