// Package hostile is a gallery of servers that are broken or mean harm, for
// tests: each is a real socket on loopback, does one thing wrong, and knows
// the word that whoever asks it must end up with.
package hostile

import (
	"bufio"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
)

// An Exhibit is one hostile server.
type Exhibit struct {
	Name string
	Does string // what it does, for people
	Gets string // the reason that it must be counted under, or the status that it gets through with
	Body string // what must be read, where it gets through with other than Page
	To   string // where its redirect must be found to lead

	URL    string
	Proxy  string // the way to it, for those that are proxies
	Hangs  bool   // it ends only when whoever asks has waited long enough
	Polite bool   // it answers for other paths, such as robots.txt, as it should

	serve func(net.Conn, *http.Request)
}

// Page is the page that a server shows when it has done its worst.
var Page = "<!doctype html><title>The harbour reopens</title><h1>The harbour reopens</h1>\n" +
	strings.Repeat("<p>The harbour master said that the first ships would come in with the tide.</p>\n", 20)

// A Gallery is the servers, running.
type Gallery struct {
	Exhibits []Exhibit
	Roots    *x509.CertPool // vouches for those whose certificates are in order
	Resolver *net.Resolver  // knows the names of those that have one

	house
	cert tls.Certificate // in order
}

// Open starts the gallery, which ends with the test.
func Open(t testing.TB) *Gallery {
	t.Helper()
	g := &Gallery{}
	t.Cleanup(g.close)
	for _, room := range [][]Exhibit{form(), lengths(), encodings(), redirects(), statuses()} {
		for _, e := range room {
			e.Polite = true
			at, err := g.listen(e.answer)
			if err != nil {
				t.Fatal(err)
			}
			e.URL = "http://" + at + "/"
			g.Exhibits = append(g.Exhibits, e)
		}
	}
	for _, open := range []func() error{g.openSockets, g.openNames, g.openTLS, g.openHTTP2, g.openProxies} {
		if err := open(); err != nil {
			t.Fatal(err)
		}
	}
	seen := map[string]bool{}
	for _, e := range g.Exhibits {
		if seen[e.Name] {
			t.Fatalf("two exhibits are called %s", e.Name)
		}
		seen[e.Name] = true
	}
	return g
}

// answer serves one connection: one request, then its worst.
func (e *Exhibit) answer(c net.Conn) {
	r, err := http.ReadRequest(bufio.NewReader(c))
	if err != nil {
		return
	}
	if r.URL.Path != "/" {
		io.WriteString(c, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
		return
	}
	e.serve(c, r)
}

// says is a server that sends these bytes and closes.
func says(text string) func(net.Conn, *http.Request) {
	return func(c net.Conn, _ *http.Request) { io.WriteString(c, text) }
}

// over is a server that sends the head once and the tail over and over, until
// nobody listens any more.
func over(head, tail string) func(net.Conn, *http.Request) {
	tail = strings.Repeat(tail, 1+(16<<10)/len(tail))
	return func(c net.Conn, _ *http.Request) {
		_, err := io.WriteString(c, head)
		for err == nil {
			_, err = io.WriteString(c, tail)
		}
	}
}

// ok is a proper answer with more headers and a body.
func ok(headers, body string) string {
	return fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\nConnection: close\r\n%s\r\n%s", len(body), headers, body)
}

// A house is the listeners and connections of a gallery.
type house struct {
	mu     sync.Mutex
	closed bool
	inside map[io.Closer]bool
	wait   sync.WaitGroup
}

func (h *house) enter(c io.Closer) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		c.Close()
		return false
	}
	if h.inside == nil {
		h.inside = map[io.Closer]bool{}
	}
	h.inside[c] = true
	return true
}

func (h *house) leave(c io.Closer) {
	c.Close()
	h.mu.Lock()
	delete(h.inside, c)
	h.mu.Unlock()
}

// listen serves each connection in turn with serve, on a port of its own.
func (h *house) listen(serve func(net.Conn)) (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	h.enter(l)
	h.wait.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			if h.enter(c) {
				h.wait.Go(func() {
					defer h.leave(c)
					serve(c)
				})
			}
		}
	})
	return l.Addr().String(), nil
}

func (h *house) close() {
	h.mu.Lock()
	h.closed = true
	for c := range h.inside {
		c.Close()
	}
	h.mu.Unlock()
	h.wait.Wait()
}

// hold keeps a connection until the other side lets go of it.
func hold(c net.Conn) { io.Copy(io.Discard, c) }
