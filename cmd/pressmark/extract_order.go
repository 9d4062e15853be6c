package main

import (
	"context"
	"io"
	"runtime"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"pressmark/archive/warc"
	"pressmark/extract"
)

// A warcWalk is a WARC file that is being read.
type warcWalk struct {
	x      *extraction
	s      source
	r      *warc.Reader
	n      int            // records so far
	bad    int            // records that could not be read
	passed map[string]int // records that are no pages, by what they are
	pages  atomic.Int64
	at     atomic.Int64 // bytes read
}

// A reading is a page and what an extraction made of it.
type reading struct {
	pageRecord
	article extract.Article
	why     extract.Explanation
}

// inOrder works on the pages that next gives, on all processors, and writes
// what comes of them in their order.
func (x *extraction) inOrder(ctx context.Context, next func(context.Context) (pageRecord, error)) error {
	side := runtime.GOMAXPROCS(0)
	queue := make(chan chan reading, 2*side)
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		defer close(queue)
		work, _ := errgroup.WithContext(ctx)
		work.SetLimit(side)
		defer work.Wait()
		for {
			page, err := next(ctx)
			if err == io.EOF {
				return nil
			}
			if err != nil {
				return err
			}
			ch := make(chan reading, 1)
			select {
			case queue <- ch:
			case <-ctx.Done():
				return ctx.Err()
			}
			work.Go(func() error {
				page.p.Filters = x.hidden
				done := reading{pageRecord: page}
				done.work(x.explain)
				ch <- done
				return nil
			})
		}
	})
	g.Go(func() error {
		for ch := range queue {
			var done reading
			select {
			case done = <-ch:
			case <-ctx.Done():
				return ctx.Err()
			}
			if err := x.take(done); err != nil {
				return err
			}
		}
		return nil
	})
	return g.Wait()
}

// work reads the article of the page.
func (r *reading) work(explain bool) {
	switch {
	case r.err != nil:
	case explain:
		r.why = extract.Explain(r.p)
	default:
		r.article = extract.Extract(r.p)
	}
}

// take writes what came of one page.
func (x *extraction) take(done reading) error {
	switch {
	case done.err != nil:
		x.failed++
		x.tell(done.err)
		return nil
	case !x.explain:
		return x.write(done.s, done.p, done.article)
	case x.format == "json":
		return x.explainJSON(done.s, done.p, done.why)
	}
	return x.explainText(done.s, done.p, done.why)
}
