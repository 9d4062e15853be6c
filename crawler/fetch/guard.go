package fetch

import (
	"cmp"
	"context"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"syscall"
	"time"

	"code.dny.dev/ssrf"
)

// A guard keeps the crawl from addresses that a link on a stranger's page must
// not make it reach. It judges the address that is dialled, after the name was
// resolved, so that a name that changes its address does not get past it.
type guard struct {
	public  *ssrf.Guardian
	never   []netip.Prefix
	private bool
}

// forbidden are never reached, whatever the settings: where clouds keep their
// credentials, and addresses that name no single server.
func forbidden() []netip.Prefix {
	return []netip.Prefix{
		netip.MustParsePrefix("169.254.0.0/16"), // link-local, and AWS, Azure, Google, Oracle
		netip.MustParsePrefix("fe80::/10"),
		netip.MustParsePrefix("fd00:ec2::/32"),      // AWS over IPv6
		netip.MustParsePrefix("fd20:ce::/32"),       // Google over IPv6
		netip.MustParsePrefix("100.100.100.200/32"), // Alibaba
		netip.MustParsePrefix("192.0.0.192/32"),     // Oracle
		netip.MustParsePrefix("168.63.129.16/32"),   // Azure, in the midst of public space
		netip.MustParsePrefix("0.0.0.0/8"),
		netip.MustParsePrefix("224.0.0.0/3"), // multicast, reserved, broadcast
		netip.MustParsePrefix("ff00::/8"),
		netip.MustParsePrefix("::/128"),
		// IPv4 in IPv6 clothes, which another router might take off again
		netip.MustParsePrefix("64:ff9b::/96"),
		netip.MustParsePrefix("64:ff9b:1::/48"),
		netip.MustParsePrefix("2002::/16"),
		netip.MustParsePrefix("2001::/32"),
	}
}

func newGuard(private bool) *guard {
	return &guard{public: ssrf.New(ssrf.WithAnyPort()), never: forbidden(), private: private}
}

// control is net.Dialer.Control: it sees every address before it is dialled.
func (g *guard) control(network, address string, _ syscall.RawConn) error {
	if network != "tcp4" && network != "tcp6" {
		return fmt.Errorf("%w: %s", ErrRefused, network)
	}
	a, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("%w: %v", ErrRefused, err)
	}
	return g.allow(a)
}

// target judges a URL that a proxy will dial for us. The name is looked up
// here too, and refused if any of its addresses is; one that only the proxy
// can look up is let through. What it resolves to there, a moment later, is
// the proxy's to guard: say so to whoever sets one.
func (g *guard) target(ctx context.Context, r *net.Resolver, u *url.URL) error {
	port, err := strconv.ParseUint(cmp.Or(u.Port(), map[string]string{"http": "80", "https": "443"}[u.Scheme]), 10, 16)
	if err != nil {
		return fmt.Errorf("%w: port %q", ErrRefused, u.Port())
	}
	host := strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
	if a, err := netip.ParseAddr(host); err == nil {
		return g.allow(netip.AddrPortFrom(a, uint16(port)))
	}
	if !g.private && (host == "localhost" || strings.HasSuffix(host, ".localhost") || !strings.Contains(host, ".")) ||
		host == "metadata.google.internal" || host == "instance-data" {
		return fmt.Errorf("%w: %s", ErrRefused, host)
	}
	if !g.private && badPort(uint16(port)) {
		return fmt.Errorf("%w: %d", ErrPort, port)
	}
	looking, cancel := context.WithTimeout(ctx, lookTime)
	defer cancel()
	addresses, err := r.LookupNetIP(looking, "ip", host+".")
	if err != nil {
		return nil // nobody here knows it
	}
	for _, a := range addresses {
		if err := g.allow(netip.AddrPortFrom(a, uint16(port))); err != nil {
			return fmt.Errorf("%w (of %s)", err, host)
		}
	}
	return nil
}

// lookTime bounds the look at a name that a proxy will look up itself.
const lookTime = 2 * time.Second

// badPort reports whether a port is one of other services: below 1024 live
// mail, shells and databases, and above what browsers refuse (the Fetch
// standard's bad ports), with the stores that take HTTP for commands.
func badPort(port uint16) bool {
	if port < 1024 {
		return port != 80 && port != 443
	}
	switch port {
	case 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
		2375, 2379, 6379, 9200, 11211: // docker, etcd, redis, elasticsearch, memcached
		return true
	}
	return false
}

func (g *guard) allow(a netip.AddrPort) error {
	ip := a.Addr().Unmap().WithZone("")
	for _, p := range g.never {
		if p.Contains(ip) {
			return fmt.Errorf("%w: %s", ErrRefused, a)
		}
	}
	if g.private {
		return nil
	}
	if badPort(a.Port()) {
		return fmt.Errorf("%w: %s", ErrPort, a)
	}
	if err := g.public.SafeAddr(ip); err != nil {
		return fmt.Errorf("%w: %s", ErrRefused, a)
	}
	return nil
}
