package guest

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"sync"
	"time"
)

var (
	// ErrNobody: nobody listens there. The archive may be free.
	ErrNobody = errors.New("nobody listens for commands")
	// ErrRefused: somebody listens and won't run the command; the text says why.
	ErrRefused = errors.New("it is not run beside")
	// ErrLost: the process that ran the command is gone, and the command with it.
	ErrLost = errors.New("the process that holds the archive ended before the command did")
)

// A Terminal is where a command was typed.
type Terminal struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
}

// How long a client waits for a server.
const (
	answerTime    = 10 * time.Second // to say that it takes the command
	interruptTime = 5 * time.Second  // to end it after Ctrl-C
)

// Ask has a command line run by the process that listens in an archive's
// folder, and gives its exit code. Where more commands are than are taken, it
// asks again until patience is at its end.
func Ask(ctx context.Context, dir string, r Request, t Terminal, patience time.Duration) (code int, err error) {
	for until := time.Now().Add(patience); ; {
		code, err := ask(ctx, dir, r, t)
		var no *refused
		switch {
		case !errors.As(err, &no):
			return code, err
		case no.Why == whyEnding:
			return 0, fmt.Errorf("%w: %w", ErrNobody, err)
		case no.Why != whyBusy || time.Now().After(until):
			return 0, err
		}
		select {
		case <-ctx.Done():
			return 0, ctx.Err()
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// refused is the error of a refusal.
type refused struct {
	Refusal
	own string // this program's version
}

func (r *refused) Error() string {
	if r.Why == whyVersion {
		return fmt.Sprintf("the process that holds the archive is pressmark %s, which does not understand pressmark %s", r.Program, r.own)
	}
	return r.Text
}

func (r *refused) Unwrap() error { return ErrRefused }

func ask(ctx context.Context, dir string, r Request, t Terminal) (int, error) {
	conn, err := dial(dir)
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	if err := checkServer(conn); err != nil {
		return 0, fmt.Errorf("%w: %w", ErrRefused, err)
	}
	r.Protocol, r.Process = Protocol, os.Getpid()
	hello := appendFrame(nil, frameGreeting, encode(r))
	if len(hello)-frameHead > maxFrame {
		return 0, fmt.Errorf("%w: the command line is longer than %d bytes", ErrRefused, maxFrame)
	}
	in := bufio.NewReaderSize(conn, chunk)
	if err := greeted(conn, in, hello, r.Program); err != nil {
		return 0, err
	}
	c := &client{t: t, link: newLink(conn), files: map[uint32]*held{}}
	defer c.drop()
	stop := context.AfterFunc(ctx, func() {
		c.link.send(frameInterrupt)
		conn.SetReadDeadline(time.Now().Add(interruptTime))
	})
	defer stop()
	for {
		kind, body, err := readFrame(in)
		if err == nil && kind == frameEnd {
			var e ended
			err := decode(body, &e)
			return e.Code, err
		}
		if err == nil {
			err = c.heard(kind, body)
		}
		switch {
		case err == nil:
		case ctx.Err() != nil:
			return 0, ctx.Err()
		case errors.Is(err, errFrame):
			return 0, fmt.Errorf("%w: %w", ErrLost, err)
		default:
			return 0, ErrLost
		}
	}
}

// greeted sends the greeting and waits until it is taken.
func greeted(conn net.Conn, in *bufio.Reader, hello []byte, own string) error {
	conn.SetDeadline(time.Now().Add(answerTime))
	if _, err := conn.Write(hello); err != nil && !errors.Is(err, net.ErrClosed) {
		// It may have been refused before it was read: the refusal is there.
		if err := welcomed(in, own); errors.Is(err, ErrRefused) {
			return err
		}
		return fmt.Errorf("%w: %w", ErrNobody, err)
	}
	err := welcomed(in, own)
	switch {
	case errors.Is(err, ErrRefused), errors.Is(err, errFrame):
		return err
	case errors.Is(err, os.ErrDeadlineExceeded):
		return fmt.Errorf("%w: the process that holds the archive does not answer", ErrRefused)
	case err != nil:
		return fmt.Errorf("%w: %w", ErrNobody, err)
	}
	return conn.SetDeadline(time.Time{})
}

func welcomed(in *bufio.Reader, own string) error {
	kind, body, err := readFrame(in)
	switch {
	case err != nil:
		return err
	case kind == frameRefusal:
		no := &refused{own: own}
		if err := decode(body, &no.Refusal); err != nil {
			return err
		}
		return no
	case kind != frameWelcome:
		return fmt.Errorf("%w: %q for a welcome", errFrame, kind)
	}
	return nil
}

// A client does for a server what only it can.
type client struct {
	t    Terminal
	link *link

	mu    sync.Mutex
	files map[uint32]*held
	stuck bool // standard output takes no more
}

// held is a file that is open.
type held struct {
	in    io.ReadCloser
	out   Output
	stuck bool
}

// maxHeld is how many files may be open.
const maxHeld = 1000

func (c *client) heard(kind byte, body []byte) error {
	switch kind {
	case frameStdout:
		if c.stuck {
			return nil
		}
		if _, err := c.t.Stdout.Write(body); err != nil {
			c.stuck = true
			return c.link.send(frameBroken, encode(broken{0, *faultOf(err)}))
		}
	case frameStderr:
		c.t.Stderr.Write(body) // as everywhere: there is nobody to tell
	case frameContent:
		n, body, err := numbered(body)
		if err != nil {
			return err
		}
		f := c.file(n)
		if f == nil || f.out == nil {
			return fmt.Errorf("%w: content for file %d", errFrame, n)
		}
		if f.stuck {
			return nil
		}
		if _, err := f.out.Write(body); err != nil {
			f.stuck = true
			return c.link.send(frameBroken, encode(broken{n, *faultOf(err)}))
		}
	case frameCall:
		var what call
		if err := decode(body, &what); err != nil {
			return err
		}
		return c.called(what)
	default:
		return fmt.Errorf("%w: a server sends %q", errFrame, kind)
	}
	return nil
}

// called does what the server asks for. What may take long is done while more
// is printed.
func (c *client) called(what call) error {
	answers := func(a answer, err error) error {
		a.Number, a.Fault = what.Number, faultOf(err)
		return c.link.send(frameAnswer, encode(a))
	}
	f := c.file(what.File)
	switch what.Do {
	case doSync:
		return answers(answer{}, nil)
	case doStat:
		info, err := Local{}.Stat(what.Name)
		return answers(answer{Info: info}, err)
	case doRemove:
		return answers(answer{}, Local{}.Remove(what.Name))
	case doOpen:
		go func() {
			in, err := Local{}.Open(what.Name)
			if err == nil {
				err = c.hold(what.File, &held{in: in})
			}
			answers(answer{}, err)
		}()
	case doRead:
		var in io.Reader = c.t.Stdin
		if what.File != 0 {
			if f == nil || f.in == nil {
				return fmt.Errorf("%w: file %d is not open", errFrame, what.File)
			}
			in = f.in
		}
		go c.read(what, in, answers)
	case doCreate:
		out, err := Local{}.Create(what.Name, what.Making)
		if err == nil {
			if err = c.hold(what.File, &held{out: out}); err == nil {
				return answers(answer{Device: out.Device()}, nil)
			}
		}
		return answers(answer{}, err)
	case doClose, doKeep, doDrop:
		c.mu.Lock()
		delete(c.files, what.File)
		c.mu.Unlock()
		switch {
		case f == nil:
			return fmt.Errorf("%w: file %d is not open", errFrame, what.File)
		case f.in != nil:
			f.in.Close()
		case what.Do == doKeep && !f.stuck:
			return answers(answer{}, f.out.Keep())
		default:
			f.out.Drop()
		}
		if what.Do == doKeep {
			return answers(answer{}, nil) // that it is stuck is known
		}
	default:
		return fmt.Errorf("%w: a call to %q", errFrame, what.Do)
	}
	return nil
}

// read answers with what there is.
func (c *client) read(what call, in io.Reader, answers func(answer, error) error) {
	if in == nil {
		in = eof{}
	}
	b := make([]byte, chunk)
	for {
		n, err := in.Read(b)
		switch {
		case n > 0, err == io.EOF:
			c.link.send(frameData, number(what.Number), b[:n])
		case err != nil:
			answers(answer{}, err)
		default:
			continue
		}
		return
	}
}

type eof struct{}

func (eof) Read([]byte) (int, error) { return 0, io.EOF }

func (c *client) file(n uint32) *held {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.files[n]
}

func (c *client) hold(n uint32, f *held) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if n == 0 || c.files[n] != nil || len(c.files) >= maxHeld {
		f.end()
		return fmt.Errorf("file %d: %w", n, fs.ErrInvalid)
	}
	c.files[n] = f
	return nil
}

func (f *held) end() {
	if f.in != nil {
		f.in.Close()
	} else {
		f.out.Drop()
	}
}

// drop leaves nothing half made, and sends what is on its way.
func (c *client) drop() {
	c.mu.Lock()
	for _, f := range c.files {
		f.end()
	}
	c.mu.Unlock()
	c.link.close(time.Second)
}
