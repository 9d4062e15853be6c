// Package fetch asks the network for one URL, once, and answers with what the
// server sent or with the reason why not.
//
// It follows no redirect, reads no robots.txt, keeps no cookies and waits for
// nobody: scope, permission and politeness belong to the crawl, and each hop of
// a redirect must pass through them. What it does promise: no address is
// dialled that the crawl must not reach, no answer is larger in memory than
// allowed, nothing outlives its context, and every failure has a name (Reason).
package fetch

import (
	"context"
	"crypto/x509"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"github.com/gocolly/colly/v2"
	whatwg "github.com/nlnwa/whatwg-url/url"
	"golang.org/x/net/http/httpguts"
)

// Options say how a Fetcher behaves. The zero value of a field takes the
// default named beside it.
type Options struct {
	UserAgent       string                // sent as it is; required
	Timeout         time.Duration         // for one request, connection to last byte; 30 s
	MaxBytes        int64                 // of a decoded body; 16 MiB
	MaxRatio        int                   // decoded bytes for one received, beyond the first MiB; 250
	MinRate         int64                 // bytes a second that a body must come at, after ten seconds; 64, negative for any
	PrivateNetworks bool                  // allow loopback and private addresses; metadata services never
	Proxy           string                // http, https or socks5 URL; none, whatever the environment says
	Manner          func(*url.URL) Manner // how the site of a URL wants to be asked; all alike
	Resolver        *net.Resolver         // the system's
	Roots           *x509.CertPool        // the system's
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
type Fetcher struct {
	collector *colly.Collector
	transport *transport
	lastJob   atomic.Uint64
	options   Options
	deadline  func(context.Context) (context.Context, context.CancelFunc)
}

const accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"

// New makes a Fetcher. Close it to give back its idle connections.
func New(o Options) (*Fetcher, error) {
	if !httpguts.ValidHeaderFieldValue(o.UserAgent) || strings.TrimSpace(o.UserAgent) == "" {
		return nil, fmt.Errorf("making a fetcher: user agent %q is empty or cannot be sent", o.UserAgent)
	}
	if o.Timeout <= 0 {
		o.Timeout = 30 * time.Second
	}
	if o.MaxBytes <= 0 {
		o.MaxBytes = 16 << 20
	}
	if o.MaxRatio <= 0 {
		o.MaxRatio = 250
	}
	if o.MinRate == 0 {
		o.MinRate = 64
	}
	if o.Manner == nil {
		o.Manner = func(*url.URL) Manner { return Manner{} }
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	t, err := newTransport(o)
	if err != nil {
		return nil, fmt.Errorf("making a fetcher: %w", err)
	}
	return &Fetcher{collector: newCollector(o.UserAgent, t), transport: t, options: o, deadline: func(ctx context.Context) (context.Context, context.CancelFunc) {
		return context.WithTimeout(ctx, o.Timeout)
	}}, nil
}

// newCollector makes colly an engine that runs one request when called and
// decides nothing. NewCollector lets COLLY_* environment variables override
// what it is given, so every field that they reach is set after it.
func newCollector(agent string, t *transport) *colly.Collector {
	c := colly.NewCollector()
	c.UserAgent = agent
	c.AllowURLRevisit = true
	c.MaxBodySize = 0 // colly would cut silently; the transport's limit is an error
	c.MaxDepth = 0
	c.MaxRequests = 0
	c.AllowedDomains = nil
	c.DisallowedDomains = nil
	c.CacheDir = ""
	c.IgnoreRobotsTxt = true // colly's own reading takes a 503 for permission
	c.DetectCharset = false
	c.TraceHTTP = false
	c.ParseHTTPErrorResponse = true // 304, 404, 410, 429 and 503 reach OnResponse
	c.Async = false
	c.SetRedirectHandler(func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse })
	c.SetRequestTimeout(0) // the job's context ends a request
	c.DisableCookies()
	c.WithTransport(t)
	return c
}

// Get makes one request, of one hop. A status is no error; the error wraps one
// of this package's sentinels, or the context's.
func (f *Fetcher) Get(ctx context.Context, r Request) (*Response, error) {
	u, err := checkURL(r.URL)
	if err != nil {
		return nil, err
	}
	timed, cancel := f.deadline(ctx)
	defer cancel()
	j := &job{ctx: timed, maxBytes: r.MaxBytes}
	if j.maxBytes <= 0 {
		j.maxBytes = f.options.MaxBytes
	}
	start := f.options.Now()
	if err := f.run(r, j); err != nil {
		if !j.sent && ctx.Err() == nil {
			err = fmt.Errorf("%w: %v", ErrURL, err) // colly could not make a request of it
		}
		err = named(ctx, timed, j, err)
		f.options.Log.DebugContext(ctx, "no answer", "url", r.URL, "reason", Reason(err))
		return nil, fmt.Errorf("fetching %s: %w", r.URL, err)
	}
	end := f.options.Now()
	f.options.Log.DebugContext(ctx, "answer", "url", r.URL, "status", j.status, "bytes", len(j.body))
	return &Response{
		URL:       r.URL,
		Status:    j.status,
		Header:    j.header,
		Body:      j.body,
		Location:  location(u, j.status, j.header),
		FetchedAt: end,
		Took:      end.Sub(start),
		Wire:      j.wire,
	}, nil
}

// Close closes the connections that are idle.
func (f *Fetcher) Close() { f.transport.close() }

// run sends a job through colly. The transport finds the job again by the
// number in a private header.
func (f *Fetcher) run(r Request, j *job) error {
	id := strconv.FormatUint(f.lastJob.Add(1), 10)
	f.transport.jobs.Store(id, j)
	defer f.transport.jobs.Delete(id)

	header := http.Header{
		jobHeader:         {id},
		"User-Agent":      {f.options.UserAgent},
		"Accept":          {accept},
		"Accept-Encoding": {acceptEncoding},
	}
	// A validator that came with bytes no header may hold is better forgotten.
	if r.ETag != "" && httpguts.ValidHeaderFieldValue(r.ETag) {
		header["If-None-Match"] = []string{r.ETag}
	}
	if r.LastModified != "" && httpguts.ValidHeaderFieldValue(r.LastModified) {
		header["If-Modified-Since"] = []string{r.LastModified}
	}
	return f.collector.Request(http.MethodGet, r.URL, nil, nil, header)
}

func checkURL(raw string) (*url.URL, error) {
	u, err := url.Parse(raw)
	if err != nil {
		return nil, fmt.Errorf("%w: %v", ErrURL, err)
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil {
		return nil, fmt.Errorf("%w: %q", ErrURL, u.Redacted())
	}
	return u, nil
}

// location is where a redirect leads, read as browsers read it, or nothing
// when it leads nowhere.
func location(from *url.URL, status int, h http.Header) string {
	to := h.Get("Location")
	if status < 300 || status > 399 || status == http.StatusNotModified || to == "" {
		return ""
	}
	if !utf8.ValidString(to) { // bytes of some other charset: they are what the server wants back
		var b strings.Builder
		for i := range len(to) {
			if to[i] < utf8.RuneSelf {
				b.WriteByte(to[i])
			} else {
				fmt.Fprintf(&b, "%%%02X", to[i])
			}
		}
		to = b.String()
	}
	u, err := whatwg.ParseRef(from.String(), to)
	if err != nil {
		return ""
	}
	return u.Href(false)
}
