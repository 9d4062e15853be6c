package hostile

// openSockets opens what is wrong beneath HTTP.
func (g *Gallery) openSockets() error {
	at, silent, err := bound()
	if err != nil {
		return err
	}
	g.enter(silent)
	g.Exhibits = append(g.Exhibits, Exhibit{Name: "nobody", Does: "does not listen", Gets: "connection-refused", URL: "http://" + at + "/"})
	if at, full, err := fullListener(); err == nil {
		g.enter(full)
		g.Exhibits = append(g.Exhibits, Exhibit{Name: "full house", Does: "listens, and lets nobody in", Gets: "connect-timeout", Hangs: true, URL: "http://" + at + "/"})
	}
	return nil
}
