package fetch

import (
	"errors"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func quiet() *log.Logger { return log.New(io.Discard, "", 0) }

func TestGuard(t *testing.T) {
	tests := []struct {
		address         string
		public, private bool // allowed when private networks are denied, allowed
	}{
		{"93.184.215.14:443", true, true},
		{"93.184.215.14:80", true, true},
		{"93.184.215.14:8080", true, true},
		{"93.184.215.14:25", false, true},
		{"[2606:2800:21f:cb07:6820:80da:af6b:8b2c]:443", true, true},
		{"127.0.0.1:80", false, true},
		{"127.8.9.10:8080", false, true},
		{"[::1]:80", false, true},
		{"10.1.2.3:80", false, true},
		{"172.16.0.1:80", false, true},
		{"192.168.1.1:80", false, true},
		{"100.64.0.1:80", false, true},
		{"[fd12:3456::1]:80", false, true},
		{"[::ffff:127.0.0.1]:80", false, true},
		{"[::ffff:169.254.169.254]:80", false, false},
		{"169.254.169.254:80", false, false},
		{"169.254.170.2:80", false, false},
		{"100.100.100.200:80", false, false},
		{"192.0.0.192:80", false, false},
		{"168.63.129.16:80", false, false},
		{"[fd00:ec2::254]:80", false, false},
		{"[fd20:ce::254]:80", false, false},
		{"[fe80::1%eth0]:80", false, false},
		{"0.0.0.0:80", false, false},
		{"[::]:80", false, false},
		{"224.0.0.1:80", false, false},
		{"255.255.255.255:80", false, false},
		{"[64:ff9b::7f00:1]:80", false, false},
		{"[2002:7f00:1::]:80", false, false},
		{"nonsense", false, false},
	}
	for _, tt := range tests {
		network := "tcp4"
		if strings.HasPrefix(tt.address, "[") {
			network = "tcp6"
		}
		for _, private := range []bool{false, true} {
			want := tt.public
			if private {
				want = tt.private
			}
			err := newGuard(private).control(network, tt.address, nil)
			if (err == nil) != want || err != nil && !errors.Is(err, ErrRefused) {
				t.Errorf("%s with private networks %v: %v, want allowed %v", tt.address, private, err, want)
			}
		}
	}
	if err := newGuard(true).control("unix", "/run/docker.sock", nil); !errors.Is(err, ErrRefused) {
		t.Errorf("unix socket: %v", err)
	}
}

// Whatever a loopback address is called, a fetcher for the public network
// makes no connection to it.
func TestPrivateNetworksAreRefused(t *testing.T) {
	reached := false
	s := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached = true }))
	t.Cleanup(s.Close)
	port := s.URL[strings.LastIndexByte(s.URL, ':'):]
	f := fetcher(t, func(o *Options) { o.PrivateNetworks = false })
	for _, host := range []string{
		"127.0.0.1", "localhost", "LOCALHOST.", "2130706433", "0x7f000001", "0177.0.0.1", "127.1",
		"[::1]", "[::ffff:127.0.0.1]", "[0:0:0:0:0:ffff:7f00:1]", "0.0.0.0", "①②⑦.0.0.1",
	} {
		_, err := f.Get(t.Context(), Request{URL: "http://" + host + port + "/"})
		// A system without IPv6 or the name may fail before the guard does.
		if err == nil || reached {
			t.Errorf("%s was reached", host)
		} else if r := Reason(err); !errors.Is(err, ErrRefused) && !errors.Is(err, ErrDNS) && !errors.Is(err, ErrConnect) && r != "url" {
			t.Errorf("%s: %v", host, err)
		}
	}
	if _, err := f.Get(t.Context(), Request{URL: s.URL}); !errors.Is(err, ErrRefused) || Reason(err) != "address-refused" {
		t.Errorf("%v, want ErrRefused", err)
	}
	open := fetcher(t, nil)
	if _, err := open.Get(t.Context(), Request{URL: "http://169.254.169.254/latest/meta-data/"}); !errors.Is(err, ErrRefused) {
		t.Errorf("metadata with private networks allowed: %v", err)
	}
	if _, err := open.Get(t.Context(), Request{URL: s.URL}); err != nil {
		t.Errorf("loopback with private networks allowed: %v", err)
	}
}
