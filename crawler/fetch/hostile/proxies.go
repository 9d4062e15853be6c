package hostile

import (
	"io"
	"net"
)

// openProxies opens proxies that don't do what proxies should.
func (g *Gallery) openProxies() error {
	nobody := ""
	for _, e := range g.Exhibits {
		if e.Name == "nobody" {
			nobody = e.URL[len("http://") : len(e.URL)-1]
		}
	}
	says := func(reads int, texts ...string) func(net.Conn) {
		return func(c net.Conn) {
			for _, text := range texts {
				io.ReadFull(c, make([]byte, reads))
				io.WriteString(c, text)
			}
			c.(*net.TCPConn).CloseWrite()
			hold(c)
		}
	}
	for _, e := range []struct {
		Exhibit
		scheme, to string
		serve      func(net.Conn)
	}{
		{Exhibit{Name: "proxy gone", Does: "is a proxy that does not listen", Gets: "proxy-unreachable", Proxy: "http://" + nobody}, "", "http://news.example/", nil},
		{Exhibit{Name: "SOCKS proxy gone", Does: "is a SOCKS proxy that does not listen", Gets: "proxy-unreachable", Proxy: "socks5://" + nobody}, "", "http://news.example/", nil},
		{Exhibit{Name: "proxy forbids", Does: "is a proxy that refuses to connect", Gets: "proxy-refused"}, "http", "https://news.example/", says(1, "HTTP/1.1 403 Forbidden\r\n\r\n")},
		{Exhibit{Name: "proxy fails", Does: "is a proxy that can't connect", Gets: "proxy-refused"}, "http", "https://news.example/", says(1, "HTTP/1.1 502 Bad Gateway\r\n\r\n")},
		{Exhibit{Name: "proxy wants a name", Does: "is a proxy that wants credentials to connect", Gets: "proxy-auth"}, "http", "https://news.example/", says(1, "HTTP/1.1 407 Proxy Authentication Required\r\n\r\n")},
		{Exhibit{Name: "proxy wants a name for a page", Does: "is a proxy that wants credentials for a page", Gets: "proxy-auth"}, "http", "http://news.example/", says(1, "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")},
		{Exhibit{Name: "SOCKS refuses", Does: "is a SOCKS proxy whose rules forbid it", Gets: "proxy-refused"}, "socks5", "http://news.example/", says(3, "\x05\x00", "\x05\x02\x00\x01\x00\x00\x00\x00\x00\x00")},
		{Exhibit{Name: "SOCKS wants a name", Does: "is a SOCKS proxy that takes none of our methods", Gets: "proxy-auth"}, "socks5", "http://news.example/", says(3, "\x05\xff")},
		{Exhibit{Name: "SOCKS of another age", Does: "is a proxy that speaks SOCKS 4", Gets: "proxy-refused"}, "socks5", "http://news.example/", says(3, "\x04\x5b\x00\x00\x00\x00\x00\x00")},
	} {
		if e.serve == nil {
			e.URL = e.to
			g.Exhibits = append(g.Exhibits, e.Exhibit)
			continue
		}
		if err := g.add(e.Exhibit, e.scheme, e.serve); err != nil {
			return err
		}
		last := &g.Exhibits[len(g.Exhibits)-1]
		last.Proxy, last.URL = last.URL[:len(last.URL)-1], e.to
	}
	return nil
}
