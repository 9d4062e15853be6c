package fetch

import (
	"context"
	"net"
	"strings"
	"syscall"
	"time"

	"golang.org/x/net/dns/dnsmessage"
)

const (
	dialTime      = 10 * time.Second // for the name and the connection, over all addresses
	handshakeTime = 10 * time.Second
)

// newDialer makes a dialer that looks names up, tries their addresses as RFC
// 8305 has it, and asks the guard before it connects to any: a name may change
// its address between two looks.
func newDialer(g *guard, r *net.Resolver) *net.Dialer {
	return &net.Dialer{
		Timeout:   dialTime,
		KeepAlive: 30 * time.Second,
		Resolver:  listening(r),
		ControlContext: func(ctx context.Context, network, address string, c syscall.RawConn) error {
			if j := jobOf(ctx); j != nil && j.proxy != nil {
				return nil // the proxy's own address is the operator's choice
			}
			return g.control(network, address, c)
		},
	}
}

// listening is a resolver that hears what the name servers say. For a name
// that nobody has and for one without an address package net has one error;
// the two mean different things to whoever looks after a list of sites. Where
// the system's library resolves, nothing is heard, and both are the first.
func listening(r *net.Resolver) *net.Resolver {
	if r == nil {
		r = net.DefaultResolver
	}
	dial := r.Dial
	if dial == nil {
		dial = new(net.Dialer).DialContext
	}
	return &net.Resolver{PreferGo: r.PreferGo, StrictErrors: r.StrictErrors, Dial: func(ctx context.Context, network, address string) (net.Conn, error) {
		c, err := dial(ctx, network, address)
		if udp, ok := c.(*net.UDPConn); ok && err == nil {
			if j := jobOf(ctx); j != nil {
				return &overheard{udp, j}, nil
			}
		}
		return c, err
	}}
}

// overheard is a connection to a name server.
type overheard struct {
	*net.UDPConn
	job *job
}

func (o *overheard) Read(p []byte) (int, error) {
	n, err := o.UDPConn.Read(p)
	if err == nil && exists(p[:n]) {
		o.job.nameExists.Store(true)
	}
	return n, err
}

// exists reports whether a message says that there is such a name, be it with
// another type of record.
func exists(message []byte) bool {
	var p dnsmessage.Parser
	h, err := p.Start(message)
	return err == nil && h.Response && h.RCode == dnsmessage.RCodeSuccess
}

// absolute is a name that no search list is tried for: news.example must not
// become news.example.corp.example, whose server would be asked instead.
func absolute(address string) string {
	host, port, err := net.SplitHostPort(address)
	if err != nil || !strings.Contains(host, ".") || strings.HasSuffix(host, ".") || net.ParseIP(host) != nil {
		return address
	}
	return net.JoinHostPort(host+".", port)
}
