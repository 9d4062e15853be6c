package fetch

import (
	"fmt"
	"net/netip"
	"net/url"
	"strings"
	"syscall"

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

// target judges a URL that a proxy will dial for us: the address if it names
// one, else the name. What a name resolves to there is the proxy's to guard.
func (g *guard) target(u *url.URL) error {
	host := strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
	if a, err := netip.ParseAddr(host); err == nil {
		return g.allow(netip.AddrPortFrom(a, 80))
	}
	if !g.private && (host == "localhost" || strings.HasSuffix(host, ".localhost") || !strings.Contains(host, ".")) ||
		host == "metadata.google.internal" || host == "instance-data" {
		return fmt.Errorf("%w: %s", ErrRefused, host)
	}
	return nil
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
	// Below 1024 live mail, shells and databases; news is on 80 and 443.
	if a.Port() != 80 && a.Port() != 443 && a.Port() < 1024 {
		return fmt.Errorf("%w: port of %s", ErrRefused, a)
	}
	if err := g.public.SafeAddr(ip); err != nil {
		return fmt.Errorf("%w: %s", ErrRefused, a)
	}
	return nil
}
