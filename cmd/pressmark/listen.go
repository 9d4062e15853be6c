package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"golang.org/x/net/netutil"
)

// A listener is a small HTTP server within the daemon: who connects can hold
// few connections, for a short time, and send little.
type listener struct {
	name   string
	at     net.Addr
	server *http.Server
	ended  chan struct{} // closed when it no longer serves
	err    error         // why, once ended is closed
	once   sync.Once
}

// listenOptions say where and what. Name, Address and Handler are required.
type listenOptions struct {
	Name    string // what it is there for, as people are told
	Address string // host:port; port 0 takes a free one
	Handler http.Handler
	MaxBody int64 // of a request, in bytes; 0 means that requests have no body
	Log     *slog.Logger
}

// What one listener bears, and how long it waits for others.
const (
	listenConns   = 64
	listenHeader  = 16 << 10
	listenHello   = 5 * time.Second  // until the headers are there
	listenRequest = 15 * time.Second // until the body is
	listenAnswer  = 30 * time.Second
	listenIdle    = time.Minute
	listenLeave   = 3 * time.Second // what is being answered at the end may finish for so long
)

// listen begins to serve. The caller closes it.
func listen(o listenOptions) (*listener, error) {
	ln, err := net.Listen("tcp", o.Address)
	if err != nil {
		return nil, hint(fmt.Errorf("listen for %s: %w", o.Name, err), "another program may use the address: choose another one in the configuration")
	}
	l := &listener{name: o.Name, at: ln.Addr(), ended: make(chan struct{}), server: &http.Server{
		Handler:           http.MaxBytesHandler(o.Handler, o.MaxBody),
		ReadHeaderTimeout: listenHello, ReadTimeout: listenRequest, WriteTimeout: listenAnswer, IdleTimeout: listenIdle,
		MaxHeaderBytes: listenHeader,
		ErrorLog:       slog.NewLogLogger(o.Log.Handler(), slog.LevelDebug), // of what strangers send
	}}
	go func() {
		defer close(l.ended)
		if err := l.server.Serve(netutil.LimitListener(ln, listenConns)); !errors.Is(err, http.ErrServerClosed) {
			l.err = fmt.Errorf("%s: %w", o.Name, err)
			o.Log.Error("no longer listening", "for", o.Name, "at", ln.Addr().String(), "error", err)
		}
	}()
	return l, nil
}

// address is where it listens, with the port that was taken.
func (l *listener) address() string { return l.at.String() }

// close ends the serving. What is being answered may finish, for a moment.
func (l *listener) close() error {
	l.once.Do(func() {
		ctx, stop := context.WithTimeout(context.Background(), listenLeave)
		defer stop()
		if l.server.Shutdown(ctx) != nil {
			l.server.Close() // of connections that are cut there is nothing to say
		}
	})
	<-l.ended
	return l.err
}
