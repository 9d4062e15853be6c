package guest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"
)

// A Command is a command line that a Server runs for another process. It has
// that process's files; see Files.
type Command struct {
	Request
	Stdin          io.Reader
	Stdout, Stderr *Stream

	link *link
	gone context.Context // ends when the client has gone or asks for an end
	turn *turn

	calling sync.Mutex // one call at a time
	calls   uint32
	answers chan received

	mu    sync.Mutex
	files uint32           // numbers given
	stuck map[uint32]error // what can't be written to any more; 0 is standard output
}

// received is an answer or data, as it came.
type received struct {
	answer
	data []byte
}

func newCommand(r Request, l *link, gone context.Context, t *turn) *Command {
	c := &Command{Request: r, link: l, gone: gone, turn: t, answers: make(chan received, 1), stuck: map[uint32]error{}}
	c.Stdin = &reader{c: c}
	c.Stdout = &Stream{Screen: r.Stdout, c: c, kind: frameStdout, said: r.Said[0]}
	c.Stderr = &Stream{Screen: r.Stderr, c: c, kind: frameStderr, said: r.Said[1]}
	return c
}

// heard takes a frame of the client.
func (c *Command) heard(kind byte, body []byte) error {
	var got received
	switch kind {
	case frameAnswer:
		if err := decode(body, &got.answer); err != nil {
			return err
		}
	case frameData:
		var err error
		if got.Number, got.data, err = numbered(body); err != nil {
			return err
		}
	case frameBroken:
		var b broken
		if err := decode(body, &b); err != nil {
			return err
		}
		c.mu.Lock()
		if _, known := c.stuck[b.File]; !known && b.File <= c.files {
			c.stuck[b.File] = b.Fault.err()
		}
		c.mu.Unlock()
		return nil
	default:
		return fmt.Errorf("%w: a client sends %q", errFrame, kind)
	}
	select {
	case <-c.answers: // nobody waits for that one any more
	default:
	}
	select {
	case c.answers <- got:
	default:
	}
	return nil
}

// call asks the client for something and waits for the answer. What may take
// for ever ends with the command.
func (c *Command) call(what call) (received, error) {
	c.calling.Lock()
	defer c.calling.Unlock()
	c.calls++
	what.Number = c.calls
	if err := c.send(frameCall, encode(what)); err != nil {
		return received{}, err
	}
	var end <-chan struct{}
	if what.Do == doRead || what.Do == doOpen {
		end = c.gone.Done()
	}
	away := time.AfterFunc(moment, c.turn.lend)
	defer func() {
		away.Stop()
		c.turn.back()
	}()
	for {
		select {
		case got := <-c.answers:
			if got.Number != what.Number {
				continue
			}
			return got, got.Fault.err()
		case <-end:
			return received{}, c.gone.Err()
		case <-c.link.done:
			return received{}, c.lost()
		}
	}
}

// send sends a frame. What is printed or written is not wanted any more when
// the command is to end; what is said of that is.
func (c *Command) send(kind byte, parts ...[]byte) error {
	until := context.Background()
	if kind == frameStdout || kind == frameContent {
		until = c.gone
	}
	err := c.link.sendUntil(until, c.turn.lend, kind, parts...)
	c.turn.back()
	return err
}

// lost is the error of who works for a client that has gone.
func (c *Command) lost() error {
	c.link.mu.Lock()
	defer c.link.mu.Unlock()
	if c.link.err != nil {
		return c.link.err
	}
	return errClosed
}

// broken is what the client met when it wrote to a file; 0 is standard output.
func (c *Command) broken(file uint32) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.stuck[file]
}

// Turn waits until few enough commands are at work, and gives back what ends
// the turn. When it has to wait it calls told. A command whose client is slow
// lends its turn to others meanwhile.
func (c *Command) Turn(told func()) (end func(), err error) {
	if err := c.turn.take(c.gone, told); err != nil {
		return nil, err
	}
	return c.turn.end, nil
}

// A Stream is standard output or standard error of a Command.
type Stream struct {
	Screen
	c    *Command
	kind byte

	mu   sync.Mutex
	said int64 // what is still to be left out
}

// Write sends to the client; it waits for a slow one.
func (s *Stream) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := len(p)
	if n := min(s.said, int64(len(p))); n > 0 {
		s.said -= n
		p = p[n:]
	}
	for len(p) > 0 {
		if s.kind == frameStdout {
			if err := s.c.broken(0); err != nil {
				return 0, err
			}
		}
		n := min(len(p), chunk)
		if err := s.c.send(s.kind, p[:n]); err != nil {
			return 0, err
		}
		p = p[n:]
	}
	return all, nil
}

// Flush returns when the client has written everything, with what went wrong.
func (s *Stream) Flush() error {
	if _, err := s.c.call(call{Do: doSync}); err != nil {
		return err
	}
	return s.c.broken(0)
}

// A reader reads a file of the client; 0 is standard input. It asks for what
// is wanted and no more, so that the rest stays for others.
type reader struct {
	c    *Command
	file uint32
	rest []byte
	err  error
}

func (r *reader) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	if len(r.rest) == 0 && r.err == nil {
		got, err := r.c.call(call{Do: doRead, File: r.file})
		if r.rest, r.err = got.data, err; err == nil && len(got.data) == 0 {
			r.err = io.EOF
		}
	}
	if len(r.rest) == 0 {
		return 0, r.err
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}

func (r *reader) Close() error {
	return r.c.send(frameCall, encode(call{Do: doClose, File: r.file}))
}

// number gives a file its number.
func (c *Command) number() uint32 {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.files++
	return c.files
}

// Stat implements Files.
func (c *Command) Stat(name string) (Info, error) {
	got, err := c.call(call{Do: doStat, Name: name})
	return got.Info, err
}

// Open implements Files.
func (c *Command) Open(name string) (io.ReadCloser, error) {
	n := c.number()
	if _, err := c.call(call{Do: doOpen, File: n, Name: name}); err != nil {
		return nil, err
	}
	return &reader{c: c, file: n}, nil
}

// Create implements Files.
func (c *Command) Create(name string, o Making) (Output, error) {
	n := c.number()
	got, err := c.call(call{Do: doCreate, File: n, Name: name, Making: o})
	if err != nil {
		return nil, err
	}
	return &farOutput{c: c, file: n, device: got.Device}, nil
}

// Remove implements Files.
func (c *Command) Remove(name string) error {
	_, err := c.call(call{Do: doRemove, Name: name})
	return err
}

// A farOutput is a file that the client makes.
type farOutput struct {
	c      *Command
	file   uint32
	device bool
}

func (o *farOutput) Device() bool { return o.device }

func (o *farOutput) Write(p []byte) (int, error) {
	all := len(p)
	for len(p) > 0 {
		if err := o.c.broken(o.file); err != nil {
			return 0, err
		}
		n := min(len(p), chunk)
		if err := o.c.send(frameContent, number(o.file), p[:n]); err != nil {
			return 0, err
		}
		p = p[n:]
	}
	return all, nil
}

func (o *farOutput) Keep() error {
	_, err := o.c.call(call{Do: doKeep, File: o.file})
	return errors.Join(o.c.broken(o.file), err)
}

func (o *farOutput) Drop() {
	// A client that has gone drops its files by itself.
	_ = o.c.send(frameCall, encode(call{Do: doDrop, File: o.file}))
}
