package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"
)

// What may end a process, or shall, is done by a process of its own: this
// program again, with what it is to do in the environment.
const orders = "PRESSMARK_FAULTS"

// An order is what a child is to do. Each role takes of it what it needs.
type order struct {
	Role     string
	Dir      string // the archive, or a folder or disk for it
	Base     string // an archive to begin with
	Aside    string // a folder for what is made beside it
	Seed     uint64
	Life     int    // of an archive, which is the how manyth
	What     string // to do
	Kind     string // of damage, of disk
	From, To int    // rounds
}

func playing() bool { return os.Getenv(orders) != "" }

// roles are what a child can be.
func roles() map[string]func(context.Context, order) error {
	return map[string]func(context.Context, order) error{
		"load": playLoad, "midst": playMidst, "brimful": playBrimful, "damage": playDamage, "daemon": playDaemon, "takeaway": playTakeAway,
	}
}

// play does what the environment says, and ends the process.
func play() {
	var o order
	err := json.Unmarshal([]byte(os.Getenv(orders)), &o)
	if err == nil {
		err = roles()[o.Role](context.Background(), o)
	}
	if err != nil {
		say("failed", err.Error())
		os.Exit(3)
	}
	os.Exit(0)
}

var saying sync.Mutex

// say tells the parent something: a word and what belongs to it, in a line that
// is whole or not there.
func say(word string, what any) {
	b, err := json.Marshal(what)
	if err != nil {
		b = []byte("null")
	}
	saying.Lock()
	defer saying.Unlock()
	fmt.Fprintf(os.Stdout, "%s %s\n", word, b)
}

// A child is a process that was started.
type child struct {
	cmd *exec.Cmd
	out *bufio.Reader
	err strings.Builder
}

func (b *bench) start(o order) (*child, error) {
	text, err := json.Marshal(o)
	if err != nil {
		return nil, err
	}
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	c := &child{cmd: exec.CommandContext(b.ctx, self)}
	c.cmd.Env = append(os.Environ(), orders+"="+string(text))
	c.cmd.Stderr = &c.err
	adapt(c.cmd, o)
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	c.out = bufio.NewReaderSize(out, 1<<20)
	return c, c.cmd.Start()
}

// hear gives what the child says, line by line, until it has ended. What a kill
// cut off is not given.
func (c *child) hear(heard func(word string, what json.RawMessage)) error {
	for {
		line, err := c.out.ReadString('\n')
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		word, what, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		heard(word, json.RawMessage(what))
	}
}

// end waits for the child. killed says that a signal ended it.
func (c *child) end() (killed bool, err error) {
	err = c.cmd.Wait()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		if !exit.Exited() {
			return true, nil
		}
		return false, fmt.Errorf("%w: %s", err, firstLines(c.err.String(), 12))
	}
	return false, err
}

func (c *child) killAfter(d time.Duration) { time.AfterFunc(d, func() { c.cmd.Process.Kill() }) }

func firstLines(s string, n int) string {
	lines := strings.SplitN(s, "\n", n+1)
	return strings.Join(lines[:min(n, len(lines))], " | ")
}

// do runs a child that is to come to its end by itself, and gives what it said of a word.
func (b *bench) do(o order, word string) ([]json.RawMessage, error) {
	c, err := b.start(o)
	if err != nil {
		return nil, err
	}
	var list []json.RawMessage
	var failed error
	err = c.hear(func(w string, what json.RawMessage) {
		if w == "failed" {
			failed = errors.New(string(what))
		}
		if w == word {
			list = append(list, what)
		}
	})
	killed, end := c.end()
	if killed {
		end = fmt.Errorf("it was ended by a signal: %s", firstLines(c.err.String(), 12))
	}
	if failed != nil {
		return list, failed
	}
	return list, errors.Join(err, end)
}
