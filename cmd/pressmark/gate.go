package main

import (
	"context"
	"fmt"
	"sync"
	"time"

	"pressmark/archive"
)

// A gate keeps apart, of the commands that one process runs for others, those
// that read the archive in many steps and those that drop something of it. Who
// wants to drop waits until the readers are done; those who come then wait for
// him. Its zero value is open.
type gate struct {
	mu      sync.Mutex
	readers int
	dropper string        // who drops, or waits for it; "" is nobody
	moved   chan struct{} // closed when one of them changes
}

// gatePatience is how long who wants to drop waits for readers, who would wait
// for him meanwhile: one of them may be a person who reads page by page.
const gatePatience = 30 * time.Second

// read lets a reader in; when he has to wait, told is called.
func (g *gate) read(ctx context.Context, told func(dropper string)) (leave func(), err error) {
	if err := g.await(ctx, nil, func() bool {
		if g.dropper == "" {
			g.readers++
			return true
		}
		if told != nil {
			told(g.dropper)
			told = nil
		}
		return false
	}); err != nil {
		return nil, err
	}
	return g.leaving(func() { g.readers-- }), nil
}

// drop lets one in when nobody else is.
func (g *gate) drop(ctx context.Context, who string, told func(what string)) (leave func(), err error) {
	if err := g.await(ctx, nil, func() bool {
		if g.dropper == "" {
			g.dropper = who
			return true
		}
		if told != nil {
			told(g.dropper + " is at work")
			told = nil
		}
		return false
	}); err != nil {
		return nil, err
	}
	leave = g.leaving(func() { g.dropper = "" })
	late := time.NewTimer(gatePatience)
	defer late.Stop()
	err = g.await(ctx, late.C, func() bool {
		if g.readers > 0 && told != nil {
			told(count(g.readers, "command") + " read the archive")
			told = nil
		}
		return g.readers == 0
	})
	if err != nil {
		leave()
		return nil, err
	}
	return leave, nil
}

// await calls enter, with mu held, until it says that the way is free.
func (g *gate) await(ctx context.Context, late <-chan time.Time, enter func() bool) error {
	for {
		g.mu.Lock()
		if enter() {
			g.mu.Unlock()
			return nil
		}
		if g.moved == nil {
			g.moved = make(chan struct{})
		}
		moved := g.moved
		g.mu.Unlock()
		select {
		case <-moved:
		case <-ctx.Done():
			return ctx.Err()
		case <-late:
			return hint(fmt.Errorf("%w: other commands read it all the time", archive.ErrInUse), "end them, or try again")
		}
	}
}

// leaving makes a way out that is gone once.
func (g *gate) leaving(out func()) func() {
	return sync.OnceFunc(func() {
		g.mu.Lock()
		defer g.mu.Unlock()
		out()
		if g.moved != nil {
			close(g.moved)
			g.moved = nil
		}
	})
}
