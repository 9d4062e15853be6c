package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"pressmark/archive"
	"pressmark/cmd/pressmark/guest"
)

// One process at a time writes to an archive, and none reads meanwhile. So who
// holds it runs the commands of others, in a cli of their own: what a command
// does there is what it does alone. See output.go for what commands must keep
// to, and package guest for how words and files go to and fro.

// A host is what this process holds, for the commands of others.
type host struct {
	engine *engine
	holder string // as others are told of it
	dir    string // of the archive, from the root on
	gate   gate
}

// besidePatience is how long a command waits to be let in beside others.
const besidePatience = 10 * time.Second

// answered ends a command that another process has run for this one: all has
// been said and done, and the command ended with the code.
type answered struct{ code int }

func (a answered) Error() string { return fmt.Sprintf("run beside, with exit code %d", a.code) }

// beside has the command line run by the process that holds an archive. Its
// error is guest.ErrNobody when there is none, and answered when it was run.
func (c *cli) beside(dir string) error {
	code, err := guest.Ask(c.ctx, dir, guest.Request{
		Program: release, Args: c.args, Archive: dir,
		Stdout: screenOf(c.out), Stderr: screenOf(c.err), Zone: guest.Zone(time.Local),
		Said: [2]int64{c.said[0].n.Load(), c.said[1].n.Load()},
	}, guest.Terminal{Stdin: c.in, Stdout: c.out.raw, Stderr: c.err.raw}, besidePatience)
	switch {
	case err == nil:
		return answered{code}
	case errors.Is(err, guest.ErrRefused):
		return hint(fmt.Errorf("%w: %s is held by %s: %w", archive.ErrInUse, dir, holderOf(dir), err), "wait until it ends, or stop it")
	case errors.Is(err, guest.ErrLost):
		return hint(err, "the archive is as it was left; the same command again works without that process")
	}
	return err
}

func holderOf(dir string) string {
	if who := archive.Holder(dir); who != "" {
		return who
	}
	return "another process"
}

// screenOf says what an output can show, for the other end.
func screenOf(t *terminal) guest.Screen {
	s := guest.Screen{Terminal: t.tty, Plain: plain()}
	if t.tty {
		s.Columns = t.columns()
	}
	return s
}

// plain says that colours are not wanted, or not known, here.
func plain() bool { return os.Getenv("NO_COLOR") != "" || os.Getenv("TERM") == "dumb" }

// counted counts what is written, so that a command that begins anew at another
// place says nothing twice.
type counted struct {
	io.Writer
	n atomic.Int64
}

func (w *counted) Write(p []byte) (int, error) {
	n, err := w.Writer.Write(p)
	w.n.Add(int64(n))
	return n, err
}

// serve lets other commands in beside this one. Where that can't be done they
// have to wait for its end, as they are told.
func (c *cli) serve(dir string, h *host) *guest.Server {
	if at, err := filepath.Abs(dir); err == nil {
		h.dir = at
	}
	s, err := guest.Listen(dir, guest.Options{Run: h.run, Program: release, Log: c.log})
	if err != nil {
		c.log.Warn("no other command can use the archive meanwhile", "error", err)
		return nil
	}
	return s
}

// dismiss ends the serving: commands come to their end first, but for an
// interruption.
func (c *cli) dismiss(s *guest.Server, name string) error {
	if s == nil {
		return nil
	}
	if n := s.Guests(); n > 0 && c.ctx.Err() == nil {
		c.say("%s is done; %s beside it, and it waits for that", name, commandsAtWork(n))
	}
	if err := s.Close(c.ctx); err != nil {
		return fmt.Errorf("remove the socket: %w", err)
	}
	return nil
}

func commandsAtWork(n int) string {
	if n == 1 {
		return "1 command is at work"
	}
	return count(n, "command") + " are at work"
}

// run works a command line of another process.
func (h *host) run(ctx context.Context, asked *guest.Command) int {
	c := &cli{in: asked.Stdin, here: guest.TimeZone(asked.Zone), host: h, asked: asked}
	return c.execute(ctx, asked.Args, asked.Stdout, asked.Stderr)
}

// hosted calls do with the archive that this process holds anyway, for another
// process's command.
func (c *cli) hosted(dir string, use use, holder string, do func(*archive.Store) error) error {
	if dir != c.asked.Archive { // the configuration was altered in that moment
		return c.held(dir)
	}
	var leave func()
	var err error
	if use == forDropping {
		leave, err = c.host.gate.drop(c.ctx, "pressmark "+holder, func(what string) { c.say("pressmark: waiting: %s", what) })
	} else {
		leave, err = c.host.gate.read(c.ctx, func(dropper string) { c.say("pressmark: waiting: %s is at work", dropper) })
	}
	if err != nil {
		return err
	}
	defer leave()
	end, err := c.asked.Turn(func() { c.say("pressmark: waiting: other commands are at work beside %s", c.host.holder) })
	if err != nil {
		return err
	}
	defer end()
	e := c.host.engine
	if use == forReading {
		return do(e.store)
	}
	return e.ingest.Rest(func() error { return do(e.store) })
}

// held is the error of a command that can't be run beside the one that holds
// the archive.
func (c *cli) held(dir string) error {
	return hint(fmt.Errorf("%w: %s is held by %q (process %d), and this command can't work beside it", archive.ErrInUse, dir, c.host.holder, os.Getpid()),
		"wait until it ends, or stop it")
}
