package main

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"syscall"
	"time"

	"pressmark/archive"
	"pressmark/crawler/frontier"
)

// A room waits while there is none on the disk. What a daemon writes is tried
// again until there is, so that a full disk pauses the crawls and ends nothing:
// no page is asked for whose answer could not be kept. What was acknowledged is
// safe, and reading goes on. A nil room does not wait.
type room struct {
	log  *slog.Logger
	done <-chan struct{} // the process shall end

	mu      sync.Mutex
	waiting int // for room
}

// How long to wait before something is tried again.
const (
	firstTry = time.Second
	lastTry  = 30 * time.Second
)

// insist does what writes until there is room for it. That there is none is
// said once, and once that all that waited for it has found some: what is small
// may find room long before.
func (r *room) insist(do func() error) error {
	err := do()
	if r == nil || !noRoom(err) {
		return err
	}
	r.count(1, err)
	for wait := firstTry; noRoom(err); wait = min(2*wait, lastTry) {
		select {
		case <-r.done:
			return err
		case <-time.After(wait):
		}
		err = do()
	}
	r.count(-1, err)
	return err
}

// isWaiting reports whether something waits for room.
func (r *room) isWaiting() bool {
	if r == nil {
		return false
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.waiting > 0
}

func (r *room) count(n int, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.waiting += n
	switch {
	case n > 0 && r.waiting == 1:
		r.log.Error("no room on the disk: crawling pauses, and goes on when there is; nothing that was kept is lost", "error", err)
	case r.waiting == 0:
		r.log.Warn("there is room on the disk again: crawling goes on")
	}
}

// noRoom reports whether an error is for want of room. bbolt passes some errors
// of the system on as text only.
func noRoom(err error) bool {
	if err == nil || errors.Is(err, archive.ErrFull) {
		return err != nil
	}
	for _, reason := range []syscall.Errno{syscall.ENOSPC, syscall.EDQUOT} {
		if errors.Is(err, reason) || strings.Contains(err.Error(), reason.Error()) {
			return true
		}
	}
	return false
}

// roomyArchive is an archive whose captures wait for room.
type roomyArchive struct {
	*archive.Store
	room *room
}

// Append implements crawler.Archive.
func (a roomyArchive) Append(ctx context.Context, c archive.Capture) (kept archive.Capture, err error) {
	err = a.room.insist(func() (err error) {
		kept, err = a.Store.Append(ctx, c)
		return err
	})
	return kept, err
}

// roomyFrontier is a queue that waits for room, which it needs for every step.
type roomyFrontier struct {
	frontier.Frontier
	room *room
}

// Discover implements frontier.Frontier.
func (f roomyFrontier) Discover(ctx context.Context, links []frontier.Link) (added int, err error) {
	err = f.room.insist(func() (err error) {
		added, err = f.Frontier.Discover(ctx, links)
		return err
	})
	return added, err
}

// Claim implements frontier.Frontier.
func (f roomyFrontier) Claim(ctx context.Context, c frontier.Claim) (l *frontier.Lease, err error) {
	err = f.room.insist(func() (err error) {
		l, err = f.Frontier.Claim(ctx, c)
		return err
	})
	return l, err
}

// Complete implements frontier.Frontier.
func (f roomyFrontier) Complete(ctx context.Context, l *frontier.Lease, b frontier.Batch) error {
	return f.room.insist(func() error { return f.Frontier.Complete(ctx, l, b) })
}

// Renew implements frontier.Frontier.
func (f roomyFrontier) Renew(ctx context.Context, l *frontier.Lease, ttl time.Duration) error {
	return f.room.insist(func() error { return f.Frontier.Renew(ctx, l, ttl) })
}

// Block implements frontier.Frontier.
func (f roomyFrontier) Block(ctx context.Context, group string, until time.Time, why string) error {
	return f.room.insist(func() error { return f.Frontier.Block(ctx, group, until, why) })
}

// Recheck implements frontier.Frontier.
func (f roomyFrontier) Recheck(ctx context.Context, site string, before time.Time) (n int, err error) {
	err = f.room.insist(func() (err error) {
		n, err = f.Frontier.Recheck(ctx, site, before)
		return err
	})
	return n, err
}
