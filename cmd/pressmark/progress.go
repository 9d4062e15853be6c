package main

import (
	"fmt"
	"sync"
	"time"

	"pressmark/archive"
	"pressmark/crawler"
)

// A progress line tells on a terminal how a round goes.
type progress struct {
	c     *cli
	mu    sync.Mutex
	began time.Time
	done  chan struct{}
	wait  sync.WaitGroup

	requests, pages, fresh, changed, errors int
	last                                    string
}

func (c *cli) progress() *progress { return &progress{c: c} }

func (p *progress) event(e crawler.Event) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.requests++
	if e.Kind == "page" {
		p.pages++
	}
	if e.Reason != "" || e.Status >= 400 {
		p.errors++
	}
	p.last = e.URL
}

func (p *progress) sighting(s archive.Sighting, _ *archive.Change) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch s.Outcome {
	case archive.New:
		p.fresh++
	case archive.Changed:
		p.changed++
	}
}

// start writes the line every fifth of a second until stop; nowhere but on a terminal.
func (p *progress) start() {
	p.began = time.Now()
	if !p.c.err.tty || p.c.quiet || p.c.verbose > 0 && p.c.logFile == "" {
		return
	}
	p.done = make(chan struct{})
	p.wait.Go(func() {
		tick := time.NewTicker(200 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				p.c.err.status(p.line())
			case <-p.done:
				p.c.err.status("")
				return
			}
		}
	})
}

func (p *progress) stop() {
	if p.done != nil {
		close(p.done)
		p.wait.Wait()
		p.done = nil
	}
}

func (p *progress) line() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	took := time.Since(p.began)
	s := fmt.Sprintf("%s  %s  %d new  %d changed  %d errors  %.0f/s  ", span(took), count(p.pages, "page"), p.fresh, p.changed, p.errors, float64(p.requests)/max(took.Seconds(), 0.001))
	return fit(s+p.last, p.c.err.columns()-1)
}
