package crawler

import (
	"context"
	"errors"
	"fmt"
	"time"

	"pressmark/crawler/fetch"
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
	t := r.turn(lease)
	ctx = withTurn(ctx, t)
	var batch frontier.Batch
	var failed error
	for i, item := range lease.Items {
		s := r.sites[item.Site]
		if i > 0 && r.isSpent(s) {
			continue
		}
		if _, rests := r.rests(&s.Site); rests {
			continue
		}
		t.site = s
		v := &visit{round: r, site: s, turn: t, item: item, outcome: frontier.Outcome{Page: item.Page}}
		if err := v.do(ctx); err != nil {
			if ctx.Err() == nil && !errors.As(err, new(rest)) { // when interrupted or at rest, the item just stays due
				failed = err
			}
			break
		}
		v.outcome.Due, v.outcome.NotBefore = wholeMicro(v.outcome.Due), wholeMicro(v.outcome.NotBefore)
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
	r.memory.keep(false)
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
	batch.Conduct = &t.conduct
	return r.o.Frontier.Complete(context.WithoutCancel(ctx), t.lease, batch)
}

// A turn is the right to ask a group, and its pace: each request, for
// robots.txt and the hops of a redirect too, waits until the group has rested
// from the one before. Only one goroutine uses it.
type turn struct {
	*Crawler
	lease   *frontier.Lease
	conduct frontier.Conduct // how the group takes it
	site    *siteRound       // for which it is asked now
	wanted  time.Duration    // between two requests, by the site or by its robots.txt
	delay   time.Duration    // and what is kept, which may be more
	last    time.Time        // when the last one ended; zero when there was none
	count   int              // requests so far
	next    time.Time        // when the group may be asked again
	busy    *refusal         // what the server answered for its robots.txt
}

func (c *Crawler) turn(lease *frontier.Lease) *turn {
	c.ledger.learn(lease.Group, lease.Conduct.Spent)
	forget(lease.Conduct.Spent, c.o.Now())
	return &turn{Crawler: c, lease: lease, conduct: lease.Conduct}
}

// pace says how long the group rests at least after a request, the last one included.
func (t *turn) pace(wanted time.Duration) {
	t.wanted = wanted
	d := adapted(wanted, &t.conduct)
	if d == t.delay {
		return
	}
	t.delay = d
	if !t.last.IsZero() {
		t.next = t.last.Add(jitter(d))
	}
}

// ask makes one request, for which the turn has waited.
func (t *turn) ask(ctx context.Context, f Fetcher, req fetch.Request) (*fetch.Response, error) {
	began := t.o.Now()
	res, err := f.Get(ctx, req)
	wire := int64(0)
	if res != nil {
		wire = res.Wire
	}
	t.asked(began, wire)
	return res, err
}

// asked notes that a request has ended, which began at a time and brought some bytes.
func (t *turn) asked(began time.Time, bytes int64) {
	t.count++
	t.last = t.o.Now()
	answered(&t.conduct, t.last.Sub(began))
	t.spend(1, bytes)
	t.delay = adapted(t.wanted, &t.conduct)
	t.conduct.Delay = t.delay
	t.next = t.last.Add(jitter(t.delay))
}

// pause is how long the group has to rest from now.
func (t *turn) pause() time.Duration { return max(0, t.next.Sub(t.o.Now())) }

// wait waits until the group may be asked, and sees to it that the lease
// outlasts the request that follows. Its error may be a rest.
func (t *turn) wait(ctx context.Context) error {
	pause := t.pause()
	if pause > longestPace+longestPace/jitterShare { // others are not kept waiting for that
		return rest{t.next, "pace", fmt.Sprintf("a pause of %v between two requests is asked for", t.delay)}
	}
	if t.lease.Expires.Sub(t.o.Now()) < pause+leaseTTL/2 {
		if err := t.o.Frontier.Renew(ctx, t.lease, pause+leaseTTL); err != nil {
			return err
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if pause > 0 {
		if err := t.o.Sleep(ctx, pause); err != nil {
			return err
		}
	}
	if t.site != nil {
		if r, is := t.rests(&t.site.Site); is {
			return r
		}
	}
	return nil
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
