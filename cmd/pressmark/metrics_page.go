package main

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"

	"github.com/prometheus/client_golang/prometheus/promhttp"

	"pressmark/archive"
)

// A metricsPage serves a meter where the configuration says; another place
// when that says otherwise.
type metricsPage struct {
	handler http.Handler
	log     *slog.Logger
	tell    func(string, ...any)
	told    string // by --metrics, which comes before the configuration

	mu sync.Mutex
	at string
	l  *listener
}

func newMetricsPage(c *cli, m *meter, g *gauges, told string) *metricsPage {
	m.registry.MustRegister(g)
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{MaxRequestsInFlight: 4, Timeout: listenAnswer, ErrorHandling: promhttp.ContinueOnError}))
	mux.HandleFunc("GET /healthz", g.health)
	return &metricsPage{handler: mux, log: c.log, tell: c.say, told: told}
}

// serve has the page stand at an address, and nowhere when that is "". When it
// can't, it stays where it was.
func (p *metricsPage) serve(at string) error {
	if p == nil {
		return nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.told != "" {
		at = p.told
	}
	if at == p.at {
		return nil
	}
	var l *listener
	if at != "" {
		var err error
		if l, err = p.listen(at); err != nil && p.l != nil && portOf(at) == portOf(p.l.address()) {
			l, err = p.move(at) // it may be in its own way
		}
		if err != nil {
			return err
		}
		p.tell("metrics at http://%s/metrics", l.address())
		if host, _, err := net.SplitHostPort(l.address()); err != nil || !net.ParseIP(host).IsLoopback() {
			p.log.Warn("the metrics are open to whoever can reach this address: they say which sites are crawled, and how; keep it to a network of your own", "address", l.address())
		}
	}
	old := p.l
	p.l, p.at = l, at
	if old != nil {
		return old.close()
	}
	return nil
}

func (p *metricsPage) listen(at string) (*listener, error) {
	return listen(listenOptions{Name: "metrics", Address: at, Handler: p.handler, Log: p.log})
}

// move leaves a place before it takes another, and goes back where it can't.
// Called with mu held.
func (p *metricsPage) move(at string) (*listener, error) {
	was := p.l.address()
	if err := p.l.close(); err != nil {
		return nil, err
	}
	l, err := p.listen(at)
	if err == nil {
		p.l = nil
		return l, nil
	}
	old, again := p.listen(was)
	if p.l = old; again != nil {
		p.at = ""
	}
	return nil, errors.Join(err, again)
}

func portOf(at string) string {
	_, port, _ := net.SplitHostPort(at)
	return port
}

// close ends the serving.
func (p *metricsPage) close() error {
	if p == nil {
		return nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.l == nil {
		return nil
	}
	l := p.l
	p.l, p.at = nil, ""
	return l.close()
}

// health answers whether the crawls can work: 200, or 503 with what keeps them.
func (g *gauges) health(w http.ResponseWriter, _ *http.Request) {
	var bad []string
	if err := g.e.store.View(func(*archive.Tx) error { return nil }); err != nil {
		bad = append(bad, "archive: "+err.Error())
	}
	if g.room.isWaiting() {
		bad = append(bad, "the disk is full: crawls wait for room")
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	if len(bad) > 0 {
		w.WriteHeader(http.StatusServiceUnavailable)
		fmt.Fprintln(w, strings.Join(bad, "\n"))
		return
	}
	fmt.Fprintln(w, "ok")
}

// badAddress says what is wrong with an address to serve metrics at.
func badAddress(at string) string {
	if at == "" {
		return ""
	}
	host, port, err := net.SplitHostPort(at)
	switch {
	case err != nil, port == "", strings.Trim(port, "0123456789") != "", len(port) > 5:
		return fmt.Sprintf("%q is no address to listen at: write 127.0.0.1:9187", at)
	case host == "":
		return fmt.Sprintf("%q names no address: write 127.0.0.1%s, or 0.0.0.0%[1]s if everybody may read it", at, at)
	case host != "localhost" && net.ParseIP(host) == nil:
		return fmt.Sprintf("%q is a name: write the IP address to listen at, such as 127.0.0.1:%s", at, port)
	}
	return ""
}
