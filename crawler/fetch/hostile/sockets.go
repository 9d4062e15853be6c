package hostile

import "net"

// openSockets opens what is wrong beneath HTTP.
func (g *Gallery) openSockets() error {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	l.Close()
	g.Exhibits = append(g.Exhibits, Exhibit{Name: "nobody", Does: "does not listen", Gets: "connection-refused", URL: "http://" + l.Addr().String() + "/"})
	if at, full, err := fullListener(); err == nil {
		g.enter(full)
		g.Exhibits = append(g.Exhibits, Exhibit{Name: "full house", Does: "listens, and lets nobody in", Gets: "connect-timeout", Hangs: true, URL: "http://" + at + "/"})
	}
	return nil
}
