package guest

import (
	"context"
	"errors"
	"net"
	"sync"
	"time"
)

// maxWaiting is how much may wait to be sent before who sends must wait.
const maxWaiting = 256 << 10

// A link is a connection that many goroutines write frames to. What is sent
// while another frame is under way goes out with it in one write.
type link struct {
	conn net.Conn

	mu      sync.Mutex
	moved   sync.Cond // waiting became less, or the link ended
	waiting []byte
	ended   bool  // nothing more is taken
	err     error // why
	done    chan struct{}
}

// errClosed says that a link was ended by this side.
var errClosed = errors.New("the connection is closed")

func newLink(conn net.Conn) *link {
	l := &link{conn: conn, done: make(chan struct{})}
	l.moved.L = &l.mu
	go l.write()
	return l
}

// send gives a frame to the writer. It waits while the other end is slow.
func (l *link) send(kind byte, parts ...[]byte) error {
	return l.sendUntil(context.Background(), func() {}, kind, parts...)
}

// sendUntil is send that waits until ctx ends at the longest, and calls slow
// when that takes longer than a moment.
func (l *link) sendUntil(ctx context.Context, slow func(), kind byte, parts ...[]byte) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	over := func() bool { return l.ended || ctx.Err() != nil }
	if len(l.waiting) > maxWaiting && !over() {
		defer time.AfterFunc(moment, slow).Stop()
		defer context.AfterFunc(ctx, func() {
			l.mu.Lock()
			defer l.mu.Unlock()
			l.moved.Broadcast()
		})()
	}
	for len(l.waiting) > maxWaiting && !over() {
		l.moved.Wait()
	}
	switch {
	case l.ended:
		return l.err
	case over():
		return ctx.Err()
	}
	l.waiting = appendFrame(l.waiting, kind, parts...)
	l.moved.Broadcast()
	return nil
}

// moment is how long a command waits for its client before others get its turn.
const moment = 200 * time.Millisecond

func (l *link) write() {
	defer close(l.done)
	var free []byte
	for {
		l.mu.Lock()
		for len(l.waiting) == 0 && !l.ended {
			l.moved.Wait()
		}
		if len(l.waiting) == 0 || l.err != nil && !errors.Is(l.err, errClosed) {
			l.mu.Unlock()
			return
		}
		out := l.waiting
		l.waiting = free[:0]
		l.moved.Broadcast()
		l.mu.Unlock()
		if _, err := l.conn.Write(out); err != nil {
			l.fail(err)
			return
		}
		if free = out; cap(free) > 2*maxWaiting {
			free = nil
		}
	}
}

// fail ends the link at once: who waits on it hears why.
func (l *link) fail(err error) {
	l.mu.Lock()
	if l.err == nil || errors.Is(l.err, errClosed) {
		l.err = err
	}
	l.ended = true
	l.moved.Broadcast()
	l.mu.Unlock()
	l.conn.Close()
}

// close ends the link when all that was sent has gone out, or after a while.
func (l *link) close(patience time.Duration) {
	l.mu.Lock()
	if !l.ended {
		l.ended, l.err = true, errClosed
	}
	l.moved.Broadcast()
	l.mu.Unlock()
	t := time.NewTimer(patience)
	defer t.Stop()
	select {
	case <-l.done:
	case <-t.C:
	}
	l.conn.Close()
	<-l.done
}
