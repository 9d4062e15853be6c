package crawler

import (
	"context"
	"time"

	"pressmark/crawler/fetch"
	"pressmark/crawler/robots"
)

// robotsBytes is how large a robots.txt may be. Its first 500 KiB are read
// (RFC 9309 §2.5); what is longer than this is no robots.txt.
const robotsBytes = 64 << 20

// ReadRules makes Rules that read robots.txt through f, for the agent of that
// product token. Within a crawl they keep its pace: a robots.txt is a request
// like any other.
func ReadRules(f Fetcher, agent string, now func() time.Time) *robots.Rules {
	get := func(ctx context.Context, u string) (robots.Answer, error) {
		if t := turnOf(ctx); t != nil {
			if err := t.wait(ctx); err != nil {
				return robots.Answer{}, err
			}
			defer t.asked()
		}
		res, err := f.Get(ctx, fetch.Request{URL: u, MaxBytes: robotsBytes})
		if err != nil {
			return robots.Answer{}, err
		}
		a := robots.Answer{Status: res.Status, Body: res.Body, Location: res.Location}
		if at := now(); res.Status >= 400 {
			a.RetryAfter = max(0, fetch.RetryAfter(res.Header, at).Sub(at))
		}
		return a, nil
	}
	return robots.New(get, robots.Options{Agent: agent, Now: now})
}
