package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"pressmark/crawler"
)

// A backoff says how often something is tried within one sending, and how long
// it waits in between.
type backoff struct {
	tries int
	pause time.Duration // after the first try; doubled each time
	most  time.Duration
	sleep func(context.Context, time.Duration) error
}

// deliveryBackoff tries for about half a minute.
func deliveryBackoff() backoff {
	return backoff{tries: 5, pause: 2 * time.Second, most: time.Minute, sleep: crawler.Sleep}
}

// permanent is an error that another try at once would not mend.
type permanent struct{ error }

func (p *permanent) Unwrap() error { return p.error }

// later is an error of who says when to try again.
type later struct {
	error
	after time.Duration
}

func (l *later) Unwrap() error { return l.error }

// try does something until it is done, or no try is left.
func (b backoff) try(ctx context.Context, do func(context.Context) error) error {
	pause := b.pause
	for n := 1; ; n++ {
		err := do(ctx)
		var end *permanent
		if err == nil || errors.As(err, &end) || ctx.Err() != nil {
			return err
		}
		if n >= b.tries {
			return fmt.Errorf("after %d tries: %w", n, err)
		}
		wait := pause
		var l *later
		if errors.As(err, &l) && l.after > wait {
			if l.after > b.most {
				return err // it is tried again with the next sending
			}
			wait = l.after
		}
		if b.sleep(ctx, wait) != nil {
			return err
		}
		pause = min(2*pause, b.most)
	}
}
