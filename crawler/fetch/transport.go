package fetch

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"
)

// idle is how long a connection is kept for the next request.
const idle = 30 * time.Second

const (
	maxHeaderBytes = 256 << 10
	maxHeaders     = 1000 // lines of one answer
)

// transport is the http.RoundTripper beneath colly. It sends the request in
// its job's own context and undoes content encodings within the limits.
type transport struct {
	base     *http.Transport
	http1    *http.Transport // for sites that are better not asked over HTTP/2
	resolver *net.Resolver
	guard    *guard
	proxy    *url.URL // of all that have no own; may be nil
	manner   func(*url.URL) Manner
	maxRatio int64
	minRate  int64
	now      func() time.Time // of the real clock: rates are not the crawl's to turn
	jobs     sync.Map         // number → *job
	jars     jars
	decoders decoders
	buffers  buffers
}

func newTransport(o Options) (*transport, error) {
	t := &transport{
		guard: newGuard(o.PrivateNetworks), manner: o.Manner,
		maxRatio: int64(o.MaxRatio), minRate: o.MinRate, now: time.Now,
	}
	dialer := newDialer(t.guard, o.Resolver)
	t.resolver = dialer.Resolver
	if o.Proxy != "" {
		var err error
		if t.proxy, err = ParseProxy(o.Proxy); err != nil {
			return nil, err
		}
	}
	t.base, t.http1 = newBase(dialer, o.Roots, true), newBase(dialer, o.Roots, false)
	return t, nil
}

func newBase(dialer *net.Dialer, roots *x509.CertPool, http2 bool) *http.Transport {
	protocols := new(http.Protocols)
	protocols.SetHTTP1(true)
	protocols.SetHTTP2(http2)
	return &http.Transport{
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			return dialer.DialContext(ctx, network, absolute(address))
		},
		Proxy: func(r *http.Request) (*url.URL, error) { // never the environment's
			if j := jobOf(r.Context()); j != nil {
				return j.proxy, nil
			}
			return nil, nil
		},
		OnProxyConnectResponse: connected,
		TLSClientConfig:        &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12},
		DisableCompression:     true, // we ask for encodings ourselves, and undo them under limits
		TLSHandshakeTimeout:    handshakeTime,
		IdleConnTimeout:        idle, // net/http holds an HTTP/2 connection that died for as long, too
		MaxIdleConns:           256,
		MaxIdleConnsPerHost:    2,
		MaxResponseHeaderBytes: maxHeaderBytes,
		Protocols:              protocols,
	}
}

// connected judges what a proxy says to CONNECT.
func connected(_ context.Context, _ *url.URL, _ *http.Request, resp *http.Response) error {
	switch resp.StatusCode {
	case http.StatusOK:
		return nil
	case http.StatusProxyAuthRequired:
		return fmt.Errorf("%w: it answered %.80q", ErrProxyAuth, resp.Status)
	}
	return fmt.Errorf("%w: it answered %.80q", ErrProxyRefused, resp.Status)
}

// RoundTrip implements http.RoundTripper. The whole body is read here, and
// handed to the job: colly gets an answer without one.
func (t *transport) RoundTrip(r *http.Request) (*http.Response, error) {
	v, ok := t.jobs.Load(r.Header.Get(jobHeader))
	if !ok {
		return nil, fmt.Errorf("request for %s belongs to no job", r.URL)
	}
	j := v.(*job)
	j.sent = true
	m := t.manner(r.URL)
	var err error
	if j.proxy, err = t.proxyOf(m); err != nil {
		return nil, err
	}
	if j.proxy != nil {
		if err := t.guard.target(j.ctx, t.resolver, r.URL); err != nil {
			return nil, err
		}
	}
	out := r.WithContext(j.traced())
	out.Header = r.Header.Clone()
	out.Header.Del(jobHeader)
	if line := t.jars.header(m, r.URL); line != "" {
		out.Header["Cookie"] = []string{line}
	}
	base := t.base
	if m.HTTP1 {
		base = t.http1
	}
	resp, err := base.RoundTrip(out)
	// A connection that was closed here after a bad answer may be given out
	// once more before its end is noticed.
	for try := 0; try < 20 && errors.Is(err, net.ErrClosed) && j.ctx.Err() == nil; try++ {
		time.Sleep(time.Millisecond)
		resp, err = base.RoundTrip(out)
	}
	if err == nil {
		err = t.receive(j, resp)
		resp.Body.Close()
	}
	if err != nil {
		// Over HTTP/2 only the stream would end, and a server that does not care
		// would go on sending, or be asked again over a connection that is dead.
		if secure, ok := j.conn.(*tls.Conn); ok {
			secure.Close()
		}
		return nil, err
	}
	t.jars.take(m, r.URL, resp.Header)
	// What colly and http.Client read from headers, they would act upon:
	// Location, Set-Cookie, Content-Encoding, and a charset to convert the body
	// from. They get none; the job keeps them as received.
	return &http.Response{
		Status: resp.Status, StatusCode: resp.StatusCode,
		Proto: resp.Proto, ProtoMajor: resp.ProtoMajor, ProtoMinor: resp.ProtoMinor,
		Header: http.Header{}, Body: http.NoBody, Uncompressed: true, Request: r,
	}, nil
}

func (t *transport) proxyOf(m Manner) (*url.URL, error) {
	switch m.Proxy {
	case "":
		return t.proxy, nil
	case Direct:
		return nil, nil
	}
	return ParseProxy(m.Proxy)
}

// receive reads an answer within the limits.
func (t *transport) receive(j *job, resp *http.Response) error {
	switch n := lines(resp.Header); {
	case n > maxHeaders:
		return fmt.Errorf("%w: %d lines", ErrHeaderFlood, n)
	case resp.StatusCode == http.StatusSwitchingProtocols:
		return fmt.Errorf("%w: it switches protocols unasked", ErrProtocol)
	case resp.StatusCode == http.StatusProxyAuthRequired && j.proxy != nil:
		return ErrProxyAuth
	case resp.ContentLength > j.maxBytes:
		return fmt.Errorf("%w: %d bytes announced, %d allowed", ErrTooLarge, resp.ContentLength, j.maxBytes)
	}
	wire := &counted{r: resp.Body, n: &j.wire}
	if t.minRate > 0 {
		wire.rate = &rate{least: t.minRate, start: t.now(), now: t.now}
	}
	decoded, err := t.decoders.open(wire, resp.Header)
	if err != nil {
		return err
	}
	defer decoded.Close()
	j.header, j.status = resp.Header, resp.StatusCode
	j.body, err = t.buffers.gather(&body{decoded: decoded, wire: wire, maxBytes: j.maxBytes, maxRatio: t.maxRatio})
	return err
}

func lines(h http.Header) int {
	n := 0
	for _, values := range h {
		n += len(values)
	}
	return n
}

func (t *transport) close() {
	t.base.CloseIdleConnections()
	t.http1.CloseIdleConnections()
}
