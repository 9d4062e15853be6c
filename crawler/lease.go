package crawler

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"pressmark/crawler/frontier"
)

const (
	claimed  = 16               // items of one lease
	leaseTTL = 10 * time.Minute // longer than the slowest request and the pause before it
	atOnce   = 500              // links stored in one transaction with the outcome that brought them
)

// serve asks for a lease's items, one after the other, and hands back what
// came of them. It ends early, and what is left stays due, when the group has
// to rest before the next request: others may be asked meanwhile.
func (r *round) serve(ctx context.Context, lease *frontier.Lease) error {
	t := &turn{Crawler: r.Crawler, lease: lease}
	ctx = withTurn(ctx, t)
	var batch frontier.Batch
	var failed error
	for i, item := range lease.Items {
		s := r.sites[item.Site]
		if i > 0 && r.isSpent(s) {
			continue
		}
		v := &visit{round: r, site: s, turn: t, item: item, outcome: frontier.Outcome{Page: item.Page}}
		if err := v.do(ctx); err != nil {
			if ctx.Err() == nil { // when interrupted, the item just stays due
				failed = err
			}
			break
		}
		batch.Outcomes = append(batch.Outcomes, v.outcome)
		batch.Links = v.links
		if !v.block.IsZero() {
			failed = r.o.Frontier.Block(context.WithoutCancel(ctx), lease.Group, v.block, v.blockWhy)
			break
		}
		// What is new comes before what is looked at again, and a group that
		// fails lets others go first.
		if len(v.links) > 0 || v.outcome.Result == frontier.Failed || t.pause() > 0 {
			break
		}
	}
	if err := r.complete(ctx, t, batch); failed == nil {
		failed = err
	}
	if errors.Is(failed, frontier.ErrLeaseLost) {
		r.o.Log.Warn("a lease ended before its work did; its pages are asked for again", "group", lease.Group)
		return nil
	}
	return failed
}

// complete hands a lease back. It does so even while the crawl is being
// interrupted, so that nothing is asked for twice.
func (r *round) complete(ctx context.Context, t *turn, batch frontier.Batch) error {
	if len(batch.Links) > atOnce { // a transaction of 50,000 would keep others, and an interruption, waiting
		_, err := r.o.Frontier.Discover(ctx, batch.Links)
		switch {
		case err == nil:
		case ctx.Err() != nil: // the list, which was the last item, is read again
			batch.Outcomes = batch.Outcomes[:len(batch.Outcomes)-1]
		default:
			return err
		}
		batch.Links = nil
	}
	if batch.NextAllowed = wholeMicro(t.next); t.pause() == 0 {
		batch.NextAllowed = r.o.Now().Truncate(time.Microsecond)
	}
	return r.o.Frontier.Complete(context.WithoutCancel(ctx), t.lease, batch)
}

// A turn is the right to ask a group, and its pace: each request, for
// robots.txt and the hops of a redirect too, waits until the group has rested
// from the one before. Only one goroutine uses it.
type turn struct {
	*Crawler
	lease *frontier.Lease
	delay time.Duration // between two requests
	last  time.Time     // when the last one ended; zero when there was none
	count int           // requests so far
	next  time.Time     // when the group may be asked again
}

// pace says how long the group rests after a request, the last one included.
func (t *turn) pace(d time.Duration) {
	if d == t.delay {
		return
	}
	t.delay = d
	if !t.last.IsZero() {
		t.next = t.last.Add(jitter(d))
	}
}

// asked notes that a request has ended.
func (t *turn) asked() {
	t.count++
	t.last = t.o.Now()
	t.next = t.last.Add(jitter(t.delay))
}

// pause is how long the group has to rest from now.
func (t *turn) pause() time.Duration { return max(0, t.next.Sub(t.o.Now())) }

// wait waits until the group may be asked, and sees to it that the lease
// outlasts the request that follows.
func (t *turn) wait(ctx context.Context) error {
	pause := t.pause()
	if t.lease.Expires.Sub(t.o.Now()) < pause+leaseTTL/2 {
		if err := t.o.Frontier.Renew(ctx, t.lease, pause+leaseTTL); err != nil {
			return err
		}
	}
	if pause == 0 {
		return ctx.Err()
	}
	return t.o.Sleep(ctx, pause)
}

// jitterShare is the part of a pause by which it is drawn out at most.
const jitterShare = 5

// jitter draws a pause out, so that a site's visits have no beat.
func jitter(d time.Duration) time.Duration {
	if d <= 0 {
		return 0
	}
	return d + rand.N(d/jitterShare+1)
}

// wholeMicro rounds a time up to the frontier's precision: what is later by
// less would be looked for in vain when it comes.
func wholeMicro(t time.Time) time.Time {
	if u := t.Truncate(time.Microsecond); u.Before(t) {
		return u.Add(time.Microsecond)
	}
	return t
}

type turnKey struct{}

// withTurn lets what reads robots.txt find the turn that it belongs to.
func withTurn(ctx context.Context, t *turn) context.Context {
	return context.WithValue(ctx, turnKey{}, t)
}

func turnOf(ctx context.Context) *turn {
	t, _ := ctx.Value(turnKey{}).(*turn)
	return t
}
