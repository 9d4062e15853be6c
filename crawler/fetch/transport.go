package fetch

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"
)

// jobHeader is how a job's number comes through colly to the transport, which
// never sends it.
const jobHeader = "X-Pressmark-Job"

// A job is one request on its way.
type job struct {
	ctx      context.Context // colly knows only one context for all requests
	maxBytes int64

	sent   bool        // it came as far as the transport
	header http.Header // as received
	status int
	body   []byte
	wire   int64
}

// transport is the http.RoundTripper beneath colly. It sends the request in
// its job's own context and undoes content encodings within the limits.
type transport struct {
	base     *http.Transport
	guard    *guard
	proxied  bool
	maxRatio int64
	jobs     sync.Map // number → *job
	decoders decoders
}

func newTransport(o Options) (*transport, error) {
	t := &transport{guard: newGuard(o.PrivateNetworks), maxRatio: int64(o.MaxRatio)}
	dialer := &net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}
	t.base = &http.Transport{
		DialContext:            dialer.DialContext,
		ForceAttemptHTTP2:      true, // an own dialer would switch it off
		DisableCompression:     true, // we ask for encodings ourselves, and undo them under limits
		TLSHandshakeTimeout:    10 * time.Second,
		IdleConnTimeout:        90 * time.Second,
		MaxIdleConns:           256,
		MaxIdleConnsPerHost:    2,
		MaxResponseHeaderBytes: 256 << 10,
	}
	if o.Proxy == "" {
		dialer.Control = t.guard.control
		return t, nil
	}
	// The proxy resolves and dials; its own address is the operator's choice.
	proxy, err := url.Parse(o.Proxy)
	if err != nil {
		return nil, fmt.Errorf("reading the proxy's URL: %w", err)
	}
	switch proxy.Scheme {
	case "http", "https", "socks5", "socks5h":
	default:
		return nil, fmt.Errorf("proxy %q: scheme is not http, https or socks5", proxy.Redacted())
	}
	if proxy.Host == "" {
		return nil, fmt.Errorf("proxy %q: no host", proxy.Redacted())
	}
	t.base.Proxy = http.ProxyURL(proxy)
	t.proxied = true
	return t, nil
}

// RoundTrip implements http.RoundTripper.
func (t *transport) RoundTrip(r *http.Request) (*http.Response, error) {
	v, ok := t.jobs.Load(r.Header.Get(jobHeader))
	if !ok {
		return nil, fmt.Errorf("request for %s belongs to no job", r.URL)
	}
	j := v.(*job)
	j.sent = true
	if t.proxied {
		if err := t.guard.target(r.URL); err != nil {
			return nil, err
		}
	}
	out := r.WithContext(j.ctx)
	out.Header = r.Header.Clone()
	out.Header.Del(jobHeader)
	resp, err := t.base.RoundTrip(out)
	if err != nil {
		return nil, err
	}
	if resp.ContentLength > j.maxBytes {
		resp.Body.Close()
		return nil, fmt.Errorf("%w: %d bytes announced, %d allowed", ErrTooLarge, resp.ContentLength, j.maxBytes)
	}
	wire := &counted{r: resp.Body, n: &j.wire}
	decoded, err := t.decoders.open(wire, resp.Header.Values("Content-Encoding"))
	if err != nil {
		resp.Body.Close()
		return nil, err
	}
	j.header = resp.Header
	resp.Body = &body{
		decoded: decoded, wire: wire, conn: resp.Body,
		maxBytes: j.maxBytes, maxRatio: t.maxRatio,
	}
	// What colly and http.Client read from headers, they would act upon:
	// Location, Set-Cookie, Content-Encoding, and a charset to convert the body
	// from. They get none; the job keeps them as received.
	resp.Header = http.Header{}
	resp.Uncompressed = true
	resp.ContentLength = -1
	return resp, nil
}

// counted counts what comes over the network and remembers how it ended, so
// that a broken connection is not taken for a broken encoding.
type counted struct {
	r   io.Reader
	n   *int64
	err error
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	*c.n += int64(n)
	if err != nil {
		c.err = err
	}
	return n, err
}

// body is a decoded body under its limits.
type body struct {
	decoded  io.ReadCloser
	wire     *counted
	conn     io.Closer
	maxBytes int64
	maxRatio int64
	size     int64
	closed   bool
}

// ratioFree is how far any body may inflate: a small page of blanks is no
// attack.
const ratioFree = 1 << 20

func (b *body) Read(p []byte) (int, error) {
	n, err := b.decoded.Read(p)
	b.size += int64(n)
	if b.size > ratioFree && b.size > b.maxRatio*(*b.wire.n) {
		return n, fmt.Errorf("%w: %d bytes received, %d after %d times as many", ErrBomb, *b.wire.n, b.size, b.maxRatio)
	}
	if b.size > b.maxBytes {
		return n, fmt.Errorf("%w: more than the %d bytes allowed", ErrTooLarge, b.maxBytes)
	}
	if err != nil && err != io.EOF && b.wire.err != nil && b.wire.err != io.EOF {
		err = b.wire.err
	}
	return n, err
}

func (b *body) Close() error {
	if b.closed {
		return nil
	}
	b.closed = true
	b.decoded.Close()
	return b.conn.Close()
}
