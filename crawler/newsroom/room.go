// Package newsroom is a small invented news world on loopback: four papers
// that publish, edit and withdraw articles along a clock which the caller
// turns, and that know their own truth. It is the demo, the end-to-end test
// and the benchmark fixture.
package newsroom

import (
	"context"
	"errors"
	"fmt"
	"html/template"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"
)

// Options says how a Room is set up. The zero value does.
type Options struct {
	Now    func() time.Time // the world's clock; nil means one that stands still at Start
	Log    *slog.Logger     // nil means none
	Port   int              // the port of all papers; 0 means DefaultPort, or any free one when that is taken
	OnEdit func(Edit)       // called for each edit that a visitor makes, by several goroutines; may be nil
	Hub    string           // of all feeds, which name it; "" means none
}

// A Room is the world while it is served.
type Room struct {
	now       func() time.Time
	log       *slog.Logger
	port      int
	onEdit    func(Edit)
	hub       string
	papers    []*paper
	shop      string // base URL of the host that belongs to no paper
	all       map[string]*article
	templates map[string]*template.Template
	tally     tally

	mu      sync.RWMutex // guards the articles' editions and visits
	visits  []Edit
	servers []*http.Server
	stop    func() bool
}

// New reads the world's content.
func New(o Options) (*Room, error) {
	r := &Room{now: o.Now, log: o.Log, port: o.Port, onEdit: o.OnEdit, hub: o.Hub, papers: press()}
	if r.now == nil {
		r.now = func() time.Time { return Start }
	}
	if r.log == nil {
		r.log = slog.New(slog.DiscardHandler)
	}
	if r.onEdit == nil {
		r.onEdit = func(Edit) {}
	}
	var err error
	if r.all, err = load(r.papers); err != nil {
		return nil, fmt.Errorf("newsroom: %w", err)
	}
	if r.templates, err = templates(r.papers); err != nil {
		return nil, fmt.Errorf("newsroom: %w", err)
	}
	return r, nil
}

// Start serves the papers until ctx ends or Close is called. It listens on
// 127.0.0.1, 127.0.0.2 … at one port or, where the system answers no other
// loopback address, at several ports of 127.0.0.1.
func (r *Room) Start(ctx context.Context) error {
	if r.servers != nil {
		return errors.New("newsroom: started twice")
	}
	listeners, err := listen(r.port, len(r.papers)+1)
	if err != nil {
		return fmt.Errorf("newsroom: %w", err)
	}
	for i, l := range listeners {
		base := "http://" + l.Addr().String()
		var h http.Handler
		if i < len(r.papers) {
			p := r.papers[i]
			p.base, p.URL = base, base+"/"
			h = r.serve(p)
		} else {
			r.shop = base
			h = r.counted(base, http.HandlerFunc(shop))
		}
		s := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: time.Minute,
			ErrorLog: slog.NewLogLogger(r.log.Handler(), slog.LevelDebug)}
		r.servers = append(r.servers, s)
	}
	for i, s := range r.servers {
		go func() {
			if err := s.Serve(listeners[i]); !errors.Is(err, http.ErrServerClosed) {
				r.log.Error("newsroom stopped serving", "address", listeners[i].Addr().String(), "err", err)
			}
		}()
	}
	r.stop = context.AfterFunc(ctx, func() {
		if err := r.Close(); err != nil {
			r.log.Debug("closing the newsroom", "err", err)
		}
	})
	return nil
}

// Close ends the serving; requests that are being answered get half a second.
func (r *Room) Close() error {
	if r.stop != nil {
		r.stop()
	}
	ctx, cancel := context.WithTimeout(context.Background(), 500*time.Millisecond)
	defer cancel()
	var all error
	for _, s := range r.servers {
		if s.Shutdown(ctx) != nil { // somebody is still reading
			all = errors.Join(all, s.Close())
		}
	}
	return all
}

// Papers lists the papers with their addresses, after Start.
func (r *Room) Papers() []Paper {
	var all []Paper
	for _, p := range r.papers {
		all = append(all, p.Paper)
	}
	return all
}

// Moments are the instants of the week at which something happens, in order:
// an article appears, is edited, goes or comes back, an outage begins or ends.
// The view counts of Daily Spin step every six hours besides.
func (r *Room) Moments() []time.Time {
	r.mu.RLock()
	defer r.mu.RUnlock()
	var all []time.Time
	for _, p := range r.papers {
		for _, a := range p.articles {
			for _, e := range a.editions {
				all = append(all, e.at)
			}
		}
		all = append(all, p.outage.From, p.outage.To)
	}
	all = slices.DeleteFunc(all, func(t time.Time) bool { return t.Before(Start) || !t.Before(End) })
	slices.SortFunc(all, time.Time.Compare)
	return slices.CompactFunc(all, time.Time.Equal)
}

// DefaultPort is tried first, so that the world's URLs are mostly the same.
const DefaultPort = 40211

// listen opens n addresses: 127.0.0.1, 127.0.0.2 … at the port, or else at
// another one that is free on all of them, or else at n ports of 127.0.0.1.
func listen(port, n int) ([]net.Listener, error) {
	ports := []int{port}
	if port == 0 {
		ports = []int{DefaultPort, 0, 0, 0, 0, 0}
	}
	var last error
	for _, port := range ports {
		all, err := listenAt(port, n, func(i, port int) string { return fmt.Sprintf("127.0.0.%d:%d", i+1, port) })
		if err == nil {
			return all, nil
		}
		last = err
	}
	all, err := listenAt(port, n, func(i, first int) string {
		if port == 0 {
			return "127.0.0.1:0"
		}
		return fmt.Sprintf("127.0.0.1:%d", first+i)
	})
	if err != nil {
		return nil, errors.Join(last, err)
	}
	return all, nil
}

func listenAt(port, n int, address func(i, port int) string) ([]net.Listener, error) {
	var all []net.Listener
	for i := range n {
		l, err := net.Listen("tcp4", address(i, port))
		if err != nil {
			for _, l := range all {
				err = errors.Join(err, l.Close())
			}
			return nil, err
		}
		if i == 0 {
			port = l.Addr().(*net.TCPAddr).Port
		}
		all = append(all, l)
	}
	return all, nil
}
