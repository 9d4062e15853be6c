package main

import (
	"sync"
	"time"
)

// A watch is a line on the terminal that says how far a long job is.
type watch struct {
	c    *cli
	done chan struct{}
	wait sync.WaitGroup
}

// watch writes what say tells every fifth of a second, until stop: on a
// terminal, unless that gets the job's output as well.
func (c *cli) watch(out *output, say func() string) *watch {
	w := &watch{c: c}
	if !c.err.tty || c.quiet || c.verbose > 0 || out.file == nil && c.out.tty {
		return w
	}
	w.done = make(chan struct{})
	w.wait.Go(func() {
		tick := time.NewTicker(200 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				c.err.status(fit(say(), c.err.columns()-1))
			case <-w.done:
				c.err.status("")
				return
			}
		}
	})
	return w
}

func (w *watch) stop() {
	if w.done != nil {
		close(w.done)
		w.wait.Wait()
		w.done = nil
	}
}
