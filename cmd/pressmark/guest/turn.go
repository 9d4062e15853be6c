package guest

import (
	"context"
	"sync"
)

// A turn is a command's right to work, of which a Server has a few. It is lent
// to others while the command waits for its client.
type turn struct {
	free chan struct{} // of the server: a token for each command at work

	mu   sync.Mutex
	has  bool // the command is at work
	lent bool // but waits for its client, and others have the token
}

// take waits for a token.
func (t *turn) take(ctx context.Context, told func()) error {
	select {
	case t.free <- struct{}{}:
	default:
		if told != nil {
			told()
		}
		select {
		case t.free <- struct{}{}:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	t.mu.Lock()
	t.has = true
	t.mu.Unlock()
	return nil
}

// lend gives the token away while the client is slow.
func (t *turn) lend() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.has && !t.lent {
		t.lent = true
		<-t.free
	}
}

// back takes the token again if it was lent. It may make more commands work
// than there are turns, for the moment that the others need to end: to wait
// here could hold up what the others wait for.
func (t *turn) back() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.lent {
		t.lent = false
		select {
		case t.free <- struct{}{}:
		default:
			t.has = false // it works on without one
		}
	}
}

// end gives the token back.
func (t *turn) end() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.has && !t.lent {
		<-t.free
	}
	t.has, t.lent = false, false
}
