// Package fetch asks the network for one URL, once, and answers with what the
// server sent or with the reason why not.
//
// It follows no redirect, reads no robots.txt and waits for nobody: scope,
// permission and politeness belong to the crawl, and each hop of a redirect
// must pass through them. What it does promise: no address is dialled that the
// crawl must not reach, no answer is larger in memory than allowed, nothing
// outlives its context, and every failure has a name (Reason).
package fetch

import (
	"context"
	"log/slog"
	"net/http"
	"time"
)

// Options say how a Fetcher behaves. The zero value of a field takes the
// default named beside it.
type Options struct {
	UserAgent       string        // sent as it is; required
	Timeout         time.Duration // for one request, connection to last byte; 30 s
	MaxBytes        int64         // of a decoded body; 16 MiB
	MaxRatio        int           // decoded bytes for one received, beyond the first MiB; 250
	PrivateNetworks bool          // allow loopback and private addresses; metadata services never
	Proxy           string        // http, https or socks5 URL; none, whatever the environment says
	Now             func() time.Time
	Log             *slog.Logger
}

// A Request asks for one URL, conditionally when the validators of an earlier
// answer are given.
type Request struct {
	URL          string
	ETag         string // sent as If-None-Match
	LastModified string // sent as If-Modified-Since
	MaxBytes     int64  // in place of Options.MaxBytes when not 0
}

// A Response is what the server answered, whatever its status.
type Response struct {
	URL       string // as asked for
	Status    int
	Header    http.Header // as received
	Body      []byte      // content encodings undone, charset as sent
	Location  string      // where a 3xx points, made absolute; its scheme may be any
	FetchedAt time.Time   // when the answer was complete
	Took      time.Duration
	Wire      int64 // bytes of the body as they came over the network
}

// A Fetcher fetches. It is safe for concurrent use.
type Fetcher struct{}

// New makes a Fetcher. Close it to give back its idle connections.
func New(o Options) (*Fetcher, error) { return &Fetcher{}, nil }

// Get makes one request, of one hop. A status is no error; the error wraps one
// of this package's sentinels, or the context's.
func (f *Fetcher) Get(ctx context.Context, r Request) (*Response, error) {
	return nil, ErrUnreachable
}

// Close closes the connections that are idle.
func (f *Fetcher) Close() {}
