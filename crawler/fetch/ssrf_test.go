package fetch

import (
	"errors"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"pressmark/crawler/fetch/hostile"
)

// Each way to make the crawl reach what it must not: on its own line, and
// refused. No server is reached, whatever the settings of this machine.
func TestForgedRequestsAreRefused(t *testing.T) {
	for _, tt := range []struct{ name, url string }{
		{"loopback", "http://127.0.0.1/"},
		{"all of loopback", "http://127.255.1.2/"},
		{"loopback, short", "http://127.1/"},
		{"loopback, decimal", "http://2130706433/"},
		{"loopback, hexadecimal", "http://0x7f000001/"},
		{"loopback, octal", "http://0177.0.0.1/"},
		{"loopback, mixed", "http://0x7f.0.0.01/"},
		{"loopback, full width", "http://１２７.０.０.１/"},
		{"loopback, percent", "http://%31%32%37.0.0.1/"},
		{"loopback of IPv6", "http://[::1]/"},
		{"this host", "http://0.0.0.0/"},
		{"this host, zero", "http://0/"},
		{"this network", "http://0.1.2.3/"},
		{"unspecified of IPv6", "http://[::]/"},
		{"private 10", "http://10.0.0.1/"},
		{"private 172", "http://172.31.255.255/"},
		{"private 192", "http://192.168.0.1/"},
		{"unique local", "http://[fd00::1]/"},
		{"site local", "http://[fec0::1]/"},
		{"carrier's NAT", "http://100.64.0.1/"},
		{"link-local", "http://169.254.1.1/"},
		{"link-local of IPv6", "http://[fe80::1]/"},
		{"metadata", "http://169.254.169.254/latest/meta-data/"},
		{"metadata, decimal", "http://2852039166/"},
		{"metadata, hexadecimal", "http://0xa9fea9fe/"},
		{"metadata, octal", "http://0251.0376.0251.0376/"},
		{"metadata of IPv6", "http://[fd00:ec2::254]/"},
		{"metadata of Google over IPv6", "http://[fd20:ce::254]/"},
		{"metadata of Alibaba", "http://100.100.100.200/"},
		{"metadata of Oracle", "http://192.0.0.192/"},
		{"metadata of Azure", "http://168.63.129.16/"},
		{"multicast", "http://224.0.0.1/"},
		{"multicast of IPv6", "http://[ff02::1]/"},
		{"broadcast", "http://255.255.255.255/"},
		{"reserved", "http://240.0.0.1/"},
		{"documentation", "http://192.0.2.1/"},
		{"documentation of IPv6", "http://[2001:db8::1]/"},
		{"benchmark", "http://198.18.0.1/"},
		{"discard only", "http://[100::1]/"},
		{"IPv4 mapped", "http://[::ffff:127.0.0.1]/"},
		{"IPv4 mapped metadata", "http://[::ffff:a9fe:a9fe]/"},
		{"IPv4 compatible", "http://[::127.0.0.1]/"},
		{"IPv4 translated", "http://[::ffff:0:127.0.0.1]/"},
		{"NAT64", "http://[64:ff9b::7f00:1]/"},
		{"NAT64, local", "http://[64:ff9b:1::7f00:1]/"},
		{"6to4", "http://[2002:7f00:1::]/"},
		{"Teredo", "http://[2001:0:7f00:1::]/"},
		{"mail", "http://93.184.215.14:25/"},
		{"redis", "http://93.184.215.14:6379/"},
		{"docker", "http://93.184.215.14:2375/"},
		{"port 0", "http://93.184.215.14:0/"},
		{"userinfo", "http://news.example@127.0.0.1/"},
		{"file", "file:///etc/passwd"},
		{"gopher", "gopher://127.0.0.1:6379/_FLUSHALL"},
		{"ftp", "ftp://127.0.0.1/"},
		{"data", "data:text/html,x"},
		{"javascript", "javascript:alert(1)"},
		{"unix", "unix:///run/docker.sock"},
		{"http over unix", "http+unix://%2Frun%2Fdocker.sock/"},
		{"dict", "dict://127.0.0.1:11211/stats"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, way := range []string{"directly", "by proxy"} {
				var asked atomic.Bool
				f := fetcher(t, func(o *Options) {
					o.PrivateNetworks = false
					if way == "by proxy" {
						o.Proxy = serve(t, func(http.ResponseWriter, *http.Request) { asked.Store(true) })
					}
				})
				_, err := f.Get(t.Context(), Request{URL: tt.url})
				if !errors.Is(err, ErrRefused) && !errors.Is(err, ErrURL) || asked.Load() {
					t.Errorf("%s: %v, the proxy was asked: %v", way, err, asked.Load())
				}
			}
		})
	}
}

// A name is judged by the address that is dialled, not by what it was a moment
// before; behind a proxy by all that it resolves to here.
func TestNamesOfPrivateAddresses(t *testing.T) {
	g := hostile.Open(t)
	var asked atomic.Bool
	proxy := serve(t, func(http.ResponseWriter, *http.Request) { asked.Store(true) })
	for _, name := range []string{"home", "private", "metadata", "turning"} {
		at := "http://" + name + ".hostile.example/"
		for _, by := range []string{"", proxy} {
			f := fetcher(t, func(o *Options) { o.PrivateNetworks, o.Resolver, o.Proxy = false, g.Resolver, by })
			if _, err := f.Get(t.Context(), Request{URL: at}); !errors.Is(err, ErrRefused) {
				t.Errorf("%s by %q: %v", at, by, err)
			}
		}
	}
	if asked.Load() {
		t.Error("the proxy was asked for a private address")
	}
	f := fetcher(t, func(o *Options) { o.PrivateNetworks, o.Resolver, o.Proxy = false, g.Resolver, proxy })
	if _, err := f.Get(t.Context(), Request{URL: "http://known.to.the.proxy.example/"}); err != nil || !asked.Load() {
		t.Errorf("a name that only the proxy knows: %v", err)
	}
}

// A server with one address that does not answer and one that does is reached,
// over IPv6 as over IPv4, and by a literal of either.
func TestAddressesOfBothKinds(t *testing.T) {
	l, err := net.Listen("tcp", "[::1]:0")
	if err != nil {
		t.Skip("no IPv6 here")
	}
	s := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.Write([]byte(r.Host)) })}
	go s.Serve(l)
	t.Cleanup(func() { s.Close() })
	_, port, _ := net.SplitHostPort(l.Addr().String())
	f := fetcher(t, nil)
	for _, host := range []string{"[::1]", "[0:0:0:0:0:0:0:1]", "localhost"} {
		r, err := f.Get(t.Context(), Request{URL: "http://" + host + ":" + port + "/"})
		if host == "localhost" && err != nil {
			addresses, _ := net.DefaultResolver.LookupNetIP(t.Context(), "ip6", "localhost")
			if !slices.Contains(addresses, netip.IPv6Loopback()) {
				continue // it has only the other address here
			}
		}
		if err != nil || !strings.HasSuffix(string(r.Body), port) {
			t.Errorf("%s: %+v, %v", host, r, err)
		}
	}
}

// The rate of a body is judged only once it has had its time.
func TestRate(t *testing.T) {
	at := time.Unix(0, 0)
	r := &rate{least: 100, start: at, now: func() time.Time { return at }}
	for _, tt := range []struct {
		after time.Duration
		n     int64
		slow  bool
	}{{time.Second, 0, false}, {slowStart, 0, false}, {11 * time.Second, 1099, true}, {11 * time.Second, 1100, false}, {time.Hour, 1, true}} {
		at = time.Unix(0, 0).Add(tt.after)
		if err := r.check(tt.n); errors.Is(err, ErrTooSlow) != tt.slow {
			t.Errorf("%d bytes in %v: %v", tt.n, tt.after, err)
		}
	}
}
