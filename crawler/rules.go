package crawler

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"pressmark/crawler/fetch"
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

// ReadRules makes Rules that read robots.txt through f, for the agent of that
// product token. Within a crawl they keep its pace: a robots.txt is a request
// like any other.
func ReadRules(f Fetcher, agent string, now func() time.Time) *robots.Rules {
	get := func(ctx context.Context, u string) (robots.Answer, error) {
		ask := f.Get
		t := turnOf(ctx)
		if t != nil {
			if err := t.wait(ctx); err != nil {
				return robots.Answer{}, fmt.Errorf("%w: %w", robots.ErrNotAsked, err)
			}
			ask = func(ctx context.Context, req fetch.Request) (*fetch.Response, error) { return t.ask(ctx, f, req) }
		}
		res, err := ask(ctx, fetch.Request{URL: u, MaxBytes: robotsBytes})
		if err != nil {
			return robots.Answer{}, err
		}
		a := robots.Answer{Status: res.Status, Body: res.Body, Location: res.Location}
		if at := now(); res.Status >= 400 {
			until := fetch.RetryAfter(res.Header, at)
			a.RetryAfter = max(0, until.Sub(at))
			if t != nil && (res.Status == http.StatusTooManyRequests || res.Status == http.StatusServiceUnavailable && !until.IsZero()) {
				t.busy = &refusal{res.Status, until}
			}
		}
		return a, nil
	}
	return robots.New(get, robots.Options{Agent: agent, Now: now})
}
