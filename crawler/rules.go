package crawler

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"pressmark/crawler/fetch"
	"pressmark/crawler/frontier"
	"pressmark/crawler/robots"
)

// robotsBytes is how large a robots.txt may be. Its first 500 KiB are read
// (RFC 9309 §2.5); what is longer than this is no robots.txt.
const robotsBytes = 64 << 20

// A refusal is an answer for a robots.txt that asks for a pause.
type refusal struct {
	status int
	until  time.Time // zero when it does not say
}

// told tells of a request for a robots.txt.
func (t *turn) told(ctx context.Context, url string, res *fetch.Response, err error) {
	if ctx.Err() != nil {
		return
	}
	e := Event{URL: url, Kind: "robots", Reason: fetch.Reason(err)}
	if t.site != nil {
		e.Site = t.site.Name
	}
	if res != nil {
		e.Status, e.Took, e.Bytes = res.Status, res.Took, res.Wire
	}
	t.o.Progress(e)
}

// ReadRules makes Rules that read robots.txt through f, whose errors are kept by
// their names. Within a crawl they keep its pace: a robots.txt is a request like
// any other. The frontier is a shelf for what they read.
func ReadRules(f Fetcher, o robots.Options) *robots.Rules {
	if o.Now == nil {
		o.Now = time.Now
	}
	o.Name, o.Named = fetch.Reason, fetch.Failure
	get := func(ctx context.Context, ask robots.Ask) (robots.Answer, error) {
		req := fetch.Request{URL: ask.URL, ETag: ask.ETag, LastModified: ask.LastModified, MaxBytes: robotsBytes}
		var res *fetch.Response
		var err error
		t := turnOf(ctx)
		if t == nil {
			res, err = f.Get(ctx, req)
		} else {
			res, err = t.askRules(ctx, f, req)
		}
		if err != nil {
			return robots.Answer{}, err
		}
		at := o.Now()
		return robots.Answer{
			Status: res.Status, Body: res.Body, Location: res.Location,
			ETag: res.Header.Get("ETag"), LastModified: dated(res.Header, res.FetchedAt),
			RetryAfter: max(0, fetch.RetryAfter(res.Header, at).Sub(at)),
		}, nil
	}
	return robots.New(get, o)
}

// askRules asks for a robots.txt, or for where one leads. On another group's
// servers it does so in a turn of theirs.
func (t *turn) askRules(ctx context.Context, f Fetcher, req fetch.Request) (*fetch.Response, error) {
	group, err := t.group(req.URL)
	if err != nil {
		return nil, err
	}
	if group != t.lease.Group {
		return t.askAbroad(ctx, f, req, group)
	}
	if err := t.wait(ctx); err != nil {
		return nil, fmt.Errorf("%w: %w", robots.ErrNotAsked, err)
	}
	res, err := t.ask(ctx, f, req)
	t.told(ctx, req.URL, res, err)
	if err == nil {
		t.busy = refused(res, t.o.Now())
	}
	return res, err
}

// refused is what an answer says of when to come back; nil when it says nothing.
func refused(res *fetch.Response, now time.Time) *refusal {
	until := fetch.RetryAfter(res.Header, now)
	if res.Status == http.StatusTooManyRequests || res.Status == http.StatusServiceUnavailable && !until.IsZero() {
		return &refusal{res.Status, until}
	}
	return nil
}

// A group is waited for with another one's lease in hand. Two may wait for each
// other, so that is not for long: later both try again.
const (
	abroadWait  = 5 * time.Second
	abroadLook  = 250 * time.Millisecond // more often than a wish for a group lasts
	abroadLater = 5 * time.Minute        // longer than a round waits
)

// askAbroad makes one request to a group that another lease is needed for.
func (t *turn) askAbroad(ctx context.Context, f Fetcher, req fetch.Request, group string) (*fetch.Response, error) {
	var lease *frontier.Lease
	for began := t.o.Now(); lease == nil; {
		var err error
		lease, err = t.o.Frontier.Claim(ctx, frontier.Claim{Worker: "robots.txt of " + t.lease.Group, TTL: leaseTTL, Group: group})
		switch {
		case err == nil:
			continue
		case !errors.Is(err, frontier.ErrNone):
			return nil, fmt.Errorf("%w: %w", robots.ErrNotAsked, err)
		case t.o.Now().Sub(began) >= abroadWait:
			t.next = later(t.next, t.o.Now().Add(jitter(abroadLater)))
			return nil, fmt.Errorf("%w: %w", robots.ErrNotAsked, rest{t.next, "pace", "its robots.txt is on " + group + ", which is being asked by others or wants a pause"})
		}
		if err := t.o.Sleep(ctx, abroadLook); err != nil {
			return nil, fmt.Errorf("%w: %w", robots.ErrNotAsked, err)
		}
	}
	other := t.turn(lease)
	other.site = t.site
	other.pace(max(t.wanted, other.conduct.Delay))
	res, err := other.ask(ctx, f, req)
	other.told(ctx, req.URL, res, err)
	t.count += other.count
	end := context.WithoutCancel(ctx)
	var blocked error
	if err == nil {
		if r := refused(res, t.o.Now()); r != nil {
			if off, why := strike(&other.conduct, t.o.Now(), fmt.Sprintf("%d for robots.txt", r.status), r.until); !off.IsZero() {
				blocked = t.o.Frontier.Block(end, group, wholeMicro(off), why)
			}
		}
	}
	back := t.o.Frontier.Complete(end, lease, frontier.Batch{NextAllowed: wholeMicro(other.next), Conduct: &other.conduct})
	t.bell.ring()
	if lost := errors.Join(blocked, back); lost != nil {
		return nil, fmt.Errorf("%w: %w", robots.ErrNotAsked, lost)
	}
	return res, err
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
