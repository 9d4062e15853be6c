package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"

	"golang.org/x/sync/errgroup"
)

// The list modes are for bulk work without an archive: one JSON object a line
// in, one a line out, in order, id carried over. A line that can't be worked
// on is answered with {"id":…,"error":…} and does not stop the rest.

// maxLine is the longest line that is read.
const maxLine = 64 << 20

// list answers every line of a file ("-" is standard input) through answer,
// several at a time. It returns errPartly when a line was answered with an error.
func list[In any](ctx context.Context, c *cli, file string, side int, answer func(In) (any, error)) error {
	in := c.in
	if file != "-" {
		f, err := os.Open(file)
		if err != nil {
			return fmt.Errorf("read list: %w", err)
		}
		defer f.Close()
		in = f
	}
	out := bufio.NewWriterSize(c.out, 1<<16)
	bad, err := each(ctx, in, out, side, answer)
	if ferr := out.Flush(); err == nil {
		err = ferr
	}
	if err == nil && bad > 0 {
		return fmt.Errorf("%w: %s of the list", errPartly, count(bad, "line"))
	}
	return err
}

// each is list between a reader and a writer; it returns how many lines failed.
func each[In any](ctx context.Context, in io.Reader, out io.Writer, side int, answer func(In) (any, error)) (bad int, err error) {
	if side <= 0 {
		side = runtime.GOMAXPROCS(0)
	}
	type result struct {
		v      any
		failed bool
	}
	queue := make(chan chan result, 4*side) // answers in the order of their lines
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		defer close(queue)
		work, wctx := errgroup.WithContext(ctx)
		work.SetLimit(side)
		s := bufio.NewScanner(in)
		s.Buffer(make([]byte, 1<<16), maxLine)
		for s.Scan() {
			if len(s.Bytes()) == 0 {
				continue
			}
			row := append([]byte(nil), s.Bytes()...)
			ch := make(chan result, 1)
			select {
			case queue <- ch:
			case <-wctx.Done():
				return errors.Join(wctx.Err(), work.Wait())
			}
			work.Go(func() error {
				v, failed := one(row, answer)
				ch <- result{v, failed}
				return nil
			})
		}
		if err := work.Wait(); err != nil {
			return err
		}
		if err := s.Err(); err != nil {
			return fmt.Errorf("read list: %w", err)
		}
		return nil
	})
	g.Go(func() error {
		for ch := range queue {
			select {
			case r := <-ch:
				if r.failed {
					bad++
				}
				if err := object(out, r.v); err != nil {
					return err
				}
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	})
	return bad, g.Wait()
}

// one answers one line.
func one[In any](row []byte, answer func(In) (any, error)) (v any, failed bool) {
	var head struct {
		ID json.RawMessage `json:"id"`
	}
	var in In
	err := json.Unmarshal(row, &head)
	if err == nil {
		err = json.Unmarshal(row, &in)
	}
	if err == nil {
		v, err = answer(in)
	}
	if err != nil {
		if len(head.ID) == 0 {
			head.ID = json.RawMessage("null")
		}
		return struct {
			ID    json.RawMessage `json:"id"`
			Error string          `json:"error"`
		}{head.ID, err.Error()}, true
	}
	return v, false
}
