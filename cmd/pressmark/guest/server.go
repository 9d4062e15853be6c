package guest

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"runtime/debug"
	"sync"
	"time"
)

// ErrEnding is why a command's context ends when the Server does.
var ErrEnding = errors.New("the process that holds the archive is ending")

// Options of a Server. Run is required.
type Options struct {
	// Run works a command and gives its exit code. ctx ends when the client
	// has gone or wants no more, or, with the cause ErrEnding, with the Server.
	Run     func(ctx context.Context, c *Command) (code int)
	Program string // the program's version
	AtOnce  int    // commands at work; 0 means 4
	Log     *slog.Logger
}

// Limits of a Server.
const (
	maxGuests = 64              // connections
	greetTime = 5 * time.Second // for a client to say what it wants
	leaveTime = 3 * time.Second // for a client to take what a command that is over has printed
	endTime   = 5 * time.Second // for commands to end when the Server does
)

// A Server runs command lines of other processes of the same user.
type Server struct {
	o     Options
	at    *listener
	turns chan struct{}

	ctx    context.Context // of the commands
	cancel context.CancelCauseFunc

	mu     sync.Mutex
	ending bool
	guests int
	left   sync.Cond // a guest has left
}

// Listen makes the socket in an archive's folder. Only who holds the archive
// may call it: what an earlier process left there is replaced.
func Listen(dir string, o Options) (*Server, error) {
	if o.AtOnce <= 0 {
		o.AtOnce = 4
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	at, err := listen(dir)
	if err != nil {
		return nil, fmt.Errorf("listen for other commands: %w", err)
	}
	s := &Server{o: o, at: at, turns: make(chan struct{}, o.AtOnce)}
	s.left.L = &s.mu
	s.ctx, s.cancel = context.WithCancelCause(context.Background())
	go s.accept()
	return s, nil
}

// Guests is how many commands are here.
func (s *Server) Guests() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.guests
}

// Close removes the socket, lets the commands come to their end until ctx
// ends, and then ends them. When it returns none is at work.
func (s *Server) Close(ctx context.Context) error {
	s.mu.Lock()
	s.ending = true
	s.mu.Unlock()
	err := s.at.close()
	gone := make(chan struct{})
	go func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		for s.guests > 0 {
			s.left.Wait()
		}
		close(gone)
	}()
	select {
	case <-gone:
	case <-ctx.Done():
	}
	s.cancel(ErrEnding)
	select {
	case <-gone:
	case <-time.After(endTime):
		s.o.Log.Warn("commands that were run beside this one do not end", "commands", s.Guests())
	}
	return err
}

func (s *Server) accept() {
	for pause := time.Millisecond; ; {
		conn, err := s.at.Accept()
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil { // too many open files, perhaps
			s.o.Log.Warn("can't listen for other commands", "error", err)
			time.Sleep(pause)
			pause = min(2*pause, time.Second)
			continue
		}
		pause = time.Millisecond
		s.mu.Lock()
		refusal := Refusal{}
		switch {
		case s.ending:
			refusal = Refusal{Why: whyEnding, Text: ErrEnding.Error()}
		case s.guests >= maxGuests:
			refusal = Refusal{Why: whyBusy, Text: fmt.Sprintf("%d other commands are at work or wait", s.guests)}
		default:
			s.guests++
		}
		s.mu.Unlock()
		if refusal.Why != "" {
			s.refuse(conn, refusal)
			continue
		}
		go func() {
			defer func() {
				s.mu.Lock()
				s.guests--
				s.left.Broadcast()
				s.mu.Unlock()
			}()
			s.serve(conn)
		}()
	}
}

// refuse says why, if that can be said at once, and hangs up.
func (s *Server) refuse(conn net.Conn, r Refusal) {
	r.Protocol, r.Program = Protocol, s.o.Program
	conn.SetDeadline(time.Now().Add(time.Second / 10))
	conn.Write(appendFrame(nil, frameRefusal, encode(r)))
	conn.Close()
}

// serve runs one client's command.
func (s *Server) serve(conn net.Conn) {
	if err := checkPeer(conn); err != nil {
		s.refuse(conn, Refusal{Why: whyUser, Text: err.Error()})
		return
	}
	in := bufio.NewReaderSize(conn, 4<<10)
	r, err := s.greet(conn, in)
	if err != nil {
		s.o.Log.Debug("a client was sent away", "error", err)
		conn.Close()
		return
	}
	if r.Protocol != Protocol {
		s.refuse(conn, Refusal{Why: whyVersion})
		return
	}
	ctx, cancel := context.WithCancel(s.ctx)
	defer cancel()
	l := newLink(conn)
	defer context.AfterFunc(s.ctx, func() { // who does not listen even now is not waited for
		time.AfterFunc(leaveTime, func() { l.fail(ErrEnding) })
	})()
	c := newCommand(r, l, ctx, &turn{free: s.turns})
	go func() {
		defer cancel()
		for {
			kind, body, err := readFrame(in)
			if err == nil && kind == frameInterrupt {
				cancel()
				continue
			}
			if err == nil {
				err = c.heard(kind, body)
			}
			if err != nil {
				l.fail(fmt.Errorf("the client has gone: %w", err))
				return
			}
		}
	}()
	code := exitPanicked
	if err := l.send(frameWelcome, encode(Welcome{Protocol, s.o.Program})); err == nil {
		code = s.run(ctx, c)
	}
	l.send(frameEnd, encode(ended{code}))
	l.close(leaveTime)
}

// greet reads what a client wants.
func (s *Server) greet(conn net.Conn, in *bufio.Reader) (r Request, err error) {
	conn.SetReadDeadline(time.Now().Add(greetTime))
	kind, body, err := readFrame(in)
	if err != nil {
		return r, err
	}
	if kind != frameGreeting {
		return r, fmt.Errorf("%w: %q for a greeting", errFrame, kind)
	}
	if err := decode(body, &r); err != nil {
		return r, err
	}
	return r, conn.SetReadDeadline(time.Time{})
}

// exitPanicked is how a command ends that did not come to an end.
const exitPanicked = 1

// run works a command; a panic in it is its own.
func (s *Server) run(ctx context.Context, c *Command) (code int) {
	defer c.turn.end()
	defer func() {
		if r := recover(); r != nil {
			s.o.Log.Error("a command of another process failed", "args", c.Args, "panic", r, "stack", string(debug.Stack()))
			fmt.Fprintf(c.Stderr, "pressmark: this is a fault in pressmark: %v\n", r)
			code = exitPanicked
		}
	}()
	return s.o.Run(ctx, c)
}
